package reprise.privacy;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A holdout set that may be asked again and again: it answers with the training set's value as long as that is right,
 * and only where it is not, gives away something of its own.
 *
 * <p>With threshold T, rate s and a noise law of which g (scale 2 s) and e (scale 4 s) are drawn: if |holdout - train|
 * exceeds T + g + e, one unit of the budget is spent, g is drawn anew, and the answer is the holdout's value plus noise
 * of scale s; otherwise it is the training set's value, free of charge. This is the sparse vector technique: with
 * Laplace noise and sensitivity D of a mean, a session that spends B units is (2 B D / s)-private for the holdout.
 *
 * <pre>{@code
 * Thresholdout.Session holdout = Thresholdout.of(0.04, 0.01).budget(100).open(Rng.of(7));
 * double answer = holdout.answer(0.31, 0.02).value();   // the training set overfits: near 0.02
 * }</pre>
 *
 * <p>What Dwork et al. ran for their figure differs from what they print: their program draws one normal number of
 * scale s for the comparison, another for the answer, and counts no budget. {@link #scales} with 0, 1, 1 and
 * {@link #noise} with {@link NoiseLaw#GAUSSIAN} is that program.
 */
@Source(arxiv = "1506.02629")
public final class Thresholdout {
    private final double threshold;
    private final double rate;
    private final int budget;
    private final NoiseLaw law;
    private final Refresh refresh;
    private final double[] scales;

    private Thresholdout(
            double threshold, double rate, int budget, NoiseLaw law, Refresh refresh, double[] scales) {
        this.threshold = threshold;
        this.rate = rate;
        this.budget = budget;
        this.law = law;
        this.refresh = refresh;
        this.scales = scales;
    }

    /** When the noise of the threshold is drawn anew. */
    public enum Refresh {
        /** After each answer that was paid for: the method. */
        AFTER_SPENDING,
        /** Never: a mistake that shows in no single answer. */
        NEVER,
        /** Before each question: more is spent than needed. */
        EVERY_QUERY
    }

    /**
     * An answer.
     *
     * @param value the answer
     * @param paid whether a unit of the budget was spent for it
     */
    public record Answer(double value, boolean paid) {}

    /**
     * The method as printed, with Laplace noise and one unit of budget.
     *
     * @param threshold T, the gap between training set and holdout that is let pass, at least 0
     * @param rate s, the scale of the answers' noise, above 0
     * @return the method
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static Thresholdout of(double threshold, double rate) {
        return new Thresholdout(
                Require.nonNegative("threshold", threshold), Require.positive("rate", rate), 1, NoiseLaw.LAPLACE,
                Refresh.AFTER_SPENDING, new double[] {2, 4, 1});
    }

    /**
     * Sets how often the holdout's own value may be answered.
     *
     * @param units at least 1
     * @return a copy
     * @throws IllegalArgumentException if there are no units
     */
    public Thresholdout budget(int units) {
        return new Thresholdout(threshold, rate, Require.atLeast("units", units, 1), law, refresh, scales);
    }

    /**
     * Sets the noise's shape.
     *
     * @param shape with {@link NoiseLaw#GAUSSIAN} the scales are standard deviations, and the guarantee in this
     *     class's text, which is Laplace's, does not hold
     * @return a copy
     */
    public Thresholdout noise(NoiseLaw shape) {
        return new Thresholdout(threshold, rate, budget, shape, refresh, scales);
    }

    /**
     * Sets when the threshold's noise is drawn anew.
     *
     * @param when {@link Refresh#AFTER_SPENDING} is the method
     * @return a copy
     */
    public Thresholdout refresh(Refresh when) {
        return new Thresholdout(threshold, rate, budget, law, when, scales);
    }

    /**
     * Sets the sizes of the three noises, in units of the rate; the method has 2, 4 and 1.
     *
     * @param ofThreshold of g, kept from question to question, at least 0
     * @param ofGap of e, drawn for each question, at least 0
     * @param ofAnswer of a paid answer, at least 0
     * @return a copy
     * @throws IllegalArgumentException if one is negative
     */
    public Thresholdout scales(double ofThreshold, double ofGap, double ofAnswer) {
        return new Thresholdout(threshold, rate, budget, law, refresh, new double[] {
            Require.nonNegative("ofThreshold", ofThreshold),
            Require.nonNegative("ofGap", ofGap),
            Require.nonNegative("ofAnswer", ofAnswer)
        });
    }

    /**
     * What a whole session may give away about one person of the holdout, by the printed scales and Laplace noise.
     *
     * @param sensitivity by how much one person changes a mean: 2 / n for queries in [-1, 1]; above 0
     * @return epsilon = 2 budget sensitivity / rate
     * @throws IllegalArgumentException if the sensitivity is not positive
     */
    public double epsilon(double sensitivity) {
        return 2 * budget * Require.positive("sensitivity", sensitivity) / rate;
    }

    /**
     * Starts to answer.
     *
     * @param rng the noise
     * @return a session with the whole budget
     */
    public Session open(Rng rng) {
        return new Session(this, rng);
    }

    /** A holdout set that is being asked; one thread at a time. */
    public static final class Session {
        private final Thresholdout method;
        private final Rng rng;
        private double shift;
        private int spent;

        private Session(Thresholdout method, Rng rng) {
            this.method = method;
            this.rng = rng;
            this.shift = method.draw(0, rng);
        }

        /**
         * Answers a query from the two sets.
         *
         * @param query a function with values in [-1, 1]
         * @param train the set that the analyst has seen
         * @param holdout the set that the analyst has not seen
         * @return the answer
         * @throws IllegalArgumentException if the query leaves [-1, 1] at a row
         * @throws BudgetOverspent if no unit is left
         */
        public Answer answer(StatisticalQuery query, Dense train, Dense holdout) {
            return answer(query.mean(train), query.mean(holdout));
        }

        /**
         * Answers a query whose two means are known.
         *
         * @param train the mean over the training set, finite
         * @param holdout the mean over the holdout, finite
         * @return the answer
         * @throws IllegalArgumentException if a mean is not finite
         * @throws BudgetOverspent if no unit is left, even if this answer would be free: whether it is must stay hidden
         */
        public Answer answer(double train, double holdout) {
            double gap = Math.abs(Require.finite("holdout", holdout) - Require.finite("train", train));
            if (spent == method.budget) {
                throw new BudgetOverspent("all " + spent + " answers from the holdout are spent");
            }
            if (method.refresh == Refresh.EVERY_QUERY) {
                shift = method.draw(0, rng);
            }
            if (gap <= method.threshold + shift + method.draw(1, rng)) {
                return new Answer(train, false);
            }
            spent++;
            if (method.refresh == Refresh.AFTER_SPENDING) {
                shift = method.draw(0, rng);
            }
            return new Answer(holdout + method.draw(2, rng), true);
        }

        /**
         * How many units are spent.
         *
         * @return from 0 to the budget
         */
        public int spent() {
            return spent;
        }
    }

    private double draw(int which, Rng rng) {
        return law.draw(scales[which] * rate, rng);
    }
}
