r"""Reads Markdown: where in the source its paragraphs, headings, cells and notes stand.

Blocks are those that books are read with; what stands in a line is followed sign by sign, since
the parser's own tokens do not tell where they stood.

>>> page = Page()
>>> read_markdown("# 제목\n\n> **바람**이\n> 분다\n", page)
>>> page.finish()
>>> ["".join(part.signs).split() for part in page.parts if not isinstance(part, str)]
[['제목'], ['바람이', '분다']]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from kosorong.book.readers.commonmark import (
    LINKS,
    KoreanInline,
    KoreanState,
    make_parser,
    may_link,
)
from kosorong.markup.blocks import Page
from kosorong.markup.html import Window, markup_at, read_html

_LINE_END = re.compile(r"\r\n?|\n")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?:.*\r?\n){0,500}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_SAID = frozenset({"inline", "html_block", "footnote", "code_block"})

_Found: TypeAlias = tuple[Token, Window, tuple[int, int]]
"""A token, its text, and where that begins and ends in the source."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A piece of a line.

    Attributes:
        start: In the block's text.
        end: Behind it.
        token: What the parser made of it; None for text.
        side: 1 for the beginning of a link, -1 for its end.
    """

    start: int
    end: int
    token: Token | None = None
    side: int = 0


class _State(KoreanState):
    """Remembers where its tokens stood."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType) -> None:
        super().__init__(src, md, env, [])
        self.steps: list[_Step] = []


class _Inline(KoreanInline):
    """Writes down the steps of a `_State`."""

    def tokenize(self, state: StateInline) -> None:
        """Read up to `state.posMax`."""
        rules, end = self.ruler.getRules(""), state.posMax
        deepest = state.md.options["maxNesting"]
        while state.pos < end:
            start, known = state.pos, len(state.tokens)
            steps = len(state.steps) if isinstance(state, _State) else 0
            pending = bool(state.pending)
            if not (state.level < deepest and any(rule(state, False) for rule in rules)):
                state.pending += state.src[start]
                state.pos += 1
            new = state.tokens[known:]
            if not new:
                # Of what is pending only the spaces before a line's end are ever looked at.
                state.pending = state.pending[-2:]
            elif pending and new[0].type == "text":
                new = new[1:]
            if isinstance(state, _State):
                _note(state, start, steps, new)


def _note(state: _State, start: int, steps: int, new: list[Token]) -> None:
    """Write down what was read from a place.

    Args:
        state: Behind it.
        start: The place.
        steps: How many steps there were before.
        new: The tokens made of it, those inside a link included.
    """
    if not new:
        state.steps.append(_Step(start, state.pos))
    elif new[0].type == "text":
        for token in new:
            state.steps.append(_Step(start, start + len(token.content), token))
            start += len(token.content)
    elif new[0].type == "link_open" and new[0].markup != "autolink":
        state.steps.insert(steps, _Step(start, start + 1, new[0], 1))
        state.steps.append(_Step(state.steps[-1].end, state.pos, new[-1], -1))
    else:
        state.steps.append(_Step(start, state.pos, new[0]))


def _parser() -> MarkdownIt:
    parser = make_parser(_Inline()).enable("html_block")
    # Marks that are joined with the text beside them stand nowhere any more.
    parser.inline.ruler2.disable(["fragments_join"])
    return parser


_PARSER = _parser()
_WITHOUT_LINKS = _parser().disable(LINKS)


def read_markdown(text: str, page: Page) -> None:
    """Hand over what stands in Markdown.

    Args:
        text: A document or any part of one; what stands between `---` at its head is left alone.
        page: Takes it.
    """
    front = _FRONT.match(text)
    body = text[front.end() :] if front else text
    source = _Source(body)
    env: EnvType = {}
    place = 0
    page.cut(text[: front.end()] if front else "")
    for token, window, (start, end) in source.windows(_PARSER.parse(body, env)):
        if start < place:
            continue
        page.cut(body[place:start])
        if token.type == "html_block":
            read_html(window, page)
        else:
            _read_line(window, env, page)
        place = end
    page.cut(body[place:])


