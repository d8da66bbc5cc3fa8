package reprise.display;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Values shown together as one: below each other, side by side, or behind tabs that open by a click. It is static HTML
 * without script, so a stored notebook shows it to everybody.
 *
 * <pre>{@code
 * tabs(tab("Picture", figure), tab("Numbers", columns(table, Latex.of("\\hat h = 1.06\\,\\sigma n^{-1/5}"))))
 * }</pre>
 */
public final class Layout implements Rich {
    /**
     * A value behind a name.
     *
     * @param name what the tab says
     * @param value anything that a cell could show
     */
    public record Tab(String name, Object value) {
        /** Checks. */
        public Tab {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(value, "value");
        }
    }

    private static final String IMAGE = "image/png";
    private static volatile Function<Object, Bundle> foreign = value -> Bundle.text(String.valueOf(value));

    private final List<Bundle> parts;
    private final Function<Layout, String> arrange;
    private final String text;

    private Layout(List<Bundle> parts, Function<Layout, String> arrange, String text) {
        this.parts = parts;
        this.arrange = arrange;
        this.text = text;
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a layout must hold at least one value, was empty");
        }
    }

    /**
     * Shows values below each other.
     *
     * @param values anything that a cell could show, at least one
     * @return all of them as one value
     * @throws IllegalArgumentException if there are none
     */
    public static Layout rows(Object... values) {
        List<Bundle> parts = bundles(values);
        return new Layout(parts, layout -> layout.each("<div style=\"margin-bottom:.8em\">", "</div>"), words(parts));
    }

    /**
     * Shows values side by side, or below each other where the page is too narrow.
     *
     * @param values anything that a cell could show, at least one
     * @return all of them as one value
     * @throws IllegalArgumentException if there are none
     */
    public static Layout columns(Object... values) {
        List<Bundle> parts = bundles(values);
        return new Layout(parts, layout -> "<div style=\"display:flex;flex-wrap:wrap\">"
                + layout.each("<div style=\"margin-right:1.6em\">", "</div>") + "</div>", words(parts));
    }

    /**
     * Shows values behind names, the first one open, the others after a click.
     *
     * @param tabs names and values, at least one
     * @return all of them as one value
     * @throws IllegalArgumentException if there are none
     */
    public static Layout tabs(Tab... tabs) {
        List<Tab> all = List.of(tabs);
        List<Bundle> parts = bundles(all.stream().map(Tab::value).toArray());
        String text = IntStream.range(0, all.size()).mapToObj(i -> all.get(i).name() + ":\n" + text(parts.get(i)))
                .collect(Collectors.joining("\n\n"));
        return new Layout(parts, layout -> {
            var out = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                out.append(i == 0 ? "<details open>" : "<details>").append("<summary style=\"cursor:pointer\"><b>")
                        .append(Html.escape(all.get(i).name())).append("</b></summary><div style=\"padding:.4em 0\">")
                        .append(layout.part(parts.get(i))).append("</div></details>");
            }
            return out.toString();
        }, text);
    }

    /**
     * Names a value for {@link #tabs}.
     *
     * @param name what the tab says
     * @param value anything that a cell could show
     * @return the pair
     */
    public static Tab tab(String name, Object value) {
        return new Tab(name, value);
    }

    /**
     * Says how values that do not show themselves are shown. A notebook's kernel calls this; else it is their
     * {@code toString}.
     *
     * @param shower gives the bundle of any value
     */
    public static void foreign(Function<Object, Bundle> shower) {
        foreign = Objects.requireNonNull(shower, "shower");
    }

    private static List<Bundle> bundles(Object... values) {
        return Arrays.stream(values).map(value -> value instanceof Rich rich ? rich.bundle()
                : value instanceof String words ? Html.of("<div style=\"white-space:pre-wrap\">" + Html.escape(words)
                        + "</div>").bundle()
                : foreign.apply(Objects.requireNonNull(value, "value"))).toList();
    }

    private static String text(Bundle bundle) {
        return String.valueOf(bundle.data().get("text/plain"));
    }

    private static String words(List<Bundle> parts) {
        return parts.stream().map(Layout::text).collect(Collectors.joining("\n\n"));
    }

    /** Whether a part can only be shown by whoever understands Markdown; HTML may stand within that. */
    private boolean markdown() {
        return parts.stream().map(Bundle::data).anyMatch(d -> !d.containsKey("text/html")
                && d.containsKey("text/markdown"));
    }

    private String each(String before, String after) {
        return parts.stream().map(part -> before + part(part) + after).collect(Collectors.joining());
    }

    private String part(Bundle bundle) {
        var data = bundle.data();
        if (data.get("text/html") instanceof String html) {
            // In Markdown a blank line would end the HTML.
            return markdown() ? html.replaceAll("\\n\\s*\\n", "\n") : html;
        }
        for (String type : List.of("text/markdown", "text/latex")) {
            if (data.get(type) instanceof String source) {
                return markdown() ? "\n\n" + source + "\n\n" : "<div>" + Html.escape(source) + "</div>";
            }
        }
        if (data.get(IMAGE) instanceof byte[] png) {
            return Embedded.image(png, bundle.metadata().get(IMAGE), text(bundle));
        }
        return "<pre style=\"margin:0\">" + Html.escape(text(bundle)).replace("\n", "&#10;") + "</pre>";
    }

    @Override
    public Bundle bundle() {
        return Bundle.text(text).with(markdown() ? "text/markdown" : "text/html", arrange.apply(this));
    }

    @Override
    public String toString() {
        return text;
    }
}
