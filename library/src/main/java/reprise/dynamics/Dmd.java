package reprise.dynamics;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.ComplexEigen;
import reprise.linalg.Svd;
import reprise.source.Source;

/**
 * Dynamic mode decomposition: modes phi and eigenvalues lambda with x(k) close to the sum of phi(j) lambda(j)^k b(j).
 *
 * <pre>{@code
 * DmdModel model = Dmd.of(orbit).rank(20).fit();
 * Dense future = model.states(0, 500);
 * }</pre>
 *
 * <p>Values are immutable; each option gives a copy.
 */
@Source(text = "Schmid, Dynamic mode decomposition of numerical and experimental data, J. Fluid Mech. 2010")
@Source(text = "Tu, Rowley, Luchtenburg, Brunton and Kutz, On dynamic mode decomposition: theory and applications, "
        + "J. Comput. Dyn. 2014", at = "Algorithm 2, exact modes")
public final class Dmd {
    /** Singular values below this part of the largest are rounding. */
    private static final double ROUNDING = 1e-13;

    private enum Rank { ALL, FIXED, OPTIMAL }

    private final Dense orbit;
    private final Rank choice;
    private final int rank;
    private final int delays;
    private final boolean total;

    private Dmd(Dense orbit, Rank choice, int rank, int delays, boolean total) {
        this.orbit = orbit;
        this.choice = choice;
        this.rank = rank;
        this.delays = delays;
        this.total = total;
    }

    /**
     * Takes states at equal times.
     *
     * @param orbit one state a row in the order of time, at least 2, shape [m, d]
     * @return the method, with every direction that the states span
     * @throws IllegalArgumentException if there is only one state
     */
    public static Dmd of(Dense orbit) {
        Require.atLeast("number of states", orbit.rows(), 2);
        return new Dmd(orbit, Rank.ALL, 0, 1, false);
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param orbit one state a row in the order of time, at least 2, shape [m, d]
     * @return the method, with every direction that the states span
     * @throws IllegalArgumentException if there is only one state, or a number is not finite
     */
    public static Dmd of(INDArray orbit) {
        return of(Dense.of("orbit", orbit));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param orbit one state a row in the order of time, at least 2, shape [m, d]
     * @return the method, with every direction that the states span
     * @throws IllegalArgumentException if there is only one state, or a number is not finite
     */
    public static Dmd of(double[][] orbit) {
        return of(Dense.of("orbit", orbit));
    }

    /**
     * Keeps some of the directions in which the states vary most.
     *
     * @param directions how many, at least 1
     * @return a copy with this rank
     * @throws IllegalArgumentException if it is below 1
     */
    public Dmd rank(int directions) {
        return new Dmd(orbit, Rank.FIXED, Require.atLeast("rank", directions, 1), delays, total);
    }

    /**
     * Keeps the directions that stand out of white noise of unknown strength: singular values above omega(beta) times
     * their median, beta the ratio of the sides.
     *
     * @return a copy with this choice
     */
    @Source(text = "Gavish and Donoho, The optimal hard threshold for singular values is 4/sqrt(3), IEEE Trans. Inf. "
            + "Theory 2014")
    public Dmd optimalRank() {
        return new Dmd(orbit, Rank.OPTIMAL, 0, delays, total);
    }

    /**
     * Puts several states, one after the other, into one: for systems with more frequencies than coordinates.
     *
     * @param count how many, at least 1; 1 is the method as usual
     * @return a copy that does so
     * @throws IllegalArgumentException if it is below 1, or leaves fewer than 2 states
     */
    @Source(text = "Le Clainche and Vega, Higher order dynamic mode decomposition, SIAM J. Appl. Dyn. Syst. 2017")
    public Dmd delays(int count) {
        Require.atLeast("delays", count, 1);
        Require.atLeast("number of states", orbit.rows(), count + 1);
        return new Dmd(orbit, choice, rank, count, total);
    }

    /**
     * Takes noise in both states of each pair into account. The usual method takes the first ones to be exact, and
     * finds eigenvalues that are too small.
     *
     * @return a copy that does so
     */
    @Source(text = "Hemati, Rowley, Deem and Cattafesta, De-biasing the dynamic mode decomposition for applied Koopman "
            + "spectral analysis, Theor. Comput. Fluid Dyn. 2017")
    public Dmd totalLeastSquares() {
        return new Dmd(orbit, choice, rank, delays, true);
    }

    /**
     * Decomposes.
     *
     * @return modes, eigenvalues and amplitudes
     * @throws IllegalArgumentException if all states are 0, or the rank is above what the states span
     * @throws reprise.linalg.NotConverged if LAPACK's iteration fails
     * @cost of a singular value decomposition [m, delays d]; with a small fixed rank m^2 delays d operations, m the
     *     smaller side
     */
    public DmdModel fit() {
        Dense states = delays == 1 ? orbit : Snapshots.delays(orbit, delays, 1);
        int pairs = states.rows() - 1;
        int d = states.columns();
        Dense x = Dense.of("x", Arrays.copyOf(states.data(), pairs * d), pairs, d);
        Dense y = Dense.of("y", Arrays.copyOfRange(states.data(), d, (pairs + 1) * d), pairs, d);
        if (total) {
            // Both are seen through the directions of time in which they vary together.
            Dense u = leading(beside(x, y)).u();
            x = Blas.product(u, Blas.productAtB(u, x));
            y = Blas.product(u, Blas.productAtB(u, y));
        }
        Svd svd = leading(x);
        int r = svd.s().length;
        // Y' U S^-1, the images of the directions V; literature has states in columns, we in rows.
        double[] images = Blas.productAtB(y, svd.u()).data();
        for (int i = 0; i < images.length; i++) {
            images[i] /= svd.s()[i % r];
        }
        Dense moved = Dense.of("images", images, d, r);
        ComplexEigen eigen = ComplexEigen.of(Blas.productAtB(svd.v(), moved));
        return DmdModel.of(states, orbit.columns(), eigen, moved, svd.v());
    }

    private Svd leading(Dense a) {
        int most = Math.min(a.rows(), a.columns());
        if (choice == Rank.FIXED) {
            Require.atLeast("min(pairs, delays x d)", most, rank);
            Svd svd = TruncatedSvd.of(a, rank);
            if (!(svd.s()[rank - 1] > ROUNDING * svd.s()[0])) {
                throw new IllegalArgumentException("rank must be at most that of the states, was " + rank
                        + ", but singular value " + rank + " is " + svd.s()[rank - 1] + " and the first "
                        + svd.s()[0]);
            }
            return svd;
        }
        Svd svd = Svd.of(a);
        double threshold = ROUNDING * svd.s()[0];
        if (choice == Rank.OPTIMAL) {
            threshold = Math.max(threshold, HardThreshold.of(a.rows(), a.columns(), svd.s()));
        }
        int kept = 0;
        while (kept < most && svd.s()[kept] > threshold) {
            kept++;
        }
        if (svd.s()[0] == 0) {
            throw new IllegalArgumentException("states must not all be 0");
        }
        return svd.leading(Math.max(1, kept));
    }

    private static Dense beside(Dense x, Dense y) {
        Objects.requireNonNull(y);
        int d = x.columns();
        double[] both = new double[Math.multiplyExact(2, x.data().length)];
        for (int i = 0; i < x.rows(); i++) {
            System.arraycopy(x.data(), i * d, both, 2 * i * d, d);
            System.arraycopy(y.data(), i * d, both, (2 * i + 1) * d, d);
        }
        return Dense.of("both", both, x.rows(), 2 * d);
    }
}
