"""Translates a text with markup: sentence by sentence, the markup on the words it belongs to."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from kosorong.markup.blocks import Block, MarkupMark, Page
from kosorong.markup.html import read_html, read_plain
from kosorong.markup.markdown import read_markdown
from kosorong.markup.placeholders import kept_apart
from kosorong.markup.weaving import Sentence, Weaver
from kosorong.ports import Translation
from kosorong.text.letters.hangul import has_hangul
from kosorong.text.segments.sentences import segments_of
from kosorong.translation.pieces import joined

Markup: TypeAlias = Literal["text", "html", "markdown"]
MARKUPS: tuple[Markup, ...] = ("text", "html", "markdown")
"""What a text may be written in."""

Translate: TypeAlias = Callable[[list[str]], Iterable[Translation]]
"""Returns a translation for each text."""

_ESCAPES: Mapping[Markup, Mapping[str, str]] = {
    "text": {},
    "html": {"&": "&amp;", "<": "&lt;", ">": "&gt;"},
    "markdown": {sign: f"\\{sign}" for sign in "\\`*_[]<>&~"},
}
_READERS: Mapping[Markup, Callable[[str, Page], None]] = {
    "text": read_plain,
    "html": read_html,
    "markdown": read_markdown,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A translated text.

    Attributes:
        text: With its markup.
        sentences: What was translated and what became of it; `STAND_IN` for what was left alone.
    """

    text: str
    sentences: tuple[tuple[str, Translation], ...] = ()

    def translation(self) -> Translation:
        """Return all of it as one translation, whose links are between the words of sentences."""
        if not self.sentences:
            return Translation(self.text, provenance="copy")
        return replace(joined(self.sentences), text=self.text)


def said(text: str, markup: Markup) -> str:
    r"""Return what is said in a text, a block a line.

    >>> said("<p>밥을<br>먹는다<p lang='ko'>&amp; 잔다", "html")
    '밥을\n먹는다\n& 잔다'
    """
    return "\n".join(
        "".join(block.signs) for block in _parts(text, markup) if isinstance(block, Block)
    )


def translate_document(text: str, markup: Markup, translate: Translate) -> Document:
    """Translate a text with markup.

    What stands in `script`, `style`, code, attributes, `translate="no"` and placeholders is left
    alone, and so is white space. Elements inside a sentence end up around the words that stand
    for theirs.

    Args:
        text: Any text.
        markup: What it is written in; in a `text` lines stay lines and tags are left alone.
        translate: Called with all sentences at once, and with the beginnings of words in whose
            middle there is markup.
    """
    parts = _parts(text, markup)
    sentences = [_sentences(part) if isinstance(part, Block) else [] for part in parts]
    texts = [sentence.text for group in sentences for sentence in group]
    translations = list(translate(texts)) if texts else []
    rest = iter(translations)
    weavers = [[Weaver(sentence, next(rest)) for sentence in group] for group in sentences]
    stems = sorted({stem for group in weavers for weaver in group for stem in weaver.stems()})
    changed = [stem.text for stem in translate(stems)] if stems else []
    known, escapes = dict(zip(stems, changed, strict=True)), _ESCAPES[markup]
    pieces: list[str] = []
    for part, group in zip(parts, weavers, strict=True):
        woven = [(weaver.sentence, weaver.written(known, escapes)) for weaver in group]
        pieces += [part] if isinstance(part, str) else _written(part, woven)
    return Document("".join(pieces), tuple(zip(texts, translations, strict=True)))


def _parts(text: str, markup: Markup) -> list[str | Block]:
    page = Page()
    _READERS[markup](text, page)
    page.finish()
    return [part if isinstance(part, str) else kept_apart(part) for part in page.parts]


def _sentences(block: Block) -> list[Sentence]:
    """Return the sentences of a block that have a word to translate."""
    text = "".join(" " if sign.isspace() else sign for sign in block.signs)
    sentences: list[Sentence] = []
    place = last = 0
    for segment in segments_of(text):
        start = text.find(segment, place)
        place = start + len(segment)
        first, last = _inside(block.marks, last, start, place)
        if has_hangul(segment):
            sentences.append(Sentence(block, start, place, tuple(block.marks[first:last])))
    return sentences


def _inside(marks: Sequence[MarkupMark], first: int, start: int, end: int) -> tuple[int, int]:
    """Return which marks belong to a sentence: from what opens at it to what closes behind it.

    Args:
        marks: Of the block.
        first: The first of them behind the sentence before.
        start: The first sign.
        end: Behind the last sign.
    """
    while first < len(marks) and marks[first].at < start:
        first += 1
    last = first
    while last < len(marks) and marks[last].at <= end:
        if marks[last].at == end and marks[last].side != "close":
            break
        last += 1
        if marks[last - 1].at == start and marks[last - 1].side != "open":
            first = last
    return first, last


def _written(block: Block, sentences: Sequence[tuple[Sentence, str]]) -> list[str]:
    """Return a block with its sentences replaced."""
    pieces: list[str] = []
    place, marks = 0, deque(block.marks)

    def upto(end: int, stop: tuple[MarkupMark, ...] = ()) -> None:
        nonlocal place
        while marks and marks[0].at <= end and marks[0] is not next(iter(stop), None):
            pieces.extend((*block.raws[place : marks[0].at], marks[0].written))
            place = marks.popleft().at
        pieces.extend(block.raws[place:end])

    for sentence, text in sentences:
        upto(sentence.start, sentence.marks)
        pieces.append(text)
        place = sentence.end
        for _ in sentence.marks:
            marks.popleft()
    upto(len(block.signs))
    return pieces
