"""Record what the engine makes of texts, and show what a change of the code made different.

Each line of a record is `HASH TAB TEXT-NUMBER-STEP TAB VALUE`. The steps of a segment: as it was
cut, what is said, how it sounds, its translation in both spellings and at half strength, and what
comes out when that is translated back; of one book also what a voice makes of its Jeju, as FLAC,
with the times of its words.

    python scripts/unchanged.py record OUT --books FOLDER --tables FOLDER [--without-back]
                                [--takes BOOK] [--translator BUNDLE] [--voice BUNDLE]
    python scripts/unchanged.py compare OUT_BEFORE OUT_AFTER [--mends scripts/unchanged.tsv]

`--books` holds books as people bring them; `--tables` holds tables of `id TAB korean TAB jeju`,
each side of which is translated to the other. With the bundles of the older code on both sides,
what differs is the code's doing: `PYTHONPATH=OLDER/src python scripts/unchanged.py record …`
records for older code. Two records are equal where the last line says so. A table of mends says
which differences were meant (`unchanged.tsv`). The command ends with 1 where one has no name.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

from kosorong.audio.encode import encode_audio
from kosorong.book.manuscript import segments
from kosorong.book.readers import read_manuscript
from kosorong.bundle import find_bundle
from kosorong.ports import JEJU, KOREAN, Translation
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.text.reading import read
from kosorong.translation.translator import NeuralTranslator

_BATCH = 16
_SHOWN = 200


class Recorder:
    """Writes lines of a record.

    Args:
        translator: A translator's bundle.
        back: Whether Jeju is translated to Korean too, which takes most of the time.
    """

    def __init__(self, translator: Path, *, back: bool) -> None:
        self._translator = NeuralTranslator(translator)
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

    def takes(self, name: str, texts: Sequence[str], voice: OnnxVoice) -> Iterator[str]:
        """Yield a line for the take of each segment's Jeju, its place being the seed of its noise.

        Args:
            name: Names the text in the record.
            texts: Its segments, in Korean.
            voice: Who speaks.
        """
        for number, jeju in enumerate(self._translated(texts, JEJU, "araea", 1.0)):
            speech = voice.speak(jeju.text, seed=number)
            sound = encode_audio(speech.samples, speech.sample_rate, ".flac")
            words = " ".join(f"{word.start:.4f}-{word.end:.4f}" for word in speech.words)
            digest = hashlib.sha256(sound).hexdigest()[:16]
            yield _line(name, number, "take", f"{digest} | {words} | {jeju.text}")

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


def record(args: argparse.Namespace) -> None:
    """Write the record of all books, tables and takes."""
    translator = args.translator or find_bundle("translator", "")
    recorder = Recorder(translator, back=not args.without_back)
    with args.out.open("w", encoding="utf-8") as lines:
        for name, texts, language in _texts(args.books, args.tables):
            lines.writelines(f"{line}\n" for line in recorder.lines(name, texts, language))
            lines.flush()
            print(f"{name}: {len(texts)} segments in {language}", flush=True)
        if args.takes:
            voice = OnnxVoice(Engine.open(args.voice or find_bundle("voice", "")))
            texts = _texts_of(args.takes)[0]
            takes = recorder.takes(args.takes.name, texts, voice)
            lines.writelines(f"{line}\n" for line in takes)
            print(f"{args.takes.name}: {len(texts)} takes", flush=True)


def _texts_of(book: Path) -> tuple[list[str], str]:
    manuscript = read_manuscript(book)
    return [segment.text for segment in segments(manuscript)], manuscript.language or KOREAN


def _texts(books: Path | None, tables: Path | None) -> Iterator[tuple[str, list[str], str]]:
    for path in sorted(books.iterdir()) if books else ():
        yield path.name, *_texts_of(path)
    for path in sorted(tables.rglob("*dialogues*.tsv")) if tables else ():
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        yield f"{path.name}:ko", [row[1] for row in rows], KOREAN
        yield f"{path.name}:jje", [row[2] for row in rows], JEJU


def _read(path: Path) -> dict[str, tuple[str, str]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {key: (digest, value) for digest, key, value in rows}


@dataclass(frozen=True, slots=True)
class Mend:
    """What was meant to change.

    Attributes:
        name: What it is, for people.
        steps: Pattern of the steps of a record that it reaches.
        where: Pattern of something in the new value.
        went: Pattern of the words that are no more there, whole, single spaces between.
        came: Pattern of those that are there instead.
    """

    name: str
    steps: re.Pattern[str]
    where: re.Pattern[str]
    went: re.Pattern[str]
    came: re.Pattern[str]

    def explains(self, step: str, new: str, change: tuple[str, str]) -> bool:
        """Say whether a change of some words is of this mend.

        Args:
            step: Of the record.
            new: The new value, as a whole.
            change: Words that went, words that came.
        """
        return bool(
            self.steps.fullmatch(step)
            and self.where.search(new)
            and self.went.fullmatch(change[0])
            and self.came.fullmatch(change[1])
        )


def names_of(step: str, old: str, new: str, mends: Sequence[Mend]) -> set[str]:
    """Return the mends that explain what differs in a line; none where one change has no name."""
    names = set()
    for change in changes(old, new):
        name = next((mend.name for mend in mends if mend.explains(step, new, change)), "")
        if not name:
            return set()
        names.add(name)
    return names


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """Return the words that went and those that came in their place, place by place.

    >>> changes("사흘 뒤에 갓저", "사을 뒤에 갓저 ᄒᆞᆫ저")
    [('사흘', '사을'), ('', 'ᄒᆞᆫ저')]
    """
    before, after = old.split(), new.split()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        (" ".join(before[a:b]), " ".join(after[c:d]))
        for tag, a, b, c, d in blocks
        if tag != "equal"
    ]


def mends_of(table: Path | None) -> list[Mend]:
    """Read a table of mends: columns mend, steps, where, went, came; none for None."""
    lines = table.read_text(encoding="utf-8").splitlines() if table else []
    rows = (line.split("\t") for line in lines if line and not line.startswith(("#", "mend\t")))
    return [Mend(name, *map(re.compile, patterns)) for name, *patterns in rows]


def compare(before: Path, after: Path, mends: Sequence[Mend] = ()) -> bool:
    """Print what differs and say whether nothing does that no mend explains."""
    old, new = _read(before), _read(after)
    gone = ("", "(none)")
    keys = list(dict.fromkeys((*old, *new)))
    differing = [key for key in keys if old.get(key, gone)[0] != new.get(key, gone)[0]]
    named: Counter[str] = Counter()
    unnamed = []
    for key in differing:
        step = _STEP.sub("", key)
        values = old.get(key, gone)[1], new.get(key, gone)[1]
        names = names_of(step, *values, mends)
        named.update(names or {"NOT NAMED"})
        if not names:
            unnamed.append(key)
    for key in islice(unnamed, _SHOWN):
        print(f"{key}\n  - {old.get(key, gone)[1]}\n  + {new.get(key, gone)[1]}")
    if len(unnamed) > _SHOWN:
        print(f"… and {len(unnamed) - _SHOWN} more")
    for name, count in named.most_common():
        print(f"{count:7} {name}")
    print(f"{len(keys)} lines, {len(differing)} differ{'' if differing else ': equal'}")
    return not unnamed


# A key is the text's name, the number of the segment, the step.
_STEP = re.compile(r"^.*? [0-9]+ (?=[a-z])")


def main() -> None:
    """Record, or compare two records."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words = parser.add_subparsers(dest="word", required=True)
    recording = words.add_parser("record", help="write what the engine makes of texts")
    recording.add_argument("out", type=Path)
    recording.add_argument("--books", type=Path, help="folder of books")
    recording.add_argument("--tables", type=Path, help="folder of tables of dialogues")
    recording.add_argument("--without-back", action="store_true", help="leave out Jeju to Korean")
    recording.add_argument("--takes", type=Path, metavar="BOOK", help="a Korean book to speak too")
    recording.add_argument("--translator", type=Path, help="its bundle (the one that is installed)")
    recording.add_argument("--voice", type=Path, help="its bundle (the one that is installed)")
    comparing = words.add_parser("compare", help="print what differs between two records")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--mends", type=Path, help="table of what was meant to change")
    args = parser.parse_args()
    if args.word == "compare":
        sys.exit(0 if compare(args.before, args.after, mends_of(args.mends)) else 1)
    record(args)


if __name__ == "__main__":
    main()
