package reprise.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.history.HistoryEntry;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;

/** The cells of this session, in the order in which they ran. */
final class History implements HistoryManager {
    private static final int SESSION = 1;

    private final List<HistoryEntry> entries = new ArrayList<>();

    synchronized void add(int number, String code, String output) {
        entries.add(new HistoryEntry(SESSION, number, code, output));
    }

    @Override
    public synchronized List<HistoryEntry> lookupRange(int session, int first, int end, Set<ResultFlag> flags) {
        if (session != 0 && session != SESSION) {
            return List.of();
        }
        // An end of 0 comes from a request without one.
        return chosen(e -> e.getCellNumber() >= first && (end <= 0 || e.getCellNumber() < end), 0, flags);
    }

    @Override
    public synchronized List<HistoryEntry> lookupTail(int length, Set<ResultFlag> flags) {
        return chosen(e -> true, length, flags);
    }

    @Override
    public synchronized List<HistoryEntry> search(String pattern, int length, Set<ResultFlag> flags) {
        Pattern glob = glob(pattern == null ? "*" : pattern);
        return chosen(e -> glob.matcher(e.getInput()).matches(), length, flags);
    }

    private List<HistoryEntry> chosen(Predicate<HistoryEntry> wanted, int length, Set<ResultFlag> flags) {
        var out = new ArrayList<HistoryEntry>();
        for (HistoryEntry entry : entries) {
            if (wanted.test(entry)) {
                if (flags.contains(ResultFlag.UNIQUE)) {
                    out.removeIf(e -> e.getInput().equals(entry.getInput()));
                }
                out.add(flags.contains(ResultFlag.INCLUDE_OUTPUT) ? entry
                        : new HistoryEntry(SESSION, entry.getCellNumber(), entry.getInput(), null));
            }
        }
        return length > 0 && length < out.size() ? out.subList(out.size() - length, out.size()) : out;
    }

    /** An asterisk is any text, a question mark any character; sets in brackets as in a regular expression. */
    static Pattern glob(String glob) {
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                boolean negated = glob.charAt(i + 1) == '^';
                String set = glob.substring(negated ? i + 2 : i + 1, close).replace("\\", "\\\\").replace("[", "\\[")
                        .replace("&&", "&\\&").replace("^", "\\^");
                regex.append(negated ? "[^" : "[").append(set).append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
