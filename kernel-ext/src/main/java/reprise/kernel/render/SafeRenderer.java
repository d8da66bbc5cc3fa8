package reprise.kernel.render;

import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.kernel.execution.EvaluationInterruptedException;
import reprise.display.Bundle;
import reprise.kernel.Outlet;
import reprise.kernel.run.Stop;

/** Shows a value as text when its renderer fails, whoever registered it, and cuts endless texts; JJava does neither. */
public final class SafeRenderer extends Renderer {
    /** Knows JJava's own renderers. */
    public SafeRenderer() {}

    @Override
    public DisplayData render(Object value, Map<String, Object> parameters) {
        try {
            return super.render(value instanceof String text ? Values.page(text) : value, parameters);
        } catch (Stop.Stopped e) {
            // The reader's own toString or stream, which an interrupt ended like any code of a cell.
            throw new EvaluationInterruptedException(value.getClass().getSimpleName());
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            return Outlet.data(Bundle.text(Renderers.failed(value, e)));
        }
    }
}
