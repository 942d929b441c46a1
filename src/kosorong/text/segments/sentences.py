"""Splits paragraphs into sentences, and sentences into segments of at most 15 s of speech.

No analyser and no statistics: a scan over punctuation, quotation marks and final endings of
Korean and Jeju. Splitting loses nothing: the pieces, with the white space that stood between
them, are the paragraph again.

>>> split_sentences('"가자. 어서!" 하고 말했다. 3.5킬로를 걸었다…. 끝')
['"가자. 어서!" 하고 말했다.', '3.5킬로를 걸었다….', '끝']
>>> segments_of("바람이 불고, 눈이 와서, 길이 막혔다.", limit=6)
['바람이 불고,', '눈이 와서,', '길이 막혔다.']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kosorong.text.letters.hangul import has_hangul
from kosorong.text.letters.jamo import ARAEA, syllable_class
from kosorong.text.segments.clauses import split_clauses, syllables
from kosorong.text.segments.quotes import CLOSERS, LONGEST_BRACKET, OPENERS, quoted_spans
from kosorong.text.words import any_of

__all__ = [
    "SEGMENT_SYLLABLES",
    "follows_quotation",
    "segments_of",
    "split_clauses",
    "split_sentences",
]

SEGMENT_SYLLABLES = 75
"""Most syllables of a segment: 15 s at 5 a second, the pace of slow reading."""

# How found: a guess, never tuned; no measurement is on record.
COMFORTABLE_SYLLABLES = 40
"""A quotation of several sentences longer than this is broken between them."""

_EMOJI = "\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff"
_TAIL = rf"[ㄱ-ㅎㅏ-ㅣ~～^♡♥{_EMOJI}]*"
_DOTS = f"·{ARAEA}・"  # the letter by itself is as often a dot
_CANDIDATE = re.compile(
    rf"(?P<line>\n)"
    rf"|(?:(?P<stop>[.!?。．！？…‥⁇⁈⁉]+|[{_DOTS}]{{3,}}[.!?]*)"
    rf"|[ㅋㅎㅠㅜ]{{2,}}"
    rf"|[~～♡♥{_EMOJI}]+){_TAIL}"
    rf"|(?P<gap>(?<=[다까요죠과꽈씀씸서])[^\S\n]+)"
)
_LAUGH = re.compile(r"[ㅋㅎㅠㅜ]{2}")
_ELLIPSIS = re.compile(rf"[….‥{_DOTS}]*[…‥{_DOTS}]|\.{{2,}}")

_WITH_B = syllable_class(codas="ㅂ") + "\u11b8"  # syllables in -ㅂ
# Endings that close a sentence without a full stop. Plain -다 is not among them ("했다 안 했다").
_POLITE = re.compile(f"(?:{any_of('sentence_words.polite-end', WITH_B=_WITH_B)})$")
_FINAL = re.compile(r"\S(?:[다요죠까지라네군냐나자게걸데양야오소음임함용유쥬]|마[씀씸])$")

# After a closing quotation mark: "…" 하고 말했다, "…"라고, "…" ᄒᆞ멍.
_QUOTATIVE = re.compile(
    rf",?\s*(?:(?:하(?:{any_of('sentence_words.say-forms')})|"
    rf"{any_of('sentence_words.quotes')})(?=[\s,.…]|$)|"
    f"{any_of('sentence_words.said-forms')})"
)
# After ! or ? inside a sentence: 짹! 하는 소리.
_ECHO = re.compile(rf"\s*(?:하(?:{any_of('sentence_words.echo')})(?=[\s,])|했|이?라[고며는])")

_DATE = re.compile(r"(?:\d{1,4}\s?\.\s?){1,2}\d{1,2}$")
_LIST_NUMBER = re.compile(r"[\s(\"'“‘]*(?:\d{1,3}|[가나다라마바사]|[IVXivx]{1,5}|[A-Za-z])$")
# 그림 1. 부록 가. 1-1. 877화. Ⅳ. where a sentence begins: they stay with what they stand before.
_LABEL = re.compile(
    (
        rf"""(?:^|(?<=[.!?…。\"'”’」』)\]])[^\S\n])[\s(\[<〈【]*(?:(?:{any_of("sentence_words.label")}"""
        rf")[^\S\n]?(?:\d{{1,4}}(?:[-–.]\d{{1,3}})*|[A-Z]|[가나다라마바사]|[Ⅰ-Ⅿ]{{1,3}}|[IVX]{{1,5}})|"
        rf"\d{{1,3}}(?:[-–]\d{{1,3}}){{1,3}}|[Ⅰ-Ⅿ]{{1,4}}|(?:[제第][^\S\n]?(?:\d{{1,4}}|"
        rf"[일이삼사오육칠팔구십]{{1,4}}|[一二三四五六七八九十]{{1,4}})|\d{{1,4}})[^\S\n]?(?:[장절화회편부권막항조호과]|"
        r"[章節話回篇部卷]))\Z"
    ),
    re.MULTILINE,
)
# How found: a guess, never tuned; no measurement is on record.
_LONGEST_LABEL = 30  # characters
_ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:[A-Z]|Mrs?|Ms|Dr|Prof|St|No|vs|[JS]r|[Vv]ol|pp?|Fig|Co|Inc|Ltd|cf"
    r"|e\.g|i\.e|[ap]\.m|[AP]\.M)$"
)
# How found: bounds the search; a guess.
_LOOK_BACK = 16  # characters before a full stop that can change what it means


