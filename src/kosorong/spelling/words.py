"""Every word that lexicon and grammar can write: to ask whether one is known, or which is near.

Letters that writers mix (ㆍ and ㅗ, ㅐ and ㅔ, codas that sound ㄷ, tense onsets) are folded to one
for looking up; what was folded is compared letter by letter afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kosorong.spelling.rules import rules
from kosorong.spelling.tails import Tail, tails
from kosorong.text.letters.hangul import nfd
from kosorong.text.letters.jamo import CONJOINING_CODA, CONJOINING_ONSET, CONJOINING_VOWEL
from kosorong.translation.inflection import bases
from kosorong.translation.lexicon import Sense
from kosorong.translation.word_lists import listed

_ALIKE = ("ㆍㅗㅏㅓㅡ", "ㅔㅐㆎ", "ㅞㅚㅙ", "ᆢㅛㅕㅑ")
_TENSE = ("ㄱㄲ", "ㄷㄸ", "ㅂㅃ", "ㅅㅆ", "ㅈㅉ")
_CODAS = "ㅅㅆㅈㅊㅌ"
_FOLD = str.maketrans(
    {
        table[letter]: table[group[0]]
        for table, groups in (
            (CONJOINING_VOWEL, _ALIKE), (CONJOINING_ONSET, _TENSE), (CONJOINING_CODA, (_CODAS,)),
        )
        for group in groups
        for letter in group[1:]
    }
)  # fmt: skip
_BEHIND = listed("behind-sentence")
_HELPERS = frozenset((*listed("helping-verbs"), nfd("불"), nfd("나"), nfd("먹"), nfd("ᄒᆞ")))
_ROWS = 2
"""Particles that may follow a noun one behind the other."""
_OTHERS = nfd("해"), nfd("허여")
"""Forms of ᄒᆞ다 that are read, and not recommended."""
_REMEMBERED = 20_000
"""Words whose neighbours are kept: every text has the same few over and over."""
_LONGEST = 20
"""Syllables of a word that is looked at; longer ones are no words."""


def folded(letters: str) -> str:
    """Return jamo with the letters that writers mix made one; the length stays."""
    return letters.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Part:
    """A form of a word of the lexicon.

    Attributes:
        letters: As it is written, in jamo.
        slot: What it stands before, see `kosorong.translation.inflection`; `B` by itself.
        stem: Its dictionary form without 다, in jamo.
        pos: Part of speech, a key of `kosorong.translation.lexicon.PARTS_OF_SPEECH`.
        weight: That of its row, one less for a variant; 0 for one that only spells it otherwise.
    """

    letters: str
    slot: str
    stem: str
    pos: str
    weight: int


@dataclass(frozen=True, slots=True)
class Near:
    """A known word.

    Attributes:
        letters: The word, in jamo.
        weight: How well it is known, 1 to 3; 0 for a spelling that is only read.
    """

    letters: str
    weight: int


class Words:
    """The words of one language.

    Args:
        rows: Of a lexicon.
        jeju: Whether the Jeju words are meant, or the Korean ones.
        jeju_endings: Whether they stand with the endings and particles of Jeju.
    """

    def __init__(self, rows: Iterable[Sense], *, jeju: bool, jeju_endings: bool) -> None:
        self._jeju = jeju
        self._parts: defaultdict[str, list[Part]] = defaultdict(list)
        for part in dict.fromkeys(part for row in rows for part in self._parts_of(row)):
            self._parts[folded(part.letters)].append(part)
        self._tails = _tails(jeju_endings)
        self.near = lru_cache(maxsize=_REMEMBERED)(self._near)
        """Return the known words that differ from one in letters alone that writers mix."""

    def _parts_of(self, row: Sense) -> Iterator[Part]:
        for form, weight in _written(row) if self._jeju else ((row.korean, row.weight),):
            # Set phrases are words that are written so.
            for word in form.split() if " " in form else ():
                yield Part(nfd(word), "B", nfd(word), "w", weight)
            yield from self._inflected(nfd(form), row.pos, weight)

    def _inflected(self, word: str, pos: str, weight: int) -> Iterator[Part]:
        if pos not in "va":
            yield Part(word, "B", word, pos, weight)
            return
        stem = word.removesuffix(nfd("다"))
        yield Part(word, "B", stem, "w", weight)
        for slot, forms in bases(stem, self._jeju).items():
            for form in forms:
                if not (self._jeju and form.endswith(_OTHERS)):
                    yield Part(form, slot, stem, pos, weight)

    def knows(self, word: str) -> bool:
        """Tell whether a word, in jamo, can be written so."""
        return any(near.letters == word and near.weight for near in self.near(word))

    def _near(self, word: str) -> tuple[Near, ...]:
        if len(word) > 3 * _LONGEST:
            return ()
        found = list(self._read(word))
        for behind in _BEHIND:
            if word.endswith(behind) and len(word) > len(behind):
                bare = self._read(word.removesuffix(behind))
                found += [Near(one.letters + behind, one.weight) for one in bare]
        return tuple(dict.fromkeys(found))

    def _read(self, word: str) -> Iterator[Near]:
        key = folded(word)
        for cut in range(2, len(key) + 1):
            parts = self._parts.get(key[:cut], ())
            for part in parts:
                for tail in self._tails_for(part, key[cut:]):
                    yield Near(part.letters + tail, part.weight)

    def _tails_for(self, part: Part, rest: str) -> Iterator[str]:
        if part.slot == "B":
            if not rest:
                yield ""
            if part.pos == "n" and rest:
                yield from self._particles(part.stem, rest, _ROWS)
            return
        for tail in self._tails.get((part.slot, rest), ()):
            if tail.follows(part.stem, part.pos):
                yield tail.written
        if part.slot == "I" and rest:
            yield from self._helped(rest)

    def _particles(self, stem: str, rest: str, most: int) -> Iterator[str]:
        for cut in range(1, len(rest) + 1) if most > 1 else (len(rest),):
            for tail in self._tails.get(("B", rest[:cut]), ()):
                if not tail.follows(stem, "n"):
                    continue
                if cut == len(rest):
                    yield tail.written
                else:
                    more = self._particles(stem + tail.written, rest[cut:], most - 1)
                    yield from (tail.written + behind for behind in more)

    def _helped(self, rest: str) -> Iterator[str]:
        """Yield what a helping verb behind 아/어 is with its ending."""
        for cut in range(1, len(rest)):
            for part in self._parts.get(rest[:cut], ()):
                if part.stem in _HELPERS and part.slot != "B":
                    for tail in self._tails.get((part.slot, rest[cut:]), ()):
                        if tail.follows(part.stem, "v"):
                            yield part.letters + tail.written


def _written(row: Sense) -> Iterator[tuple[str, int]]:
    """Yield the Jeju forms of a row and how well each is known: a mere spelling of another, 0."""
    for n, form in enumerate((row.jeju, *row.variants)):
        lost = n > 0 and _loses(nfd(form), nfd(row.jeju))
        yield form, 0 if lost else max(1, row.weight - (n > 0))


def _loses(letters: str, other: str) -> bool:
    """Tell whether a form is another one without ㆍ, ㅞ or its tale of ㅐ and ㅔ."""
    if letters == other or folded(letters) != folded(other):
        return False
    pairs = [pair for pair in zip(letters, other, strict=True) if pair[0] != pair[1]]
    return all(pair in _habits() for pair in pairs)


@cache
def _habits() -> frozenset[tuple[str, str]]:
    return frozenset(pair for rule in rules("letters") if rule.modern for pair in rule.pairs)


@cache
def _tails(jeju: bool) -> dict[tuple[str, str], list[Tail]]:
    found: defaultdict[tuple[str, str], list[Tail]] = defaultdict(list)
    for tail in tails(jeju):
        found[tail.slot, folded(tail.written)].append(tail)
    return dict(found)
