package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.data.Classic;
import reprise.data.Labelled;
import reprise.random.Rng;

/** The examples of the package's Javadoc, compiled and run. */
class ExamplesTest {
    @Test
    void budget() {
        PrivacyBudget budget = PrivacyBudget.of(1);
        double count = LaplaceMechanism.of(1, 0.25).release("count", 1_437, budget, Rng.of(7));
        double left = budget.epsilonLeft();
        assertEquals(0.75, left);
        assertEquals(1_437, count, 60);
    }

    @Test
    void holdout() {
        Thresholdout.Session holdout = Thresholdout.of(0.04, 0.01).budget(100).open(Rng.of(7));
        double answer = holdout.answer(0.31, 0.02).value();
        assertEquals(0.02, answer, 0.1);
    }

    @Test
    void attackAndSelection() {
        double bias = AdaptiveAttack.of(1_000, 500).noise(0.1).run(100, Rng.of(7)).meanBias();
        assertEquals(0.17, bias, 0.02);
        var curves = FeatureSelection.of(1_000, 1_000).sizes(10, 20, 50).naive(10, Rng.of(7));
        double[] seen = curves.reported();
        assertTrue(seen[2] > 0.58);
    }

    @Test
    void sketches() {
        var budget = PrivacyBudget.of(1);
        double[] people = {3, 0, 2, 5};
        TreeCounter.Release counts = TreeCounter.of(1, 1).release("ages", people, budget, Rng.of(7));
        double firstTwo = counts.prefix(2);
        assertEquals(3, firstTwo, 30);
        double[][] places = {{0.2}, {0.9}};
        var released = DistanceSketch.range(1, 8).release(places, 1, PrivacyBudget.of(1), Rng.of(7));
        double total = released.sum(0.5);
        assertEquals(0.7, total, 10 * released.standardDeviation(0.5));
    }

    @Test
    void kernel() {
        double[][] people = {{0.2, 0.1}, {0.9, 0.4}};
        var released = KernelSketch.gaussian(0.7).features(64).release(people, 1, PrivacyBudget.of(1), Rng.of(7));
        double[] likeness = released.sums(new double[][] {{0.5, 0.5}});
        assertEquals(1, likeness.length);
        double epsilon = SubsampledGaussian.of(0.01, 4, 10_000).epsilon(1e-5);
        assertEquals(1.1, epsilon, 0.2);
    }

    @Test
    void classifiers() {
        Dense unit = ClassSketch.unitRows(Classic.digits().points().x());
        var people = new Labelled(unit, Classic.digits().points().labels());
        var released = ClassSketch.nearestMean().release(people, 1, 1e-5, PrivacyBudget.of(1, 1e-5), Rng.of(7));
        double accuracy = released.accuracy(people);
        assertTrue(accuracy > 0.7);
        Labelled iris = Classic.iris().points();
        var fit = PrivateSoftmax.steps(60, 0.2).fit(iris, 3, 1e-5, PrivacyBudget.of(3, 1e-5), Rng.of(7));
        double right = fit.accuracy(iris);
        assertTrue(right > 0.4);
    }
}
