#!/usr/bin/env python3
"""Runs the scorers over the program and prints one table of figures against the floors of suite/floors.toml.

  figures.py BIN SHARED      exit 1 if a figure is below its floor or a scorer fails
"""
import json
import os
import subprocess
import sys
import tempfile
import tomllib

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def dig(figures, path):
    for key in path.split("/"):
        if isinstance(figures, list):
            key = int(key)
            figures = figures[key] if key < len(figures) else None
        else:
            figures = figures.get(key) if isinstance(figures, dict) else None
        if figures is None:
            return None
    return figures


def main():
    binary, shared = os.path.realpath(sys.argv[1]), os.path.realpath(sys.argv[2])
    with open(os.path.join(TOP, "suite", "floors.toml"), "rb") as f:
        floors = tomllib.load(f)["floor"]
    runs, failed, rows = {}, [], []
    with tempfile.TemporaryDirectory() as tmp:
        for floor in floors:
            command = floor["scorer"]
            if command not in runs:
                out = os.path.join(tmp, "%d.json" % len(runs))
                words = command.split()
                script = os.path.join(shared, "score", words[0])
                if not os.path.exists(script):
                    runs[command] = None
                    continue
                done = subprocess.run([sys.executable, script, "--bin", binary, "--json", out] + words[1:], capture_output=True, text=True)
                if done.returncode or not os.path.exists(out):
                    failed.append("%s: exit %d\n%s" % (command, done.returncode, (done.stderr or done.stdout)[-2000:]))
                    runs[command] = None
                else:
                    with open(out, encoding="utf-8") as f:
                        runs[command] = json.load(f)
            figures = runs[command]
            value = dig(figures, floor["figure"].replace(": ", ":")) if figures else None
            ok = value is not None and (value <= floor["max"] if "max" in floor else value >= floor["min"])
            rows.append((floor["name"], floor.get("min", floor.get("max")), value, ok, floor["date"]))
    width = max(len(r[0]) for r in rows)
    print("\n%-*s  %10s  %10s  %s" % (width, "figure", "floor", "now", "floor of"))
    for name, floor, value, ok, date in rows:
        now = "-" if value is None else ("%.4f" % value if abs(value) < 100 else "%.0f" % value)
        print("%-*s  %10.4g  %10s  %s%s" % (width, name, floor, now, date, "" if ok else "   BELOW"))
    for f in failed:
        print("\n" + f)
    if failed or not all(r[3] for r in rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
