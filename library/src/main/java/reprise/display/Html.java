package reprise.display;

import java.util.Objects;

/**
 * A fragment of HTML as a value. Text from elsewhere must pass {@link #escape} on its way in; scripts, style sheets and
 * what is loaded from the network are not shown in a notebook that is not trusted, so do without them.
 *
 * @param fragment the HTML
 * @param text the same in words, for terminals and screen readers
 */
public record Html(String fragment, String text) implements Rich {
    /** Checks. */
    public Html {
        Objects.requireNonNull(fragment, "fragment");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Takes a fragment; its words without the tags are the plain text.
     *
     * @param fragment the HTML
     * @return the value
     */
    public static Html of(String fragment) {
        String words = fragment.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip().replace("&lt;", "<")
                .replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
        return new Html(fragment, words);
    }

    @Override
    public Bundle bundle() {
        return Bundle.text(text).html(fragment);
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * Escapes text for use between tags and inside quoted attributes.
     *
     * @param text anything
     * @return the text with {@code & < > " '} replaced by entities
     * @cost O(length)
     */
    public static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
