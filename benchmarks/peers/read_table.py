"""Puts the results of read.sh into the marked part of the README.

usage: read_table.py RESULTS.jsonl README.md
"""

import datetime
import json
import os
import platform
import statistics
import sys

from marked import replace

BEGIN, END = "<!-- reads: written by read.sh -->", "<!-- end of reads -->"
ATLASES = {
    "small": "100,000 cells",
    "small-indexed": "100,000 cells, feature-major copy",
    "large": "400,000 cells",
    "large-indexed": "400,000 cells, feature-major copy",
    "cells": "10 million cells",
    "bucket": "100,000 cells, S3 with 20 ms",
}
JOBS = {
    "whole": "whole matrix",
    "cells5": "5 % random cells",
    "type": "all cells of one type",
    "genes20": "20 genes of all cells",
    "gene1": "1 gene of all cells",
    "count": "count",
    "filtered": "count of one type",
    "grouped": "count by two columns",
    "index": "making the feature-major copy",
}

results = {}
for line in open(sys.argv[1]):
    result = json.loads(line)
    results.setdefault((result["atlas"], result["job"]), {}).setdefault(result["who"], []).append(result)


def figures(runs, key="seconds"):
    seconds = [second for run in runs for second in run.get(key, [])]
    return (statistics.median(seconds), min(seconds)) if seconds else (0.0, 0.0)


def cpu(seconds):
    return f"{seconds:.2f}" if seconds else ""


def text(figures):
    return f"{figures[0]:.3f} ({figures[1]:.3f})"


lines = [
    f"{os.cpu_count()} cores ({platform.machine()}), {datetime.date.today()}; seconds: median (fastest).",
    "",
    "| atlas | job | homeobox, s | hox, s | times as fast | CPU, s: homeobox | hox | million counts/s of CPU time "
    "| peak memory, MiB: homeobox | hox (heap) |",
    "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
]
for (atlas, job), by in results.items():
    for key in ("total", "nonZeros", "cells", "groups"):
        values = {run[key] for runs in by.values() for run in runs if key in run}
        if len(values) > 1:
            sys.exit(f"{atlas}, {job}: {key} differs: {values}")
    theirs, ours = figures(by["homeobox"]), figures(by["hox"])
    cpu_theirs, cpu_ours = figures(by["homeobox"], "cpuSeconds")[0], figures(by["hox"], "cpuSeconds")[0]
    entries = by["homeobox"][0].get("nonZeros")
    rate = f"{entries / cpu_ours / 1e6:,.0f}" if entries and job in ("whole", "cells5", "type") else ""
    memory_theirs = max(run["peakRssMiB"] for run in by["homeobox"])
    memory_ours = max(run["peakRssMiB"] for run in by["hox"])
    heap = max(run["peakHeapMiB"] for run in by["hox"])
    lines.append(
        f"| {ATLASES[atlas]} | {JOBS[job]} | {text(theirs)} | {text(ours)} | {theirs[0] / ours[0]:.1f} "
        f"| {cpu(cpu_theirs)} | {cpu(cpu_ours)} | {rate} | {memory_theirs:,} | {memory_ours:,} ({heap:,}) |"
    )
for who, runs in results.get(("small", "index"), {}).items():
    lines += ["", f"The copy that {who} makes has {runs[0]['bytes'] / 1e6:,.0f} MB."]
replace(sys.argv[2], BEGIN, END, lines)
