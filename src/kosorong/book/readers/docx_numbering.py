"""The numbers of paragraphs in a DOCX (ECMA-376, 17.9): lists, their levels, who uses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kosorong.book.readers.counting import MOST_LEVELS, Counts, ListLevel, template, whole
from kosorong.book.readers.docx_parts import DocxStyles, is_on
from kosorong.book.readers.office import Close, OfficeSink, value

_DEEPEST_LINK = 5  # lists that a style links to one another


@dataclass(slots=True)
class _Abstract:
    """A list as it is defined.

    Attributes:
        levels: From 0.
        styles: Style of paragraphs → the level that is theirs.
        link: Style whose list is meant, "" for its own.
    """

    levels: dict[int, ListLevel] = field(default_factory=dict)
    styles: dict[str, int] = field(default_factory=dict)
    link: str = ""


@dataclass(slots=True)
class _Number:
    """A list as it is used.

    Attributes:
        abstract: Identifier of its definition.
        starts: Level → the number it begins with here.
        levels: Levels that are other ones here.
    """

    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, ListLevel] = field(default_factory=dict)


class NumberingSink(OfficeSink):
    """Collects the lists of a document."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.lists = Lists()
        self._abstract = _Abstract()
        self._number: _Number | None = None
        self._level = 0

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        text = value(attributes, "val")
        if tag == "abstractnum":
            self._abstract = _Abstract()
            self.lists.abstracts[value(attributes, "abstractnumid")] = self._abstract
        elif tag == "num":
            self._number = self.lists.numbers.setdefault(value(attributes, "numid"), _Number())
            return self._end_number
        elif tag == "abstractnumid" and self._number:
            self._number.abstract = text
        elif tag == "numstylelink":
            self._abstract.link = text
        elif tag in {"lvl", "lvloverride"}:
            self._level = min(whole(value(attributes, "ilvl")), MOST_LEVELS - 1)
            if tag == "lvl":
                self._levels()[self._level] = ListLevel()
        elif tag == "startoverride" and self._number:
            self._number.starts[self._level] = whole(text, 1)
        elif tag == "fallback":
            return self.mute()
        elif self.path[-1:] == ["lvl"] or tag == "numfmt":
            self._describe(tag, text, attributes)
        return None

    def _end_number(self) -> None:
        self._number = None

    def _levels(self) -> dict[int, ListLevel]:
        return self._number.levels if self._number else self._abstract.levels

    def _describe(self, tag: str, text: str, attributes: Mapping[str, str]) -> None:
        """Take what is told of a level."""
        levels = self._levels()
        numbering = levels.get(self._level)
        if numbering is None:
            return
        if tag == "pstyle" and not self._number:
            self._abstract.styles[text] = self._level
        elif tag == "start":
            numbering = replace(numbering, start=whole(text))
        elif tag == "numfmt":
            numbering = replace(numbering, format=_format(text, value(attributes, "format")))
        elif tag == "lvltext":
            numbering = replace(numbering, parts=template(text))
        elif tag == "lvlrestart":
            numbering = replace(numbering, restart=whole(text, -1))
        elif tag == "islgl":
            numbering = replace(numbering, plain=is_on(attributes))
        levels[self._level] = numbering


def _format(name: str, custom: str) -> str:
    """Return what a format is called; of one's own making, that for `01, 02, …` is known."""
    return "decimalzero" if custom.startswith("01") else name.lower()


@dataclass(slots=True)
class Lists:
    """All lists of a document.

    Attributes:
        abstracts: Identifier → a list as it is defined.
        numbers: Identifier → a list as it is used.
    """

    abstracts: dict[str, _Abstract] = field(default_factory=dict)
    numbers: dict[str, _Number] = field(default_factory=dict)

    def find(self, number: str, styles: DocxStyles) -> tuple[str, _Abstract] | None:
        """Return identifier and definition of a list that is used; a style may stand for it."""
        for _ in range(_DEEPEST_LINK):
            used = self.numbers.get(number)
            abstract = self.abstracts.get(used.abstract) if used else None
            if used is None or abstract is None:
                return None
            if not abstract.link:
                return used.abstract, abstract
            number = styles.numbering(abstract.link)[0]
        return None


class Numbering:
    """Counts the paragraphs of one document.

    Args:
        lists: Of the document.
        styles: Of the document.
    """

    def __init__(self, lists: Lists, styles: DocxStyles) -> None:
        self._lists = lists
        self._styles = styles
        self._counts = Counts()
        self._begun: set[tuple[str, int]] = set()

    def next(self, number: str, level: int | None, style: str) -> str | None:
        """Count a paragraph and return what stands before it.

        Args:
            number: The list that it names, "" where only its style may.
            level: That it names, from 0.
            style: Identifier of its style.

        Returns:
            Its number with a space behind it, "" for a bullet, None for no item of a list.
        """
        by_style, its_level, owner = self._styles.numbering(style)
        used = number or by_style
        numbered = self._lists.find(used, self._styles)
        if numbered is None:
            return None if used in {"", "0"} else ""
        key, abstract = numbered
        if level is None:
            level = 0 if number else abstract.styles.get(owner, its_level)
        if level in self._lists.numbers[used].starts and (used, level) not in self._begun:
            self._begun.add((used, level))
            self._counts.begin(key, level)
        return self._counts.next(key, self._levels(used, abstract), level)

    def _levels(self, number: str, abstract: _Abstract) -> dict[int, ListLevel]:
        """Return the levels of a list as it is used."""
        used = self._lists.numbers[number]
        if not used.starts and not used.levels:
            return abstract.levels
        levels = {**abstract.levels, **used.levels}
        for level, start in used.starts.items():
            levels[level] = replace(levels.get(level, ListLevel()), start=start)
        return levels
