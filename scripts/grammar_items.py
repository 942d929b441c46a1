"""The items of the grammar suite: what a translation of a sentence must hold and must not.

The files stand in tests/translation/grammar, one for each subject; its README says how an item is
written.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from kosorong.ports import SPELLINGS

FOLDER = Path(__file__).parents[1] / "tests" / "translation" / "grammar"
HEADER = ("id", "way", "spelling", "strength", "source", "must", "must_not", "why")
WAYS = ("ko-jje", "jje-ko")
AND = " && "
CODAS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_NAMED = re.compile(r"\{([a-z]+|[ㄱ-ㅎ])\}")


class Translated(Protocol):
    """What the suite reads of a translation."""

    @property
    def text(self) -> str:
        """The translation."""


class Translates(Protocol):
    """What the suite needs of a translator."""

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str,
        target: str,
        spelling: str,
        strength: float,
    ) -> Sequence[Translated]:
        """Translate each text; one result for each, in order."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A regular expression as an item writes it, and in full."""

    written: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, and what its translation must hold and must not."""

    id: str
    subject: str
    way: str
    spelling: str
    strength: float
    source: str
    must: tuple[Rule, ...]
    must_not: tuple[Rule, ...]
    why: str

    @property
    def kind(self) -> str:
        """The id without its number."""
        return self.id.rpartition("-")[0]

    def fault(self, made: str) -> str:
        """Return what is wrong with a translation, empty where nothing is."""
        made = unicodedata.normalize("NFC", made)
        missing = [rule.written for rule in self.must if not rule.pattern.search(made)]
        found = [hit[0] for rule in self.must_not if (hit := rule.pattern.search(made))]
        return "; ".join([f"lacks {one}" for one in missing] + [f"holds {one}" for one in found])


@dataclass(frozen=True, slots=True)
class Outcome:
    """An item, its translation and what is wrong with it."""

    item: Item
    made: str
    fault: str

    @property
    def text(self) -> str:
        """One line about it."""
        return f"{self.item.id}: {self.item.source} → {self.made} ({self.fault}; {self.item.why})"


@cache
def ending_in(coda: str) -> str:
    """Return the class of all syllables with a coda, arae-a too.

    Args:
        coda: A compatibility jamo, such as ㅁ.
    """
    place = CODAS.index(coda) + 1
    syllables = "".join(chr(0xAC00 + 28 * n + place) for n in range(399))
    return f"[{syllables}{chr(0x11A7 + place)}]"


def expanded(rule: str, named: dict[str, str]) -> str:
    """Return a rule with each {name} and {coda} put out in full.

    Raises:
        ValueError: No pattern has this name.
    """

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name in CODAS:
            return ending_in(name)
        if name not in named:
            raise ValueError(f"no pattern is named {name}: add it to patterns.tsv")
        return f"(?:{expanded(named[name], named)})"

    return _NAMED.sub(put, rule)


def rows_of(path: Path, header: tuple[str, ...]) -> list[dict[str, str]]:
    """Read a file of tabbed rows below a header, in canonical form.

    Raises:
        ValueError: The header differs, or a row has more or fewer fields.
    """
    lines = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).splitlines()
    if tuple(lines[0].split("\t")) != header:
        raise ValueError(f"{path.name}: the first line must be {' '.join(header)}, tabs between")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        fields = line.split("\t")
        if len(fields) != len(header):
            raise ValueError(f"{path.name}:{number}: {len(fields)} fields, not {len(header)}")
        rows.append(dict(zip(header, fields, strict=True)))
    return rows


def load(folder: Path = FOLDER) -> list[Item]:
    """Read all items of a folder, file after file.

    Raises:
        ValueError: A row is not an item; names file, id and what is wrong.
    """
    named = {
        row["name"]: row["regex"] for row in rows_of(folder / "patterns.tsv", ("name", "regex"))
    }
    items = []
    for path in sorted(folder.glob("*.tsv")):
        if path.name != "patterns.tsv":
            for row in rows_of(path, HEADER):
                items.append(_item(path.stem, row, named))
    return items


def _item(subject: str, row: dict[str, str], named: dict[str, str]) -> Item:
    """Return the item of a row."""
    where = f"{subject}.tsv, {row['id']}"
    if row["way"] not in WAYS or row["spelling"] not in SPELLINGS:
        raise ValueError(f"{where}: way is one of {WAYS}, spelling one of {SPELLINGS}")
    if not (row["source"] and row["must"] and row["why"]):
        raise ValueError(f"{where}: source, must and why may not be empty")
    return Item(
        row["id"],
        subject,
        row["way"],
        row["spelling"],
        float(row["strength"]),
        row["source"],
        _rules(where, row["must"], named),
        _rules(where, row["must_not"], named),
        row["why"],
    )


def _rules(where: str, field: str, named: dict[str, str]) -> tuple[Rule, ...]:
    """Compile the rules of a field."""
    try:
        return tuple(Rule(one, re.compile(expanded(one, named))) for one in field.split(AND) if one)
    except (re.error, ValueError) as error:
        raise ValueError(f"{where}: {error}") from error


def judged(translator: Translates, items: Iterable[Item]) -> list[Outcome]:
    """Translate the sentences of items, those of one setting together, and judge them."""
    settings: dict[tuple[str, str, float], list[Item]] = defaultdict(list)
    for item in items:
        settings[item.way, item.spelling, item.strength].append(item)
    outcomes = []
    for (way, spelling, strength), group in settings.items():
        source, target = way.split("-")
        answers = translator.translate(
            [item.source for item in group],
            source=source,
            target=target,
            spelling=spelling,
            strength=strength,
        )
        for item, answer in zip(group, answers, strict=True):
            outcomes.append(Outcome(item, answer.text, item.fault(answer.text)))
    return outcomes
