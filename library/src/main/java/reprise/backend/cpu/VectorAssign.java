package reprise.backend.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The inner loops with the Vector API; bodies are written out for the reasons that {@link VectorTiles} gives. */
final class VectorAssign implements Assign {
    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    private static final int W = D.length();

    @Override
    public String toString() {
        return "Vector API, " + W + " lanes";
    }

    @Override
    public void logits(double[] features, int at, int count, double[] weights, int groups, double[] q) {
        int stride = groups * GROUP;
        for (int g = 0; g < groups; g++) {
            for (int v = 0; v < GROUP; v += 2 * W) {
                logits(features, at, count, weights, g * count * GROUP + v, q, g * GROUP + v, stride);
            }
        }
    }

    /** Eight rows against two vectors of components: sixteen sums in registers. */
    private static void logits(
            double[] f, int fo, int count, double[] w, int wo, double[] q, int qo, int stride) {
        var s0 = DoubleVector.zero(D);
        var t0 = s0;
        var s1 = s0;
        var t1 = s0;
        var s2 = s0;
        var t2 = s0;
        var s3 = s0;
        var t3 = s0;
        var s4 = s0;
        var t4 = s0;
        var s5 = s0;
        var t5 = s0;
        var s6 = s0;
        var t6 = s0;
        var s7 = s0;
        var t7 = s0;
        for (int c = 0; c < count; c++) {
            var w0 = DoubleVector.fromArray(D, w, wo + GROUP * c);
            var w1 = DoubleVector.fromArray(D, w, wo + GROUP * c + W);
            int at = fo + BLOCK * c;
            var f0 = DoubleVector.broadcast(D, f[at]);
            s0 = w0.fma(f0, s0);
            t0 = w1.fma(f0, t0);
            var f1 = DoubleVector.broadcast(D, f[at + 1]);
            s1 = w0.fma(f1, s1);
            t1 = w1.fma(f1, t1);
            var f2 = DoubleVector.broadcast(D, f[at + 2]);
            s2 = w0.fma(f2, s2);
            t2 = w1.fma(f2, t2);
            var f3 = DoubleVector.broadcast(D, f[at + 3]);
            s3 = w0.fma(f3, s3);
            t3 = w1.fma(f3, t3);
            var f4 = DoubleVector.broadcast(D, f[at + 4]);
            s4 = w0.fma(f4, s4);
            t4 = w1.fma(f4, t4);
            var f5 = DoubleVector.broadcast(D, f[at + 5]);
            s5 = w0.fma(f5, s5);
            t5 = w1.fma(f5, t5);
            var f6 = DoubleVector.broadcast(D, f[at + 6]);
            s6 = w0.fma(f6, s6);
            t6 = w1.fma(f6, t6);
            var f7 = DoubleVector.broadcast(D, f[at + 7]);
            s7 = w0.fma(f7, s7);
            t7 = w1.fma(f7, t7);
        }
        s0.intoArray(q, qo);
        t0.intoArray(q, qo + W);
        s1.intoArray(q, qo + stride);
        t1.intoArray(q, qo + stride + W);
        s2.intoArray(q, qo + 2 * stride);
        t2.intoArray(q, qo + 2 * stride + W);
        s3.intoArray(q, qo + 3 * stride);
        t3.intoArray(q, qo + 3 * stride + W);
        s4.intoArray(q, qo + 4 * stride);
        t4.intoArray(q, qo + 4 * stride + W);
        s5.intoArray(q, qo + 5 * stride);
        t5.intoArray(q, qo + 5 * stride + W);
        s6.intoArray(q, qo + 6 * stride);
        t6.intoArray(q, qo + 6 * stride + W);
        s7.intoArray(q, qo + 7 * stride);
        t7.intoArray(q, qo + 7 * stride + W);
    }

    @Override
    public double powers(double[] q, int from, int groups, double[] parts) {
        int end = from + groups * GROUP;
        largest(q, from, end, parts);
        double max = parts[0];
        for (int l = 1; l < 2 * W; l++) {
            max = parts[l] > max ? parts[l] : max;
        }
        double top = Math.rint(max);
        for (int v = 0; v < GROUP; v += 2 * W) {
            powers(q, from + v, end, MAGIC - top, parts, v);
        }
        return top;
    }

