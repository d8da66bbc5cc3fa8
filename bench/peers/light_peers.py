"""Training of a light Schroedinger bridge as its authors' code does it: float32, autograd, broadcast differences."""
import math

import numpy as np

from data import normal

K, BATCH, STEPS, HELD_OUT, EPSILON = 500, 128, 200, 2_000, 0.1


def target(seed, n):
    return 0.5 * normal(seed, n, 2) + np.where(np.arange(n) % 2 == 0, 1.5, -1.5)[:, None]


def prepare(job, peer):
    import torch
    from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

    def tensor(values):
        return torch.from_numpy(np.ascontiguousarray(values)).float()

    x = tensor(normal(1, BATCH * STEPS, 2)).view(STEPS, BATCH, 2)
    y = tensor(target(2, BATCH * STEPS)).view(STEPS, BATCH, 2)
    centres, held_x, held_y = tensor(target(3, K)), tensor(normal(4, HELD_OUT, 2)), tensor(target(5, HELD_OUT))
    epsilon = torch.tensor(EPSILON)

    def run():
        raw = torch.full((K,), -EPSILON * math.log(K), requires_grad=True)
        r = centres.clone().requires_grad_()
        log_s = torch.full((K, 2), math.log(0.1), requires_grad=True)
        adam = torch.optim.Adam([raw, r, log_s], lr=1e-3)

        def loss(batch_x, batch_y):
            log_alpha, s = raw / epsilon, torch.exp(log_s)
            parts = Independent(Normal(loc=r, scale=torch.sqrt(epsilon * s)), 1)
            log_v = MixtureSameFamily(Categorical(logits=log_alpha), parts).log_prob(batch_y)
            log_v = log_v + torch.logsumexp(log_alpha, dim=-1)
            x_s_x = (batch_x[:, None, :] * s[None] * batch_x[:, None, :]).sum(dim=-1)
            x_r = (batch_x[:, None, :] * r[None]).sum(dim=-1)
            log_c = torch.logsumexp((x_s_x + 2 * x_r) / (2 * epsilon) + log_alpha[None], dim=-1)
            return log_c.mean() - log_v.mean()

        for batch_x, batch_y in zip(x, y):
            adam.zero_grad()
            loss(batch_x, batch_y).backward()
            torch.nn.utils.clip_grad_norm_([raw, r, log_s], max_norm=float("inf"))
            adam.step()
        with torch.no_grad():
            return loss(held_x, held_y)

    return run
