package reprise.backend.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops with the Vector API: lanes are queries, so that nothing is ever summed across lanes.
 *
 * <p>Bodies are written out, and constants broadcast where they are used: helpers that take vectors stop being inlined,
 * and constants in static fields are loaded again in every loop that stores. Loaded by name only, because without the
 * module this class cannot be linked.
 */
final class VectorTiles implements Tiles {
    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    private static final int W = D.length();

    @Override
    public String toString() {
        return "Vector API, " + W + " lanes";
    }

    @Override
    public void exponents(Prepared p, int group, int tile, Work work) {
        int x = group * p.d * GROUP;
        int y = tile * POINTS * p.d;
        int a = tile * POINTS;
        double[] points = p.panels();
        for (int v = 0; v < GROUP; v += 2 * W) {
            for (int j = 0; j < POINTS; j += 8) {
                if (p.direct) {
                    differences(p.x, x + v, p.d, points, y + j * p.d, p.offsets, a + j, p.scale,
                            work.q, j * GROUP + v);
                } else {
                    products(p.x, x + v, p.d, points, y + j * p.d, p.offsets, a + j, work.q, j * GROUP + v);
                }
            }
        }
    }

    /** Eight points against two vectors of queries: sixteen sums in registers. */
    private static void products(
            double[] x, int xo, int d, double[] y, int yo, double[] a, int ao, double[] q, int qo) {
        var s0 = DoubleVector.broadcast(D, a[ao]);
        var t0 = s0;
        var s1 = DoubleVector.broadcast(D, a[ao + 1]);
        var t1 = s1;
        var s2 = DoubleVector.broadcast(D, a[ao + 2]);
        var t2 = s2;
        var s3 = DoubleVector.broadcast(D, a[ao + 3]);
        var t3 = s3;
        var s4 = DoubleVector.broadcast(D, a[ao + 4]);
        var t4 = s4;
        var s5 = DoubleVector.broadcast(D, a[ao + 5]);
        var t5 = s5;
        var s6 = DoubleVector.broadcast(D, a[ao + 6]);
        var t6 = s6;
        var s7 = DoubleVector.broadcast(D, a[ao + 7]);
        var t7 = s7;
        for (int k = 0; k < d; k++) {
            var x0 = DoubleVector.fromArray(D, x, xo + GROUP * k);
            var x1 = DoubleVector.fromArray(D, x, xo + GROUP * k + W);
            int yk = yo + 8 * k;
            var y0 = DoubleVector.broadcast(D, y[yk]);
            s0 = x0.fma(y0, s0);
            t0 = x1.fma(y0, t0);
            var y1 = DoubleVector.broadcast(D, y[yk + 1]);
            s1 = x0.fma(y1, s1);
            t1 = x1.fma(y1, t1);
            var y2 = DoubleVector.broadcast(D, y[yk + 2]);
            s2 = x0.fma(y2, s2);
            t2 = x1.fma(y2, t2);
            var y3 = DoubleVector.broadcast(D, y[yk + 3]);
            s3 = x0.fma(y3, s3);
            t3 = x1.fma(y3, t3);
            var y4 = DoubleVector.broadcast(D, y[yk + 4]);
            s4 = x0.fma(y4, s4);
            t4 = x1.fma(y4, t4);
            var y5 = DoubleVector.broadcast(D, y[yk + 5]);
            s5 = x0.fma(y5, s5);
            t5 = x1.fma(y5, t5);
            var y6 = DoubleVector.broadcast(D, y[yk + 6]);
            s6 = x0.fma(y6, s6);
            t6 = x1.fma(y6, t6);
            var y7 = DoubleVector.broadcast(D, y[yk + 7]);
            s7 = x0.fma(y7, s7);
            t7 = x1.fma(y7, t7);
        }
        s0.intoArray(q, qo);
        t0.intoArray(q, qo + W);
        s1.intoArray(q, qo + GROUP);
        t1.intoArray(q, qo + GROUP + W);
        s2.intoArray(q, qo + 2 * GROUP);
        t2.intoArray(q, qo + 2 * GROUP + W);
        s3.intoArray(q, qo + 3 * GROUP);
        t3.intoArray(q, qo + 3 * GROUP + W);
        s4.intoArray(q, qo + 4 * GROUP);
        t4.intoArray(q, qo + 4 * GROUP + W);
        s5.intoArray(q, qo + 5 * GROUP);
        t5.intoArray(q, qo + 5 * GROUP + W);
        s6.intoArray(q, qo + 6 * GROUP);
        t6.intoArray(q, qo + 6 * GROUP + W);
        s7.intoArray(q, qo + 7 * GROUP);
        t7.intoArray(q, qo + 7 * GROUP + W);
    }

