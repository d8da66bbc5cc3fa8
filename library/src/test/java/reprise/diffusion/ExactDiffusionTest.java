package reprise.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.prob.GaussRule;
import reprise.prob.Mixture;
import reprise.prob.Normal;
import reprise.random.Rng;

class ExactDiffusionTest {
    private static final NoiseSchedule OU = NoiseSchedule.ornsteinUhlenbeck(1);

    static Mixture mixture() {
        return new Mixture(new double[] {1, 3}, List.of(
                Normal.of(new double[] {1, -1}, Dense.of("c", new double[][] {{0.5, 0.2}, {0.2, 0.3}})),
                Normal.isotropic(new double[] {-1, 0.5}, 0.2)));
    }

    static Stream<ExactDiffusion> all() {
        return Stream.of(NoiseSchedule.ornsteinUhlenbeck(1), NoiseSchedule.linear(0.1, 20), NoiseSchedule.straight())
                .flatMap(s -> Stream.of(ExactDiffusion.of(s, mixture()),
                        ExactDiffusion.ofBox(s, new double[] {-1, 0}, new double[] {1, 0.5}),
                        ExactDiffusion.ofPoints(s, Rng.of(1).normal(7, 2))));
    }

    @Nested
    class ClosedForm {
        /** N(m, v) becomes N(alpha m, alpha^2 v + h); the posterior mean is the precision-weighted one. */
        @Test
        void ofOneNormal() {
            var law = ExactDiffusion.of(OU, Mixture.equal(List.of(Normal.isotropic(new double[] {2}, 0.5))));
            double alpha = OU.alpha(0.7);
            double h = OU.variance(0.7);
            double total = alpha * alpha * 0.25 + h;
            Dense x = Dense.of("x", new double[][] {{-3}});
            double away = -3 - alpha * 2;
            assertEquals(-0.5 * Math.log(2 * Math.PI * total) - away * away / (2 * total),
                    law.logDensity(0.7, x)[0], 1e-13);
            assertEquals(-away / total, law.score(0.7, x).data()[0], 1e-13);
            assertEquals((2 / 0.25 + alpha * -3 / h) / (1 / 0.25 + alpha * alpha / h), law.at(0.7, x).data()[0], 1e-13);
        }

        /** Against a Gauss rule of 200 nodes on the box, from almost no noise to almost nothing else. */
        @ParameterizedTest
        @CsvSource({"0.02, 0.3", "0.02, 0.98", "0.02, 1.3", "0.5, 0", "0.5, 2.5", "2, -4", "20, 1", "60, 3"})
        void ofABoxAgainstQuadrature(double t, double x) {
            var law = ExactDiffusion.ofBox(OU, new double[] {-1}, new double[] {1});
            double alpha = OU.alpha(t);
            double h = OU.variance(t);
            // Where the noise is small, all nodes near the state.
            double low = Math.max(-1, Math.min(x / alpha, 1) - 9 * Math.sqrt(h) / alpha);
            double high = Math.min(1, Math.max(x / alpha, -1) + 9 * Math.sqrt(h) / alpha);
            GaussRule rule = GaussRule.legendre(200, low, high);
            double mass = rule.integrate(y -> Math.exp(-(x - alpha * y) * (x - alpha * y) / (2 * h)));
            double first = rule.integrate(y -> y * Math.exp(-(x - alpha * y) * (x - alpha * y) / (2 * h)));
            Dense at = Dense.of("x", new double[][] {{x}});
            assertEquals(first / mass, law.at(t, at).data()[0], 1e-12);
            double log = Math.log(mass / 2 / Math.sqrt(2 * Math.PI * h));
            assertEquals(log, law.logDensity(t, at)[0], 1e-11 * Math.max(1, Math.abs(log)));
        }

        /** Far outside, the posterior sits at the nearest end, h / (alpha (x - alpha b)) inside it. */
        @ParameterizedTest
        @CsvSource({"0.1, 30", "1e-6, 3", "0.5, -1e6"})
        void ofABoxFarOutside(double t, double x) {
            var law = ExactDiffusion.ofBox(OU, new double[] {-1}, new double[] {1});
            double alpha = OU.alpha(t);
            double end = Math.signum(x);
            double inside = OU.variance(t) / (alpha * Math.abs(x - alpha * end));
            double mean = law.at(t, Dense.of("x", new double[][] {{x}})).data()[0];
            assertEquals(1, (end - mean) * end / inside, 3 * inside * inside * alpha * alpha / OU.variance(t) + 1e-10);
            assertTrue(Double.isFinite(law.logDensity(t, Dense.of("x", new double[][] {{x}}))[0]));
        }

