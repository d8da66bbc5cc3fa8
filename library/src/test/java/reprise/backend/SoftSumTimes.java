package reprise.backend;

import reprise.array.Dense;
import reprise.backend.cpu.CpuBackend;
import reprise.random.Rng;

/**
 * Times the soft sums, not a test: {@code SoftSumTimes [n] [scalar|vector|BACKEND] [repeats] [idle ms]}. The first call
 * of a process is the one that a reader with a cold JVM waits for; idle time before it lets the warm-up work. Processor
 * time over cores says what an idle machine would take.
 */
final class SoftSumTimes {
    private SoftSumTimes() {}

    public static void main(String[] args) {
        int n = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        String kind = args.length > 1 ? args[1] : "cpu";
        int repeats = args.length > 2 ? Integer.parseInt(args[2]) : 15;
        Backend backend = kind.equals("scalar")
                ? CpuBackend.scalar()
                : kind.equals("vector") ? CpuBackend.vector() : Backends.byName(kind);
        CpuBackend.warmUp();
        sleep(args.length > 3 ? Integer.parseInt(args[3]) : 0);
        for (int d : new int[] {10, 2, 50}) {
            var x = Rng.of(1).split("x").split(d).normal(n, d);
            var y = Rng.of(1).split("y").split(d).normal(n, d);
            var sums = backend.softSum(x, y, Cost.squaredDistance());
            double[] w = new double[n];
            time("log sum d=" + d, repeats, () -> sums.logSum(w, 2));
            time("differences d=" + d, repeats, () -> sums.logSum(w, 0.02));
            time("average d=" + d, repeats, () -> sums.average(w, 2, y));
        }
        System.out.println(backend.describe());
    }

    private static void time(String name, int repeats, Runnable work) {
        double first = 0;
        double firstBusy = 0;
        double busy = Double.POSITIVE_INFINITY;
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < repeats; i++) {
            long begun = System.nanoTime();
            double busyBefore = busySeconds();
            work.run();
            double busyNow = (busySeconds() - busyBefore) / Runtime.getRuntime().availableProcessors();
            busy = Math.min(busy, busyNow);
            firstBusy = i == 0 ? busyNow : firstBusy;
            double seconds = (System.nanoTime() - begun) * 1e-9;
            first = i == 0 ? seconds : first;
            best = Math.min(best, seconds);
        }
        System.out.printf(
                "%-20s first %.3f s (busy %.3f), best %.3f s (busy %.3f)%n", name, first, firstBusy, best, busy);
    }

    private static double busySeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() * 1e-9;
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
