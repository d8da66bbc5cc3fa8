package reprise.transport;

/**
 * Chooses the overrelaxation of a pair of alternating updates. Near the solution plain updates shrink the error by a
 * factor lambda each time; with {@code 2 / (1 + sqrt(1 - lambda))} of each step they shrink it by that number less one.
 * Lambda is read off plain updates, and corrected when the relaxed ones are slower than they should be.
 */
final class Relaxation {
    private static final int WINDOW = 20;
    private static final double LARGEST = 1.995;

    /** Below this rate plain updates are quick enough. */
    private static final double WORTH_IT = 0.7;

    private double factor = 1;
    private double last = Double.NaN;
    private double windowStart = Double.NaN;
    private double previousRate = Double.NaN;
    private int inWindow;
    private boolean ending;

    double factor() {
        return factor;
    }

    boolean plain() {
        return factor == 1;
    }

    /** Takes the error that was seen before the update that just ended. */
    void observe(double error, double tolerance) {
        if (ending) {
            // A plain update makes the targets exact; if the sources then are not, go on as before.
            ending = error <= tolerance;
        }
        if (!plain() && error <= tolerance / 2) {
            factor = 1;
            ending = true;
            restart(error);
            return;
        }
        if (!Double.isFinite(error) || error == 0) {
            factor = 1;
            restart(error);
            return;
        }
        if (Double.isNaN(windowStart)) {
            windowStart = error;
        }
        last = error;
        if (++inWindow == WINDOW && !ending) {
            decide(Math.pow(last / windowStart, 1.0 / (WINDOW - 1)));
            windowStart = Double.NaN;
            inWindow = 0;
        }
    }

    private void decide(double rate) {
        if (plain()) {
            boolean settled = rate < 1 && Math.abs(rate - previousRate) < 0.25 * (1 - rate);
            previousRate = rate;
            if (settled && rate > WORTH_IT) {
                factor = best(rate);
            }
        } else if (rate >= 1) {
            factor = 1;
            previousRate = Double.NaN;
        } else if (rate > factor - 1 + 0.1 * (2 - factor)) {
            // The slowest of the plain updates was slower than assumed: its rate follows from the relaxed one's.
            double lambda = (rate + factor - 1) * (rate + factor - 1) / (factor * factor * rate);
            factor = Math.max(factor, best(Math.min(lambda, 1 - 1e-6)));
        }
    }

    private void restart(double error) {
        windowStart = error;
        inWindow = 0;
        previousRate = Double.NaN;
    }

    private static double best(double lambda) {
        return Math.min(LARGEST, 2 / (1 + Math.sqrt(1 - lambda)));
    }
}
