package reprise.paper;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import reprise.array.Require;
import reprise.parallel.Interrupted;

/**
 * One claim of a paper on its way to a verdict: what was measured, a control, and the test that the first must pass
 * and the second must not.
 *
 * <pre>{@code
 * paper.claim("fig4-clt", "Fig. 4", "CLT bandwidth at alpha = 0.5")
 *         .because("three standard errors of 400 datasets")
 *         .measured(fit).control(plugIn).within(0.05).of(hClt);
 * }</pre>
 *
 * <p>The control is a wrong answer: what the usual mistake gives, or a neighbouring theory. If it passes the test too,
 * the test can tell nothing, and the claim fails. Several values are one claim: all of the measured ones must pass,
 * at least one of the control's must not. NaN and infinity are no measurements; a control may be infinite (that is
 * what a sum without logarithms gives) but not NaN. Measurements given as suppliers run when the test is stated, only
 * at a scale where the claim is checked, and an exception in one of them is a failure of this claim alone.
 */
public final class Claim {
    private static final Supplier<double[]> NOT_GIVEN = () -> new double[0];
    private static final Check NO_TEST = new Check.Near(new double[0], 0, false);

    private final String id;
    private final String source;
    private final String statement;
    private final Scale here;
    private Scale least = Scale.QUICK;
    private Supplier<double[]> measured = NOT_GIVEN;
    private Supplier<double[]> control = NOT_GIVEN;
    private String because = "";
    private String diagnosis = "";
    private Check check = NO_TEST;
    private double[] measurement = {};
    private double[] wrong = {};
    private String failure = "";

    Claim(String id, String source, String statement, Scale here) {
        this.id = id;
        this.source = source;
        this.statement = statement;
        this.here = here;
    }

    /**
     * States the scale from which on this claim can be checked. Below it the claim is shown as not checked, whatever
     * is measured, and suppliers do not run.
     *
     * @param scale the least scale
     * @return this claim
     */
    public Claim at(Scale scale) {
        least = scale;
        return this;
    }

    /**
     * States where the tolerance comes from: a derivation, a standard error, the spread over seeds. A claim without it
     * is shown as giving no reason.
     *
     * @param reason one line
     * @return this claim
     */
    public Claim because(String reason) {
        because = reason;
        return this;
    }

    /**
     * Gives what was measured.
     *
     * @param values one or several
     * @return this claim
     */
    public Claim measured(double... values) {
        double[] copy = values.clone();
        return measured((Supplier<double[]>) () -> copy);
    }

    /**
     * Gives the measurement of one value, run only where the claim is checked.
     *
     * @param value the measurement
     * @return this claim
     */
    public Claim measured(DoubleSupplier value) {
        return measured((Supplier<double[]>) () -> new double[] {value.getAsDouble()});
    }

    /**
     * Gives the measurement of several values, run only where the claim is checked.
     *
     * @param values the measurement
     * @return this claim
     */
    public Claim measured(Supplier<double[]> values) {
        measured = values;
        return this;
    }

    /**
     * Gives a wrong answer, which must fail the same test.
     *
     * @param values one, or as many as are measured
     * @return this claim
     */
    public Claim control(double... values) {
        double[] copy = values.clone();
        return control((Supplier<double[]>) () -> copy);
    }

    /**
     * Gives one wrong answer, computed only where the claim is checked.
     *
     * @param value the control
     * @return this claim
     */
    public Claim control(DoubleSupplier value) {
        return control((Supplier<double[]>) () -> new double[] {value.getAsDouble()});
    }

    /**
     * Gives several wrong answers, computed only where the claim is checked.
     *
     * @param values the control
     * @return this claim
     */
    public Claim control(Supplier<double[]> values) {
        control = values;
        return this;
    }

    /**
     * Tests the distance from an expected value.
     *
     * @param tolerance the largest distance that passes, in the units of the value, above zero
     * @return the rest of the sentence: of which value
     * @throws IllegalArgumentException if the tolerance is not above zero
     */
    public Tolerance within(double tolerance) {
        return new Tolerance(Require.positive("tolerance of claim " + id, tolerance), false);
    }

    /**
     * Tests the distance from an expected value as a fraction of that value.
     *
     * @param fraction the largest fraction that passes, such as 0.2 for 20 %, above zero
     * @return the rest of the sentence: of which value
     * @throws IllegalArgumentException if the fraction is not above zero
     */
    public Tolerance withinRelative(double fraction) {
        return new Tolerance(Require.positive("tolerance of claim " + id, fraction), true);
    }

    /**
     * Tests an upper bound.
     *
     * @param bound the largest value that passes
     * @return this claim, told
     */
    public Claim atMost(double bound) {
        return tell(new Check.Bounds(Double.NEGATIVE_INFINITY, bound));
    }

