package reprise.tensor;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import reprise.array.Require;
import reprise.source.Source;

/**
 * Gradient descent, with momentum if wanted. The velocity is v = momentum v + g, from v = g at the first step; the
 * parameters move by -rate v, or with Nesterov's momentum by -rate (g + momentum v).
 */
@Source(text = "I. Sutskever, J. Martens, G. Dahl, G. Hinton, On the importance of initialization and momentum, 2013")
public final class Sgd implements Optimiser {
    private final Steps steps;
    private final double momentum;
    private final boolean nesterov;
    private final double decay;
    private final Tensor velocity;
    private final List<Tensor> moves;

    private Sgd(Steps steps, double momentum, boolean nesterov, double decay) {
        this.steps = steps;
        this.momentum = momentum;
        this.nesterov = nesterov;
        this.decay = decay;
        this.velocity = steps.zeros();
        this.moves = steps.views(velocity);
    }

    /**
     * Plain gradient descent.
     *
     * @param parameters leaves, at least one, all of one type; changed by each step
     * @param rate the learning rate, above 0
     * @return an optimiser
     * @throws IllegalArgumentException if there are no parameters, or rate is not above 0
     */
    public static Sgd of(List<Tensor> parameters, double rate) {
        return new Sgd(Steps.of(parameters, rate), 0, false, 0);
    }

    /**
     * With momentum; a fresh optimiser.
     *
     * @param momentum how much of the velocity stays, at least 0 and below 1
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if the number is outside its range
     */
    public Sgd momentum(double momentum) {
        return new Sgd(steps.fresh(), fraction(momentum), false, decay);
    }

    /**
     * With Nesterov's momentum; a fresh optimiser.
     *
     * @param momentum how much of the velocity stays, above 0 and below 1
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if the number is outside its range
     */
    public Sgd nesterov(double momentum) {
        return new Sgd(steps.fresh(), Require.inside("momentum", momentum, 0, 1), true, decay);
    }

    private static double fraction(double momentum) {
        return momentum == 0 ? 0 : Require.inside("momentum", momentum, 0, 1);
    }

    /**
     * With a penalty decay / 2 |parameters|^2; a fresh optimiser.
     *
     * @param decay at least 0
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if the decay is negative
     */
    public Sgd weightDecay(double decay) {
        return new Sgd(steps.fresh(), momentum, nesterov, Require.nonNegative("decay", decay));
    }

    /**
     * With a rate for each step; a fresh optimiser.
     *
     * @param schedule gives the rates
     * @return an optimiser of the same parameters
     */
    public Sgd schedule(Schedule schedule) {
        return new Sgd(steps.with(schedule), momentum, nesterov, decay);
    }

    /**
     * With gradients clipped before they are used; a fresh optimiser.
     *
     * @param clip the rule
     * @return an optimiser of the same parameters
     */
    public Sgd clip(Clip clip) {
        return new Sgd(steps.with(clip), momentum, nesterov, decay);
    }

    @Override
    public double step(Supplier<Tensor> loss) {
        return steps.run(loss, this::apply);
    }

    @Override
    public void rate(double rate) {
        steps.rate(rate);
    }

    private void apply(Tensor gradient, double rate, int step) {
        Tensor g = steps.withDecay(gradient, decay);
        try (var keep = new Scalar(momentum); var move = new Scalar(-rate)) {
            velocity.raw.mul_(keep);
            velocity.raw.add_(g.raw);
            List<Tensor> changes = nesterov ? steps.views(g.add(velocity.mul(momentum))) : moves;
            for (int i = 0; i < changes.size(); i++) {
                steps.parameters.get(i).raw.add_(changes.get(i).raw, move);
            }
        }
    }
}
