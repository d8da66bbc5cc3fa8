"""Full-batch gradient descent of the hidden layer of wide ReLU networks, float64: eager autograd, and the same gradient
written out as two matrix products."""
import math

import numpy as np

from data import normal

WIDTHS, POINTS, STEPS, RATE = (64, 256, 1_024, 4_096, 16_384), 200, 20, 0.5


def prepare(job, peer):
    import torch

    z, y = torch.from_numpy(normal(1, POINTS, 4)), torch.from_numpy(normal(2, POINTS, 2))
    starts = [(torch.from_numpy(normal(3, m, 4)), torch.from_numpy(np.sign(normal(4, m, 2)))) for m in WIDTHS]

    def autograd(w, a):
        w = w.clone().requires_grad_(True)
        scale = 1 / math.sqrt(len(w))
        for _ in range(STEPS):
            f = torch.relu(z @ w.T) @ a * scale
            loss = ((f - y) ** 2).sum() / (2 * POINTS)
            gradient, = torch.autograd.grad(loss, w)
            with torch.no_grad():
                w -= RATE * gradient
        return w.detach()

    def by_hand(w, a):
        w = w.clone()
        scale = 1 / math.sqrt(len(w))
        for _ in range(STEPS):
            p = z @ w.T
            e = torch.relu(p) @ a * scale - y
            w -= RATE * scale / POINTS * ((e @ a.T).mul_(p > 0).T @ z)
        return w

    def run():
        total = 0.0
        with torch.set_grad_enabled(peer == "torch"):
            for w, a in starts:
                trained = (autograd if peer == "torch" else by_hand)(w, a)
                total += (torch.relu(z @ trained.T) @ a / math.sqrt(len(w))).abs().sum().item()
        return total

    return run
