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


@pytest.mark.parametrize("power", [1.5, 2.0])
def test_monge_gaps_are_what_the_map_costs_beyond_the_best_plan(ours, rng, power):
    x, y = rng.normal(size=(40, 2)), rng.normal(size=(40, 2)) * 1.3
    a = rng.uniform(0.2, 1, 40)
    a /= a.sum()
    costs = ot.dist(x, y, metric="euclidean") ** power
    eps = 0.1 * costs.mean()
    mean = a @ np.diag(costs)
    found = ours("monge-gap", x, y, power, a, eps)
    assert abs(found["exact"] - (mean - ot.emd2(a, a, costs))) <= 1e-10
    plan = ot.sinkhorn(a, a, costs, eps, method="sinkhorn_log", stopThr=1e-12, numItermax=100_000)
    expected = mean - (plan * costs).sum() - eps * (plan * np.log(plan)).sum()
    assert abs(found["soft"] - expected) <= 1e-8


@pytest.mark.parametrize("softness", [0.2, 0.02])
def test_fixed_barycentres_are_those_of_bregman_projections(ours, rng, softness):
    places = np.sort(rng.uniform(0, 1, 50))
    costs = ot.dist(places[:, None])
    histograms = rng.uniform(0.01, 1, (3, 50)) ** 3
    histograms /= histograms.sum(axis=1, keepdims=True)
    weights = np.array([0.2, 0.5, 0.3])
    expected = ot.bregman.barycenter(histograms.T, costs, softness, weights, method="sinkhorn_log",
                                     numItermax=20_000, stopThr=1e-11)
    found = ours("fixed-barycentre", costs, histograms, weights, softness)
    assert np.abs(found - expected / expected.sum()).max() <= 1e-8


@pytest.mark.parametrize("softness", [0.0, 1.0])
def test_free_barycentres_are_where_the_same_start_leads_there(ours, rng, softness):
    start, clouds = rng.normal(size=(20, 2)), [rng.normal(size=(30, 2)), rng.normal(size=(15, 2)) + 1]
    masses = [rng.uniform(0.2, 1, 30), rng.uniform(0.2, 1, 15)]
    masses = [mass / mass.sum() for mass in masses]
    weights = np.array([0.35, 0.65])
    if softness:
        # Ten moves of all points by each side: the way must agree, not only its end.
        expected = ot.bregman.free_support_sinkhorn_barycenter(
            clouds, masses, start, softness, weights=weights, numItermax=10, stopThr=1e-16,
            numInnerItermax=2_000, stopInnerThr=1e-10, method="sinkhorn_log")
    else:
        expected = ot.lp.free_support_barycenter(
            clouds, masses, start, weights=weights, numItermax=1_000, stopThr=1e-16)
    found = ours("free-barycentre", start, *clouds, *masses, weights, softness)
    assert np.abs(found - expected).max() <= (1e-6 if softness else 1e-9)


@pytest.mark.parametrize("penalty", [0.3, 2.0, 50.0])
def test_embedded_distances_are_those_of_its_partial_plans(ours, rng, penalty):
    x, y, z = rng.normal(size=(20, 2)), rng.normal(size=(25, 2)) + 1, rng.normal(size=(30, 2)) * 2
    a, b, c = rng.uniform(0.2, 1, 20), rng.uniform(0.2, 1, 25), rng.uniform(0.2, 1, 30)

    def embed(points, masses):
        gain = np.pad(ot.dist(x, points) - 2 * penalty, ((0, 1), (0, 1)))
        plan = ot.emd(np.append(a, masses.sum()), np.append(masses, a.sum()), gain)[:-1, :-1]
        moved = plan.sum(axis=1)
        to = plan @ points / np.where(moved > 1e-12, moved, 1)[:, None]
        return np.where(moved[:, None] > 1e-12, to - x, 0), moved, masses.sum() - moved.sum()

    (u, p, lost), (v, q, gone) = embed(y, b), embed(z, c)
    square = np.minimum(((u - v) ** 2).sum(axis=1), 2 * penalty)
    expected = square @ np.minimum(p, q) + penalty * (np.abs(p - q).sum() + lost + gone)
    found = ours("linear-embedding", x, a, y, b, z, c, penalty)
    assert abs(found - expected) <= 1e-8 * max(1, expected)
