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
from kosorong.text.hangul import has_hangul
from kosorong.text.normalize import normalize
from kosorong.text.particles import agree
from kosorong.translation.checks import fixed_parts

SENTENCES = 1_000
_LONGEST = 200
_HELD = re.compile(r"[0-9A-Za-z]")

_SURNAMES = tuple("김이박최정강조윤장임한오서신권황안송전홍")
_GIVEN = (
    "민준 서연 도윤 지우 예준 하은 시우 수아 영수 영희 "
    "철수 순이 미숙 정숙 경자 상철 동현 은주 혜진 태형"
)
_FOREIGN = (
    "톰 메리 마리아 알렉산더 존 안나 피터 소피아 로빈슨 하이디 "
    "돈키호테 셜록 미셸 한스 앨리스 카렌 장발장 코제트 모모 이반"
)
_PLACES = (
    "서울 부산 대구 인천 광주 대전 울산 제주 서귀포 성산포 한림 모슬포 우도 뉴욕 베를린 런던 도쿄 "
    "베이징 하와이 몽골 애월 구좌 표선 남원 안덕 대정 한경 조천 추자 마라도 가파도 비양도 백록담 "
    "경주 전주 목포 여수 순천 강릉 속초"
)
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
    found = [held for file in files for held in _held_in(file)]
    if not found:
        raise CorpusError(
            "no sentence holds a number or a Latin word.",
            where=", ".join(map(str, files)),
            cure="Give text files with one Korean sentence a line.",
        )
    count = min(count, len(found))
    return [found[n * len(found) // count] for n in range(count)]


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
    found: list[tuple[str, str]] = []
    for k, file in enumerate(files):
        lines = [(n, text) for n, text in enumerate(_read(file), 1) if text.strip()]
        wanted = min(len(lines), count * (k + 1) // len(files) - count * k // len(files))
        for step in range(wanted):
            n, text = lines[step * len(lines) // wanted]
            found.append((f"{file.name}:{n}", " ".join(normalize(text).split())))
    return found


def names() -> list[str]:
    """Return 200 names: surname and given name, given name alone, foreign ones, places.

    >>> len(names()), names()[0]
    (200, '김민준')
    """
    given = _GIVEN.split()
    full = [s + g for n, s in enumerate(_SURNAMES) for m, g in enumerate(given) if (n + m) % 4 == 0]
    titled = [f"{s}{g}" for s, g in zip(_SURNAMES, reversed(given), strict=True)]
    return [*full, *titled, *given, *_FOREIGN.split(), *_PLACES.split()]


def carried_names() -> list[Held]:
    """Return each name in one of ten carrier sentences, with the particle it asks for.

    >>> carried_names()[0].text
    '김민준은 아침 일찍 밥을 먹었다.'
    """
    found = []
    for n, name in enumerate(names()):
        before, particle, after = _CARRIERS[n % len(_CARRIERS)]
        text = f"{before}{name}{agree(name, particle)}{after}"
        found.append(Held(f"name {n + 1}", text, name))
    return found


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
        made = ", ".join(f"{name} {count}" for name, count in self.made)
        head = f"{self.kind}: {self.sentences - len(self.failures)} of {self.sentences} ({made})"
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
    made = translate([held.text for held in sentences])
    lost = [
        (held.where, tuple(missing))
        for held, translation in zip(sentences, made, strict=True)
        if (missing := held.lost(translation.text))
    ]
    sources = [translation.provenance.partition(":")[0] for translation in made]
    counts = tuple((name, sources.count(name)) for name in dict.fromkeys(sources))
    return Preserved(kind, len(sentences), tuple(lost), counts)
