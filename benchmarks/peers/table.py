"""Puts the results of run.sh into the marked part of the README.

usage: table.py RESULTS.jsonl README.md
"""

import datetime
import json
import os
import platform
import statistics
import sys

BEGIN, END = "<!-- full read: written by run.sh -->", "<!-- end of full read -->"

results = [json.loads(line) for line in open(sys.argv[1])]
totals = {result["total"] for result in results}
if len(totals) != 1:
    sys.exit(f"the sums over all counts differ: {totals}")
counts = max(result.get("nonZeros", 0) for result in results)

lines = [
    BEGIN,
    f"{counts:,} counts, {os.cpu_count()} cores ({platform.machine()}), {datetime.date.today()}. Equal totals.",
    "",
    "| | best, s | median, s | million counts/s | peak memory, MiB |",
    "|---|---:|---:|---:|---:|",
]
for what in dict.fromkeys(result["what"] for result in results):
    mine = [result for result in results if result["what"] == what]
    seconds = [second for result in mine for second in result["seconds"]]
    memory = max(result["peakRssMiB"] for result in mine)
    heap = max(result.get("peakHeapMiB", 0) for result in mine)
    note = f" (heap {heap:,})" if heap else ""
    median = statistics.median(seconds)
    lines.append(f"| {what} | {min(seconds):.2f} | {median:.2f} | {counts / median / 1e6:.0f} | {memory:,}{note} |")
lines.append(END)

readme = open(sys.argv[2]).read()
head, rest = readme.split(BEGIN)
open(sys.argv[2], "w").write(head + "\n".join(lines) + rest.split(END)[1])
print("\n".join(lines))
