package reprise.paper;

import static reprise.display.Html.escape;

import java.util.Map;
import java.util.stream.Collectors;
import reprise.display.Bundle;
import reprise.display.Rich;

/**
 * What a run stood on, because mathematics differs in its last bits between machines. It holds no path, host or time,
 * so that the same seed on the same machine stores the same bytes.
 *
 * @param facts by name, in the order in which they are shown
 */
public record Provenance(Map<String, String> facts) implements Rich {
    @Override
    public Bundle bundle() {
        var rows = facts.entrySet().stream()
                .map(f -> "<tr><th scope=\"row\" style=\"text-align:left\">" + escape(f.getKey())
                        + "</th><td style=\"text-align:left\">" + escape(f.getValue()) + "</td></tr>")
                .collect(Collectors.joining());
        return Bundle.text(toString())
                .html("<details><summary>Provenance</summary><table><tbody>" + rows + "</tbody></table></details>");
    }

    @Override
    public String toString() {
        return facts.entrySet().stream().map(f -> f.getKey() + ": " + f.getValue()).collect(Collectors.joining("\n"));
    }
}
