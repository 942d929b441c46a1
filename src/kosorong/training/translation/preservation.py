"""Counts what a translation loses: numbers, Latin words and names must stand as they stood.

A thousand sentences that hold numbers or Latin words are taken at even steps from files of Korean
sentences, so that the same files give the same sentences; 200 names are put into carrier
sentences, which need no file. A name that is a common word too (파리 is Paris and a fly) is none of
them: only its reader knows which it is, and fixes it as a term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kosorong.errors import CorpusError
from kosorong.ports import Translation
from kosorong.text.letters.hangul import has_hangul
from kosorong.text.letters.normalize import normalize
from kosorong.text.letters.particles import agree
from kosorong.text.words import word_list
from kosorong.translation.checks import fixed_parts

# How found: a choice: a minute of work.
SENTENCES = 1_000
# How found: bounds the time of a run; decides no figure.
_LONGEST = 200
_HELD = re.compile(r"[0-9A-Za-z]")

_SURNAMES = tuple("김이박최정강조윤장임한오서신권황안송전홍")
_CARRIERS = (
    ("", "은", " 아침 일찍 밥을 먹었다."),
    ("어제 ", "이", " 우리 집에 왔습니다."),
    ("나는 ", "을", " 아직 잘 모릅니다."),
    ("그 책을 ", "에게", " 주고 돌아왔다."),
    ("", "과", " 함께 바다에 갔다."),
    ("", "의", " 이야기를 들었어요."),
    ("", " 씨", ", 어서 오십시오."),
    ("저기 보이는 것이 ", "입니다", "."),
    ("", "으로", " 편지를 보냈다."),
    ("우리는 ", "도", " 기다렸지요."),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence and what must come through.

    Attributes:
        where: File and line, or which name.
        text: The sentence.
        name: A name that must come through besides numbers and Latin words.
    """

    where: str
    text: str
    name: str = ""

    def lost(self, output: str) -> list[str]:
        """Return what does not stand in an output as often as in the sentence."""
        missing = sorted((fixed_parts(self.text) - fixed_parts(output)).elements())
        return [*missing, *([self.name] if self.name not in output else [])]


def sentences_of(files: Sequence[Path], count: int = SENTENCES) -> list[Held]:
    """Return sentences that hold numbers or Latin words, at even steps through all files.

    Args:
        files: Korean sentences, one a line.
        count: How many.

    Raises:
        CorpusError: A file cannot be read, or there is no such sentence.
    """
    sentences = [held for file in files for held in _held_in(file)]
    if not sentences:
        raise CorpusError(
            "no sentence holds a number or a Latin word.",
            where=", ".join(map(str, files)),
            cure="Give text files with one Korean sentence a line.",
        )
    count = min(count, len(sentences))
    return [sentences[n * len(sentences) // count] for n in range(count)]


def _read(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"the sentences cannot be read: {error}.", where=str(file), cure="Give UTF-8 text."
        ) from error


def _held_in(file: Path) -> Iterator[Held]:
    for n, line in enumerate(_read(file), 1):
        text = " ".join(normalize(line).split())
        if _HELD.search(text) and has_hangul(text) and len(text) <= _LONGEST:
            yield Held(f"{file.name}:{n}", text)


def even_lines(files: Sequence[Path], count: int = 500) -> list[tuple[str, str]]:
    """Return sentences with their file and line, at even steps through each file.

    Args:
        files: Korean sentences, one a line.
        count: How many, from all files alike.

    Raises:
        CorpusError: A file cannot be read.
    """
    chosen: list[tuple[str, str]] = []
    for k, file in enumerate(files):
        lines = [(n, text) for n, text in enumerate(_read(file), 1) if text.strip()]
        wanted = min(len(lines), count * (k + 1) // len(files) - count * k // len(files))
        for step in range(wanted):
            n, text = lines[step * len(lines) // wanted]
            chosen.append((f"{file.name}:{n}", " ".join(normalize(text).split())))
    return chosen


def names() -> list[str]:
    """Return 200 names: surname and given name, given name alone, foreign ones, places.

    >>> len(names()), names()[0]
    (200, '김민준')
    """
    first_names, foreign, places = (
        word_list(f"word_lists.{name}", "kosorong.training.translation")
        for name in ("given-names", "foreign-names", "places")
    )
    full = [
        s + g
        for n, s in enumerate(_SURNAMES)
        for m, g in enumerate(first_names)
        if (n + m) % 4 == 0
    ]
    titled = [f"{s}{g}" for s, g in zip(_SURNAMES, reversed(first_names), strict=True)]
    return [*full, *titled, *first_names, *foreign, *places]


def carried_names() -> list[Held]:
    """Return each name in one of ten carrier sentences, with the particle it asks for.

    >>> carried_names()[0].text
    '김민준은 아침 일찍 밥을 먹었다.'
    """
    sentences = []
    for n, name in enumerate(names()):
        before, particle, after = _CARRIERS[n % len(_CARRIERS)]
        text = f"{before}{name}{agree(name, particle)}{after}"
        sentences.append(Held(f"name {n + 1}", text, name))
    return sentences


@dataclass(frozen=True, slots=True)
class Preserved:
    """What came through.

    Attributes:
        kind: What was looked at.
        sentences: How many.
        failures: Where something was lost, and what.
        made: How many translations each provenance made.
    """

    kind: str
    sentences: int
    failures: tuple[tuple[str, tuple[str, ...]], ...]
    made: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        """One line for the screen, and one a failure."""
        by_way = ", ".join(f"{name} {count}" for name, count in self.made)
        head = f"{self.kind}: {self.sentences - len(self.failures)} of {self.sentences} ({by_way})"
        return "\n".join(
            [head, *(f"  {where}: {', '.join(lost)}" for where, lost in self.failures)]
        )


def preserved(
    kind: str, sentences: Sequence[Held], translate: Callable[[Sequence[str]], list[Translation]]
) -> Preserved:
    """Translate sentences and list what each lost.

    Args:
        kind: What they are, for the report.
        sentences: What is translated.
        translate: Korean to Jeju.
    """
    translations = translate([held.text for held in sentences])
    lost = [
        (held.where, tuple(missing))
        for held, translation in zip(sentences, translations, strict=True)
        if (missing := held.lost(translation.text))
    ]
    sources = [translation.provenance.partition(":")[0] for translation in translations]
    counts = tuple((name, sources.count(name)) for name in dict.fromkeys(sources))
    return Preserved(kind, len(sentences), tuple(lost), counts)
