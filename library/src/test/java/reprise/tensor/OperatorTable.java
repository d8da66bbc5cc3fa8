package reprise.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;

/**
 * Every public operator of {@link Tensor}, with plain Java that computes the same.
 *
 * <p>The input is {@link #X}, a matrix of two rows and three columns, away from kinks and ties.
 */
final class OperatorTable {
    static final double[][] X = {{0.3, 0.7, 1.4}, {2.2, 0.9, 1.8}};

    /** The other operand where an operator takes two. */
    private static final double[][] B = {{1, 0.5, 1.2}, {0.4, 2, 0.8}};

    private static final List<Op> ALL = new ArrayList<>();

    /**
     * A row of the table.
     *
     * @param signature name and types of the parameters, as reflection finds them
     * @param torch the operator on a tensor of X's shape
     * @param plain the same entries, last dimension fastest
     * @param smooth whether first and second derivatives are to be checked
     */
    record Op(String signature, UnaryOperator<Tensor> torch, UnaryOperator<double[][]> plain, boolean smooth) {
        @Override
        public String toString() {
            return signature;
        }
    }

    private OperatorTable() {}

    static List<Op> all() {
        return List.copyOf(ALL);
    }

    static {
        pointwise();
        pairs();
        reductions();
        shaping();
        algebra();
        convolutions();
        copies();
    }

    private static void add(String signature, boolean smooth, UnaryOperator<Tensor> t, UnaryOperator<double[][]> p) {
        ALL.add(new Op(signature, t, p, smooth));
    }

    private static void each(String signature, UnaryOperator<Tensor> torch, DoubleUnaryOperator plain) {
        add(signature, true, torch, x -> mapped(x, plain));
    }

    private static void pointwise() {
        each("neg()", Tensor::neg, v -> -v);
        each("exp()", Tensor::exp, Math::exp);
        each("log()", Tensor::log, Math::log);
        each("log1p()", Tensor::log1p, Math::log1p);
        each("expm1()", Tensor::expm1, Math::expm1);
        each("sqrt()", Tensor::sqrt, Math::sqrt);
        each("square()", Tensor::square, v -> v * v);
        each("abs()", t -> t.sub(1).abs(), v -> Math.abs(v - 1));
        add("sign()", false, t -> t.sub(1).sign(), x -> mapped(x, v -> Math.signum(v - 1)));
        each("sin()", Tensor::sin, Math::sin);
        each("cos()", Tensor::cos, Math::cos);
        each("tanh()", Tensor::tanh, Math::tanh);
        each("sigmoid()", Tensor::sigmoid, v -> 1 / (1 + Math.exp(-v)));
        each("relu()", t -> t.sub(1).relu(), v -> Math.max(v - 1, 0));
        each("softplus()", Tensor::softplus, v -> Math.log1p(Math.exp(v)));
        each("silu()", Tensor::silu, v -> v / (1 + Math.exp(-v)));
        each("gelu()", Tensor::gelu, v -> v / 2 * (1 + Erf.erf(v / Math.sqrt(2))));
        each("erf()", Tensor::erf, Erf::erf);
        each("reciprocal()", Tensor::reciprocal, v -> 1 / v);
        each("lgamma()", Tensor::lgamma, Gamma::logGamma);
        each("digamma()", Tensor::digamma, OperatorTable::digamma);
        each("add(double)", t -> t.add(2), v -> v + 2);
        each("sub(double)", t -> t.sub(2), v -> v - 2);
        each("mul(double)", t -> t.mul(3), v -> v * 3);
        each("div(double)", t -> t.div(3), v -> v / 3);
        each("pow(double)", t -> t.pow(2.5), v -> Math.pow(v, 2.5));
        each("clamp(double,double)", t -> t.clamp(0.5, 1.5), v -> Math.min(1.5, Math.max(0.5, v)));
    }

