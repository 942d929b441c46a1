r"""Terms: words and names whose translation a user fixes.

A file of terms has one term a line, `KOREAN TAB JEJU`; a line without a second column keeps the
word as it is in both languages. What stands behind `#` at the beginning of a line is a remark.

>>> terms = parse_terms("# names\n설문대할망\n바닷가\t바당ᄀᆞᆺ\n")
>>> [(term.korean, term.jeju) for term in terms.entries]
[('설문대할망', '설문대할망'), ('바닷가', '바당ᄀᆞᆺ')]
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kosorong.errors import InputError
from kosorong.ports import JEJU
from kosorong.text.letters.normalize import normalize

LONGEST_TERM = 60
MOST_TERMS = 5_000
_CURE = "Write `KOREAN TAB JEJU`, or the word alone to keep it."


@dataclass(frozen=True, slots=True)
class Term:
    """One fixed word or name, in the internal canonical form.

    Attributes:
        korean: As it stands in Korean; may hold spaces.
        jeju: As it shall stand in Jeju.
    """

    korean: str
    jeju: str


def begins_word(text: str, start: int) -> bool:
    """Tell whether a word begins at a place of a text; terms are looked for nowhere else.

    >>> begins_word("설문대할망", 3), begins_word("그 할망", 2)
    (False, True)
    """
    return start == 0 or not text[start - 1].isalnum()


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms of a book.

    Attributes:
        entries: One for each Korean word, in the order they were given.
    """

    entries: tuple[Term, ...] = ()

    @property
    def digest(self) -> str:
        """A short hash of all terms; empty where there are none."""
        if not self.entries:
            return ""
        text = "\n".join(f"{term.korean}\t{term.jeju}" for term in self.entries)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    def towards(self, target: str) -> list[tuple[str, str]]:
        """Return what is looked for and what stands for it, longest first.

        Args:
            target: Language of the translation, `ko` or `jje`.
        """
        pairs = [
            (term.korean, term.jeju) if target == JEJU else (term.jeju, term.korean)
            for term in self.entries
        ]
        return sorted(pairs, key=lambda pair: -len(pair[0]))


def parse_terms(text: str, where: str = "terms") -> Terms:
    """Read terms.

    Args:
        text: One term a line.
        where: Name of the text, for errors.

    Raises:
        InputError: A line is no term, or a word stands twice with different translations.
    """
    entries: dict[str, str] = {}
    for n, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            _add(entries, line, f"{where}:{n}")
    return Terms(tuple(Term(korean, jeju) for korean, jeju in entries.items()))


def terms_of(pairs: Mapping[str, str], where: str = "terms") -> Terms:
    """Return terms given as Korean word -> Jeju word; an empty one keeps the Korean.

    Raises:
        InputError: A word cannot be a term.
    """
    entries: dict[str, str] = {}
    for korean, jeju in pairs.items():
        _put(entries, [korean, jeju] if jeju else [korean], f"{where}[{korean!r}]")
    return Terms(tuple(Term(korean, jeju) for korean, jeju in entries.items()))


def read_terms(path: Path) -> Terms:
    """Read a file of terms.

    Raises:
        InputError: The file cannot be read, is not UTF-8, or a line is no term.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the terms cannot be read: {error}.", where=str(path), cure="Give UTF-8 text."
        ) from error
    return parse_terms(text, str(path))


def _add(entries: dict[str, str], line: str, where: str) -> None:
    _put(entries, line.split("\t"), where)


def _put(entries: dict[str, str], columns: list[str], where: str) -> None:
    cells = [" ".join(normalize(cell).split()) for cell in columns]
    if len(cells) > 2 or not cells[0]:
        raise InputError(f"{len(cells)} columns are no term.", where=where, cure=_CURE)
    korean, jeju = cells[0], cells[-1] or cells[0]
    if max(len(korean), len(jeju)) > LONGEST_TERM:
        raise InputError(
            f"a term has more than {LONGEST_TERM} letters.", where=where, cure="Shorten it."
        )
    if not any(c.isalnum() for c in korean) or not any(c.isalnum() for c in jeju):
        raise InputError("a term needs a letter on both sides.", where=where, cure=_CURE)
    if entries.get(korean, jeju) != jeju:
        raise InputError(
            f"{korean!r} stands twice, as {entries[korean]!r} and as {jeju!r}.",
            where=where,
            cure="Keep one of the two lines.",
        )
    if len(entries) >= MOST_TERMS:
        raise InputError(
            f"there are more than {MOST_TERMS} terms.", where=where, cure="Keep fewer."
        )
    entries[korean] = jeju
