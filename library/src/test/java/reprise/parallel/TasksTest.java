package reprise.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasksTest {
    @AfterEach
    void leavesNoFlagBehind() {
        assertFalse(Thread.interrupted(), "the thread's flag must be clear after a test");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void runsEveryPieceOnce(int threads) {
        for (int n : new int[] {0, 1, 2, 7, 1000}) {
            var runs = new AtomicIntegerArray(n);
            with(threads, () -> Tasks.forRange(n, runs::incrementAndGet));
            for (int i = 0; i < n; i++) {
                assertEquals(1, runs.get(i));
            }
        }
    }

    @Test
    void mapsInTheOrderOfTheItems() {
        List<Integer> items = IntStream.range(0, 500).boxed().toList();
        List<Integer> squares = Tasks.withThreads(4, () -> Tasks.map(items, i -> i * i));
        assertEquals(items.stream().map(i -> i * i).toList(), squares);
    }

    @Test
    void reallyUsesAsManyThreadsAsAsked() {
        var meeting = new CountDownLatch(3);
        with(3, () -> Tasks.forRange(3, i -> {
            meeting.countDown();
            await(meeting);
        }));
        assertEquals(0, meeting.getCount());
    }

    @Test
    void nestedTasksShareTheThreadsOfTheOuterOnes() {
        var seen = ConcurrentHashMap.<Thread>newKeySet();
        var sum = new AtomicInteger();
        with(4, () -> Tasks.forRange(8, i -> Tasks.forRange(50, j -> {
            assertEquals(1, Tasks.threads());
            seen.add(Thread.currentThread());
            sum.addAndGet(j);
        })));
        assertEquals(8 * 1225, sum.get());
        assertTrue(seen.size() <= 4, "threads: " + seen);
    }

    @Test
    void aSingleOuterPieceLeavesAllThreadsToTheInnerOnes() {
        with(4, () -> Tasks.forRange(1, i -> assertEquals(4, Tasks.threads())));
    }

    @Nested
    class Failure {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 8})
        void ofTheSmallestIndexIsThrownOnAnyNumberOfThreads(int threads) {
            for (int repeat = 0; repeat < 200; repeat++) {
                var e = assertThrows(IllegalStateException.class, () -> with(threads, () -> Tasks.forRange(100, i -> {
                    if (i >= 3) {
                        throw new IllegalStateException("piece " + i);
                    }
                })));
                assertEquals("piece 3", e.getMessage());
            }
        }

        @Test
        void stopsHandingOutPieces() {
            var runs = new AtomicInteger();
            assertThrows(IllegalStateException.class, () -> with(2, () -> Tasks.forRange(1_000_000, i -> {
                runs.incrementAndGet();
                throw new IllegalStateException();
            })));
            assertTrue(runs.get() <= 2);
        }

        @Test
        void ofAnErrorIsThrownUnchanged() {
            assertThrows(StackOverflowError.class, () -> with(2, () -> Tasks.forRange(10, i -> {
                throw new StackOverflowError();
            })));
        }
    }

    @Nested
    class Interruption {
        /** Pieces of 1 ms: the 50 ms allowed are for a busy machine. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void stopsBetweenPieces(int threads) throws Exception {
            var working = new AtomicInteger();
            assertStopsWithin50Millis(() -> with(threads, () -> Tasks.forRange(1_000_000, i -> {
                working.incrementAndGet();
                spin(1);
                working.decrementAndGet();
            })));
            assertEquals(0, working.get(), "no worker may outlive the call");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void stopsWithinPiecesThatTickOnAnyThread(int threads) throws Exception {
            assertStopsWithin50Millis(() -> with(threads, () -> Tasks.forRange(threads, i -> {
                var progress = Progress.over("endless", Long.MAX_VALUE);
                while (true) {
                    progress.tick();
                    spin(1);
                }
            })));
        }

        @Test
        void reachesNestedTasks() throws Exception {
            assertStopsWithin50Millis(() -> with(4, () -> Tasks.forRange(2, i -> Tasks.forRange(1_000_000, j -> spin(1)))));
        }

        @Test
        void leavesThePoolUsable() throws Exception {
            for (int repeat = 0; repeat < 20; repeat++) {
                assertStopsWithin50Millis(() -> with(2, () -> Tasks.forRange(1_000_000, i -> spin(1))));
                with(2, () -> Tasks.forRange(100, i -> Interrupted.check()));
            }
        }

        @Test
        void beforeTheStartRunsNothing() {
            var runs = new AtomicInteger();
            Thread.currentThread().interrupt();
            assertThrows(Interrupted.class, () -> Tasks.forRange(10, i -> runs.incrementAndGet()));
            assertEquals(0, runs.get());
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesANegativeCountAndNoThreads() {
            assertThrows(IllegalArgumentException.class, () -> Tasks.forRange(-1, i -> {}));
            assertThrows(IllegalArgumentException.class, () -> Tasks.withThreads(0, () -> 1));
        }
    }

    @Nested
    class Reporting {
        @AfterEach
        void nobodyListens() {
            Progress.noSink();
        }

        @Test
        void tellsTheBeginningAndTheEndAtOnceAndLittleInBetween() {
            var heard = new ArrayList<Long>();
            Progress.sink(progress -> {
                assertEquals("work", progress.name());
                heard.add(progress.done());
            });
            var progress = Progress.over("work", 100_000);
            long begun = System.nanoTime();
            with(4, () -> Tasks.forRange(100_000, i -> progress.tick()));
            long periods = (System.nanoTime() - begun) / 50_000_000;
            assertTrue(progress.ended());
            assertEquals(0, heard.get(0));
            assertEquals(100_000, heard.get(heard.size() - 1));
            assertTrue(heard.size() <= periods + 3, heard.size() + " reports in " + periods + " periods");
        }

        @Test
        void endsOnceWhenClosedEarly() {
            var ends = new AtomicInteger();
            Progress.sink(progress -> {
                if (progress.ended()) {
                    ends.incrementAndGet();
                }
            });
            var progress = Progress.over("work", 10);
            progress.tick(4);
            progress.close();
            progress.close();
            assertEquals(4, progress.done());
            assertEquals(1, ends.get());
        }

        @Test
        void foretellsTheTimeLeftFromTheTimeSpent() {
            var progress = Progress.over("work", 10);
            assertTrue(Double.isNaN(progress.secondsLeft()));
            progress.tick(5);
            spin(5);
            assertEquals(1, progress.secondsLeft() / progress.seconds(), 0.1);
        }
    }

    private static void with(int threads, Runnable work) {
        Tasks.withThreads(threads, () -> {
            work.run();
            return null;
        });
    }

    /** The best of fifteen: another process may hold a core for longer than the limit. */
    static void assertStopsWithin50Millis(Runnable work) throws Exception {
        long[] millis = new long[15];
        for (int repeat = 0; repeat < millis.length; repeat++) {
            var outcome = new AtomicReference<Throwable>();
            var thread = new Thread(() -> {
                try {
                    work.run();
                } catch (Throwable e) {
                    outcome.set(e);
                }
            });
            thread.start();
            Thread.sleep(30);
            long asked = System.nanoTime();
            thread.interrupt();
            thread.join(5_000);
            millis[repeat] = (System.nanoTime() - asked) / 1_000_000;
            assertTrue(outcome.get() instanceof Interrupted, "threw " + outcome.get());
            if (millis[repeat] <= 50) {
                return;
            }
        }
        throw new AssertionError("took " + Arrays.toString(millis) + " ms to stop");
    }

    private static void spin(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
