package reprise.linalg;

import java.util.function.UnaryOperator;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * A square matrix known only by what it does to vectors: all that the Krylov methods need. A {@link Sparse} matrix is
 * one, and so is a Hessian-vector product.
 */
public interface LinearOperator {
    /**
     * The order of the matrix.
     *
     * @return n, at least 1
     */
    int order();

    /**
     * The product with a vector.
     *
     * @param x length n; left as it is
     * @return A x, length n, a new array
     */
    double[] apply(double[] x);

    /**
     * A function as an operator.
     *
     * @param order n, at least 1
     * @param product maps x to A x, in a new array
     * @return the operator
     * @throws IllegalArgumentException if the order is below 1
     */
    static LinearOperator of(int order, UnaryOperator<double[]> product) {
        Require.atLeast("order", order, 1);
        return new LinearOperator() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public double[] apply(double[] x) {
                double[] y = product.apply(x);
                Require.shape("product of the operator", new int[] {y.length}, order);
                return y;
            }
        };
    }

    /**
     * A dense matrix as an operator.
     *
     * @param a shape [n, n]
     * @return the operator
     * @throws IllegalArgumentException if it is not square
     */
    static LinearOperator of(Dense a) {
        Shapes.square("a", a);
        return of(a.rows(), x -> Blas.product(a, x));
    }
}
