"""Puts a translated sentence where the source stood, with the markup on the words it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from kosorong.markup.alignment import Span, in_order, spans_of
from kosorong.markup.blocks import Block, MarkupMark
from kosorong.ports import STAND_IN, Translation

_WORD = re.compile(r"\S+")
_BEFORE, _WITHIN, _BEHIND, _SPACE = range(4)

Key = tuple[int, int, int]
"""Where a mark goes: target word; before, within or behind it or in the space after; how far in."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block, or a part of a long one.

    Attributes:
        block: It stands in.
        start: Its first sign.
        end: Behind its last sign.
        marks: Those inside.
    """

    block: Block
    start: int
    end: int
    marks: tuple[MarkupMark, ...] = ()

    @property
    def text(self) -> str:
        """As it is translated: white space of any kind is a space."""
        return "".join(
            " " if sign.isspace() else sign for sign in self.block.signs[self.start : self.end]
        )


class Weaver:
    """A sentence and its translation.

    Args:
        sentence: The source.
        translation: What became of it.
    """

    def __init__(self, sentence: Sentence, translation: Translation) -> None:
        self.sentence = sentence
        self._marks = sentence.marks
        self._raws = sentence.block.raws[sentence.start : sentence.end]
        text = self._text = sentence.text
        self._sources = [match.span() for match in _WORD.finditer(text)]
        self._words = [text[start:end] for start, end in self._sources]
        self._targets = translation.text.split()
        self._links = translation.links
        self._spans = spans_of(self._links, len(self._words), len(self._targets))
        # Without each stand-in there would be no place for what it stands for.
        whole = text.count(STAND_IN) == translation.text.count(STAND_IN)
        self._changed = whole and self._targets not in ([], self._words)

    def stems(self) -> set[str]:
        """Return the beginnings of words, cut by a mark, whose translation tells where it goes."""
        stems = set()
        for mark in self._marks if self._changed else []:
            n, kind, offset = self._place(mark)
            if kind == _WITHIN and self._words[n] != self._target(n):
                stems.add(self._words[n][:offset])
        return stems

    def written(self, stems: Mapping[str, str], escapes: Mapping[str, str]) -> str:
        """Return the translation with the markup of the source.

        Args:
            stems: Translations of what `stems` returned.
            escapes: How signs are written that would be markup.
        """
        if not self._changed:
            return self._untouched()
        keys = self._keys(stems)
        if any(before > other for before, other in pairwise(keys)):
            self._spans = in_order(self._links, len(self._words), len(self._targets))
            keys = self._keys(stems)
        return self._joined(keys, escapes)

    def _untouched(self) -> str:
        place, pieces = 0, []
        for mark in self._marks:
            at = mark.at - self.sentence.start
            pieces += [*self._raws[place:at], mark.written]
            place = at
        return "".join([*pieces, *self._raws[place:]])

    def _place(self, mark: MarkupMark) -> tuple[int, int, int]:
        """Return the source word of a mark, where it stands to it, and how far in."""
        at = mark.at - self.sentence.start
        n = bisect_right(self._sources, (at, len(self._text))) - 1
        start, end = self._sources[n]
        if at == start:
            return n, _BEFORE, 0
        if at < end:
            return n, _WITHIN, at - start
        return n, _BEHIND if at == end else _SPACE, at - end

    def _target(self, n: int) -> str:
        return " ".join(self._targets[self._spans[n].start : self._spans[n].end])

    def _keys(self, stems: Mapping[str, str]) -> list[Key]:
        places = [self._place(mark) for mark in self._marks]
        covered = self._covered(places)
        return [
            self._key(mark, place, self._over(words), stems)
            for mark, place, words in zip(self._marks, places, covered, strict=True)
        ]

    def _over(self, words: Span) -> Span:
        spans = self._spans[words.start : words.end]
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    def _covered(self, places: Sequence[tuple[int, int, int]]) -> list[Span]:
        """Return the source words that each mark is about: those between it and its partner."""
        words = len(self._words)
        covered = [Span(n, n + 1) for n, _, _ in places]
        waiting: dict[str, list[tuple[int, int]]] = {}
        for index, mark in enumerate(self._marks):
            n, kind, _ = places[index]
            if mark.side == "open":
                start = min(n + (kind >= _BEHIND), words - 1)
                waiting.setdefault(mark.name, []).append((index, start))
                covered[index] = Span(start, words)
            elif mark.side == "close":
                opened = waiting.get(mark.name)
                partner, start = opened.pop() if opened else (index, 0)
                end = n + (kind > _BEFORE)
                # What holds no word stays with the word it touches.
                covered[index] = Span(start, end) if start < end else Span(n, n + 1)
                covered[partner] = covered[index]
        return covered

    def _key(
        self, mark: MarkupMark, place: tuple[int, int, int], over: Span, stems: Mapping[str, str]
    ) -> Key:
        n, kind, offset = place
        own = self._spans[n]
        if kind == _WITHIN and own.start < own.end:
            return self._cut(n, offset, stems)
        if kind == _SPACE:
            return self._space(n, offset)
        if kind == _BEFORE and mark.side == "open":
            return self._before(over.start)
        if kind == _BEHIND and mark.side == "close":
            return self._behind(over.end)
        return self._before(own.start) if kind == _BEFORE else self._behind(own.end)

    def _before(self, target: int) -> Key:
        last = len(self._targets) - 1
        return (target, _BEFORE, 0) if target <= last else (last, _BEHIND, 0)

    def _behind(self, target: int) -> Key:
        return (target - 1, _BEHIND, 0) if target else (0, _BEFORE, 0)

    def _space(self, n: int, offset: int) -> Key:
        target = self._spans[n].end
        inside = 0 < target < len(self._targets)
        return (target - 1, _SPACE, offset) if inside else self._behind(target)

    def _cut(self, n: int, offset: int, stems: Mapping[str, str]) -> Key:
        """Return where a word is cut whose source is cut within."""
        source, target = self._words[n], self._target(n)
        place = _same_place(source, target, offset, stems.get(source[:offset], ""))
        word = self._spans[n].start
        for translated in self._targets[word : self._spans[n].end]:
            if place <= len(translated):
                return (word, _WITHIN, place) if place else (word, _BEFORE, 0)
            place -= len(translated) + 1
            word += 1
        return self._behind(word)

    def _joined(self, keys: Sequence[Key], escapes: Mapping[str, str]) -> str:
        raws, starts = self._flat(escapes)
        places = list(accumulate((self._index(key, starts) for key in keys), max))
        hollow = self._hollow(places)
        pieces: list[str] = []
        done = 0
        for n, (place, mark) in enumerate(zip(places, self._marks, strict=True)):
            pieces += [*raws[done:place], *([] if n in hollow else [mark.written])]
            done = place
        return "".join([*pieces, *raws[done:]])

    def _flat(self, escapes: Mapping[str, str]) -> tuple[list[str], list[int]]:
        """Return how each sign of the target is written, spaces too, and where words begin."""
        stands = deque(
            raw for sign, raw in zip(self._text, self._raws, strict=True) if sign == STAND_IN
        )
        raws: list[str] = []
        starts: list[int] = []
        owners, spaces = self._owners(), self._spaces()
        for n, word in enumerate(self._targets):
            starts.append(len(raws))
            for sign, raw in zip(word, self._word(word, owners[n], escapes), strict=True):
                raws.append(stands.popleft() if sign == STAND_IN else raw)
            raws += spaces[n]
        return raws, [*starts, len(raws)]

    def _index(self, key: Key, starts: Sequence[int]) -> int:
        word, kind, offset = key
        if kind <= _WITHIN:
            return starts[word] + offset
        return min(starts[word] + len(self._targets[word]) + offset, starts[word + 1])

    def _hollow(self, places: Sequence[int]) -> set[int]:
        """Return the marks of emphasis in Markdown that would hold nothing: they would be read."""
        marks: set[int] = set()
        waiting: dict[str, list[int]] = {}
        for n, mark in enumerate(self._marks):
            if mark.side == "open":
                waiting.setdefault(mark.name, []).append(n)
            elif mark.side == "close" and waiting.get(mark.name):
                opened = waiting[mark.name].pop()
                if places[opened] == places[n] and not mark.written.strip("*_~"):
                    marks |= {opened, n}
        return marks

    def _owners(self) -> list[list[int]]:
        """Return the source words of each target word."""
        owners: list[list[int]] = [[] for _ in self._targets]
        for n, span in enumerate(self._spans):
            for target in range(span.start, span.end):
                owners[target].append(n)
        return owners

    def _word(self, word: str, owners: Sequence[int], escapes: Mapping[str, str]) -> list[str]:
        """Return how each sign of a target word is written: as in the source where it is there."""
        if len(owners) == 1 and self._words[owners[0]] == word:
            start, end = self._sources[owners[0]]
            return self._raws[start:end]
        known: dict[str, deque[str]] = {}
        for n in owners:
            for place in range(*self._sources[n]):
                known.setdefault(self._text[place], deque()).append(self._raws[place])
        return [
            known[sign].popleft() if known.get(sign) else escapes.get(sign, sign) for sign in word
        ]

    def _spaces(self) -> list[list[str]]:
        """Return the white space behind each target word."""
        last = len(self._targets) - 1
        spaces: list[list[str]] = [[] for _ in self._targets]
        later: list[tuple[int, list[str]]] = []
        for n in range(len(self._words) - 1):
            space = self._raws[self._sources[n][1] : self._sources[n + 1][0]]
            target = min(max(self._spans[n].end, 1), last) - 1
            inside = self._spans[n].end > self._spans[n + 1].start
            if target >= 0 and not inside and not spaces[target]:
                spaces[target] = space
            elif target >= 0:
                later.append((target, space))
        for target, space in later:
            # Where two words became one, the end of a line moves to the nearest space without one.
            if _breaks(space):
                free = [n for n in range(last) if not _breaks(spaces[n])]
                near = partial(_distance, target)
                spaces[min(free, key=near, default=target)] = space
            elif not spaces[target]:
                spaces[target] = space
        return [space or [" "] for space in spaces[:-1]] + [[]]


def _distance(target: int, other: int) -> tuple[int, int]:
    return abs(target - other), other


def _breaks(space: Sequence[str]) -> bool:
    return any(sign in blank for blank in space for sign in "\r\n")


def _same_place(source: str, target: str, offset: int, stem: str) -> int:
    """Return where a target word is cut whose source word is cut behind some letters.

    Args:
        source: The word.
        target: What became of it.
        offset: Where it is cut.
        stem: What became of the letters before the cut.

    >>> _same_place("바다로", "바당으로", 2, "바당"), _same_place("많이", "하영", 1, "만")
    (2, 1)
    """
    rest = len(source) - offset
    if stem and target.startswith(stem):
        place = len(stem)
    elif target.startswith(source[:offset]):
        place = offset
    elif target.endswith(source[offset:]):
        place = len(target) - rest
    else:
        place = round(offset * len(target) / len(source))
    while place < len(target) and "\u1160" <= target[place] <= "\u11ff":
        place += 1
    return place
