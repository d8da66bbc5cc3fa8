package reprise.oracle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.data.Classic;
import reprise.data.Labelled;
import reprise.data.Synthetic;
import reprise.density.KernelDensity;
import reprise.ode.Ode;
import reprise.ode.Stiff;
import reprise.ode.VectorField;
import reprise.prob.DiscreteDistribution;
import reprise.prob.Distribution;
import reprise.prob.GaussRule;
import reprise.prob.PrincipalComponents;
import reprise.prob.SpecialFunctions;
import reprise.random.Rng;

/** Special functions, distributions, quadrature, densities, differential equations and data sets by name. */
final class AnalysisCalls {
    private AnalysisCalls() {}

    static Map<String, Function<Arguments, Object>> all() {
        var calls = new HashMap<String, Function<Arguments, Object>>();
        calls.put("erf", each(SpecialFunctions::erf));
        calls.put("erfc", each(SpecialFunctions::erfc));
        calls.put("normalCdf", each(SpecialFunctions::normalCdf));
        calls.put("logNormalCdf", each(SpecialFunctions::logNormalCdf));
        calls.put("normalQuantile", each(SpecialFunctions::normalQuantile));
        calls.put("logGamma", each(SpecialFunctions::logGamma));
        calls.put("digamma", each(SpecialFunctions::digamma));
        calls.put("trigamma", each(SpecialFunctions::trigamma));
        calls.put("gammaP", a -> map(a.vector(1), x -> SpecialFunctions.gammaP(a.number(0), x)));
        calls.put("gammaQ", a -> map(a.vector(1), x -> SpecialFunctions.gammaQ(a.number(0), x)));
        calls.put("betaI", a -> map(a.vector(2), x -> SpecialFunctions.betaI(x, a.number(0), a.number(1))));
        calls.put("besselK", a -> map(a.vector(1), x -> SpecialFunctions.besselK(a.number(0), x)));
        calls.put("distribution", a -> {
            var d = distribution(a.word(0), a.vector(1));
            return Map.of(
                    "logDensity", map(a.vector(2), d::logDensity),
                    "cdf", map(a.vector(2), d::cdf),
                    "quantile", map(a.vector(3), d::quantile),
                    "moments", new double[] {d.mean(), d.variance()});
        });
        calls.put("discrete", a -> {
            var d = discrete(a.word(0), a.vector(1));
            return Map.of(
                    "logProbability", map(a.vector(2), k -> d.logProbability((int) k)),
                    "cdf", map(a.vector(2), k -> d.cdf((int) k)),
                    "quantile", map(a.vector(3), d::quantile),
                    "moments", new double[] {d.mean(), d.variance()});
        });
        calls.put("gaussRule", a -> {
            var rule = rule(a.word(0), a.integer(1), a.vector(2));
            return Map.of("nodes", rule.nodes(), "weights", rule.weights());
        });
        calls.put("pca", a -> {
            var fit = PrincipalComponents.fit(a.matrix(0), a.integer(1));
            return Map.of("axes", fit.axes(), "variances", fit.variances(), "scores", fit.transform(a.matrix(0)));
        });
        calls.put("kde", a -> KernelDensity.gaussian(a.rows(0)).bandwidth(a.number(2)).logDensity(a.rows(1)));
        calls.put("logSum", a -> Backends.current()
                .softSum(a.matrix(0), a.matrix(1), cost(a.word(2)))
                .logSum(a.vector(3), a.number(4)));
        calls.put("softAverage", a -> Backends.current()
                .softSum(a.matrix(0), a.matrix(1), cost(a.word(2)))
                .average(a.vector(3), a.number(4), a.matrix(5)));
        calls.put("ode", a -> Ode.of(field(a.word(0)))
                .tolerance(a.number(1))
                .solve(a.vector(2), a.vector(3))
                .states());
        calls.put("stiff", a -> Stiff.of(field(a.word(0)))
                .tolerance(a.number(1))
                .solve(a.vector(2), a.vector(3))
                .states());
        calls.put("classic", a -> labelled(switch (a.word(0)) {
            case "iris" -> Classic.iris().points();
            case "wine" -> Classic.wine().points();
            case "digits" -> Classic.digits().points();
            default -> Classic.breastCancer().points();
        }));
        calls.put("moons", a -> labelled(Synthetic.moons(a.integer(0), 0, Rng.of(1))));
        calls.put("circles", a -> labelled(Synthetic.circles(a.integer(0), a.number(1), 0, Rng.of(1))));
        return calls;
    }

