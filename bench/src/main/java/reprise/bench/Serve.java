package reprise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Locale;

/**
 * Serves one job: prepares it, then for each line on standard input runs it once and prints seconds and a checksum.
 * {@code rates} prints what the machine can do instead.
 */
public final class Serve {
    private Serve() {}

    /**
     * Runs until standard input ends.
     *
     * @param words the job's name, or {@code rates}
     * @throws IOException if standard input breaks
     */
    public static void main(String[] words) throws IOException {
        if (words[0].equals("rates")) {
            System.out.println(Rates.measured());
            return;
        }
        var job = Jobs.prepare(words[0]);
        System.out.println("ready");
        var input = new BufferedReader(new InputStreamReader(System.in));
        while (input.readLine() != null) {
            long started = System.nanoTime();
            double checksum = job.getAsDouble();
            System.out.printf(Locale.ROOT, "%s %s%n", (System.nanoTime() - started) * 1e-9, checksum);
        }
    }
}
