"""Optimal transport against POT, on random problems."""
import numpy as np
import ot
import pytest
from scipy.optimize import linprog


def problem(rng, n, m, d=2):
    x, y = rng.normal(size=(n, d)), rng.normal(size=(m, d)) * 1.5 + 1
    a, b = rng.uniform(0.2, 1, n), rng.uniform(0.2, 1, m)
    return x, y, a / a.sum(), b / b.sum(), ot.dist(x, y)


@pytest.mark.parametrize("n, m", [(1, 1), (1, 7), (9, 4), (40, 40), (60, 110)])
def test_exact_plans_are_those_of_the_network_simplex(ours, rng, n, m):
    _, _, a, b, costs = problem(rng, n, m)
    expected, log = ot.emd(a, b, costs, log=True)
    found = ours("exact", costs, a, b)
    assert abs(found["cost"] - log["cost"]) <= 1e-8 * max(1, log["cost"])
    # Costs in general position have one cheapest plan.
    assert np.abs(found["plan"] - expected).max() <= 1e-8


@pytest.mark.parametrize("softness", [1.0, 0.1, 0.03])
@pytest.mark.parametrize("call", ["sinkhorn", "sparse-newton"])
def test_entropic_plans_are_those_of_the_log_domain_solver(ours, rng, softness, call):
    _, _, a, b, costs = problem(rng, 30, 45)
    eps = softness * np.median(costs)
    expected = ot.sinkhorn(a, b, costs, eps, method="sinkhorn_log", stopThr=1e-13, numItermax=200_000)
    found = ours(call, costs, a, b, eps)
    assert np.abs(found["plan"] - expected).max() <= 1e-9
    assert abs(found["cost"] - (expected * costs).sum()) <= 1e-8 * found["cost"]


@pytest.mark.parametrize("softness", [0.1, 1e-2, 1e-3])
def test_marginals_are_met_down_to_a_thousandth_of_the_median_cost(ours, rng, softness):
    x, y, a, b, costs = problem(rng, 80, 60)
    plan = ours("sinkhorn-clouds", x, y, a, b, softness * np.median(costs))["plan"]
    assert np.isfinite(plan).all()
    assert np.abs(plan.sum(axis=1) - a).sum() <= 1e-9
    assert np.abs(plan.sum(axis=0) - b).sum() <= 1e-9


def test_a_small_softness_comes_near_the_exact_cost(ours, rng):
    """Between the exact cost and that plus eps times the largest entropy."""
    x, y, a, b, costs = problem(rng, 50, 50)
    exact = ot.emd2(a, b, costs)
    eps = 1e-3 * np.median(costs)
    found = ours("sinkhorn-clouds", x, y, a, b, eps)["cost"]
    assert exact - 1e-9 <= found <= exact + eps * np.log(2500)


def test_partial_plans_cost_what_they_cost_there(ours, rng):
    _, _, a, b, costs = problem(rng, 25, 35)
    b = 1.4 * b
    penalty = 0.25 * np.median(costs)
    found = ours("partial", costs, a, b, 0.6, penalty)
    expected = (ot.partial.partial_wasserstein(a, b, costs, m=0.6) * costs).sum()
    assert abs(found["mass"] - expected) <= 1e-8
    rows, columns = np.kron(np.eye(25), np.ones(35)), np.kron(np.ones(25), np.eye(35))
    best = linprog(costs.ravel() - 2 * penalty, A_ub=np.vstack([rows, columns]), b_ub=np.concatenate([a, b]))
    expected = best.fun + penalty * (a.sum() + b.sum())
    assert abs(found["penalty"] - expected) <= 1e-8


@pytest.mark.parametrize("rho", [0.2, 5.0])
def test_unbalanced_plans_are_those_of_its_scaling(ours, rng, rho):
    _, _, a, b, costs = problem(rng, 20, 30)
    b = 2 * b
    eps = 0.3
    expected = ot.unbalanced.sinkhorn_unbalanced(
        a, b, costs, eps, rho, method="sinkhorn", reg_type="kl", numItermax=100_000, stopThr=1e-14)
    found = ours("unbalanced", costs, a, b, eps, rho)
    assert np.abs(np.asarray(found) - expected).max() <= 1e-8
