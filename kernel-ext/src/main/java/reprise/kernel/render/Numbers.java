package reprise.kernel.render;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for the eye: six digits, no noise behind them. */
final class Numbers {
    private static final MathContext SIX = new MathContext(6);

    private Numbers() {}

    static String of(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        var rounded = new BigDecimal(value).round(SIX).stripTrailingZeros();
        return size < 1e-4 || size >= 1e9 ? rounded.toString().replace("E+", "E") : rounded.toPlainString();
    }
}
