"""Print how far our pronunciation of Jeju agrees with WikiPron's rows.

Rows are `source <TAB> spelling <TAB> phones`, phones separated by spaces, as WikiPron gathers them
from Wiktionary. Ours are `kosorong.text.sound.ipa` of the pronounced spelling. Two measures:
phones as written, and phones folded to what tells words apart (`FOLDED`), for many people
transcribe there: one writes ㅅ [s], another [sʰ]. What is left is listed by kind, with the words of
each. A spelling with several transcriptions counts once for each; rows of single letters (ㅅ, ㅢ)
are left out.

    python scripts/wikipron_report.py FILE [--show]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kosorong.text.letters.normalize import normalize
from kosorong.text.sound.ipa import phones
from kosorong.text.sound.pronounce import pronounce_text

FOLDED = {
    "s": ("sʰ", "s", "ɕʰ", "ɕ", "ʃ"),
    "s͈": ("s͈", "ɕ͈", "ɕ͈ʰ", "ʃ͈"),
    "t͡ɕ": ("t͡ɕ", "d͡ʑ"),
    "t͡ɕ͈": ("t͡ɕ͈", "t͡ɕ͈ʰ"),
    "k": ("k", "ɡ", "k̚"),
    "t": ("t", "d", "t̚"),
    "p": ("p", "b", "p̚"),
    "h": ("h", "ɦ", "ʝ"),
    "n": ("n", "ɲ"),
    "l": ("ɭ", "l", "ʎ", "ɾ"),
    "w": ("w", "ɥ"),
    "a": ("a̠", "a"),
    "æ": ("æ", "ɛ"),
    "e": ("e̞", "e"),
    "o": ("o̞", "o", "ɔ"),
    "ɨ": ("ɨ", "ɯ"),
}
"""One phoneme → the phones it is written with: palatal ㅅ, voiced and unreleased stops, laterals,
the tap, how open a vowel is noted. Length (ː) is dropped: Hangul does not write it."""

_FOLD = {phone: folded for folded, written in FOLDED.items() for phone in written}
_SPLIT = {"y": ("w", "i")}
Difference = tuple[str, str]
"""Our phone and theirs; empty where one side has none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One spelling with both transcriptions."""

    spelling: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def rows_of(path: Path) -> Iterator[Row]:
    """Read the rows whose spelling has a syllable."""
    for line in path.read_text(encoding="utf-8").splitlines():
        _, spelling, transcribed = line.split("\t")
        ours = tuple(phones(pronounce_text(normalize(spelling))))
        if ours:
            yield Row(spelling, ours, tuple(transcribed.split()))


def folded(row: Row) -> Row:
    """Return a row in phonemes."""
    return Row(row.spelling, *(tuple(_folded(side)) for side in (row.ours, row.theirs)))


def _folded(side: Sequence[str]) -> Iterator[str]:
    for phone in side:
        bare = phone.replace("ː", "")
        yield from _SPLIT.get(bare, (_FOLD.get(bare, bare),))


def differences(ours: Sequence[str], theirs: Sequence[str]) -> list[Difference]:
    """Return the fewest edits that turn one side into the other (Levenshtein), in order."""
    table = [list(range(len(theirs) + 1))]
    for i, one in enumerate(ours, 1):
        row = [i]
        for j, two in enumerate(theirs, 1):
            row.append(min(table[-1][j - 1] + (one != two), table[-1][j] + 1, row[-1] + 1))
        table.append(row)
    i, j, found = len(ours), len(theirs), []
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + (ours[i - 1] != theirs[j - 1]):
            i, j = i - 1, j - 1
            if ours[i] != theirs[j]:
                found.append((ours[i], theirs[j]))
        elif i and table[i][j] == table[i - 1][j] + 1:
            i -= 1
            found.append((ours[i], ""))
        else:
            j -= 1
            found.append(("", theirs[j]))
    return found[::-1]


def summary(name: str, rows: Sequence[Row]) -> str:
    """Return how many rows agree wholly, and the phone error rate."""
    wrong = [len(differences(row.ours, row.theirs)) for row in rows]
    exact, length = wrong.count(0), sum(len(row.theirs) for row in rows)
    share = 100 * exact / max(1, len(rows))
    return (
        f"{name:18s}{exact:4d}/{len(rows):<4d} rows agree, {share:.1f} %; "
        f"phone error rate {100 * sum(wrong) / max(1, length):.1f} % of {length}"
    )


def kinds(rows: Sequence[Row]) -> dict[Difference, list[Row]]:
    """Return the rows of each kind of difference, the most frequent kind first."""
    found: dict[Difference, list[Row]] = defaultdict(list)
    for row in rows:
        for kind in differences(row.ours, row.theirs):
            found[kind].append(row)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def main() -> None:
    """Print the agreement and the kinds of disagreement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="a .tsv of WikiPron")
    parser.add_argument("--show", action="store_true", help="print the words of each kind")
    options = parser.parse_args()
    rows = list(rows_of(options.file))
    phonemes = [folded(row) for row in rows]
    print(summary("as transcribed", rows))
    print(summary("folded", phonemes))
    for (one, two), found in kinds(phonemes).items():
        print(f"{len(found):4d}  ours {one or '–':4s} theirs {two or '–'}")
        for row in found if options.show else ():
            print(f"        {row.spelling}: {' '.join(row.ours)} | {' '.join(row.theirs)}")


if __name__ == "__main__":
    main()
