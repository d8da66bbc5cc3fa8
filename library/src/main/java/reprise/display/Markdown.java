package reprise.display;

import java.util.Objects;

/**
 * Markdown as a value: headings, lists, tables, formulas between dollar signs.
 *
 * @param source the Markdown
 */
public record Markdown(String source) implements Rich {
    /** Checks. */
    public Markdown {
        Objects.requireNonNull(source, "source");
    }

    /**
     * Takes Markdown.
     *
     * @param source the Markdown
     * @return the value
     */
    public static Markdown of(String source) {
        return new Markdown(source);
    }

    @Override
    public Bundle bundle() {
        return Bundle.text(source).with("text/markdown", source);
    }

    @Override
    public String toString() {
        return source;
    }
}