def split_sentences(paragraph: str) -> list[str]:
    """Split a paragraph into sentences; a quotation stays whole, with the verb that closes it.

    Args:
        paragraph: Any text; a line feed always ends a sentence.

    Returns:
        The sentences without white space at their ends; none for a blank paragraph.
    """
    cuts = (at for at, inside in _boundaries(paragraph) if not inside)
    return [paragraph[start:end] for start, end in _spans(paragraph, cuts)]


def segments_of(paragraph: str, *, limit: int = SEGMENT_SYLLABLES) -> list[str]:
    """Split a paragraph into segments: sentences, or parts of the long ones.

    Args:
        paragraph: Any text.
        limit: Most syllables of a segment, at least 2.

    Returns:
        Segments in order; joined, white space apart, they are the paragraph.
    """
    segments: list[str] = []
    for sentence in split_sentences(paragraph):
        for piece in _opened(sentence, min(limit, COMFORTABLE_SYLLABLES)):
            segments.extend(split_clauses(piece, limit))
    return segments


def follows_quotation(text: str) -> bool:
    """Tell whether a text goes on after a quotation, as 하고 말했다 does.

    >>> follows_quotation("하고 웃었다."), follows_quotation("그는 웃었다.")
    (True, False)
    """
    return bool(_QUOTATIVE.match(text))


def _opened(sentence: str, comfortable: float) -> Iterator[str]:
    """Yield a sentence whole, or, if a long quotation is in it, its parts up to `comfortable`."""
    if len(sentence) <= comfortable or syllables(sentence) <= comfortable:
        yield sentence
        return
    start, stop, weight = 0, 0, 0.0
    for begin, end in _spans(sentence, (at for at, _ in _boundaries(sentence))):
        more = syllables(sentence[begin:end])
        if stop and weight + more > comfortable:
            yield sentence[start:stop]
            start, weight = begin, 0.0
        stop, weight = end, weight + more
    yield sentence[start:stop]


def _spans(text: str, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) between cuts; what holds no letter or digit joins the one before."""
    held: tuple[int, int] | None = None
    for start, end in _stripped(text, cuts):
        if held is None:
            held = start, end
        elif _has_word(text, start, end) and _has_word(text, *held):
            yield held
            held = start, end
        else:
            held = held[0], end
    if held:
        yield held


def _stripped(text: str, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans between cuts without white space at their ends, blank ones left out."""
    start = 0
    for cut in (*cuts, len(text)):
        piece = text[start:cut]
        begin = start + len(piece) - len(piece.lstrip())
        if begin < cut:
            yield begin, start + len(piece.rstrip())
        start = cut


def _has_word(text: str, start: int, end: int) -> bool:
    return any(char.isalnum() or has_hangul(char) for char in text[start:end])


