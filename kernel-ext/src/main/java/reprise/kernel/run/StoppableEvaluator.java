package reprise.kernel.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.dflib.jjava.kernel.execution.CodeEvaluator;
import org.dflib.jjava.kernel.execution.CompilationException;
import org.dflib.jjava.kernel.execution.EvaluationInterruptedException;

/** JJava's evaluator whose interrupt ends the work and not only the wait for it. */
public final class StoppableEvaluator extends CodeEvaluator {
    /** {@code -Dreprise.interrupt.checks=off} leaves the classes of cells without checks. */
    public static final String CHECKS = "reprise.interrupt.checks";

    private final CellClasspath classpath = new CellClasspath();
    private final boolean checks = !"off".equals(System.getProperty(CHECKS));

    /** JJava's own interrupt knows only code that runs; a cell that is still compiled would begin all the same. */
    private volatile boolean interrupted;

    private volatile Definitions definitions;

    /**
     * As JJava's.
     *
     * @param name the kernel's name
     * @param timeout how long a cell may run, not positive for as long as it likes
     * @param unit of the timeout
     */
    public StoppableEvaluator(String name, long timeout, TimeUnit unit) {
        super(name, timeout, unit);
    }

    @Override
    public ExecutionControlProvider getExecControlProvider() {
        ExecutionControlProvider provider = super.getExecControlProvider();
        return new ExecutionControlProvider() {
            @Override
            public String name() {
                return provider.name();
            }

            @Override
            public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) throws Throwable {
                ExecutionControl control = provider.generate(env, parameters);
                definitions = new Definitions(control, StoppableEvaluator.this::getClassLoader);
                return new StoppableControl(control, checks, () -> interrupted, definitions);
            }
        };
    }

    /** Says that a request begins: from now on an interrupt means it, and none before does. */
    public void begin() {
        interrupted = false;
    }

    @Override
    public Object eval(JShell shell, String code) {
        Stop.awaitGo();
        try {
            return super.eval(shell, code);
        } catch (RuntimeException e) {
            // The code can notice before JJava's wait for it does, and end by whatever an interrupt makes it throw.
            boolean stopped = interrupted || e.getCause() instanceof EvalException cause
                    && cause.getExceptionClassName().equals(Stop.Stopped.class.getName());
            throw stopped ? new EvaluationInterruptedException(code.strip()) : e;
        }
    }

    @Override
    protected Object evalSingle(JShell shell, String code) {
        try {
            return super.evalSingle(shell, code);
        } catch (CompilationException e) {
            if (classpath.completed(shell, e.getBadSnippetCompilation().snippet())) {
                return super.evalSingle(shell, code);
            }
            throw e;
        } finally {
            rescue(shell);
            sayWhatIsLost();
        }
    }

    /**
     * A variable whose first value can no longer be computed, as what it was made from is of another type now, is none
     * any more to JShell. It has a value: it is declared again without the computation.
     */
    private void rescue(JShell shell) {
        for (VarSnippet variable : shell.variables().toList()) {
            Optional<Definitions.Kept> before = shell.status(variable) == Snippet.Status.RECOVERABLE_NOT_DEFINED
                    ? definitions.variable(variable.name()) : Optional.empty();
            if (before.isPresent()) {
                super.evalSingle(shell, variable.typeName() + " " + variable.name() + ";");
                definitions.restore(variable.name(), before.get());
            }
        }
    }

    private void sayWhatIsLost() {
        List<String> lost = definitions == null ? List.of() : definitions.lost();
        if (!lost.isEmpty()) {
            // A cell's output is the one place where the reader looks.
            boolean one = lost.size() == 1;
            System.err.println(String.join(", ", lost) + (one ? " has lost its value" : " have lost their values")
                    + ", of a class that is now another one: run the cell again that makes " + (one ? "it" : "them"));
        }
    }

    @Override
    public void interrupt() {
        interrupted = true;
        super.interrupt();
        Stop.now();
    }
}
