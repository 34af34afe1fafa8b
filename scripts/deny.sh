#!/usr/bin/env bash
# Licences and sources of all dependencies against deny.toml. cargo-deny does it where it is installed; else the same
# two checks run over `cargo metadata`. Advisories need a database from the network and are left to a networked run.
set -euo pipefail
cd "$(dirname "$0")/.."
if cargo deny --version >/dev/null 2>&1; then
  exec cargo deny --offline check licenses bans sources
fi
meta=$(mktemp)
trap 'rm -f "$meta"' EXIT
cargo metadata --format-version 1 --locked >"$meta"
python3 - "$meta" <<'PY'
import json, re, sys, tomllib
allow = set(tomllib.load(open("deny.toml", "rb"))["licenses"]["allow"])

def granted(expr):
    """An SPDX expression with OR, AND, WITH and brackets: may it be used under `allow`?"""
    tokens = re.findall(r"\(|\)|[^\s()]+", expr.replace("/", " OR "))
    def either():
        ok = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0); right = both(); ok = ok or right
        return ok
    def both():
        ok = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0); right = one(); ok = ok and right
        return ok
    def one():
        t = tokens.pop(0)
        if t == "(":
            ok = either(); tokens.pop(0); return ok
        if tokens and tokens[0] == "WITH":
            tokens.pop(0); t += " WITH " + tokens.pop(0)
        return t in allow or t.split(" WITH ")[0] in allow
    return either()

bad = []
packages = json.load(open(sys.argv[1]))["packages"]
for p in packages:
    if p["source"] is None:
        continue
    if not p["source"].startswith("registry+"):
        bad.append(f"{p['name']} {p['version']}: comes from {p['source']}, not from the registry")
    if not p["license"]:
        bad.append(f"{p['name']} {p['version']}: names no licence")
    elif not granted(p["license"]):
        bad.append(f"{p['name']} {p['version']}: licence {p['license']} is not on the list of deny.toml")
print("\n".join(bad) or f"licences and sources: {len(packages)} packages, all allowed by deny.toml")
sys.exit(bool(bad))
PY
