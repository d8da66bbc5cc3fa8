package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.random.Rng;

class FourierTest {
    @Nested
    class ClosedForm {
        @Test
        void anImpulseIsFlatAndAConstantIsAnImpulse() {
            Spectrum waves = Fourier.transform(new double[] {1, 0, 0, 0, 0, 0});
            assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1}, waves.re(), 1e-15);
            assertArrayEquals(new double[6], waves.im(), 1e-15);
            double[] constant = {1, 1, 1, 1, 1};
            assertArrayEquals(new double[] {5, 0, 0, 0, 0}, Fourier.transform(constant).re(), 1e-14);
        }

        @Test
        void oneValueIsItself() {
            assertArrayEquals(new double[] {3}, Fourier.transform(new double[] {3}).re());
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @ValueSource(ints = {2, 3, 12, 97, 128, 1_000})
        void lengthsAreKeptAndTwiceTheTransformTurnsTheSignal(int n) {
            double[] re = Rng.of(1).normal(n, 1).data();
            double[] im = Rng.of(2).normal(n, 1).data();
            Spectrum once = Fourier.transform(re, im);
            double length = Arrays.stream(re).map(v -> v * v).sum() + Arrays.stream(im).map(v -> v * v).sum();
            double after = Arrays.stream(once.moduli()).map(v -> v * v).sum();
            assertEquals(1, after / n / length, 1e-12, "Parseval; rounding 1e-15 log n");
            Spectrum twice = Fourier.transform(once.re(), once.im());
            for (int m = 0; m < n; m++) {
                assertEquals(re[(n - m) % n], twice.re()[m] / n, 1e-12);
                assertEquals(im[(n - m) % n], twice.im()[m] / n, 1e-12);
            }
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @ValueSource(ints = {2, 5, 8, 30, 61})
        void isTheSumOfTheDefinition(int n) {
            double[] re = Rng.of(3).normal(n, 1).data();
            double[] im = Rng.of(4).normal(n, 1).data();
            Spectrum found = Fourier.transform(re, im);
            for (int k = 0; k < n; k++) {
                double x = 0;
                double y = 0;
                for (int m = 0; m < n; m++) {
                    double angle = -2 * Math.PI * k * m / n;
                    x += re[m] * Math.cos(angle) - im[m] * Math.sin(angle);
                    y += re[m] * Math.sin(angle) + im[m] * Math.cos(angle);
                }
                // The sum itself loses more: angles up to 360 n, each to 1e-16 of its size.
                assertEquals(x, found.re()[k], 1e-11);
                assertEquals(y, found.im()[k], 1e-11);
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoSignal() {
            assertThrows(IllegalArgumentException.class, () -> Fourier.transform(new double[0]));
            assertThrows(IllegalArgumentException.class, () -> Fourier.transform(new double[] {1, Double.NaN}));
            assertThrows(IllegalArgumentException.class, () -> Fourier.transform(new double[2], new double[3]));
        }
    }
}