    private static Object labelled(Labelled points) {
        return Map.of("x", points.x(), "labels", points.labels());
    }

    private static Function<Arguments, Object> each(DoubleUnaryOperator f) {
        return a -> map(a.vector(0), f);
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    private static DiscreteDistribution discrete(String name, double[] p) {
        return switch (name) {
            case "binomial" -> DiscreteDistribution.binomial((int) p[0], p[1]);
            case "poisson" -> DiscreteDistribution.poisson(p[0]);
            case "geometric" -> DiscreteDistribution.geometric(p[0]);
            case "negativeBinomial" -> DiscreteDistribution.negativeBinomial((int) p[0], p[1]);
            case "hypergeometric" -> DiscreteDistribution.hypergeometric((int) p[0], (int) p[1], (int) p[2]);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Distribution distribution(String name, double[] p) {
        return switch (name) {
            case "normal" -> Distribution.normal(p[0], p[1]);
            case "uniform" -> Distribution.uniform(p[0], p[1]);
            case "exponential" -> Distribution.exponential(p[0]);
            case "laplace" -> Distribution.laplace(p[0], p[1]);
            case "gamma" -> Distribution.gamma(p[0], p[1]);
            case "chiSquare" -> p.length == 1 ? Distribution.chiSquare(p[0]) : Distribution.chiSquare(p[0], p[1]);
            case "beta" -> Distribution.beta(p[0], p[1]);
            case "student" -> Distribution.student(p[0]);
            default -> throw new IllegalArgumentException("there is no distribution " + name);
        };
    }

    private static GaussRule rule(String name, int n, double[] p) {
        return switch (name) {
            case "legendre" -> GaussRule.legendre(n, p[0], p[1]);
            case "jacobi" -> GaussRule.jacobi(n, p[0], p[1]);
            case "hermite" -> GaussRule.hermite(n);
            case "normal" -> GaussRule.normal(n);
            case "laguerre" -> GaussRule.laguerre(n, p[0]);
            default -> throw new IllegalArgumentException("there is no rule " + name);
        };
    }

    private static Cost cost(String name) {
        return switch (name) {
            case "squared" -> Cost.squaredDistance();
            case "inner" -> Cost.innerProduct();
            case "distance" -> Cost.distance();
            default -> throw new IllegalArgumentException("there is no cost " + name);
        };
    }

    private static VectorField field(String name) {
        return switch (name) {
            case "lotkaVolterra" -> (t, y) -> new double[] {
                1.5 * y[0] - y[0] * y[1], y[0] * y[1] - 3 * y[1]
            };
            case "lorenz" -> (t, y) -> new double[] {
                10 * (y[1] - y[0]), y[0] * (28 - y[2]) - y[1], y[0] * y[1] - 8 * y[2] / 3
            };
            case "driven" -> (t, y) -> new double[] {y[1], Math.cos(t) - 0.2 * y[1] - y[0] * y[0] * y[0]};
            case "vanDerPol" -> (t, y) -> new double[] {y[1], 100 * (1 - y[0] * y[0]) * y[1] - y[0]};
            case "robertson" -> (t, y) -> {
                double slow = 0.04 * y[0];
                double mixed = 1e4 * y[1] * y[2];
                double fast = 3e7 * y[1] * y[1];
                return new double[] {mixed - slow, slow - mixed - fast, fast};
            };
            default -> throw new IllegalArgumentException("there is no field " + name);
        };
    }
}