    /** Both operands in turn depend on x: entries, and a row that broadcasts. */
    private static void pair(String name, boolean smooth, BinaryOperator<Tensor> torch, DoubleBinaryOperator plain) {
        String signature = name + "(Tensor)";
        add(signature, smooth, t -> torch.apply(t, b()), x -> entries((i, j) -> plain.applyAsDouble(x[i][j], B[i][j])));
        add(signature, smooth, t -> torch.apply(b(), t), x -> entries((i, j) -> plain.applyAsDouble(B[i][j], x[i][j])));
        add(signature, smooth, t -> torch.apply(b(), t.select(0, 0)),
                x -> entries((i, j) -> plain.applyAsDouble(B[i][j], x[0][j])));
    }

    private static void pairs() {
        pair("add", true, Tensor::add, Double::sum);
        pair("sub", true, Tensor::sub, (a, b) -> a - b);
        pair("mul", true, Tensor::mul, (a, b) -> a * b);
        pair("div", true, Tensor::div, (a, b) -> a / b);
        pair("pow", true, Tensor::pow, Math::pow);
        pair("maximum", true, Tensor::maximum, Math::max);
        pair("minimum", true, Tensor::minimum, Math::min);
        pair("gt", false, Tensor::gt, (a, b) -> a > b ? 1 : 0);
        pair("lt", false, Tensor::lt, (a, b) -> a < b ? 1 : 0);
        // An equal entry, so that the two differ from the two above.
        add("ge(Tensor)", false, t -> t.ge(Tensors.scalar(X[1][1])), x -> mapped(x, v -> v >= X[1][1] ? 1 : 0));
        add("le(Tensor)", false, t -> t.le(Tensors.scalar(X[1][1])), x -> mapped(x, v -> v <= X[1][1] ? 1 : 0));
        add("eq(Tensor)", false, t -> t.eq(Tensors.scalar(X[1][1])), x -> mapped(x, v -> v == X[1][1] ? 1 : 0));
        add("where(Tensor,Tensor)", true, t -> t.gt(Tensors.scalar(1)).where(t.square(), t.exp()),
                x -> mapped(x, v -> v > 1 ? v * v : Math.exp(v)));
    }

    /** Along the columns of each row, and with dimension 0 along the rows of each column, kept and not kept. */
    private static void along(
            String name, String more, Along torch, UnaryOperator<Tensor> last, ToDoubleFunction<double[]> plain) {
        add(name + "(int)", true, last, x -> rows(x, plain));
        add(name + "(int," + more + ")", true, t -> torch.of(t, 0, false), x -> rows(transposed(x), plain));
        // Kept, it still broadcasts with what it came from.
        add(name + "(int," + more + ")", true, t -> torch.of(t, 1, true).mul(t), x -> {
            double[] ofRows = rows(x, plain)[0];
            return entries((i, j) -> ofRows[i] * x[i][j]);
        });
    }

    private interface Along {
        Tensor of(Tensor t, int dim, boolean keep);
    }

