package reprise.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Makes the SVG of VectorGraphics2D fit for a page that holds several, and the same on every run. */
final class Svg {
    private static final Pattern CLIP = Pattern.compile("clip-?\\d+");
    private static final Pattern FAMILY = Pattern.compile("font-family:[^;\"]*;?");

    private static final Pattern DECIMALS = Pattern.compile("(?<![\\w#.])-?\\d+\\.\\d{3,}");
    private static final Pattern COLOUR = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");

    private Svg() {}

    static String tidy(String svg, String title) {
        // No document type: it names a page of the network.
        String body = svg.substring(svg.indexOf("<svg"));
        // Entities end in a semicolon, which would end the pattern for the font as well.
        body = FAMILY.matcher(body.replace("&quot;", "")).replaceAll("font-family:DejaVu Sans,Verdana,sans-serif;");
        body = body.replaceAll("(<text style=\")(?![^\"]*font-size)", "$1font-size:12px;");
        body = body.replaceFirst(">", " role=\"img\"><title>" + Matcher.quoteReplacement(title) + "</title>");
        return named(compact(body));
    }

    /** Hundredths of a point are invisible, defaults need not be said, and a browser does not read indentation. */
    private static String compact(String body) {
        String shorter = body.replaceAll("\\n\\s*", "")
                .replace("stroke-miterlimit:10;", "")
                .replace("stroke-dashoffset:0.0;", "")
                .replaceAll("(<line style=\")fill:none;", "$1");
        shorter = DECIMALS.matcher(shorter).replaceAll(m -> {
            String number = new BigDecimal(m.group()).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros()
                    .toPlainString();
            return number.equals("0.00") ? "0" : number;
        });
        return COLOUR.matcher(shorter).replaceAll(m -> String.format(
                "#%02x%02x%02x",
                Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3))));
    }

    /** Clips are numbered by identity; named by content they differ between figures and not between runs. */
    private static String named(String body) {
        Map<String, String> names = new LinkedHashMap<>();
        CLIP.matcher(body).results().forEach(m -> names.putIfAbsent(m.group(), "-" + names.size()));
        var sum = new CRC32();
        sum.update(CLIP.matcher(body).replaceAll(m -> names.get(m.group())).getBytes(StandardCharsets.UTF_8));
        String prefix = "r" + Long.toHexString(sum.getValue());
        return CLIP.matcher(body).replaceAll(m -> prefix + names.get(m.group()));
    }
}
