package reprise.display;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value in several MIME types, with metadata for each.
 *
 * @param data from MIME type to content: a {@code String} for text, {@code byte[]} for binary types, maps and lists
 *     for JSON types; {@code text/plain} is always there
 * @param metadata from MIME type, or a key of one's own, to JSON-like values
 */
public record Bundle(Map<String, Object> data, Map<String, Object> metadata) {
    /** Copies both maps, keeping their order. */
    public Bundle {
        if (!data.containsKey("text/plain")) {
            throw new IllegalArgumentException("data must hold text/plain, held " + data.keySet());
        }
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Starts with the form that every front end, screen reader and terminal can show.
     *
     * @param text the value in plain text
     * @return a bundle of this one type
     */
    public static Bundle text(String text) {
        return new Bundle(Map.of("text/plain", text), Map.of());
    }

    /**
     * Adds HTML, which must be escaped and need no script: a notebook that is not trusted shows it sanitised.
     *
     * @param html a fragment
     * @return a copy with the fragment
     */
    public Bundle html(String html) {
        return with("text/html", html);
    }

    /**
     * Adds another MIME type.
     *
     * @param mime the type, such as {@code image/png}
     * @param content a {@code String}, {@code byte[]}, or JSON-like maps, lists, numbers and strings
     * @return a copy with that type
     */
    public Bundle with(String mime, Object content) {
        var more = new LinkedHashMap<>(data);
        more.put(mime, content);
        return new Bundle(more, metadata);
    }

    /**
     * Adds metadata.
     *
     * @param key a MIME type of this bundle, or a key of one's own
     * @param value JSON-like maps, lists, numbers and strings
     * @return a copy with that metadata
     */
    public Bundle metadata(String key, Object value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new Bundle(data, more);
    }
}