    /** Four chains hide the latency of compare and blend; the last turn may look at some numbers twice. */
    private static void largest(double[] q, int from, int end, double[] parts) {
        int step = Math.min(4 * W, end - from);
        int second = step - 2 * W;
        var m0 = DoubleVector.fromArray(D, q, from);
        var m1 = DoubleVector.fromArray(D, q, from + W);
        var m2 = m0;
        var m3 = m1;
        for (int k = from; k < end; k += step) {
            int at = Math.min(k, end - step);
            var q0 = DoubleVector.fromArray(D, q, at);
            var q1 = DoubleVector.fromArray(D, q, at + W);
            var q2 = DoubleVector.fromArray(D, q, at + second);
            var q3 = DoubleVector.fromArray(D, q, at + second + W);
            m0 = m0.blend(q0, q0.compare(VectorOperators.GT, m0));
            m1 = m1.blend(q1, q1.compare(VectorOperators.GT, m1));
            m2 = m2.blend(q2, q2.compare(VectorOperators.GT, m2));
            m3 = m3.blend(q3, q3.compare(VectorOperators.GT, m3));
        }
        m0 = m0.blend(m2, m2.compare(VectorOperators.GT, m0));
        m1 = m1.blend(m3, m3.compare(VectorOperators.GT, m1));
        m0.intoArray(parts, 0);
        m1.intoArray(parts, W);
    }

