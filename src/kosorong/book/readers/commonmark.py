"""CommonMark as Korean prose is written in it: a parser, and what becomes of each kind of token.

Added to CommonMark are tables, ~~strikes~~ and footnotes. `**"말"**이라` is emphasis though a
quotation mark stands inside and a particle touches it; `3*4*5` and a line that begins `>3` are no
markup; indented prose is no code, a line under a sentence makes it no heading; and nothing is
dropped for being nested too deep or for looking like a link's definition.

>>> [token.type for token in PARSER.parse("1. 처음")][:3]
['ordered_list_open', 'list_item_open', 'paragraph_open']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    code,
    lheading,
    list_block,
    reference,
)
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from kosorong.book.readers.headings import ends_sentence, heading_level

SAID = "said"
STRUCTURE = "structure"
UNKNOWN = "unknown mark"
TABLE = ("table", "thead", "tbody", "tr", "th", "td")
"""The elements of a table, whose tokens open and close them."""

BLOCK_TOKENS: dict[str, str] = {
    "inline": SAID,
    "hr": SAID,
    "paragraph_open": STRUCTURE,
    "paragraph_close": STRUCTURE,
    "heading_open": STRUCTURE,
    "heading_close": STRUCTURE,
    "blockquote_open": STRUCTURE,
    "blockquote_close": STRUCTURE,
    "bullet_list_open": STRUCTURE,
    "bullet_list_close": STRUCTURE,
    "ordered_list_open": STRUCTURE,
    "ordered_list_close": STRUCTURE,
    "list_item_open": STRUCTURE,
    "list_item_close": STRUCTURE,
    **dict.fromkeys((f"{tag}_open" for tag in TABLE), STRUCTURE),
    **dict.fromkeys((f"{tag}_close" for tag in TABLE), STRUCTURE),
    "fence": "code",
    "code_block": "code",
    "footnote": "footnote",
    "definition": "link",
}
"""What becomes of a block: it is said, it shapes what is said, or why it is left out.
"""

INLINE_TOKENS: dict[str, str] = {
    "text": SAID,
    "text_special": SAID,
    "code_inline": SAID,
    "softbreak": SAID,
    "hardbreak": SAID,
    "em_open": STRUCTURE,
    "em_close": STRUCTURE,
    "strong_open": STRUCTURE,
    "strong_close": STRUCTURE,
    "s_open": STRUCTURE,
    "s_close": STRUCTURE,
    "link_open": "link",
    "link_close": STRUCTURE,
    "image": "image",
    "footnote_mark": "footnote mark",
    "html_inline": "HTML that is not text",
}
"""What becomes of a piece of a line; the address of a link is left out, its words are said."""

_MOSTLY = 0.6  # of the letters of Korean prose are Korean
_CODE = re.compile(r"[{}=;]|[A-Za-z_]\w*\(|^\s*(?:#|//)")
_TOLD = re.compile(r"[.。…][\"'”’」』)]*$|[\"”」』]$")
_INNER_STOP = re.compile(r"[.!?。…][\"'”’」』)]*\s")
_NESTING = 24  # levels at which the parser would drop what follows
_DEEPEST = _NESTING - 6  # levels from which marks of quotes and lists are text
_CJK = re.compile(
    r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\ua960-\ud7ff\uf900-\ufaff]"
)
_FACTOR_BEFORE = re.compile(r"(?:[0-9]|(?<![A-Za-z])[A-Za-z]|[0-9A-Za-z]\))$")
_FACTOR_AFTER = re.compile(r"[0-9]|-[0-9]|[A-Za-z](?![A-Za-z])|\([0-9A-Za-z-]")
_COMPARED = re.compile(r">(?:=|\s?=|[0-9])")
_FOOTNOTE = re.compile(r"\[\^([^\]]{1,100})\]:[ \t]*(.*)")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]]{1,100}\]")
_LOST_LINK = re.compile(r"\[([^\[\]]{1,1000})\]\[([!-Z^-~]{0,200})\]")
_DEFINITION = re.compile(
    r"\[[^\]^]{1,200}\]:\s*(?:<[^<>]*>|(?:[A-Za-z][A-Za-z0-9+.-]+:|#[A-Za-z]|\.{0,2}/|www\.)\S+"
    r"|\S+\.[A-Za-z][A-Za-z0-9]{1,4}(?:[#?]\S*)?)(?:\s+[\"'(].*)?\s*"
)


class KoreanState(StateInline):
    """Knows better than CommonMark where emphasis begins and ends in Korean."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Tell whether a run of marks can open or close emphasis.

        A particle touches the word it belongs to without a space, so that a mark between
        punctuation and a Korean letter flanks both.
        """
        length = super().scanDelims(start, canSplitWord).length
        before = self.src[start - 1] if start else " "
        after = self.src[start + length] if start + length < self.posMax else " "
        if self.src[start] in "*~" and self._multiplies(start, start + length):
            return Scanned(False, False, length)
        opens = not _is_space(after) and (not _is_mark(after) or _parts(before))
        closes = not _is_space(before) and (not _is_mark(before) or _parts(after))
        if canSplitWord:
            return Scanned(opens, closes, length)
        inside, outside = closes and not _is_mark(before), opens and not _is_mark(after)
        return Scanned(
            opens and not inside, closes and (not outside or bool(_CJK.match(after))), length
        )

    def _multiplies(self, start: int, end: int) -> bool:
        """Tell whether a mark stands between two factors, or two ends of a range."""
        before = _FACTOR_BEFORE.search(self.src[max(0, start - 3) : start])
        return end - start <= 2 and bool(before and _FACTOR_AFTER.match(self.src, end))


def _is_space(char: str) -> bool:
    return isWhiteSpace(ord(char))


def _is_mark(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _parts(char: str) -> bool:
    """Tell whether emphasis may end between a punctuation mark and this character."""
    return _is_space(char) or _is_mark(char) or bool(_CJK.match(char))


class KoreanInline(ParserInline):
    """Reads the pieces of a line with `KoreanState`."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Push the pieces of a line into `tokens`."""
        state = KoreanState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a quote; one line that begins `>3` compares, and a quote has bounds in depth."""
    if state.level >= _DEEPEST:
        return False
    alone = start + 1 >= end or not _line(state, start + 1).startswith(">")
    if alone and _COMPARED.match(_line(state, start)):
        return False
    return blockquote(state, start, end, silent)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level < _DEEPEST and list_block(state, start, end, silent)


def _code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a block that is indented as code, unless it is Korean prose: authors indent that."""
    if not state.is_code_block(start):
        return False
    last = start
    while last < end and not state.isEmpty(last) and state.is_code_block(last):
        last += 1
    prose = all(_is_prose(_line(state, line)) for line in range(start, last))
    return not prose and code(state, start, end, silent)


