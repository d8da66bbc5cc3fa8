package reprise.sampling;

import java.util.ArrayList;
import java.util.List;
import reprise.array.Require;
import reprise.experiment.Trials;
import reprise.linalg.Blas;
import reprise.linalg.Svd;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.prob.PolynomialBasis;
import reprise.random.Rng;

/**
 * How well a random choice of points does, over many draws.
 *
 * <pre>{@code
 * var study = DesignStudy.of(PointDesign.DPP, basis, 40).approximating(BestApproximation.of(basis, Math::abs));
 * double median = study.run(500, rng).least().median();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class DesignStudy {
    private final PointDesign design;
    private final PolynomialBasis basis;
    private final int n;
    private final List<BestApproximation> functions;

    private DesignStudy(PointDesign design, PolynomialBasis basis, int n, List<BestApproximation> functions) {
        this.design = design;
        this.basis = basis;
        this.n = n;
        this.functions = functions;
    }

    /**
     * What is drawn.
     *
     * @param design the law of the points
     * @param basis the space of the fits, m functions
     * @param n how many points in each draw, at least m
     * @return the study, without functions to approximate
     * @throws IllegalArgumentException if n is below m
     */
    public static DesignStudy of(PointDesign design, PolynomialBasis basis, int n) {
        return new DesignStudy(design, basis, Require.atLeast("n", n, basis.size()), List.of());
    }

    /**
     * Which functions are fitted through the points.
     *
     * @param targets their best approximations in the basis, with an error above 0
     * @return a copy with these functions
     * @throws IllegalArgumentException if one has another number of coefficients, or the error 0
     */
    public DesignStudy approximating(BestApproximation... targets) {
        for (BestApproximation target : targets) {
            Require.shape("coefficients", new int[] {target.coefficients().length}, basis.size());
            Require.positive("error of the best approximation", target.error());
        }
        return new DesignStudy(design, basis, n, List.of(targets));
    }

    /**
     * Draws and measures. Points that hardly determine the polynomial count like any others, with huge errors: below an
     * eigenvalue of 1e-28 these have the right order of magnitude only.
     *
     * @param repetitions how many draws, at least 1
     * @param rng the randomness; draw k uses {@code rng.split(k)}
     * @return the measurements, the same on any number of threads
     * @throws IllegalArgumentException if there is no repetition, the design does not allow n points, or some points do
     *     not determine the polynomial at all
     * @cost repetitions times O(n m^2), divided by the cores
     */
    public Result run(int repetitions, Rng rng) {
        Require.atLeast("repetitions", repetitions, 1);
        double[] least = new double[repetitions];
        double[] traces = new double[repetitions];
        double[][] ratios = new double[functions.size()][repetitions];
        try (var progress = Progress.over("Draws of " + n + " points", repetitions)) {
            Tasks.forRange(repetitions, k -> {
                WeightedPoints points = design.draw(basis, n, rng.split(k));
                Svd svd = Svd.of(points.scaled(basis));
                PolynomialFit first = PolynomialFit.solve(basis, svd, new double[n]);
                least[k] = first.stability();
                for (double value : first.gramValues()) {
                    traces[k] += 1 / (value * basis.size());
                }
                for (int f = 0; f < ratios.length; f++) {
                    BestApproximation target = functions.get(f);
                    double[] y = points.values(x -> target.f().applyAsDouble(x[0]));
                    ratios[f][k] = PolynomialFit.solve(basis, svd, points.rightHandSide(y)).error(target)
                            / target.error();
                }
                progress.tick();
            });
        }
        var errors = new ArrayList<Trials>();
        for (double[] values : ratios) {
            errors.add(new Trials(values));
        }
        return new Result(new Trials(least), new Trials(traces), List.copyOf(errors));
    }

    /**
     * A check of weights and laws: the mean over many draws of the Gram matrix 1/n sum w phi phi' should be the
     * identity.
     *
     * @param basis orthonormal polynomials
     * @param draws at least two
     * @return the largest distance of an entry's mean from the identity, in its standard errors; with right weights and
     *     m (m + 1) / 2 entries rarely above 4
     * @throws IllegalArgumentException if there are fewer than two draws
     * @cost O(n m^2) a draw
     */
    public static double gramDeviation(PolynomialBasis basis, List<WeightedPoints> draws) {
        int count = Require.atLeast("number of draws", draws.size(), 2);
        int m = basis.size();
        double[][] grams = new double[count][];
        Tasks.forRange(count, k -> grams[k] = Blas.gramOfColumns(draws.get(k).scaled(basis)).data());
        double worst = 0;
        for (int e = 0; e < m * m; e++) {
            double sum = 0;
            double squares = 0;
            double target = e / m == e % m ? 1 : 0;
            for (double[] gram : grams) {
                sum += gram[e] - target;
                squares += (gram[e] - target) * (gram[e] - target);
            }
            double mean = sum / count;
            double variance = Math.max(0, squares / count - mean * mean) / (count - 1);
            // An entry that never changes, such as that of a single function, has no error but rounding.
            worst = Math.max(worst, Math.abs(mean) < 1e-12 ? 0 : Math.abs(mean) / Math.sqrt(variance));
        }
        return worst;
    }

    /**
     * One number for each draw.
     *
     * @param least the least eigenvalue of the Gram matrix G
     * @param inverseTrace the trace of the inverse of G, divided by m
     * @param errors for each function the L2(mu) error of the fit over that of the best approximation
     */
    public record Result(Trials least, Trials inverseTrace, List<Trials> errors) {
        /**
         * How often the fit was stable.
         *
         * @param threshold for the least eigenvalue
         * @return the share of draws at or above it
         */
        public double stable(double threshold) {
            int count = 0;
            for (double value : least.values()) {
                count += value >= threshold ? 1 : 0;
            }
            return (double) count / least.count();
        }
    }
}
