"""Soft sums and kernel densities against SciPy's logsumexp and scikit-learn."""
import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.special import logsumexp, softmax
from sklearn.neighbors import KernelDensity


@pytest.mark.parametrize("d, h", [(1, 0.1), (2, 0.5), (10, 0.7), (50, 2.0), (3, 1e-3)])
def test_kernel_density(ours, rng, d, h):
    """scikit-learn is exact when one leaf holds all points; both round terms of size t to 1e-16 t."""
    y, x = rng.normal(size=(300, d)), rng.normal(size=(40, d))
    theirs = KernelDensity(bandwidth=h, leaf_size=300, atol=0, rtol=0).fit(y).score_samples(x)
    np.testing.assert_allclose(ours("kde", y, x, h), theirs, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("n, m, d", [(1, 1, 1), (5, 7, 2), (65, 129, 3), (17, 300, 20)])
@pytest.mark.parametrize("eps", [10, 0.5, 1e-3])
@pytest.mark.parametrize("kind", ["squared", "inner"])
def test_soft_sums(ours, rng, n, m, d, eps, kind):
    x, y, w, v = (rng.normal(size=size) for size in ((n, d), (m, d), m, (m, 2)))
    cost = cdist(x, y, "sqeuclidean") if kind == "squared" else -x @ y.T
    exponents = w - cost / eps
    # The largest exponents are some thousands times d: 1e-12 of them is the error that is promised.
    size = np.abs(exponents).max()
    ours_log = ours("logSum", x, y, kind, w, eps)
    np.testing.assert_allclose(ours_log, logsumexp(exponents, axis=1), rtol=1e-12, atol=1e-12 + 4e-15 * size)
    average = ours("softAverage", x, y, kind, w, eps, v)
    np.testing.assert_allclose(average, softmax(exponents, axis=1) @ v, rtol=0, atol=1e-11 + 2e-14 * size)
