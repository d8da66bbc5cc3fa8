package reprise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values against plain Java, first and second derivatives against central differences, for every operator. */
class OperatorTableTest {
    private static final double[] START = Arrays.stream(OperatorTable.X).flatMapToDouble(Arrays::stream).toArray();

    static List<OperatorTable.Op> all() {
        return OperatorTable.all();
    }

    static Stream<OperatorTable.Op> smooth() {
        return OperatorTable.all().stream().filter(OperatorTable.Op::smooth);
    }

    @Test
    void everyPublicOperatorIsInTheTable() {
        var there = Arrays.stream(Tensor.class.getMethods())
                .filter(m -> m.getReturnType() == Tensor.class || m.getReturnType() == Sorted.class)
                .filter(m -> !Modifier.isStatic(m.getModifiers()))
                .map(OperatorTableTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
        var tested = all().stream().map(OperatorTable.Op::signature).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(there, tested);
    }

    private static String signature(Method m) {
        return Arrays.stream(m.getParameterTypes()).map(Class::getSimpleName)
                .collect(Collectors.joining(",", m.getName() + "(", ")"));
    }

    /** Values of size up to 20, by formulas of a few operations: some hundred units in the last place at most. */
    @ParameterizedTest
    @MethodSource("all")
    void equalsPlainJava(OperatorTable.Op op) {
        double[] expected = Arrays.stream(op.plain().apply(OperatorTable.X)).flatMapToDouble(Arrays::stream).toArray();
        assertArrayEquals(expected, op.torch().apply(at(START)).toDoubles(), 2e-13);
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void gradientEqualsCentralDifferences(OperatorTable.Op op) {
        UnaryOperator<Tensor> loss = x -> weighted(op.torch().apply(x));
        Tensor x = at(START).requiresGrad();
        double[] gradient = Grad.of(loss.apply(x), x).toDoubles();
        assertArrayEquals(differences(loss), gradient, tolerance(gradient));
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void secondGradientEqualsCentralDifferencesOfTheFirst(OperatorTable.Op op) {
        UnaryOperator<Tensor> loss = x -> weighted(op.torch().apply(x));
        Tensor direction = Tensors.of(1, -2, 0.5, 0.3, 1, -1).reshape(2, 3);
        double[] hv = Grad.hvp(loss, at(START), direction).toDoubles();
        UnaryOperator<Tensor> slope = x -> {
            Tensor leaf = x.requiresGrad();
            return Grad.of(loss.apply(leaf), leaf).mul(direction).sum();
        };
        assertArrayEquals(differences(slope), hv, tolerance(hv));
    }

    /** What is not differentiable says so, or has slope zero; it never gives a wrong slope. */
    @ParameterizedTest
    @MethodSource("all")
    void whatIsNotSmoothHasNoSlope(OperatorTable.Op op) {
        if (op.smooth() || op.signature().equals("toFloat()") || op.signature().equals("requiresGrad()")) {
            return;
        }
        Tensor x = at(START).requiresGrad();
        Tensor y = op.torch().apply(x).toDouble().sum();
        if (y.hasHistory()) {
            assertArrayEquals(new double[6], Grad.of(y, x).toDoubles());
        } else {
            assertThrows(IllegalArgumentException.class, () -> Grad.of(y, x));
        }
    }

    private static Tensor at(double[] values) {
        return Tensors.of(values).reshape(2, 3);
    }

    /** Steps of 1e-5: truncation 1e-10 and rounding 1e-11, both times derivatives of size up to 100. */
    private static double tolerance(double[] scale) {
        return 2e-8 * (1 + Arrays.stream(scale).map(Math::abs).max().orElse(0));
    }

    /** Squares, so that linear operators too have a second derivative. */
    private static Tensor weighted(Tensor y) {
        Tensor flat = y.reshape(-1);
        return flat.mul(flat.mul(0.1).add(1)).mul(Tensors.arange((int) y.numel()).add(1)).sum();
    }

    private static double[] differences(UnaryOperator<Tensor> f) {
        double h = 1e-5;
        double[] slopes = new double[START.length];
        for (int i = 0; i < slopes.length; i++) {
            double[] up = START.clone();
            double[] down = START.clone();
            up[i] += h;
            down[i] -= h;
            slopes[i] = (f.apply(at(up)).item() - f.apply(at(down)).item()) / (2 * h);
        }
        return slopes;
    }
}
