"""Stand-ins: what must not change never reaches the model.

Latin words, Hanja, emoji, lone jamo, names and a user's terms are swapped for numbers, which the
model copies (measured: every one of 24 sentences with each of the numbers below; bare letters and
unknown words it loses). Afterwards they are swapped back, and the particle behind takes the shape
that the word asks for. Each stand-in ends in sound as the word it stands for, so that the sentence
around it is the one that would stand there anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kosorong.ports import STAND_IN, Link
from kosorong.terms import begins_word
from kosorong.text.letters.hangul import HANGUL, LATIN
from kosorong.text.letters.particles import agree, agrees, ends_in, is_tail, reaches_beyond

_POOLS = {
    "vowel": "952 954 942 945 925 924 752 754 745 452 459 462 354 359 362 364",
    "consonant": "483 486 456 453 413 396 386 346 316 367 356 326",
    "rieul": "391 381 361 351 341 451 321 387 357 347 327 397",
}
_HANGUL = re.compile(f"[{HANGUL}]*")
_LATIN_WORD = rf"\d*[{LATIN}][{LATIN}0-9]*(?:['’&+./-][{LATIN}0-9]+)*"
_LATIN = re.compile(rf"{_LATIN_WORD}(?: {_LATIN_WORD})*")
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that has its translation already.

    Attributes:
        start: First letter.
        end: Behind the last letter.
        target: What shall stand for it.
    """

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Mask:
    """A text with stand-ins.

    Attributes:
        text: The text with a number for each span.
        expected: The text with each span's target, which shows what must come through.
        stands: Stand-in, what it stands for, and its target.
    """

    text: str
    expected: str
    stands: tuple[tuple[str, str, str], ...] = ()

    def unmask(self, output: str) -> str:
        """Return an output with the targets in place, or nothing where a stand-in was lost."""
        for stand, _, target in self.stands:
            places = list(re.finditer(rf"(?<!\d){stand}(?!\d)", output))
            if len(places) != 1:
                return ""
            start, end = places[0].span()
            output = output[:start] + _followed(stand, target, output[end:])
        return output

    def widen(self, links: Iterable[Link], output: str) -> tuple[Link, ...]:
        """Return links of masked texts as links of the texts with spans of several words.

        Args:
            links: Between the words of `text` and those of `output`.
            output: As the model wrote it, with stand-ins.
        """
        sources = self.sources()
        targets = self.places_of(output)
        return tuple(
            Link(s, t, link.weight)
            for link in links
            if link.source < len(sources) and link.target < len(targets)
            for t in targets[link.target]
            for s in sources[link.source]
        )

    def sources(self) -> list[range]:
        """Return for each word of the masked text the words that it stands for."""
        return _places(self.text, {stand: source for stand, source, _ in self.stands})

    def places_of(self, output: str) -> list[range]:
        """Return for each word of a masked output the words that it becomes."""
        return _places(output, {stand: target for stand, _, target in self.stands})


def _followed(stand: str, target: str, rest: str) -> str:
    tail = _HANGUL.match(rest)
    letters = tail[0] if tail else ""
    # How that ends in sound which a STAND_IN stands for, only the particle of the source knows.
    unknown = target.endswith(STAND_IN)
    if not unknown and ends_in(stand) != ends_in(target) and is_tail(letters):
        return target + agree(target, letters) + rest[len(letters) :]
    return target + rest


def _places(text: str, wide: dict[str, str]) -> list[range]:
    """Return for each word of a masked text the words that it stands for."""
    places, n = [], 0
    for word in text.split():
        more = sum(whole.count(" ") for stand, whole in wide.items() if stand in word)
        places.append(range(n, n + 1 + more))
        n += 1 + more
    return places


