package reprise.kernel.render;

import java.util.List;
import reprise.display.Html;

/** Tables as HTML that inherits its colours, so that it reads in light and dark, and as aligned plain text. */
final class Grid {
    static final int ROWS = 10;
    static final int COLUMNS = 8;
    /** Stands for what was left out between first and last. */
    static final int GAP = -1;

    private static final String LINE = "1px solid rgba(128,128,128,.45)";
    private static final int WIDEST_TEXT = 40;

    private Grid() {}

    /** The indices shown of n: all, or the first and last half of the limit with a gap between. */
    static int[] shown(long n, int limit) {
        if (n <= limit + 1) {
            int[] all = new int[(int) n];
            for (int i = 0; i < n; i++) {
                all[i] = i;
            }
            return all;
        }
        int[] some = new int[limit + 1];
        for (int i = 0; i < limit / 2; i++) {
            some[i] = i;
            some[limit - i] = Math.toIntExact(n - 1 - i);
        }
        some[limit / 2] = GAP;
        return some;
    }

    /** @param right whether each column is set to the right, as numbers are */
    static String html(String caption, List<String> header, List<List<String>> rows, boolean[] right) {
        var out = new StringBuilder("<div style=\"overflow-x:auto;max-width:100%\"><table style=\"")
                .append("border-collapse:collapse;font-variant-numeric:tabular-nums\"><caption style=\"")
                .append("caption-side:top;text-align:left;white-space:nowrap;opacity:.8\">")
                .append(Html.escape(caption))
                .append("</caption>");
        if (!header.isEmpty()) {
            out.append("<thead><tr>");
            for (int j = 0; j < header.size(); j++) {
                String[] parts = header.get(j).split("\n", 2);
                out.append("<th scope=\"col\" style=\"").append(cell(right[j])).append(";border-bottom:").append(LINE)
                        .append("\">").append(Html.escape(parts[0]));
                if (parts.length > 1) {
                    out.append("<br><small style=\"font-weight:normal;opacity:.75\">").append(Html.escape(parts[1]))
                            .append("</small>");
                }
                out.append("</th>");
            }
            out.append("</tr></thead>");
        }
        out.append("<tbody>");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int j = 0; j < row.size(); j++) {
                out.append("<td style=\"").append(cell(right[j])).append("\">").append(Html.escape(row.get(j)))
                        .append("</td>");
            }
            out.append("</tr>");
        }
        return out.append("</tbody></table></div>").toString();
    }

    private static String cell(boolean right) {
        return "text-align:" + (right ? "right" : "left") + ";padding:.15em .6em";
    }

    static String text(String caption, List<String> header, List<List<String>> rows, boolean[] right) {
        int[] width = new int[right.length];
        for (int j = 0; j < width.length; j++) {
            width[j] = header.isEmpty() ? 0 : cut(header.get(j)).length();
            for (List<String> row : rows) {
                width[j] = Math.max(width[j], cut(row.get(j)).length());
            }
        }
        var out = new StringBuilder(caption);
        if (!header.isEmpty()) {
            line(out, header, width, right);
        }
        for (List<String> row : rows) {
            line(out, row, width, right);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, List<String> cells, int[] width, boolean[] right) {
        out.append('\n');
        for (int j = 0; j < cells.size(); j++) {
            String cell = cut(cells.get(j));
            String space = " ".repeat(width[j] - cell.length());
            out.append(j == 0 ? "" : "  ").append(right[j] ? space + cell : cell + space);
        }
        out.setLength(out.length() - (out.length() - out.toString().stripTrailing().length()));
    }

    private static String cut(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= WIDEST_TEXT ? line : line.substring(0, WIDEST_TEXT - 1) + "\u2026";
    }
}
