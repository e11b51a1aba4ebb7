"""The same tasks by numpy and scipy, on the samples that statistics-bench left. One line of JSON a task.

usage: peers.py FOLDER
"""
import json
import sys
import time

import numpy
import scipy
from scipy import stats


def measure(task, peer, repeats, work):
    seconds = []
    answer = []
    for _ in range(repeats):
        start = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - start)
    line = {"who": peer, "task": task, "seconds": seconds, "answer": [float(a) for a in answer]}
    print(json.dumps(line), flush=True)


def main(folder):
    durations = numpy.fromfile(folder + "/durations.f64")
    unordered = numpy.fromfile(folder + "/unordered.f64")
    ended = numpy.fromfile(folder + "/ended.u8", dtype=numpy.uint8).astype(bool)
    ratings = numpy.fromfile(folder + "/ratings.f64")
    scipy_name = f"scipy {scipy.__version__}"
    numpy_name = f"numpy {numpy.__version__}"

    def kaplan_meier():
        sample = stats.CensoredData(uncensored=durations[ended], right=durations[~ended])
        curve = stats.ecdf(sample).sf
        # The first time at which at most this share is left, as a quantile of the curve.
        return [curve.quantiles[numpy.argmax(curve.probabilities <= 1 - p)] for p in (0.5, 0.9)]

    def kaplan_meier_arrays():
        starts = numpy.flatnonzero(numpy.concatenate(([True], durations[1:] != durations[:-1])))
        at_risk = len(durations) - starts
        deaths = numpy.add.reduceat(ended, starts, dtype=numpy.int64)
        left = numpy.cumprod(1 - deaths / at_risk)
        times = durations[starts]
        return [times[numpy.argmax(left <= 1 - p)] for p in (0.5, 0.9)]

    def bootstrap():
        result = stats.bootstrap(
            (ratings,), numpy.mean, n_resamples=2000, batch=20, method="percentile", vectorized=True,
            rng=numpy.random.default_rng(7))
        return [result.confidence_interval.low, result.confidence_interval.high]

    measure("kaplan-meier", f"{scipy_name} ecdf", 2, kaplan_meier)
    measure("kaplan-meier", f"{numpy_name} arrays", 3, kaplan_meier_arrays)
    measure("quantiles", numpy_name, 3, lambda: numpy.quantile(unordered, [0.05, 0.5, 0.9, 0.95]))
    measure("quantiles by sorting", numpy_name, 3, lambda: [numpy.sort(unordered)[0]])
    measure("bootstrap of a mean", scipy_name, 2, bootstrap)


main(sys.argv[1])
