"""Puts the results of codec.sh into the marked part of the README.

usage: codec_table.py JMH.json CRATE.txt README.md
"""

import datetime
import json
import os
import platform
import sys

from marked import replace

BEGIN, END = "<!-- codec: written by codec.sh -->", "<!-- end of codec -->"
CHUNK = 40_960

hox = {}
for result in json.load(open(sys.argv[1])):
    percentiles = result["primaryMetric"]["scorePercentiles"]
    key = int(result["params"]["width"]), result["params"]["transform"]
    hox[key] = CHUNK / percentiles["50.0"], CHUNK / percentiles["0.0"]

crate = {}
for line in open(sys.argv[2]):
    width, *speeds = line.split()
    best = crate.setdefault(int(width), [0.0] * 4)
    for i, speed in enumerate(speeds):
        best[i] = max(best[i], float(speed))


def cells(width, transform, at):
    median, fastest = hox[width, transform]
    ratio = fastest / crate[width][at + 1]
    return f"{median:.1f} ({fastest:.1f}) | {crate[width][at]:.1f} ({crate[width][at + 1]:.1f}) | {ratio:.2f}"


lines = [
    f"{platform.machine()}, {datetime.date.today()}, {os.cpu_count()} cores of which one is used. "
    "G integers/s, median (fastest) of single calls; the ratio is that of the fastest.",
    "",
    "| width | hox, plain | crate, plain | ratio | hox, delta | crate, delta | ratio |",
    "|---:|---:|---:|---:|---:|---:|---:|",
]
for width in sorted(crate):
    lines.append(f"| {width} | {cells(width, 'NONE', 0)} | {cells(width, 'DELTA', 2)} |")
for transform, name in (("NONE", "plain"), ("DELTA", "delta")):
    slowest = min((hox[width, transform], width) for width in crate)
    lines.append("")
    lines.append(f"Slowest median, {name}: {slowest[0][0]:.2f} G integers/s at width {slowest[1]}.")
replace(sys.argv[3], BEGIN, END, lines)
