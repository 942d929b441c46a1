"""Corrections of speakers, as a library exports them: a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kosorong.errors import CorpusError
from kosorong.ports import SPELLINGS
from kosorong.text.letters.normalize import normalize

LICENCES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0")
"""Under which a correction may be learnt from; those of the weights allow them."""
NAME = "correction"


@dataclass(frozen=True, slots=True)
class SentenceCorrection:
    """What somebody wrote in place of a translation.

    Attributes:
        id: Its name, which no other has.
        korean: The Korean sentence.
        jeju: What it should be in Jeju.
        spelling: Of the Jeju, see `kosorong.ports.SPELLINGS`.
        region: Where people say so; empty where nobody told.
        by: Who wrote it; empty where the file names nobody.
        votes: How many others agreed.
        where: File and line, for messages.
    """

    id: str
    korean: str
    jeju: str
    spelling: str
    region: str
    by: str
    votes: int
    where: str

    @property
    def evidence(self) -> str:
        """How the lexicon names it: `correction:ID`, and `:WHO` where that is known."""
        return ":".join(filter(None, (NAME, *(_one_word(x) for x in (self.id, self.by)))))


def read_corrections(
    lines: Iterable[str], file: str
) -> tuple[list[SentenceCorrection], list[CorpusError]]:
    """Return the corrections of a file, the last of each name, and what cannot be taken.

    Args:
        lines: A correction each; empty ones are passed over.
        file: Its name, for messages.
    """
    taken: dict[str, SentenceCorrection] = {}
    refused: list[CorpusError] = []
    for n, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            correction = read_correction(line, f"{file}:{n}")
        except CorpusError as error:
            refused.append(error)
            continue
        # The last word on a sentence counts.
        taken[correction.id] = correction
    return list(taken.values()), refused


def read_correction(line: str, where: str) -> SentenceCorrection:
    """Return the correction of a line.

    Args:
        line: A JSON object.
        where: File and line, for messages.

    Raises:
        CorpusError: It cannot be learnt from: no JSON, no consent, another licence, a reading.
    """
    row = _object(line, where)
    if row.get("consent") is not True:
        raise CorpusError(
            "nobody agreed that it be trained on.", where=where, cure='It needs "consent": true.'
        )
    if row.get("licence") not in LICENCES:
        raise CorpusError(
            f"the licence {row.get('licence')!r} does not fit the weights.",
            where=where,
            cure=f"Valid: {', '.join(LICENCES)}.",
        )
    if row.get("kind") == "reading":
        raise CorpusError(
            "it says how the sentence sounds, not how it is written.",
            where=where,
            cure="Leave it out; sounds belong in the library's own list of readings.",
        )
    spelling = row.get("spelling", SPELLINGS[0])
    if spelling not in SPELLINGS:
        raise CorpusError(
            f"unknown spelling {spelling!r}.", where=where, cure=f"Valid: {', '.join(SPELLINGS)}."
        )
    texts = {name: one_line(str(row.get(name) or "")) for name in ("id", "korean", "jeju")}
    missing = [name for name, value in texts.items() if not value]
    if missing:
        raise CorpusError(
            f"{', '.join(missing)} is missing.", where=where, cure="Fill it, or remove the line."
        )
    votes = row.get("votes")
    return SentenceCorrection(
        **texts,
        spelling=spelling,
        region=one_line(str(row.get("region") or "")),
        by=one_line(str(row.get("by") or "")),
        votes=votes if type(votes) is int and votes > 0 else 0,
        where=where,
    )


def _object(line: str, where: str) -> Mapping[str, Any]:
    cure = 'Write one object a line: {"id": …, "korean": …, "jeju": …, …}.'
    try:
        row = json.loads(line)
    except ValueError as error:
        raise CorpusError(f"this is no JSON ({error}).", where=where, cure=cure) from error
    if not isinstance(row, dict):
        raise CorpusError("this is no JSON object.", where=where, cure=cure)
    return row


def one_line(text: str) -> str:
    """Return a text as corpora hold it: NFC, one blank between words."""
    return " ".join(normalize(text).split())


def _one_word(text: str) -> str:
    return text.replace(":", "_").replace(" ", "_")
