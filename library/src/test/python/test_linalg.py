"""Linear algebra against SciPy and NumPy on random problems.

Tolerances: both sides are backward stable, so results differ by the condition times n times 1e-16. The problems below
have conditions up to some thousands; 1e-10 of the size leaves a factor of about a hundred, and a wrong sign, order or
transposition misses it by ten digits.
"""
import numpy as np
import pytest
import scipy.linalg as sp

CLOSE = 1e-10
SIZES = (1, 2, 3, 10, 50)


def close(actual, expected, tolerance=CLOSE):
    expected = np.asarray(expected)
    assert np.shape(actual) == expected.shape
    assert np.linalg.norm(actual - expected) <= tolerance * max(np.linalg.norm(expected), 1e-300)


def spd(rng, n):
    root = rng.normal(size=(n, n))
    return root @ root.T + np.eye(n)


def symmetric(rng, n):
    root = rng.normal(size=(n, n))
    return root + root.T


def invertible(rng, n):
    return rng.normal(size=(n, n)) + 2 * np.sqrt(n) * np.eye(n)


@pytest.fixture(params=SIZES)
def n(request):
    return request.param


def test_products(ours, rng, n):
    a, b = rng.normal(size=(n, 7)), rng.normal(size=(7, n + 1))
    close(ours("product", a, b), a @ b)
    close(ours("productAtB", a, a[:, ::-1].copy()), a.T @ a[:, ::-1])
    close(ours("productABt", a, b.T.copy()), a @ b)
    close(ours("gramOfRows", a), a @ a.T)
    close(ours("gramOfColumns", a), a.T @ a)


def test_solve_inverse_and_determinant(ours, rng, n):
    a, b = invertible(rng, n), rng.normal(size=(n, 3))
    close(ours("solve", a, b), sp.solve(a, b))
    close(ours("inverse", a), sp.inv(a))
    sign, log = np.linalg.slogdet(a)
    assert ours("determinant", a)[0] == sign
    assert ours("determinant", a)[1] == pytest.approx(log, abs=1e-11 * n)


def test_triangular_systems(ours, rng, n):
    a, b = invertible(rng, n), rng.normal(size=(n, 2))
    close(ours("lower", np.tril(a), b), sp.solve_triangular(a, b, lower=True))
    close(ours("upper", np.triu(a), b), sp.solve_triangular(a, b))


def test_sylvester(ours, rng, n):
    a, b, c = invertible(rng, n), invertible(rng, 4), rng.normal(size=(n, 4))
    close(ours("sylvester", a, b, c), sp.solve_sylvester(a, b, c))


def test_least_squares(ours, rng, n):
    a, b = rng.normal(size=(2 * n + 3, n)), rng.normal(size=(2 * n + 3, 2))
    expected, squares, rank, _ = np.linalg.lstsq(a, b)
    for call, more in (("leastSquares", ()), ("minimumNorm", (1e-12,)), ("pivoted", (1e-12,))):
        found = ours(call, a, b, *more)
        close(found["x"], expected)
        close(found["residuals"], np.sqrt(squares))
        assert found["rank"] == rank


def test_least_squares_without_full_rank_is_the_shortest(ours, rng):
    a = rng.normal(size=(12, 3)) @ rng.normal(size=(3, 8))
    b = rng.normal(size=(12, 2))
    expected = sp.lstsq(a, b, cond=1e-10)[0]
    for call in ("minimumNorm", "pivoted"):
        found = ours(call, a, b, 1e-10)
        close(found["x"], expected)
        assert found["rank"] == 3


def test_wide_least_squares_is_the_shortest(ours, rng, n):
    a, b = rng.normal(size=(n, 2 * n + 1)), rng.normal(size=(n, 1))
    close(ours("leastSquares", a, b)["x"], sp.lstsq(a, b)[0])


def test_cholesky(ours, rng, n):
    a = spd(rng, n)
    close(ours("cholesky", a), sp.cholesky(a, lower=True))


def test_qr_up_to_signs(ours, rng, n):
    a = rng.normal(size=(n + 2, n))
    found = ours("qr", a)
    q, r = sp.qr(a, mode="economic")
    signs = np.sign(np.diag(r)) * np.sign(np.diag(found["r"]))
    close(found["r"] * signs[:, None], r)
    close(found["q"] * signs, q)


def same_up_to_signs(actual, expected):
    close(actual * np.sign(np.sum(actual * expected, axis=0)), expected, 1e-8)


