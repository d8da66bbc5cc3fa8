package reprise.paper;

import static reprise.display.Html.escape;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import reprise.display.Bundle;
import reprise.display.Rich;
import reprise.random.Rng;

/**
 * A paper being replayed: its card, the scale and seed of this run, its claims and their verdict.
 *
 * <p>A notebook opens it in its first cell and closes it in its last. Scale, seed and backend come from outside: the
 * system properties {@code reprise.scale}, {@code reprise.seed} and {@code reprise.backend}, else the environment's
 * {@code REPRISE_SCALE}, {@code REPRISE_SEED} and {@code REPRISE_BACKEND}, else {@code quick}, {@value #DEFAULT_SEED}
 * and {@code cpu}.
 *
 * <pre>{@code
 * var paper = Paper.open("kde-large-dimensions").reproduces("phase diagram");
 * int n = paper.scale(1_000, 20_000);
 * var rng = paper.rng("data");
 * paper.claim("variance", "Eq. 12", "relative variance above h_CLT")
 *         .measured(fit).control(plugIn).withinRelative(0.05).of(theory);
 * paper.verdict()
 * paper.close()
 * }</pre>
 */
public final class Paper implements Rich {
    /** The root seed when nobody names one; that of the stored outputs. */
    public static final long DEFAULT_SEED = Settings.DEFAULT_SEED;

    private final Catalogue.Entry entry;
    private final Settings settings;
    private final Map<String, Claim> claims = new LinkedHashMap<>();
    private final Set<String> again = new LinkedHashSet<>();
    private String part = "";

    private Paper(Catalogue.Entry entry, Settings settings) {
        this.entry = entry;
        this.settings = settings;
    }

    /**
     * Opens a paper of the catalogue.
     *
     * @param slug its name, such as {@code kde-large-dimensions}
     * @return the paper, without claims
     * @throws IllegalArgumentException if there is no such paper (the message lists the nearest), or the scale or seed
     *     asked for from outside cannot be read
     */
    public static Paper open(String slug) {
        return open(slug, Settings.read());
    }

    static Paper open(String slug, Settings settings) {
        return new Paper(Catalogue.paper(slug), settings);
    }

    /**
     * Names the figure or theorem that the notebook reproduces, for the card.
     *
     * @param figures such as {@code Fig. 1 and 3, Theorem 2}
     * @return this paper
     */
    public Paper reproduces(String figures) {
        part = figures;
        return this;
    }

    /**
     * The paper's identity.
     *
     * @return its entry in the catalogue
     */
    public Catalogue.Entry entry() {
        return entry;
    }

    /**
     * The scale of this run.
     *
     * @return quick or full
     */
    public Scale scale() {
        return settings.scale();
    }

    /**
     * The root seed of this run.
     *
     * @return any number
     */
    public long seed() {
        return settings.seed();
    }

    /**
     * The name of the backend that this run was asked to use.
     *
     * @return such as {@code cpu}
     */
    public String backend() {
        return settings.backend();
    }

    /**
     * Random numbers for one purpose. They depend on the seed of the run and the name only.
     *
     * @param name what they are for, such as {@code data}
     * @return a stream of its own; the same name gives the same stream again
     */
    public Rng rng(String name) {
        return Rng.of(seed()).split(name);
    }

    /**
     * Picks a number by the scale.
     *
     * @param quick the value at quick scale
     * @param full the value at full scale
     * @return the one of this run
     */
    public int scale(int quick, int full) {
        return scale() == Scale.QUICK ? quick : full;
    }

    /**
     * Picks a number by the scale.
     *
     * @param quick the value at quick scale
     * @param full the value at full scale
     * @return the one of this run
     */
    public long scale(long quick, long full) {
        return scale() == Scale.QUICK ? quick : full;
    }

    /**
     * Picks a number by the scale.
     *
     * @param quick the value at quick scale
     * @param full the value at full scale
     * @return the one of this run
     */
    public double scale(double quick, double full) {
        return scale() == Scale.QUICK ? quick : full;
    }

    /**
     * Picks a value by the scale.
     *
     * @param <T> any type, such as an array of parameters
     * @param quick the value at quick scale
     * @param full the value at full scale
     * @return the one of this run
     */
    public <T> T scale(T quick, T full) {
        return scale() == Scale.QUICK ? quick : full;
    }

