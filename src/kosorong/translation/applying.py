"""Putting corrections of speakers into a lexicon, and what that would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kosorong.translation.corrections import SentenceCorrection
from kosorong.translation.lexicon import COLUMNS, Lexicon, merged_lexicon, parse_lexicon
from kosorong.translation.mending import (
    Lesson,
    Unlearnt,
    in_region,
    lessons_of,
    right_of,
    rows_of,
    with_rows,
)
from kosorong.translation.rules import RuleTranslator
from kosorong.translation.tables import RuleTable


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of corrections.

    Attributes:
        text: The lexicon, mended.
        changes: A line for each row that changed it.
        unlearnt: Corrected words that no row is made of.
        before: Corrections that the rules came to by themselves.
        after: Those that they come to with the lexicon as it is now.
    """

    text: str
    changes: tuple[str, ...]
    unlearnt: tuple[Unlearnt, ...]
    before: tuple[SentenceCorrection, ...]
    after: tuple[SentenceCorrection, ...]


def apply_corrections(
    corrections: Sequence[SentenceCorrection], old: str, table: RuleTable, file: str
) -> Applied:
    """Return a lexicon with what corrections say, and which sentences come out right with it.

    Args:
        corrections: What speakers wrote.
        old: The lexicon's text.
        table: Rules towards Jeju.
        file: Name of the lexicon, for errors.

    Raises:
        TableError: A row of the lexicon cannot be read.
    """
    words = Lexicon(parse_lexicon(old, file))
    rules = RuleTranslator(table)
    learnt = [x for correction in corrections for x in lessons_of(correction, rules, words)]
    rows = rows_of(x for x in learnt if isinstance(x, Lesson))
    header = "\t".join(COLUMNS)
    text, changes = merged_lexicon(old, "\n".join((header, *(row.row for row in rows))), file)
    mended = Lexicon(parse_lexicon(text, file))
    regions = {correction.region for correction in corrections} - {""}
    return Applied(
        text,
        tuple(changes),
        tuple(x for x in learnt if isinstance(x, Unlearnt)),
        tuple(right_of(corrections, _rules_of(table, words, regions))),
        tuple(right_of(corrections, _rules_of(with_rows(table, mended, rows), mended, regions))),
    )


def _rules_of(
    table: RuleTable, words: Lexicon, regions: Iterable[str]
) -> dict[str, RuleTranslator]:
    tables = {"": table, **{region: in_region(table, words, region) for region in regions}}
    return {region: RuleTranslator(own) for region, own in tables.items()}
