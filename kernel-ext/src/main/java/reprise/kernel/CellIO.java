package reprise.kernel;

import java.nio.charset.Charset;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** Displays and input of the cell that runs, and after its end of the one that ran last. */
final class CellIO extends JupyterIO {
    CellIO(Charset encoding) {
        super(encoding);
    }

    void attach(ShellReplyEnvironment cell, boolean input) {
        setEnv(cell);
        setJupyterInEnabled(input);
    }
}
