#!/usr/bin/env bash
# hox against homeobox: the same atlas, the same machine, one run. Writes the table into benchmarks/README.md.
#
# usage: benchmarks/run.sh [ATLAS]     an atlas with a column gene_expression and a layer counts;
#                                      default: one of 100,000 cells x 20,000 genes at 5 %, made once in benchmarks/target
# HOX_INTEROP_PYTHON names a Python with homeobox (connector/src/test/python/requirements-homeobox.txt).
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

python=${HOX_INTEROP_PYTHON:-$(ls -d .venvs/homeobox-*/bin/python 2>/dev/null | head -n 1)}
if [[ -z $python ]]; then
  echo 'No Python with homeobox: run "mvn verify" once, which makes one in .venvs, or name one in HOX_INTEROP_PYTHON' >&2
  exit 1
fi

echo 'building ...' >&2
mvn -q -B -DskipTests -pl benchmarks -am package

atlas=${1:-benchmarks/target/atlas}
if [[ $# -eq 0 && ! -e $atlas/complete ]]; then
  echo "making $atlas ..." >&2
  "$python" benchmarks/peers/make_atlas.py "$PWD/$atlas"
  touch "$atlas/complete"
fi

full_read() {
  java "@ingest-jobs/target/conf/java.options" -Xmx2g -XX:+UseParallelGC \
    "-Dlog4j2.configurationFile=ingest-jobs/target/conf/log4j2.properties" \
    -cp "benchmarks/target/classes:$(<benchmarks/target/classpath)" io.hox.benchmarks.FullRead "$atlas" 5
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
