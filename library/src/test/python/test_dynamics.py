"""Decompositions of dynamics against NumPy's and SciPy's least squares, eigenvalues and singular values."""
import itertools

import numpy as np
import pytest
import scipy.linalg as sp


def close(actual, expected, tolerance=1e-10):
    actual, expected = np.asarray(actual), np.asarray(expected)
    assert actual.shape == expected.shape
    assert np.abs(actual - expected).max() <= tolerance * max(1, np.abs(expected).max())


def matched(actual, expected, tolerance=1e-10):
    """The same numbers in any order: each takes the nearest that is left."""
    left = list(expected)
    assert len(actual) == len(left)
    for value in actual:
        nearest = min(range(len(left)), key=lambda k: abs(left[k] - value))
        assert abs(left.pop(nearest) - value) <= tolerance


def monomials(x, degree):
    d = x.shape[1]
    powers = [p for p in itertools.product(range(degree + 1), repeat=d) if sum(p) <= degree]
    return np.stack([np.prod(x ** np.array(p), axis=1) for p in powers], axis=1)


def curved(x):
    return np.stack([0.9 * x[:, 0] - 0.3 * x[:, 1], 0.3 * x[:, 0] + 0.8 * x[:, 1] ** 2], axis=1)


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_edmd_is_least_squares_and_its_residuals_are_lengths(ours, rng, degree):
    x = rng.uniform(-1, 1, (200, 2))
    y = curved(x)
    px, py = monomials(x, degree), monomials(y, degree)
    values, vectors = np.linalg.eig(np.linalg.lstsq(px, py, rcond=None)[0])
    found = ours("edmd", x, y, "monomials", degree)
    # Eigenvalues of matrices far from normal: rounding times a condition of some thousands.
    matched(found["re"] + 1j * found["im"], values)
    residuals = np.linalg.norm(py @ vectors - px @ vectors * values, axis=0) / np.linalg.norm(px @ vectors, axis=0)
    matched(found["residuals"], residuals)


@pytest.mark.parametrize("degree", [1, 3])
def test_pseudospectra_are_smallest_singular_values(ours, rng, degree):
    x = rng.uniform(-1, 1, (150, 2))
    y = curved(x)
    q, r = np.linalg.qr(monomials(x, degree))
    c = sp.solve_triangular(r, monomials(y, degree).T, trans="T").T
    re, im = np.linspace(-1.3, 1.3, 9), np.array([0.0, 0.4, 1.1])
    expected = [[np.linalg.svd(c - complex(u, v) * q, compute_uv=False)[-1] for u in re] for v in im]
    # 1e-7 of the norm is promised where the value is tiny, nine digits elsewhere.
    np.testing.assert_allclose(ours("pseudospectrum", x, y, "monomials", degree, re, im), expected, 1e-9, 1e-7)


@pytest.mark.parametrize("n, rows", [(1, 1), (3, 2), (20, 20), (41, 7)])
def test_smallest_singular_values_of_shifted_matrices(ours, rng, n, rows):
    a, b = rng.normal(size=(n, n)) / np.sqrt(n), 0.3 * rng.normal(size=(rows, n)) / np.sqrt(n)
    re, im = np.linspace(-1.4, 1.4, 8), np.linspace(-1, 1, 5)
    expected = [[np.linalg.svd(np.vstack([a - complex(u, v) * np.eye(n), b]), compute_uv=False)[-1] for u in re]
                for v in im]
    np.testing.assert_allclose(ours("shifted", a, b, re, im), expected, 1e-9, 1e-9)


def orbit(rng, m, d, noise):
    t = np.arange(m)[:, None]
    parts = np.hstack([0.99**t * np.cos(0.3 * t), 0.99**t * np.sin(0.3 * t), np.cos(1.1 * t), np.sin(1.1 * t)])
    return parts @ rng.normal(size=(4, d)) + noise * rng.normal(size=(m, d))


def numpy_dmd(states, rank, total):
    x, y = states[:-1].T, states[1:].T
    if total:
        v = np.linalg.svd(np.vstack([x, y]), full_matrices=False)[2][:rank].T
        x, y = x @ v @ v.T, y @ v @ v.T
    u, s, vt = np.linalg.svd(x, full_matrices=False)
    u, s, vt = u[:, :rank], s[:rank], vt[:rank]
    values, w = np.linalg.eig(u.T @ y @ vt.T / s)
    modes = y @ vt.T / s @ w / values
    return values, modes


@pytest.mark.parametrize("m, d, rank", [(60, 30, 4), (40, 150, 6), (150, 40, 5)])
@pytest.mark.parametrize("total", [False, True])
def test_dmd(ours, rng, m, d, rank, total):
    states = orbit(rng, m, d, 1e-2)
    values, modes = numpy_dmd(states, rank, total)
    found = ours("dmd", states, rank, 1, total)
    matched(found["re"] + 1j * found["im"], values)
    # The best amplitudes over all times, from the whole least-squares problem at once.
    powers = values[None, :] ** np.arange(m)[:, None]
    system = np.einsum("kj,ij->kij", powers, modes).reshape(m * d, rank)
    b = np.linalg.lstsq(system, states.reshape(-1).astype(complex), rcond=None)[0]
    close(found["states"], (system @ b).real.reshape(m, d), 1e-8)


def test_dmd_with_history(ours, rng):
    states = orbit(rng, 80, 1, 0)
    hankel = np.hstack([states[k:80 - 9 + k] for k in range(10)])
    found = ours("dmd", states, 4, 10, False)
    matched(found["re"] + 1j * found["im"], numpy_dmd(hankel, 4, False)[0], 1e-9)
    close(found["states"], states, 1e-8)
