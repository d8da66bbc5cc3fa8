package reprise.dynamics;

import java.util.function.DoubleUnaryOperator;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.ode.VectorField;
import reprise.random.Rng;

/** Systems whose Koopman operators are known, and two that everybody tries. */
public final class Systems {
    private Systems() {}

    /**
     * Duffing's oscillator with two wells, x'' = x - x^3 - alpha x'. Without damping its flow keeps areas.
     *
     * @param alpha the damping, finite
     * @return the field on (x, x')
     * @throws IllegalArgumentException if alpha is not finite
     */
    public static VectorField duffing(double alpha) {
        Require.finite("alpha", alpha);
        return (t, s) -> new double[] {s[1], s[0] - s[0] * s[0] * s[0] - alpha * s[1]};
    }

    /**
     * Lorenz's equations with the parameters of 1963: sigma = 10, rho = 28, beta = 8/3.
     *
     * @return the field on (x, y, z)
     */
    public static VectorField lorenz() {
        return lorenz(10, 28, 8.0 / 3);
    }

    /**
     * Lorenz's equations.
     *
     * @param sigma the Prandtl number, finite
     * @param rho the Rayleigh number relative to the critical one, finite
     * @param beta the geometric factor, finite
     * @return the field on (x, y, z)
     * @throws IllegalArgumentException if a parameter is not finite
     */
    public static VectorField lorenz(double sigma, double rho, double beta) {
        Require.finite("parameters", new double[] {sigma, rho, beta});
        return (t, s) -> new double[] {
            sigma * (s[1] - s[0]), s[0] * (rho - s[2]) - s[1], s[0] * s[1] - beta * s[2]
        };
    }

    /**
     * The doubling map of the circle, x to 2x mod 1. It keeps lengths; its Koopman operator is an isometry that is not
     * unitary, with the whole closed disc as spectrum and the circle as approximate point spectrum.
     *
     * @return the map on [0, 1)
     */
    public static StateMap doubling() {
        return x -> new double[] {turn(2 * x[0])};
    }

    /**
     * The rotation of the circle, x to x + angle mod 1. exp(2 pi i k x) are its eigenfunctions.
     *
     * @param angle in turns, finite
     * @return the map on [0, 1)
     * @throws IllegalArgumentException if the angle is not finite
     */
    public static StateMap rotation(double angle) {
        Require.finite("angle", angle);
        return x -> new double[] {turn(x[0] + angle)};
    }

    /**
     * The skew product of the torus, (x, y) to (x + angle, y + x) mod 1: on functions of x alone it is a rotation, on
     * the others a shift without eigenfunctions (Anzai, Ergodic skew product transformations on the torus, 1951).
     *
     * @param angle in turns, finite; irrational for an ergodic map
     * @return the map on [0, 1)^2
     * @throws IllegalArgumentException if the angle is not finite
     */
    public static StateMap skewProduct(double angle) {
        Require.finite("angle", angle);
        return x -> new double[] {turn(x[0] + angle), turn(x[1] + x[0])};
    }

    /**
     * A rotation of the disc, each circle by its own angle: (r, theta) to (r, theta + 2 pi phi(r)). Its spectrum is the
     * closure of exp(2 pi i k phi(r)) over all whole k and radii r.
     *
     * @param phi the angle in turns, as a function of the radius
     * @return the map on points (x, y) of the plane
     */
    public static StateMap discRotation(DoubleUnaryOperator phi) {
        return p -> {
            double angle = 2 * Math.PI * phi.applyAsDouble(Math.hypot(p[0], p[1]));
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            return new double[] {c * p[0] - s * p[1], s * p[0] + c * p[1]};
        };
    }

    /**
     * A bump that is infinitely often differentiable: height exp(1 - 1 / (1 - t^2)) with t = (r - centre) / halfWidth,
     * and exactly 0 for |t| at least 1.
     *
     * @param centre where it is highest, finite
     * @param halfWidth how far it reaches, above 0
     * @param height its value at the centre, finite
     * @return the function
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static DoubleUnaryOperator bump(double centre, double halfWidth, double height) {
        Require.finite("centre", centre);
        Require.positive("halfWidth", halfWidth);
        Require.finite("height", height);
        return r -> {
            double t = (r - centre) / halfWidth;
            return Math.abs(t) < 1 ? height * Math.exp(1 - 1 / (1 - t * t)) : 0;
        };
    }

    /**
     * States drawn from the uniform distribution on a box.
     *
     * @param count how many, at least 1
     * @param low the lower corner, length d
     * @param high the upper corner, above it in each coordinate
     * @param rng the randomness
     * @return shape [count, d]
     * @throws IllegalArgumentException if the lengths differ, there is no state, or a side is empty
     */
    public static Dense uniform(int count, double[] low, double[] high, Rng rng) {
        Require.shape("high", new int[] {high.length}, low.length);
        double[] states = new double[Math.multiplyExact(Require.atLeast("count", count, 1), low.length)];
        rng.fillUniform(states);
        for (int i = 0; i < states.length; i++) {
            int k = i % low.length;
            states[i] = low[k] + Require.positive("high - low of coordinate " + k, high[k] - low[k]) * states[i];
        }
        return Dense.of("states", states, count, low.length);
    }

    /**
     * The nodes of the trapezoidal rule on the torus [0, 1)^d, of equal weight: exact for trigonometric functions whose
     * frequencies stay below the numbers of nodes.
     *
     * @param sides how many nodes in each direction, at least 1
     * @return the product of them as many, shape [nodes, d]
     * @throws IllegalArgumentException if there is no direction, or a number is below 1
     */
    public static Dense torusNodes(int... sides) {
        int d = Require.atLeast("number of directions", sides.length, 1);
        int all = 1;
        for (int side : sides) {
            all = Math.multiplyExact(all, Require.atLeast("side", side, 1));
        }
        double[] nodes = new double[Math.multiplyExact(all, d)];
        for (int i = 0; i < all; i++) {
            for (int k = d - 1, rest = i; k >= 0; rest /= sides[k], k--) {
                nodes[i * d + k] = (double) (rest % sides[k]) / sides[k];
            }
        }
        return Dense.of("nodes", nodes, all, d);
    }

    private static double turn(double x) {
        double part = x - Math.floor(x);
        // A tiny negative x rounds up to a whole turn.
        return part < 1 ? part : 0;
    }
}