def mask(text: str, spans: Sequence[Span]) -> Mask | None:
    """Return a text with stand-ins for spans, or None where there are too many.

    Spans that overlap or touch become one.

    >>> made = mask("KTX를 탔다", [Span(0, 3, "KTX")])
    >>> made.text, made.unmask("952를 탓저")
    ('952를 탔다', 'KTX를 탓저')
    """
    pools = {
        end: iter([stand for stand in stands.split() if stand not in text])
        for end, stands in _POOLS.items()
    }
    stands: list[tuple[str, str, str]] = []
    masked = expected = ""
    done = 0
    for span in _apart(text, spans):
        source = text[span.start : span.end]
        stand = next(pools[_end_of(source, text[span.end :])], None)
        if stand is None:
            return None
        stands.append((stand, source, span.target))
        masked += text[done : span.start] + stand
        expected += text[done : span.start] + span.target
        done = span.end
    return Mask(masked + text[done:], expected + text[done:], tuple(stands))


def _apart(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans with a letter between any two; what is changed wins over what is kept."""
    changed = [s for s in spans if s.target != text[s.start : s.end]]
    kept = [_with_digits(text, s) for s in spans if s.target == text[s.start : s.end]]
    kept = [s for s in kept if all(s.end <= c.start or s.start >= c.end for c in changed)]
    apart: list[Span] = []
    for span in sorted([*kept, *changed], key=lambda span: (span.start, -span.end)):
        last = apart[-1] if apart else Span(-1, -1, "")
        if span.start > last.end:
            apart.append(span)
        elif span.end > last.end:
            # What overlaps is kept as it is; what touches may hold two targets.
            more = span.target[max(0, last.end - span.start) :]
            apart[-1] = Span(last.start, span.end, last.target + more)
    return apart


def _with_digits(text: str, span: Span) -> Span:
    """Return a kept span with the digits that touch it: a stand-in must not touch a number."""
    start, end = span.start, span.end
    while start and text[start - 1].isdigit():
        start -= 1
    while end < len(text) and text[end].isdigit():
        end += 1
    return Span(start, end, text[start:end])


def _end_of(source: str, rest: str) -> str:
    """Tell how a part ends in sound; the particle behind a foreign word knows it."""
    end = ends_in(source)
    tail = _HANGUL.match(rest)
    letters = tail[0] if tail else ""
    if "가" <= source[-1] <= "힣" or not letters or agrees(source, letters):
        return end
    return "consonant" if end == "vowel" else "vowel"


def spans_of_numbers(text: str) -> list[Span]:
    """Return the numbers of a text, each to stand as it is."""
    return [Span(m.start(), m.end(), m[0]) for m in NUMBER.finditer(text)]


def spans_of_latin(text: str) -> list[Span]:
    """Return the Latin words of a text, neighbours together, each to stand as it is.

    >>> [text[s.start:s.end] for text in ["the end를 A4로"] for s in spans_of_latin(text)]
    ['the end', 'A4']
    """
    return [Span(m.start(), m.end(), m[0]) for m in _LATIN.finditer(text)]


def spans_of_words(text: str, wanted: Sequence[tuple[int, str]]) -> list[Span]:
    """Return parts of words, each to stand as it is.

    Args:
        text: Words with one space between.
        wanted: Index of a word, and the part of it.
    """
    starts, n = [], 0
    for word in text.split():
        starts.append(n)
        n += len(word) + 1
    places = []
    for word_index, part in wanted:
        start = text.index(part, starts[word_index])
        places.append(Span(start, start + len(part), part))
    return places


def spans_of_terms(text: str, pairs: Sequence[tuple[str, str]]) -> list[Span]:
    """Return where terms stand: at the beginning of a word, with nothing but particles behind.

    Args:
        text: Words with one space between.
        pairs: Term and what shall stand for it, the longest first.
    """
    places: list[Span] = []
    for term, target in pairs:
        start = text.find(term)
        while start >= 0:
            end = start + len(term)
            tail = _HANGUL.match(text, end)
            free = all(end <= span.start or start >= span.end for span in places)
            free = free and not reaches_beyond(text, start, end)
            if free and begins_word(text, start) and is_tail(tail[0] if tail else ""):
                places.append(Span(start, end, target))
            start = text.find(term, end)
    return places
