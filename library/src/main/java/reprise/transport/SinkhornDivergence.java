package reprise.transport;

import reprise.array.Dense;
import reprise.backend.Cost;
import reprise.source.Source;

/**
 * How far two weighted clouds are apart: the value of their entropic transport less half of each cloud's own,
 * {@code S = W(x, y) - W(x, x) / 2 - W(y, y) / 2}. It is zero for equal clouds, above zero otherwise, and lies between
 * the transport cost (eps to 0) and the distance of means or an energy (eps to infinity).
 *
 * <pre>{@code
 * SinkhornDivergence apart = Sinkhorn.between(x, y).epsilon(0.1).divergence();
 * double value = apart.value();
 * Dense downhill = apart.gradient();
 * }</pre>
 */
@Source(arxiv = "1810.08278")
public final class SinkhornDivergence {
    private final EntropicPlan between;
    private final EntropicPlan own;
    private final double value;
    private final double[] a;

    SinkhornDivergence(EntropicPlan between, EntropicPlan ofX, EntropicPlan ofY, double[] a) {
        this.between = between;
        own = ofX;
        this.a = a;
        value = between.value() - ofX.value() / 2 - ofY.value() / 2;
    }

    /**
     * The divergence.
     *
     * @return in units of the cost; at least 0 up to the tolerance of the three plans
     */
    public double value() {
        return value;
    }

    /**
     * Its gradient in the sources' places, weights fixed.
     *
     * @return {@code dS / dx_i = 2 a_i (T_xx(x_i) - T_xy(x_i))} with the barycentric maps T, shape [n, d]
     * @throws IllegalStateException if the cost is not the squared distance
     * @cost O(n (n + m) d)
     */
    public Dense gradient() {
        if (!(between.clouds().function() instanceof Cost.SquaredDistance)) {
            throw new IllegalStateException("the gradient is there for the squared distance only");
        }
        Dense to = between.map();
        Dense home = own.map();
        int d = to.columns();
        var gradient = new double[to.data().length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = 2 * a[i / d] * (home.data()[i] - to.data()[i]);
        }
        return Dense.of("gradient", gradient, to.rows(), d);
    }
}
