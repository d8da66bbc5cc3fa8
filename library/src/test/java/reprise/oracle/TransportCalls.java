package reprise.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import reprise.backend.Cost;
import reprise.transport.EntropicPlan;
import reprise.transport.ExactTransport;
import reprise.transport.MatrixScaling;
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
        return calls;
    }

    private static Object entropic(EntropicPlan plan) {
        return Map.of("cost", plan.cost(), "plan", plan.toMatrix());
    }
}
