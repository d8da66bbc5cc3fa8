package reprise.kernel.magic;

import java.util.List;
import org.dflib.jjava.kernel.JavaKernel;

/**
 * One magic.
 *
 * @param name as it is typed after the per cent sign
 * @param usage its arguments
 * @param summary what it does, in one line
 * @param details what {@code %help NAME} adds
 * @param line its work on a line
 * @param cell its work on a whole cell; null if it has none
 */
record Magic(String name, String usage, String summary, String details, Line line, Cell cell) {
    /** The work of a line: arguments to a value that is shown; null shows nothing. */
    @FunctionalInterface
    interface Line {
        Object run(JavaKernel kernel, List<String> arguments) throws Exception;
    }

    /** The work of a cell. */
    @FunctionalInterface
    interface Cell {
        Object run(JavaKernel kernel, List<String> arguments, String body) throws Exception;
    }

    Magic(String name, String usage, String summary, String details, Line line) {
        this(name, usage, summary, details, line, null);
    }
}
