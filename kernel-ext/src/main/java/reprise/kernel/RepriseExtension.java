package reprise.kernel;

import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.kernel.JavaKernel;
import reprise.kernel.error.ReadableErrors;
import reprise.kernel.magic.Magics;
import reprise.kernel.progress.ProgressDisplay;
import reprise.kernel.render.Renderers;
import reprise.kernel.widget.WidgetControl;

/**
 * Makes a JJava notebook at home with Reprise. JJava finds it by its service file, on the class path of the kernel or
 * in what {@code %maven} brings.
 */
public final class RepriseExtension implements Extension {
    /** Long enough for the last reply to leave, short enough that nobody waits. */
    private static final long LAST_REPLY_MS = 400;

    /** Called by the service loader. */
    public RepriseExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        // In a notebook with %maven this is a thread of the cells', which ND4J asks for its backend.
        Thread.currentThread().setContextClassLoader(RepriseExtension.class.getClassLoader());
        Renderers.register(kernel.getRenderer());
        WidgetControl.install(kernel.getCommManager());
        ProgressDisplay.install(kernel);
        if (kernel instanceof JavaKernel java) {
            ReadableErrors.install(java);
            Magics.register(kernel.getMagicsRegistry());
        }
        Imports.run(kernel);
        Warmup.start();
    }

    /** JJava's threads outlive its shutdown once a cell ran, and Jupyter would wait and then kill the process. */
    @Override
    public void uninstall(BaseKernel kernel) {
        var exit = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(LAST_REPLY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.exit(0);
        }, "reprise-exit");
        exit.setDaemon(true);
        exit.start();
    }
}
