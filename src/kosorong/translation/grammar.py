"""Reads the tables of endings and particles, see `kosorong.translation.endings`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kosorong.text.hangul import ends_in_rieul, has_coda, nfd
from kosorong.translation.endings import FINALS, LINKS
from kosorong.translation.inflection import Bases
from kosorong.translation.noun_endings import COPULA, PARTICLES, SPACED_COPULA

Kind = Literal["ending", "particle"]
_MARKS = {"? ": "asks", "! ": "told", "- ": "bids", "+ ": "said", ". ": "final"}


@dataclass(frozen=True, slots=True)
class Form:
    """One shape of an ending or particle.

    Attributes:
        slot: The form of the stem that it asks for.
        open: What follows a vowel, or ㄹ where the slot drops it; None where nothing may.
        closed: What follows another consonant.
        pos: `v`, `a`, or nothing for both; `n` for what follows nouns.
        weight: How common it is among its alternatives.
    """

    slot: str
    open: str | None
    closed: str | None
    pos: str
    weight: float

    def after(self, stem: str) -> str | None:
        """Return what follows a stem (dictionary form, in jamo)."""
        light = self.slot == "B" and ends_in_rieul(stem) and self.closed == nfd("으로")
        soft = self.slot in "NED" and ends_in_rieul(stem)
        return self.closed if has_coda(stem) and not light and not soft else self.open


@dataclass(frozen=True, slots=True)
class Entry:
    """Endings that stand for each other.

    Attributes:
        korean: Korean alternatives.
        jeju: Jeju alternatives.
        kind: Which turn of the dial changes it.
        final: Whether it closes a sentence.
        asks: Whether it closes a question.
        told: Whether it tells of somebody who is spoken of with respect.
        bids: Whether it bids whoever is spoken to, unless somebody else is told of.
        said: Whether it quotes, before a form of 하다.
    """

    korean: tuple[Form, ...]
    jeju: tuple[Form, ...]
    kind: Kind
    final: bool = False
    asks: bool = False
    told: bool = False
    bids: bool = False
    said: bool = False


@cache
def entries() -> tuple[Entry, ...]:
    """Return every ending and particle; equal on every call."""
    found = [*_finals()]
    for (korean, jeju), mark in _rows(LINKS):
        forms = _forms(korean)
        honorific = tuple(p for f in forms for p in _honorific(f))
        found.append(Entry((*forms, *honorific), _forms(jeju), "ending", **mark))
    apart = _spaced(SPACED_COPULA)
    tables: tuple[tuple[str, Kind], ...] = (
        (PARTICLES, "particle"),
        (COPULA, "ending"),
        (apart, "ending"),
    )
    for table, kind in tables:
        for (korean, jeju), mark in _rows(table):
            written = f"{korean} {_with_i(korean)}" if table is COPULA else korean
            found.append(Entry(_forms(written, "n"), _forms(jeju, "n"), kind, **mark))
    found += _plurals()
    return tuple(found)


def _plurals() -> Iterator[Entry]:
    """Yield the particles after 들, which Jeju says 덜, too."""
    for (korean, jeju), _ in _rows(PARTICLES):
        # After 들 (closed) only the second shape of a pair can stand.
        tails = [_closed_tail(form) for form in korean.split()]
        others = [_closed_tail(form) for form in jeju.split()]
        made = " ".join(f"B들{tail}" for tail in tails if not tail.startswith("들"))
        said = " ".join(f"B들{tail} B덜{tail}" for tail in others)
        if made:
            yield Entry(_forms(made, "n"), _forms(said, "n"), "particle")


def _closed_tail(form: str) -> str:
    text, star, weight = form.partition("*")
    first, slash, second = text[1:].partition("/")
    return f"{second if slash else first}{star}{weight}"


def _rows(table: str) -> Iterator[tuple[list[str], dict[str, bool]]]:
    """Yield the cells of each row and what its mark says."""
    for line in table.strip().splitlines():
        mark = _MARKS.get(line[:2])
        cells = [cell.strip() for cell in (line[2:] if mark else line).split("|")]
        yield cells, {mark: True} if mark else {}


def _spaced(table: str) -> str:
    """Return the table with its Korean forms written apart from the noun."""
    made = (
        ("? " if mark else "") + " | ".join((_apart(korean), jeju))
        for (korean, jeju), mark in _rows(table)
    )
    return "\n".join(made)


def _with_i(forms: str) -> str:
    """Return the copula's forms that may keep their 이 after a vowel, where they do."""
    made = []
    for form in forms.split():
        text, _, weight = form.partition("*")
        first, slash, second = text.partition("/")
        if slash and second == f"이{first[1:]}":
            made.append(f"B{second}/*{0.2 * float(weight or 1):.2f}")
    return " ".join(made)


