#!/usr/bin/env bash
# hox ingest against homeobox's add_from_anndata: the same file, the same machine, one run. Writes the table into
# benchmarks/README.md.
#
# usage: benchmarks/ingest.sh [ROUNDS]     (3) of a file of 100,000 cells x 20,000 genes at 5 %, made once in
#                                          benchmarks/target; needs 3 GB there
# HOX_INTEROP_PYTHON names a Python with homeobox (connector/src/test/python/requirements-homeobox.txt).
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
source benchmarks/common.sh

target=benchmarks/target
file=$PWD/$target/ingest.h5ad
small=$PWD/$target/ingest-small.h5ad
atlas=$PWD/$target/ingest-atlas
results=$target/ingest-results.jsonl

make_file() {
  [[ -e $1 ]] || { "$python" benchmarks/peers/make_h5ad.py "$1.part.h5ad" "${@:2}" && mv "$1.part.h5ad" "$1"; }
}
make_file "$small" 2000 20000 0.05
make_file "$file" 100000 20000 0.05
rm -rf "$atlas-empty"
"$python" benchmarks/peers/ingest_homeobox.py "$file" "$atlas-empty" empty

homeobox() {
  "$python" benchmarks/peers/ingest_homeobox.py "$file" "$atlas" "$1"
}

# A new JVM each time; files after the first one meet code that the first one has warmed up.
hox() {
  rm -rf "$atlas"
  cp -r "$atlas-empty" "$atlas"
  java "${java_options[@]}" -Xmx1g -cp "$class_path" io.hox.benchmarks.IngestRun "$atlas" "$@"
}

# In turns, so that a busy moment of the machine does not favour one of them.
: >"$results"
for ((round = 1; round <= ${1:-3}; round++)); do
  echo "round $round" >&2
  {
    homeobox memory
    homeobox backed
    for threads in 1 2; do
      hox "$threads" "$file"
      hox "$threads" "$small" "$file"
    done
  } | tee -a "$results"
done
rm -rf "$atlas" "$atlas-empty"
"$python" benchmarks/peers/ingest_table.py "$results" benchmarks/README.md
