"""Which sense of a word is meant, told by the words around it.

A sense's cues stand in the lexicon, in the column `near`, with a blank between them:

| cue | holds where |
|---|---|
| `타고` | one of the four words on either side begins so |
| `물_` | one of them is 물, alone or with a particle (no 물건) |
| `소$` | one of them is exactly 소 |
| `<x` `>x` | the same of the word right before, right after |
| `<~ㄹ` `>~줘` | the word right before, right after ends so; a letter alone is a coda or a vowel |
| `<num` `<det` | a numeral, an attributive form right before |
| `<^` `<*` `>$` | no word before, some word before, no word behind |
| `=드시` | the word itself begins so as it is written |
| `+obj` `-obj` | something in 을 or 를 stands among the four words before; nothing does |
| `+p:에` `+bare` | the word itself has that particle; none |
| `+who` | the nearest subject before it is neither speaker nor hearer |
| `+polite` | its sentence closes politely |
| `a&b` | both hold |
| `!a` | rules the sense out |

Of the senses that no cue rules out, the one with most cues is meant, of equals the first; where no
cue holds, the first of the word.

>>> boat = Cues.of("타고 젓_")
>>> [boat.count(Around("배를 타고 갔다".split(), 0, "배")), boat.count(Around(["배"], 0, "배"))]
[1, 0]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kosorong.text.letters.hangul import bare_word, nfd
from kosorong.text.letters.jamo import CONJOINING_CODA, CONJOINING_VOWEL
from kosorong.text.letters.particles import is_object
from kosorong.text.tables import TRANSLATION
from kosorong.text.words import any_of
from kosorong.translation.names import CASE

NEAR = 4
"""Words on either side that are looked at."""
_NUMERAL = re.compile(
    rf"[\d,.~]*\d[\d,.~]*(?:{any_of('word_lists.tens', TRANSLATION)})?"
    rf"|(?:{any_of('word_lists.numerals', TRANSLATION)})"
)
_ATTRIBUTIVE = re.compile(".(?:는|은|던|운)|.*[\u11ab\u11af]")
_SUBJECT = re.compile(".+(?:[은는이가도나]|께서|마다)")
_POLITE = re.compile("(?:니다|니까|[요죠]|시오)$")
_SPEAKER = re.compile(f"(?:{any_of('word_lists.speakers', TRANSLATION)})(?:들)?[은는이가도]")
_STOPS = (".", "!", "?", "…", "”", '"', "’", "'")
_MORE = re.compile("[는도만은요야]?")


@dataclass(frozen=True)
class Around:
    """A word in its text.

    Attributes:
        written: The text, split at white space.
        n: Which of its words.
        stem: The word without particle or ending, as it would be written.
    """

    written: Sequence[str]
    n: int
    stem: str

    @cached_property
    def before(self) -> list[str]:
        """The words before it, the nearest last, bare."""
        return [bare_word(word) for word in self.written[max(0, self.n - NEAR) : self.n]]

    @cached_property
    def behind(self) -> list[str]:
        """The words behind it, the nearest first, bare."""
        return [bare_word(word) for word in self.written[self.n + 1 : self.n + 1 + NEAR]]

    @cached_property
    def word(self) -> str:
        """The word itself, bare."""
        return bare_word(self.written[self.n])

    def beside(self, side: int) -> str:
        """Return the word right before (-1) or right behind (1); empty where there is none."""
        words = self.before[-1:] if side < 0 else self.behind[:1]
        return words[0] if words else ""

    @property
    def tail(self) -> str:
        """What the word has behind its stem."""
        return self.word.removeprefix(self.stem) if self.word.startswith(self.stem) else ""

    @cached_property
    def somebody(self) -> bool:
        """Whether the nearest subject before it is neither speaker nor hearer."""
        subjects = (word for word in reversed(self.before) if _SUBJECT.fullmatch(word))
        nearest = next(subjects, "")
        return bool(nearest) and not _SPEAKER.fullmatch(nearest)

    @cached_property
    def closing(self) -> str:
        """The last word of its sentence, bare."""
        ends = (n for n in range(self.n, len(self.written)) if self.written[n].endswith(_STOPS))
        return bare_word(self.written[next(ends, len(self.written) - 1)])

    @property
    def has_object(self) -> bool:
        """Whether something is done to what stands before."""
        return any(is_object(word) and len(word) > 1 for word in self.before)


Test = Callable[[Around], bool]


@dataclass(frozen=True)
class Cues:
    """The cues of a sense.

    Attributes:
        tests: What speaks for it.
        vetoes: What rules it out.
    """

    tests: tuple[Test, ...]
    vetoes: tuple[Test, ...]

    @classmethod
    @lru_cache(maxsize=1_000)
    def of(cls, near: str) -> Cues:
        """Read the cell of a row.

        Args:
            near: Cues with blanks between them.
        """
        cues = near.split()
        return cls(
            tuple(_all_of(cue) for cue in cues if not cue.startswith("!")),
            tuple(_all_of(cue[1:]) for cue in cues if cue.startswith("!")),
        )

    def count(self, around: Around) -> int:
        """Return how many cues hold; -1 where one rules the sense out."""
        if any(veto(around) for veto in self.vetoes):
            return -1
        return sum(test(around) for test in self.tests)


def chosen_sense(nears: Sequence[str], around: Around) -> int:
    """Return which sense of a word is meant.

    Args:
        nears: The cues of each sense, the first being meant where nothing tells.
        around: The word in its text.

    >>> chosen_sense(["", "<num"], Around("두 배로 컸다".split(), 1, "배"))
    1
    """
    return sense_and_cues(nears, around)[0]


def sense_and_cues(nears: Sequence[str], around: Around) -> tuple[int, int]:
    """Return which sense of a word is meant, as `chosen_sense` does, and how many cues say so."""
    counts = [Cues.of(near).count(around) for near in nears]
    most = max(counts)
    return (counts.index(most), most) if most > 0 else (0, 0)


def _all_of(cue: str) -> Test:
    tests = [_test(part) for part in cue.split("&")]
    return tests[0] if len(tests) == 1 else lambda around: all(test(around) for test in tests)


_WHOLE: dict[str, Test] = {
    "<num": lambda around: _NUMERAL.fullmatch(around.beside(-1)) is not None,
    "<det": lambda around: (
        _ATTRIBUTIVE.fullmatch(nfd(around.beside(-1))) is not None
        or _ATTRIBUTIVE.fullmatch(around.beside(-1)[-2:]) is not None
    ),
    "<^": lambda around: not around.before,
    "<*": lambda around: bool(around.before),
    ">$": lambda around: not around.behind,
    "+obj": lambda around: around.has_object,
    "-obj": lambda around: not around.has_object,
    "+bare": lambda around: not around.tail,
    "+who": lambda around: around.somebody,
    "+polite": lambda around: _POLITE.search(around.closing) is not None,
}


def _test(cue: str) -> Test:
    if cue in _WHOLE:
        return _WHOLE[cue]
    if cue.startswith("+p:"):
        return _has_particle(cue.removeprefix("+p:"))
    if cue.startswith("="):
        begins = nfd(cue[1:])
        return lambda around: nfd(around.word).startswith(begins)
    side = (cue[0] == ">") - (cue[0] == "<")
    if side and cue[1] == "~":
        end = _in_jamo(cue[2:])
        return lambda around: nfd(around.beside(side)).endswith(end)
    if side:
        fits = _fits(cue[1:])
        return lambda around: fits(around.beside(side))
    fits = _fits(cue)
    return lambda around: any(map(fits, (*around.before, *around.behind)))


def _has_particle(particle: str) -> Test:
    def test(around: Around) -> bool:
        tail = around.tail
        more = tail.removeprefix(particle)
        return tail.startswith(particle) and _MORE.fullmatch(more) is not None

    return test


def _fits(cue: str) -> Callable[[str], bool]:
    if cue.endswith("$"):
        return cue[:-1].__eq__
    if cue.endswith("_"):
        noun = cue[:-1]
        return lambda word: (
            word.startswith(noun) and CASE.fullmatch(word.removeprefix(noun)) is not None
        )
    return lambda word: word.startswith(cue)


def _in_jamo(end: str) -> str:
    letters = {**CONJOINING_CODA, **CONJOINING_VOWEL}
    return "".join(letters.get(letter, nfd(letter)) for letter in end)
