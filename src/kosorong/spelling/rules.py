"""The rules of spelling: `data/rules.tsv`, and the clauses they rest on, `data/clauses.tsv`.

>>> clauses()["제5항"].english
'Onset, vowel and coda are put together to a syllable.'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kosorong.spelling.tails import jeju_alone
from kosorong.text.letters.hangul import ARAEA_VOWELS, nfd
from kosorong.text.letters.jamo import (
    CODA_CLASS,
    CONJOINING_CODA,
    CONJOINING_ONSET,
    CONJOINING_VOWEL,
    VOWEL_CLASS,
)
from kosorong.text.tables import Row, read_table
from kosorong.translation.word_lists import listed

SPELLING = "kosorong.spelling"
"""The package whose tables these are."""
VERDICTS = ("wrong", "never", "known", "unsure", "doubt")
CHECKS = ("pattern", "letters", "typed", "spaced", "stays")
PLAIN = "{PLAIN}"
"""Stands for the letters found, tense ones made plain."""
UNTENSED = str.maketrans("\u1101\u1104\u1108\u110a\u110d", "\u1100\u1103\u1107\u1109\u110c")
"""Tense onsets and the plain ones."""
_COLUMNS = (
    "rule", "clause", "verdict", "check", "pattern", "replacement", "modern", "right", "wrong",
    "korean", "english",
)  # fmt: skip
_CODA = re.compile(r"\{([ㄱ-ㅎ]+)\}")
_LETTER = re.compile(f"[ㄱ-ㅣㆍ{ARAEA_VOWELS}]")


class Clause(NamedTuple):
    """A clause of the notice.

    Attributes:
        number: As 제18항.
        korean: What it asks for.
        english: The same in English.
    """

    number: str
    korean: str
    english: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table.

    Attributes:
        name: Its name.
        clause: What it rests on.
        verdict: One of `VERDICTS`.
        check: One of `CHECKS`.
        pattern: What is wrong, in jamo; letters for the check `letters`, words for `spaced`.
        replacement: What stands there instead, in jamo.
        modern: Whether the modern spelling breaks it as a habit.
        right: An example that is right.
        wrong: One that is not.
        korean: Why.
        english: The same in English.
    """

    name: str
    clause: Clause
    verdict: str
    check: str
    pattern: re.Pattern[str]
    replacement: str
    modern: bool
    right: str
    wrong: str
    korean: str
    english: str

    @property
    def pairs(self) -> Mapping[tuple[str, str], None]:
        """Letters written and right, of the check `letters`."""
        return dict.fromkeys(zip(self.pattern.pattern, self.replacement, strict=True))

    def mend(self, letters: str) -> str:
        """Return a word in jamo as the rule wants it."""
        if self.replacement == PLAIN:
            return self.pattern.sub(lambda found: found[0].translate(UNTENSED), letters)
        return self.pattern.sub(self.replacement, letters)


@cache
def clauses() -> Mapping[str, Clause]:
    """Return the clauses by number.

    Raises:
        TableError: A row cannot be read.
    """
    rows = read_table(SPELLING, "clauses", ("clause", "korean", "english"))
    return {row.cells[0]: Clause(*row.cells) for row in rows}


@cache
def rules(check: str = "") -> tuple[Rule, ...]:
    """Return the rules in the order of the table.

    Args:
        check: Only those with this check; empty for all.

    Raises:
        TableError: A row cannot be read; the message names file, line and cure.
    """
    if check:
        return tuple(rule for rule in rules() if rule.check == check)
    return tuple(map(_rule, read_table(SPELLING, "rules", _COLUMNS)))


def _rule(row: Row) -> Rule:
    name, clause, verdict, check, pattern, replacement, modern, right, wrong, korean, english = (
        row.cells
    )
    for value, column, valid in (
        (clause, "clause", tuple(clauses())), (verdict, "verdict", VERDICTS),
        (check, "check", CHECKS), (modern, "modern", ("", "yes")),
    ):  # fmt: skip
        if value not in valid:
            named = ", ".join(filter(None, valid))
            raise row.refuse(f"{column} is {value!r}.", f"Valid: {named}.")
    if not (right and wrong and korean and english):
        raise row.refuse("An example or a reason is missing.", "Fill the row's last four cells.")
    try:
        shape = re.compile(_shape(pattern))
    except re.error as error:
        raise row.refuse(
            f"{pattern!r} is no pattern: {error}.", "Close every ( and [, and name codas as {ㅅ}."
        ) from error
    return Rule(
        name, clauses()[clause], verdict, check, shape, _plain(replacement), modern == "yes",
        right, wrong, korean, english,
    )  # fmt: skip


def _plain(text: str) -> str:
    """Return a replacement in jamo."""
    if text == PLAIN:
        return text
    return nfd(_LETTER.sub(_typed, _CODA.sub(lambda found: CONJOINING_CODA[found[1]], text)))


def _shape(pattern: str) -> str:
    """Return a pattern in jamo, with its names spelled out."""
    pattern = _CODA.sub(lambda found: CONJOINING_CODA[found[1]], pattern)
    pattern = nfd(_LETTER.sub(_typed, pattern))
    for name, letters in (("{C}", f"[{CODA_CLASS}]"), ("{V}", f"[{VOWEL_CLASS}]")):
        pattern = pattern.replace(name, letters)
    behind = "|".join(listed("behind-sentence"))
    pattern = pattern.replace("{END}", f"(?:{behind})?$")
    for name, slots in (("{TAIL_I}", "I"), ("{TAIL}", "CDEN")):
        if name in pattern:
            tails = "|".join(map(re.escape, jeju_alone(slots)))
            pattern = pattern.replace(name, f"(?:{tails})(?:{behind})?$")
    return pattern


def _typed(found: re.Match[str]) -> str:
    letter = found[0]
    return CONJOINING_VOWEL.get(letter) or CONJOINING_ONSET.get(letter, letter)
