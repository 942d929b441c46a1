"""`phones.tsv`: the sounds of a corpus whose times are known, to seed an aligner with.

A header and four columns: `id` of the utterance, `phone` as the corpus writes it, `start` and
`end` in seconds from the beginning of the utterance's own sound file, after trimming.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from kosorong.audio.files import replacing
from kosorong.training.corpora.rows import Phone

_COLUMNS = ("id", "phone", "start", "end")


def shifted(phone: Phone, lead: float) -> Phone:
    """Return a phone in a sound whose first `lead` seconds were cut off."""
    return Phone(phone.name, max(0.0, phone.start - lead), max(0.0, phone.end - lead))


def write_phones(path: Path, phones: Mapping[str, Sequence[Phone]]) -> None:
    """Write the phones of utterances, by their ids, atomically."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(_COLUMNS)
        for name, some in phones.items():
            for phone in some:
                writer.writerow((name, phone.name, f"{phone.start:.3f}", f"{phone.end:.3f}"))


def read_phones(path: Path) -> dict[str, list[Phone]]:
    """Read what `write_phones` wrote; empty where there is no such file."""
    phones: dict[str, list[Phone]] = {}
    if not path.is_file():
        return phones
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            phone = Phone(row["phone"], float(row["start"]), float(row["end"]))
            phones.setdefault(row["id"], []).append(phone)
    return phones
