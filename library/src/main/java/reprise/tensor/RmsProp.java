package reprise.tensor;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import reprise.array.Require;
import reprise.source.Source;

/**
 * RMSprop: the mean square is v = alpha v + (1 - alpha) g^2, from zero and without correction, and the parameters move
 * by -rate g / (sqrt(v) + epsilon).
 */
@Source(text = "G. Hinton, Neural Networks for Machine Learning, 2012", at = "lecture 6e")
public final class RmsProp implements Optimiser {
    private final Steps steps;
    private final double alpha;
    private final double epsilon;
    private final Tensor square;
    private final Tensor root;
    private final List<Tensor> roots;

    private RmsProp(Steps steps, double alpha, double epsilon) {
        this.steps = steps;
        this.alpha = alpha;
        this.epsilon = epsilon;
        this.square = steps.zeros();
        this.root = steps.zeros();
        this.roots = steps.views(root);
    }

    /**
     * RMSprop with alpha 0.99 and epsilon 1e-8.
     *
     * @param parameters leaves, at least one, all of one type; changed by each step
     * @param rate the learning rate, above 0
     * @return an optimiser
     * @throws IllegalArgumentException if there are no parameters, or rate is not above 0
     */
    public static RmsProp of(List<Tensor> parameters, double rate) {
        return new RmsProp(Steps.of(parameters, rate), 0.99, 1e-8);
    }

    /**
     * With another memory; a fresh optimiser.
     *
     * @param alpha how much of the mean square stays, above 0 and below 1
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if the number is outside its range
     */
    public RmsProp alpha(double alpha) {
        return new RmsProp(steps.fresh(), Require.inside("alpha", alpha, 0, 1), epsilon);
    }

    /**
     * With another floor of the root mean square; a fresh optimiser.
     *
     * @param epsilon above 0
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if it is not above 0
     */
    public RmsProp epsilon(double epsilon) {
        return new RmsProp(steps.fresh(), alpha, Require.positive("epsilon", epsilon));
    }

    /**
     * With a rate for each step; a fresh optimiser.
     *
     * @param schedule gives the rates
     * @return an optimiser of the same parameters
     */
    public RmsProp schedule(Schedule schedule) {
        return new RmsProp(steps.with(schedule), alpha, epsilon);
    }

    /**
     * With gradients clipped before they are used; a fresh optimiser.
     *
     * @param clip the rule
     * @return an optimiser of the same parameters
     */
    public RmsProp clip(Clip clip) {
        return new RmsProp(steps.with(clip), alpha, epsilon);
    }

    @Override
    public double step(Supplier<Tensor> loss) {
        return steps.run(loss, this::apply);
    }

    @Override
    public void rate(double rate) {
        steps.rate(rate);
    }

    private void apply(Tensor g, double rate, int step) {
        try (var keep = new Scalar(alpha);
                var rest = new Scalar(1 - alpha);
                var small = new Scalar(epsilon);
                var move = new Scalar(-rate)) {
            square.raw.mul_(keep);
            square.raw.addcmul_(g.raw, g.raw, rest);
            torch.sqrt_out(root.raw, square.raw);
            root.raw.add_(small);
            List<Tensor> parts = steps.views(g);
            for (int i = 0; i < parts.size(); i++) {
                steps.parameters.get(i).raw.addcdiv_(parts.get(i).raw, roots.get(i).raw, move);
            }
        }
    }
}
