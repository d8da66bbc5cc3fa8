package reprise.kernel;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Ends the kernel when the server that started it is gone, so that none is left behind a crash. */
final class Parent {
    private static final long LOOK_MS = 1000;

    private Parent() {}

    static void watch() {
        parent().ifPresent(parent -> {
            var thread = new Thread(() -> await(parent), "reprise-parent");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** What Jupyter says, else who started this process; not the first process of all, which adopts orphans. */
    private static Optional<ProcessHandle> parent() {
        try {
            String said = System.getenv("JPY_PARENT_PID");
            if (said != null && Long.parseLong(said) > 1) {
                return ProcessHandle.of(Long.parseLong(said));
            }
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        return ProcessHandle.current().parent().filter(p -> p.pid() > 1);
    }

    private static void await(ProcessHandle parent) {
        try {
            while (parent.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // No hooks: whoever would wait for them is gone.
        Runtime.getRuntime().halt(1);
    }
}
