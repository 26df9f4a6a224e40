#!/bin/bash
# lmfit 1.1.0 (Debian 12, on SciPy 1.10.1): a lower bound of 0, the usual way to say that an amplitude is positive.
# Expected: starts of 0 and 1 end at the same least squares as without the bound, since the minimum (6.109) is far from it; so do data in
#   other units; otherwise `success` is False.
# Seen: from 0 the amplitude never moves (the transform to an unbounded variable has no slope on the bound) and the start comes back with
#   success True; in units of 1e-12 the bound alone makes the fit end at .0669 for 14.07, success True ("Fit succeeded. Could not
#   estimate error-bars."), where the unbounded fit is right.
# Why it matters: lmfit's `success` cannot be read as "solved". Retrodict keeps a bounded start free (active set), in any unit, and says
#   `undetermined` where nothing depends on a parameter; a comparison of both must judge the sums, not the flags.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
apt-get download -qq python3-lmfit=1.1.0-1 python3-uncertainties=3.1.6-1 python3-asteval=0.9.28-1 python3-future \
    python3-scipy=1.10.1-2 python3-numpy=1:1.24.2-1+deb12u1 python3-decorator libopenblas0-pthread libgfortran5 libquadmath0 \
    >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages
libraries=$folder/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH=$libraries/openblas-pthread:$libraries
cat > fit.py <<'PY'
import sys
import warnings
import lmfit
import numpy as np

warnings.simplefilter("ignore")
print("lmfit", lmfit.__version__)
dose = np.array([1, 2, 5, 10, 20, 40, 80.0])
rate = np.array([0.407904, 0.771323, 1.55198, 2.57172, 3.6, 4.5, 5.2])


def fit(unit, start, bound):
    model = lmfit.Model(lambda s, vm, km: vm * s / (km + s), independent_vars=["s"])
    parameters = model.make_params(vm=start * unit, km=1)
    parameters["vm"].min = bound
    result = model.fit(rate * unit, parameters, s=dose)
    vm, km = result.params["vm"].value / unit, result.params["km"].value
    print(f"unit {unit:5.0e}  start {start}  bound {bound:4}  vm {vm:9.6f}  km {km:9.5f}  success {result.success}  {result.message.strip()}")
    return km if result.success else None


right = fit(1.0, 1, -np.inf)
near = fit(1.0, 1, 0)
on_bound = fit(1.0, 0, 0)
small = fit(1e-12, 1, -np.inf)
small_bounded = fit(1e-12, 1, 0)
kept = all(value is not None and abs(value / right - 1) < 1e-5 for value in (near, small))
sys.exit(0 if kept and on_bound == 1 and small_bounded is not None and small_bounded < 1 else 1)
PY
python3 fit.py
