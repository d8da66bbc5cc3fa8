package reprise.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import reprise.linalg.Blas;
import reprise.linalg.Cholesky;
import reprise.linalg.ComplexEigen;
import reprise.linalg.Determinant;
import reprise.linalg.Eigen;
import reprise.linalg.HermitianEigen;
import reprise.linalg.LeastSquares;
import reprise.linalg.Lu;
import reprise.linalg.MatrixFunctions;
import reprise.linalg.Norms;
import reprise.linalg.Qr;
import reprise.linalg.Schur;
import reprise.linalg.Solve;
import reprise.linalg.Structured;
import reprise.linalg.Svd;

/** Linear algebra by name. */
final class MatrixCalls {
    private MatrixCalls() {}

    static Map<String, Function<Arguments, Object>> all() {
        var calls = new HashMap<String, Function<Arguments, Object>>();
        calls.put("product", a -> Blas.product(a.matrix(0), a.matrix(1)));
        calls.put("productAtB", a -> Blas.productAtB(a.matrix(0), a.matrix(1)));
        calls.put("productABt", a -> Blas.productABt(a.matrix(0), a.matrix(1)));
        calls.put("gramOfRows", a -> Blas.gramOfRows(a.matrix(0)));
        calls.put("gramOfColumns", a -> Blas.gramOfColumns(a.matrix(0)));
        calls.put("solve", a -> Solve.linear(a.matrix(0), a.matrix(1)));
        calls.put("lower", a -> Solve.lowerTriangular(a.matrix(0), a.matrix(1)));
        calls.put("upper", a -> Solve.upperTriangular(a.matrix(0), a.matrix(1)));
        calls.put("sylvester", a -> Solve.sylvester(a.matrix(0), a.matrix(1), a.matrix(2)));
        calls.put("leastSquares", a -> squares(LeastSquares.of(a.matrix(0), a.matrix(1))));
        calls.put("minimumNorm", a -> squares(LeastSquares.minimumNorm(a.matrix(0), a.matrix(1), a.number(2))));
        calls.put("pivoted", a -> squares(LeastSquares.pivoted(a.matrix(0), a.matrix(1), a.number(2))));
        calls.put("cholesky", a -> Cholesky.of(a.matrix(0)).lower());
        calls.put("inverse", a -> Lu.of(a.matrix(0)).inverse());
        calls.put("determinant", a -> {
            var d = Determinant.of(a.matrix(0));
            return new double[] {d.sign(), d.log()};
        });
        calls.put("qr", a -> {
            var qr = Qr.of(a.matrix(0));
            return Map.of("q", qr.q(), "r", qr.r());
        });
        calls.put("symmetric", a -> eigen(Eigen.symmetric(a.matrix(0))));
        calls.put("byIndex", a -> eigen(Eigen.symmetricByIndex(a.matrix(0), a.integer(1), a.integer(2))));
        calls.put("between", a ->
                eigen(Eigen.symmetricBetween(a.matrix(0), a.number(1), a.number(2)).orElseThrow()));
        calls.put("symmetricPair", a -> eigen(Eigen.symmetricPair(a.matrix(0), a.matrix(1))));
        calls.put("hermitian", a -> HermitianEigen.values(a.matrix(0), a.matrix(1)));
        calls.put("general", a -> eigen(ComplexEigen.of(a.matrix(0))));
        calls.put("generalPair", a -> eigen(ComplexEigen.pair(a.matrix(0), a.matrix(1))));
        calls.put("schur", a -> {
            var schur = Schur.of(a.matrix(0));
            return Map.of("t", schur.t(), "z", schur.z(), "re", schur.values().re(), "im", schur.values().im());
        });
        calls.put("svd", a -> svd(Svd.of(a.matrix(0))));
        calls.put("fullSvd", a -> svd(Svd.full(a.matrix(0))));
        calls.put("expm", a -> MatrixFunctions.exponential(a.matrix(0)));
        calls.put("logm", a -> MatrixFunctions.logarithm(a.matrix(0)));
        calls.put("sqrtm", a -> MatrixFunctions.squareRoot(a.matrix(0)));
        calls.put("pinv", a -> MatrixFunctions.pseudoinverse(a.matrix(0), a.number(1)));
        calls.put("norms", a -> new double[] {
            Norms.one(a.matrix(0)), Norms.infinity(a.matrix(0)), Norms.frobenius(a.matrix(0)),
            Norms.spectral(a.matrix(0)), Norms.nuclear(a.matrix(0)), Norms.condition(a.matrix(0))
        });
        calls.put("kronecker", a -> Structured.kronecker(a.matrix(0), a.matrix(1)));
        calls.put("toeplitz", a -> Structured.toeplitz(a.vector(0), a.vector(1)));
        calls.put("hankel", a -> Structured.hankel(a.vector(0), a.vector(1)));
        calls.put("circulant", a -> Structured.circulant(a.vector(0)));
        return calls;
    }

    private static Object squares(LeastSquares squares) {
        return Map.of("x", squares.x(), "rank", squares.rank(), "residuals", squares.residuals());
    }

    private static Object eigen(Eigen eigen) {
        return Map.of("values", eigen.values(), "vectors", eigen.vectors());
    }

    private static Object eigen(ComplexEigen eigen) {
        return Map.of(
                "valuesRe", eigen.values().re(), "valuesIm", eigen.values().im(), "re", eigen.re(), "im", eigen.im());
    }

    private static Object svd(Svd svd) {
        return Map.of("u", svd.u(), "s", svd.s(), "v", svd.v());
    }
}