def _boundaries(text: str) -> Iterator[tuple[int, bool]]:
    """Yield (index, inside a quotation) of every place where a sentence ends, in order."""
    inside = _inside(text)
    for match in _CANDIDATE.finditer(text):
        if match["line"]:
            yield match.end(), False
            continue
        at = _end_of_sentence(text, match, inside)
        if at:
            yield at, bool(inside[at])


def _inside(text: str) -> bytearray:
    """Return for each index 1 where a cut before it would fall inside a quotation."""
    inside = bytearray(len(text) + 1)
    for start, end in quoted_spans(text):
        inside[start + 1 : end + 1] = b"\1" * (end - start)
    return inside


def _end_of_sentence(text: str, match: re.Match[str], inside: bytearray) -> int:
    """Return where the sentence that a candidate closes ends, or 0 if it closes none."""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if match["gap"]:
        closes = _POLITE.search(before) and not _QUOTATIVE.match(text, match.start())
        return match.start() if closes else 0
    end = _past_closers(text, match.end(), inside)
    closed = end > match.end()
    if closed and (_QUOTATIVE.match(text, end) or _is_aside(text, match.end(), end)):
        return 0
    at_space = end == len(text) or text[end].isspace()
    if match["stop"]:
        ends = _stop_ends(text, match, before, end, at_space, closed)
    elif _LAUGH.search(match[0]):
        ends = bool(before.strip()) and (at_space or "가" <= text[end] <= "힣")
    else:
        ends = at_space and bool(_POLITE.search(before))
    return end if ends else 0


def _past_closers(text: str, at: int, inside: bytearray) -> int:
    """Return the index after the closing marks at `at`; an opening mark is not passed."""
    while at < len(text) and text[at] in CLOSERS and not inside[at + 1] > inside[at]:
        at += 1
    return at


def _is_aside(text: str, at: int, end: int) -> bool:
    """Tell whether the marks that close between `at` and `end` close a bracket in a sentence."""
    opener = {")": "(", "]": "[", "）": "（"}.get(text[end - 1])
    if not opener:
        return False
    start = text.rfind(opener, max(0, at - LONGEST_BRACKET), at)
    before = text[max(0, start - 8) : max(0, start)].rstrip()
    return start >= 0 and before[-1:].isalnum()


def _stop_ends(
    text: str, match: re.Match[str], before: str, end: int, at_space: bool, closed: bool
) -> bool:
    """Tell whether a run of stops, with the marks that close after it, ends a sentence."""
    run = match["stop"]
    if run == "." and (
        _LABEL.search(text, max(0, match.start() - _LONGEST_LABEL), match.start())
        or (not closed and _is_no_stop(text, match.start(), before))
    ):
        return False
    if _ELLIPSIS.fullmatch(run):
        opens = text[end : end + 8].lstrip()[:1] in OPENERS
        return at_space and (closed or opens or end == len(text) or bool(_FINAL.search(before)))
    if run[-1] in "!?！？" and not closed and _ECHO.match(text, end):
        return False
    return at_space or (not closed and _runs_on(text, end, run, before))


def _runs_on(text: str, end: int, run: str, before: str) -> bool:
    """Tell whether a new sentence follows without a space: 했다.그는."""
    follows = text[end]
    if follows in OPENERS:
        return run != "." or not before[-1:].isdigit()
    if not "가" <= follows <= "힣" or _QUOTATIVE.match(text, end):
        return False
    return run in "。．" or run[-1] in "!?！？" or before[-1:] in tuple("다요까죠")


def _is_no_stop(text: str, at: int, before: str) -> bool:
    """Tell whether the full stop at `at` belongs to a number, a date or an abbreviation."""
    if _ABBREVIATION.search(before) or _DATE.search(before):
        return True
    if before[-1:].isdigit() and text[at + 1 : at + 8].lstrip()[:1].isdigit():
        return True
    line_start = max(text.rfind("\n", max(0, at - _LOOK_BACK), at) + 1, at - _LOOK_BACK, 0)
    head = text[line_start:at]
    starts_line = line_start == 0 or text[line_start - 1] == "\n"
    return starts_line and bool(_LIST_NUMBER.fullmatch(head))
