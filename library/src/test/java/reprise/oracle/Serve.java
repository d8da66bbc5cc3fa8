package reprise.oracle;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import reprise.array.Dense;

/**
 * Answers calls of the library, one JSON object a line: {@code {"call": "solve", "arguments": [...]}} is answered by
 * {@code {"value": ...}} or {@code {"error": "..."}}. The tests in src/test/python compare the answers with SciPy's.
 */
final class Serve {
    private static final Gson JSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().serializeNulls().create();

    private Serve() {}

    public static void main(String[] words) throws IOException {
        var calls = new HashMap<String, Function<Arguments, Object>>();
        calls.putAll(MatrixCalls.all());
        calls.putAll(AnalysisCalls.all());
        calls.putAll(DynamicsCalls.all());
        calls.putAll(TransportCalls.all());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // Whatever a native library prints to the standard output must not stand between the answers.
        try (var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            System.setOut(System.err);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(JSON.toJson(answer(calls, JSON.fromJson(line, JsonObject.class))));
            }
        }
    }

    private static Map<String, Object> answer(Map<String, Function<Arguments, Object>> calls, JsonObject request) {
        String name = request.get("call").getAsString();
        if (!calls.containsKey(name)) {
            return Map.of("error", "there is no call " + name);
        }
        try {
            return Map.of("value", plain(calls.get(name).apply(new Arguments(request.getAsJsonArray("arguments")))));
        } catch (RuntimeException e) {
            return Map.of("error", e.toString());
        }
    }

    /** Records, maps and matrices as JSON knows them. */
    private static Object plain(Object value) {
        if (value instanceof Dense matrix) {
            return matrix.toRows();
        }
        if (value instanceof Map<?, ?> map) {
            var plain = new HashMap<Object, Object>();
            map.forEach((key, entry) -> plain.put(key, plain(entry)));
            return plain;
        }
        return value;
    }
}
