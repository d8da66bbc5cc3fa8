"""Solutions of differential equations against SciPy's solve_ivp at its tightest tolerance."""
import numpy as np
import pytest
from scipy.integrate import solve_ivp

FIELDS = {
    "lotkaVolterra": lambda t, y: [1.5 * y[0] - y[0] * y[1], y[0] * y[1] - 3 * y[1]],
    "lorenz": lambda t, y: [10 * (y[1] - y[0]), y[0] * (28 - y[2]) - y[1], y[0] * y[1] - 8 * y[2] / 3],
    "driven": lambda t, y: [y[1], np.cos(t) - 0.2 * y[1] - y[0] ** 3],
    "vanDerPol": lambda t, y: [y[1], 100 * (1 - y[0] ** 2) * y[1] - y[0]],
    "robertson": lambda t, y: [
        1e4 * y[1] * y[2] - 0.04 * y[0], 0.04 * y[0] - 1e4 * y[1] * y[2] - 3e7 * y[1] ** 2, 3e7 * y[1] ** 2],
}


def theirs(name, start, times, method):
    span = (times[0], times[-1])
    solution = solve_ivp(FIELDS[name], span, start, method=method, t_eval=times, rtol=3e-13, atol=1e-13)
    assert solution.success, solution.message
    return solution.y.T


@pytest.mark.parametrize("name, start, end", [("lotkaVolterra", [10, 5], 6), ("lorenz", [1, 1, 1], 4),
                                              ("driven", [0.5, -1], 20)])
def test_explicit(ours, name, start, end):
    """A local error of 1e-12 grows with the flow: by e^(0.9 t), 40 times at t = 4, on Lorenz' attractor."""
    times = np.linspace(0, end, 21)
    np.testing.assert_allclose(ours("ode", name, 1e-12, start, times), theirs(name, start, times, "DOP853"),
                               rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("name, start, times", [("vanDerPol", [2, 0], [0, 10, 50, 80]),
                                                ("robertson", [1, 0, 0], [0, 0.4, 4, 40, 400])])
def test_stiff(ours, name, start, times):
    """A low-order method at 1e-8 a step: four digits of the whole are what it may be held to."""
    expected = theirs(name, start, np.array(times, float), "Radau")
    np.testing.assert_allclose(ours("stiff", name, 1e-8, start, times), expected, rtol=1e-4, atol=1e-9)
