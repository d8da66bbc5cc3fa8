package reprise.plot;

/** Everything of a figure but its marks. A figure changes only copies that nobody else has seen yet. */
final class Frame {
    String title = "";
    String xLabel = "";
    String yLabel = "";
    boolean logX;
    boolean logY;
    boolean equalScales;
    double[] xRange = {};
    double[] yRange = {};
    int width = 640;
    int height = 400;
    String alt = "";
    String caption = "";
    boolean thumbnail;
    boolean interactive;

    Frame copy() {
        var copy = new Frame();
        copy.title = title;
        copy.xLabel = xLabel;
        copy.yLabel = yLabel;
        copy.logX = logX;
        copy.logY = logY;
        copy.equalScales = equalScales;
        copy.xRange = xRange;
        copy.yRange = yRange;
        copy.width = width;
        copy.height = height;
        copy.alt = alt;
        copy.caption = caption;
        copy.thumbnail = thumbnail;
        copy.interactive = interactive;
        return copy;
    }
}
