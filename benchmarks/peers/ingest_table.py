"""Puts the results of ingest.sh into the marked part of the README.

usage: ingest_table.py RESULTS.jsonl README.md
"""

import datetime
import json
import os
import platform
import statistics
import sys

from marked import replace

BEGIN, END = "<!-- ingest: written by ingest.sh -->", "<!-- end of ingest -->"

every = [json.loads(line) for line in open(sys.argv[1])]
entries = max(result["nonZeros"] for result in every)
results = [result for result in every if result["nonZeros"] == entries]


def seconds(what):
    return statistics.median(result["seconds"] for result in results if result["what"] == what)


names = list(dict.fromkeys(result["what"] for result in results))
reference = min(seconds(name) for name in names if name.startswith("homeobox"))
lines = [
    f"{entries:,} non-zeros, {os.cpu_count()} cores ({platform.machine()}), {datetime.date.today()}.",
    "",
    "| | median, s | all, s | million non-zeros/s | to the faster homeobox | start, s | bytes a non-zero | peak memory, MiB |",
    "|---|---:|---|---:|---:|---:|---:|---:|",
]
for name in names:
    mine = [result for result in results if result["what"] == name]
    median = seconds(name)
    memory = max(result["peakRssMiB"] for result in mine)
    heap = max(result.get("peakHeapMiB", 0) for result in mine)
    lines.append(
        f"| {name} | {median:.2f} | {', '.join(format(r['seconds'], '.2f') for r in mine)} | {entries / median / 1e6:.0f} "
        f"| {reference / median:.2f} | {statistics.median(r['startSeconds'] for r in mine):.1f} "
        f"| {mine[0]['arrayBytes'] / entries:.3f} | {memory:,}{f' (heap {heap:,})' if heap else ''} |"
    )
replace(sys.argv[2], BEGIN, END, lines)