    /** The same with squared differences, for exponents so large that expanding the square would cancel. */
    private static void differences(
            double[] x, int xo, int d, double[] y, int yo, double[] a, int ao, double scale, double[] q, int qo) {
        var s0 = DoubleVector.zero(D);
        var t0 = s0;
        var s1 = DoubleVector.zero(D);
        var t1 = s1;
        var s2 = DoubleVector.zero(D);
        var t2 = s2;
        var s3 = DoubleVector.zero(D);
        var t3 = s3;
        var s4 = DoubleVector.zero(D);
        var t4 = s4;
        var s5 = DoubleVector.zero(D);
        var t5 = s5;
        var s6 = DoubleVector.zero(D);
        var t6 = s6;
        var s7 = DoubleVector.zero(D);
        var t7 = s7;
        for (int k = 0; k < d; k++) {
            var x0 = DoubleVector.fromArray(D, x, xo + GROUP * k);
            var x1 = DoubleVector.fromArray(D, x, xo + GROUP * k + W);
            int yk = yo + 8 * k;
            var y0 = DoubleVector.broadcast(D, y[yk]);
            var e0 = x0.sub(y0);
            var f0 = x1.sub(y0);
            s0 = e0.fma(e0, s0);
            t0 = f0.fma(f0, t0);
            var y1 = DoubleVector.broadcast(D, y[yk + 1]);
            var e1 = x0.sub(y1);
            var f1 = x1.sub(y1);
            s1 = e1.fma(e1, s1);
            t1 = f1.fma(f1, t1);
            var y2 = DoubleVector.broadcast(D, y[yk + 2]);
            var e2 = x0.sub(y2);
            var f2 = x1.sub(y2);
            s2 = e2.fma(e2, s2);
            t2 = f2.fma(f2, t2);
            var y3 = DoubleVector.broadcast(D, y[yk + 3]);
            var e3 = x0.sub(y3);
            var f3 = x1.sub(y3);
            s3 = e3.fma(e3, s3);
            t3 = f3.fma(f3, t3);
            var y4 = DoubleVector.broadcast(D, y[yk + 4]);
            var e4 = x0.sub(y4);
            var f4 = x1.sub(y4);
            s4 = e4.fma(e4, s4);
            t4 = f4.fma(f4, t4);
            var y5 = DoubleVector.broadcast(D, y[yk + 5]);
            var e5 = x0.sub(y5);
            var f5 = x1.sub(y5);
            s5 = e5.fma(e5, s5);
            t5 = f5.fma(f5, t5);
            var y6 = DoubleVector.broadcast(D, y[yk + 6]);
            var e6 = x0.sub(y6);
            var f6 = x1.sub(y6);
            s6 = e6.fma(e6, s6);
            t6 = f6.fma(f6, t6);
            var y7 = DoubleVector.broadcast(D, y[yk + 7]);
            var e7 = x0.sub(y7);
            var f7 = x1.sub(y7);
            s7 = e7.fma(e7, s7);
            t7 = f7.fma(f7, t7);
        }
        var c = DoubleVector.broadcast(D, scale);
        var a0 = DoubleVector.broadcast(D, a[ao]);
        s0.fma(c, a0).intoArray(q, qo);
        t0.fma(c, a0).intoArray(q, qo + W);
        var a1 = DoubleVector.broadcast(D, a[ao + 1]);
        s1.fma(c, a1).intoArray(q, qo + GROUP);
        t1.fma(c, a1).intoArray(q, qo + GROUP + W);
        var a2 = DoubleVector.broadcast(D, a[ao + 2]);
        s2.fma(c, a2).intoArray(q, qo + 2 * GROUP);
        t2.fma(c, a2).intoArray(q, qo + 2 * GROUP + W);
        var a3 = DoubleVector.broadcast(D, a[ao + 3]);
        s3.fma(c, a3).intoArray(q, qo + 3 * GROUP);
        t3.fma(c, a3).intoArray(q, qo + 3 * GROUP + W);
        var a4 = DoubleVector.broadcast(D, a[ao + 4]);
        s4.fma(c, a4).intoArray(q, qo + 4 * GROUP);
        t4.fma(c, a4).intoArray(q, qo + 4 * GROUP + W);
        var a5 = DoubleVector.broadcast(D, a[ao + 5]);
        s5.fma(c, a5).intoArray(q, qo + 5 * GROUP);
        t5.fma(c, a5).intoArray(q, qo + 5 * GROUP + W);
        var a6 = DoubleVector.broadcast(D, a[ao + 6]);
        s6.fma(c, a6).intoArray(q, qo + 6 * GROUP);
        t6.fma(c, a6).intoArray(q, qo + 6 * GROUP + W);
        var a7 = DoubleVector.broadcast(D, a[ao + 7]);
        s7.fma(c, a7).intoArray(q, qo + 7 * GROUP);
        t7.fma(c, a7).intoArray(q, qo + 7 * GROUP + W);
    }

