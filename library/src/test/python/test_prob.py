"""Special functions, distributions and quadrature against SciPy."""
import numpy as np
import pytest
import scipy.special as sp
import scipy.stats as st
from sklearn.decomposition import PCA

POSITIVE = np.concatenate([np.geomspace(1e-6, 1e4, 60), [0.5, 1, 1.4616, 2, 3]])
LINE = np.concatenate([np.linspace(-12, 12, 97), [-38, -30, 30, 1e-9, -1e-9]])


def close(actual, expected, relative, absolute=0.0):
    np.testing.assert_allclose(actual, expected, rtol=relative, atol=absolute)


class TestSpecialFunctions:
    """A few units in the last place from each side: 1e-13 to 1e-12 of the value."""

    def test_error_function(self, ours):
        close(ours("erf", LINE), sp.erf(LINE), 1e-13)
        close(ours("erfc", LINE[LINE < 26]), sp.erfc(LINE[LINE < 26]), 1e-12)

    def test_normal(self, ours):
        # At -38 the exponent is 722: its rounding alone is 1e-13 of the value.
        close(ours("normalCdf", LINE[LINE > -37]), sp.ndtr(LINE[LINE > -37]), 1e-12)
        close(ours("logNormalCdf", LINE), sp.log_ndtr(LINE), 1e-12)
        p = np.concatenate([np.geomspace(1e-300, 0.5, 50), 1 - np.geomspace(1e-12, 0.4, 20)])
        close(ours("normalQuantile", p), sp.ndtri(p), 1e-11, 1e-14)

    def test_gamma_family(self, ours):
        # log Gamma has zeros at 1 and 2, where only the absolute error is small.
        close(ours("logGamma", POSITIVE), sp.gammaln(POSITIVE), 1e-13, 1e-14)
        close(ours("digamma", POSITIVE), sp.digamma(POSITIVE), 1e-13, 1e-13)
        close(ours("trigamma", POSITIVE), sp.polygamma(1, POSITIVE), 1e-13)

    @pytest.mark.parametrize("a", [0.01, 0.5, 1, 2.5, 10, 100.5, 1000])
    def test_incomplete_gamma(self, ours, a):
        x = a * np.geomspace(0.3, 3, 40)
        # x^a exp(-x) loses a digit for every power of ten in a.
        close(ours("gammaP", a, x), sp.gammainc(a, x), 1e-12 * max(1, a), 1e-300)
        close(ours("gammaQ", a, x), sp.gammaincc(a, x), 1e-12 * max(1, a), 1e-300)

    @pytest.mark.parametrize("a, b", [(0.5, 0.5), (1, 3), (2.5, 0.1), (20, 30), (300, 2), (0.01, 5)])
    def test_incomplete_beta(self, ours, a, b):
        x = np.concatenate([np.geomspace(1e-8, 0.5, 20), np.linspace(0.5, 0.999, 20)])
        close(ours("betaI", a, b, x), sp.betainc(a, b, x), 1e-11, 1e-300)

    @pytest.mark.parametrize("order", [0, 0.5, 1, 1.5, 2.3, 10, 50])
    def test_bessel_functions_of_the_second_kind(self, ours, order):
        x = np.geomspace(1e-3, 600, 50)
        expected = sp.kv(order, x)
        fits = np.isfinite(expected)
        close(ours("besselK", order, x[fits]), expected[fits], 1e-12)


DISTRIBUTIONS = [
    ("normal", [1, 2], st.norm(1, 2)),
    ("uniform", [-1, 3], st.uniform(-1, 4)),
    ("exponential", [0.5], st.expon(scale=2)),
    ("laplace", [-1, 0.7], st.laplace(-1, 0.7)),
    ("gamma", [2.5, 3], st.gamma(2.5, scale=1 / 3)),
    ("gamma", [0.3, 1], st.gamma(0.3)),
    ("gamma", [400, 2], st.gamma(400, scale=0.5)),
    ("chiSquare", [5], st.chi2(5)),
    ("chiSquare", [3, 4], st.ncx2(3, 4)),
    ("chiSquare", [0.7, 0.2], st.ncx2(0.7, 0.2)),
    ("chiSquare", [20, 300], st.ncx2(20, 300)),
    ("chiSquare", [2, 30_000], st.ncx2(2, 30_000)),
    ("chiSquare", [2, 2e6], st.ncx2(2, 2e6)),
    ("chiSquare", [4, 0], st.chi2(4)),
    ("beta", [2, 3.5], st.beta(2, 3.5)),
    ("beta", [0.4, 0.4], st.beta(0.4, 0.4)),
    ("student", [1.5], st.t(1.5)),
    ("student", [30], st.t(30)),
]


