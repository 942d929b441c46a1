"""What the rules of the reader share: their result, their context, letters and particles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

HANGUL = "가-힣\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb"
"""Inside of a regular-expression class: precomposed syllables and conjoining jamo."""

HANGUL_RUN = re.compile(f"[{HANGUL}]+")


def word_list(text: str) -> tuple[str, ...]:
    """Return the words of a table written as running text."""
    return tuple(text.split())


_CODA_FROM, _SYLLABLES = 28, 0xAC00
_LIEUL = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule made of a stretch of text.

    Attributes:
        end: Offset just after the stretch.
        parts: Offset and spoken form of each part; the offset says which word it belongs to.
        joined: True where the first part continues the word before it without a space.
        fixes_particle: True where the particle after it may have to follow the new last sound.
        after_sign: True where it ends in a unit or sign, so that what follows can only be a
            particle.
    """

    end: int
    parts: tuple[tuple[int, str], ...]
    joined: bool = False
    fixes_particle: bool = True
    after_sign: bool = False


Rule = Callable[[str, int], Said | None]


def pattern_rule(pattern: str, say: Callable[[re.Match[str]], str | None]) -> Rule:
    """Make a rule of a regular expression and of a function that reads its match."""
    compiled = re.compile(pattern)

    def rule(text: str, at: int) -> Said | None:
        match = compiled.match(text, at)
        spoken = say(match) if match else None
        if match is None or spoken is None:
            return None
        return Said(match.end(), ((at, spoken),))

    return rule


def first_said(rules: tuple[Rule, ...], text: str, at: int) -> Said | None:
    """Return what the first rule that applies at offset `at` says."""
    for rule in rules:
        said = rule(text, at)
        if said is not None:
            return said
    return None


def word_before(text: str, at: int, reach: int = 30) -> str:
    """Return the white-space word before the one that offset `at` stands in or before.

    Letters of the same word before `at` count as that word.

    >>> word_before("전집 3권", 3), word_before("책3권", 1)
    ('전집', '책')
    """
    words = text[max(0, at - reach) : at].split()
    return words[-1] if words else ""


_OPENING_REACH = 16
_OPENING = re.compile("[ \\t(\\[<'\"※\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]*")


def line_start(text: str, at: int) -> bool:
    """Say whether only spaces and opening signs or pictograms stand before `at` on its line."""
    start = max(0, at - _OPENING_REACH)
    line = text[start:at]
    opening = _OPENING.fullmatch(line.rpartition("\n")[2])
    return (start == 0 or "\n" in line) and opening is not None


def has_coda(spoken: str) -> bool:
    """Say whether the last letter of a spoken form closes with a consonant.

    >>> has_coda("삼"), has_coda("이")
    (True, False)
    """
    last = spoken[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - _SYLLABLES) % _CODA_FROM > 0
    return "\u11a8" <= last <= "\u11ff" or "\ud7cb" <= last <= "\ud7fb"


def ends_in_lieul(spoken: str) -> bool:
    """Say whether the last letter of a spoken form closes with ㄹ."""
    last = spoken[-1:]
    if "가" <= last <= "힣":
        return (ord(last) - _SYLLABLES) % _CODA_FROM == _LIEUL
    return last == "\u11af"


_PARTICLE = re.compile(f"(이|은|는|을|를|으로)(?![{HANGUL}])")
_ANY_PARTICLE = re.compile(
    f"(이|가|은|는|을|를|과|와|으로|로)(?=(?:는|도|만|써|서|의|부터|까지)?(?![{HANGUL}]))"
)
_AFTER_VOWEL = {"이": "가", "은": "는", "을": "를", "과": "와", "으로": "로"}
_AFTER_CODA = {after_vowel: after_coda for after_coda, after_vowel in _AFTER_VOWEL.items()}


def fitted_particle(spoken: str, tail: str, *, after_sign: bool = False) -> str:
    """Return the Hangul that follows a number or sign with its particle fitted to the reading.

    After a number only the particles that cannot be taken for another word are changed: 가 may be
    a street (종로 3가), 과 a lesson (2과), 로 a road. After a sign or unit all are.

    >>> fitted_particle("구", "이"), fitted_particle("삼", "는"), fitted_particle("일", "으로")
    ('가', '은', '로')
    >>> fitted_particle("시간", "로", after_sign=True), fitted_particle("도", "과", after_sign=True)
    ('으로', '와')
    """
    match = (_ANY_PARTICLE if after_sign else _PARTICLE).match(tail)
    if match is None:
        return tail
    particle = match.group(1)
    if particle in ("으로", "로"):
        closed = has_coda(spoken) and not ends_in_lieul(spoken)
    else:
        closed = has_coda(spoken)
    fitted = (_AFTER_CODA if closed else _AFTER_VOWEL).get(particle, particle)
    return fitted + tail[match.end() :]
