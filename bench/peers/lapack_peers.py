"""SciPy on LAPACK, and NumPy's generator."""
import numpy as np
import scipy.linalg

from data import normal


def prepare(job, peer):
    kind = job.split("-")[1]
    if kind == "normals":
        generator = np.random.default_rng(1)
        return lambda: generator.standard_normal(10_000_000)[-1] * 0
    n = 1500 if kind == "gemm" else 500
    a = normal(1, n, n)
    b = normal(2, n, n)
    if kind == "gemm":
        return lambda: (a @ b)[0, 0]
    if kind == "solve":
        return lambda: scipy.linalg.solve(a, b[:, 0], check_finite=False)[0]
    if kind == "eigh":
        s = (a + a.T) / 2
        return lambda: scipy.linalg.eigh(s, check_finite=False)[0].sum()
    if kind == "eig":
        return lambda: scipy.linalg.eig(a, check_finite=False)[0].real.sum()
    return lambda: scipy.linalg.svd(a, check_finite=False)[1].sum()