    @Override
    public double first(Work work, int query) {
        return work.q[query];
    }

    @Override
    public void sum(Work work, boolean keep) {
        for (int v = 0; v < GROUP; v += 2 * W) {
            if (keep) {
                sumAndKeep(work.q, v, work.magic, work.ceiling, work.tileSum, work.least, work.kept);
            } else {
                sum(work.q, v, work.magic, work.ceiling, work.tileSum, work.least);
            }
        }
    }

    private static void sum(
            double[] q, int v, double[] magic, double[] ceiling, double[] sums, double[] least) {
        var m0 = DoubleVector.fromArray(D, magic, v);
        var c0 = DoubleVector.fromArray(D, ceiling, v).viewAsIntegralLanes();
        var s0 = DoubleVector.zero(D);
        var l0 = DoubleVector.fromArray(D, q, v).viewAsIntegralLanes();
        var m1 = DoubleVector.fromArray(D, magic, v + W);
        var c1 = DoubleVector.fromArray(D, ceiling, v + W).viewAsIntegralLanes();
        var s1 = DoubleVector.zero(D);
        var l1 = DoubleVector.fromArray(D, q, v + W).viewAsIntegralLanes();
        for (int j = v; j < GROUP * POINTS; j += GROUP) {
            var b0 = DoubleVector.fromArray(D, q, j).viewAsIntegralLanes();
            var b1 = DoubleVector.fromArray(D, q, j + W).viewAsIntegralLanes();
            l0 = l0.lanewise(VectorOperators.MIN, b0);
            l1 = l1.lanewise(VectorOperators.MIN, b1);
            var z0 = b0.lanewise(VectorOperators.MIN, c0).viewAsFloatingLanes();
            var z1 = b1.lanewise(VectorOperators.MIN, c1).viewAsFloatingLanes();
            var k0 = m0.sub(z0);
            var k1 = m1.sub(z1);
            var f0 = m0.sub(k0).sub(z0);
            var f1 = m1.sub(k1).sub(z1);
            var e0 = f0.fma(DoubleVector.broadcast(D, C10), DoubleVector.broadcast(D, C9));
            var e1 = f1.fma(DoubleVector.broadcast(D, C10), DoubleVector.broadcast(D, C9));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C8));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C8));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C7));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C7));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C6));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C6));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C5));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C5));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C4));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C4));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C3));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C3));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C2));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C2));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C1));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C1));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, 1.0));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, 1.0));
            var t0 = k0.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes();
            var t1 = k1.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes();
            s0 = e0.fma(t0, s0);
            s1 = e1.fma(t1, s1);
        }
        s0.intoArray(sums, v);
        l0.viewAsFloatingLanes().intoArray(least, v);
        s1.intoArray(sums, v + W);
        l1.viewAsFloatingLanes().intoArray(least, v + W);
    }

    private static void sumAndKeep(
            double[] q, int v, double[] magic, double[] ceiling, double[] sums, double[] least, double[] kept) {
        var m0 = DoubleVector.fromArray(D, magic, v);
        var c0 = DoubleVector.fromArray(D, ceiling, v).viewAsIntegralLanes();
        var s0 = DoubleVector.zero(D);
        var l0 = DoubleVector.fromArray(D, q, v).viewAsIntegralLanes();
        var m1 = DoubleVector.fromArray(D, magic, v + W);
        var c1 = DoubleVector.fromArray(D, ceiling, v + W).viewAsIntegralLanes();
        var s1 = DoubleVector.zero(D);
        var l1 = DoubleVector.fromArray(D, q, v + W).viewAsIntegralLanes();
        for (int j = v; j < GROUP * POINTS; j += GROUP) {
            var b0 = DoubleVector.fromArray(D, q, j).viewAsIntegralLanes();
            var b1 = DoubleVector.fromArray(D, q, j + W).viewAsIntegralLanes();
            l0 = l0.lanewise(VectorOperators.MIN, b0);
            l1 = l1.lanewise(VectorOperators.MIN, b1);
            var z0 = b0.lanewise(VectorOperators.MIN, c0).viewAsFloatingLanes();
            var z1 = b1.lanewise(VectorOperators.MIN, c1).viewAsFloatingLanes();
            var k0 = m0.sub(z0);
            var k1 = m1.sub(z1);
            var f0 = m0.sub(k0).sub(z0);
            var f1 = m1.sub(k1).sub(z1);
            var e0 = f0.fma(DoubleVector.broadcast(D, C10), DoubleVector.broadcast(D, C9));
            var e1 = f1.fma(DoubleVector.broadcast(D, C10), DoubleVector.broadcast(D, C9));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C8));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C8));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C7));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C7));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C6));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C6));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C5));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C5));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C4));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C4));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C3));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C3));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C2));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C2));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, C1));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, C1));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, 1.0));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, 1.0));
            var t0 = k0.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes();
            var t1 = k1.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes();
            var r0 = e0.mul(t0);
            r0.intoArray(kept, j);
            s0 = s0.add(r0);
            var r1 = e1.mul(t1);
            r1.intoArray(kept, j + W);
            s1 = s1.add(r1);
        }
        s0.intoArray(sums, v);
        l0.viewAsFloatingLanes().intoArray(least, v);
        s1.intoArray(sums, v + W);
        l1.viewAsFloatingLanes().intoArray(least, v + W);
    }

    @Override
    public void mix(Values values, int tile, Work work) {
        for (int k = 0; k < values.padded; k += Values.PANEL) {
            int at = values.at(tile, k);
            for (int v = 0; v < GROUP; v += 2 * W) {
                mixFour(work.kept, v, values.data, at, work.mixed, k * GROUP + v);
            }
        }
    }

    private static void mixFour(double[] kept, int v, double[] values, int at, double[] mixed, int to) {
        var s0 = DoubleVector.fromArray(D, mixed, to);
        var t0 = DoubleVector.fromArray(D, mixed, to + W);
        var s1 = DoubleVector.fromArray(D, mixed, to + GROUP);
        var t1 = DoubleVector.fromArray(D, mixed, to + GROUP + W);
        var s2 = DoubleVector.fromArray(D, mixed, to + 2 * GROUP);
        var t2 = DoubleVector.fromArray(D, mixed, to + 2 * GROUP + W);
        var s3 = DoubleVector.fromArray(D, mixed, to + 3 * GROUP);
        var t3 = DoubleVector.fromArray(D, mixed, to + 3 * GROUP + W);
        for (int j = 0; j < POINTS; j++) {
            var p0 = DoubleVector.fromArray(D, kept, v + GROUP * j);
            var p1 = DoubleVector.fromArray(D, kept, v + GROUP * j + W);
            int y = at + 4 * j;
            var y0 = DoubleVector.broadcast(D, values[y]);
            s0 = p0.fma(y0, s0);
            t0 = p1.fma(y0, t0);
            var y1 = DoubleVector.broadcast(D, values[y + 1]);
            s1 = p0.fma(y1, s1);
            t1 = p1.fma(y1, t1);
            var y2 = DoubleVector.broadcast(D, values[y + 2]);
            s2 = p0.fma(y2, s2);
            t2 = p1.fma(y2, t2);
            var y3 = DoubleVector.broadcast(D, values[y + 3]);
            s3 = p0.fma(y3, s3);
            t3 = p1.fma(y3, t3);
        }
        s0.intoArray(mixed, to);
        t0.intoArray(mixed, to + W);
        s1.intoArray(mixed, to + GROUP);
        t1.intoArray(mixed, to + GROUP + W);
        s2.intoArray(mixed, to + 2 * GROUP);
        t2.intoArray(mixed, to + 2 * GROUP + W);
        s3.intoArray(mixed, to + 3 * GROUP);
        t3.intoArray(mixed, to + 3 * GROUP + W);
    }
}
