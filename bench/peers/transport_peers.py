"""Optimal transport as KeOps and POT do it, on the clouds of reprise.bench.TransportJobs."""
import math

from data import normal

ITERATIONS = 100


def prepare(job, peer):
    if job == "transport-exact":
        return exact(1_000)
    eps = 0.05 if job == "transport-sinkhorn" else 0.001
    return {"keops": keops, "pot-stabilized": stabilized}[peer](4_000, eps)


def clouds(n):
    return normal(1, n, 2), 1 + 1.5 * normal(2, n, 2)


def keops(n, eps):
    import torch
    from pykeops.torch import LazyTensor

    x, y = (torch.from_numpy(cloud) for cloud in clouds(n))

    def soft(to, start, potential):
        rows, columns = LazyTensor(to[:, None, :].contiguous()), LazyTensor(start[None, :, :].contiguous())
        exponents = LazyTensor((potential / eps - math.log(n))[None, :, None].contiguous())
        return -eps * (exponents - ((rows - columns) ** 2).sum(-1) / eps).logsumexp(1).reshape(-1)

    def run():
        f, g = torch.zeros(n, dtype=torch.float64), torch.zeros(n, dtype=torch.float64)
        for _ in range(ITERATIONS):
            f = soft(x, y, g)
            g = soft(y, x, f)
        return f.mean()

    return run


def stabilized(n, eps):
    import warnings

    import numpy as np
    import ot

    x, y = clouds(n)
    weights, costs = np.full(n, 1 / n), ot.dist(x, y)

    def run():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ot.bregman.sinkhorn_stabilized(weights, weights, costs, eps, numItermax=ITERATIONS, stopThr=0)
        return math.nan  # another order of updates: nothing to compare after so few

    return run


def exact(n):
    import numpy as np
    import ot

    x, y = clouds(n)
    weights, costs = np.full(n, 1 / n), ot.dist(x, y)
    return lambda: ot.emd2(weights, weights, costs)
