"""Times what homeobox does for the jobs of ReadJobs.java; prints one line of JSON a job.

usage: homeobox_jobs.py LABEL ATLAS RUNS JOB...      jobs: see JOBS below
"""

import json
import resource
import sys
import time

import homeobox as hox
import numpy as np

SPACE = "gene_expression"
GENES = [f"g{i * 997 % 20000:015d}" for i in range(20)]


def moments(query):
    """Per gene sum, mean and number of non-zeros of the cells that a query hits."""
    adata = query.to_anndata()
    x = adata.X
    total = np.asarray(x.sum(axis=0, dtype="float64")).ravel()
    mean = total / max(1, x.shape[0])
    nnz = x.getnnz(axis=0)
    assert len(mean) == len(nnz)
    return {"total": float(total.sum()), "nonZeros": int(nnz.sum()), "cells": int(x.shape[0])}


JOBS = {
    "whole": lambda q: moments(q),
    "cells5": lambda q: moments(q.where("draw = 7")),
    "type": lambda q: moments(q.where("cell_type = 'NK'")),
    "genes20": lambda q: moments(q.features(GENES, SPACE)),
    "gene1": lambda q: moments(q.features(GENES[:1], SPACE)),
    "count": lambda q: {"cells": int(q.count())},
    "filtered": lambda q: {"cells": int(q.where("cell_type = 'NK'").count())},
    "grouped": lambda q: {"groups": int(q.count(group_by=["cell_type", "donor"]).height)},
}


def once(root, job):
    started, cpu = time.perf_counter(), time.process_time()
    found = JOBS[job](hox.RaggedAtlas.checkout_latest(root).query())
    return time.perf_counter() - started, time.process_time() - cpu, found


def main(label, root, runs, *jobs):
    for job in jobs:
        once(root, job)
        results = [once(root, job) for _ in range(int(runs))]
        print(
            json.dumps(
                {
                    "who": "homeobox",
                    "atlas": label,
                    "job": job,
                    "seconds": [round(result[0], 4) for result in results],
                    "cpuSeconds": [round(result[1], 4) for result in results],
                    **results[0][2],
                    "peakRssMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
