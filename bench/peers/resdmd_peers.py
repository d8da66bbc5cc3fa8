"""The smallest residual at each place of a grid by a Hermitian eigenvalue problem of its own."""
import numpy as np
import scipy.linalg

from data import normal

N = 300


def prepare(job, peer):
    a = normal(1, N, N) * 0.7 / np.sqrt(N)
    b = normal(2, N, N) * 0.3 / np.sqrt(N)
    side = np.linspace(-1.5, 1.5, 80)
    one = np.eye(N)

    def run():
        square = a.T @ a + b.T @ b
        total = 0.0
        for y in side:
            for x in side:
                z = complex(x, y)
                h = square - z * a.T - z.conjugate() * a + abs(z) ** 2 * one
                value = scipy.linalg.eigh(h, eigvals_only=True, subset_by_index=[0, 0], check_finite=False)[0]
                total += np.sqrt(max(value, 0.0))
        return total

    return run
