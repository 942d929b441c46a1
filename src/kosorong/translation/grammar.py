"""Endings and particles of Korean and Jeju side by side, as the tables in `data` hold them.

Each table says at its head what its columns mean; a speaker who finds an ending wrong mends its
row. What can be made of a row is made here: the past and the future of an ending that closes a
sentence, the forms of respect, particles behind 들 and 덜, the copula that keeps its 이.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Literal

from kosorong.text.letters.hangul import ends_in_rieul, has_coda, nfd
from kosorong.text.letters.jamo import CONJOINING_CODA
from kosorong.text.letters.particles import ends_in
from kosorong.text.tables import TRANSLATION, Row, read_table
from kosorong.translation.inflection import Bases

Kind = Literal["ending", "particle"]

_STEMS = {"plain": "C", "before-neun": "D", "eu": "E", "eu-short": "N", "a-eo": "I"}
_CLASSES = {"": "", "verb": "v", "adjective": "a"}
_SENTENCES = {
    "": "", "asks": "asks", "of-respected": "told", "bids": "bids", "quotes": "said",
    "closes": "final", "guesses": "guesses", "within": "within",
    "asks-what": "wonders", "bids-now": "urges",
}  # fmt: skip
_ALSO = {"wonders": {"asks": True}}
_NOTHING = "×"
_PLAIN_STEM = "\x00"
"""Begins what follows a consonant where that asks for the plain stem, see `joined`."""


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
        light = self.slot == "B" and self.closed == nfd("으로") and ends_in(stem) == "rieul"
        soft = self.slot in "NED" and ends_in_rieul(stem)
        coda = ends_in(stem) != "vowel" if stem[-1:].isdecimal() else has_coda(stem)
        return self.closed if coda and not light and not soft else self.open


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
        guesses: Whether it guesses, before a form of 보다.
        within: Whether it never closes a sentence.
        wonders: Whether it asks where a word like why or who stands before.
        urges: Whether it bids where nobody is named and something tells so.
    """

    korean: tuple[Form, ...]
    jeju: tuple[Form, ...]
    kind: Kind
    final: bool = False
    asks: bool = False
    told: bool = False
    bids: bool = False
    said: bool = False
    guesses: bool = False
    within: bool = False
    wonders: bool = False
    urges: bool = False


@cache
def entries() -> tuple[Entry, ...]:
    """Return every ending and particle; equal on every call.

    Raises:
        TableError: A row of a table cannot be read.
    """
    return (*_finals(), *_links(), *_particles(), *_copula(), *_plurals())


