package reprise.backend.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/** Matrix scaling of eight sources and some targets, small enough to be measured between two breaths. */
final class PlanTrial implements ToLongFunction<PlanLoops> {
    /** Which loops matrix scaling runs on, for the whole process. */
    static final WarmSwitch<PlanLoops> SWITCH = new WarmSwitch<>(
            PlanLoops.class, new ScalarPlan(), "reprise.backend.cpu.VectorPlan",
            () -> List.of(new PlanTrial(2), new PlanTrial(3)));

    private static final int TARGETS = 8 * PlanLoops.COLUMNS;

    private final PlanLoops.Targets targets;
    private final double[] x;
    private final double[] kept = new double[PlanLoops.ROWS * TARGETS];
    private final double[] parts = new double[PlanLoops.ROWS * PlanLoops.PARTS];
    private final double[] sums = new double[TARGETS];
    private final double[] scale = new double[PlanLoops.ROWS];

    private PlanTrial(int d) {
        targets = new PlanLoops.Targets(TARGETS, d);
        Arrays.setAll(targets.y, Math::sin);
        Arrays.fill(targets.weights, 1.0 / TARGETS);
        x = new double[PlanLoops.ROWS * d];
        Arrays.setAll(x, Math::cos);
        Arrays.fill(scale, 1);
    }

    @Override
    public long applyAsLong(PlanLoops loops) {
        return WarmSwitch.quickest(() -> {
            for (int r = 0; r < PlanLoops.ROWS; r++) {
                loops.row(x, r * targets.d, 0, targets, 0, TARGETS, kept, r * TARGETS, parts, r * PlanLoops.PARTS);
            }
            loops.columns(kept, 0, TARGETS, scale, sums, 0, TARGETS);
        });
    }
}
