#!/bin/bash
# SciPy 1.10.1 (Debian 12): curve_fit with bounds, on the same measurement in other units.
# Expected: a saturation curve fitted in A or in uA has the same Michaelis constant, and its amplitude changes with the unit alone.
# Seen: without bounds (MINPACK) that holds to ten digits. With bounds=(0, inf), which selects the method trf, data in units of 1e-6 give
#   km = 8.0 +- 2.0 and in units of 1e-9 km = 2.0 +- 2.2, where 14.07 +- 0.29 is right: no warning, no exception, finite errors.
#   trf tests the gradient against an absolute 1e-8 and the step against the norm of all unknowns together.
# Why it matters: people bring fits from SciPy to compare. SI units with positive parameters are the usual case; a difference from Retrodict,
#   which gives the same answer to the bit in any such unit, is then no error of Retrodict. Ask SciPy again with data scaled to about one.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
apt-get download -qq python3-scipy=1.10.1-2 python3-numpy=1:1.24.2-1+deb12u1 python3-decorator libopenblas0-pthread libgfortran5 \
    libquadmath0 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages
libraries=$folder/root/usr/lib/x86_64-linux-gnu
export LD_LIBRARY_PATH=$libraries/openblas-pthread:$libraries
cat > fit.py <<'PY'
import sys
import warnings
import numpy as np
import scipy
from scipy.optimize import curve_fit

warnings.simplefilter("error")
print("SciPy", scipy.__version__)
dose = np.array([1, 2, 5, 10, 20, 40, 80.0])
rate = np.array([0.407904, 0.771323, 1.55198, 2.57172, 3.6, 4.5, 5.2])
km = {}
print(f"{'bounds':8} {'unit':>6} {'vm / unit':>12} {'km':>10} {'error of km':>12}")
for bounded in (False, True):
    for unit in (1.0, 1e-6, 1e-9):
        options = {"bounds": (0, np.inf)} if bounded else {}
        value, covariance = curve_fit(lambda s, vm, km: vm * s / (km + s), dose, rate * unit, p0=(unit, 1), **options)
        km[bounded, unit] = value[1]
        print(f"{'0 to inf' if bounded else 'none':8} {unit:6.0e} {value[0] / unit:12.6f} {value[1]:10.5f} {covariance[1, 1] ** 0.5:12.5f}")
right = km[False, 1.0]
same = all(abs(km[key] / right - 1) < 1e-5 for key in [(False, 1e-6), (False, 1e-9), (True, 1.0)])
off = all(abs(km[True, unit] / right - 1) > 0.2 for unit in (1e-6, 1e-9))
sys.exit(0 if same and off else 1)
PY
python3 fit.py