def test_symmetric_eigenvectors(ours, rng, n):
    # Vectors are as sure as the gaps between values are wide: 1e-8 for gaps of 1e-3 and more.
    a = symmetric(rng, n)
    values, vectors = sp.eigh(a)
    found = ours("symmetric", a)
    close(found["values"], values)
    same_up_to_signs(found["vectors"], vectors)
    some = ours("byIndex", a, 0, max(1, n // 2))
    close(some["values"], values[:max(1, n // 2)])
    inside = ours("between", a, float(values[0]) - 1, float(values[-1]) + 1)
    close(inside["values"], values)


def test_symmetric_pairs(ours, rng, n):
    a, b = symmetric(rng, n), spd(rng, n)
    values, vectors = sp.eigh(a, b)
    found = ours("symmetricPair", a, b)
    close(found["values"], values)
    same_up_to_signs(found["vectors"], vectors)


def test_hermitian_eigenvalues(ours, rng, n):
    re, root = symmetric(rng, n), rng.normal(size=(n, n))
    im = root - root.T
    close(ours("hermitian", re, im), np.linalg.eigvalsh(re + 1j * im))


def in_order(values):
    return values[np.lexsort((values.imag.round(9), values.real.round(9)))]


def complex_of(found):
    return found["valuesRe"] + 1j * found["valuesIm"], found["re"] + 1j * found["im"]


def test_general_eigenvectors(ours, rng, n):
    a = rng.normal(size=(n, n))
    values, vectors = complex_of(ours("general", a))
    close(in_order(values), in_order(sp.eigvals(a)))
    close(a @ vectors, vectors * values)
    close(np.linalg.norm(vectors, axis=0), np.ones(n))


def test_general_pairs(ours, rng, n):
    a, b = rng.normal(size=(n, n)), invertible(rng, n)
    values, vectors = complex_of(ours("generalPair", a, b))
    close(in_order(values), in_order(sp.eigvals(a, b)))
    close(a @ vectors, b @ vectors * values)


def test_schur(ours, rng, n):
    a = rng.normal(size=(n, n))
    found = ours("schur", a)
    close(found["z"] @ found["t"] @ found["z"].T, a)
    close(found["z"].T @ found["z"], np.eye(n))
    assert np.all(np.tril(found["t"], -2) == 0)
    close(in_order(found["re"] + 1j * found["im"]), in_order(np.diag(sp.schur(a, output="complex")[0])))


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (5, 2), (3, 3), (40, 25), (25, 40)])
def test_singular_values(ours, rng, shape):
    a = rng.normal(size=shape)
    u, s, vt = sp.svd(a, full_matrices=False)
    found = ours("svd", a)
    close(found["s"], s)
    same_up_to_signs(found["u"], u)
    same_up_to_signs(found["v"], vt.T)
    full = ours("fullSvd", a)
    close(full["s"], s)
    assert full["u"].shape == (shape[0],) * 2 and full["v"].shape == (shape[1],) * 2
    close(ours("pinv", a, 0), sp.pinv(a))


@pytest.mark.parametrize("scale", [1e-4, 0.1, 1, 10])
def test_exponential(ours, rng, n, scale):
    a = scale * rng.normal(size=(n, n)) / np.sqrt(n)
    close(ours("expm", a), sp.expm(a))


def test_logarithm_and_square_root(ours, rng, n):
    a = invertible(rng, n)
    close(ours("logm", a), sp.logm(a).real)
    close(ours("sqrtm", a), sp.sqrtm(a).real)
    near_one = np.eye(n) + 1e-5 * rng.normal(size=(n, n))
    # Both lose the digits that the rounding of 1 + 1e-5 takes.
    close(ours("logm", near_one), sp.logm(near_one).real, 1e-9)


def test_norms_and_condition(ours, rng, n):
    a = rng.normal(size=(n, n + 1))
    expected = [np.linalg.norm(a, kind) for kind in (1, np.inf, "fro", 2, "nuc")]
    close(ours("norms", a), [*expected, np.linalg.cond(a)])


def test_structured_matrices(ours, rng, n):
    column, row = rng.normal(size=n), rng.normal(size=n + 2)
    other = rng.normal(size=(2, 3))
    a = rng.normal(size=(n, 2))
    close(ours("kronecker", a, other), np.kron(a, other))
    close(ours("circulant", column), sp.circulant(column))
    row[0] = column[0]
    close(ours("toeplitz", column, row), sp.toeplitz(column, row))
    row[0] = column[-1]
    close(ours("hankel", column, row), sp.hankel(column, row))
