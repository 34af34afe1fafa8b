#!/usr/bin/env python3
"""How often claims of a confidence are right: a reliability table, as Markdown.

  python3 scripts/reliability.py BINARY SHARED

SHARED holds score/claims.py and gold/claims; a claim is right if it matches an annotated line, a repeat of a matched
one is left out.
"""
import json
import os
import subprocess
import sys

EDGES = [0.0, 0.5, 0.6, 0.7, 0.8, 1.01]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    binary, shared = os.path.realpath(sys.argv[1]), os.path.realpath(sys.argv[2])
    sys.path.insert(0, os.path.join(shared, "score"))
    import claims as scorer

    gold = os.path.join(shared, "gold", "claims")
    docs = [json.loads(line) for line in open(os.path.join(gold, "docs.jsonl"))]
    lines = [json.loads(line) for line in open(os.path.join(gold, "gold.jsonl"))]
    text = "".join(json.dumps(d) + "\n" for d in docs)
    done = subprocess.run([binary, "code", "--format", "jsonl", "-"], input=text, capture_output=True, text=True, check=True)
    read = {str(o["doc"]) for o in lines}
    said = [scorer.Claim(json.loads(line), False) for line in done.stdout.splitlines()]
    said = [c for c in said if c.doc in read and c.kind in scorer.KNOWN]
    scorer.match([scorer.Claim(o, True) for o in lines if "predicate" in o], said)
    said = [c for c in said if not getattr(c, "repeat", False)]
    print("| confidence said | claims | right | share right | mean said |")
    print("|---|---|---|---|---|")
    for low, high in zip(EDGES, EDGES[1:]):
        held = [c for c in said if low <= c.o["confidence"] < high]
        if held:
            right = sum(c.hit is not None for c in held)
            mean = sum(c.o["confidence"] for c in held) / len(held)
            print(f"| {low:.1f} to {min(high, 1):.1f} | {len(held)} | {right} | {right / len(held):.2f} | {mean:.2f} |")


if __name__ == "__main__":
    main()
