package reprise.kernel.widget;

/**
 * Something that the reader moves or chooses, and the value that it stands for.
 *
 * @param <T> what the picture is given
 */
public sealed interface Control<T> permits Slider, Whole, Choice, Toggle, Play {
    /**
     * What the value is, shown beside the control.
     *
     * @return the label
     */
    String name();

    /**
     * Where it stands first, and what the stored picture shows.
     *
     * @return the first value
     */
    T start();
}
