package reprise.display;

import java.util.Objects;

/**
 * A formula as a value, set on a line of its own.
 *
 * @param source LaTeX of mathematics mode, without dollar signs
 */
public record Latex(String source) implements Rich {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the formula is empty or holds a dollar sign, which would end it
     */
    public Latex {
        Objects.requireNonNull(source, "source");
        if (source.isBlank() || source.replace("\\$", "").contains("$")) {
            throw new IllegalArgumentException("source must be a formula without dollar signs, was '" + source + "'");
        }
    }

    /**
     * Takes a formula.
     *
     * @param source LaTeX of mathematics mode, without dollar signs
     * @return the value
     * @throws IllegalArgumentException if the formula is empty or holds a dollar sign
     */
    public static Latex of(String source) {
        return new Latex(source);
    }

    @Override
    public Bundle bundle() {
        return Bundle.text(source).with("text/latex", "$$" + source + "$$");
    }

    @Override
    public String toString() {
        return source;
    }
}
