package reprise.density;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.source.Source;

/**
 * Chooses points one after another, each so that the discrepancy to all points is least with those before it: greedy
 * and not random.
 *
 * <pre>{@code
 * Coreset few = KernelHerding.by(Kernel.gaussian(2)).choose(points, 8);
 * }</pre>
 *
 * <p>Simple, and good for the functions that the kernel sees well; {@link KernelThinning} keeps each point's chances
 * equal and is the better start for a refinement.
 */
@Source(text = "Chen, Welling and Smola, Super-samples from kernel herding, 2010")
public final class KernelHerding {
    private final Kernel kernel;

    private KernelHerding(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Herding by a kernel.
     *
     * @param kernel any
     * @return the method
     */
    public static KernelHerding by(Kernel kernel) {
        return new KernelHerding(Objects.requireNonNull(kernel, "kernel"));
    }

    /**
     * Chooses.
     *
     * @param x the points, shape [n, d]
     * @param size how many to choose, from 1 to n
     * @return the chosen points in the order of choice; one may occur twice
     * @throws IllegalArgumentException if the size is out of range
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n^2 d) time for the mean of the kernel, O(n size d) for the choice, O(n d) memory
     */
    public Coreset choose(Dense x, int size) {
        KernelSwap.checkSize(size, x.rows());
        var sums = new KernelSwap(kernel, x);
        return sums.coreset(sums.herd(size), 0);
    }

    /**
     * As {@link #choose(Dense, int)}, for an array of rows.
     *
     * @param x the points, shape [n, d], finite
     * @param size how many to choose, from 1 to n
     * @return the chosen points in the order of choice
     * @throws IllegalArgumentException if the points are none, NaN or infinite, or the size is out of range
     */
    public Coreset choose(double[][] x, int size) {
        return choose(Dense.of("x", x), size);
    }

    /**
     * As {@link #choose(Dense, int)}, for an ND4J array.
     *
     * @param x the points, shape [n, d], finite
     * @param size how many to choose, from 1 to n
     * @return the chosen points in the order of choice
     * @throws IllegalArgumentException if the points are none, NaN or infinite, or the size is out of range
     */
    public Coreset choose(INDArray x, int size) {
        return choose(Dense.of("x", x), size);
    }
}
