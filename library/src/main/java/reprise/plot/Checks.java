package reprise.plot;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Require;

/** What the data of a figure must satisfy. NaN is a gap here, which is why this is not {@code Dense}. */
final class Checks {
    private Checks() {}

    static double[] values(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }

    static double[] copy(String series, String name, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException(name + " of '" + series + "' must hold at least one value, was empty");
        }
        return values.clone();
    }

    static double[] same(String series, String name, double[] values, int length) {
        Require.shape(name + " of '" + series + "'", new int[] {values.length}, length);
        return copy(series, name, values);
    }

    static double[] ascending(String name, double[] values) {
        Require.finite(name, values);
        for (int i = 1; i < values.length; i++) {
            if (values[i] <= values[i - 1]) {
                throw new IllegalArgumentException(name + " must be ascending, but " + name + "[" + i + "] = "
                        + values[i] + " follows " + values[i - 1]);
            }
        }
        return values;
    }

    static void indices(String name, int[] values, int below) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= below) {
                throw new IllegalArgumentException(name + "[" + i + "] must be an index into the " + below
                        + " names, was " + values[i]);
            }
        }
    }

    static double[] pick(double[] values, int[] members) {
        return Arrays.stream(members).mapToDouble(i -> values[i]).toArray();
    }

    static double[] range(String name, double low, double high) {
        Require.finite(name + "'s low", low);
        Require.finite(name + "'s high", high);
        if (low >= high) {
            throw new IllegalArgumentException(name + "'s low must be < its high, was " + low + " and " + high);
        }
        return new double[] {low, high};
    }

    /** Refuses a mark that would draw nothing. */
    static void visible(Mark mark) {
        if (mark instanceof Mark.Rule) {
            return;
        }
        double[] shown = mark instanceof Mark.Heat heat ? heat.values() : mark.ys();
        boolean pairs = mark instanceof Mark.Curve || mark instanceof Mark.Dots;
        double[] xs = mark.xs();
        for (int i = 0; i < shown.length; i++) {
            if (Double.isFinite(shown[i]) && (!pairs || i >= xs.length || Double.isFinite(xs[i]))) {
                return;
            }
        }
        String name = mark instanceof Mark.Heat heat ? heat.label() : mark.name();
        throw new IllegalArgumentException("'" + name + "' must hold at least one finite point, had none in "
                + shown.length);
    }

    static double[] nonNegative(String series, double[] errors) {
        for (double e : errors) {
            Require.nonNegative("error of '" + series + "'", e);
        }
        return errors;
    }

    /** Bars of several series stand beside each other only if they are of the same things. */
    static void categories(List<Mark> marks, String series, List<String> categories) {
        for (Mark mark : marks) {
            if (mark instanceof Mark.Bars other && !other.categories().equals(categories)) {
                throw new IllegalArgumentException("categories of '" + series + "' must be " + other.categories()
                        + " as in '" + other.name() + "', were " + categories);
            }
        }
    }

    static void axes(Figure figure) {
        if (figure.frame.equalScales && (figure.frame.logX || figure.frame.logY)) {
            throw new IllegalArgumentException("axes must be linear to have equal scales, was logarithmic: "
                    + (figure.frame.logX ? "x" : "y"));
        }
        for (Mark mark : figure.marks) {
            if (figure.frame.logX) {
                positive(mark, "x", mark.xs());
            }
            if (figure.frame.logY && !mark.standsOnZero()) {
                positive(mark, "y", mark.ys());
            }
        }
        if (figure.frame.logX && figure.frame.xRange.length == 2) {
            Require.positive("low end of the logarithmic x axis", figure.frame.xRange[0]);
        }
        if (figure.frame.logY && figure.frame.yRange.length == 2) {
            Require.positive("low end of the logarithmic y axis", figure.frame.yRange[0]);
        }
    }

    private static void positive(Mark mark, String axis, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] <= 0) {
                String where = mark instanceof Mark.Heat heat ? heat.label() : mark.name();
                throw new IllegalArgumentException(axis + " of '" + where + "' must be > 0 on a logarithmic axis, was "
                        + values[i] + " at index " + i);
            }
        }
    }
}
