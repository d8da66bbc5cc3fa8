package reprise.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import reprise.array.Require;
import reprise.parallel.Interrupted;

/** What all optimisers share: the parameters and the rule of their rate, and the gradient as one clipped vector. */
final class Steps {
    final List<Tensor> parameters;
    private final Clip clip;
    private Schedule schedule;
    private int done;

    private Steps(List<Tensor> parameters, Schedule schedule, Clip clip) {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("parameters must hold at least one tensor, was empty");
        }
        this.parameters = List.copyOf(parameters);
        this.schedule = schedule;
        this.clip = clip;
    }

    /** How a gradient, of all parameters in one vector, changes them. The step counts from 1. */
    interface Update {
        void apply(Tensor gradient, double rate, int step);
    }

    static Steps of(List<Tensor> parameters, double rate) {
        return new Steps(parameters, Schedule.constant(rate), Clip.none());
    }

    Steps fresh() {
        return new Steps(parameters, schedule, clip);
    }

    Steps with(Schedule other) {
        return new Steps(parameters, other, clip);
    }

    Steps with(Clip other) {
        return new Steps(parameters, schedule, other);
    }

    void rate(double rate) {
        schedule = Schedule.constant(rate);
    }

    double run(Supplier<Tensor> loss, Update update) {
        Interrupted.check();
        double rate = Require.nonNegative("rate of step " + done, schedule.at(done));
        return Tensors.number(() -> {
            Tensor value = loss.get();
            List<Tensor> gradients = Grad.of(value, parameters, false);
            return Tensors.noGrad(() -> {
                update.apply(clip.of(joined(gradients)), rate, ++done);
                return value.item();
            });
        });
    }

    /** Zeros, one for each parameter entry, of the parameters' type. */
    Tensor zeros() {
        return Tensors.noGrad(() -> joined(parameters).mul(0));
    }

    /** Parts of a vector, in the parameters' shapes. */
    List<Tensor> views(Tensor flat) {
        var views = new ArrayList<Tensor>();
        long start = 0;
        for (Tensor p : parameters) {
            views.add(flat.narrow(0, start, p.numel()).reshape(p.shape()));
            start += p.numel();
        }
        return views;
    }

    /** Shrinks all parameters by a factor; does nothing at 1. */
    void shrink(double factor) {
        if (factor != 1) {
            try (var scalar = new Scalar(factor)) {
                parameters.forEach(p -> p.raw.mul_(scalar));
            }
        }
    }

    /** The gradient of decay / 2 times the squared parameters, added to a gradient. */
    Tensor withDecay(Tensor gradient, double decay) {
        return decay > 0 ? gradient.add(joined(parameters).mul(decay)) : gradient;
    }

    static Tensor joined(List<Tensor> parts) {
        return Tensors.cat(parts.stream().map(x -> x.reshape(-1)).toList(), 0);
    }
}
