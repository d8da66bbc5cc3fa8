package reprise.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The jobs without their peers, by JMH: fresh processes, errors of the mean. {@code ./reprise bench --jmh} is for those
 * who change a kernel; the table of the peers is for those who choose one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Kernels {
    /** What {@link Jobs} calls it. */
    @Param({"kde-d2", "kde-d10", "kde-d50", "soft-average-d10", "sinkhorn", "sinkhorn-small-epsilon", "exact-ot",
            "light-bridge", "mlp-step", "pinn-step", "lapack-gemm", "lapack-solve", "lapack-eigh", "lapack-eig",
            "lapack-svd", "normal-fill", "dmd"})
    private String job;

    private DoubleSupplier run;

    /** Makes the data. */
    @Setup
    public void prepare() {
        run = Jobs.prepare(job);
    }

    /**
     * Runs the job once.
     *
     * @return its checksum, so that nothing is optimised away
     */
    @Benchmark
    public double time() {
        return run.getAsDouble();
    }

    /**
     * Prints JMH's table.
     *
     * @param jobs which; all if none is given
     * @throws RunnerException if a process fails
     */
    public static void main(String[] jobs) throws RunnerException {
        var options = new OptionsBuilder().include(Kernels.class.getName()).shouldFailOnError(true);
        new Runner((jobs.length == 0 ? options : options.param("job", jobs)).build()).run();
    }
}
