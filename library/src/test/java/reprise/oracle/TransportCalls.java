package reprise.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reprise.backend.Cost;
import reprise.transport.EntropicPlan;
import reprise.transport.ExactTransport;
import reprise.transport.FixedBarycentre;
import reprise.transport.FreeBarycentre;
import reprise.transport.GroundCost;
import reprise.transport.LinearEmbedding;
import reprise.transport.MatrixScaling;
import reprise.transport.MongeGap;
import reprise.transport.PartialTransport;
import reprise.transport.Sinkhorn;
import reprise.transport.UnbalancedSinkhorn;

/** Optimal transport by name. */
final class TransportCalls {
    private TransportCalls() {}

    static Map<String, Function<Arguments, Object>> all() {
        var calls = new HashMap<String, Function<Arguments, Object>>();
        calls.put("exact", a -> {
            var plan = ExactTransport.costs(a.rows(0)).weights(a.vector(1), a.vector(2)).solve();
            return Map.of("cost", plan.cost(), "plan", plan.toMatrix());
        });
        calls.put("sinkhorn", a -> entropic(
                Sinkhorn.costs(a.rows(0)).weights(a.vector(1), a.vector(2)).epsilon(a.number(3)).solve()));
        calls.put("sinkhorn-clouds", a -> entropic(
                Sinkhorn.between(a.matrix(0), a.matrix(1), Cost.squaredDistance())
                        .weights(a.vector(2), a.vector(3)).epsilon(a.number(4)).solve()));
        calls.put("sparse-newton", a -> entropic(
                MatrixScaling.costs(a.rows(0)).weights(a.vector(1), a.vector(2)).epsilon(a.number(3))
                        .newton().entriesPerRow(8).run(1e-11, 100).plan()));
        calls.put("partial", a -> {
            var problem = PartialTransport.costs(a.rows(0)).weights(a.vector(1), a.vector(2));
            return Map.of("mass", problem.mass(a.number(3)).value(), "penalty", problem.penalty(a.number(4)).value());
        });
        calls.put("unbalanced", a -> UnbalancedSinkhorn.costs(a.rows(0)).weights(a.vector(1), a.vector(2))
                .epsilon(a.number(3)).penalty(a.number(4)).solve().toMatrix());
        calls.put("monge-gap", a -> {
            var map = MongeGap.of(a.matrix(0), a.matrix(1), GroundCost.power(a.number(2))).weights(a.vector(3));
            double soft = map.epsilon(a.number(4)).tolerance(1e-10).solve().value();
            return Map.of("exact", map.exact().value(), "soft", soft);
        });
        calls.put("fixed-barycentre", a -> FixedBarycentre.of(a.rows(0), List.of(a.rows(1))).weights(a.vector(2))
                .epsilon(a.number(3)).tolerance(1e-11).solve().masses());
        calls.put("free-barycentre", a -> {
            var method = FreeBarycentre.from(a.matrix(0), List.of(a.matrix(1), a.matrix(2)))
                    .masses(List.of(a.vector(3), a.vector(4))).weights(a.vector(5));
            double eps = a.number(6);
            return (eps > 0 ? method.epsilon(eps).iterations(10) : method).solve().points();
        });
        calls.put("linear-embedding", a -> {
            var embedding = LinearEmbedding.of(a.rows(0)).masses(a.vector(1)).penalty(a.number(6));
            var one = embedding.embed(a.matrix(2), a.vector(3));
            return embedding.distance(one, embedding.embed(a.matrix(4), a.vector(5)));
        });
        return calls;
    }

    private static Object entropic(EntropicPlan plan) {
        return Map.of("cost", plan.cost(), "plan", plan.toMatrix());
    }
}
