package reprise.paper;

import static reprise.display.Html.escape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.display.Bundle;
import reprise.display.Rich;

/**
 * The table of a paper's claims: what the paper says, what was measured, and whether they agree.
 *
 * @param paper the paper's slug
 * @param title the paper's title
 * @param scale the scale of this run
 * @param backend the backend of this run
 * @param seed the root seed of this run
 * @param versions what this run stands on, by name
 * @param findings what came of each claim, in the order in which they were declared
 */
public record Verdict(
        String paper,
        String title,
        Scale scale,
        String backend,
        long seed,
        Map<String, String> versions,
        List<Finding> findings)
        implements Rich {
    /** The type under which the claims travel in a notebook's outputs, from which the ledger is gathered. */
    public static final String MIME = "application/vnd.reprise.claims+json";

    private static final String CELL = " style=\"text-align:left;vertical-align:top\"";

    /**
     * Counts the claims with one outcome.
     *
     * @param outcome the outcome
     * @return how many there are
     */
    public int count(Outcome outcome) {
        return (int) findings.stream().filter(f -> f.outcome() == outcome).count();
    }

    /**
     * The counts in one line.
     *
     * @return such as {@code 7 of 7 checked claims hold; 0 not checked}
     */
    public String summary() {
        int unchecked = count(Outcome.NOT_CHECKED);
        int missed = count(Outcome.NOT_REPRODUCED);
        return count(Outcome.HOLDS) + " of " + (findings.size() - unchecked) + " checked claims hold; "
                + (missed == 0 ? "" : missed + " not reproduced; ") + unchecked + " not checked";
    }

    /**
     * The ledger's entry, less what is not the same in every run (time, memory, commit).
     *
     * @return JSON-like: strings, numbers of six significant digits, lists and maps
     */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("paper", paper);
        json.put("title", title);
        json.put("scale", scale.toString());
        json.put("backend", backend);
        json.put("seed", seed);
        json.put("versions", versions);
        json.put("claims", findings.stream().map(Finding::json).toList());
        return json;
    }

    @Override
    public Bundle bundle() {
        return Bundle.text(text()).html(html()).with(MIME, json());
    }

    @Override
    public String toString() {
        return text();
    }

    private String text() {
        var out = new StringBuilder();
        for (var f : findings) {
            out.append(f.outcome().symbol()).append(' ').append(f.outcome()).append(" | ").append(f.id())
                    .append(" | ").append(f.source()).append(" | ").append(f.claim())
                    .append(" | expected ").append(f.expected())
                    .append(" | measured ").append(f.measured())
                    .append(" | control ").append(f.control())
                    .append(f.note().isEmpty() ? "" : " | " + f.note())
                    .append(f.diagnosis().isEmpty() ? "" : " | diagnosis: " + f.diagnosis()).append('\n');
        }
        return out.append(summary()).append(" (scale ").append(scale).append(')').toString();
    }

    private String html() {
        var out = new StringBuilder("<table><caption>Claims of <i>").append(escape(title)).append("</i></caption>")
                .append("<thead><tr>");
        for (var head : List.of("The paper says", "Where", "Expected", "Measured", "Control", "Verdict")) {
            out.append("<th scope=\"col\"").append(CELL).append('>').append(head).append("</th>");
        }
        out.append("</tr></thead><tbody>");
        for (var f : findings) {
            out.append("<tr>");
            cell(out, escape(f.claim()) + small(f.because().isEmpty()
                    ? "tolerance: no reason given" : "tolerance: " + f.because()));
            cell(out, escape(f.source()));
            cell(out, escape(f.expected()));
            cell(out, escape(f.measured()));
            cell(out, escape(f.control()));
            cell(out, "<b>" + f.outcome().symbol() + "&nbsp;" + f.outcome().toString().replace(" ", "&nbsp;") + "</b>"
                    + small(f.note()) + small(f.diagnosis()));
            out.append("</tr>");
        }
        return out.append("</tbody></table><p>").append(summary()).append(" (scale ").append(scale).append(").</p>")
                .toString();
    }

    private static void cell(StringBuilder out, String html) {
        out.append("<td").append(CELL).append('>').append(html).append("</td>");
    }

    private static String small(String text) {
        return text.isEmpty() ? "" : "<br><small>" + escape(text) + "</small>";
    }
}
