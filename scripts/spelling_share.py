"""How much of a collection of Jeju the speller calls wrong, and what: each is looked at by people.

    python scripts/spelling_share.py --data SHARED/text/jejuprov_life_dialogues_araea.tsv --column 3

Prints the lines with a word that is wrong, the counts by rule, and the shares. The texts of the
province are written in full orthography: what is called wrong there is a slip of theirs or ours.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from kosorong.spelling.speller import Speller
from kosorong.translation.lexicon import LEXICON_NAME, Lexicon, parse_lexicon

LEXICON = Path(__file__).parents[1] / "src/kosorong/training/translation/data" / LEXICON_NAME


def main() -> None:
    """Print what is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="lines, cells by tabs")
    parser.add_argument("--column", type=int, default=1, help="which cell is Jeju, from 1")
    parser.add_argument("--lexicon", type=Path, default=LEXICON, help="the words that are known")
    args = parser.parse_args()
    text = args.lexicon.read_text(encoding="utf-8")
    speller = Speller(Lexicon(parse_lexicon(text, args.lexicon.name)))
    rows = args.data.read_text(encoding="utf-8").splitlines()
    lines = [row.split("\t")[args.column - 1] for row in rows if row.count("\t") >= args.column - 1]
    wrong, words, verdicts = 0, Counter[str](), Counter[str]()
    for number, line in enumerate(lines, 1):
        findings = speller.spell(line).findings
        slips = [one for one in findings if one.verdict == "wrong"]
        wrong += bool(slips)
        words.update(one.rule for one in findings)
        verdicts.update(one.verdict for one in findings)
        if slips:
            told = "; ".join(f"{one.word} → {one.right[0]} ({one.rule})" for one in slips)
            print(f"{number}: {line}  | {told}")
    print(f"{wrong} of {len(lines)} lines have a word that is wrong.")
    print("findings:", *(f"{name} {count}" for name, count in verdicts.most_common()))
    print("rules:", *(f"{name} {count}" for name, count in words.most_common()))


if __name__ == "__main__":
    main()
