"""Where the spoken words are put together, one for each white-space word of the text."""

from __future__ import annotations

import re
from bisect import bisect_right

from kosorong.text.letters.particles import fitted_particle
from kosorong.text.say.scanning import Said

_WORD = re.compile(r"\S+")
_STRENGTH = ",.…!?"
_LEADING_MARKS = re.compile("([.,!?…]) ?(?=.)")


class Builder:
    """Collects what is said and puts it with the word it belongs to.

    Args:
        text: The text that is read.
    """

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _WORD.finditer(text)]
        self.written = [text[start:end] for start, end in spans]
        self._starts = [start for start, _ in spans]
        self._spoken: list[list[str]] = [[] for _ in spans]
        self._last = -1
        self._glue = False
        self._fixes = self._after_sign = False
        self._mark: tuple[int, int] | None = None

    def _word(self, offset: int) -> int:
        """Return the index of the word that an offset stands in."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def _add(self, word: int, spoken: str, *, glued: bool) -> None:
        """Add spoken text to a word."""
        pieces = self._spoken[word]
        if pieces and not glued:
            pieces.append(" ")
        pieces.append(spoken)
        self._last, self._mark = word, None

    def hangul(self, offset: int, run: str) -> None:
        """Add Hangul as it is written; it continues what stands before it in the same word."""
        word = self._word(offset)
        glued = self._glue and word == self._last
        if glued and self._fixes:
            last = self._spoken[word][-1]
            run = fitted_particle(last, run, after_sign=self._after_sign)
        self._add(word, run, glued=glued)
        self._glue, self._fixes = True, False

    def say(self, saying: Said) -> None:
        """Add what a rule made."""
        joined = saying.joined
        for offset, spoken in saying.parts:
            word = self._word(offset)
            if spoken:
                self._add(word, spoken, glued=joined and self._glue and word == self._last)
            joined = False
        self._glue, self._fixes, self._after_sign = True, saying.fixes_particle, saying.after_sign

    def append(self, spoken: str) -> None:
        """Add to the word said last, without a space."""
        if self._last >= 0:
            self._add(self._last, spoken, glued=self._mark is None)
        self._glue, self._fixes = False, False

    def space(self) -> None:
        """Part what comes next from what came before inside of the same word."""
        self._glue = False

    def mark(self, offset: int, mark: str) -> None:
        """Add a sentence mark; of marks in a row the strongest stays, a comma opens no text."""
        if self._mark is not None:
            word, index = self._mark
            if _STRENGTH.index(mark) > _STRENGTH.index(self._spoken[word][index]):
                self._spoken[word][index] = mark
        elif self._last >= 0 or mark != ",":
            word = self._word(offset)
            self._spoken[word].append(mark)
            self._mark = (word, len(self._spoken[word]) - 1)
        self._glue = False

    def last_spoken(self) -> str:
        """Return the piece that was said last."""
        return self._spoken[self._last][-1] if self._last >= 0 else ""

    def words(self) -> list[str]:
        """Return the spoken form of each word; a mark before a word goes to the word before it."""
        spoken = ["".join(pieces) for pieces in self._spoken]
        before = -1
        for index, form in enumerate(spoken):
            match = _LEADING_MARKS.match(form)
            if match and before >= 0 and spoken[before][-1] not in _STRENGTH:
                spoken[before] += match.group(1)
                spoken[index] = form[match.end() :]
            if spoken[index]:
                before = index
        return spoken