class _Source:
    """The lines of a text and where they stand in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[str] = []
        self._starts: list[int] = []
        start = 0
        for match in _LINE_END.finditer(text):
            self._add(start, match.start())
            start = match.end()
        self._add(start, len(text))

    def _add(self, start: int, end: int) -> None:
        self._lines.append(self._text[start:end])
        self._starts.append(start)

    def windows(self, tokens: list[Token]) -> Iterator[_Found]:
        """Yield the tokens whose text is said, with their text and its span in the source."""
        noted, row, place = False, -1, 0
        for before, token in pairwise([Token("", "", 0), *tokens]):
            if token.map is None or token.type not in _SAID:
                noted = False
                continue
            first = token.map[0]
            if before.type in ("td_open", "th_open"):
                row, place = first, place if row == first else 0
                if cell := self._cell(token, first, place):
                    place = cell[2][1] - self._starts[first]
                    yield cell
            elif token.type != "code_block":
                yield from self._found(token, token.content.rstrip("\n").split("\n"), first)
            elif noted:
                yield from self._paragraphs(token, first)
            noted = token.type == "footnote" or (noted and token.type == "code_block")

    def _cell(self, token: Token, line: int, place: int) -> _Found | None:
        """Return a cell of a table, whose bars are escaped in the source."""
        written = token.content.replace("|", "\\|")
        column = self._lines[line].find(written, place) if written else -1
        if column < 0:
            return None
        start = self._starts[line] + column
        end = start + len(written)
        return token, Window(written, self._text, list(range(start, end + 1))), (start, end)

    def _paragraphs(self, token: Token, first: int) -> Iterator[_Found]:
        """Yield the paragraphs of a footnote behind its first one; they look like code."""
        lines = token.content.rstrip("\n").split("\n")
        start = 0
        for n in range(len(lines) + 1):
            if n == len(lines) or not lines[n].strip():
                if n > start:
                    yield from self._found(token, lines[start:n], first + start)
                start = n + 1

    def _found(self, token: Token, lines: list[str], first: int) -> Iterator[_Found]:
        """Yield a text of whole lines, which in the source may begin with marks of their own."""
        places: list[int] = []
        text: list[str] = []
        for n, line in enumerate(lines):
            bare = line.lstrip()
            source = self._lines[first + n]
            column = source.rfind(bare) if bare else len(source)
            behind = source[column + len(bare) :].strip()
            if column < 0 or (behind and (behind.strip("#") or token.type != "inline")):
                return
            start = self._starts[first + n] + column
            # The line end and the marks of the next line belong to the sign between them.
            places += range(start, start + len(bare) + 1)
            text.append(bare)
        if places:
            window = Window("\n".join(text), self._text, places)
            yield token, window, (places[0], places[-1])


def _read_line(window: Window, env: EnvType, page: Page) -> None:
    """Hand over a text of one block, piece by piece."""
    parser = _PARSER if may_link(window.text) else _WITHOUT_LINKS
    state = _State(window.text, parser, env)
    parser.inline.tokenize(state)
    for rule in parser.inline.ruler2.getRules(""):
        rule(state)
    before = ""
    for step in state.steps:
        _take(step, window, page, before)
        before = step.token.type if step.token else ""


def _take(step: _Step, window: Window, page: Page, before: str) -> None:
    """Hand over one piece.

    Args:
        step: The piece.
        window: The text it stands in.
        page: Takes it.
        before: Type of the token before it.
    """
    token, written = step.token, window.written(step.start, step.end)
    kind = token.type if token else "text"
    if token is None or (kind == "text" and token.content):
        window.say(page, step.start, step.end)
    elif kind == "text":
        # One half of the mark of a strong emphasis, which has one token for both.
        page.mark(written, "close" if before == "strong_close" else "open", "strong")
    elif kind.endswith(("_open", "_close")) and token.markup != "autolink":
        opens = step.side > 0 or (not step.side and kind.endswith("_open"))
        page.mark(written, "open" if opens else "close", token.tag)
    elif kind == "text_special":
        page.say(token.content, written)
    elif kind == "softbreak":
        page.say("\n", written)
    elif kind == "hardbreak":
        page.cut(written)
    elif kind in ("code_inline", "link_open"):
        page.keep(written)
    elif kind == "html_inline":
        tag = markup_at(window.text, step.start)[1]
        if tag:
            page.tag(written, tag)
        else:
            page.mark(written)
    else:
        page.mark(written)
