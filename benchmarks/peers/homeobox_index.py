"""Times homeobox making the feature-major copy of every group; prints one line of JSON.

usage: homeobox_index.py ATLAS
"""

import json
import os
import resource
import sys
import time

import homeobox as hox
import obstore
from homeobox.ingestion import add_csc

root = sys.argv[1]
atlas = hox.RaggedAtlas.open(root, ["cells"], store=obstore.store.LocalStore(f"{root}/zarr_store"))
groups = sorted(os.listdir(f"{root}/zarr_store"))
groups = [group for group in groups if os.path.isdir(f"{root}/zarr_store/{group}/csr")]
started = time.perf_counter()
for group in groups:
    add_csc(atlas, group, "gene_expression", "counts")
seconds = time.perf_counter() - started
size = sum(
    os.path.getsize(os.path.join(directory, file))
    for group in groups
    for directory, _, files in os.walk(f"{root}/zarr_store/{group}/csc")
    for file in files
)
print(
    json.dumps(
        {
            "who": "homeobox",
            "atlas": "small",
            "job": "index",
            "seconds": [round(seconds, 3)],
            "bytes": size,
            "peakRssMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    )
)
