#!/usr/bin/env bash
# Reads of hox against homeobox: the same atlases, the same machine, one run. Writes the table into benchmarks/README.md.
#
# usage: benchmarks/read.sh [ROUNDS [PART...]]    rounds: 2. Parts, all by default: small large cells index bucket
#   small   100,000 cells x 20,000 genes at 5 %       cells   a cell table of 10,000,000 rows
#   large   400,000 cells x 20,000 genes at 5 %       index   making the feature-major copy of small
#   bucket  small from an S3 server that waits 20 ms before each answer
# Atlases are made once, by homeobox, in benchmarks/target (4 GB); homeobox needs 14 GB of memory for all of large.
# HOX_INTEROP_PYTHON names a Python with homeobox (connector/src/test/python/requirements-homeobox.txt).
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
source benchmarks/common.sh

rounds=${1:-2}
parts=${*:2}
parts=${parts:-small large cells index bucket}
target=$root/benchmarks/target
results=$target/read-results.jsonl
port=19017

atlas() { # NAME SCRIPT ARGUMENTS...
  if [[ ! -e $target/$1/complete ]]; then
    echo "making $1 ..." >&2
    "$python" "benchmarks/peers/$2" "$target/$1" "${@:3}"
    touch "$target/$1/complete"
  fi
}

# A copy of an atlas with hard links, and in it the feature-major copy that hox makes.
indexed() {
  if [[ ! -e $target/$1-indexed/complete ]]; then
    rm -rf "$target/$1-indexed"
    cp -rl "$target/$1" "$target/$1-indexed"
    rm "$target/$1-indexed/complete"
    ./hox index "$target/$1-indexed" >&2
    touch "$target/$1-indexed/complete"
  fi
}

homeobox() { # LABEL ATLAS RUNS JOB...
  "$python" benchmarks/peers/homeobox_jobs.py "$@" | tee -a "$results"
}

hox() { # LABEL ATLAS RUNS JOB...
  java "${java_options[@]}" ${hadoop_options[@]+"${hadoop_options[@]}"} -Xmx2g -XX:+UseParallelGC -cp "$class_path" \
    io.hox.benchmarks.ReadJobs "$@" | tee -a "$results"
}

# In turns, so that a busy moment of the machine does not favour one of them.
both() {
  homeobox "$@"
  hox "$@"
}

part() {
  case $1 in
    small)
      both small "$target/small" 5 whole cells5 type genes20 gene1 count filtered grouped
      both small-indexed "$target/small-indexed" 5 genes20 gene1
      ;;
    large)
      both large "$target/large" 3 whole cells5 type genes20
      both large-indexed "$target/large-indexed" 5 genes20 gene1
      ;;
    cells)
      both cells "$target/cells" 5 count filtered grouped
      ;;
    index)
      for who in homeobox hox; do
        rm -rf "$target/unindexed"
        cp -r "$target/small" "$target/unindexed"
        if [[ $who == hox ]]; then
          java "${java_options[@]}" -Xmx2g -cp "$class_path" io.hox.benchmarks.IndexRun "$target/unindexed"
        else
          "$python" benchmarks/peers/homeobox_index.py "$target/unindexed"
        fi | tee -a "$results"
        rm -rf "$target/unindexed"
      done
      ;;
    bucket)
      both bucket s3://atlases/small 3 whole cells5
      both bucket s3://atlases/small-indexed 3 genes20
      ;;
    *)
      echo "no part '$1': read the head of benchmarks/read.sh" >&2
      exit 1
      ;;
  esac
}

hadoop_options=()
serve() {
  mkdir -p "$target/s3/atlases"
  rm -rf "$target/s3/atlases"/*
  cp -rl "$target/small" "$target/small-indexed" "$target/s3/atlases/"
  java -Xmx512m -cp "$class_path" io.hox.benchmarks.SlowS3 "$target/s3" "$port" 20 >&2 &
  server=$!
  trap 'kill $server' EXIT
  until (echo >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.2; done
  export AWS_ACCESS_KEY_ID=hox AWS_SECRET_ACCESS_KEY=benchmark AWS_REGION=us-east-1
  export AWS_ENDPOINT=http://127.0.0.1:$port AWS_ALLOW_HTTP=true
  hadoop_options=(
    "-Dspark.hadoop.fs.s3a.endpoint=$AWS_ENDPOINT" -Dspark.hadoop.fs.s3a.endpoint.region=us-east-1
    -Dspark.hadoop.fs.s3a.path.style.access=true -Dspark.hadoop.fs.s3a.connection.ssl.enabled=false
    # Files that nobody put through the server have no ETag.
    -Dspark.hadoop.fs.s3a.change.detection.version.required=false
    -Dspark.hadoop.fs.s3a.access.key=hox -Dspark.hadoop.fs.s3a.secret.key=benchmark
  )
}

[[ $parts == *cells* ]] && atlas cells make_cells.py
[[ $parts == *small* || $parts == *index* || $parts == *bucket* ]] && atlas small make_atlas.py 100000 20000 0.05
[[ $parts == *small* || $parts == *bucket* ]] && indexed small
[[ $parts == *large* ]] && atlas large make_atlas.py 400000 20000 0.05 && indexed large
[[ $parts == *bucket* ]] && serve
: >"$results"
for ((round = 1; round <= rounds; round++)); do
  echo "round $round" >&2
  for name in $parts; do
    part "$name"
  done
done
"$python" benchmarks/peers/read_table.py "$results" benchmarks/README.md
