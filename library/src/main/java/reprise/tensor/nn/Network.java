package reprise.tensor.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import reprise.array.Require;
import reprise.random.Rng;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/**
 * A layer with its weights: used with its own, or as a function of one flat parameter vector.
 *
 * <pre>{@code
 * Network net = Network.mlp(rng, Tensor::tanh, 2, 64, 64, 1);
 * Tensor y = net.forward(x);
 * double[][] jacobian = Grad.jacobian(theta -> net.forward(theta, x).reshape(-1), net.flat()).toRows();
 * }</pre>
 *
 * <p>All of {@link reprise.tensor.Grad} works on the second form: vjp, jvp, hvp, and with a vector of losses the
 * gradient of each example.
 */
public final class Network {
    private final Layer layer;
    private final List<Weight> weights;
    private final List<Tensor> tensors;

    private Network(Layer layer, List<Tensor> tensors) {
        this.layer = layer;
        this.weights = layer.weights();
        this.tensors = tensors;
    }

    /**
     * A layer with weights as its initialisers draw them.
     *
     * @param layer what to compute
     * @param rng where the weights come from, and nothing else
     * @return a network in float64
     */
    public static Network of(Layer layer, Rng rng) {
        var tensors = new ArrayList<Tensor>();
        for (Weight weight : layer.weights()) {
            Tensor drawn = weight.initial().draw(rng, weight.sizes());
            tensors.add(weight.trained() ? drawn.requiresGrad() : drawn);
        }
        return new Network(layer, List.copyOf(tensors));
    }

    /**
     * A multilayer perceptron: affine maps with an activation between them.
     *
     * @param rng where the weights come from
     * @param activation applied between the layers, not after the last
     * @param widths inputs, hidden widths, outputs; each at least 1
     * @return a network in float64
     * @throws IllegalArgumentException if there are fewer than two widths, or one is below 1
     */
    public static Network mlp(Rng rng, UnaryOperator<Tensor> activation, int... widths) {
        Require.atLeast("number of widths", widths.length, 2);
        var layers = new ArrayList<Layer>();
        for (int l = 1; l < widths.length; l++) {
            if (l > 1) {
                layers.add(Layer.of(activation));
            }
            layers.add(Linear.of(widths[l - 1], widths[l]));
        }
        return of(Layer.chain(layers.toArray(Layer[]::new)), rng);
    }

    /**
     * The same network in float32.
     *
     * @return a copy with weights of its own
     */
    public Network toFloat() {
        return new Network(layer, IntStream.range(0, tensors.size())
                .mapToObj(i -> {
                    Tensor narrow = tensors.get(i).detach().toFloat();
                    return weights.get(i).trained() ? narrow.requiresGrad() : narrow;
                })
                .toList());
    }

    /**
     * The leaves that are trained, in the layers' order.
     *
     * @return what an optimiser changes
     */
    public List<Tensor> parameters() {
        return chosen(true);
    }

    private List<Tensor> chosen(boolean onlyTrained) {
        return IntStream.range(0, tensors.size())
                .filter(i -> !onlyTrained || weights.get(i).trained())
                .mapToObj(tensors::get)
                .toList();
    }

    /**
     * The number of trained parameters.
     *
     * @return the length of a flat parameter vector
     */
    public int size() {
        return Math.toIntExact(count(true));
    }

    private long count(boolean onlyTrained) {
        return chosen(onlyTrained).stream().mapToLong(Tensor::numel).sum();
    }

    /**
     * The trained parameters as one vector, in the order of {@link #parameters}.
     *
     * @return shape [size()], a copy that gradients flow through
     */
    public Tensor flat() {
        var parts = parameters().stream().map(p -> p.reshape(-1)).toList();
        return parts.isEmpty() ? Tensors.zeros(0) : Tensors.cat(parts, 0);
    }

    /**
     * The trained parameters as plain numbers, in the order of {@link #flat}.
     *
     * @return length size(), a copy
     */
    public double[] values() {
        return flat().toDoubles();
    }

    /**
     * Overwrites the trained parameters.
     *
     * @param values as {@link #values} gives them
     * @throws IllegalArgumentException if their number is not size()
     */
    public void assign(double... values) {
        overwrite("values", values, true);
    }

    /**
     * All that has to be kept to have the same network later: the trained parameters and what layers remember.
     *
     * @return plain numbers, a copy
     */
    public double[] save() {
        return chosen(false).stream().flatMapToDouble(t -> Arrays.stream(t.toDoubles())).toArray();
    }

    /**
     * Takes up what {@link #save} gave.
     *
     * @param saved from a network of the same layers
     * @throws IllegalArgumentException if their number is another
     */
    public void load(double... saved) {
        overwrite("saved", saved, false);
    }

    private void overwrite(String name, double[] values, boolean onlyTrained) {
        Require.shape(name, new int[] {values.length}, Math.toIntExact(count(onlyTrained)));
        int start = 0;
        for (Tensor t : chosen(onlyTrained)) {
            int end = start + (int) t.numel();
            double[] part = Arrays.copyOfRange(values, start, end);
            t.assign(Tensors.of(part).reshape(t.shape()));
            start = end;
        }
    }

    /**
     * The outputs, in use.
     *
     * @param x input, of the weights' type
     * @return output
     * @throws IllegalArgumentException if x does not fit; the shapes are named
     */
    public Tensor forward(Tensor x) {
        return layer.apply(tensors, x, Pass.use());
    }

    /**
     * The outputs, in training.
     *
     * @param x input, of the weights' type
     * @param rng where the randomness of the pass comes from
     * @return output
     * @throws IllegalArgumentException if x does not fit; the shapes are named
     */
    public Tensor train(Tensor x, Rng rng) {
        return layer.apply(tensors, x, Pass.training(rng));
    }

    /**
     * The outputs for other parameters, in use: the network as a function of one vector.
     *
     * @param flat shape [size()]
     * @param x input, of the type of flat
     * @return output; differentiable in both
     * @throws IllegalArgumentException if flat has another length, or x does not fit
     */
    public Tensor forward(Tensor flat, Tensor x) {
        if (!Arrays.equals(flat.shape(), new long[] {size()})) {
            throw new IllegalArgumentException(
                    "flat must be of shape [" + size() + "], was " + Arrays.toString(flat.shape()));
        }
        var parts = new ArrayList<Tensor>();
        long start = 0;
        for (int i = 0; i < tensors.size(); i++) {
            Tensor own = tensors.get(i);
            if (weights.get(i).trained()) {
                parts.add(flat.narrow(0, start, own.numel()).reshape(own.shape()));
                start += own.numel();
            } else {
                parts.add(own);
            }
        }
        return layer.apply(parts, x, Pass.use());
    }
}
