package reprise.kernel.error;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.spi.ExecutionControlProvider;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.telemetry.TelemetryCollector;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import reprise.kernel.Internals;

/**
 * Stands before JJava's evaluator and turns what a cell threw into an error named as in the cell, with the lines of the
 * cells it came through.
 *
 * <p>JJava wraps every error in a {@code RuntimeException} and prints the snippets' numbers. An exception of the same
 * class is thrown instead where one can be made, so that its name reaches the notebook.
 */
public final class ReadableErrors extends CodeEvaluator {
    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern LAST_DISPLAY = Pattern.compile("(^|[\\s;}])display\\s*\\([^;]*\\)\\s*;?\\s*$");

    private final CodeEvaluator evaluator;
    private final Cells cells;
    private final AtomicInteger executionCount;
    private final Traceback traceback;

    private ReadableErrors(CodeEvaluator evaluator, AtomicInteger executionCount, Traceback traceback) {
        super("readable", -1, TimeUnit.MILLISECONDS);
        this.evaluator = evaluator;
        this.executionCount = executionCount;
        this.traceback = traceback;
        this.cells = new Cells();
    }

    /**
     * Takes the place of the kernel's evaluator and of its style for errors.
     *
     * @param kernel the running kernel
     */
    public static void install(JavaKernel kernel) {
        var traceback = new Traceback();
        var count = Internals.get(BaseKernel.class, "executionCount", kernel, AtomicInteger.class);
        var errors = new ReadableErrors(kernel.getEvaluator(), count, traceback);
        kernel.getJShell().onSnippetEvent(event -> {
            if (event.causeSnippet() == null) {
                errors.cells.evaluated(event.snippet());
            }
        });
        Internals.set(JavaKernel.class, "evaluator", kernel, errors);
        Internals.set(BaseKernel.class, "errorStyler", kernel, traceback);
    }

    @Override
    public Object eval(JShell shell, String code) {
        return eval(shell, code, "cell " + (executionCount.get() - 1));
    }

    /**
     * Runs a text that is no cell.
     *
     * @param shell the kernel's
     * @param code the text
     * @param name what errors call it
     * @return the value of its last expression; may be null
     * @throws IllegalStateException if it fails, with the lines that a cell's error has
     */
    public Object evalFile(JShell shell, String code, String name) {
        try {
            return eval(shell, code, name);
        } catch (RuntimeException e) {
            List<String> lines = traceback.takeBack();
            throw lines.isEmpty() ? e : new IllegalStateException(name + " failed. " + String.join("\n", lines));
        }
    }

    private Object eval(JShell shell, String code, String name) {
        // Threads of a cell inherit this loader; with the kernel's own, services that %maven brought stay unseen.
        Thread.currentThread().setContextClassLoader(getClassLoader());
        Cells.Reading before = cells.begin(name, code);
        try {
            Object value = evaluator.eval(shell, code);
            return isDisplayId(value, code) ? null : value;
        } catch (org.dflib.jjava.kernel.execution.CompilationException e) {
            throw readable(new NotCompiled(e.getBadSnippetCompilation().snippet(), cells, shell,
                    getClassLoader()));
        } catch (RuntimeException e) {
            throw e.getClass() == RuntimeException.class && e.getCause() instanceof JShellException cause
                    ? readable(new Thrown(cause, cells, shell)) : e;
        } finally {
            cells.resume(before);
        }
    }

    /** A cell that ends in display(...) has shown its value: the id that JJava returns is nobody's result. */
    private static boolean isDisplayId(Object value, String code) {
        return value instanceof String id && UUID_TEXT.matcher(id).matches() && LAST_DISPLAY.matcher(code).find();
    }

    private RuntimeException readable(Report report) {
        RuntimeException named = report.named(getClassLoader());
        traceback.expect(report);
        return named;
    }

    @Override
    public String isComplete(SourceCodeAnalysis analysis, String code) {
        return evaluator.isComplete(analysis, code);
    }

    @Override
    public void interrupt() {
        evaluator.interrupt();
        Interrupts.fire();
    }

    @Override
    public ClassLoader getClassLoader() {
        return evaluator.getClassLoader();
    }

    @Override
    public ExecutionControlProvider getExecControlProvider() {
        return evaluator.getExecControlProvider();
    }

    @Override
    public void startThreadTelemetryCollection(TelemetryCollector<?> collector) {
        evaluator.startThreadTelemetryCollection(collector);
    }

    @Override
    public void stopThreadTelemetryCollection() {
        evaluator.stopThreadTelemetryCollection();
    }

    /** The class of what the cell threw, as JShell reports it. */
    static String className(JShellException e) {
        return e instanceof EvalException eval ? eval.getExceptionClassName() : e.getClass().getName();
    }
}
