package reprise.inference;

import java.util.List;
import java.util.function.IntFunction;
import org.hipparchus.fraction.BigFraction;

/** Small programs with different shapes: what the algorithms are certified on. */
public final class FinitePrograms {
    private FinitePrograms() {}

    /**
     * Two fair coins and one soft score: 1/10, 1/2, 9/10 for no, one and two heads.
     *
     * @return ends with the number of heads
     */
    public static Program<Integer> twoCoins() {
        return heads(2, 0, n -> Program.score(1 + 4 * n, 10, () -> Program.done(n)));
    }

    /**
     * Two fair coins of which at least one shows heads, as an observation: the score is 0 or 1.
     *
     * @return ends with the number of heads
     */
    public static Program<Integer> twoCoinsObserved() {
        return heads(2, 0, n -> Program.score(Math.min(n, 1), 1, () -> Program.done(n)));
    }

    /**
     * A burglar or an earthquake sets off the alarm, and two neighbours call (Pearl's example with other numbers).
     *
     * @return ends with whether there was a burglar; two scores
     */
    public static Program<Boolean> burglary() {
        return Program.draw(Measure.coin(1, 20)).then(burglar -> Program.draw(Measure.coin(1, 10)).then(quake ->
                Program.draw(Measure.coin(burglar ? 95 : quake ? 29 : 1, 100)).then(alarm ->
                        Program.score(alarm ? 18 : 1, 20, () ->
                                Program.score(alarm ? 70 : 1, 100, () -> Program.done(burglar))))));
    }

    /**
     * Tosses until heads, six times at most, with a score of 3/4 after each tails: its particles end at different times.
     *
     * @return ends with the number of tosses
     */
    public static Program<Integer> geometric() {
        return tossed(1);
    }

    /**
     * Four points, 0, 1, 2 and 5, belong to a cluster at 0 or one at 5, whose share is 1/4, 1/2 or 3/4; the likelihood of
     * a point at distance r is 1 / (1 + r^2).
     *
     * @return ends with the number of points in the cluster at 5; four scores
     */
    public static Program<Integer> mixture() {
        return Program.draw(Measure.uniform(List.of(1, 2, 3))).then(quarters -> assigned(quarters, 0, 0));
    }

    /**
     * Branches of length 1, 2 and 3, one of them with score 0.
     *
     * @return ends with the number of the branch, from 0 to 3
     */
    public static Program<Integer> branching() {
        return Program.draw(Measure.coin(1, 3)).then(left -> left
                ? Program.score(1, 2, () -> Program.done(0))
                : Program.draw(Measure.uniform(List.of(0, 1, 2))).then(branch -> branch == 0
                        ? Program.score(0, 1, () -> Program.done(3))
                        : branch == 1
                                ? Program.score(1, 3, () -> Program.draw(Measure.coin(2, 5)).map(c -> c ? 1 : 2))
                                : Program.score(3, 4, () -> Program.done(3))));
    }

    private static Program<Integer> heads(
            int coins, int so, IntFunction<Program<Integer>> then) {
        return coins == 0
                ? then.apply(so)
                : Program.draw(Measure.coin(1, 2)).then(head -> heads(coins - 1, head ? so + 1 : so, then));
    }

    private static Program<Integer> tossed(int toss) {
        return Program.named(List.of("toss", toss), () -> toss == 6
                ? Program.done(6)
                : Program.draw(Measure.coin(1, 2)).then(head -> head
                        ? Program.done(toss)
                        : Program.score(3, 4, () -> tossed(toss + 1))));
    }

    private static Program<Integer> assigned(int quarters, int point, int far) {
        int[] places = {0, 1, 2, 5};
        return Program.named(List.of("point", quarters, point, far), () -> point == places.length
                ? Program.done(far)
                : Program.draw(Measure.coin(quarters, 4)).then(other -> {
                    int r = other ? 5 - places[point] : places[point];
                    return Program.score(new BigFraction(1, 1 + r * r),
                            () -> assigned(quarters, point + 1, other ? far + 1 : far));
                }));
    }
}
