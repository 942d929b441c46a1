r"""The lexicon: what each sense of a Korean word is in Jeju, with its evidence, a row a sense.

>>> row = "배\tn\tboat\t타고\t베\t\t\t\t3\tprov_dict_words:2010"
>>> lexicon = Lexicon(parse_lexicon("\t".join(COLUMNS) + "\n" + row, "lexicon.tsv"))
>>> [sense.jeju for sense in lexicon.senses("배", "n")]
['베']
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kosorong.bundle import Bundle
from kosorong.text.letters.normalize import normalize
from kosorong.text.tables import Row, parse_table

COLUMNS = (
    "korean", "pos", "sense", "near", "jeju", "variants", "region", "register", "weight",
    "evidence", "note",
)  # fmt: skip
PARTS_OF_SPEECH = {
    "n": "noun", "v": "verb", "a": "adjective", "w": "adverb or other", "j": "particle",
    "f": "set phrase",
}  # fmt: skip
LEXICON_NAME = "lexicon.tsv"
"""Of the file in a translator's bundle, and of that which it is made from."""
REGISTERS = ("", "polite", "rude", "old", "set")
_DA = "다"
_ADMINISTRATIVE = re.compile("(?<=..)[시읍면동리]$")
"""What a place may be named with and without."""
_WEIGHTS = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Sense:
    """One row.

    Attributes:
        korean: The word; verbs and adjectives in their dictionary form with 다.
        pos: A key of `PARTS_OF_SPEECH`.
        sense: Which sense, in a word or two; empty where there is one.
        near: What around the word tells that this sense is meant, see `kosorong.translation.cues`.
        jeju: Its counterpart, the commonest form.
        variants: Other forms, of another spelling or region.
        region: Where the commonest form is said, where that is known.
        register: One of `REGISTERS`.
        weight: 3 where sources hold it, 2 where it is likely, 1 for a guess.
        evidence: Source and line each, or `rule`, or `none`.
        note: What else there is to know.
        line: Its line in the file, from 1.
        places: Variants that are known to be said somewhere, and where.
    """

    korean: str
    pos: str
    sense: str
    near: str
    jeju: str
    variants: tuple[str, ...]
    region: str
    register: str
    weight: int
    evidence: tuple[str, ...]
    note: str
    line: int = 0
    places: tuple[tuple[str, str], ...] = ()

    @property
    def stem(self) -> str:
        """The Korean word as lexemes name it: a verb without its 다."""
        return self._stem(self.korean)

    @property
    def targets(self) -> tuple[str, ...]:
        """Its counterparts as lexemes name them, the commonest first."""
        return tuple(map(self._stem, (self.jeju, *self.variants)))

    @property
    def key(self) -> tuple[str, str, str]:
        """What no two rows share: word, part of speech and sense."""
        return self.korean, self.pos, self.sense

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it stands in the table."""
        return (
            self.korean, self.pos, self.sense, self.near, self.jeju, " | ".join(self.placed),
            self.region, self.register, str(self.weight), " ".join(self.evidence), self.note,
        )  # fmt: skip

    @property
    def row(self) -> str:
        """The line of the table, without empty cells at its end."""
        return "\t".join(self.cells).rstrip("\t")

    def _stem(self, word: str) -> str:
        return word.removesuffix(_DA) if self.pos in "va" else word

    @property
    def placed(self) -> list[str]:
        """The variants with the places behind them, as the table has them: 바르@구좌읍."""
        places = {
            form: [at for named, at in self.places if named == form] for form in self.variants
        }
        return ["@".join(filter(None, (form, ", ".join(at)))) for form, at in places.items()]

    def said_in(self, region: str) -> str:
        """Return the form that is said in a region, as lexemes name it; empty where none is known.

        Args:
            region: As somebody writes it: 서귀포, 구좌읍.
        """
        forms = ((self.jeju, self.region), *self.places)
        fits = (form for form, place in forms if place and same_region(place, region))
        return self._stem(next(fits, ""))

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
    korean, pos, sense, near, jeju, variants, region, register, weight, evidence, note = row.cells
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
    cells = [form.strip().partition("@") for form in variants.split("|") if form.strip()]
    forms = tuple(form.strip() for form, _, _ in cells)
    places = tuple(
        (form.strip(), place.strip())
        for form, _, regions in cells
        for place in regions.split(",")
        if place.strip()
    )
    return Sense(
        korean, pos, sense, near, jeju, forms, region, register, int(weight),
        tuple(evidence.split()), note, row.line, places,
    )  # fmt: skip


def same_region(place: str, region: str) -> bool:
    """Tell whether two names mean one place: 서귀포 is 서귀포시.

    >>> same_region("구좌읍", "구좌"), same_region("한림읍", "한경면")
    (True, False)
    """
    names = [_ADMINISTRATIVE.sub("", normalize(name.strip())) for name in (place, region)]
    return bool(names[0]) and names[0] == names[1]


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

    def of_word(self, word: str) -> tuple[Sense, ...]:
        """Return the rows in which a word is the Korean side or a Jeju form.

        Args:
            word: As somebody types it; a verb with or without 다.
        """
        asked = {normalize(word.strip()), f"{normalize(word.strip())}{_DA}"}
        return tuple(
            row for row in self.rows if not asked.isdisjoint((row.korean, row.jeju, *row.variants))
        )

    def without(self, lines: Container[str]) -> Lexicon:
        """Return the words that something besides certain lines speaks for, to measure on these.

        Args:
            lines: As `evidence` names them.
        """
        gone = {(row.korean, row.pos) for row in self.rows if row.rests_on(lines)}
        return Lexicon(row for row in self.rows if (row.korean, row.pos) not in gone)


def lexicon_of(bundle: Bundle) -> Lexicon:
    """Return the lexicon of a translator's bundle; an empty one where it has none.

    Raises:
        TableError: A row cannot be read.
    """
    if LEXICON_NAME not in bundle.files:
        return Lexicon(())
    text = bundle.file(LEXICON_NAME).read_text(encoding="utf-8")
    return Lexicon(parse_lexicon(text, LEXICON_NAME))


def merged_lexicon(
    old: str, rows: str, file: str = LEXICON_NAME, rows_file: str = "rows"
) -> tuple[str, list[str]]:
    """Return a lexicon with rows put into it, and a line for each that changed it.

    A row of the same word, part of speech and sense is replaced; another follows the last of its
    word, so that it is no first sense, or the word that stands before it in the alphabet.

    Args:
        old: The lexicon's text; its remarks stay.
        rows: A table with the same columns.
        file: Name of the lexicon, for errors.
        rows_file: Name of the table.

    Raises:
        TableError: A row of either cannot be read; nothing is put in then.
    """
    parse_lexicon(old, file)
    lines, changes = old.splitlines(), []
    for sense in parse_lexicon(rows, rows_file):
        there = {row.line: row for row in parse_lexicon("\n".join(lines), file)}
        same = [n for n, row in there.items() if row.key == sense.key]
        if same and there[same[0]].cells == sense.cells:
            continue
        if same:
            changes.append(_change(there[same[0]], sense))
            lines[same[0] - 1] = sense.row
        else:
            changes.append(f"{sense.korean}: + {sense.jeju}")
            lines.insert(_place(there, sense, len(lines)), sense.row)
    return "\n".join(lines) + "\n", changes


def _change(old: Sense, new: Sense) -> str:
    """Return a line that tells what a row becomes: another form, another beside, more evidence."""
    if old.jeju != new.jeju:
        return f"{new.korean}: {old.jeju} → {new.jeju}"
    beside = [form for form in new.variants if form not in old.variants]
    if beside:
        return f"{new.korean}: {new.jeju}, also {', '.join(beside)}"
    return f"{new.korean}: {new.jeju}, other columns"


def _place(there: dict[int, Sense], sense: Sense, end: int) -> int:
    mine = [n for n, row in there.items() if (row.korean, row.pos) == (sense.korean, sense.pos)]
    if mine:
        return mine[-1]
    behind = (n for n, row in there.items() if row.korean > sense.korean)
    return next(behind, end + 1) - 1
