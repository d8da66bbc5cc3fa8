package reprise.kernel.error;

import java.util.List;

/** One error as a reader sees it. */
sealed interface Report permits Thrown, NotCompiled {
    /** What happened, in one line. */
    String headline();

    /** Where, in lines of cells, and why. */
    List<String> lines();

    /** An exception whose class and message say the same; its class name is what a notebook shows first. */
    RuntimeException named(ClassLoader loader);
}
