package reprise.kernel;

import java.util.List;
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

    /**
     * Runs a magic of a line; the kernel writes this call for {@code %name arguments}.
     *
     * @param name the magic's name
     * @param arguments what follows it
     * @param <T> what the cell expects of it
     * @return what it returns
     * @throws Exception what it throws
     */
    public static <T> T lineMagic(String name, List<String> arguments) throws Exception {
        BaseKernel kernel = BaseKernel.notebookKernel();
        return kernel.getMagicsRegistry().evalLineMagic(kernel, name, arguments);
    }

    /**
     * Runs a magic of a cell; the kernel writes this call for {@code %%name arguments}.
     *
     * @param name the magic's name
     * @param arguments what follows it on its line
     * @param body the other lines
     * @param <T> what the cell expects of it
     * @return what it returns
     * @throws Exception what it throws
     */
    public static <T> T cellMagic(String name, List<String> arguments, String body) throws Exception {
        BaseKernel kernel = BaseKernel.notebookKernel();
        return kernel.getMagicsRegistry().evalCellMagic(kernel, name, arguments, body);
    }
}
