package reprise.paper;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The identities of all papers. Fixed data: whether a paper has a notebook, and what came of it, is not written here
 * but derived from the notebooks and the ledger.
 */
public final class Catalogue {
    private static final Pattern SOURCE = Pattern.compile(
            "arXiv (?<arxiv>\\d{4}\\.\\d{4,5})[^(]*\\((?<venue>[^)]*)\\), (?<authors>[^·]*?) ·");

    private Catalogue() {}

    /**
     * One paper.
     *
     * @param number three digits, its place in the catalogue
     * @param slug its name in file names and on the command line
     * @param title the title as published
     * @param chapter number and name, such as {@code 01-density-and-sampling}
     * @param tier how much of the paper can be replayed: A all of it, to D only an idea
     * @param source arXiv number, venue, authors and official code, in words
     */
    public record Entry(String number, String slug, String title, String chapter, String tier, String source) {
        /**
         * The number of the chapter.
         *
         * @return two digits
         */
        public String chapterNumber() {
            return chapter.substring(0, 2);
        }

        /**
         * The name of the chapter, which is the folder of the notebook.
         *
         * @return such as {@code density-and-sampling}
         */
        public String chapterName() {
            return chapter.substring(3);
        }

        /**
         * The authors, as the source names them.
         *
         * @return such as {@code G. Biroli and M. Mézard}
         */
        public String authors() {
            return part("authors");
        }

        /**
         * Where and when the paper appeared.
         *
         * @return such as {@code ICLR 2024}
         */
        public String venue() {
            return part("venue");
        }

        /**
         * The arXiv number.
         *
         * @return such as {@code 2408.05807}
         */
        public String arxiv() {
            return part("arxiv");
        }

        private String part(String name) {
            var match = SOURCE.matcher(source);
            if (!match.find()) {
                throw new IllegalStateException("source of " + slug + " must read 'arXiv ID (venue), authors · ...', was "
                        + source);
            }
            return match.group(name);
        }
    }

    /**
     * All papers.
     *
     * @return 248 papers in the order of their numbers
     */
    public static List<Entry> papers() {
        return List.copyOf(Held.BY_SLUG.values());
    }

    /**
     * Finds a paper.
     *
     * @param slug its name, such as {@code kde-large-dimensions}
     * @return the paper
     * @throws IllegalArgumentException naming the nearest slugs if there is none of this name
     */
    public static Entry paper(String slug) {
        var entry = Held.BY_SLUG.get(slug);
        if (entry == null) {
            throw new IllegalArgumentException("slug must be that of a paper in the catalogue, was '" + slug
                    + "'; the nearest are " + String.join(", ", nearest(slug)));
        }
        return entry;
    }

    private static List<String> nearest(String slug) {
        return Held.BY_SLUG.keySet().stream()
                .sorted(Comparator.<String>comparingInt(s -> distance(slug, s)).thenComparing(s -> s))
                .limit(3)
                .toList();
    }

    /** Levenshtein's edit distance, but a slug that holds the text asked for counts as near. */
    private static int distance(String asked, String slug) {
        if (asked.length() > 2 && slug.contains(asked)) {
            return 1;
        }
        int[] row = new int[slug.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= asked.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (asked.charAt(i - 1) == slug.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[row.length - 1];
    }

    /** Read when first asked for. */
    private static final class Held {
        static final Map<String, Entry> BY_SLUG = read();

        private static Map<String, Entry> read() {
            try (var in = Catalogue.class.getResourceAsStream("papers.json")) {
                if (in == null) {
                    throw new IllegalStateException("the library's jar must hold reprise/paper/papers.json, does not");
                }
                var rows = new Gson().fromJson(
                        new InputStreamReader(in, StandardCharsets.UTF_8),
                        new TypeToken<List<Map<String, String>>>() {});
                var bySlug = new LinkedHashMap<String, Entry>();
                for (var row : rows) {
                    bySlug.put(row.get("slug"), new Entry(row.get("id"), row.get("slug"), row.get("title"),
                            row.get("chapter"), row.get("tier"), row.get("source")));
                }
                return bySlug;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
