#!/usr/bin/env bash
# hox against homeobox: the same atlas, the same machine, one run. Writes the table into benchmarks/README.md.
#
# usage: benchmarks/run.sh [ATLAS]     an atlas with a column gene_expression and a layer counts;
#                                      default: one of 100,000 cells x 20,000 genes at 5 %, made once in benchmarks/target
# HOX_INTEROP_PYTHON names a Python with homeobox (connector/src/test/python/requirements-homeobox.txt).
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

source benchmarks/common.sh

atlas=${1:-benchmarks/target/atlas}
if [[ $# -eq 0 && ! -e $atlas/complete ]]; then
  echo "making $atlas ..." >&2
  "$python" benchmarks/peers/make_atlas.py "$PWD/$atlas"
  touch "$atlas/complete"
fi

full_read() {
  java "${java_options[@]}" -Xmx2g -XX:+UseParallelGC -cp "$class_path" io.hox.benchmarks.FullRead "$atlas" 5
}

# In turns, so that a busy moment of the machine does not favour one of them.
results=benchmarks/target/results.jsonl
: >"$results"
for round in 1 2; do
  echo "round $round" >&2
  "$python" benchmarks/peers/homeobox_read.py "$atlas" 5 | tee -a "$results"
  full_read | tee -a "$results"
done
"$python" benchmarks/peers/table.py "$results" benchmarks/README.md
