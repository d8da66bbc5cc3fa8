package reprise.kernel.assist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A documentation comment as text: its inline tags and its HTML mean nothing to a tooltip. */
final class Javadoc {
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+([^\\s}]+)(?:\\s+([^}]*))?\\}");
    private static final Pattern INLINE = Pattern.compile("\\{@\\w+\\s*([^{}]*)\\}");
    private static final Pattern BLOCK = Pattern.compile("(?i)<(br|/tr|/table|/ul|/ol|pre|/pre|dl|/dl|dt)\\b[^>]*>");
    private static final Pattern PARAGRAPH = Pattern.compile("(?i)<(p|h\\d)\\b[^>]*>");
    private static final Pattern ITEM = Pattern.compile("(?i)<li\\b[^>]*>");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^>]*>");
    private static final int MOST_TAGS = 20;

    private Javadoc() {}

    static String text(String comment) {
        String text = LINK.matcher(comment).replaceAll(m -> Matcher.quoteReplacement(
                m.group(2) == null ? m.group(1).replaceFirst("^#", "").replace('#', '.') : m.group(2)));
        for (int i = 0; i < MOST_TAGS && INLINE.matcher(text).find(); i++) {
            text = INLINE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(protect(m.group(1))));
        }
        text = PARAGRAPH.matcher(text).replaceAll("\n\n");
        text = BLOCK.matcher(text).replaceAll("\n");
        text = ITEM.matcher(text).replaceAll("\n- ");
        text = TAG.matcher(text).replaceAll("");
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&quot;", "\"")
                .replace("&amp;", "&").replace('\u0001', '<').replace('\u0002', '>');
        return text.lines().map(String::strip).reduce("", (a, b) -> a + "\n" + b)
                .replaceAll("\n{3,}", "\n\n").strip();
    }

    /** What stands in a code tag is no HTML. */
    private static String protect(String code) {
        return code.replace('<', '\u0001').replace('>', '\u0002');
    }
}
