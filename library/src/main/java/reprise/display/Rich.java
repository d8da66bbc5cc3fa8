package reprise.display;

/**
 * A value that shows itself richly: a notebook prints its {@link #bundle()} instead of its {@code toString}.
 *
 * <p>The kernel extension renders every {@code Rich} in the same way, so that a class of the library, or one of
 * yours, needs no renderer of its own:
 *
 * <pre>{@code
 * record Angle(double radians) implements Rich {
 *     public Bundle bundle() {
 *         return Bundle.text(radians + " rad").html("<b>" + radians + "</b> rad");
 *     }
 * }
 * }</pre>
 */
public interface Rich {
    /**
     * The value as MIME types, from which a front end picks the richest that it can show.
     *
     * @return plain text always, and whatever else the value can be shown as
     */
    Bundle bundle();
}
