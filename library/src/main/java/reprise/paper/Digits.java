package reprise.paper;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Numbers as they are stored: six significant digits, so that the last bits, which depend on the machine, do not make
 * two runs differ.
 */
final class Digits {
    private static final MathContext STORED = new MathContext(6);
    private static final MathContext SHOWN = new MathContext(4);

    private Digits() {}

    /** A JSON value: one number, or a list where there are several; NaN and infinities, which JSON has not, as text. */
    static Object stored(double[] values) {
        return values.length == 1
                ? stored(values[0])
                : Arrays.stream(values).mapToObj(Digits::stored).toList();
    }

    static Object stored(double value) {
        return Double.isFinite(value) ? (Object) new BigDecimal(value).round(STORED).doubleValue() : shown(value);
    }

    /** Text for the eye: four significant digits, several values separated by commas. */
    static String shown(double[] values) {
        return Arrays.stream(values).mapToObj(Digits::shown).collect(Collectors.joining(", "));
    }

    static String shown(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinity" : "-infinity";
        }
        if (value == 0) {
            return "0";
        }
        var rounded = new BigDecimal(value).round(SHOWN).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < 7) {
            return rounded.toPlainString();
        }
        var digits = rounded.unscaledValue().abs().toString();
        var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (value < 0 ? "-" : "") + mantissa + "e" + exponent;
    }

    /** Whether every value is finite. */
    static boolean finite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }
}
