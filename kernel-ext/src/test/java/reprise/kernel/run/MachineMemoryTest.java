package reprise.kernel.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void assertLimitAndUse(long limit, long used) throws IOException {
        MachineMemory memory = MachineMemory.container(root).orElseThrow();
        assertEquals(limit, memory.limit());
        assertEquals(used, memory.used());
    }

    @Nested
    class Agreement {
        @Test
        void theFirstVersionOfGroupsIsRead() throws IOException {
            write("proc/self/cgroup", "5:cpu:/a\n4:memory:/small/one\n0::/other\n");
            write("sys/fs/cgroup/memory/small/one/memory.limit_in_bytes", "2147483648\n");
            write("sys/fs/cgroup/memory/small/one/memory.stat", "cache 7\nrss 1\ntotal_cache 9\ntotal_rss 300\n"
                    + "total_shmem 20\n");
            assertLimitAndUse(2L << 30, 320);
        }

        @Test
        void theSecondVersionOfGroupsIsRead() throws IOException {
            write("proc/self/cgroup", "0::/kubepods/pod\n");
            write("sys/fs/cgroup/kubepods/pod/memory.max", "1073741824\n");
            write("sys/fs/cgroup/kubepods/pod/memory.stat", "anon 500\nfile 9000\nshmem 3\n");
            assertLimitAndUse(1L << 30, 503);
        }

        @Test
        void withinAContainerTheGroupIsWhereTheGroupsBegin() throws IOException {
            write("proc/self/cgroup", "0::/not/visible/here\n");
            write("sys/fs/cgroup/memory.max", "1000\n");
            write("sys/fs/cgroup/memory.stat", "anon 10\n");
            assertLimitAndUse(1000, 10);
        }
    }

    @Nested
    class BadInput {
        @Test
        void noLimitIsNone() throws IOException {
            write("proc/self/cgroup", "0::/\n");
            write("sys/fs/cgroup/memory.max", "max\n");
            assertTrue(MachineMemory.container(root).isEmpty());
            write("proc/self/cgroup", "4:memory:/\n");
            write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
            assertTrue(MachineMemory.container(root).isEmpty());
        }

        @Test
        void aSystemWithoutGroupsHasNoLimit() throws IOException {
            assertTrue(MachineMemory.container(root).isEmpty());
            write("proc/self/cgroup", "5:cpu:/a\n");
            assertTrue(MachineMemory.container(root).isEmpty());
            write("proc/self/cgroup", "what is this\n");
            assertTrue(MachineMemory.container(root).isEmpty());
        }
    }
}
