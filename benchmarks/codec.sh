#!/usr/bin/env bash
# BP-128 decoding of hox, of every width, beside the Rust crate that homeobox packs with: one core, one run. Writes the
# table into benchmarks/README.md. Needs cargo.
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
source benchmarks/common.sh

target=benchmarks/target
cargo build -q --release --manifest-path benchmarks/peers/bitpacking/Cargo.toml --target-dir "$target/rust"
crate() { "$target/rust/release/bitpacking-peer"; }

# Half of the crate's calls before, half after those of hox.
crate >"$target/codec-crate.txt"
java -cp "$class_path" org.openjdk.jmh.Main 'BitPackingBenchmark.decodeInts' \
  -p width="$(seq -s , 1 32)" -p transform=NONE,DELTA -bm sample -opi 1 -tu ns \
  -wi 1 -w 700ms -i 1 -r 700ms -f 1 -jvmArgs "-Xmx1g -XX:+UseSerialGC" -rf json -rff "$target/codec.json" >&2
crate >>"$target/codec-crate.txt"
"$python" benchmarks/peers/codec_table.py "$target/codec.json" "$target/codec-crate.txt" benchmarks/README.md
