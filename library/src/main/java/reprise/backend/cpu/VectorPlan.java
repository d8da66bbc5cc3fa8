package reprise.backend.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of matrix scaling with the Vector API: lanes are targets. Written out like {@link VectorTiles}, and for the
 * same reasons. Loaded by name only.
 */
final class VectorPlan implements PlanLoops {
    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    private static final int W = D.length();

    @Override
    public String toString() {
        return "Vector API, " + W + " lanes";
    }

    @Override
    public void row(double[] x, int xo, double phi, Targets targets, int from, int to, double[] kept, int ko,
            double[] parts, int po) {
        for (int v = 0; v < PARTS; v += 2 * W) {
            if (targets.d == 2) {
                plane(x[xo], x[xo + 1], phi, targets.y, targets.padded, targets.gamma, targets.weights, from + v, to,
                        kept, ko + v, parts, po + v);
            } else {
                space(x, xo, targets.d, phi, targets.y, targets.padded, targets.gamma, targets.weights, from + v, to,
                        kept, ko + v, parts, po + v);
            }
        }
    }

    private static void space(double[] x, int xo, int d, double phi, double[] y, int padded, double[] gamma,
            double[] weights, int from, int to, double[] kept, int ko, double[] parts, int po) {
        var m = DoubleVector.broadcast(D, Tiles.MAGIC);
        var c = DoubleVector.broadcast(D, FLOOR).viewAsIntegralLanes();
        var p = DoubleVector.broadcast(D, phi);
        var s0 = DoubleVector.fromArray(D, parts, po);
        var s1 = DoubleVector.fromArray(D, parts, po + W);
        for (int j = from; j < to; j += PARTS) {
            var q0 = DoubleVector.fromArray(D, gamma, j).add(p);
            var q1 = DoubleVector.fromArray(D, gamma, j + W).add(p);
            for (int k = 0; k < d; k++) {
                var here = DoubleVector.broadcast(D, x[xo + k]);
                var e0 = DoubleVector.fromArray(D, y, k * padded + j).sub(here);
                var e1 = DoubleVector.fromArray(D, y, k * padded + j + W).sub(here);
                q0 = e0.fma(e0, q0);
                q1 = e1.fma(e1, q1);
            }
            var z0 = q0.viewAsIntegralLanes().lanewise(VectorOperators.MIN, c).viewAsFloatingLanes();
            var z1 = q1.viewAsIntegralLanes().lanewise(VectorOperators.MIN, c).viewAsFloatingLanes();
            var k0 = m.sub(z0);
            var k1 = m.sub(z1);
            var f0 = m.sub(k0).sub(z0);
            var f1 = m.sub(k1).sub(z1);
            var t0 = f0.fma(DoubleVector.broadcast(D, Tiles.C10), DoubleVector.broadcast(D, Tiles.C9));
            var t1 = f1.fma(DoubleVector.broadcast(D, Tiles.C10), DoubleVector.broadcast(D, Tiles.C9));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C8));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C8));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C7));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C7));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C6));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C6));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C5));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C5));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C4));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C4));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C3));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C3));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C2));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C2));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C1));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C1));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, 1.0));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, 1.0));
            var r0 = t0.mul(k0.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes());
            var r1 = t1.mul(k1.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes());
            r0.intoArray(kept, ko + j - from);
            r1.intoArray(kept, ko + j - from + W);
            s0 = r0.fma(DoubleVector.fromArray(D, weights, j), s0);
            s1 = r1.fma(DoubleVector.fromArray(D, weights, j + W), s1);
        }
        s0.intoArray(parts, po);
        s1.intoArray(parts, po + W);
    }

    private static void plane(double first, double second, double phi, double[] y, int padded, double[] gamma,
            double[] weights, int from, int to, double[] kept, int ko, double[] parts, int po) {
        var m = DoubleVector.broadcast(D, Tiles.MAGIC);
        var c = DoubleVector.broadcast(D, FLOOR).viewAsIntegralLanes();
        var p = DoubleVector.broadcast(D, phi);
        var here = DoubleVector.broadcast(D, first);
        var there = DoubleVector.broadcast(D, second);
        var s0 = DoubleVector.fromArray(D, parts, po);
        var s1 = DoubleVector.fromArray(D, parts, po + W);
        for (int j = from; j < to; j += PARTS) {
            var q0 = DoubleVector.fromArray(D, gamma, j).add(p);
            var q1 = DoubleVector.fromArray(D, gamma, j + W).add(p);
            var d0 = DoubleVector.fromArray(D, y, j).sub(here);
            var d1 = DoubleVector.fromArray(D, y, j + W).sub(here);
            q0 = d0.fma(d0, q0);
            q1 = d1.fma(d1, q1);
            d0 = DoubleVector.fromArray(D, y, padded + j).sub(there);
            d1 = DoubleVector.fromArray(D, y, padded + j + W).sub(there);
            q0 = d0.fma(d0, q0);
            q1 = d1.fma(d1, q1);
            var z0 = q0.viewAsIntegralLanes().lanewise(VectorOperators.MIN, c).viewAsFloatingLanes();
            var z1 = q1.viewAsIntegralLanes().lanewise(VectorOperators.MIN, c).viewAsFloatingLanes();
            var k0 = m.sub(z0);
            var k1 = m.sub(z1);
            var f0 = m.sub(k0).sub(z0);
            var f1 = m.sub(k1).sub(z1);
            var t0 = f0.fma(DoubleVector.broadcast(D, Tiles.C10), DoubleVector.broadcast(D, Tiles.C9));
            var t1 = f1.fma(DoubleVector.broadcast(D, Tiles.C10), DoubleVector.broadcast(D, Tiles.C9));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C8));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C8));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C7));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C7));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C6));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C6));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C5));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C5));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C4));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C4));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C3));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C3));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C2));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C2));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, Tiles.C1));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, Tiles.C1));
            t0 = f0.fma(t0, DoubleVector.broadcast(D, 1.0));
            t1 = f1.fma(t1, DoubleVector.broadcast(D, 1.0));
            var r0 = t0.mul(k0.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes());
            var r1 = t1.mul(k1.viewAsIntegralLanes().lanewise(VectorOperators.LSHL, 52).viewAsFloatingLanes());
            r0.intoArray(kept, ko + j - from);
            r1.intoArray(kept, ko + j - from + W);
            s0 = r0.fma(DoubleVector.fromArray(D, weights, j), s0);
            s1 = r1.fma(DoubleVector.fromArray(D, weights, j + W), s1);
        }
        s0.intoArray(parts, po);
        s1.intoArray(parts, po + W);
    }

    @Override
    public void columns(double[] kept, int ko, int stride, double[] scale, double[] sums, int from, int to) {
        var a0 = DoubleVector.broadcast(D, scale[0]);
        var a1 = DoubleVector.broadcast(D, scale[1]);
        var a2 = DoubleVector.broadcast(D, scale[2]);
        var a3 = DoubleVector.broadcast(D, scale[3]);
        var a4 = DoubleVector.broadcast(D, scale[4]);
        var a5 = DoubleVector.broadcast(D, scale[5]);
        var a6 = DoubleVector.broadcast(D, scale[6]);
        var a7 = DoubleVector.broadcast(D, scale[7]);
        for (int j = from; j < to; j += W) {
            int at = ko + j - from;
            var s = DoubleVector.fromArray(D, kept, at).fma(a0, DoubleVector.fromArray(D, sums, j));
            s = DoubleVector.fromArray(D, kept, at + stride).fma(a1, s);
            s = DoubleVector.fromArray(D, kept, at + 2 * stride).fma(a2, s);
            s = DoubleVector.fromArray(D, kept, at + 3 * stride).fma(a3, s);
            s = DoubleVector.fromArray(D, kept, at + 4 * stride).fma(a4, s);
            s = DoubleVector.fromArray(D, kept, at + 5 * stride).fma(a5, s);
            s = DoubleVector.fromArray(D, kept, at + 6 * stride).fma(a6, s);
            s = DoubleVector.fromArray(D, kept, at + 7 * stride).fma(a7, s);
            s.intoArray(sums, j);
        }
    }
}
