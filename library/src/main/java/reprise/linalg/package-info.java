/**
 * Linear algebra on LAPACK and BLAS (OpenBLAS), dense and sparse.
 *
 * <p>One pattern everywhere: the work is done on {@link reprise.array.Dense}, and each method has two doors before it,
 * for {@link org.nd4j.linalg.api.ndarray.INDArray} and for {@code double[][]}. A single matrix comes back in the type
 * that went in. Results of several parts are records whose matrices are {@code Dense}: {@code toArray()} gives an
 * {@code INDArray}, {@code toRows()} a {@code double[][]}. NaN, infinity and empty matrices are refused at the door.
 *
 * <p>Calls into the native library cannot be interrupted. Up to n = 1 000 each of them ends within about a second on
 * two cores (the slowest, the eigenvalues of a general matrix, takes 0.1 s at n = 500 and grows with the cube of n).
 *
 * <p>Sources named in the documentation: E. Anderson et al., LAPACK Users' Guide, SIAM 1999; G. Golub and C. Van Loan,
 * Matrix Computations, 2013; N. Higham, Functions of Matrices, SIAM 2008.
 */
package reprise.linalg;
