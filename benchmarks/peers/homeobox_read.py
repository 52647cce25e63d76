"""Times homeobox reading all cells of an atlas into AnnData; prints one line of JSON.

usage: homeobox_read.py ATLAS [RUNS]
"""

import json
import resource
import sys
import time

import homeobox as hox


def read(root):
    started = time.perf_counter()
    adata = hox.RaggedAtlas.checkout_latest(root).query().to_anndata()
    read_seconds = time.perf_counter() - started
    total = float(adata.X.sum(axis=0, dtype="float64").sum())
    return read_seconds, time.perf_counter() - started, adata.X.nnz, total


read(sys.argv[1])
runs = [read(sys.argv[1]) for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 3)]
print(
    json.dumps(
        {
            "what": "homeobox to_anndata()",
            "seconds": [round(run[0], 3) for run in runs],
            "secondsWithSum": [round(run[1], 3) for run in runs],
            "nonZeros": int(runs[0][2]),
            "total": runs[0][3],
            "peakRssMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    )
)
