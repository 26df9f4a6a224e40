#!/usr/bin/python3
"""Solves heat-1d on its true forward model with SciPy (Debian: apt-get install python3-scipy): one thread, float64.

Reads the .npz that the benchmark table writes: x, y [count, n] of the test split, y_std [n] of the training split, noise (a number),
x_train [samples, n]. A case solves the instances in turn; the call of the same name returns final costs, half the sum of squared residuals.
Usage: scipy_peer.py heat.npz ..., see peer_server.py.
"""
import itertools
import sys

import numpy as np
import scipy
from scipy.optimize import least_squares, minimize

import peer_server

data = np.load(next(argument for argument in sys.argv[1:] if argument.endswith(".npz")))
n = data["x"].shape[1]
grid = np.arange(1, n + 1) / (n + 1)
k = np.arange(1, n + 1)
basis = np.sin(np.pi * np.outer(grid, k)) * np.sqrt(2 / (n + 1))
heat = basis @ np.diag(np.exp(-0.18 * (np.pi * k) ** 2 * 0.08)) @ basis.T
mix = np.eye(n) + 0.10 * (np.eye(n, k=1) + np.eye(n, k=-1))
mix /= mix.sum(1, keepdims=True)
linear = mix @ heat
observations, noise, start = data["y"], float(data["noise"]), np.zeros(n)

unknowns = data["x_train"]
prior_mean, covariance = unknowns.mean(0), np.cov(unknowns.T)
covariance += 1e-3 * np.mean(np.diag(covariance)) * np.eye(n)
whiten = np.linalg.inv(np.linalg.cholesky(covariance))


def residual(x, y, scale):
    z = linear @ x
    return (z + 0.18 * z**3 + 0.08 * np.sin(3 * z) - y) / scale


def jacobian(x, y, scale):
    z = linear @ x
    return ((1 + 0.54 * z**2 + 0.24 * np.cos(3 * z)) / scale)[:, None] * linear


def posterior(x, y):
    """The misfit over the noise and the whitened distance to the prior's mean."""
    return np.concatenate([residual(x, y, noise), whiten @ (x - prior_mean)])


def posterior_jacobian(x, y):
    return np.vstack([jacobian(x, y, noise), whiten])


def gradient(x, y, scale):
    return jacobian(x, y, scale).T @ residual(x, y, scale)


# Each solver returns the solution and its cost. Those without a prior fit in units of the training split's standard deviations.
std = data["y_std"]


def maximum_a_posteriori(y):
    solution = least_squares(posterior, np.clip(prior_mean, 1e-3, 1 - 1e-3), posterior_jacobian, bounds=(0, 1), args=(y,))
    return solution.x, solution.cost


def levenberg_marquardt(y):
    solution = least_squares(residual, start, jacobian, method="lm", args=(y, std))
    return solution.x, solution.cost


def trust_region_bounded(y):
    solution = least_squares(residual, start + 0.5, jacobian, bounds=(0, 1), args=(y, std))
    return solution.x, solution.cost


def quasi_newton_bounded(y):
    solution = minimize(
        lambda x: (0.5 * np.mean(residual(x, y, std) ** 2), gradient(x, y, std) / n), start,
        jac=True, method="L-BFGS-B", bounds=[(0, 1)] * n)
    return solution.x, solution.fun * n


solvers = {
    "scipy-map-bounded": maximum_a_posteriori,
    "scipy-lm": levenberg_marquardt,
    "scipy-trf-bounded": trust_region_bounded,
    "scipy-l-bfgs-b": quasi_newton_bounded,
}


def in_turn(solve):
    instances = itertools.cycle(observations)
    return lambda: solve(next(instances))


def costs(solve):
    return lambda count: [float(solve(y)[1]) for y in observations[:count]]


if __name__ == "__main__":
    peer_server.main(
        {name: lambda solve=solve: in_turn(solve) for name, solve in solvers.items()},
        {"SciPy": scipy.__version__},
        {name: costs(solve) for name, solve in solvers.items()})