    private static void reductions() {
        add("sum()", true, Tensor::sum, x -> one(all(x).sum()));
        add("mean()", true, Tensor::mean, x -> one(all(x).sum() / 6));
        add("max()", true, Tensor::max, x -> one(all(x).max().orElseThrow()));
        add("min()", true, Tensor::min, x -> one(all(x).min().orElseThrow()));
        add("norm()", true, Tensor::norm, x -> one(Math.sqrt(all(x).map(v -> v * v).sum())));
        along("sum", "boolean", Tensor::sum, t -> t.sum(-1), r -> Arrays.stream(r).sum());
        along("mean", "boolean", Tensor::mean, t -> t.mean(-1), r -> Arrays.stream(r).sum() / r.length);
        along("amax", "boolean", Tensor::amax, t -> t.amax(-1), r -> Arrays.stream(r).max().orElseThrow());
        along("amin", "boolean", Tensor::amin, t -> t.amin(-1), r -> Arrays.stream(r).min().orElseThrow());
        along("logsumexp", "boolean", Tensor::logsumexp, t -> t.logsumexp(-1), OperatorTable::logSumExp);
        along("var", "boolean", Tensor::var, t -> t.var(-1), r -> {
            double mean = Arrays.stream(r).sum() / r.length;
            return Arrays.stream(r).map(v -> (v - mean) * (v - mean)).sum() / (r.length - 1);
        });
        add("softmax(int)", true, t -> t.softmax(1),
                x -> entries((i, j) -> Math.exp(x[i][j] - logSumExp(x[i]))));
        add("softmax(int)", true, t -> t.softmax(-2),
                x -> entries((i, j) -> Math.exp(x[i][j] - logSumExp(transposed(x)[j]))));
        add("logSoftmax(int)", true, t -> t.logSoftmax(1), x -> entries((i, j) -> x[i][j] - logSumExp(x[i])));
        add("cumsum(int)", true, t -> t.cumsum(1),
                x -> entries((i, j) -> IntStream.rangeClosed(0, j).mapToDouble(k -> x[i][k]).sum()));
        add("argmax(int)", false, t -> t.argmax(1), x -> rows(x, r -> order(r, true)[0]));
        add("sort(int,boolean)", true, t -> t.sort(1, false).values(),
                x -> entries((i, j) -> x[i][order(x[i], false)[j]]));
        add("sort(int,boolean)", true, t -> t.sort(1, true).values(),
                x -> entries((i, j) -> x[i][order(x[i], true)[j]]));
        add("sort(int,boolean)", false, t -> t.sort(1, true).indices(), x -> entries((i, j) -> order(x[i], true)[j]));
        add("topk(int,int)", true, t -> t.topk(2, 1).values(), x -> part(2, 2, (i, j) -> x[i][order(x[i], true)[j]]));
        add("topk(int,int)", false, t -> t.topk(2, 1).indices(), x -> part(2, 2, (i, j) -> order(x[i], true)[j]));
    }

    private static void shaping() {
        add("reshape(long[])", true, t -> t.reshape(3, -1),
                x -> part(3, 2, (i, j) -> x[(2 * i + j) / 3][(2 * i + j) % 3]));
        add("transpose(int,int)", true, t -> t.transpose(0, 1), OperatorTable::transposed);
        add("t()", true, Tensor::t, OperatorTable::transposed);
        add("permute(long[])", true, t -> t.reshape(2, 3, 1).permute(1, 2, 0), OperatorTable::transposed);
        add("unsqueeze(int)", true, t -> t.unsqueeze(1).mul(Tensors.of(1, 10).reshape(2, 1)),
                x -> part(4, 3, (i, j) -> x[i / 2][j] * (i % 2 == 0 ? 1 : 10)));
        add("squeeze(int)", true, t -> t.narrow(1, 2, 1).squeeze(1).mul(t.narrow(0, 0, 1).t()),
                x -> part(3, 2, (i, j) -> x[j][2] * x[0][i]));
        add("expand(long[])", true, t -> t.narrow(0, 1, 1).expand(2, -1), x -> entries((i, j) -> x[1][j]));
        add("select(int,long)", true, t -> t.select(-1, -1), x -> part(1, 2, (i, j) -> x[j][2]));
        add("narrow(int,long,long)", true, t -> t.narrow(1, 1, 2), x -> part(2, 2, (i, j) -> x[i][j + 1]));
        int[] picked = {2, 0, 2};
        add("indexSelect(int,Tensor)", true, t -> t.indexSelect(1, Tensors.indices(picked)),
                x -> entries((i, j) -> x[i][picked[j]]));
        int[][] where = {{2, 0}, {1, 1}};
        add("gather(int,Tensor)", true, t -> t.gather(1, Tensors.indices(2, 0, 1, 1).reshape(2, 2)),
                x -> part(2, 2, (i, j) -> x[i][where[i][j]]));
        add("flip(int)", true, t -> t.flip(1), x -> entries((i, j) -> x[i][2 - j]));
        add("diagonal()", true, Tensor::diagonal, x -> part(1, 2, (i, j) -> x[j][j]));
        add("tril()", true, Tensor::tril, x -> entries((i, j) -> j <= i ? x[i][j] : 0));
        add("triu()", true, Tensor::triu, x -> entries((i, j) -> j >= i ? x[i][j] : 0));
    }

