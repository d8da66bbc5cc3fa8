package reprise.tensor;

import java.util.function.Supplier;

/**
 * Changes parameters step by step so that a loss falls.
 *
 * <pre>{@code
 * var adam = Adam.of(net.parameters(), 1e-3).clip(Clip.norm(1));
 * for (int i = 0; i < 1000; i++) {
 *     double loss = adam.step(() -> Losses.mse(net.forward(x), y));
 * }
 * }</pre>
 *
 * <p>For L-BFGS, which looks at the loss several times a step, see {@link Objective}.
 */
public sealed interface Optimiser permits Adam, RmsProp, Sgd {
    /**
     * One step. Every tensor made for it is freed when it ends.
     *
     * @param loss computes the loss, one entry, from the parameters
     * @return the loss before the step
     * @throws IllegalArgumentException if the loss has more entries than one
     * @throws reprise.parallel.Interrupted if the thread was interrupted; the parameters are as before
     * @cost the loss, its gradient, and a few operations on all parameters
     */
    double step(Supplier<Tensor> loss);

    /**
     * Sets the learning rate of all steps to come, instead of a schedule.
     *
     * @param rate above 0
     * @throws IllegalArgumentException if rate is not above 0
     */
    void rate(double rate);
}
