#!/usr/bin/env python3
"""What spaCy makes of texts, as `chancery parse` writes it: the golden for a comparison of the two, token by token.

  python3 scripts/parse-golden.py MODEL <texts.jsonl >golden.jsonl

MODEL is a package that is installed or a pipeline's folder; a line of texts.jsonl is {"id", "text"}. Each text goes
through the pipeline alone. Needs spaCy 3.8 (`pip install spacy==3.8.*`), which the program itself does not.
"""
import json
import sys

import spacy


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    nlp = spacy.load(sys.argv[1])
    for line in sys.stdin:
        record = json.loads(line)
        doc = nlp(record["text"])
        tokens = [
            {
                "text": t.text,
                "ws": bool(t.whitespace_),
                "tag": t.tag_,
                "pos": t.pos_,
                "morph": str(t.morph),
                "lemma": t.lemma_,
                "head": t.head.i,
                "dep": t.dep_,
                "sent_start": bool(t.is_sent_start),
                "start": t.idx,
                "end": t.idx + len(t),
            }
            for t in doc
        ]
        ents = [[e.start, e.end, e.label_] for e in doc.ents]
        print(json.dumps({"doc": record["id"], "tokens": tokens, "ents": ents}, ensure_ascii=False))


if __name__ == "__main__":
    main()