    /**
     * Tests a lower bound.
     *
     * @param bound the smallest value that passes
     * @return this claim, told
     */
    public Claim atLeast(double bound) {
        return tell(new Check.Bounds(bound, Double.POSITIVE_INFINITY));
    }

    /**
     * Tests a range, its ends included.
     *
     * @param low the smallest value that passes
     * @param high the largest value that passes
     * @return this claim, told
     */
    public Claim between(double low, double high) {
        return tell(new Check.Bounds(low, high));
    }

    /**
     * Says that the claim was run in earnest, could not be confirmed, and why. A measurement that misses the test is
     * then {@code not reproduced} instead of {@code fails}. Nothing else is excused: an exception, NaN or a toothless
     * control still fails. If the test passes after all, the claim holds and the table says that the diagnosis is out
     * of date.
     *
     * @param why our diagnosis, in a line or two
     * @return this claim
     */
    public Claim notReproduced(String why) {
        diagnosis = why;
        return this;
    }

    /** The second half of {@code within(0.05).of(target)}. */
    public final class Tolerance {
        private final double slack;
        private final boolean relative;

        private Tolerance(double slack, boolean relative) {
            this.slack = slack;
            this.relative = relative;
        }

        /**
         * Names the expected value and takes the test.
         *
         * @param targets one value for all that is measured, or one for each
         * @return the claim, told
         */
        public Claim of(double... targets) {
            return tell(new Check.Near(targets.clone(), slack, relative));
        }
    }

    /**
     * How the claim stands: what a notebook shows when a cell ends with one.
     *
     * @return its name and verdict, such as {@code fig4-clt: holds}
     */
    @Override
    public String toString() {
        return id + ": " + (isTold() ? finding().outcome().toString() : "no test yet");
    }

    String id() {
        return id;
    }

    boolean isTold() {
        return check != NO_TEST;
    }

    boolean saysTheSame(String otherSource, String otherStatement) {
        return source.equals(otherSource) && statement.equals(otherStatement);
    }

    private Claim tell(Check test) {
        if (isTold()) {
            throw new IllegalStateException("claim " + id + " must have one test, has one already: " + check.shown());
        }
        check = test;
        if (!here.reaches(least)) {
            return this;
        }
        try {
            measurement = measured.get().clone();
            wrong = control.get().clone();
        } catch (Interrupted stopped) {
            check = NO_TEST;
            throw stopped;
        } catch (Exception | AssertionError | LinkageError e) {
            failure = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        }
        return this;
    }

    /** The claim as it stands now. */
    Finding finding() {
        if (isTold() && !here.reaches(least)) {
            return finding(Outcome.NOT_CHECKED, "needs scale " + least);
        }
        var fault = fault();
        if (!fault.isEmpty()) {
            return finding(Outcome.FAILS, fault);
        }
        if (check.passes(measurement)) {
            return finding(Outcome.HOLDS, diagnosis.isEmpty() ? "" : "the test passes here: the diagnosis is out of date");
        }
        return diagnosis.isEmpty()
                ? finding(Outcome.FAILS, "the measurement does not pass the test")
                : finding(Outcome.NOT_REPRODUCED, "");
    }

    /** What is wrong with the claim other than that its measurement does not pass; empty if nothing is. */
    private String fault() {
        if (!failure.isEmpty()) {
            return failure;
        }
        if (!isTold() || measurement.length == 0) {
            return "never measured";
        }
        if (!check.sound()) {
            return "the expected value is not a number";
        }
        if (check.width() != 1 && measurement.length != check.width()) {
            return measurement.length + " measured for " + check.width() + " expected";
        }
        if (!Digits.finite(measurement)) {
            return "the measurement is not finite";
        }
        if (wrong.length == 0) {
            return "there is no control";
        }
        if (wrong.length != 1 && wrong.length != measurement.length) {
            return wrong.length + " controls for " + measurement.length + " measured";
        }
        if (Arrays.stream(wrong).anyMatch(Double::isNaN)) {
            return "the control is NaN";
        }
        double[] spread = new double[measurement.length];
        Arrays.setAll(spread, i -> wrong[wrong.length == 1 ? 0 : i]);
        return check.passes(spread) ? "toothless: the control passes the test too" : "";
    }

    private Finding finding(Outcome outcome, String note) {
        var stored = new LinkedHashMap<String, Object>();
        stored.put("expected", isTold() ? check.expected() : "not stated");
        stored.put("tolerance", isTold() ? check.tolerance() : "not stated");
        stored.put("measured", measurement.length == 0 ? "not measured" : Digits.stored(measurement));
        stored.put("control", wrong.length == 0 ? "none" : Digits.stored(wrong));
        return new Finding(id, source, statement,
                isTold() ? check.shown() : "not stated",
                measurement.length == 0 ? "not measured" : Digits.shown(measurement),
                wrong.length == 0 ? "none" : Digits.shown(wrong),
                outcome, note, diagnosis, because, Collections.unmodifiableMap(stored));
    }
}
