package reprise.display;

/** Escaping, the one thing that every HTML form needs. */
public final class Html {
    private Html() {}

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
