package reprise.array;

import java.util.Arrays;

/**
 * The checks that arguments pass, and the one wording of their messages: name, rule, value.
 *
 * <p>Every method throws {@link IllegalArgumentException} when the rule is broken and gives the checked value back
 * otherwise, so that a check reads as part of an assignment.
 */
public final class Require {
    private Require() {}

    /**
     * Checks that a number is finite and above zero.
     *
     * @param name the argument's name, as its caller wrote it
     * @param value the number
     * @return {@code value}
     * @throws IllegalArgumentException if the number is zero, negative, infinite or NaN
     */
    public static double positive(String name, double value) {
        return check(value > 0 && value < Double.POSITIVE_INFINITY, name, "> 0 and finite", value);
    }

    /**
     * Checks that a number is finite and not below zero.
     *
     * @param name the argument's name, as its caller wrote it
     * @param value the number
     * @return {@code value}
     * @throws IllegalArgumentException if the number is negative, infinite or NaN
     */
    public static double nonNegative(String name, double value) {
        return check(value >= 0 && value < Double.POSITIVE_INFINITY, name, ">= 0 and finite", value);
    }

    /**
     * Checks that a number is neither infinite nor NaN.
     *
     * @param name the argument's name, as its caller wrote it
     * @param value the number
     * @return {@code value}
     * @throws IllegalArgumentException if the number is infinite or NaN
     */
    public static double finite(String name, double value) {
        return check(Double.isFinite(value), name, "finite", value);
    }

    /**
     * Checks that a number lies strictly between two others.
     *
     * @param name the argument's name, as its caller wrote it
     * @param value the number
     * @param low the number must be above this
     * @param high the number must be below this
     * @return {@code value}
     * @throws IllegalArgumentException if the number is outside, on a border, or NaN
     */
    public static double inside(String name, double value, double low, double high) {
        return check(value > low && value < high, name, "> " + low + " and < " + high, value);
    }

    /**
     * Checks that a count is large enough.
     *
     * @param name the argument's name, as its caller wrote it
     * @param value the count
     * @param least the smallest count allowed
     * @return {@code value}
     * @throws IllegalArgumentException if the count is smaller
     */
    public static int atLeast(String name, int value, int least) {
        if (value < least) {
            throw broken(name, ">= " + least, value);
        }
        return value;
    }

    /**
     * Checks that every entry of an array is finite.
     *
     * @param name the argument's name, as its caller wrote it
     * @param values the entries
     * @return {@code values}, the same array
     * @throws IllegalArgumentException naming the first entry that is infinite or NaN
     */
    public static double[] finite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw broken(name + "[" + i + "]", "finite", values[i]);
            }
        }
        return values;
    }

    /**
     * Checks that two shapes are the same.
     *
     * @param name the argument's name, as its caller wrote it
     * @param actual the shape it has
     * @param expected the shape it must have
     * @throws IllegalArgumentException printing both shapes if they differ
     */
    public static void shape(String name, int[] actual, int... expected) {
        if (!Arrays.equals(actual, expected)) {
            throw broken(name, "of shape " + Arrays.toString(expected), Arrays.toString(actual));
        }
    }

    private static double check(boolean holds, String name, String rule, double value) {
        if (!holds) {
            throw broken(name, rule, value);
        }
        return value;
    }

    private static IllegalArgumentException broken(String name, String rule, Object value) {
        return new IllegalArgumentException(name + " must be " + rule + ", was " + value);
    }
}
