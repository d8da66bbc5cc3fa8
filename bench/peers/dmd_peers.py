"""Dynamic mode decomposition by PyDMD on the same states."""
import numpy as np

from data import normal

D, M, RANK = 2000, 400, 20


def prepare(job, peer):
    from pydmd import DMD

    shapes, noise = normal(1, 20, D), normal(2, M, D)
    angles = np.arange(M)[:, None] * (0.1 + 0.25 * np.arange(10))
    states = np.cos(angles) @ shapes[0::2] + np.sin(angles) @ shapes[1::2] + 1e-3 * noise
    snapshots = np.ascontiguousarray(states.T)
    return lambda: np.abs(DMD(svd_rank=RANK, exact=True, opt=True).fit(snapshots).eigs).sum()
