"""The data of the jobs, the same bits as reprise.bench.Data makes: splitmix64, then Box-Muller."""
import numpy as np


def bits(seed, n):
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def uniform(seed, *shape):
    n = int(np.prod(shape))
    return ((bits(seed, n) >> np.uint64(11)).astype(np.float64) * 2.0**-53).reshape(shape)


def normal(seed, *shape):
    n = int(np.prod(shape))
    u = uniform(seed, 2 * n)
    return (np.sqrt(-2 * np.log1p(-u[0::2])) * np.cos(2 * np.pi * u[1::2])).reshape(shape)