    /** On A = x x' + 1, of two rows, where each result has a formula. */
    private static void algebra() {
        add("matmul(Tensor)", true, t -> t.matmul(b().t()), x -> product(x, transposed(B)));
        add("matmul(Tensor)", true, t -> b().matmul(t.t()), x -> product(B, transposed(x)));
        add("inv()", true, t -> spd(t).inv(), x -> inverse(spd(x)));
        add("solve(Tensor)", true, t -> spd(t).solve(b()), x -> product(inverse(spd(x)), B));
        add("solve(Tensor)", true, t -> Tensors.of(new double[][] {{2, 1}, {0.5, 3}}).solve(t),
                x -> product(inverse(new double[][] {{2, 1}, {0.5, 3}}), x));
        add("cholesky()", true, t -> spd(t).cholesky(), x -> {
            double[][] a = spd(x);
            double l = Math.sqrt(a[0][0]);
            double below = a[1][0] / l;
            return new double[][] {{l, 0}, {below, Math.sqrt(a[1][1] - below * below)}};
        });
        add("logdet()", true, t -> spd(t).logdet(), x -> one(Math.log(determinant(spd(x)))));
        add("eigvalsh()", true, t -> spd(t).eigvalsh(), x -> {
            double[][] a = spd(x);
            double centre = (a[0][0] + a[1][1]) / 2;
            double radius = Math.hypot((a[0][0] - a[1][1]) / 2, a[0][1]);
            return new double[][] {{centre - radius, centre + radius}};
        });
        add("linear(Tensor,Tensor)", true, t -> t.linear(b(), t.select(1, 1)), x -> {
            double[][] product = product(x, transposed(B));
            return part(2, 2, (i, j) -> product[i][j] + x[j][1]);
        });
        add("linear(Tensor,Tensor)", true, t -> b().linear(t, Tensors.of(3, 4)), x -> {
            double[][] product = product(B, transposed(x));
            return part(2, 2, (i, j) -> product[i][j] + 3 + j);
        });
    }

    /** A kernel of two channels and two entries, {1, 2} and {3, 4}, from x as two channels of three entries. */
    private static void convolutions() {
        double[] k = {1, 2, 3, 4};
        Tensor kernel = Tensors.of(k);
        Tensor five = Tensors.of(5);
        add("conv1d(Tensor,Tensor,int,int)", true, t -> t.reshape(1, 2, 3).conv1d(kernel.reshape(1, 2, 2), five, 1, 0),
                x -> part(1, 2, (i, j) -> 5 + x[0][j] + 2 * x[0][j + 1] + 3 * x[1][j] + 4 * x[1][j + 1]));
        add("conv1d(Tensor,Tensor,int,int)", true,
                t -> Tensors.of(k).reshape(1, 2, 2).conv1d(t.reshape(1, 2, 3), t.select(0, 0).narrow(0, 0, 1), 2, 1),
                x -> part(1, 1, (i, j) -> x[0][0] + x[0][1] + 2 * x[0][2] + 3 * x[1][1] + 4 * x[1][2]));
        add("conv2d(Tensor,Tensor,int,int)", true,
                t -> t.reshape(1, 1, 2, 3).conv2d(kernel.reshape(1, 1, 2, 2), five, 1, 0),
                x -> part(1, 2, (i, j) -> 5 + x[0][j] + 2 * x[0][j + 1] + 3 * x[1][j] + 4 * x[1][j + 1]));
        add("conv2d(Tensor,Tensor,int,int)", true,
                t -> kernel.reshape(1, 1, 2, 2).conv2d(t.reshape(1, 1, 2, 3), t.select(0, 0).narrow(0, 0, 1), 2, 1),
                x -> part(2, 1, (i, j) -> x[0][0] + (i == 0
                        ? x[1][1] + 2 * x[1][2]
                        : 3 * x[0][1] + 4 * x[0][2])));
        add("maxPool2d(int)", true, t -> t.reshape(1, 1, 2, 3).maxPool2d(2),
                x -> one(Math.max(Math.max(x[0][0], x[0][1]), Math.max(x[1][0], x[1][1]))));
        add("avgPool2d(int)", true, t -> t.reshape(1, 1, 2, 3).avgPool2d(2),
                x -> one((x[0][0] + x[0][1] + x[1][0] + x[1][1]) / 4));
    }

