package reprise.sampling;

import java.util.stream.IntStream;
import reprise.prob.OrthonormalPolynomials;
import reprise.prob.PolynomialBasis;
import reprise.random.Rng;

/** Spreads over seeds of what the notebook dpp-least-squares claims; a program, not a test. */
final class DesignSeeds {
    private DesignSeeds() {}

    public static void main(String[] args) {
        int seeds = Integer.parseInt(args[0]);
        int reps = Integer.parseInt(args[1]);
        int draws = Integer.parseInt(args[2]);
        var out = System.out;
        var ten = PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 10);
        for (int s = 0; s < seeds; s++) {
            Rng rng = Rng.of(1000 + s);
            out.printf("%d", s);
            var dpp = IntStream.range(0, draws)
                    .mapToObj(k -> PointDesign.DPP.draw(ten, 10, rng.split("dpp").split(k))).toList();
            out.printf(" gram %.2f", DesignStudy.gramDeviation(ten, dpp));
            double v = 0;
            double e = 0;
            for (var d : dpp) {
                int c = 0;
                boolean none = true;
                for (double x : d.points().data()) {
                    c += x > 0 ? 1 : 0;
                    none &= Math.abs(x) > 0.1;
                }
                v += (c - 5) * (c - 5) / (double) draws;
                e += none ? 1.0 / draws : 0;
            }
            out.printf(" var %.3f gap %.3f |", v, e);
            for (int m : new int[] {10, 20}) {
                for (var family : OrthonormalPolynomials.values()) {
                    var b = PolynomialBasis.of(family, m);
                    var f = BestApproximation.of(b, Math::abs);
                    for (int r : new int[] {2, 4, 7, 14}) {
                        out.printf(" %s m%d %dm", family.name().charAt(0), m, r);
                        for (var design : new PointDesign[] {
                            PointDesign.CHRISTOFFEL, PointDesign.VOLUME, PointDesign.DPP}) {
                            var result = DesignStudy.of(design, b, r * m).approximating(f)
                                    .run(reps, rng.split(design + "" + family + m + "," + r));
                            out.printf(" [l %.3f t %.3f/%.3f e %.2f/%.2f s %.2f]", result.least().median(),
                                    result.inverseTrace().median(), result.inverseTrace().mean(),
                                    result.errors().get(0).median(), result.errors().get(0).mean(),
                                    result.stable(0.5));
                        }
                    }
                }
            }
            out.println();
        }
    }
}
