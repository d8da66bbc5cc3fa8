package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import reprise.array.Require;

/**
 * Adam (D. Kingma and J. Ba, ICLR 2015, algorithm 1), and with weight decay AdamW (I. Loshchilov and F. Hutter, ICLR
 * 2019). All moments lie in one flat buffer, so that a step costs a few native calls however many layers there are.
 */
public final class Adam {
    private final List<Tensor> parameters;
    private final List<Tensor> means = new ArrayList<>();
    private final List<Tensor> roots = new ArrayList<>();
    private final Tensor first;
    private final Tensor second;
    private final Tensor root;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double decay;
    private double rate;
    private int steps;

    private Adam(List<Tensor> parameters, double rate, double beta1, double beta2, double epsilon, double decay) {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("parameters must hold at least one tensor, was empty");
        }
        this.parameters = List.copyOf(parameters);
        this.rate = Require.positive("rate", rate);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.decay = decay;
        this.first = Tensors.noGrad(() -> Tensors.cat(parameters.stream().map(p -> p.reshape(-1)).toList(), 0).mul(0));
        this.second = first.mul(0);
        this.root = first.mul(0);
        long start = 0;
        for (Tensor p : parameters) {
            means.add(first.narrow(0, start, p.numel()).reshape(p.shape()));
            roots.add(root.narrow(0, start, p.numel()).reshape(p.shape()));
            start += p.numel();
        }
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
        return new Adam(parameters, rate, 0.9, 0.999, 1e-8, 0);
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
        return new Adam(parameters, rate, beta1, beta2, epsilon, decay);
    }

    /**
     * With decoupled weight decay, which makes it AdamW; a fresh optimiser.
     *
     * @param decay a step shrinks the parameters by rate times this, at least 0
     * @return an optimiser of the same parameters
     * @throws IllegalArgumentException if the decay is negative
     */
    public Adam weightDecay(double decay) {
        return new Adam(parameters, rate, beta1, beta2, epsilon, Require.nonNegative("decay", decay));
    }

    /**
     * Sets the learning rate of the steps to come: what a schedule calls.
     *
     * @param rate above 0
     * @throws IllegalArgumentException if rate is not above 0
     */
    public void rate(double rate) {
        this.rate = Require.positive("rate", rate);
    }

    /**
     * One step. Every tensor made for it is freed when it ends.
     *
     * @param loss computes the loss, one entry, from the parameters
     * @return the loss before the step
     * @throws IllegalArgumentException if the loss has more entries than one
     * @cost the loss, its gradient, and about ten operations on all parameters
     */
    public double step(Supplier<Tensor> loss) {
        return Tensors.number(() -> {
            Tensor value = loss.get();
            List<Tensor> gradients = Grad.of(value, parameters, false);
            Tensors.noGrad(() -> apply(gradients));
            return value.item();
        });
    }

    private boolean apply(List<Tensor> gradients) {
        steps++;
        Tensor g = Tensors.cat(gradients.stream().map(x -> x.reshape(-1)).toList(), 0);
        // m / (r sqrt(v) + epsilon) = (m / r) / (sqrt(v) + epsilon / r): the corrections cost no pass over the entries.
        double r = 1 / Math.sqrt(1 - Math.pow(beta2, steps));
        try (var rest1 = new Scalar(1 - beta1);
                var keep2 = new Scalar(beta2);
                var rest2 = new Scalar(1 - beta2);
                var small = new Scalar(epsilon / r);
                var move = new Scalar(-rate / (1 - Math.pow(beta1, steps)) / r);
                var shrink = new Scalar(1 - rate * decay)) {
            first.raw.lerp_(g.raw, rest1);
            second.raw.mul_(keep2);
            second.raw.addcmul_(g.raw, g.raw, rest2);
            torch.sqrt_out(root.raw, second.raw);
            root.raw.add_(small);
            for (int i = 0; i < means.size(); i++) {
                if (decay > 0) {
                    parameters.get(i).raw.mul_(shrink);
                }
                parameters.get(i).raw.addcdiv_(means.get(i).raw, roots.get(i).raw, move);
            }
        }
        return true;
    }
}