    private static void powers(double[] q, int from, int end, double shift, double[] parts, int v) {
        var s0 = DoubleVector.zero(D);
        var s1 = s0;
        for (int k = from; k < end; k += GROUP) {
            var magic = DoubleVector.broadcast(D, shift);
            var q0 = DoubleVector.fromArray(D, q, k);
            var q1 = DoubleVector.fromArray(D, q, k + W);
            var k0 = q0.add(magic);
            var k1 = q1.add(magic);
            var f0 = q0.sub(k0.sub(magic));
            var f1 = q1.sub(k1.sub(magic));
            var e0 = f0.fma(DoubleVector.broadcast(D, Tiles.C10), DoubleVector.broadcast(D, Tiles.C9));
            var e1 = f1.fma(DoubleVector.broadcast(D, Tiles.C10), DoubleVector.broadcast(D, Tiles.C9));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, Tiles.C8));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, Tiles.C8));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, Tiles.C7));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, Tiles.C7));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, Tiles.C6));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, Tiles.C6));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, Tiles.C5));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, Tiles.C5));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, Tiles.C4));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, Tiles.C4));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, Tiles.C3));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, Tiles.C3));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, Tiles.C2));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, Tiles.C2));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, Tiles.C1));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, Tiles.C1));
            e0 = f0.fma(e0, DoubleVector.broadcast(D, 1.0));
            e1 = f1.fma(e1, DoubleVector.broadcast(D, 1.0));
            e0 = e0.mul(k0.viewAsIntegralLanes().lanewise(VectorOperators.MAX, FLOOR_BITS)
                    .lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes());
            e1 = e1.mul(k1.viewAsIntegralLanes().lanewise(VectorOperators.MAX, FLOOR_BITS)
                    .lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes());
            e0.intoArray(q, k);
            e1.intoArray(q, k + W);
            s0 = s0.add(e0);
            s1 = s1.add(e1);
        }
        s0.intoArray(parts, v);
        s1.intoArray(parts, v + W);
    }

    @Override
    public void moments(double[] q, int groups, double[] scaled, int count, double[] moments) {
        int stride = groups * GROUP;
        for (int g = 0; g < groups; g++) {
            for (int v = 0; v < GROUP; v += 2 * W) {
                int from = g * GROUP + v;
                int to = g * count * GROUP + v;
                int c = 0;
                if (count % 4 == 1 && count > 1) {
                    five(q, from, stride, scaled, 0, moments, to);
                    c = 5;
                }
                for (; c + 3 < count; c += 4) {
                    four(q, from, stride, scaled, c * BLOCK, moments, to + c * GROUP);
                }
                for (; c < count; c++) {
                    one(q, from, stride, scaled, c * BLOCK, moments, to + c * GROUP);
                }
            }
        }
    }

    /** The constant and four more: planes, and whatever else has a number of features of the form 4 j + 1. */
    private static void five(double[] q, int from, int stride, double[] f, int fo, double[] m, int to) {
        var s0 = DoubleVector.fromArray(D, m, to);
        var t0 = DoubleVector.fromArray(D, m, to + W);
        var s1 = DoubleVector.fromArray(D, m, to + GROUP);
        var t1 = DoubleVector.fromArray(D, m, to + GROUP + W);
        var s2 = DoubleVector.fromArray(D, m, to + 2 * GROUP);
        var t2 = DoubleVector.fromArray(D, m, to + 2 * GROUP + W);
        var s3 = DoubleVector.fromArray(D, m, to + 3 * GROUP);
        var t3 = DoubleVector.fromArray(D, m, to + 3 * GROUP + W);
        var s4 = DoubleVector.fromArray(D, m, to + 4 * GROUP);
        var t4 = DoubleVector.fromArray(D, m, to + 4 * GROUP + W);
        for (int row = 0; row < BLOCK; row++) {
            var q0 = DoubleVector.fromArray(D, q, from + row * stride);
            var q1 = DoubleVector.fromArray(D, q, from + row * stride + W);
            int at = fo + row;
            var f0 = DoubleVector.broadcast(D, f[at]);
            s0 = q0.fma(f0, s0);
            t0 = q1.fma(f0, t0);
            var f1 = DoubleVector.broadcast(D, f[at + BLOCK]);
            s1 = q0.fma(f1, s1);
            t1 = q1.fma(f1, t1);
            var f2 = DoubleVector.broadcast(D, f[at + 2 * BLOCK]);
            s2 = q0.fma(f2, s2);
            t2 = q1.fma(f2, t2);
            var f3 = DoubleVector.broadcast(D, f[at + 3 * BLOCK]);
            s3 = q0.fma(f3, s3);
            t3 = q1.fma(f3, t3);
            var f4 = DoubleVector.broadcast(D, f[at + 4 * BLOCK]);
            s4 = q0.fma(f4, s4);
            t4 = q1.fma(f4, t4);
        }
        s0.intoArray(m, to);
        t0.intoArray(m, to + W);
        s1.intoArray(m, to + GROUP);
        t1.intoArray(m, to + GROUP + W);
        s2.intoArray(m, to + 2 * GROUP);
        t2.intoArray(m, to + 2 * GROUP + W);
        s3.intoArray(m, to + 3 * GROUP);
        t3.intoArray(m, to + 3 * GROUP + W);
        s4.intoArray(m, to + 4 * GROUP);
        t4.intoArray(m, to + 4 * GROUP + W);
    }

    private static void four(double[] q, int from, int stride, double[] f, int fo, double[] m, int to) {
        var s0 = DoubleVector.fromArray(D, m, to);
        var t0 = DoubleVector.fromArray(D, m, to + W);
        var s1 = DoubleVector.fromArray(D, m, to + GROUP);
        var t1 = DoubleVector.fromArray(D, m, to + GROUP + W);
        var s2 = DoubleVector.fromArray(D, m, to + 2 * GROUP);
        var t2 = DoubleVector.fromArray(D, m, to + 2 * GROUP + W);
        var s3 = DoubleVector.fromArray(D, m, to + 3 * GROUP);
        var t3 = DoubleVector.fromArray(D, m, to + 3 * GROUP + W);
        for (int row = 0; row < BLOCK; row++) {
            var q0 = DoubleVector.fromArray(D, q, from + row * stride);
            var q1 = DoubleVector.fromArray(D, q, from + row * stride + W);
            int at = fo + row;
            var f0 = DoubleVector.broadcast(D, f[at]);
            s0 = q0.fma(f0, s0);
            t0 = q1.fma(f0, t0);
            var f1 = DoubleVector.broadcast(D, f[at + BLOCK]);
            s1 = q0.fma(f1, s1);
            t1 = q1.fma(f1, t1);
            var f2 = DoubleVector.broadcast(D, f[at + 2 * BLOCK]);
            s2 = q0.fma(f2, s2);
            t2 = q1.fma(f2, t2);
            var f3 = DoubleVector.broadcast(D, f[at + 3 * BLOCK]);
            s3 = q0.fma(f3, s3);
            t3 = q1.fma(f3, t3);
        }
        s0.intoArray(m, to);
        t0.intoArray(m, to + W);
        s1.intoArray(m, to + GROUP);
        t1.intoArray(m, to + GROUP + W);
        s2.intoArray(m, to + 2 * GROUP);
        t2.intoArray(m, to + 2 * GROUP + W);
        s3.intoArray(m, to + 3 * GROUP);
        t3.intoArray(m, to + 3 * GROUP + W);
    }

    private static void one(double[] q, int from, int stride, double[] f, int fo, double[] m, int to) {
        var s = DoubleVector.fromArray(D, m, to);
        var t = DoubleVector.fromArray(D, m, to + W);
        for (int row = 0; row < BLOCK; row++) {
            var f0 = DoubleVector.broadcast(D, f[fo + row]);
            s = DoubleVector.fromArray(D, q, from + row * stride).fma(f0, s);
            t = DoubleVector.fromArray(D, q, from + row * stride + W).fma(f0, t);
        }
        s.intoArray(m, to);
        t.intoArray(m, to + W);
    }
}
