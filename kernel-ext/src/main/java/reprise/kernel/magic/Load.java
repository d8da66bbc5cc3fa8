package reprise.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.shaded.com.google.gson.JsonElement;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;
import org.dflib.jjava.shaded.com.google.gson.JsonParseException;
import org.dflib.jjava.shaded.com.google.gson.JsonParser;
import reprise.kernel.error.ReadableErrors;

/** Runs what lies in a file as if it were typed into a cell. */
final class Load {
    static final Magic LOAD = new Magic("load", "FILE", "runs a script, a Java file, or the cells of a notebook",
            "FILE is a notebook (.ipynb), a script of JShell, or a Java file, whose package line is left out. Its\n"
                    + "variables, methods and classes are there afterwards. A relative path begins at the notebook.",
            (kernel, args) -> load(kernel, args));

    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+[\\w.]+\\s*;");

    private Load() {}

    private static Object load(JavaKernel kernel, List<String> args) throws IOException {
        if (args.size() != 1) {
            throw new IllegalArgumentException("%load needs one file, e.g. %load helpers.jshell; it got "
                    + args.size());
        }
        Path file = Path.of(args.get(0)).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("%load: " + file + (Files.isDirectory(file) ? " is a folder"
                    : " does not exist"));
        }
        String name = file.getFileName().toString();
        String text = Files.readString(file);
        if (name.endsWith(".ipynb")) {
            notebook(kernel, name, text);
        } else {
            // Lines are kept where they were, for the errors.
            run(kernel, name, name.endsWith(".java") ? PACKAGE.matcher(text).replaceFirst("") : text);
        }
        return null;
    }

    private static void notebook(JavaKernel kernel, String name, String text) {
        List<String> cells = cells(name, text);
        for (int i = 0; i < cells.size(); i++) {
            run(kernel, name + ", code cell " + (i + 1), cells.get(i));
        }
    }

    private static List<String> cells(String name, String text) {
        var cells = new ArrayList<String>();
        try {
            for (JsonElement one : JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("cells")) {
                JsonObject cell = one.getAsJsonObject();
                if (cell.get("cell_type").getAsString().equals("code")) {
                    cells.add(source(cell.get("source")));
                }
            }
            return cells;
        } catch (JsonParseException | ClassCastException | NullPointerException | IllegalStateException
                | UnsupportedOperationException e) {
            throw new IllegalArgumentException("%load: " + name + " is no notebook of format 4");
        }
    }

    /** One text, or a list of its lines. */
    private static String source(JsonElement source) {
        if (source.isJsonPrimitive()) {
            return source.getAsString();
        }
        var out = new StringBuilder();
        source.getAsJsonArray().forEach(line -> out.append(line.getAsString()));
        return out.toString();
    }

    private static void run(JavaKernel kernel, String name, String code) {
        String java = kernel.getMagicsResolver().resolve(code);
        ((ReadableErrors) kernel.getEvaluator()).evalFile(kernel.getJShell(), java, name);
    }
}
