"""What the peer scripts share: timing, and answering the benchmark table over stdin and stdout.

A script hands over its cases: name -> function that prepares the work and returns it as a function without arguments.
    script.py [substring]    prints one JSON line a case: {"case", "median_us"}
    script.py --serve        prints a line of versions, then answers lines of JSON until stdin ends:
                             {"case": name, "seconds": s} -> {"samples_us": [...]};  {"call": name, "count": n} -> {"values": [...]}
One thread: the caller sets OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1.
"""
import ctypes
import json
import platform
import statistics
import sys
import time

import numpy


def blas():
    """The BLAS that this process has loaded: OpenBLAS says its version and the kernels it chose."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        paths = {line.split()[-1] for line in maps if ".so" in line and ("blas" in line or "mkl" in line)}
    for path in sorted(paths):
        library = ctypes.CDLL(path)
        if hasattr(library, "openblas_get_config"):
            config, core = library.openblas_get_config, library.openblas_get_corename
            config.restype = core.restype = ctypes.c_char_p
            return " ".join(config().decode().split()[:2]) + ", " + core().decode() + " kernels"
    return ", ".join(sorted(path.rsplit("/", 1)[-1] for path in paths)) or "none found"


def sample(work, seconds):
    """Microseconds of each call for about this long, the first call left out."""
    work()
    samples, stop = [], time.perf_counter() + seconds
    while time.perf_counter() < stop or len(samples) < 3:
        start = time.perf_counter()
        work()
        samples.append((time.perf_counter() - start) * 1e6)
    return samples


def main(cases, versions, calls=None):
    arguments = [argument for argument in sys.argv[1:] if argument.startswith("--") or not argument.endswith(".npz")]
    if "--serve" not in arguments:
        for name, prepare in cases.items():
            if not arguments or arguments[0] in name:
                work = prepare()
                sample(work, 0.3)
                print(json.dumps({"case": name, "median_us": round(statistics.median(sample(work, 1.5)), 2)}), flush=True)
        return
    print(json.dumps({"Python": platform.python_version(), "NumPy": numpy.__version__, **versions, "BLAS": blas()}), flush=True)
    prepared = {}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "call" in request:
                answer = {"values": calls[request["call"]](request["count"])}
            else:
                name = request["case"]
                if name not in prepared:
                    prepared.clear()
                    prepared[name] = cases[name]()
                    sample(prepared[name], request["seconds"])
                answer = {"samples_us": sample(prepared[name], request["seconds"])}
        except KeyError as missing:
            answer = {"error": f"there is no case {missing}"}
        print(json.dumps(answer), flush=True)
