"""Changes that no test can notice, each with the reason: `equivalents.tsv`."""

from __future__ import annotations

import csv
from pathlib import Path

FILE = Path(__file__).with_name("equivalents.tsv")
Key = tuple[str, str, str, str]


def equivalents() -> dict[Key, str]:
    """Return the reason for each, by file, scope, line and change."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {
            (row["file"], row["scope"], row["line"], row["change"]): row["reason"] for row in rows
        }
