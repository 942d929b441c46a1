"""How stems of Korean and Jeju verbs change before their endings.

An ending asks for one of five forms of its stem, its slots:

- `C` before consonants (먹고, 먹곡): the stem itself;
- `D` before 는: a stem in ㄹ loses it (사는);
- `E` before endings with 으 (먹으면, 살면; 먹으민, 살민);
- `N` before ㄴ, ㄹ, ㅂ, 시 of such endings: a stem in ㄹ loses it (사니, 삽니다);
- `I` before 아/어, contracted (먹어, 가, 해; 먹어, 가, 헤).

Everything is in conjoining jamo (NFD). Korean classes follow 한글 맞춤법 제18항, Jeju ones the
orthography notice (제11항, 제16항) and the morphology notes: arae-a is a light vowel (ᄀᆞᆯ앙), ᄒᆞ-
has 헤 and ᄒᆞ여, 잇- and 엇- have 이시- and 어시-.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kosorong.text.letters.hangul import (
    LONE_ARAEA,
    LONE_DOUBLE_ARAEA,
    ends_in_rieul,
    has_coda,
    nfd,
)
from kosorong.translation.word_lists import listed

SLOTS = "CDENI"
Bases = Mapping[str, tuple[str, ...]]


_REGULAR_B = tuple(listed("keeps-b"))
"""What stems in ㅂ end in that keep it (붙잡-, 뒤집-)."""
_D = frozenset(listed("irregular-d"))
_S = frozenset(listed("irregular-s"))
_EU = frozenset(listed("regular-reu"))
_BRIGHT = frozenset("\u1161\u1169\u1163" + LONE_ARAEA + LONE_DOUBLE_ARAEA)
_SILENT, _EU_VOWEL, _A, _EO, _U = "\u110b", "\u1173", "\u1161", "\u1165", "\u116e"
_RIEUL, _BIEUP, _DIEUT, _SIOS, _HIEUH = "\u11af", "\u11b8", "\u11ae", "\u11ba", "\u11c2"
_KEEP = frozenset("\u1161\u1165\u1162\u1166\u1167\u1164\u1168")
_CONTRACTED = {"\u1169": "\u116a", "\u116e": "\u116f", "\u1175": "\u1167", "\u116c": "\u116b"}
_DO = nfd("하"), nfd("ᄒᆞ"), nfd("허")
_BEING = nfd("잇"), nfd("싯"), nfd("엇")


def _light(stem: str) -> str:
    """Return 아 or 어 by the last vowel of the stem."""
    vowel = next((c for c in reversed(stem) if "\u1161" <= c <= "\u11a7"), _EO)
    return _SILENT + (_A if vowel in _BRIGHT else _EO)


@lru_cache(maxsize=2_000)
def bases(stem: str, jeju: bool = False) -> Bases:
    """Return the forms of a verb's stem by slot; the first of each is the one written.

    Args:
        stem: Dictionary form without 다, in jamo.
        jeju: Whether it is a Jeju verb.

    >>> from kosorong.text.letters.hangul import nfc
    >>> [nfc(bases(nfd("돕"))[slot][0]) for slot in SLOTS]
    ['돕', '돕', '도우', '도우', '도와']
    >>> [nfc(bases(nfd("살"), jeju=True)[slot][0]) for slot in SLOTS]
    ['살', '사', '살', '사', '살아']
    """
    special = _special(stem, jeju)
    if special is None:
        special = _closed(stem) if has_coda(stem) else _open(stem, jeju)
    e, n, i = special
    d = stem[:-1] if ends_in_rieul(stem) else stem
    return MappingProxyType({"C": (stem,), "D": (d,), "E": e, "N": n, "I": i})


Forms = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _special(stem: str, jeju: bool) -> Forms | None:
    head = stem[:-2]
    # Jeju's 하다 by itself is to be many; to do is ᄒᆞ다.
    if stem.endswith(_DO) and not (jeju and stem == _DO[0]):
        if jeju:
            do = (
                head + nfd("헤"),
                head + nfd("ᄒᆞ여"),
                head + nfd("해"),
                head + nfd("허여"),
            )
            return (stem,), (stem,), do
        return (stem,), (stem,), (head + nfd("해"), head + nfd("하여"))
    if jeju and stem.endswith(_BEING):
        open_stem = stem[:-1] + nfd("시")
        spread = (open_stem, stem + nfd("으"))
        if stem.endswith(nfd("엇")):
            spread = spread[::-1]
        return spread, spread, (stem + nfd("어"), stem[:-1] + nfd("서"))
    if stem == nfd("말") and not jeju:
        return (stem,), (nfd("마"),), (nfd("말아"), nfd("마"))
    return None


def _closed(stem: str) -> Forms:
    last, head = stem[-1], stem[:-1]
    if last == _RIEUL:
        return (stem,), (head,), (stem + _light(stem),)
    if last == _BIEUP and not stem.endswith(_REGULAR_B) and len(stem) > 2:
        spread = head + _SILENT + _U
        bright = stem in (nfd("돕"), nfd("곱")) or _light(stem)[1] == _A
        joined = head + _SILENT + ("\u116a" if bright else "\u116f")
        other = head + _SILENT + ("\u116f" if bright else "\u116a")
        return (spread,), (spread,), (joined, other)
    if last == _DIEUT and stem in _D:
        turned = head + _RIEUL
        return (turned + nfd("으"),), (turned + nfd("으"),), (turned + _light(stem),)
    if last == _SIOS and stem in _S:
        return (head + nfd("으"),), (head + nfd("으"),), (head + _light(stem),)
    if last == _HIEUH and len(stem) > 3 and stem[-3:] == nfd("렇"):
        return (head,), (head,), (head[:-1] + "\u1162",)
    return (stem + nfd("으"),), (stem + nfd("으"),), (stem + _light(stem),)


def _open(stem: str, jeju: bool) -> Forms:
    vowel, head = stem[-1], stem[:-1]
    if vowel == _EU_VOWEL:
        return (stem,), (stem,), (_without_eu(stem, head),)
    if vowel in _KEEP:
        return (stem,), (stem,), (stem, stem + nfd("어"))
    if vowel in _CONTRACTED:
        spread, short = stem + _light(stem), head + _CONTRACTED[vowel]
        long_first = vowel == "\u116c"
        return (stem,), (stem,), ((spread, short) if long_first else (short, spread))
    if jeju and vowel != "\u1171":
        return (stem,), (stem,), (stem, stem + nfd("여"), stem + nfd("어"))
    return (stem,), (stem,), (stem + nfd("어"),)


def _without_eu(stem: str, head: str) -> str:
    if stem.endswith(nfd("르")) and stem not in _EU and len(stem) > 2:
        light = _light(stem[:-2])[1]
        doubled = stem[:-2] if stem[-3] == _RIEUL else stem[:-2] + _RIEUL
        return doubled + "\u1105" + light
    return head + (_light(head)[1] if len(head) > 1 else _EO)


def stem_guesses(form: str, slot: str, *, jeju: bool = False) -> tuple[str, ...]:
    """Return stems that a form of an unknown verb may have come from.

    Args:
        form: What stands before the ending, in jamo.
        slot: The slot of the ending.
        jeju: Whether it is a Jeju verb.

    >>> from kosorong.text.letters.hangul import nfc
    >>> [nfc(s) for s in stem_guesses(nfd("놀려"), "I")]
    ['놀리']
    """
    if slot in "CD":
        return (form,)
    if slot in "EN":
        spread = nfd("으")
        cut = form.removesuffix(spread)
        if cut != form and has_coda(cut):
            return (cut,)
        # Only a stem in ㄹ goes without 으, and loses its ㄹ before N.
        stands = not has_coda(form) or (slot == "E" and ends_in_rieul(form))
        return (form,) if stands else ()
    return _guesses_of_infinitive(form, jeju)


def _guesses_of_infinitive(form: str, jeju: bool) -> tuple[str, ...]:
    do = nfd("ᄒᆞ") if jeju else nfd("하")
    for tail in (nfd("해"), nfd("헤"), nfd("하여"), nfd("ᄒᆞ여")):
        if form.endswith(tail):
            return (form.removesuffix(tail) + do,)
    for light in (nfd("아"), nfd("어")):
        cut = form.removesuffix(light)
        if cut != form and has_coda(cut):
            return (cut,)
    for vowel, short in _CONTRACTED.items():
        if form.endswith(short):
            return (form[:-1] + vowel,)
    return (form,) if form[-1:] in _KEEP else ()
