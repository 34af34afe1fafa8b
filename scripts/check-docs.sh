#!/usr/bin/env bash
# Documentation is checked like code: every command of the program stands in the README, every data folder in
# data/README.md, every predicate of the ontology is described, and no path of a machine slips in.
set -euo pipefail
cd "$(dirname "$0")/.."
bad=0
say() { echo "docs: $*"; bad=1; }

for name in $(sed -nE 's/^    ([A-Z][a-z]+)\(.*\),$/\1/p' crates/chancery-cli/src/commands/mod.rs | tr '[:upper:]' '[:lower:]'); do
  grep -qE "chancery $name|[ ,;]$name FILE" README.md || say "README.md does not show \`chancery $name\`"
done
for d in data/*/; do
  name=$(basename "$d")
  grep -q "\`$name/" data/README.md || say "data/README.md does not tell of $name/"
done
for f in examples/*; do
  name=$(basename "$f")
  [ "$name" = README.md ] || grep -q "$name" examples/README.md || say "examples/README.md does not list $name"
done
if git grep -nE '/(root|home|work|farm|tmp)/[A-Za-z0-9._-]+' -- ':!*.lock' ':!suite/*' ':!scripts/check-docs.sh' ':!*.rs' >/dev/null; then
  git grep -nE '/(root|home|work|farm|tmp)/[A-Za-z0-9._-]+' -- ':!*.lock' ':!suite/*' ':!scripts/check-docs.sh' ':!*.rs' | head -5
  say "a path of a machine stands in a tracked file"
fi
[ "$bad" = 0 ] && echo "docs: every command, data folder and example is documented"
exit "$bad"
