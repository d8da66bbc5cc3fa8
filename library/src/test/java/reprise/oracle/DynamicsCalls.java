package reprise.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import reprise.dynamics.Dmd;
import reprise.dynamics.DmdModel;
import reprise.dynamics.Edmd;
import reprise.dynamics.Observables;
import reprise.dynamics.ResDmd;
import reprise.dynamics.Snapshots;
import reprise.linalg.ShiftedMatrix;

/** Decompositions of dynamics by name. */
final class DynamicsCalls {
    private DynamicsCalls() {}

    static Map<String, Function<Arguments, Object>> all() {
        var calls = new HashMap<String, Function<Arguments, Object>>();
        calls.put("edmd", a -> {
            Edmd edmd = Edmd.fit(dictionary(a.word(2), a.matrix(0).columns(), a.integer(3)), data(a));
            return Map.of("re", edmd.eigenvalues().re(), "im", edmd.eigenvalues().im(), "residuals", edmd.residuals());
        });
        calls.put("pseudospectrum", a -> ResDmd.fit(
                        dictionary(a.word(2), a.matrix(0).columns(), a.integer(3)), data(a))
                .pseudospectrum(a.vector(4), a.vector(5))
                .values());
        calls.put("shifted", a -> ShiftedMatrix.of(a.matrix(0), a.matrix(1)).grid(a.vector(2), a.vector(3)));
        calls.put("dmd", a -> {
            Dmd dmd = Dmd.of(a.matrix(0)).delays(a.integer(2));
            dmd = a.integer(1) > 0 ? dmd.rank(a.integer(1)) : dmd;
            DmdModel model = (a.yes(3) ? dmd.totalLeastSquares() : dmd).fit();
            return Map.of(
                    "re", model.eigenvalues().re(), "im", model.eigenvalues().im(),
                    "states", model.states(0, a.matrix(0).rows()));
        });
        return calls;
    }

    private static Snapshots data(Arguments a) {
        return Snapshots.of(a.matrix(0), a.matrix(1));
    }

    private static Observables dictionary(String name, int d, int degree) {
        return switch (name) {
            case "monomials" -> Observables.monomials(d, degree);
            case "hermite" -> Observables.hermite(d, degree);
            case "fourier" -> Observables.fourier(d, degree);
            default -> throw new IllegalArgumentException("there is no dictionary " + name);
        };
    }
}
