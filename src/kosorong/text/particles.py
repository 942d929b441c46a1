"""Particles of Korean and Jeju and the shape they take after a consonant, a vowel and ㄹ.

What is put in place of another word (a term, a name, a number that is read) may end otherwise than
what stood there; then the particle behind it changes: 책을 → 나무를, 집으로 → 바다로, 섬이영 →
바당영. Words that only end like a particle (마을, ᄀᆞ을) have none.
"""

from __future__ import annotations

import re
from functools import cache

from kosorong.text.hangul import HANGUL, ends_in_rieul, has_coda
from kosorong.text.tables import TEXT, read_table

Pair = tuple[str, str]


def _shapes() -> tuple[list[Pair], frozenset[str], frozenset[str]]:
    """Return particles by their shapes, those that ㄹ takes as a vowel does, and all of them."""
    shaped: list[Pair] = []
    light, every = set[str](), set[str]()
    for row in read_table(TEXT, "particles", _COLUMNS):
        closed, open_, rieul, _ = row.cells
        if rieul not in ("", "vowel"):
            raise row.refuse(f"after_rieul is {rieul!r}.", "Write vowel, or leave it empty.")
        every |= {closed, open_ or closed}
        shaped += [(closed, open_)] if open_ else []
        light |= {closed} if rieul else set()
    return sorted(shaped, key=lambda pair: -len(pair[0])), frozenset(light), frozenset(every)


_COLUMNS = ("after_consonant", "after_vowel", "after_rieul", "note")
_BY_LENGTH, _LIGHT, _ALL = _shapes()
_TAIL = re.compile(f"(?:{'|'.join(sorted(_ALL, key=lambda one: (-len(one), one)))})*")
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


_PARTICLE = re.compile(f"(이|은|는|을|를|으로)(?![{HANGUL}])")
_ANY_PARTICLE = re.compile(
    f"(이|가|은|는|을|를|과|와|으로|로)(?=(?:는|도|만|써|서|의|부터|까지)?(?![{HANGUL}]))"
)


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


@cache
def _like_particles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of a word that only ends like a particle: where it begins, and whole."""
    rows = read_table(TEXT, "ends_like_particles", ("word", "compounds", "note"))
    for row in rows:
        if row.cells[1] not in ("", "yes"):
            raise row.refuse(f"compounds is {row.cells[1]!r}.", "Write yes, or leave it empty.")
    parts = "|".join(row.cells[0] for row in rows if row.cells[1])
    every = "|".join(row.cells[0] for row in rows)
    return re.compile(every), re.compile(f"[{HANGUL}]*(?:{parts})|{every}")


def only_ends_like_particle(word: str) -> bool:
    """Tell whether 을, 를 or 으로 at a word's end is part of the word.

    >>> [only_ends_like_particle(word) for word in ("마을", "산마을", "ᄀᆞ을", "지을", "바다을")]
    [True, True, True, True, False]
    """
    return _like_particles()[1].fullmatch(word) is not None


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
    match = _like_particles()[0].match(text, start)
    return match is not None and match.end() > end
