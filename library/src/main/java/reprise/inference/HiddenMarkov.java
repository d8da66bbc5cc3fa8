package reprise.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;
import reprise.array.Require;
import reprise.random.Rng;

/**
 * A hidden Markov model as a program: it draws a state and scores an observation, again and again.
 *
 * @param start the law of the first state
 * @param transition from each state, the law of the next
 * @param likelihood at each time, the weight of the observation in each state
 */
public record HiddenMarkov(
        Measure<Integer> start, List<Measure<Integer>> transition, List<List<BigFraction>> likelihood) {
    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if there is no time, or a time has not one likelihood for each state
     */
    public HiddenMarkov {
        transition = List.copyOf(transition);
        likelihood = List.copyOf(likelihood);
        Require.atLeast("number of times", likelihood.size(), 1);
        for (int t = 0; t < likelihood.size(); t++) {
            Require.shape("likelihood[" + t + "]", new int[] {likelihood.get(t).size()}, transition.size());
        }
    }

    /**
     * A random model, with observations drawn from it. Rows of the transition are drawn from Dirichlet(5) and mixed with
     * staying; all numbers are whole thousandths.
     *
     * @param states at least 2
     * @param length number of observations, at least 1
     * @param stickiness the share of staying, at least 0 and below 1
     * @param accuracy the chance that an observation shows the state, above 0 and below 1; else it shows any other
     * @param rng the randomness
     * @return the model
     * @throws IllegalArgumentException if a number is out of range
     */
    public static HiddenMarkov random(int states, int length, double stickiness, double accuracy, Rng rng) {
        Require.atLeast("states", states, 2);
        Require.atLeast("length", length, 1);
        Require.inside("1 - stickiness", 1 - stickiness, 0, 1 + 1e-15);
        Require.inside("accuracy", accuracy, 0, 1);
        var rows = IntStream.range(0, states).mapToObj(s -> row(states, s, stickiness, rng)).toList();
        var start = Measure.uniform(IntStream.range(0, states).boxed().toList());
        int right = (int) Math.max(1, Math.min(999, Math.round(1000 * accuracy)));
        var hit = new BigFraction(right, 1000);
        var miss = new BigFraction(1000 - right, 1000 * (states - 1));
        var times = new ArrayList<List<BigFraction>>();
        int state = start.sample(rng);
        for (int t = 0; t < length; t++) {
            int shown = rng.bernoulli(accuracy) ? state : (state + 1 + rng.integer(states - 1)) % states;
            times.add(IntStream.range(0, states).mapToObj(s -> s == shown ? hit : miss).toList());
            state = rows.get(state).sample(rng);
        }
        return new HiddenMarkov(start, rows, times);
    }

    private static Measure<Integer> row(int states, int from, double stickiness, Rng rng) {
        double[] gammas = new double[states];
        Arrays.setAll(gammas, s -> rng.gamma(5));
        double sum = Arrays.stream(gammas).sum();
        int[] parts = new int[states];
        Arrays.setAll(parts, s -> 1 + (int) Math.round(
                1000 * ((1 - stickiness) * gammas[s] / sum + (s == from ? stickiness : 0))));
        return Measure.proportional(parts);
    }

    /**
     * The program.
     *
     * @return ends with the last state
     */
    public Program<Integer> program() {
        return Program.draw(start).then(state -> observed(0, state));
    }

    private Program<Integer> observed(int time, int state) {
        return Program.score(likelihood.get(time).get(state), () -> Program.named(
                List.of("state", time, state), () -> time + 1 == likelihood.size()
                        ? Program.done(state)
                        : Program.draw(transition.get(state)).then(next -> observed(time + 1, next))));
    }
}
