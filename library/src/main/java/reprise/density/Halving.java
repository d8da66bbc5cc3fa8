package reprise.density;

/** How a pair of points is shared out between two halves: the method, and what it is compared with. */
public enum Halving {
    /**
     * The self-balancing walk: a coin that leans to the better side, the more so the clearer it is. Each point comes
     * into each half with probability 1/2, and the two halves stay near each other.
     */
    SELF_BALANCING {
        @Override
        double second(double lean, double threshold) {
            return threshold > 0 ? Math.min(1, Math.max(0, (1 - lean / threshold) / 2)) : 0.5;
        }
    },
    /** Always the better side: kernel herding in disguise. Near the input sample, but not random any more. */
    GREEDY {
        @Override
        double second(double lean, double threshold) {
            return lean < 0 ? 1 : lean > 0 ? 0 : 0.5;
        }
    },
    /** A fair coin for each pair, whatever the kernel says. */
    RANDOM {
        @Override
        double second(double lean, double threshold) {
            return 0.5;
        }
    };

    /** The probability that the second point of the pair goes into the first half. */
    abstract double second(double lean, double threshold);
}
