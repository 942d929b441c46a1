"""Draws story lines, has two checkouts translate them, and makes a sheet for blind readers.

    python scripts/blind_sheet.py draw --books DIR --other CHECKOUT -o SHEET   # seed: git's HEAD
    python scripts/blind_sheet.py score SHEET A.tsv B.tsv

`draw` writes `items.tsv` (number, Korean, Jeju; lines of both shuffled) for the readers and
`key.json` for `score` alone. A reader answers with a line an item, `number TAB verdict TAB
reason`; the verdicts are `ok`, `small`, `korean` and `wrong`, see
`docs/reference/translation-errors.md`. `score` prints shares of each checkout, how often the
readers agree and Cohen's kappa.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

VERDICTS = ("ok", "small", "korean", "wrong")
_SHORTEST, _LONGEST = 12, 60
_TRANSLATE = """
import json, sys
from pathlib import Path
import kosorong
from kosorong.translation.translator import NeuralTranslator
bundle = Path(kosorong.__file__).parent / "bundles" / "kosorong-jeju"
made = NeuralTranslator(bundle).translate(json.load(sys.stdin))
print(json.dumps([one.text for one in made]))
"""


def drawn(books: Path, seed: str, count: int) -> list[tuple[str, int, str]]:
    """Return story, line (from 1) and text of lines of 12 to 60 letters, by a seed."""
    lines = [
        (book.stem, n, line.strip())
        for book in sorted(books.glob("*.txt"))
        for n, line in enumerate(book.read_text(encoding="utf-8").splitlines(), 1)
    ]
    fitting = [line for line in lines if _SHORTEST <= len(line[2]) <= _LONGEST]
    return random.Random(seed).sample(fitting, count)  # noqa: S311 (no secret)


def translated(checkout: Path, texts: Sequence[str]) -> list[str]:
    """Return what a checkout's own translator makes of texts."""
    made = subprocess.run(
        [sys.executable, "-c", _TRANSLATE],
        input=json.dumps(texts),
        env={**os.environ, "PYTHONPATH": str(checkout.resolve() / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(made.stdout))


def draw(books: Path, other: Path, seed: str, count: int, sheet: Path) -> None:
    """Write the readers' items and the key."""
    lines = drawn(books, seed, count)
    texts = [text for _, _, text in lines]
    here = Path(__file__).resolve().parent.parent
    made = {"this": translated(here, texts), "other": translated(other, texts)}
    items = [(n, system) for n in range(len(lines)) for system in sorted(made)]
    random.Random(f"{seed} order").shuffle(items)  # noqa: S311 (no secret)
    sheet.mkdir(parents=True, exist_ok=True)
    rows = [f"{k:03d}\t{texts[n]}\t{made[s][n]}\n" for k, (n, s) in enumerate(items, 1)]
    (sheet / "items.tsv").write_text("".join(rows), encoding="utf-8")
    key = [[k, s, *lines[n][:2]] for k, (n, s) in enumerate(items, 1)]
    (sheet / "key.json").write_text(json.dumps({"seed": seed, "items": key}, ensure_ascii=False))


def verdicts_of(path: Path) -> dict[int, str]:
    """Return a reader's verdicts by item."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    found = {int(row[0]): row[1].strip() for row in rows}
    unknown = set(found.values()) - set(VERDICTS)
    if unknown:
        sys.exit(f"{path}: unknown verdicts {', '.join(sorted(unknown))}; valid: {VERDICTS}")
    return found


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa of two readers' verdicts (Cohen 1960)."""
    n = len(first)
    seen = sum(a == b for a, b in zip(first, second, strict=True)) / n
    by_chance = sum(first.count(v) * second.count(v) for v in VERDICTS) / n**2
    return (seen - by_chance) / (1 - by_chance)


def score(sheet: Path, readers: Sequence[Path]) -> None:
    """Print shares of each checkout by reader, and how far two readers agree."""
    key = json.loads((sheet / "key.json").read_text(encoding="utf-8"))["items"]
    read = [verdicts_of(path) for path in readers]
    for path, verdicts in zip(readers, read, strict=True):
        for system in ("other", "this"):
            mine = Counter(verdicts[n] for n, s, _, _ in key if s == system)
            told = ", ".join(f"{v} {mine[v]}" for v in VERDICTS)
            print(f"{path.stem}  {system:5}  {told}  of {mine.total()}")
    if len(read) > 1:
        first, second = ([verdicts[n] for n, *_ in key] for verdicts in read[:2])
        same = sum(a == b for a, b in zip(first, second, strict=True))
        print(f"agreement {same} of {len(key)}, kappa {kappa(first, second):.2f}")


def main() -> None:
    """Draw or score."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("--books", type=Path, required=True)
    drawing.add_argument("--other", type=Path, required=True, help="another checkout")
    drawing.add_argument("--seed", help="default: the hash of HEAD")
    drawing.add_argument("--count", type=int, default=100)
    drawing.add_argument("-o", "--output", type=Path, required=True)
    scoring = commands.add_parser("score")
    scoring.add_argument("sheet", type=Path)
    scoring.add_argument("readers", type=Path, nargs="+")
    args = parser.parse_args()
    if args.command == "score":
        score(args.sheet, args.readers)
        return
    head = ["git", "rev-parse", "HEAD"]
    seed = args.seed or subprocess.run(head, capture_output=True, text=True, check=True).stdout
    draw(args.books, args.other, seed.strip(), args.count, args.output)


if __name__ == "__main__":
    main()