class _Table:
    """The rows of a table, by their group.

    Args:
        name: Of the file, without `.tsv`.
        columns: Of the file, `group` first and `note` last.
    """

    def __init__(self, name: str, columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._rows = read_table(TRANSLATION, name, columns)

    def cell(self, row: Row, column: str) -> str:
        """Return a cell; empty where the table has no such column."""
        return row.cells[self._columns.index(column)] if column in self._columns else ""

    def groups(self) -> Iterator[tuple[list[Row], dict[str, bool]]]:
        """Yield the rows of each group and what its sentence does."""
        seen: set[str] = set()
        for name, together in groupby(self._rows, lambda row: row.cells[0]):
            rows = list(together)
            if name in seen:
                raise rows[0].refuse(
                    f"The group {name} stands in two places.",
                    "Put its rows together, or give one of the two another name.",
                )
            seen.add(name)
            yield rows, self._sentence(rows)

    def _sentence(self, rows: list[Row]) -> dict[str, bool]:
        for row in rows[1:]:
            if self.cell(row, "sentence"):
                raise row.refuse("Only a group's first row says sentence.", "Empty the cell.")
        mark = self.one_of(rows[0], "sentence", _SENTENCES)
        return {mark: True, **_ALSO.get(mark, {})} if mark else {}

    def one_of(self, row: Row, column: str, known: dict[str, str]) -> str:
        """Return what a cell's word stands for."""
        word = self.cell(row, column)
        if word not in known:
            valid = ", ".join(filter(None, known))
            raise row.refuse(f"{column} is {word!r}.", f"Valid: {valid}.")
        return known[word]

    def weight(self, row: Row) -> float:
        """Return how common a row is."""
        cell = self.cell(row, "weight") or "1"
        try:
            return float(cell)
        except ValueError:
            raise row.refuse(f"weight is {cell!r}.", "Write a number, as 0.5.") from None

    def of(self, rows: Iterable[Row], language: str, time: str = "now") -> list[Row]:
        """Return the rows of a language, and of a time where the table tells times."""
        times = {"now": "now", "after-ss": "after-ss", "past": "past", "future": "future"}
        has_times = "time" in self._columns
        return [
            row
            for row in rows
            if self.one_of(row, "language", {"ko": "ko", "jje": "jje"}) == language
            and (not has_times or self.one_of(row, "time", times) == time)
        ]

    def forms(self, rows: Iterable[Row], language: str) -> tuple[Form, ...]:
        """Return the forms of a language."""
        return tuple(map(self._form, self.of(rows, language)))

    def _form(self, row: Row) -> Form:
        verbs = "stem" in self._columns
        slot = self.one_of(row, "stem", _STEMS) if verbs else "B"
        pos = self.one_of(row, "class", _CLASSES) if verbs else "n"
        after_vowel, after_consonant = (
            self.cell(row, column) for column in ("after_vowel", "after_consonant")
        )
        open_ = None if after_vowel == _NOTHING else tail_of(after_vowel)
        closed = None if after_consonant == _NOTHING else tail_of(after_consonant or after_vowel)
        if closed is not None and self.one_of(row, "consonant_stem", {"": "", "plain": "C"}):
            closed = _PLAIN_STEM + closed
        if open_ is None and not after_consonant:
            raise row.refuse("Nothing follows either.", "Fill after_vowel or after_consonant.")
        return Form(slot, open_, closed, pos, self.weight(row))


def tail_of(cell: str) -> str:
    """Return an ending in jamo; a consonant typed alone at its beginning closes a syllable.

    >>> tail_of("ㅂ니다") == nfd("갑니다").removeprefix(nfd("가"))
    True
    """
    return nfd(CONJOINING_CODA.get(cell[:1], cell[:1]) + cell[1:]) if cell else ""


def _finals() -> Iterator[Entry]:
    table = _Table(
        "sentence_endings",
        ("group", "sentence", "language", "time", "stem", "after_vowel", "after_consonant",
         "consonant_stem", "class", "weight", "note"),
    )  # fmt: skip
    for rows, says in table.groups():
        mark = {**says, "final": True}
        yield Entry(table.forms(rows, "ko"), table.forms(rows, "jje"), "ending", **mark)
        tails = [table.cell(row, "after_vowel") for row in table.of(rows, "ko", "after-ss")]
        for time, korean, before in (
            ("past", (("I", "ㅆ", 3.0), ("N", "셨", 0.5), ("N", "시었", 0.1)), ("I", "ㅅ")),
            ("future", (("C", "겠", 3.0), ("N", "시겠", 0.5)), ("E", "")),
            ("past-future", (("I", "ㅆ겠", 3.0), ("N", "셨겠", 0.5)), ("I", "시")),
        ):
            theirs = table.of(rows, "jje", time.removeprefix("past-"))
            if tails and theirs:
                own = [_one(slot, f"{marker}{t}", w) for t in tails for slot, marker, w in korean]
                jeju = [
                    _after(*before, table.cell(row, "after_vowel"), table.weight(row))
                    for row in theirs
                ]
                yield Entry(tuple(own), tuple(jeju), "ending", **mark)


def _one(slot: str, tail: str, weight: float) -> Form:
    """Return the form of an ending that is the same behind vowels and consonants."""
    return Form(slot, tail_of(tail), tail_of(tail), "", weight)


def _after(slot: str, marker: str, tail: str, weight: float) -> Form:
    # ᆺ + 이 is spelled 시; what follows 크 was joined to it in the table.
    return _one("I", "시카", weight) if tail == "이카" else _one(slot, marker + tail, weight)


def _links() -> Iterator[Entry]:
    table = _Table(
        "linking_endings",
        ("group", "sentence", "language", "stem", "after_vowel", "after_consonant",
         "consonant_stem", "class", "weight", "note"),
    )  # fmt: skip
    for rows, mark in table.groups():
        forms = table.forms(rows, "ko")
        respectful = tuple(p for form in forms for p in _honorific(form))
        jeju = table.forms(rows, "jje")
        yield Entry((*forms, *respectful), jeju, "ending", **mark)
        past = tuple(_past_of(form, "ㅆ") for form in forms if _is_future(form))
        if past:
            theirs = tuple(_past_of(form, "시") for form in jeju)
            yield Entry(past, theirs, "ending", **mark)


def _is_future(form: Form) -> bool:
    return (form.open or "").startswith(nfd("겠"))


def _past_of(form: Form, marker: str) -> Form:
    """Return what follows -아/어 for a form with 겠 or 크 when it tells of the past: 먹었겠지만."""
    return (
        _one("I", marker, form.weight)
        if not form.open
        else replace(
            form, slot="I", open=tail_of(marker) + form.open, closed=tail_of(marker) + form.open
        )
    )


def _honorific(form: Form) -> Iterator[Form]:
    tail = form.open
    if tail is None or form.pos == "a":
        return
    weight = form.weight * 0.1
    if form.slot == "N" or (form.slot in "CDE" and not tail.startswith(nfd("겠"))):
        yield Form("N", nfd("시") + tail, nfd("시") + tail, form.pos, weight)
    elif form.slot == "I":
        yield Form("N", nfd("셔") + tail, nfd("셔") + tail, form.pos, weight)


def _noun_particles() -> Iterator[tuple[tuple[Form, ...], tuple[Form, ...]]]:
    table = _Table(
        "noun_particles",
        ("group", "language", "after_vowel", "after_consonant", "weight", "note"),
    )
    for rows, _ in table.groups():
        yield table.forms(rows, "ko"), table.forms(rows, "jje")


def _particles() -> Iterator[Entry]:
    for korean, jeju in _noun_particles():
        yield Entry(korean, jeju, "particle")


def _plurals() -> Iterator[Entry]:
    """Yield the particles after 들, which Jeju says 덜, too."""
    many, jeju_many = nfd("들"), nfd("덜")
    for korean, jeju in _noun_particles():
        # After 들 (closed) only the second shape of a pair can stand.
        own = [_behind(many, f) for f in korean if not (f.closed or "").startswith(many)]
        theirs = [_behind(plural, form) for form in jeju for plural in (many, jeju_many)]
        if own:
            yield Entry(tuple(own), tuple(theirs), "particle")


def _behind(plural: str, form: Form) -> Form:
    tail = plural + (form.closed or "")
    return replace(form, open=tail, closed=tail)


def _copula() -> Iterator[Entry]:
    table = _Table(
        "copula",
        ("group", "sentence", "apart", "language", "after_vowel", "after_consonant", "weight",
         "note"),
    )  # fmt: skip
    for rows, mark in table.groups():
        korean = table.forms(rows, "ko")
        apart = table.one_of(rows[0], "apart", {"": "", "yes": "yes"})
        korean = tuple(map(_apart, korean)) if apart else (*korean, *_with_i(korean))
        yield Entry(korean, table.forms(rows, "jje"), "ending", **mark)


def _apart(form: Form) -> Form:
    """Return a form as it is written apart from its noun."""
    return replace(form, open=f" {form.closed}", closed=f" {form.closed}")


def _with_i(forms: Iterable[Form]) -> Iterator[Form]:
    """Yield the copula's forms that may keep their 이 after a vowel, where they do."""
    for form in forms:
        if form.open is not None and form.closed == nfd("이") + form.open:
            yield Form("B", form.closed, None, "n", round(0.2 * form.weight, 2))


def joined(stem: str, base: Bases, form: Form) -> str | None:
    """Return a stem with an ending, in jamo; None where they do not go together."""
    tail = form.after(stem)
    if tail is None:
        return None
    if tail.startswith(_PLAIN_STEM):
        return base["C"][0] + tail[1:]
    return base[form.slot][0] + tail


def tails_of(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the slots and tails by which a form is recognised in a text."""
    for tail in dict.fromkeys((form.open, form.closed)):
        if tail is not None:
            yield ("C", tail[1:]) if tail.startswith(_PLAIN_STEM) else (form.slot, tail)
