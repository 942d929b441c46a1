"""Particles of Korean and Jeju and the shape they take after a consonant, a vowel and ㄹ.

What is put in place of another word (a term, a name, a number that is read) may end otherwise than
what stood there; then the particle behind it changes: 책을 → 나무를, 집으로 → 바다로, 섬이영 →
바당영. Words that only end like a particle (마을, ᄀᆞ을) have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kosorong.text.letters.hangul import HANGUL, ends_in_rieul, has_araea, has_coda
from kosorong.text.letters.normalize import to_modern
from kosorong.text.tables import TEXT, read_table
from kosorong.text.words import any_of

Pair = tuple[str, str]


def _rows() -> list[tuple[str, ...]]:
    """Return the cells of every particle."""
    columns = (
        "after_consonant", "after_vowel", "after_rieul", "behind_number", "behind_sign", "note",
    )  # fmt: skip
    rows = read_table(TEXT, "particles", columns)
    for row in rows:
        _, shape, rieul, number, sign, _ = row.cells
        if rieul not in ("", "vowel") or sign not in ("", "yes"):
            cure = "Write vowel and yes, or leave them empty."
            raise row.refuse(f"after_rieul is {rieul!r}, behind_sign {sign!r}.", cure)
        if (number or sign) and not shape:
            raise row.refuse("A particle of one shape is not fitted.", "Fill after_vowel.")
    return [row.cells for row in rows]


def _any(shapes: Iterable[str]) -> str:
    """Return alternatives of a pattern, the longest first."""
    return "|".join(sorted(set(shapes), key=lambda shape: (-len(shape), shape)))


_ROWS = _rows()
_SHAPED: list[Pair] = [(closed, open_) for closed, open_, *_ in _ROWS if open_]
_BY_LENGTH = sorted(_SHAPED, key=lambda pair: -len(pair[0]))
_LIGHT = frozenset(closed for closed, _, rieul, *_ in _ROWS if rieul)
_TAIL = re.compile(f"(?:{_any(shape for row in _ROWS for shape in row[:2] if shape)})*")
_VOWEL_DIGITS = frozenset("2459")
_RIEUL_DIGITS = frozenset("178")
_OBJECT = ("을", "를")


def ends_in(word: str) -> str:
    """Tell how a word ends: `vowel`, `rieul` (ㄹ) or `consonant`.

    Digits are read as Sino-Korean; other letters count as ending in a vowel.

    >>> ends_in("바다"), ends_in("물"), ends_in("섬"), ends_in("ᄃᆞᆯ"), ends_in("13")
    ('vowel', 'rieul', 'consonant', 'rieul', 'consonant')
    """
    last = word[-1:]
    if last in _RIEUL_DIGITS or ends_in_rieul(word):
        return "rieul"
    consonant = has_coda(word) or (last.isascii() and last.isdigit())
    return "consonant" if consonant and last not in _VOWEL_DIGITS else "vowel"


def is_tail(text: str) -> bool:
    """Tell whether a text, behind a noun, can be nothing but particles.

    >>> is_tail("에서는"), is_tail("이우다"), is_tail("치를")
    (True, True, False)
    """
    return _TAIL.fullmatch(text) is not None


def agree(word: str, tail: str) -> str:
    """Return the particles behind a word in the shape that the word's end asks for.

    Args:
        word: What stands before.
        tail: Particles as they stood behind another word.

    >>> [agree(word, "으로") for word in ("섬", "물", "바다")]
    ['으로', '로', '로']
    >>> agree("바다", "은"), agree("집", "와는"), agree("바당", "영")
    ('는', '과는', '이영')
    """
    end = ends_in(word)
    for pair in _BY_LENGTH:
        for shape in pair:
            rest = tail[len(shape) :]
            if tail.startswith(shape) and (not rest or is_tail(rest) or len(shape) > 1):
                return _shape(pair, end) + rest
    return tail


def agrees(word: str, tail: str) -> bool:
    """Tell whether particles stand in the shape that the word before them asks for.

    >>> agrees("바다", "를"), agrees("밥", "를")
    (True, False)
    """
    return agree(word, tail) == tail


def _shape(pair: Pair, end: str) -> str:
    closed = end == "consonant" or (end == "rieul" and pair[0] not in _LIGHT)
    return pair[0] if closed else pair[1]


_BEHIND_NUMBER = _any(shape for row in _ROWS for shape in row[3].split())
_BEHIND_SIGN = _any(shape for row in _ROWS for shape in row[:2] if row[4])
_MORE = any_of("number_words.behind-particle")
_PARTICLE = re.compile(f"({_BEHIND_NUMBER})(?![{HANGUL}])")
_ANY_PARTICLE = re.compile(f"({_BEHIND_SIGN})(?=(?:{_MORE})?(?![{HANGUL}]))")


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
    return agree(spoken, match[1]) + tail[match.end() :]


_KINDS = ("ending", "whole", "verb")


@cache
def _like_particles() -> tuple[tuple[str, str, str], ...]:
    """Return words that only end like a particle, their kinds, and what they are in Korean."""
    likenesses = []
    for row in read_table(TEXT, "ends_like_particles", ("word", "kind", "korean", "note")):
        word, kind, korean, _ = row.cells
        if kind not in _KINDS:
            raise row.refuse(f"kind is {kind!r}.", f"Valid: {', '.join(_KINDS)}.")
        # The province's modern spelling writes ᄆᆞ을 as 모을.
        likenesses += [
            (spelled, kind, korean) for spelled in dict.fromkeys((word, to_modern(word)))
        ]
    return tuple(likenesses)


@cache
def _like_particles_pattern(*kinds: str) -> re.Pattern[str]:
    """Return the pattern of words of some kinds."""
    rows = [row for row in _like_particles() if row[1] in kinds]
    ending = "|".join(word for word, kind, _ in rows if kind == "ending")
    return re.compile(f"[{HANGUL}]*(?:{ending})|{'|'.join(word for word, _, _ in rows)}")


def only_ends_like_particle(word: str) -> bool:
    """Tell whether 을, 를 or 으로 at a word's end is part of the word.

    >>> [only_ends_like_particle(word) for word in ("마을", "산마을", "모을", "지을", "바다을")]
    [True, True, True, True, False]
    """
    return _like_particles_pattern(*_KINDS).fullmatch(word) is not None


def is_noun_like_particle(word: str) -> bool:
    """Tell whether a word is a noun that only ends like one with a particle.

    >>> is_noun_like_particle("산마을"), is_noun_like_particle("지을")
    (True, False)
    """
    return _like_particles_pattern("ending", "whole").fullmatch(word) is not None


def with_korean_nouns(word: str) -> str:
    """Return an unknown Jeju word with the noun in -을 that it was made of in Korean.

    >>> with_korean_nouns("산ᄆᆞ을에"), with_korean_nouns("늦ᄀᆞ을")
    ('산마을에', '늦가을')
    """
    for jeju, _, korean in _like_particles():
        if korean and has_araea(jeju):
            word = word.replace(jeju, korean)
    return word


def is_object(word: str) -> bool:
    """Tell whether a bare word has the particle of what something is done to.

    >>> is_object("밥을"), is_object("마을"), is_object("마을을")
    (True, False, True)
    """
    return word.endswith(_OBJECT) and not only_ends_like_particle(word)


def reaches_beyond(text: str, start: int, end: int) -> bool:
    """Tell whether what stands at a place begins a longer word that only ends like a particle.

    >>> reaches_beyond("마을에 갔다", 0, 1), reaches_beyond("마는 캔다", 0, 1)
    (True, False)
    """
    nouns = (word for word, kind, _ in _like_particles() if kind != "verb")
    return any(text.startswith(noun, start) and start + len(noun) > end for noun in nouns)
