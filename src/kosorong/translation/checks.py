"""What a translation must keep, and how far it may stray.

A small model may drop a number, invent one, or stammer. Each output is looked at; one that
fails is not shown to anyone, the rules take its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kosorong.ports import STAND_IN
from kosorong.text.letters.hangul import EDGE_MARKS, LATIN, broken_jamo, has_hangul
from kosorong.translation.masks import NUMBER, Span, spans_of_latin

LOST = "was lost"
"""Stands in what `problem_of` says where masking more can help."""

_LATIN = re.compile(rf"[{LATIN}]+(?:['’-][{LATIN}]+)*")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;|https?://\S+|\S+@\S+\.\S+")
_MARKS = frozenset('"“”()[]{}「」『』《》〈〉?!')
# How found: a guess, never tuned; no measurement is on record.
_LONGEST_RUN = 3
_LETTERS_AGAIN = re.compile(r"(\S{1,4}?)\1{4,}")


def has_markup(text: str) -> bool:
    """Tell whether a text holds tags, entities, web or mail addresses.

    >>> has_markup("<b>밥</b>"), has_markup("3 < 5")
    (True, False)
    """
    return _MARKUP.search(text) is not None


def fixed_parts(text: str) -> Counter[str]:
    """Count what must come through unchanged: numbers, Latin words, letters of other scripts.

    >>> sorted(fixed_parts("KTX 1,200원 海").items())
    [('1,200', 1), ('KTX', 1), ('海', 1)]
    """
    counts = Counter(NUMBER.findall(text)) + Counter(_LATIN.findall(text))
    return counts + Counter(c for c in _LATIN.sub("", text) if _is_foreign(c))


def _is_foreign(letter: str) -> bool:
    if letter.isascii() or has_hangul(letter):
        return False
    return unicodedata.category(letter)[0] in "LSNM"


def spans_of_foreign(text: str) -> list[Span]:
    """Return runs of letters that are neither Hangul nor Latin: Hanja, emoji, lone jamo.

    >>> [text[s.start:s.end] for text in ["大學에 ㅋㅋ"] for s in spans_of_foreign(text)]
    ['大學', 'ㅋㅋ']
    """
    spans: list[Span] = []
    for n, letter in enumerate(text):
        if not _is_foreign(letter) or _LATIN.match(letter):
            continue
        if spans and spans[-1].end == n:
            spans[-1] = Span(spans[-1].start, n + 1, text[spans[-1].start : n + 1])
        else:
            spans.append(Span(n, n + 1, letter))
    return spans


def left_alone(text: str) -> list[str]:
    """Return what of a text is not translated, in order: Latin words and foreign letters.

    >>> left_alone("KTX로 大學에 갔다")
    ['KTX', '大學']
    """
    spans = sorted([*spans_of_latin(text), *spans_of_foreign(text)], key=lambda s: s.start)
    parts = (text[span.start : span.end].strip(STAND_IN) for span in spans)
    return list(dict.fromkeys(filter(None, parts)))


def with_edges(source: str, output: str) -> str:
    """Return an output with the punctuation that the source begins and ends with.

    >>> with_edges("“가자.” ", "“글라."), with_edges("왜?", "무사")
    ('“글라.”', '무사?')
    """
    core = output.strip(EDGE_MARKS)
    inner = source.strip(EDGE_MARKS)
    if not core or not inner:
        return output
    start = source.index(inner)
    return f"{source[:start].lstrip()}{core}{source[start + len(inner) :].rstrip()}"


def _marks(text: str) -> Counter[str]:
    return Counter(c for c in text if c in _MARKS)


def problem_of(source: str, output: str) -> str:
    """Return what is wrong with a translation, or nothing.

    >>> problem_of("3권을 샀다", "4권을 삿다")
    'a number, Latin word or foreign letter was lost: 3'
    >>> problem_of("바다에 가자", "바당에 글라")
    ''
    """
    if not output.strip() or "\ufffd" in output:
        return f"nothing legible came out, or a stand-in {LOST}"
    if broken_jamo(output) > broken_jamo(source):
        return "letters that form no syllable came out"
    kept, wanted = fixed_parts(output), fixed_parts(source)
    if wanted - kept:
        return f"a number, Latin word or foreign letter {LOST}: {_listed(wanted - kept)}"
    if kept - wanted:
        return f"a number, Latin word or foreign letter was invented: {_listed(kept - wanted)}"
    if _marks(source) != _marks(output):
        return "a quotation mark, bracket, ? or ! went astray"
    before, after = len(source), len(output)
    if after > 2.0 * before + 4 or after < 0.35 * before - 3:
        return f"{before} letters became {after}"
    again = _LETTERS_AGAIN.search(output)
    if (again and again[0] not in source) or _stammers(output) > max(
        _LONGEST_RUN, _stammers(source)
    ):
        return "it repeats itself"
    return ""


def _listed(parts: Counter[str]) -> str:
    return ", ".join(sorted(parts))


def _stammers(text: str) -> int:
    """Return the largest number of times that one to three words follow themselves."""
    words = text.split()
    longest = 1
    for size in (1, 2, 3):
        for start in range(len(words)):
            run, n = 1, start + size
            while words[start : start + size] == words[n : n + size] and n + size <= len(words):
                run, n = run + 1, n + size
            longest = max(longest, run)
    return longest