        /** Two points at 1 and -1: D = tanh(alpha x / h). */
        @ParameterizedTest
        @CsvSource({"0.01, 0.004", "0.5, 0.3", "3, -2", "0.01, 0.9"})
        void ofTwoPoints(double t, double x) {
            var law = ExactDiffusion.ofPoints(OU, new double[][] {{1}, {-1}});
            double expected = Math.tanh(OU.alpha(t) * x / OU.variance(t));
            Dense at = Dense.of("x", new double[][] {{x}});
            assertEquals(expected, law.at(t, at).data()[0], 1e-13);
            assertEquals(expected, law.at(new double[] {t}, at).data()[0], 1e-12);
        }

        @ParameterizedTest
        @MethodSource("reprise.diffusion.ExactDiffusionTest#all")
        void atTheEndsTheDenoiserIsTheStateOrTheMean(ExactDiffusion law) {
            if (law.schedule().last() > 1) {
                Dense x = Rng.of(3).normal(5, 2);
                Dense clean = law.sample(200_000, Rng.of(4));
                double[] late = law.at(60, x).data();
                double mean = 0;
                for (int i = 0; i < 200_000; i++) {
                    mean += clean.data()[2 * i] / 200_000;
                }
                assertEquals(mean, late[0], 5 * 2 / Math.sqrt(200_000));
            }
            Dense clean = law.sample(5, Rng.of(5));
            double[] states = clean.data().clone();
            Arrays.setAll(states, i -> law.schedule().alpha(1e-12) * states[i]);
            assertArrayEquals(clean.data(), law.at(1e-12, Dense.of("x", states, 5, 2)).data(), 1e-5);
        }
    }

    @Nested
    class Invariance {
        /** E[X_0 | X_t] averages to E[X_0]: five standard errors. */
        @ParameterizedTest
        @MethodSource("reprise.diffusion.ExactDiffusionTest#all")
        void denoisedStatesHaveTheMeanOfTheData(ExactDiffusion law) {
            int n = 20_000;
            Dense clean = law.sample(n, Rng.of(6));
            Dense denoised = law.at(0.4, law.schedule().diffuse(clean, 0.4, Rng.of(7)));
            for (int c = 0; c < 2; c++) {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < n; i++) {
                    double difference = denoised.data()[2 * i + c] - clean.data()[2 * i + c];
                    sum += difference / n;
                    squares += difference * difference / n;
                }
                assertEquals(0, sum, 5 * Math.sqrt(squares / n));
            }
        }

