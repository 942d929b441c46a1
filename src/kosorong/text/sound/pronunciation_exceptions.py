"""Words whose sound no general rule tells from the spelling, and endings that act alike.

The tables are `data/pronounced_words.tsv` and `data/second_parts.tsv`; every row cites its source:
an article of 표준 발음법 or of 국어의 로마자 표기법, or the pronunciation field of 표준국어대사전.
What a row says still goes through the general rules. An entry that says itself keeps a longer word
from a shorter entry (한자리 from 한자[한짜]).
"""

from __future__ import annotations

from dataclasses import dataclass

from kosorong.text.tables import TEXT, read_table

_KINDS = ("inserted", "tense", "respelled")
_AFTER = ("one", "two", "last")


@dataclass(frozen=True, slots=True)
class PronouncedWord:
    """A word and what it is respelled as.

    Attributes:
        written: As it is written.
        said: What the general rules are given in its place.
        kind: `inserted` (ㄴ), `tense`, or `respelled` for anything else.
        anywhere: Whether it acts inside a longer word; else at the beginning only.
        parts: The two parts of a compound that takes ㄴ, for when they are written apart.
        source: Where it is from.
    """

    written: str
    said: str
    kind: str
    anywhere: bool
    parts: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class SecondPart:
    """The second part of compounds that take ㄴ before it (article 29).

    Attributes:
        part: As it is written.
        after: Behind what: `one` syllable or more, `two`, or `last`, two at the end of a noun.
        not_after: Syllables that make another word with it (참여자, 절약).
        source: Where it is from.
    """

    part: str
    after: str
    not_after: str
    source: str


def _words() -> tuple[PronouncedWord, ...]:
    words = []
    columns = ("written", "said", "kind", "anywhere", "parts", "source")
    for row in read_table(TEXT, "pronounced_words", columns):
        written, sound, kind, anywhere, parts, source = row.cells
        if kind not in _KINDS:
            raise row.refuse(f"kind is {kind!r}.", f"Valid: {', '.join(_KINDS)}.")
        if anywhere not in ("", "yes"):
            raise row.refuse(f"anywhere is {anywhere!r}.", "Write yes, or leave it empty.")
        words.append(
            PronouncedWord(written, sound, kind, bool(anywhere), tuple(parts.split()), source)
        )
    return tuple(words)


def _second_parts() -> tuple[SecondPart, ...]:
    parts = []
    for row in read_table(TEXT, "second_parts", ("part", "after", "not_after", "source")):
        if row.cells[1] not in _AFTER:
            raise row.refuse(f"after is {row.cells[1]!r}.", f"Valid: {', '.join(_AFTER)}.")
        parts.append(SecondPart(*row.cells))
    return tuple(parts)


WORDS = _words()
SECOND_PARTS = _second_parts()
