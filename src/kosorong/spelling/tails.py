"""Endings and particles as they are written, with the spellings that stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kosorong.text.letters.hangul import nfd
from kosorong.translation.grammar import Form, entries, tails_of

_SAME = tuple((nfd(a), nfd(b)) for a, b in (("꽈", "과"), ("마씸", "마씀")))
"""Both are written by the sources for the same ending."""


class Tail(NamedTuple):
    """An ending or particle.

    Attributes:
        slot: The form of the stem that it asks for.
        written: Its letters, in jamo.
        form: Its row of the grammar.
        told: Its letters in that row.
    """

    slot: str
    written: str
    form: Form
    told: str

    def follows(self, stem: str, pos: str) -> bool:
        """Tell whether it may stand behind a stem (dictionary form, in jamo)."""
        after = self.form.after(stem)
        fits = self.form.pos in ("", pos)
        return fits and after is not None and after.removeprefix("\x00") == self.told


@cache
def tails(jeju: bool) -> tuple[Tail, ...]:
    """Return the endings and particles of Jeju, or those of Korean."""
    return tuple(dict.fromkeys(_tails(jeju)))


def _tails(jeju: bool) -> Iterator[Tail]:
    for entry in entries():
        for form in entry.jeju if jeju else entry.korean:
            for slot, told in tails_of(form):
                for written in _spellings(told) if jeju else (told,):
                    yield Tail(slot, written, form, told)


_ASKS = tuple(map(nfd, ("수과", "우꽈", "쿠과")))
_ASKS_TOO = nfd("광")


def _spellings(tail: str) -> Iterator[str]:
    yield tail
    if tail.endswith(_ASKS):
        yield tail[:-2] + _ASKS_TOO
    for pair in _SAME:
        for a, b in (pair, pair[::-1]):
            if a in tail:
                yield tail.replace(a, b)


@cache
def jeju_alone(slots: str) -> tuple[str, ...]:
    """Return the endings in one word that Jeju has and Korean has not, the longest first.

    Args:
        slots: Of the stems they ask for.
    """
    korean = {tail.written for tail in tails(jeju=False)}
    own = {tail.written for tail in tails(jeju=True) if tail.slot in slots} - korean - {""}
    return tuple(sorted((t for t in own if " " not in t), key=lambda tail: (-len(tail), tail)))
