package reprise.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import reprise.array.Dense;

/**
 * A small real data set with classes, shipped with the library.
 *
 * <pre>{@code
 * Classic digits = Classic.digits();
 * String first = digits.classes().get(digits.points().labels()[0]);
 * }</pre>
 *
 * @param points the measurements, one row an individual, and its class
 * @param features the names of the columns
 * @param classes the names of the classes
 * @param source who made it and where it comes from
 * @param licence under which it may be used
 */
public record Classic(Labelled points, List<String> features, List<String> classes, String source, String licence) {
    /**
     * Iris: 150 flowers of three species, 4 lengths and widths in cm.
     *
     * @return a new copy
     * @cost reads 4 KB
     */
    public static Classic iris() {
        return read("iris");
    }

    /**
     * Wine: chemical analyses of 178 wines of three cultivars, 13 quantities of very different scale.
     *
     * @return a new copy
     * @cost reads 12 KB
     */
    public static Classic wine() {
        return read("wine");
    }

    /**
     * Breast Cancer Wisconsin (Diagnostic): 569 tumours, 30 measures of cell nuclei; class 0 is malignant.
     *
     * @return a new copy
     * @cost reads 120 KB
     */
    public static Classic breastCancer() {
        return read("breast-cancer");
    }

    /**
     * Handwritten digits: 1 797 images of 8 x 8 pixels, row after row, each from 0 to 16.
     *
     * @return a new copy
     * @cost reads 260 KB
     */
    public static Classic digits() {
        return read("digits");
    }

    private static Classic read(String name) {
        String path = "/reprise/data/" + name + ".csv";
        try (var lines = new BufferedReader(
                new InputStreamReader(Classic.class.getResourceAsStream(path), StandardCharsets.UTF_8))) {
            String source = after("# source: ", lines);
            String licence = after("# licence: ", lines);
            String classes = after("# classes: ", lines);
            String[] header = lines.readLine().split(",");
            int d = header.length - 1;
            double[][] rows = lines.lines().map(Classic::numbers).toArray(double[][]::new);
            double[] x = new double[rows.length * d];
            int[] labels = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(rows[i], 0, x, i * d, d);
                labels[i] = (int) rows[i][d];
            }
            return new Classic(
                    new Labelled(Dense.of(name, x, rows.length, d), labels), List.of(header).subList(0, d),
                    List.of(classes.split(", ")), source, licence);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String after(String key, BufferedReader lines) throws IOException {
        return lines.readLine().substring(key.length());
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
    }
}