def _is_prose(line: str) -> bool:
    letters = [sign for sign in line if sign.isalpha()]
    hangul = sum(bool(_CJK.match(sign)) for sign in letters)
    return hangul > _MOSTLY * len(letters) and not _CODE.search(line)


def _setext(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a heading with a line under it; under sentences that line is a break between scenes."""
    if not lheading(state, start, end, silent):
        return False
    opening, inside, closing = state.tokens[-3:]
    if not _is_text(inside.content, opening.markup):
        return True
    opening.type, closing.type = "paragraph_open", "paragraph_close"
    opening.tag = closing.tag = "p"
    line = state.line - 1
    opening.map = inside.map = [start, line]
    rule = state.push("hr", "hr", 0)
    rule.map, rule.markup = [line, state.line], opening.markup * 3
    opening.markup = closing.markup = ""
    return True


def _is_text(content: str, mark: str) -> bool:
    """Tell whether what a line stands under is prose or verse rather than a title."""
    if heading_level(content):
        return False
    inner = _INNER_STOP.search(content)
    lines = content.count("\n")
    return bool(_TOLD.search(content) or (inner and ends_sentence(content))) or (
        mark == "-" and lines > 0
    )


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the definition of a link if an address follows; `[철수]: 안녕.` is text."""
    if silent or not _DEFINITION.fullmatch(_line(state, start)):
        return False
    if not reference(state, start, end, silent):
        return False
    _push(state, "definition", start, state.getLines(start, state.line, 0, False))
    return True


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a footnote: its line, and lines that are indented under it."""
    match = _FOOTNOTE.fullmatch(_line(state, start))
    if not match or state.is_code_block(start):
        return False
    if silent:
        return True
    state.line = start + 1
    while state.line < end and not state.isEmpty(state.line) and state.is_code_block(state.line):
        state.line += 1
    more = [_line(state, line) for line in range(start + 1, state.line)]
    _push(state, "footnote", start, "\n".join([match[2], *more])).info = match[1]
    return True


def _push(state: StateBlock, kind: str, start: int, content: str) -> Token:
    token = state.push(kind, "", 0)
    token.map = [start, state.line]
    token.content = content
    return token


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    match = _FOOTNOTE_MARK.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("footnote_mark", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _lost_link(state: StateInline, silent: bool) -> bool:
    """Read a link whose definition is missing, as [제주][1]; [철수][영희] is text."""
    match = _LOST_LINK.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": match[2]}
        (state.pos, inner), outer = match.span(1), state.posMax
        state.posMax = inner
        state.md.inline.tokenize(state)
        state.posMax = outer
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


class _Markdown(MarkdownIt):
    """Keeps addresses as they are written, and takes any for a link's."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Return an address as it is."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """Return an address as it is."""
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Take every address: none is ever followed."""
        return True


def make_parser(inline: ParserInline) -> MarkdownIt:
    """Return a parser that leaves the pieces of lines unparsed.

    Args:
        inline: What will read them, one block at a time.
    """
    parser = _Markdown("commonmark", {"maxNesting": _NESTING})
    parser.inline = inline
    parser.configure("commonmark", {"maxNesting": _NESTING})
    parser.enable(["table", "strikethrough"])
    # Words inside HTML are read, so that its tags are found piece by piece.
    parser.disable(["html_block", "inline", "text_join"])
    breaks: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.at("blockquote", _quote, breaks)
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.before("reference", "footnote", _footnote, breaks)
    parser.block.ruler.at("reference", _definition, {"alt": []})
    parser.block.ruler.at("code", _code, {"alt": []})
    parser.block.ruler.at("lheading", _setext, {"alt": []})
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    parser.inline.ruler.after("link", "lost_link", _lost_link)
    return parser


PARSER = make_parser(KoreanInline())
LINKS = ["link", "lost_link", "image"]
_WITHOUT_LINKS = make_parser(KoreanInline()).disable(LINKS)
_MOST_LINKS = 1_000  # brackets of one block; looking for the ends of more takes minutes


def pieces(content: str, env: EnvType) -> list[Token]:
    """Return the pieces of a block's text.

    Args:
        content: Of an `inline` token.
        env: What the parser wrote down of the document: the definitions of its links.
    """
    parser = PARSER if may_link(content) else _WITHOUT_LINKS
    return parser.inline.parse(content, parser, env, [])


def may_link(content: str) -> bool:
    """Tell whether links and pictures are looked for in a block's text."""
    return "]" in content and content.count("[") <= _MOST_LINKS


def cells_beyond(source: str, cells: Sequence[str]) -> list[str]:
    """Return the cells of a table's row that its head has no column for, which GFM drops.

    Args:
        source: The line.
        cells: What the parser took of it.

    >>> cells_beyond("| 하나 | 둘 | 셋 |", ["하나", "둘"])
    ['셋']
    """
    written = [cell.strip() for cell in escapedSplit(source.strip())]
    first = written.index(cells[0]) if cells and cells[0] in written[:2] else 0
    return [cell for cell in written[first + len(cells) :] if cell]
