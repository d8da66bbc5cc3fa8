package reprise.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** One axis: from a value to a fraction of its length, and where its ticks stand. */
record Axis(double low, double high, boolean log) {
    record Tick(double at, String label) {}

    /** How many more ticks than usual are tried where the usual number is below three. */
    private static final int FINER = 8;

    private static final String SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

    /** An axis that covers the values with a small margin, or exactly {@code fixed} if that holds two numbers. */
    static Axis covering(double[] values, double[] fixed, boolean log, boolean fromZero, double margin) {
        if (fixed.length == 2) {
            return new Axis(fixed[0], fixed[1], log);
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double v : values) {
            if (Double.isFinite(v)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        if (low > high) {
            return log ? new Axis(1, 10, true) : new Axis(0, 1, false);
        }
        if (log) {
            double spare = high > low ? Math.pow(high / low, margin) : 2;
            return new Axis(low / spare, high * spare, true);
        }
        boolean grounded = fromZero && low >= 0;
        boolean hung = fromZero && high <= 0;
        low = grounded ? 0 : low;
        high = hung ? 0 : high;
        double spare = high > low ? margin * (high - low) : Math.max(0.5 * Math.abs(low), 0.5);
        return new Axis(grounded ? 0 : low - spare, hung ? 0 : high + spare, false);
    }

    /** Where a value lies between the ends, 0 to 1; outside of that if it lies beyond them. */
    double fraction(double value) {
        return log
                ? (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
    }

    /**
     * Ticks whose labels fit: one for each {@code usual} points of the axis, at least three where there is room.
     *
     * @param length of the axis in points
     * @param usual points for a tick
     * @param extent how much of the axis a label takes, in points, with the gap to the next
     */
    List<Tick> ticks(double length, double usual, ToDoubleFunction<String> extent) {
        int wanted = Math.max(1, (int) (length / usual));
        List<Tick> ticks = ticks(wanted);
        for (int count = wanted - 1; count >= 1 && !fit(ticks, length, extent); count--) {
            ticks = ticks(count);
        }
        while (ticks.size() > 1 && !fit(ticks, length, extent)) {
            List<Tick> all = ticks;
            ticks = IntStream.range(0, (all.size() + 1) / 2).mapToObj(i -> all.get(2 * i)).toList();
        }
        for (int count = wanted + 1; count <= wanted + FINER && ticks.size() < 3; count++) {
            List<Tick> finer = ticks(count);
            ticks = finer.size() > ticks.size() && fit(finer, length, extent) ? finer : ticks;
        }
        return ticks;
    }

    private boolean fit(List<Tick> ticks, double length, ToDoubleFunction<String> extent) {
        for (int i = 1; i < ticks.size(); i++) {
            double apart = (fraction(ticks.get(i).at()) - fraction(ticks.get(i - 1).at())) * length;
            if (apart < (extent.applyAsDouble(ticks.get(i - 1).label) + extent.applyAsDouble(ticks.get(i).label)) / 2) {
                return false;
            }
        }
        return true;
    }

    /** About {@code count} labelled ticks, at round numbers. */
    List<Tick> ticks(int count) {
        double decades = log ? Math.log10(high / low) : 0;
        if (decades < 0.7) {
            return linear(count);
        }
        int stride = (int) Math.max(1, Math.ceil(decades / Math.max(2, count)));
        List<Tick> powers = logarithmic(stride, decades >= 2, 1);
        while (powers.size() < 3 && stride > 1) {
            powers = logarithmic(--stride, true, 1);
        }
        if (powers.size() >= 3 || 2 * decades > 2 * count + 1) {
            return powers;
        }
        List<Tick> finer = 3 * decades > 2 * count + 1 ? logarithmic(1, false, 1, 3) : logarithmic(1, false, 1, 2, 5);
        return finer.size() >= 3 || decades > 1 ? finer : linear(count);
    }

    private List<Tick> logarithmic(int stride, boolean asPower, int... mantissas) {
        var ticks = new ArrayList<Tick>();
        for (int e = (int) Math.floor(Math.log10(low)); e <= (int) Math.ceil(Math.log10(high)); e++) {
            for (int m : mantissas) {
                double at = m * Math.pow(10, e);
                if (at >= low * (1 - 1e-9) && at <= high * (1 + 1e-9) && Math.floorMod(e, stride) == 0) {
                    ticks.add(new Tick(at, asPower ? power(e) : number(at)));
                }
            }
        }
        return ticks;
    }

    /** The unlabelled ticks between decades; none on a linear axis. */
    List<Double> minorTicks() {
        var ticks = new ArrayList<Double>();
        if (log && high / low < 1e8) {
            for (int e = (int) Math.floor(Math.log10(low)); e <= Math.log10(high); e++) {
                for (int m = 2; m <= 9; m++) {
                    double at = m * Math.pow(10, e);
                    if (at >= low && at <= high) {
                        ticks.add(at);
                    }
                }
            }
        }
        return ticks;
    }

    private List<Tick> linear(int count) {
        double raw = (high - low) / count;
        double unit = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = 10 * unit;
        for (double m : new double[] {1, 2, 2.5, 5}) {
            if (m * unit >= raw * (1 - 1e-9)) {
                step = m * unit;
                break;
            }
        }
        var ticks = new ArrayList<Tick>();
        for (double i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
            double at = BigDecimal.valueOf(i * step).setScale(scaleOf(step), RoundingMode.HALF_EVEN).doubleValue();
            ticks.add(new Tick(at, number(at)));
        }
        return ticks;
    }

    private static int scaleOf(double step) {
        return Math.max(0, (int) (3 - Math.floor(Math.log10(step))));
    }

    /** A number as short as it can be written; very large and very small ones with a power of ten. */
    static String number(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : String.valueOf(value);
        }
        double size = Math.abs(value);
        if (size >= 1e5 || size < 1e-3) {
            int e = (int) Math.floor(Math.log10(size) + 1e-12);
            String mantissa = plain(value / Math.pow(10, e));
            return mantissa.equals("1") ? power(e)
                    : (mantissa.equals("\u22121") ? "\u2212" : mantissa + "\u00d7") + power(e);
        }
        return plain(value);
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(6)).stripTrailingZeros()
                .toPlainString().replace('-', '\u2212');
    }

    private static String power(int exponent) {
        var out = new StringBuilder("10").append(exponent < 0 ? "\u207b" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            out.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return out.toString();
    }
}
