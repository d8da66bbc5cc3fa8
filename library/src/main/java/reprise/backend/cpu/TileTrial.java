package reprise.backend.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import reprise.array.Dense;
import reprise.backend.Cost;

/** One kind of soft sum, small enough to be measured between two breaths. */
final class TileTrial implements ToLongFunction<Tiles> {
    /** Which loops soft sums run on, for the whole process. */
    static final WarmSwitch<Tiles> SWITCH = new WarmSwitch<>(
            Tiles.class, CpuBackend.scalarTiles(), "reprise.backend.cpu.VectorTiles",
            () -> List.of(new TileTrial(false, false), new TileTrial(false, true), new TileTrial(true, false)));

    private final Prepared prepared;
    private final Values values;
    private final Work work = new Work();

    private TileTrial(boolean direct, boolean average) {
        double[] points = new double[Tiles.POINTS * 8];
        Arrays.setAll(points, i -> Math.sin(i) * (direct ? 100 : 1));
        var y = Dense.of("points", points, Tiles.POINTS, 8);
        prepared = Prepared.of(y, y, Cost.squaredDistance(), new double[Tiles.POINTS], 2).orElseThrow();
        values = average ? new Values(y) : null;
    }

    @Override
    public long applyAsLong(Tiles tiles) {
        return WarmSwitch.quickest(() -> {
            for (int group = 0; group < Tiles.POINTS / Tiles.GROUP; group++) {
                work.begin(values == null ? 0 : values.padded);
                tiles.exponents(prepared, group, 0, work);
                work.add(tiles, true, values != null);
                if (values != null) {
                    tiles.mix(values, 0, work);
                }
            }
        });
    }
}
