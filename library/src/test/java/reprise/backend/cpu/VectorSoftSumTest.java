package reprise.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.backend.Backend;
import reprise.backend.Cost;
import reprise.backend.ScalingContract;
import reprise.backend.SoftSumContract;
import reprise.random.Rng;

/** Fails, not skips, in a JVM without the vector module. */
class VectorSoftSumTest implements SoftSumContract, ScalingContract {
    @Override
    public Backend backend() {
        return CpuBackend.vector();
    }

    @Nested
    class Bits128 implements SoftSumContract, ScalingContract {
        @Override
        public Backend backend() {
            return ofWidth(128);
        }
    }

    @Nested
    class Bits256 implements SoftSumContract, ScalingContract {
        @Override
        public Backend backend() {
            return ofWidth(256);
        }
    }

    @Nested
    class Bits512 implements SoftSumContract, ScalingContract {
        @Override
        public Backend backend() {
            return ofWidth(512);
        }
    }

    /** The promise on which switching in the middle of a call rests. */
    @ParameterizedTest
    @ValueSource(ints = {0, 128, 256, 512})
    void givesTheBitsOfThePlainLoopsAtEveryWidth(int bits) {
        var vector = bits == 0 ? CpuBackend.vector() : ofWidth(bits);
        for (int d : new int[] {1, 2, 3, 10, 33}) {
            var x = Rng.of(2).split("x").split(d).normal(150, d);
            var y = Rng.of(2).split("y").split(d).normal(700, d);
            double[] w = Rng.of(2).split("w").split(d).normal(700, 1).data();
            w[5] = Double.NEGATIVE_INFINITY;
            for (var cost : new Cost[] {Cost.squaredDistance(), Cost.innerProduct()}) {
                for (double eps : new double[] {50, 1, 1e-2, 1e-5, 1e-10}) {
                    var plain = CpuBackend.scalar().softSum(x, y, cost);
                    var other = vector.softSum(x, y, cost);
                    assertArrayEquals(plain.logSum(w, eps), other.logSum(w, eps));
                    Dense v = y;
                    assertArrayEquals(plain.average(w, eps, v).data(), other.average(w, eps, v).data());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 128, 256, 512})
    void scalesByTheBitsOfThePlainLoopsAtEveryWidth(int bits) {
        var vector = bits == 0 ? CpuBackend.vector() : ofWidth(bits);
        for (int d : new int[] {1, 2, 3, 10}) {
            var x = Rng.of(3).split("x").split(d).normal(150, d);
            var y = Rng.of(3).split("y").split(d).normal(200, d);
            double[] a = new double[150];
            double[] b = new double[200];
            Arrays.fill(a, -Math.log(150));
            Arrays.fill(b, -Math.log(200));
            double[][] potentials = {new double[150], new double[200], new double[150], new double[200]};
            var plain = CpuBackend.scalar().scaling(x, y, Cost.squaredDistance(), a, b);
            var other = vector.scaling(x, y, Cost.squaredDistance(), a, b);
            for (int k = 0; k < 20; k++) {
                plain.update(potentials[0], potentials[1], 0.02, 1);
                other.update(potentials[2], potentials[3], 0.02, 1);
                assertArrayEquals(potentials[0], potentials[2]);
                assertArrayEquals(potentials[1], potentials[3]);
            }
        }
    }

    /** The width is fixed when the class is loaded, so each width gets classes of its own. */
    private static Backend ofWidth(int bits) {
        try {
            System.setProperty("reprise.vector.bits", Integer.toString(bits));
            return (Backend) WIDTHS[bits / 256].loadClass("reprise.backend.cpu.CpuBackend")
                    .getMethod("vector").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        } finally {
            System.clearProperty("reprise.vector.bits");
        }
    }

    private static final ClassLoader[] WIDTHS = {new Fresh(), new Fresh(), new Fresh()};

    private static final class Fresh extends ClassLoader {
        private Fresh() {
            super(VectorSoftSumTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("reprise.backend.cpu.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
