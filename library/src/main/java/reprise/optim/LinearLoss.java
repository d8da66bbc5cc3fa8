package reprise.optim;

/** What a linear model's score s costs where the answer is y. */
public enum LinearLoss {
    /** Least squares: (y - s)^2, for any y. */
    SQUARED {
        @Override
        public double of(double score, double y) {
            return (y - score) * (y - score);
        }
    },

    /** Logistic regression: log(1 + exp(-y s)), for y of -1 and 1. */
    LOGISTIC {
        @Override
        public double of(double score, double y) {
            double margin = y * score;
            return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
        }
    },

    /** The linear support vector machine: max(0, 1 - y s), for y of -1 and 1. */
    HINGE {
        @Override
        public double of(double score, double y) {
            return Math.max(0, 1 - y * score);
        }
    };

    /**
     * The loss of one answer.
     *
     * @param score s
     * @param y the answer
     * @return at least 0
     */
    public abstract double of(double score, double y);
}