@pytest.mark.parametrize("name, parameters, theirs", DISTRIBUTIONS, ids=[f"{d[0]}{d[1]}" for d in DISTRIBUTIONS])
def test_distributions(ours, name, parameters, theirs):
    """Incomplete functions of parameters of some hundreds: ten digits."""
    p = np.concatenate([[1e-6, 1e-3], np.linspace(0.02, 0.98, 25), [1 - 1e-3, 1 - 1e-6]])
    x = theirs.ppf(p)
    found = ours("distribution", name, parameters, x, p)
    close(found["logDensity"], theirs.logpdf(x), 1e-10, 1e-10)
    close(found["cdf"], theirs.cdf(x), 1e-10)
    close(found["quantile"], x, 1e-9, 1e-12)
    close(found["moments"], theirs.stats("mv"), 1e-13)


DISCRETE = [
    ("binomial", [30, 0.2], st.binom(30, 0.2)),
    ("binomial", [1_000_000, 0.4], st.binom(1_000_000, 0.4)),
    ("poisson", [0.3], st.poisson(0.3)),
    ("poisson", [5_000], st.poisson(5_000)),
    ("geometric", [0.1], st.geom(0.1, loc=-1)),
    ("negativeBinomial", [7, 0.3], st.nbinom(7, 0.3)),
    ("hypergeometric", [60, 20, 15], st.hypergeom(60, 20, 15)),
]


@pytest.mark.parametrize("name, parameters, theirs", DISCRETE, ids=[f"{d[0]}{d[1]}" for d in DISCRETE])
def test_discrete_distributions(ours, name, parameters, theirs):
    """SciPy takes differences of log Gamma: nine digits for a million trials."""
    # Between two steps of the distribution function, where a last digit changes no quantile.
    low, high = theirs.ppf(1e-6), theirs.ppf(1 - 1e-6)
    k = np.unique(np.round(np.linspace(low, high, 40)))
    p = theirs.cdf(k) - theirs.pmf(k) / 2
    found = ours("discrete", name, parameters, k, p)
    close(found["logProbability"], theirs.logpmf(k), 1e-8, 1e-8)
    close(found["cdf"], theirs.cdf(k), 1e-9)
    close(found["quantile"], k, 0)
    close(found["moments"], theirs.stats("mv"), 1e-12)


@pytest.mark.parametrize("n", [1, 2, 5, 20, 60])
class TestQuadrature:
    """Nodes to the rounding of an eigenvalue problem of size n; the outer weights are tiny, and still correct."""

    def same(self, ours, name, n, parameters, expected):
        rule = ours("gaussRule", name, n, parameters)
        nodes, weights = expected
        close(rule["nodes"], nodes, 1e-12, 1e-12)
        close(rule["weights"], weights, 1e-8)

    def test_legendre(self, ours, n):
        nodes, weights = sp.roots_legendre(n)
        self.same(ours, "legendre", n, [-1, 1], (nodes, weights))
        self.same(ours, "legendre", n, [2, 5], (3.5 + 1.5 * nodes, 1.5 * weights))

    def test_jacobi(self, ours, n):
        self.same(ours, "jacobi", n, [0.5, -0.3], sp.roots_jacobi(n, 0.5, -0.3))

    def test_hermite(self, ours, n):
        self.same(ours, "hermite", n, [], sp.roots_hermite(n))
        nodes, weights = sp.roots_hermitenorm(n)
        self.same(ours, "normal", n, [], (nodes, weights / np.sqrt(2 * np.pi)))

    def test_laguerre(self, ours, n):
        self.same(ours, "laguerre", n, [0.5], sp.roots_genlaguerre(n, 0.5))


@pytest.mark.parametrize("n, d", [(40, 6), (8, 30)])
def test_principal_components(ours, rng, n, d):
    """scikit-learn chooses its signs otherwise: ours make the largest entry positive."""
    x = rng.normal(size=(n, d)) * np.linspace(1, 3, d)
    expected = PCA(3).fit(x)
    found = ours("pca", x, 3)
    signs = np.sign((found["axes"] * expected.components_).sum(axis=1))
    close(found["axes"], signs[:, None] * expected.components_, 0, 1e-10)
    close(found["variances"], expected.explained_variance_, 1e-11)
    close(found["scores"], expected.transform(x) * signs, 0, 1e-10)
    assert (found["axes"][range(3), np.abs(found["axes"]).argmax(axis=1)] > 0).all()
