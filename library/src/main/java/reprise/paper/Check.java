package reprise.paper;

/** The test of a claim. An array passes when all its components do; NaN never passes. */
sealed interface Check {
    /** How many values it tests one by one; 1 tests any number of values against the same. */
    int width();

    boolean passes(double[] values);

    /** The ledger's value: a number, a list of numbers, or words such as "at most 0.02". */
    Object expected();

    /** The ledger's value: a number, or words such as "20 %"; 0 where a bound has no slack. */
    Object tolerance();

    /** What is expected, with its tolerance, for the eye. */
    String shown();

    /** False if the theory behind the test came out as NaN. */
    boolean sound();

    record Near(double[] targets, double slack, boolean relative) implements Check {
        @Override
        public int width() {
            return targets.length;
        }

        @Override
        public boolean passes(double[] values) {
            for (int i = 0; i < values.length; i++) {
                double target = targets[targets.length == 1 ? 0 : i];
                double allowed = relative ? slack * Math.abs(target) : slack;
                if (!(Math.abs(values[i] - target) <= allowed)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Object expected() {
            return Digits.stored(targets);
        }

        @Override
        public Object tolerance() {
            return relative ? percent() : Digits.stored(slack);
        }

        @Override
        public String shown() {
            return Digits.shown(targets) + " ± " + (relative ? percent() : Digits.shown(slack));
        }

        @Override
        public boolean sound() {
            return targets.length > 0 && Digits.finite(targets);
        }

        private String percent() {
            return Digits.shown(100 * slack) + " %";
        }
    }

    record Bounds(double low, double high) implements Check {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public boolean passes(double[] values) {
            for (double value : values) {
                if (!(value >= low && value <= high)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Object expected() {
            return shown();
        }

        @Override
        public Object tolerance() {
            return 0;
        }

        @Override
        public String shown() {
            if (low == Double.NEGATIVE_INFINITY) {
                return "at most " + Digits.shown(high);
            }
            return high == Double.POSITIVE_INFINITY
                    ? "at least " + Digits.shown(low)
                    : "from " + Digits.shown(low) + " to " + Digits.shown(high);
        }

        @Override
        public boolean sound() {
            return low <= high;
        }
    }
}
