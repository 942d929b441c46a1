"""Print how far the reader agrees with reading tests that nobody here wrote.

Each set is a file of `input <TAB> expected` rows; spaces are removed before comparing. Rows that go
against the stated convention (docs/reference/reading-conventions.md) are listed by file and line:
where only the convention differs, the expected side is restated in ours (`RESTATED`); the rest are
left out (`LEFT_OUT`). Each file is counted three ways: as it stands, without all those rows, and
with the restated ones. Pronunciation is counted once more by the rules alone, without the list of
exceptions (`kosorong.text.sound.pronunciation_exceptions`).

    python scripts/textnorm_report.py --data DIR [--show]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from kosorong.text.letters.jamo import letters
from kosorong.text.say.numbers import numbers
from kosorong.text.say.spoken import spell_out
from kosorong.text.segments.sentences import split_sentences
from kosorong.text.sound.pronounce import pronounce_text

Read = Callable[[str], str]

READERS: tuple[tuple[str, Read], ...] = (
    ("num_*_amount.tsv", numbers.amount),
    ("num_*_days.tsv", lambda written: numbers.native_days(int(written))),
    ("num_*_native.tsv", lambda written: numbers.native(int(written))),
    ("num_*_native_classifier.tsv", lambda written: numbers.native_counter(int(written))),
    ("num_*_ordinal.tsv", lambda written: numbers.rank(int(written))),
    ("num_*_nospace.tsv", numbers.decimal),
    ("num_*_spaced.tsv", numbers.decimal),
    ("tn_*.tsv", spell_out),
    ("g2p_*_no_tensification.tsv", partial(pronounce_text, tensify=False)),
    ("g2p_*.tsv", pronounce_text),
    ("jamo_*.tsv", letters),
    ("sentsplit_*.tsv", lambda written: " ⏎ ".join(split_sentences(written))),
)
"""File pattern → what reads its inputs; the first pattern that fits holds."""

RULES_ALONE: tuple[tuple[str, Read], ...] = (
    ("g2p_*_no_tensification.tsv", partial(pronounce_text, tensify=False, exceptions=False)),
    ("g2p_*.tsv", partial(pronounce_text, exceptions=False)),
)
"""The same for pronunciation without its exceptions."""

_CARD = "the expected side adds a word (신용카드) that is not written"
_SOUND = "another word for the same (분당회전수, 열두시) where the reader keeps what is written"
_NAME = "ㄴ put into a personal name, where article 13 of the standard pronunciation joins"
_CLUSTER = "the coda ㄻ loses its ㄹ before a vowel, against article 14"
_NO_STOP = "sentences end in dialect or in nouns (-음) without any stop: that takes an analyser"
_ENGLISH = "English is not split, or nothing is expected"
_ASIDE = "sentences in brackets, or two of four, run together by a rule the other rows break"
LEFT_OUT: dict[str, dict[int, str]] = {
    "sentsplit_kiwi_etn.tsv": dict.fromkeys((4, 11, 14, 15), _NO_STOP),
    "sentsplit_kss_v_ending.tsv": dict.fromkeys(range(1, 6), _NO_STOP),
    "sentsplit_likejazz_unit.tsv": {8: _ASIDE, 10: _ASIDE, 16: _ENGLISH, 17: _ENGLISH},
    "g2p_eshangul.tsv": {39: _NAME, 40: _CLUSTER},
    "tn_nemo_electronic.tsv": dict.fromkeys((5, 6), _CARD),
    "tn_nemo_measure.tsv": {13: _SOUND},
    "tn_nemo_time.tsv": {8: _SOUND},
}
"""File → line (from 1) → why the row is disputed."""


def without_one(expected: str) -> str:
    """Restate 일만, 일천, 일백, 일십 as 만, 천, 백, 십."""
    return re.sub("일(?=[십백천])|^(마이너스 ?)?일(?=만)", lambda match: match[1] or "", expected)


RESTATED: dict[str, tuple[tuple[int, ...], Read]] = {
    "num_eshangul_amount.tsv": ((1, 5, 10, 11, 12, 13, 14), without_one),
    "num_eshangul_nospace.tsv": ((2, 32, 35, 37), without_one),
    "num_eshangul_spaced.tsv": ((2, 5, 8, 10), without_one),
    "tn_nemo_electronic.tsv": ((1, 2, 3, 4), spell_out),
}
"""File → lines whose convention differs, and what restates them: 일만 as 만, Latin letters read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a set and what the reader made of it."""

    line: int
    written: str
    expected: str
    spoken: str

    @property
    def agrees(self) -> bool:
        """Whether both are the same without spaces."""
        return _bare(self.spoken) == _bare(self.expected)


def _bare(text: str) -> str:
    """Return a text without spaces."""
    return re.sub(r"\s+", "", text)


def reader_for(name: str, readers: Sequence[tuple[str, Read]] = READERS) -> Read | None:
    """Return what reads the inputs of a file, None where no pattern fits."""
    return next((read for pattern, read in readers if fnmatch(name, pattern)), None)


def rows_of(path: Path, read: Read) -> list[Row]:
    """Read every row of a file."""
    rows = []
    for line, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        written, _, expected = row.partition("\t")
        rows.append(Row(line, written, expected, read(written)))
    return rows


def restated(name: str, rows: list[Row]) -> list[Row]:
    """Return the rows of a file in our convention, disputed ones left out."""
    lines, restate = RESTATED.get(name, ((), without_one))
    return [
        replace(row, expected=restate(row.expected)) if row.line in lines else row
        for row in rows
        if row.line not in LEFT_OUT.get(name, {})
    ]


def share(rows: list[Row]) -> str:
    """Return how many rows agree, as a fraction and in percent."""
    agreeing = sum(row.agrees for row in rows)
    return f"{agreeing:4d}/{len(rows):<4d} {100 * agreeing / max(1, len(rows)):6.1f} %"


def show(name: str, rows: list[Row]) -> None:
    """Print the rows that differ, with what is said about them."""
    lines, _ = RESTATED.get(name, ((), None))
    for row in rows:
        if not row.agrees:
            note = "convention" if row.line in lines else "DIFFERS"
            note = LEFT_OUT.get(name, {}).get(row.line, note)
            print(f"    {row.line}: {row.written} → {row.spoken} | {row.expected} ({note})")


def without_exceptions(paths: Sequence[Path]) -> None:
    """Print the pronunciation sets by rules alone, and the rows that need the exceptions."""
    print("without the list of exceptions")
    for path in paths:
        read, alone = reader_for(path.name), reader_for(path.name, RULES_ALONE)
        if read is None or alone is None:
            continue
        rows = rows_of(path, alone)
        views = "  ".join(map(share, (rows, restated(path.name, rows))))
        print(f"{path.name:36s}{views} (as it stands, restated)")
        for ours, ruled in zip(rows_of(path, read), rows, strict=True):
            if ours.agrees and not ruled.agrees:
                print(f"    {ours.line}: {ours.written} → {ours.spoken}, by rules {ruled.spoken}")


def main() -> None:
    """Print the agreement for each file and over all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the .tsv sets")
    parser.add_argument("--show", action="store_true", help="print the rows that differ")
    options = parser.parse_args()
    total: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
    print(
        f"{'file':36s}{'as it stands':>18s}{'conventional':>19s}{'restated':>19s}"
        "  restated, left out"
    )
    for path in sorted(options.data.glob("*.tsv")):
        read = reader_for(path.name)
        if read is None:
            continue
        rows, left_out = rows_of(path, read), LEFT_OUT.get(path.name, {})
        other = RESTATED.get(path.name, ((), None))[0]
        kept = [row for row in rows if row.line not in (*left_out, *other)]
        views = (rows, kept, restated(path.name, rows))
        print(f"{path.name:36s}{'  '.join(map(share, views))}  {len(other)}, {len(left_out)}")
        for gathered, view in zip(total, views, strict=True):
            gathered.extend(view)
        if options.show:
            show(path.name, rows)
    print(f"{'all':36s}{'  '.join(map(share, total))}")
    without_exceptions(sorted(options.data.glob("*.tsv")))


if __name__ == "__main__":
    main()
