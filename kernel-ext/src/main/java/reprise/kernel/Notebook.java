package reprise.kernel;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;

/** What every cell may call beside JJava's {@code display} and {@code render}. */
public final class Notebook {
    private Notebook() {}

    /**
     * Removes what the cell has shown so far.
     *
     * @param wait whether to wait with it for the next output, which avoids a flicker
     */
    public static void clearOutput(boolean wait) {
        new Outlet(BaseKernel.notebookKernel())
                .clear(wait ? PublishClearOutput.BEFORE_NEXT_OUTPUT : PublishClearOutput.NOW);
    }
}
