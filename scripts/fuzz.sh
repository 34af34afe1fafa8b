#!/usr/bin/env bash
# Runs each fuzz target for a number of seconds: scripts/fuzz.sh [SECONDS] [TARGET ...]
# Coverage comes from stable compiler flags, so that no other toolchain is needed.
set -euo pipefail
cd "$(dirname "$0")/../fuzz"
seconds=${1:-20}
shift || true
targets=("$@")
if [ ${#targets[@]} = 0 ]; then
  for f in src/bin/*.rs; do targets+=("$(basename "$f" .rs)"); done
fi
flags="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
flags+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Ccodegen-units=4"
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS="$flags" cargo build --release --target "$host" --quiet
# where the build went, whatever target folder is configured
dir=$(cargo metadata --format-version 1 --no-deps | python3 -c 'import json,sys; print(json.load(sys.stdin)["target_directory"])')
for t in "${targets[@]}"; do
  mkdir -p "corpus/$t"
  "$dir/$host/release/$t" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=20 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="corpus/" "corpus/$t" 2>"corpus/$t.log" || { tail -30 "corpus/$t.log"; echo "fuzz: $t failed"; exit 1; }
  echo "fuzz: $t, $seconds s, $(sed -n 's/stat::number_of_executed_units: *//p' "corpus/$t.log") runs, no crash"
done
