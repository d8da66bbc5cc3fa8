package reprise.kernel.render;

import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;
import reprise.display.Bundle;
import reprise.plot.Picture;

/** Charts that somebody made with XChart. */
final class Charts {
    private Charts() {}

    static Bundle of(Chart<?, ?> chart) {
        return Picture.of(chart.getWidth(), chart.getHeight(), words(chart),
                g -> chart.paint(g, chart.getWidth(), chart.getHeight()));
    }

    private static String words(Chart<?, ?> chart) {
        String title = chart.getTitle();
        var out = new StringBuilder(title == null || title.isBlank() ? "Chart" : title);
        if (chart instanceof AxesChart<?, ?> axes) {
            out.append(". Horizontal axis: ").append(named(axes.getXAxisTitle())).append("; vertical axis: ")
                    .append(named(axes.getYAxisTitle()));
        }
        return chart.getSeriesCollection().isEmpty() ? out.append(". Empty.").toString()
                : out.append(chart.getSeriesCollection().stream().map(Series.class::cast).map(Series::getName)
                .collect(Collectors.joining(", ", ". Shows ", "."))).toString();
    }

    private static String named(String title) {
        return title == null || title.isBlank() ? "unnamed" : title;
    }
}
