"""Writes the data of the fits and what SciPy makes of them:
    python3 reference.py FOLDER
Tolerances are the tightest that SciPy has; Jacobians are analytic by complex steps, so that all digits printed count."""
import sys

import numpy as np
from scipy.optimize import curve_fit, least_squares

FOLDER = sys.argv[1]
LINES = ["name,source,model,response,sigma,start,bounds,estimates,errors,rss"]


def fit(name, source, model, names, columns, start, sigma=None, bounds=None):
    """columns: name -> values, the response first."""
    response = next(iter(columns))
    data = {key: np.round(np.asarray(values, dtype=float), 12) for key, values in columns.items()}
    scope = {"exp": np.exp, "sin": np.sin, "cos": np.cos, "sqrt": np.sqrt, "pi": np.pi, "arctan": np.arctan, "log": np.log, "tanh": np.tanh}
    code = compile(model.replace("^", "**"), name, "eval")
    n = len(names)

    def value(p):
        return eval(code, {}, {**scope, **data, **dict(zip(names, p))}) * np.ones(len(data[response]))

    def jacobian(p):
        columns_ = []
        for j in range(n):
            q = np.array(p, dtype=complex)
            q[j] += 1e-30j
            columns_.append(value(q).imag / 1e-30)
        return np.stack(columns_, axis=1)

    deviation = data[sigma] if sigma else np.ones(len(data[response]))
    low = np.array([bounds.get(k, (-np.inf, np.inf))[0] for k in names]) if bounds else -np.inf
    high = np.array([bounds.get(k, (-np.inf, np.inf))[1] for k in names]) if bounds else np.inf
    solved = least_squares(
        lambda p: (value(p) - data[response]) / deviation, start, jac=lambda p: jacobian(p) / deviation[:, None],
        bounds=(low, high) if bounds else (-np.inf, np.inf), method="trf" if bounds else "lm",
        ftol=3e-16, xtol=3e-16, gtol=3e-16, x_scale="jac", max_nfev=10000)
    estimates = solved.x
    free = solved.active_mask == 0 if bounds else np.ones(n, dtype=bool)
    estimates = np.where(free, estimates, np.where(solved.active_mask < 0, low, high)) if bounds else estimates
    if bounds and not free.all():
        # With the bound active the others are those of a fit in which it is fixed.
        fixed = estimates.copy()

        def expand(q):
            p = fixed.astype(complex if np.iscomplexobj(q) else float).copy()
            p[free] = q
            return p

        solved = least_squares(
            lambda q: (value(expand(q)) - data[response]) / deviation, estimates[free], jac=lambda q: (jacobian(expand(q)) / deviation[:, None])[:, free],
            method="lm", ftol=3e-16, xtol=3e-16, gtol=3e-16, x_scale="jac")
        estimates = expand(solved.x).real
    J = (jacobian(estimates) / deviation[:, None])[:, free]
    rss = float(np.sum(((value(estimates) - data[response]) / deviation) ** 2))
    _, s, vt = np.linalg.svd(J / np.linalg.norm(J, axis=0), full_matrices=False)
    covariance = (vt.T / s**2) @ vt / np.outer(np.linalg.norm(J, axis=0), np.linalg.norm(J, axis=0))
    factor = 1.0 if sigma else rss / (len(data[response]) - free.sum())
    errors = np.full(n, np.nan)
    errors[free] = np.sqrt(np.diag(covariance) * factor)
    if bounds is None:
        popt, pcov = curve_fit(
            lambda x, *p: value(p).real, np.arange(len(deviation)), data[response], p0=estimates, sigma=deviation, absolute_sigma=sigma is not None)
        assert np.allclose(np.sqrt(np.diag(pcov)), errors, rtol=2e-3), (name, np.sqrt(np.diag(pcov)), errors)
    with open(f"{FOLDER}/{name}.csv", "w") as file:
        file.write(",".join(data) + "\n")
        for row in zip(*data.values()):
            file.write(",".join(repr(float(v)) for v in row) + "\n")
    def show(values, which=None):
        return " ".join(f"{k}={v:.12g}" for k, v, f in zip(names, values, np.ones(n, bool) if which is None else which) if f)
    limits = " ".join(f"{k}={'' if np.isinf(a) else a}:{'' if np.isinf(b) else b}" for k, (a, b) in (bounds or {}).items())
    LINES.append(f'{name},"{source}","{model}",{response},{sigma or ""},"{show(start)}","{limits}","{show(estimates)}","{show(errors, free)}",{rss:.12g}')


np.random.seed(1729)
x = np.linspace(0, 4, 50)
y = 2.5 * np.exp(-1.3 * x) + 0.5
noise = 0.2 * np.random.normal(size=x.size)
example = "SciPy 1.10 curve_fit, example of the documentation"
fit("curve-fit", example, "a*exp(-b*x)+c", "abc", {"y": y + noise, "x": x}, [1, 1, 1])
fit("curve-fit-bounds", example + ", with bounds", "a*exp(-b*x)+c", "abc", {"y": y + noise, "x": x}, [1, 0.5, 0.2], bounds={"a": (0, 3), "b": (0, 1), "c": (0, 0.5)})
fit("curve-fit-sigma", example + ", absolute_sigma", "a*exp(-b*x)+c", "abc", {"y": y + noise, "x": x, "s": np.full(50, 0.2)}, [1, 1, 1], sigma="s")
u = np.array([4.0, 2.0, 1.0, 5.0e-1, 2.5e-1, 1.67e-1, 1.25e-1, 1.0e-1, 8.33e-2, 7.14e-2, 6.25e-2])
k = np.array([1.957e-1, 1.947e-1, 1.735e-1, 1.6e-1, 8.44e-2, 6.27e-2, 4.56e-2, 3.42e-2, 3.23e-2, 2.35e-2, 2.46e-2])
fit("enzymatic-reaction", "SciPy tutorial, least_squares; Kowalik and Osborne 1968", "x0*(u^2+u*x1)/(u^2+u*x2+x3)", ["x0", "x1", "x2", "x3"], {"y": k, "u": u},
    [0.25, 0.39, 0.415, 0.39])
rng = np.random.default_rng(7)
t = np.linspace(0, 10, 15)
d = 0.5 + 2.0 * np.exp(-t) + 0.1 * rng.standard_normal(15)
fit("least-squares-exponential", "SciPy 1.10 least_squares, example of the documentation (own noise)", "a+b*exp(c*t)", "abc", {"y": d, "t": t}, [1, 1, -0.5])
t = np.linspace(0, 2 * np.pi, 40)
fit("cookbook-sine", "SciPy cookbook, fitting data (own noise)", "p0*cos(2*pi/p1*t+p2)+p3*t", ["p0", "p1", "p2", "p3"],
    {"y": 5 * np.cos(2 * np.pi / 2.1 * t + 0.4) + 0.8 * t + 0.6 * rng.standard_normal(40), "t": t, "s": 0.4 + 0.02 * t}, [4, 2.0, 0.5, 1], sigma="s")
with open(f"{FOLDER}/scipy.csv", "w") as file:
    file.write("\n".join(LINES) + "\n")
