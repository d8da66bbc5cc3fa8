package reprise.bench;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one core can do: multiply-adds on registers, and exponentials on data in the first cache. The best of many
 * rounds, since a limit is what nothing can beat.
 */
final class VectorRates {
    private static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
    private static final int SIZE = 1024;
    private static final int TURNS = 2_000;

    private VectorRates() {}

    /** Seconds for one multiply-add of doubles. */
    static double fma() {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 40; round++) {
            long started = System.nanoTime();
            sink = chains(TURNS * 50);
            best = Math.min(best, (System.nanoTime() - started) * 1e-9);
        }
        return best / (TURNS * 50L * 8 * LANES.length());
    }

    /** Seconds for one exponential of a double in (-60, 0], with an error below one unit in the 15th digit. */
    static double exp() {
        var x = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            x[i] = -60.0 * i / SIZE;
        }
        var y = new double[SIZE];
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 40; round++) {
            long started = System.nanoTime();
            for (int turn = 0; turn < TURNS / 4; turn++) {
                exponentials(x, y);
            }
            best = Math.min(best, (System.nanoTime() - started) * 1e-9);
        }
        sink = y[SIZE / 2];
        return best / (TURNS / 4 * (long) SIZE);
    }

    static volatile double sink;

    private static double chains(int turns) {
        var scale = DoubleVector.broadcast(LANES, 0.999999);
        var shift = DoubleVector.broadcast(LANES, 1e-6);
        var a = shift;
        var b = shift;
        var c = shift;
        var d = shift;
        var e = shift;
        var f = shift;
        var g = shift;
        var h = shift;
        for (int i = 0; i < turns; i++) {
            a = a.fma(scale, shift);
            b = b.fma(scale, shift);
            c = c.fma(scale, shift);
            d = d.fma(scale, shift);
            e = e.fma(scale, shift);
            f = f.fma(scale, shift);
            g = g.fma(scale, shift);
            h = h.fma(scale, shift);
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).reduceLanes(VectorOperators.ADD);
    }

    /** 2^(x / ln 2) by rounding and a polynomial of degree 10: the least that a correct exponential costs. */
    private static void exponentials(double[] x, double[] y) {
        double magic = 0x1.8p52;
        for (int i = 0; i < SIZE; i += LANES.length()) {
            var t = DoubleVector.fromArray(LANES, x, i).mul(1.4426950408889634);
            var k = t.add(magic + 1023);
            var r = t.sub(k.sub(magic + 1023)).mul(0.6931471805599453);
            var p = r.mul(1.0 / 3628800).add(1.0 / 362880);
            p = p.fma(r, DoubleVector.broadcast(LANES, 1.0 / 40320));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1.0 / 5040));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1.0 / 720));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1.0 / 120));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1.0 / 24));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1.0 / 6));
            p = p.fma(r, DoubleVector.broadcast(LANES, 0.5));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1.0));
            p = p.fma(r, DoubleVector.broadcast(LANES, 1.0));
            var power = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
            p.mul(power).intoArray(y, i);
        }
    }
}
