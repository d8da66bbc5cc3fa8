package reprise.kernel.magic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.execution.CompilationException;
import org.dflib.jjava.kernel.magics.TimeMagic;
import reprise.parallel.Interrupted;

/** How long code takes: once, or what it settles to. */
final class Timing {
    static final Magic TIME = new Magic("time", "CODE", "runs code once and says how long it took",
            "Wall and CPU time of one run, compilation of the cell included.",
            (kernel, args) -> new TimeMagic().eval(kernel, args),
            (kernel, args, body) -> new TimeMagic().eval(kernel, args, body));
    static final Magic TIMEIT = new Magic("timeit", "[-n RUNS] [-r REPEATS] CODE",
            "runs code many times and reports the median and the spread",
            "The JVM compiles what runs often, so the code first runs unmeasured for half a second. Then REPEATS (7)\n"
                    + "measurements of RUNS runs each (as many as take a tenth of a second).",
            (kernel, args) -> timeit(kernel, Plan.of(args)),
            (kernel, args, body) -> timeit(kernel, Plan.of(args).with(body)));

    private static final double WARM_UP_SECONDS = 0.5;
    private static final double MEASURE_SECONDS = 0.1;
    private static final int REPEATS = 7;

    /** Keeps the compiler from dropping work whose result nobody uses. */
    private static volatile Object sink;

    private Timing() {}

    private record Plan(long runs, int repeats, String code) {
        static Plan of(List<String> args) {
            long runs = 0;
            int repeats = REPEATS;
            int at = 0;
            while (at + 1 < args.size() && args.get(at).matches("-[nr]")) {
                long number = positive(args.get(at), args.get(at + 1));
                if (args.get(at).equals("-n")) {
                    runs = number;
                } else {
                    repeats = Math.toIntExact(number);
                }
                at += 2;
            }
            return new Plan(runs, repeats, String.join(" ", args.subList(at, args.size())));
        }

        Plan with(String body) {
            return new Plan(runs, repeats, body);
        }

        private static long positive(String option, String text) {
            if (!text.matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException(option + " must be a whole number from 1 on, was '" + text + "'");
            }
            return Long.parseLong(text);
        }
    }

    private static Object timeit(JavaKernel kernel, Plan plan) throws Exception {
        if (plan.code().isBlank()) {
            throw new IllegalArgumentException("%timeit needs code to run, e.g. %timeit Math.sin(1)");
        }
        Callable<?> work = compiled(kernel, plan.code().strip());
        long began = System.nanoTime();
        long done = 0;
        do {
            run(work, 1);
            done++;
        } while (System.nanoTime() - began < WARM_UP_SECONDS * 1e9);
        double each = (System.nanoTime() - began) / 1e9 / done;
        long runs = plan.runs() > 0 ? plan.runs() : Math.max(1, (long) (MEASURE_SECONDS / each));
        var seconds = new double[plan.repeats()];
        for (int i = 0; i < seconds.length; i++) {
            long start = System.nanoTime();
            run(work, runs);
            seconds[i] = (System.nanoTime() - start) / 1e9 / runs;
        }
        Arrays.sort(seconds);
        double median = (seconds[(seconds.length - 1) / 2] + seconds[seconds.length / 2]) / 2;
        return Magics.text(time(median) + " per run: median of " + seconds.length + " (" + time(seconds[0]) + " to "
                + time(seconds[seconds.length - 1]) + "), " + runs + (runs == 1 ? " run" : " runs") + " each");
    }

    private static void run(Callable<?> work, long runs) throws Exception {
        for (long i = 0; i < runs; i++) {
            sink = work.call();
            if ((i & 1023) == 0) {
                Interrupted.check();
            }
        }
    }

    /** An expression whose value is kept, or statements. */
    private static Callable<?> compiled(JavaKernel kernel, String code) {
        String expression = code.endsWith(";") ? code.substring(0, code.length() - 1) : code;
        String head = "(java.util.concurrent.Callable<Object>) () -> { ";
        try {
            return (Callable<?>) kernel.evalBuilder(head + "return (" + expression + "); }").eval();
        } catch (CompilationException | reprise.kernel.error.CompilationException e) {
            return (Callable<?>) kernel.evalBuilder(head + code + (code.endsWith(";") || code.endsWith("}") ? "" : ";")
                    + "\nreturn null; }").eval();
        }
    }

    private static String time(double seconds) {
        String[] units = {"s", "ms", "\u00b5s", "ns"};
        double value = seconds;
        int unit = 0;
        while (value < 1 && unit < units.length - 1) {
            value *= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s",
                value, units[unit]);
    }
}
