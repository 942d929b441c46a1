"""The commonest words of Jeju, as if every corpus held them a few times: `data/core_words.tsv`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kosorong.text.tables import read_table

_PACKAGE = "kosorong.training.translation"
_DECIDED = "decided-"
_LEMMAS = ("v", "a", "n")
_WHOLE = ("word", "formula")


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    known = (*_LEMMAS, *(_DECIDED + pos for pos in (*_LEMMAS, "w")), *_WHOLE)
    rows = []
    for row in read_table(_PACKAGE, "core_words", ("korean", "jeju", "kind")):
        korean, jeju, kind = row.cells
        if kind not in known or not jeju:
            raise row.refuse(f"kind is {kind!r}, jeju {jeju!r}.", f"Valid: {', '.join(known)}.")
        rows.append((korean, jeju, kind))
    return tuple(rows)


def core_lemmas() -> Iterator[tuple[str, str, str]]:
    """Yield stems and nouns as (Korean, Jeju, part of speech)."""
    yield from (row for row in _rows() if row[2] in _LEMMAS)


@cache
def decided_lemmas() -> Mapping[tuple[str, str], str]:
    """Return what a Korean lemma becomes, by lemma and part of speech, whatever else is attested.

    >>> decided_lemmas()["섬", "n"]
    '섬'
    """
    return {
        (korean, kind.removeprefix(_DECIDED)): jeju
        for korean, jeju, kind in _rows()
        if kind.startswith(_DECIDED)
    }


def core_words() -> Iterator[tuple[str, str]]:
    """Yield whole words as (Korean, Jeju).

    >>> dict(core_words())["왜"]
    '무사'
    """
    yield from ((korean, jeju) for korean, jeju, kind in _rows() if kind in _WHOLE)
