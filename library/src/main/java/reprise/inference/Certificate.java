package reprise.inference;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a walk through everything that a particle method can reach has found: at how many populations a half of a round
 * does not keep, in the mean over its own draws, the measure that the population stands for.
 *
 * @param populations how many different populations were reached before a half round
 * @param advanceFails at how many of them running to the next score changes the measure
 * @param resampleFails at how many of them resampling does
 */
public record Certificate(int populations, int advanceFails, int resampleFails) {
    /**
     * Whether both halves are right everywhere.
     *
     * @return true if nothing failed
     */
    public boolean holds() {
        return advanceFails == 0 && resampleFails == 0;
    }

    static <X> Certificate of(SequentialMonteCarlo method, Population<Program<X>> start) {
        var walk = new Walk<X>();
        Set<Population<Program<X>>> now = Set.of(start);
        int advance = 0;
        int resample = 0;
        while (!now.stream().allMatch(SequentialMonteCarlo::isOver)) {
            int before = walk.fails;
            now = walk.through(now, method::advance);
            advance += walk.fails - before;
            before = walk.fails;
            now = walk.through(now, method::resample);
            resample += walk.fails - before;
        }
        return new Certificate(walk.visited, advance, resample);
    }

    private static final class Walk<X> {
        private final Map<Program<X>, Measure<X>> meanings = new HashMap<>();
        private int visited;
        private int fails;

        private Set<Population<Program<X>>> through(Set<Population<Program<X>>> from,
                Function<Population<Program<X>>, Program<Population<Program<X>>>> half) {
            var reached = new LinkedHashSet<Population<Program<X>>>();
            for (var population : from) {
                visited++;
                var law = half.apply(population).meaning();
                if (!law.then(this::meaning).equals(meaning(population))) {
                    fails++;
                }
                reached.addAll(law.support());
            }
            return reached;
        }

        private Measure<X> meaning(Population<Program<X>> population) {
            return population.measure(program -> meanings.computeIfAbsent(program, Program::meaning));
        }
    }
}
