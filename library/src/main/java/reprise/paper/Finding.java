package reprise.paper;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of one claim, as the table and the ledger show it.
 *
 * @param id the claim's name, unique in its paper
 * @param source where the paper says it, such as {@code Fig. 4}
 * @param claim what the paper says, in one line
 * @param expected the value or bound with its tolerance, for the eye
 * @param measured what was measured, for the eye
 * @param control the wrong answer, for the eye
 * @param outcome the verdict
 * @param note why it fails or is not checked; empty if there is nothing to add
 * @param diagnosis why the paper's claim could not be confirmed; empty unless the notebook gives one
 * @param because where the tolerance comes from; empty if the notebook does not say
 * @param stored the numbers of the ledger: {@code expected}, {@code tolerance}, {@code measured}, {@code control}
 */
public record Finding(
        String id,
        String source,
        String claim,
        String expected,
        String measured,
        String control,
        Outcome outcome,
        String note,
        String diagnosis,
        String because,
        Map<String, Object> stored) {

    /**
     * The claim as a row of the ledger.
     *
     * @return JSON-like: strings, numbers of six significant digits and lists of them
     */
    public Map<String, Object> json() {
        var row = new LinkedHashMap<String, Object>();
        row.put("id", id);
        row.put("source", source);
        row.put("claim", claim);
        row.putAll(stored);
        row.put("verdict", outcome.toString());
        putIfSaid(row, "note", note);
        putIfSaid(row, "diagnosis", diagnosis);
        putIfSaid(row, "because", because);
        return row;
    }

    private static void putIfSaid(Map<String, Object> row, String key, String words) {
        if (!words.isEmpty()) {
            row.put(key, words);
        }
    }
}
