package reprise.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import reprise.array.Dense;
import reprise.learning.ReluDescent;
import reprise.learning.ReluNetwork;

/** Trains networks of five widths as bench/peers/relu_peers.py does, from the same weights. */
final class ReluJob {
    static final int[] WIDTHS = {64, 256, 1_024, 4_096, 16_384};
    static final int POINTS = 200;
    static final int STEPS = 20;

    private ReluJob() {}

    static DoubleSupplier prepare() {
        Dense z = Dense.of("z", Data.normal(1, POINTS * 4), POINTS, 4);
        Dense y = Dense.of("y", Data.normal(2, POINTS * 2), POINTS, 2);
        var starts = Arrays.stream(WIDTHS).mapToObj(ReluJob::start).toList();
        ReluDescent descent = ReluDescent.on(z, y).rate(0.5);
        return () -> starts.stream()
                .mapToDouble(start -> Arrays.stream(descent.run(start, STEPS).at(z).data()).map(Math::abs).sum())
                .sum();
    }

    private static ReluNetwork start(int width) {
        double[] signs = Arrays.stream(Data.normal(4, width * 2)).map(Math::signum).toArray();
        return ReluNetwork.of(
                Dense.of("w", Data.normal(3, width * 4), width, 4), Dense.of("a", signs, width, 2));
    }
}
