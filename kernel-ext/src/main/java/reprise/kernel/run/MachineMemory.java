package reprise.kernel.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory that a container gives all its processes, of which the heap is a part: arrays of ND4J and tensors lie
 * outside. Who takes more is killed without a word, so the cell is stopped before. Binder's containers have 2 GB.
 */
public final class MachineMemory {
    /** {@code -Dreprise.memory=BYTES} asks for less than the machine has, or for a limit where there is none. */
    public static final String LIMIT = "reprise.memory";

    /** What must stay free: a loop can fill 0.1 GB until it is looked at again. */
    private static final long MOST_FREE = 512L << 20;

    private static final int FREE_SHARE = 6;
    /** After a stop the variables are still there; the next one comes when this share more is taken. */
    private static final int MORE_SHARE = 40;

    private static final long OFTEN_MS = 20;
    private static final long SELDOM_MS = 200;
    /** How often to look after a collection: two seconds in all, many times what ND4J takes to free a gigabyte. */
    private static final int LOOKS = 100;
    private static final int PAGE = 4096;

    private final long limit;
    private final Path used;
    private final List<String> counted;

    private MachineMemory(long limit, Path used, List<String> counted) {
        this.limit = limit;
        this.used = used;
        this.counted = counted;
    }

    /** Starts the thread that stops a cell which takes more than there is; nothing where there is no limit. */
    public static void watch() {
        Long asked = Long.getLong(LIMIT);
        Optional<MachineMemory> machine = asked != null ? own(asked) : container(Path.of("/"));
        machine.ifPresent(memory -> {
            var thread = new Thread(memory::stopWhenFull, "reprise-machine");
            thread.setDaemon(true);
            thread.setPriority(Thread.MAX_PRIORITY);
            thread.start();
        });
    }

    private static Optional<MachineMemory> own(long limit) {
        Path pages = Path.of("/proc/self/statm");
        return Files.isReadable(pages) ? Optional.of(new MachineMemory(limit, pages, List.of())) : Optional.empty();
    }

    /**
     * The limit of the Linux control group that this process is in, of either version.
     *
     * @param root the folder that has proc and sys
     * @return empty if there is no limit, or no such group
     */
    static Optional<MachineMemory> container(Path root) {
        try {
            for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                boolean second = parts[1].isEmpty();
                if (!second && !List.of(parts[1].split(",")).contains("memory")) {
                    continue;
                }
                Path groups = root.resolve(second ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
                // Within a container the group's own folder is where the groups begin.
                Path group = groups.resolve(parts[2].substring(1));
                Path at = Files.isDirectory(group) ? group : groups;
                String limit = Files.readString(at.resolve(second ? "memory.max" : "memory.limit_in_bytes")).strip();
                long bytes = limit.equals("max") ? Long.MAX_VALUE : Long.parseLong(limit);
                // Version 1 says "no limit" with a number that no machine has.
                return bytes >= 1L << 50 ? Optional.empty() : Optional.of(new MachineMemory(bytes,
                        at.resolve("memory.stat"), second ? List.of("anon", "shmem")
                        : List.of("total_rss", "total_shmem")));
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            // No Linux, or no right to read this.
            return Optional.empty();
        }
    }

    long limit() {
        return limit;
    }

    /** What cannot be had back by forgetting files, in bytes. */
    long used() throws IOException {
        if (counted.isEmpty()) {
            return Long.parseLong(Files.readString(used).split(" ")[1]) * PAGE;
        }
        long sum = 0;
        for (String line : Files.readAllLines(used)) {
            int space = line.indexOf(' ');
            if (space > 0 && counted.contains(line.substring(0, space))) {
                sum += Long.parseLong(line.substring(space + 1).strip());
            }
        }
        return sum;
    }

    private void stopWhenFull() {
        long most = limit - Math.min(limit / FREE_SHARE, MOST_FREE);
        long tolerated = 0;
        try {
            while (true) {
                long now = used();
                if (now < most) {
                    tolerated = 0;
                } else if (now > tolerated) {
                    tolerated = collect(Math.max(most, tolerated));
                }
                Thread.sleep(now < most / 2 ? SELDOM_MS : OFTEN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.getLogger(MachineMemory.class.getName()).log(System.Logger.Level.DEBUG, "memory unknown", e);
        }
    }

    /**
     * Arrays that nobody holds any more go a while after a collection; cells wait for that, as they could make others
     * faster. If too much stays they are stopped.
     *
     * @return how much the variables may take until they are stopped again
     */
    private long collect(long most) throws IOException, InterruptedException {
        Stop.hold();
        try {
            System.gc();
            for (int i = 0; i < LOOKS && used() > most; i++) {
                Thread.sleep(OFTEN_MS);
                // The C library keeps what is freed for the next one who asks, unless it is told to give it back.
                Pointer.trimMemory();
            }
            if (used() <= most) {
                return 0;
            }
            Stop.outOfMemory("the " + (limit >> 20) + " MB of this machine are nearly used up, arrays outside the heap "
                    + "included");
            return used() + limit / MORE_SHARE;
        } finally {
            Stop.letGo();
        }
    }
}
