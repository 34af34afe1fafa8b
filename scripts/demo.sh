#!/usr/bin/env bash
# Reads examples/ into a ledger of its own and asks what a newcomer would ask.
set -euo pipefail
bin=$(realpath "${1:-target/release/chancery}")
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export CHANCERY_LEDGER="$tmp/demo.sqlite"

bold='' plain=''
if [ -t 1 ]; then bold=$'\033[1m' plain=$'\033[0m'; fi

ask() {
  printf "\n$bold\$ chancery %s$plain\n" "$(printf '%q ' "$@" | sed "s/\\\\ / /g; s/ $//")"
  "$bin" "$@"
}

ask read examples
printf '\n# Where do Russia and the Taliban stand with each other? Two sources date the recognition differently.\n'
ask status Russia Taliban --at 2025-08-01
printf '\n# Who recognises the Islamic Emirate, and who says no? "May" and "will" are not answers.\n'
ask who recognition "Islamic Emirate" --at 2025-08-01
printf '\n# What became of the American mission in Kabul?\n'
ask timeline "United States" Afghanistan --predicate mission
printf '\n# A forecast is told as a forecast, and answers nothing.\n'
ask claims --predicate recognition --modality possible
printf '\n# A toll that grows: each source keeps its own figure.\n'
ask claims --predicate assault --since 2024-03-22 --until 2024-03-23
printf '\n# Where do sources contradict each other?\n'
ask conflicts Russia Taliban