    private static void copies() {
        each("toDouble()", t -> t.toDouble().mul(1), v -> v);
        add("toFloat()", false, Tensor::toFloat, x -> mapped(x, v -> (float) v));
        add("detach()", false, Tensor::detach, x -> x);
        add("requiresGrad()", false, Tensor::requiresGrad, x -> x);
    }

    private interface Entry {
        double at(int i, int j);
    }

    private static double[][] part(int rows, int columns, Entry entry) {
        return IntStream.range(0, rows)
                .mapToObj(i -> IntStream.range(0, columns).mapToDouble(j -> entry.at(i, j)).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] entries(Entry entry) {
        return part(2, 3, entry);
    }

    private static double[][] mapped(double[][] x, DoubleUnaryOperator f) {
        return entries((i, j) -> f.applyAsDouble(x[i][j]));
    }

    private static double[][] rows(double[][] x, ToDoubleFunction<double[]> f) {
        return new double[][] {Arrays.stream(x).mapToDouble(f).toArray()};
    }

    private static double[][] one(double value) {
        return new double[][] {{value}};
    }

    private static java.util.stream.DoubleStream all(double[][] x) {
        return Arrays.stream(x).flatMapToDouble(Arrays::stream);
    }

    private static double logSumExp(double[] row) {
        return Math.log(Arrays.stream(row).map(Math::exp).sum());
    }

    /** Recurrence up to 30, then the asymptotic series: its next term, 30^-10 / 132, is below 1e-16. */
    private static double digamma(double x) {
        double low = IntStream.range(0, 30).mapToDouble(k -> 1 / (x + k)).sum();
        double z = x + 30;
        double s = 1 / (z * z);
        return Math.log(z) - 1 / (2 * z) - s * (1 / 12.0 - s * (1 / 120.0 - s * (1 / 252.0 - s / 240.0))) - low;
    }

    private static int[] order(double[] row, boolean descending) {
        Comparator<Integer> smallestFirst = Comparator.comparingDouble(i -> row[i]);
        return IntStream.range(0, row.length).boxed()
                .sorted(descending ? smallestFirst.reversed() : smallestFirst)
                .mapToInt(Integer::intValue).toArray();
    }

    private static Tensor b() {
        return Tensors.of(B);
    }

    private static Tensor spd(Tensor t) {
        return t.matmul(t.t()).add(Tensors.eye(2));
    }

    private static double[][] spd(double[][] x) {
        double[][] square = product(x, transposed(x));
        return part(2, 2, (i, j) -> square[i][j] + (i == j ? 1 : 0));
    }

    private static double determinant(double[][] a) {
        return a[0][0] * a[1][1] - a[0][1] * a[1][0];
    }

    private static double[][] inverse(double[][] a) {
        double d = determinant(a);
        return new double[][] {{a[1][1] / d, -a[0][1] / d}, {-a[1][0] / d, a[0][0] / d}};
    }

    private static double[][] transposed(double[][] x) {
        return part(x[0].length, x.length, (i, j) -> x[j][i]);
    }

    private static double[][] product(double[][] a, double[][] b) {
        return part(a.length, b[0].length,
                (i, j) -> IntStream.range(0, b.length).mapToDouble(k -> a[i][k] * b[k][j]).sum());
    }
}
