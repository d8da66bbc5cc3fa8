package reprise.privacy;

import reprise.array.Dense;

/**
 * A question about a population: the mean of a function with values in [-1, 1].
 *
 * <p>One person among n changes the mean over a sample by at most 2 / n, the sensitivity of its release.
 */
@FunctionalInterface
public interface StatisticalQuery {
    /**
     * The function at one person.
     *
     * @param person their row
     * @return from -1 to 1
     */
    double at(double[] person);

    /**
     * The mean over a sample: the empirical answer.
     *
     * @param sample one person a row
     * @return from -1 to 1
     * @throws IllegalArgumentException naming the first row at which the function is outside [-1, 1] or NaN
     * @cost one evaluation a row
     */
    default double mean(Dense sample) {
        double[][] rows = sample.toRows();
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            double value = at(rows[i]);
            if (!(Math.abs(value) <= 1)) {
                throw new IllegalArgumentException("query at row " + i + " must be from -1 to 1, was " + value);
            }
            sum += value;
        }
        return sum / rows.length;
    }
}