        @Test
        void pointsKeepTheirDigitsFarFromTheOrigin() {
            double[][] points = {{0, 0}, {1, 0}, {0, 2}};
            double[][] moved = {{1e6, 1e6}, {1e6 + 1, 1e6}, {1e6, 1e6 + 2}};
            double alpha = OU.alpha(0.2);
            double[] times = {0.2, 0.2};
            Dense x = Dense.of("x", new double[][] {{0.3, 0.4}, {0.5, 1}});
            Dense far = Dense.of("x", new double[][] {
                {0.3 + alpha * 1e6, 0.4 + alpha * 1e6}, {0.5 + alpha * 1e6, 1 + alpha * 1e6}});
            double[] near = ExactDiffusion.ofPoints(OU, points).at(times, x).data();
            double[] away = ExactDiffusion.ofPoints(OU, moved).at(times, far).data();
            for (int k = 0; k < 4; k++) {
                // Positions near 1e6 have an ulp of 1e-10.
                assertEquals(near[k], away[k] - 1e6, 1e-8);
            }
        }
    }

    @Nested
    class Agreement {
        @AfterEach
        void useDefault() {
            Backends.useDefault();
        }

        /** Central differences with step 1e-5: error 1e-10 times the third derivative, and 1e-11 from rounding. */
        @ParameterizedTest
        @MethodSource("reprise.diffusion.ExactDiffusionTest#all")
        void scoreIsTheGradientOfTheLogDensity(ExactDiffusion law) {
            double[][] x = Rng.of(8).normal(6, 2).toRows();
            for (double t : new double[] {0.1, 0.6}) {
                double[][] score = law.score(t, Dense.of("x", x)).toRows();
                for (int i = 0; i < 6; i++) {
                    for (int c = 0; c < 2; c++) {
                        double[] up = x[i].clone();
                        double[] down = x[i].clone();
                        up[c] += 1e-5;
                        down[c] -= 1e-5;
                        double[] two = law.logDensity(t, Dense.of("x", new double[][] {up, down}));
                        assertEquals((two[0] - two[1]) / 2e-5, score[i][c], 1e-5 * Math.max(1, Math.abs(score[i][c])));
                    }
                }
            }
        }

        @ParameterizedTest
        @MethodSource("reprise.diffusion.ExactDiffusionTest#all")
        void statesWithTimesOfTheirOwnAreDenoisedAsAlone(ExactDiffusion law) {
            Dense x = Rng.of(9).normal(4, 2);
            double[] times = {0.05, 0.3, 0.5, 0.9};
            double[][] together = law.at(times, x).toRows();
            for (int i = 0; i < 4; i++) {
                assertArrayEquals(
                        law.at(times[i], Dense.of("x", new double[][] {x.toRows()[i]})).data(), together[i], 1e-11);
            }
        }

        @Test
        void mixturesAreWhatTheMixtureSaysOfThePushedLaw() {
            double alpha = OU.alpha(0.3);
            double h = OU.variance(0.3);
            var pushed = new Mixture(new double[] {1, 3}, List.of(
                    Normal.of(new double[] {alpha, -alpha}, Dense.of("c", new double[][] {
                        {0.5 * alpha * alpha + h, 0.2 * alpha * alpha},
                        {0.2 * alpha * alpha, 0.3 * alpha * alpha + h}})),
                    Normal.isotropic(new double[] {-alpha, 0.5 * alpha}, Math.sqrt(0.04 * alpha * alpha + h))));
            Dense x = Rng.of(10).normal(20, 2);
            var law = ExactDiffusion.of(OU, mixture());
            assertArrayEquals(pushed.logDensity(x), law.logDensity(0.3, x), 1e-12);
            assertArrayEquals(pushed.score(x).data(), law.score(0.3, x).data(), 1e-12);
        }

        @Test
        void pointsAreADoubleLoopOnEveryBackend() {
            Dense points = Rng.of(11).normal(40, 3);
            Dense x = Rng.of(12).normal(9, 3);
            double alpha = OU.alpha(0.4);
            double h = OU.variance(0.4);
            double[] expected = new double[27];
            for (int i = 0; i < 9; i++) {
                double sum = 0;
                for (int j = 0; j < 40; j++) {
                    double square = 0;
                    for (int c = 0; c < 3; c++) {
                        square += Math.pow(x.data()[3 * i + c] - alpha * points.data()[3 * j + c], 2);
                    }
                    double share = Math.exp(-square / (2 * h));
                    sum += share;
                    for (int c = 0; c < 3; c++) {
                        expected[3 * i + c] += share * points.data()[3 * j + c];
                    }
                }
                for (int c = 0; c < 3; c++) {
                    expected[3 * i + c] /= sum;
                }
            }
            for (String backend : List.of("cpu", "nd4j")) {
                Backends.use(backend);
                assertArrayEquals(expected, ExactDiffusion.ofPoints(OU, points).at(0.4, x).data(), 1e-11, backend);
            }
        }

        @Test
        void scoreOfADenoiserIsTweediesFormula() {
            Dense x = Rng.of(13).normal(4, 2);
            Denoiser none = (t, states) -> Dense.of("zero", new double[8], 4, 2);
            double[] score = none.score(OU, 0.5, x).data();
            for (int k = 0; k < 8; k++) {
                assertEquals(-x.data()[k] / OU.variance(0.5), score[k], 1e-14);
            }
        }
    }

    @Nested
    class BadInput {
        @ParameterizedTest
        @MethodSource("reprise.diffusion.ExactDiffusionTest#all")
        void rejectsTimesWithoutNoiseAndOtherDimensions(ExactDiffusion law) {
            Dense x = Dense.of("x", new double[2], 1, 2);
            for (double t : new double[] {0, -1, Double.NaN}) {
                assertThrows(IllegalArgumentException.class, () -> law.logDensity(t, x));
                assertThrows(IllegalArgumentException.class, () -> law.score(t, x));
                assertThrows(IllegalArgumentException.class, () -> law.at(new double[] {t}, x));
            }
            Dense wide = Dense.of("x", new double[3], 1, 3);
            var e = assertThrows(IllegalArgumentException.class, () -> law.at(0.5, wide));
            assertEquals("x must be of shape [1, 2], was [1, 3]", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> law.logDensity(0.5, wide));
            assertThrows(IllegalArgumentException.class, () -> law.at(new double[2], x));
            assertThrows(IllegalArgumentException.class, () -> law.sample(0, Rng.of(1)));
        }

        @Test
        void rejectsBoxesWithoutInsideAndNoPoints() {
            assertThrows(IllegalArgumentException.class,
                    () -> ExactDiffusion.ofBox(OU, new double[] {1}, new double[] {1}));
            assertThrows(IllegalArgumentException.class,
                    () -> ExactDiffusion.ofBox(OU, new double[0], new double[0]));
            assertThrows(IllegalArgumentException.class,
                    () -> ExactDiffusion.ofBox(OU, new double[1], new double[2]));
            assertThrows(IllegalArgumentException.class, () -> ExactDiffusion.ofPoints(OU, new double[0][]));
        }

        @Test
        void rejectsADenoiserThatChangesTheShape() {
            Denoiser wrong = (t, x) -> Dense.of("x", new double[1], 1, 1);
            var e = assertThrows(IllegalArgumentException.class,
                    () -> wrong.score(OU, 0.5, Dense.of("x", new double[2], 1, 2)));
            assertEquals("guess of the denoiser must be of shape [1, 2], was [1, 1]", e.getMessage());
        }
    }
}
