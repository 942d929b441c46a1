"""Record what the engine makes of texts, and show what a change of the code made different.

Each line of a record is `HASH TAB TEXT-NUMBER-STEP TAB VALUE`. The steps of a segment: as it was
cut, what is said, how it sounds, its translation in both spellings and at half strength, and what
comes out when that is translated back.

    python scripts/unchanged.py record OUT --books FOLDER --tables FOLDER [--without-back]
    python scripts/unchanged.py compare OUT_BEFORE OUT_AFTER

`--books` holds books as people bring them; `--tables` holds tables of `id TAB korean TAB jeju`,
each side of which is translated to the other. Two records are equal where the last line says so;
the command ends with 1 where they are not.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from kosorong.book.manuscript import segments
from kosorong.book.readers import read_manuscript
from kosorong.bundle import find_bundle
from kosorong.ports import JEJU, KOREAN, Translation
from kosorong.text.reading import read
from kosorong.translation.translator import NeuralTranslator

_BATCH = 16
_SHOWN = 200


class Recorder:
    """Writes lines of a record.

    Args:
        back: Whether Jeju is translated to Korean too, which takes most of the time.
    """

    def __init__(self, *, back: bool) -> None:
        self._translator = NeuralTranslator(find_bundle("translator", ""))
        self._back = back

    def lines(self, name: str, texts: Sequence[str], language: str) -> Iterator[str]:
        """Yield the lines of a text's segments.

        Args:
            name: Names the text in the record.
            texts: Its segments.
            language: `ko` or `jje`.
        """
        for number, text in enumerate(texts):
            yield _line(name, number, "segment", text)
            yield from _sounds(name, number, language, text)
        jeju = list(texts) if language == JEJU else []
        if language == KOREAN:
            for step, spelling, strength in _DIALS:
                made = self._translated(texts, JEJU, spelling, strength)
                jeju = jeju or [one.text for one in made]
                yield from _translations(name, step, made)
            for number, text in enumerate(jeju):
                yield from _sounds(name, number, JEJU, text)
        ruled = self._translator.translate_by_rules(jeju, target=KOREAN)
        yield from (_line(name, n, "ko by rules", text) for n, text in enumerate(ruled))
        if self._back:
            yield from _translations(name, "ko", self._translated(jeju, KOREAN, "araea", 1.0))

    def _translated(
        self, texts: Sequence[str], target: str, spelling: str, strength: float
    ) -> list[Translation]:
        source = KOREAN if target == JEJU else JEJU
        dial = {"source": source, "target": target, "spelling": spelling}
        return [
            made
            for start in range(0, len(texts), _BATCH)
            for made in self._translator.translate(
                texts[start : start + _BATCH], strength=strength, **dial
            )
        ]


_DIALS = (("jje", "araea", 1.0), ("jje modern", "modern", 1.0), ("jje half", "araea", 0.5))


def _line(name: str, number: int, step: str, value: str) -> str:
    value = value.replace("\t", " ").replace("\n", "⏎")
    return f"{hashlib.sha256(value.encode()).hexdigest()[:12]}\t{name} {number} {step}\t{value}"


def _sounds(name: str, number: int, language: str, text: str) -> Iterator[str]:
    reading = read(text)
    yield _line(name, number, f"{language} spoken", reading.spoken)
    yield _line(name, number, f"{language} pronounced", reading.pronounced)


def _translations(name: str, step: str, made: Iterable[Translation]) -> Iterator[str]:
    for number, one in enumerate(made):
        # The rest of a provenance is the fingerprint, which says itself that the code changed.
        way = one.provenance.partition(":")[0]
        value = " | ".join((one.text, way, f"{one.confidence:.4f}", *one.warnings))
        yield _line(name, number, step, value)


def record(out: Path, books: Path | None, tables: Path | None, recorder: Recorder) -> None:
    """Write the record of all books and tables."""
    with out.open("w", encoding="utf-8") as lines:
        for name, texts, language in _texts(books, tables):
            lines.writelines(f"{line}\n" for line in recorder.lines(name, texts, language))
            lines.flush()
            print(f"{name}: {len(texts)} segments in {language}", flush=True)


def _texts(books: Path | None, tables: Path | None) -> Iterator[tuple[str, list[str], str]]:
    for path in sorted(books.iterdir()) if books else ():
        manuscript = read_manuscript(path)
        texts = [segment.text for segment in segments(manuscript)]
        yield path.name, texts, manuscript.language or KOREAN
    for path in sorted(tables.rglob("*dialogues*.tsv")) if tables else ():
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        yield f"{path.name}:ko", [row[1] for row in rows], KOREAN
        yield f"{path.name}:jje", [row[2] for row in rows], JEJU


def _read(path: Path) -> dict[str, tuple[str, str]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {key: (digest, value) for digest, key, value in rows}


def compare(before: Path, after: Path) -> bool:
    """Print what differs and say whether nothing does."""
    old, new = _read(before), _read(after)
    gone = ("", "(none)")
    keys = list(dict.fromkeys((*old, *new)))
    differing = [key for key in keys if old.get(key, gone)[0] != new.get(key, gone)[0]]
    for key in islice(differing, _SHOWN):
        print(f"{key}\n  - {old.get(key, gone)[1]}\n  + {new.get(key, gone)[1]}")
    if len(differing) > _SHOWN:
        print(f"… and {len(differing) - _SHOWN} more")
    print(f"{len(keys)} lines, {len(differing)} differ{'' if differing else ': equal'}")
    return not differing


def main() -> None:
    """Record, or compare two records."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words = parser.add_subparsers(dest="word", required=True)
    recording = words.add_parser("record", help="write what the engine makes of texts")
    recording.add_argument("out", type=Path)
    recording.add_argument("--books", type=Path, help="folder of books")
    recording.add_argument("--tables", type=Path, help="folder of tables of dialogues")
    recording.add_argument("--without-back", action="store_true", help="leave out Jeju to Korean")
    comparing = words.add_parser("compare", help="print what differs between two records")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    args = parser.parse_args()
    if args.word == "compare":
        sys.exit(0 if compare(args.before, args.after) else 1)
    record(args.out, args.books, args.tables, Recorder(back=not args.without_back))


if __name__ == "__main__":
    main()
