package reprise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** The examples of the package's Javadoc, compiled and run. */
class ExamplesTest {
    @Test
    void measures() {
        Measure<Integer> die = Measure.uniform(List.of(1, 2, 3, 4, 5, 6));
        Measure<Boolean> even = die.map(k -> k % 2 == 0);
        assertEquals(BigFraction.ONE_HALF, even.weight(true));
    }

    @Test
    void sequentialMonteCarlo() {
        Program<Integer> coins = FinitePrograms.twoCoins();
        var smc = SequentialMonteCarlo.particles(2);
        boolean exact = smc.mean(coins).equals(coins.meaning());
        assertTrue(exact);
    }

    @Test
    void metropolisHastings() {
        var chain = MetropolisHastings.on(FinitePrograms.branching()).proposal(Proposal.SITE);
        boolean stationary = chain.after(chain.target()).equals(chain.target());
        assertTrue(stationary);
    }
}
