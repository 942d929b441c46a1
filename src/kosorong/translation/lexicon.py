r"""The lexicon: what each sense of a Korean word is in Jeju, with its evidence, a row a sense.

>>> row = "배\tn\tboat\t베\t\t\t\t3\tprov_dict_words:2010"
>>> lexicon = Lexicon(parse_lexicon("\t".join(COLUMNS) + "\n" + row, "lexicon.tsv"))
>>> [sense.jeju for sense in lexicon.senses("배", "n")]
['베']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kosorong.text.tables import Row, parse_table

COLUMNS = (
    "korean", "pos", "sense", "jeju", "variants", "region", "register", "weight", "evidence",
    "note",
)  # fmt: skip
PARTS_OF_SPEECH = {
    "n": "noun", "v": "verb", "a": "adjective", "w": "adverb or other", "j": "particle",
    "f": "set phrase",
}  # fmt: skip
REGISTERS = ("", "polite", "rude", "old", "set")
_DA = "다"
_WEIGHTS = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Sense:
    """One row.

    Attributes:
        korean: The word; verbs and adjectives in their dictionary form with 다.
        pos: A key of `PARTS_OF_SPEECH`.
        sense: Which sense, in a word or two; empty where there is one.
        jeju: Its counterpart, the commonest form.
        variants: Other forms, of another spelling or region.
        region: Where the form is said, where that is known.
        register: One of `REGISTERS`.
        weight: 3 where sources hold it, 2 where it is likely, 1 for a guess.
        evidence: Source and line each, or `rule`, or `none`.
        note: What else there is to know.
        line: Its line in the file, from 1.
    """

    korean: str
    pos: str
    sense: str
    jeju: str
    variants: tuple[str, ...]
    region: str
    register: str
    weight: int
    evidence: tuple[str, ...]
    note: str
    line: int = 0

    @property
    def stem(self) -> str:
        """The Korean word as lexemes name it: a verb without its 다."""
        return self._stem(self.korean)

    @property
    def targets(self) -> tuple[str, ...]:
        """Its counterparts as lexemes name them, the commonest first."""
        return tuple(map(self._stem, (self.jeju, *self.variants)))

    def _stem(self, word: str) -> str:
        return word.removesuffix(_DA) if self.pos in "va" else word

    def rests_on(self, lines: Container[str]) -> bool:
        """Tell whether nothing but certain lines speak for it."""
        return bool(self.evidence) and all(one in lines for one in self.evidence)


def parse_lexicon(text: str, file: str) -> tuple[Sense, ...]:
    """Return the rows of a lexicon.

    Args:
        text: What the file holds.
        file: Its name, for errors.

    Raises:
        TableError: A row cannot be read; the message names file, line and cure.
    """
    return tuple(map(_sense, parse_table(text, COLUMNS, file)))


def _sense(row: Row) -> Sense:
    korean, pos, sense, jeju, variants, region, register, weight, evidence, note = row.cells
    for value, name, valid in (
        (pos, "pos", tuple(PARTS_OF_SPEECH)), (register, "register", REGISTERS),
        (weight, "weight", _WEIGHTS),
    ):  # fmt: skip
        if value not in valid:
            named = ", ".join(filter(None, valid))
            raise row.refuse(f"{name} is {value!r}.", f"Valid: {named}.")
    if not jeju:
        raise row.refuse("jeju is empty.", "Write the Jeju form; the Korean word where it stays.")
    if pos in "va" and not (korean.endswith(_DA) and jeju.endswith(_DA)):
        raise row.refuse("A verb or adjective lacks its 다.", "Write dictionary forms, as 먹다.")
    forms = tuple(form.strip() for form in variants.split("|") if form.strip())
    return Sense(
        korean, pos, sense, jeju, forms, region, register, int(weight), tuple(evidence.split()),
        note, row.line,
    )  # fmt: skip


class Lexicon:
    """Rows by what they are looked up by.

    Args:
        rows: In the order of the file: of a word's senses the first is meant where nothing tells.
    """

    def __init__(self, rows: Iterable[Sense]) -> None:
        self.rows = tuple(rows)

    def __iter__(self) -> Iterator[Sense]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _by_stem(self) -> dict[tuple[str, str], list[Sense]]:
        found: defaultdict[tuple[str, str], list[Sense]] = defaultdict(list)
        for row in self.rows:
            found[row.stem, row.pos].append(row)
        return dict(found)

    def senses(self, stem: str, pos: str) -> tuple[Sense, ...]:
        """Return the senses of a word, the one that is meant where nothing tells first.

        Args:
            stem: The word as written, a verb without 다.
            pos: Its part of speech.
        """
        return tuple(self._by_stem.get((stem, pos), ()))

    def stems(self) -> Iterator[tuple[str, str]]:
        """Yield every word with its part of speech."""
        yield from self._by_stem

    def without(self, lines: Container[str]) -> Lexicon:
        """Return the words that something besides certain lines speaks for, to measure on these.

        Args:
            lines: As `evidence` names them.
        """
        gone = {(row.korean, row.pos) for row in self.rows if row.rests_on(lines)}
        return Lexicon(row for row in self.rows if (row.korean, row.pos) not in gone)
