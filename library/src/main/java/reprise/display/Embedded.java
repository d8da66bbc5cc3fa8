package reprise.display;

import java.util.Base64;
import java.util.Map;

/** A picture as part of a page instead of an output of its own. */
final class Embedded {
    private Embedded() {}

    /** @param metadata what the bundle says of the picture: width, height, alt, or nothing at all */
    static String image(byte[] png, Object metadata, String words) {
        Map<?, ?> given = metadata instanceof Map<?, ?> map ? map : Map.of();
        Object alt = given.get("alt");
        var out = new StringBuilder("<img alt=\"").append(Html.escape(alt == null ? words : alt.toString()))
                .append('"');
        for (String side : new String[] {"width", "height"}) {
            if (given.get(side) instanceof Number number) {
                out.append(' ').append(side).append("=\"").append(number).append('"');
            }
        }
        return out.append(" src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(png))
                .append("\" style=\"max-width:100%;height:auto\">").toString();
    }
}