def _apart(forms: str) -> str:
    cells = []
    for form in forms.split():
        text, star, weight = form.partition("*")
        joint = text.partition("/")[2] or text[1:]
        if len(joint) > 1:
            cells.append(f"B_{joint}{star}{weight}")
    return " ".join(cells)


def _finals() -> Iterator[Entry]:
    for (present, tail, jeju, past, future), mark in _rows(FINALS):
        made = [(present, jeju)]
        if tail and past:
            made.append((f"Iᆻ{tail}*3 N셨{tail}*.5 N시었{tail}*.1", _prefixed("Iᆺ", past)))
        if tail and future:
            made.append((f"C겠{tail}*3 N시겠{tail}*.5", _prefixed("E", future)))
        for korean, target in made:
            yield Entry(_forms(korean), _forms(target), "ending", **(mark | {"final": True}))


def _prefixed(before: str, tails: str) -> str:
    # ᆺ + 이 is spelled 시; what follows 크 was joined to it in the table.
    return " ".join("I시카" if tail == "이카" else before + tail for tail in tails.split())


def _forms(cell: str, pos: str = "") -> tuple[Form, ...]:
    return tuple(_form(text, pos) for text in cell.split())


def _form(text: str, pos: str) -> Form:
    text, _, weight = text.replace("_", " ").partition("*")
    if text[1:2] == ":":
        pos, text = text[0], text[2:]
    both = text.split("/")
    first = both[0]
    if len(both) == 1:
        return Form(first[0], nfd(first[1:]), nfd(first[1:]), pos, float(weight or 1))
    second = both[1]
    slot = (first or second)[0]
    if not first or not second:
        one = nfd((first or second)[1:])
        return Form(slot, one if first else None, one if second else None, pos, float(weight or 1))
    return _split_form(slot, first, second, pos, float(weight or 1))


def _split_form(slot: str, first: str, second: str, pos: str, weight: float) -> Form:
    # The closed shape of a verb's ending may ask for a slot of its own; stems in consonants have
    # the same N and E, so only C needs telling apart, see `Form.after`.
    closed = second[1:] if second[0] in "CDEIN" else second
    if second[0] in "CDEIN" and slot == "N":
        closed = f"\x00{closed}"
    return Form(slot, nfd(first[1:]), nfd(closed), pos, weight)


def _honorific(form: Form) -> Iterator[Form]:
    tail = form.open
    if tail is None or form.pos == "a":
        return
    weight = form.weight * 0.1
    if form.slot == "N" or (form.slot in "CDE" and not tail.startswith(nfd("겠"))):
        yield Form("N", nfd("시") + tail, nfd("시") + tail, form.pos, weight)
    elif form.slot == "I":
        yield Form("N", nfd("셔") + tail, nfd("셔") + tail, form.pos, weight)


def joined(stem: str, base: Bases, form: Form) -> str | None:
    """Return a stem with an ending, in jamo; None where they do not go together."""
    tail = form.after(stem)
    if tail is None:
        return None
    if tail.startswith("\x00"):
        return base["C"][0] + tail[1:]
    return base[form.slot][0] + tail


def analyses(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the slots and tails by which a form is recognised in a text."""
    for tail in dict.fromkeys((form.open, form.closed)):
        if tail is not None:
            yield ("C", tail[1:]) if tail.startswith("\x00") else (form.slot, tail)
