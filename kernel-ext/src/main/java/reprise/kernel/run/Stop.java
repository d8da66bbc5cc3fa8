package reprise.kernel.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The switch that stops the notebook's own code. {@link Instrument} puts a call of {@link #check} before every backward
 * jump and into every method of a cell.
 *
 * <p>The switch is the target of a call site that the compiler takes for a constant, so that compiled code holds no
 * check at all: a loop keeps its shape and its vector instructions. Throwing the switch makes the JVM discard that
 * code, and the loop goes on in the interpreter, which sees the new target. For this the loop must reach a safepoint:
 * the kernelspec asks for them in counted loops ({@code -XX:+UseCountedLoopSafepoints}).
 */
public final class Stop {
    /** Ends a cell's code; no {@code catch (Exception e)} takes it. */
    public static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /** How long the switch stays at least: every loop and every lambda passes a check sooner. */
    private static final long LEAST_MS = 150;

    private static final long MOST_MS = 1000;
    private static final long LOOK_MS = 25;

    /** Where a cell waits for a line. */
    private static final String INPUT = "reprise.kernel.wire.InputChannel";

    private static final MethodHandle GO = MethodHandles.empty(MethodType.methodType(void.class));
    private static final MethodHandle HALT = own("halt0");
    private static final MethodHandle FULL = own("full0", String.class);
    private static final MethodHandle WAIT = own("wait0");
    private static final MutableCallSite SWITCH = new MutableCallSite(GO);
    private static final MethodHandle CHECK = SWITCH.dynamicInvoker();
    private static final AtomicInteger STOPPING = new AtomicInteger();
    private static final Object HELD = new Object();
    private static boolean held;

    private Stop() {}

    private static MethodHandle own(String name, Class<?>... takes) {
        try {
            return MethodHandles.lookup().findStatic(Stop.class, name, MethodType.methodType(void.class, takes));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void halt0() {
        throw new Stopped();
    }

    private static void full0(String what) {
        throw new OutOfMemoryError(what);
    }

    private static void wait0() {
        boolean interrupted = false;
        synchronized (HELD) {
            while (held) {
                try {
                    HELD.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the calling code if the notebook is being stopped.
     *
     * @throws Stopped if so
     * @throws OutOfMemoryError if so, as memory is full
     * @throws Throwable never: what a method handle's call declares
     * @cost nothing once compiled
     */
    public static void check() throws Throwable {
        CHECK.invokeExact();
    }

    /** Stops all code of cells, on whatever thread; returns at once. */
    static void now() {
        now(HALT);
    }

    /** Keeps all code of cells waiting where it next passes a check, until {@link #letGo}. */
    static void hold() {
        synchronized (STOPPING) {
            if (STOPPING.get() > 0) {
                return;
            }
            synchronized (HELD) {
                held = true;
            }
            turn(WAIT);
        }
    }

    /** Lets the code of cells go on, or end if it has been stopped since. */
    static void letGo() {
        synchronized (STOPPING) {
            if (STOPPING.get() == 0) {
                turn(GO);
            }
            synchronized (HELD) {
                held = false;
                HELD.notifyAll();
            }
        }
    }

    private static void now(MethodHandle end) {
        synchronized (STOPPING) {
            if (STOPPING.getAndIncrement() == 0) {
                turn(end);
            }
        }
        var thread = new Thread(Stop::release, "reprise-stop");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until code may run again after an interrupt, at most about a second. */
    public static void awaitGo() {
        synchronized (STOPPING) {
            try {
                while (STOPPING.get() > 0) {
                    STOPPING.wait(MOST_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Stops all code of cells, before memory is so full that the kernel's own threads find no room; says which. */
    static void outOfMemory(String what) {
        now(MethodHandles.insertArguments(FULL, 0, what));
    }

    private static void release() {
        try {
            long began = System.nanoTime();
            long passed = 0;
            while (passed < LEAST_MS || passed < MOST_MS && cellsRun()) {
                Thread.sleep(LOOK_MS);
                passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (STOPPING) {
            if (STOPPING.decrementAndGet() == 0) {
                turn(GO);
            }
            STOPPING.notifyAll();
        }
    }

    /**
     * Whether some thread is still within the code of a cell. One that waits for input is interrupted again: JJava knows
     * a cell that has only just begun not yet, and no check is passed while a cell waits.
     */
    private static boolean cellsRun() {
        boolean found = false;
        for (Map.Entry<Thread, StackTraceElement[]> running : Thread.getAllStackTraces().entrySet()) {
            boolean inCell = false;
            boolean waits = false;
            for (StackTraceElement frame : running.getValue()) {
                inCell |= frame.getClassName().startsWith("REPL.");
                waits |= frame.getClassName().equals(INPUT);
            }
            if (inCell && waits) {
                running.getKey().interrupt();
            }
            found |= inCell;
        }
        return found;
    }

    private static void turn(MethodHandle target) {
        SWITCH.setTarget(target);
        MutableCallSite.syncAll(new MutableCallSite[] {SWITCH});
    }
}