    /**
     * Declares a claim. Declaring it is a promise: if it is never measured, it fails.
     *
     * <p>Running a cell again, after a change or an exception, declares its claims again: one with the same id and the
     * same words replaces the earlier one. Then {@link #close()} fails and asks for a run from the top, so that two
     * claims with one id never pass as one.
     *
     * @param id its name in the ledger, unique in this paper
     * @param source where the paper says it, such as {@code Fig. 4}
     * @param statement what the paper says, in one line
     * @return the claim, to be measured
     * @throws IllegalArgumentException if the id is blank or another claim has it
     */
    public Claim claim(String id, String source, String statement) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id of a claim must not be blank, was '" + id + "'");
        }
        var earlier = claims.get(id);
        if (earlier != null) {
            if (!earlier.saysTheSame(source, statement)) {
                throw new IllegalArgumentException(
                        "id of a claim must be unique in its paper, was '" + id + "' for a second claim");
            }
            again.add(id);
        }
        var claim = new Claim(id, source, statement, scale());
        claims.put(id, claim);
        return claim;
    }

    /**
     * The table of all claims as they stand. Never throws, so that one failure hides nothing.
     *
     * @return what the paper says, what was measured, the verdict
     */
    public Verdict verdict() {
        return new Verdict(entry.slug(), entry.title(), scale(), backend(), seed(), Platform.versions(),
                claims.values().stream().map(Claim::finding).toList());
    }

    /**
     * What this run stood on.
     *
     * @return versions, machine, backend, seed and scale
     */
    public Provenance provenance() {
        var facts = new LinkedHashMap<String, String>();
        Platform.versions().forEach((name, version) -> facts.put(name + " version", version));
        facts.put("JVM", Platform.jvm());
        facts.put("system", Platform.system());
        facts.put("processor", Platform.processor());
        facts.put("vector width", Platform.vectorWidth());
        facts.put("backend", backend());
        facts.put("BLAS", Platform.blas());
        facts.put("seed", Long.toString(seed()));
        facts.put("scale", scale().toString());
        return new Provenance(facts);
    }

    /**
     * Ends the notebook: fails it if a claim fails.
     *
     * @return one line, if no claim fails
     * @throws ClaimsFailed if a checked claim fails, a control passes, a declared claim was never measured, a claim
     *     was declared more than once, or there is no claim at all
     */
    public Closing close() {
        var verdict = verdict();
        if (verdict.findings().isEmpty()) {
            throw new ClaimsFailed("No claim was declared: a paper without claims checks nothing.");
        }
        int failed = verdict.count(Outcome.FAILS);
        if (failed > 0) {
            throw new ClaimsFailed(verdict.findings().stream()
                    .filter(f -> f.outcome() == Outcome.FAILS)
                    .map(f -> f.id() + " (expected " + f.expected() + ", measured " + f.measured() + ", control "
                            + f.control() + "): " + f.note())
                    .collect(Collectors.joining("\n  ", failed + " of " + verdict.findings().size()
                            + " claims " + (failed == 1 ? "fails" : "fail") + ":\n  ", "")));
        }
        if (!again.isEmpty()) {
            throw new ClaimsFailed("Declared more than once: " + String.join(", ", again)
                    + ". Run all cells from the top to close the paper.");
        }
        return new Closing(verdict.summary(), scale());
    }

    @Override
    public Bundle bundle() {
        var link = "https://arxiv.org/abs/" + entry.arxiv();
        var html = new StringBuilder("<table><caption><b>").append(escape(entry.title())).append("</b></caption><tbody>");
        var text = new StringBuilder(entry.title());
        facts().forEach((name, value) -> {
            var shown = name.equals("link")
                    ? "<a href=\"" + link + "\" rel=\"noopener\">arXiv:" + entry.arxiv() + "</a>"
                    : escape(value);
            html.append("<tr><th scope=\"row\" style=\"text-align:left\">").append(escape(name))
                    .append("</th><td style=\"text-align:left\">").append(shown).append("</td></tr>");
            text.append('\n').append(name).append(": ").append(value);
        });
        return Bundle.text(text.toString()).html(html.append("</tbody></table>").toString());
    }

    @Override
    public String toString() {
        return bundle().data().get("text/plain").toString();
    }

    private Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("authors", entry.authors());
        facts.put("published", entry.venue());
        facts.put("link", "https://arxiv.org/abs/" + entry.arxiv());
        facts.put("reproduced here", part.isEmpty() ? "not stated" : part);
        facts.put("scale", scale().toString());
        facts.put("backend", backend());
        facts.put("seed", Long.toString(seed()));
        return facts;
    }
}
