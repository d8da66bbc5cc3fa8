package reprise.tensor.nn;

import java.util.ArrayList;
import java.util.List;
import reprise.array.Require;
import reprise.source.Source;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/**
 * A cell that walks along a sequence [n, length, in] and gives its states [n, length, hidden]. Weights, with g gates:
 * W [g hidden, in], U [g hidden, hidden], b and c [g hidden]; gates in PyTorch's order.
 *
 * @param kind which cell
 * @param in the size of an input
 * @param hidden the size of the state
 */
public record Recurrent(Kind kind, int in, int hidden) implements Layer {
    /** The cells; s is the logistic function and * the product of entries. */
    public enum Kind {
        /** h' = tanh(W x + b + U h + c). */
        TANH(1),
        /**
         * Gates r, z and n: r = s(.), z = s(.), n = tanh(W x + b + r * (U h + c)), and h' = (1 - z) * n + z * h.
         */
        GRU(3),
        /** Gates i, f, g and o: c' = s(f) * c + s(i) * tanh(g), h' = s(o) * tanh(c'). */
        LSTM(4);

        private final int gates;

        Kind(int gates) {
            this.gates = gates;
        }
    }

    /** Checks the sizes. */
    public Recurrent {
        Require.atLeast("in", in, 1);
        Require.atLeast("hidden", hidden, 1);
    }

    /**
     * The plain cell.
     *
     * @param in the size of an input, at least 1
     * @param hidden the size of the state, at least 1
     * @return the layer
     * @throws IllegalArgumentException if a size is below 1
     */
    @Source(text = "J. Elman, Finding structure in time, Cognitive Science 14, 1990")
    public static Recurrent tanh(int in, int hidden) {
        return new Recurrent(Kind.TANH, in, hidden);
    }

    /**
     * Gated recurrent units.
     *
     * @param in the size of an input, at least 1
     * @param hidden the size of the state, at least 1
     * @return the layer
     * @throws IllegalArgumentException if a size is below 1
     */
    @Source(arxiv = "1406.1078", at = "Section 2.3")
    public static Recurrent gru(int in, int hidden) {
        return new Recurrent(Kind.GRU, in, hidden);
    }

    /**
     * Long short-term memory, with a forget gate and without peepholes.
     *
     * @param in the size of an input, at least 1
     * @param hidden the size of the state, at least 1
     * @return the layer
     * @throws IllegalArgumentException if a size is below 1
     */
    @Source(text = "F. Gers, J. Schmidhuber, F. Cummins, Learning to forget, Neural Computation 12, 2000")
    public static Recurrent lstm(int in, int hidden) {
        return new Recurrent(Kind.LSTM, in, hidden);
    }

    @Override
    public List<Weight> weights() {
        Initialiser initial = Initialiser.uniform(1 / Math.sqrt(hidden));
        int rows = kind.gates * hidden;
        return List.of(
                Weight.trained(initial, rows, in),
                Weight.trained(initial, rows, hidden),
                Weight.trained(initial, rows),
                Weight.trained(initial, rows));
    }

    /**
     * Walks along sequences, from a state of zeros.
     *
     * @param weights as {@link #weights} describes them
     * @param x shape [n, length, in], length at least 1
     * @param pass not looked at
     * @return every state h, shape [n, length, hidden]
     * @throws IllegalArgumentException if the shapes do not fit; they are named
     * @cost O(n length gates hidden (in + hidden))
     */
    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        var states = new ArrayList<Tensor>();
        Tensor zero = x.select(1, 0).sum(1, true).mul(0).expand(-1, hidden);
        List<Tensor> state = kind == Kind.LSTM ? List.of(zero, zero) : List.of(zero);
        for (long t = 0; t < x.size(1); t++) {
            state = step(weights, x.select(1, t), state);
            states.add(state.get(0));
        }
        return Tensors.stack(states, 1);
    }

    /**
     * One step of the cell.
     *
     * @param weights as {@link #weights} describes them
     * @param x shape [n, in]
     * @param state h, and for the LSTM c after it, each of shape [n, hidden]
     * @return the next state
     * @throws IllegalArgumentException if the shapes do not fit; they are named
     * @cost O(n gates hidden (in + hidden))
     */
    public List<Tensor> step(List<Tensor> weights, Tensor x, List<Tensor> state) {
        Tensor h = state.get(0);
        Tensor fromInput = x.linear(weights.get(0), weights.get(2));
        Tensor fromState = h.linear(weights.get(1), weights.get(3));
        return switch (kind) {
            case TANH -> List.of(fromInput.add(fromState).tanh());
            case GRU -> {
                Tensor r = gate(fromInput, 0).add(gate(fromState, 0)).sigmoid();
                Tensor z = gate(fromInput, 1).add(gate(fromState, 1)).sigmoid();
                Tensor n = gate(fromInput, 2).add(r.mul(gate(fromState, 2))).tanh();
                yield List.of(n.add(z.mul(h.sub(n))));
            }
            case LSTM -> {
                Tensor all = fromInput.add(fromState);
                Tensor c = gate(all, 1).sigmoid().mul(state.get(1))
                        .add(gate(all, 0).sigmoid().mul(gate(all, 2).tanh()));
                yield List.of(gate(all, 3).sigmoid().mul(c.tanh()), c);
            }
        };
    }

    private Tensor gate(Tensor all, int which) {
        return all.narrow(1, (long) which * hidden, hidden);
    }
}
