package reprise.tensor;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A loss as a function of plain numbers, for methods that know no tensors: minimisers such as L-BFGS, samplers,
 * finite-difference checks.
 *
 * <pre>{@code
 * var loss = Objective.of(theta -> Losses.mse(net.forward(theta, x), y));
 * double[] best = Lbfgs.of(loss::value, loss::gradient).iterations(500).minimise(net.values()).x();
 * }</pre>
 *
 * <p>Value and gradient come from one pass, and the last one is remembered: asking for both at a point costs one. For
 * one thread at a time.
 */
public final class Objective {
    private final UnaryOperator<Tensor> loss;
    private Optional<Pass> last = Optional.empty();

    private Objective(UnaryOperator<Tensor> loss) {
        this.loss = loss;
    }

    private record Pass(double[] at, double value, double[] gradient) {}

    /**
     * Takes a loss.
     *
     * @param loss from a vector in float64 to one entry
     * @return the function
     */
    public static Objective of(UnaryOperator<Tensor> loss) {
        return new Objective(loss);
    }

    /**
     * The loss.
     *
     * @param theta where, length d
     * @return its value
     * @throws IllegalArgumentException if the loss has more entries than one
     * @cost the loss and its gradient, nothing where the last question was asked
     */
    public double value(double[] theta) {
        return at(theta).value;
    }

    /**
     * The gradient of the loss.
     *
     * @param theta where, length d
     * @return length d, a copy
     * @throws IllegalArgumentException if the loss has more entries than one, or does not depend on theta at all
     * @cost the loss and its gradient, nothing where the last question was asked
     */
    public double[] gradient(double[] theta) {
        return at(theta).gradient.clone();
    }

    private Pass at(double[] theta) {
        if (last.isEmpty() || !Arrays.equals(last.get().at, theta)) {
            double[] gradient = new double[theta.length];
            double value = Tensors.number(() -> {
                Tensor leaf = Tensors.of(theta).requiresGrad();
                Tensor y = loss.apply(leaf);
                System.arraycopy(Grad.of(y, leaf).toDoubles(), 0, gradient, 0, gradient.length);
                return y.item();
            });
            last = Optional.of(new Pass(theta.clone(), value, gradient));
        }
        return last.get();
    }
}
