package reprise.tensor;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import reprise.array.Require;
import reprise.source.Source;

/**
 * Adam, and with weight decay AdamW. All moments lie in one flat buffer, so that a step costs a few native calls
 * however many layers there are.
 */
@Source(arxiv = "1412.6980", at = "Algorithm 1")
@Source(arxiv = "1711.05101", at = "Algorithm 2")
public final class Adam implements Optimiser {
    private final Steps steps;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double decay;
    private final Tensor first;
    private final Tensor second;
    private final Tensor root;
    private final List<Tensor> means;
    private final List<Tensor> roots;

    private Adam(Steps steps, double beta1, double beta2, double epsilon, double decay) {
        this.steps = steps;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.decay = decay;
        this.first = steps.zeros();
        this.second = steps.zeros();
        this.root = steps.zeros();
        this.means = steps.views(first);
        this.roots = steps.views(root);
    }

    /**
     * Adam with the moments' usual rates 0.9 and 0.999 and epsilon 1e-8.
     *
     * @param parameters leaves, at least one, all of one type; changed by each step
     * @param rate the learning rate, above 0
     * @return an optimiser with its moments at zero
     * @throws IllegalArgumentException if there are no parameters, or rate is not above 0
     */
    public static Adam of(List<Tensor> parameters, double rate) {
        return new Adam(Steps.of(parameters, rate), 0.9, 0.999, 1e-8, 0);
    }

    /**
     * With other moments; a fresh optimiser.
     *
     * @param beta1 how much of the mean gradient stays, above 0 and below 1
     * @param beta2 how much of the mean square stays, above 0 and below 1
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Adam betas(double beta1, double beta2) {
        Require.inside("beta1", beta1, 0, 1);
        Require.inside("beta2", beta2, 0, 1);
        return new Adam(steps.fresh(), beta1, beta2, epsilon, decay);
    }

    /**
     * With decoupled weight decay, which makes it AdamW; a fresh optimiser.
     *
     * @param decay a step shrinks the parameters by rate times this, at least 0
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if the decay is negative
     */
    public Adam weightDecay(double decay) {
        return new Adam(steps.fresh(), beta1, beta2, epsilon, Require.nonNegative("decay", decay));
    }

    /**
     * With another floor of the root mean square; a fresh optimiser.
     *
     * @param epsilon above 0
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if it is not above 0
     */
    public Adam epsilon(double epsilon) {
        return new Adam(steps.fresh(), beta1, beta2, Require.positive("epsilon", epsilon), decay);
    }

    /**
     * With a rate for each step; a fresh optimiser.
     *
     * @param schedule gives the rates
     * @return an optimiser of the same parameters
     */
    public Adam schedule(Schedule schedule) {
        return new Adam(steps.with(schedule), beta1, beta2, epsilon, decay);
    }

    /**
     * With gradients clipped before they are used; a fresh optimiser.
     *
     * @param clip the rule
     * @return an optimiser of the same parameters
     */
    public Adam clip(Clip clip) {
        return new Adam(steps.with(clip), beta1, beta2, epsilon, decay);
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
        steps.shrink(1 - rate * decay);
        // m / (r sqrt(v) + epsilon) = (m / r) / (sqrt(v) + epsilon / r): the corrections cost no pass over the entries.
        double r = 1 / Math.sqrt(1 - Math.pow(beta2, step));
        try (var rest1 = new Scalar(1 - beta1);
                var keep2 = new Scalar(beta2);
                var rest2 = new Scalar(1 - beta2);
                var small = new Scalar(epsilon / r);
                var move = new Scalar(-rate / (1 - Math.pow(beta1, step)) / r)) {
            first.raw.lerp_(g.raw, rest1);
            second.raw.mul_(keep2);
            second.raw.addcmul_(g.raw, g.raw, rest2);
            torch.sqrt_out(root.raw, second.raw);
            root.raw.add_(small);
            for (int i = 0; i < means.size(); i++) {
                steps.parameters.get(i).raw.addcdiv_(means.get(i).raw, roots.get(i).raw, move);
            }
        }
    }
}
