"""Counts how often languages are told right: lines of dialogues, and whole books.

    python scripts/language_report.py --data DIR [--books FOLDER]

DIR holds tables of `id TAB korean TAB jeju`; FOLDER any books, each told and printed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kosorong.book.languages import languages_of
from kosorong.book.readers import read_manuscript
from kosorong.errors import KosorongError
from kosorong.ports import JEJU, KOREAN
from kosorong.text.langid import language_of


def main() -> None:
    """Print what was told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the tables")
    parser.add_argument("--tables", default="*dialogues*.tsv", help="which of them")
    parser.add_argument("--books", type=Path, help="folder of books")
    args = parser.parse_args()
    for table in sorted(args.data.rglob(args.tables)):
        _count(table)
    for book in sorted(args.books.rglob("*")) if args.books else ():
        if book.suffix.lower() in {".txt", ".md", ".epub"}:
            _tell(book)


def _count(table: Path) -> None:
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    for name, column, told in (("Korean", 1, KOREAN), ("Jeju", 2, JEJU)):
        right = sum(language_of(row[column]) == told for row in rows)
        print(f"{table.name}: {name} {right} of {len(rows)} ({right / len(rows):.1%})")


def _tell(book: Path) -> None:
    try:
        manuscript = read_manuscript(book)
    except KosorongError as error:
        print(f"{book.name}: refused: {error.message}")
        return
    found = languages_of(manuscript)
    print(f"{book.name}: {found.told or 'neither'}: {found.words()}")


if __name__ == "__main__":
    main()
