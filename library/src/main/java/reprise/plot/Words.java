package reprise.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.stream.Collectors;

/** A figure in words, for people and front ends that cannot see it. */
final class Words {
    private Words() {}

    static String of(Figure figure) {
        var out = new StringBuilder(figure.frame.title.isEmpty() ? "Figure" : figure.frame.title.strip());
        out.append(out.toString().matches(".*[.!?]") ? " " : ". ");
        out.append("Horizontal axis: ").append(axis(figure.frame.xLabel, figure.frame.logX)).append("; vertical axis: ")
                .append(axis(figure.frame.yLabel, figure.frame.logY)).append('.');
        if (!figure.marks.isEmpty()) {
            out.append(figure.marks.stream().map(Words::of).collect(Collectors.joining("; ", " Shows ", ".")));
        }
        return out.append(figure.frame.caption.isEmpty() ? "" : " " + figure.frame.caption.strip()).toString();
    }

    private static String axis(String label, boolean log) {
        return (label.isEmpty() ? "unnamed" : label) + (log ? ", logarithmic" : "");
    }

    private static String of(Mark mark) {
        if (mark instanceof Mark.Curve curve) {
            return "the line" + named(curve) + ", y " + range(curve.ys()) + " over x " + range(curve.xs());
        }
        if (mark instanceof Mark.Dots dots) {
            return dots.y().length + " points" + named(dots) + (dots.error().length > 0 ? " with error bars" : "")
                    + ", y " + range(dots.y()) + " over x " + range(dots.xs());
        }
        if (mark instanceof Mark.Band band) {
            return "a band" + named(band) + ", y " + range(band.ys()) + " over x " + range(band.xs());
        }
        if (mark instanceof Mark.Histogram histogram) {
            return "a histogram" + named(histogram) + " of " + histogram.ys().length + " bins over x "
                    + range(histogram.xs());
        }
        if (mark instanceof Mark.Bars bars) {
            var parts = new StringBuilder("bars").append(named(bars)).append(": ");
            for (int i = 0; i < Math.min(12, bars.ys().length); i++) {
                parts.append(i == 0 ? "" : ", ").append(bars.categories().get(i)).append(' ')
                        .append(Axis.number(round(bars.ys()[i])));
            }
            return parts.append(bars.ys().length > 12 ? " and " + (bars.ys().length - 12) + " more" : "").toString();
        }
        if (mark instanceof Mark.Heat heat) {
            return "a heat map of " + (heat.label().isEmpty() ? "values" : heat.label()) + ", " + range(heat.values())
                    + ", over x " + range(heat.xs()) + " and y " + range(heat.ys());
        }
        var rule = (Mark.Rule) mark;
        return "a " + (rule.vertical() ? "vertical" : "horizontal") + " reference line" + named(rule) + " at "
                + Axis.number(round(rule.at()));
    }

    private static String named(Mark mark) {
        return mark.name().isEmpty() ? "" : " '" + mark.name() + "'";
    }

    private static String range(double[] values) {
        DoubleSummaryStatistics s = Arrays.stream(values).filter(Double::isFinite).summaryStatistics();
        return Axis.number(round(s.getMin())) + " to " + Axis.number(round(s.getMax()));
    }

    /** To three digits: alternative text must not change with the last bit of a sum. */
    private static double round(double value) {
        return Double.isFinite(value) && value != 0
                ? new BigDecimal(value).round(new MathContext(3)).doubleValue()
                : value;
    }
}
