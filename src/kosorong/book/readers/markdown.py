"""Reads Markdown: CommonMark, of which every kind of token is said, gives shape, or is listed.

Code, pictures, footnotes and the addresses of links are not read aloud and are recorded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token
from markdown_it.utils import EnvType

from kosorong.book.manuscript import Manuscript, ParagraphKind
from kosorong.book.readers.commonmark import (
    BLOCK_TOKENS,
    PARSER,
    SAID,
    STRUCTURE,
    UNKNOWN,
    cells_beyond,
)
from kosorong.book.readers.draft import Draft, first, language_tag, title_from_name
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.imprint import is_source_note
from kosorong.book.readers.inline import inline
from kosorong.book.readers.limits import MAX_PIECES, MAX_TEXT_BYTES, read_bytes, split_lines
from kosorong.book.readers.tables import line_of
from kosorong.errors import InputError

_FIELD = re.compile(
    r"(title|author|creator|language|lang|제목|저자|지은이)\s*:\s*(.*)", re.IGNORECASE
)
_FIELDS = {"creator": "author", "저자": "author", "지은이": "author", "제목": "title"}
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_TASK = re.compile(r"\[[ xX]\]\s+")
_ENDS = 10  # pieces at either end in which a source note is looked for


def read_markdown(
    path: Path, *, title: str = "", author: str = "", language: str = ""
) -> Manuscript:
    """Read a Markdown file.

    Args:
        path: The file.
        title: Replaces the title found in it.
        author: Replaces the author found in it.
        language: Replaces the language of the front matter.

    Raises:
        InputError: The file is too large, in an unknown encoding, or has no text.
    """
    decoded = decode(read_bytes(path, MAX_TEXT_BYTES), path.name)
    draft = Draft(path.name, warnings=list(decoded.warnings))
    text = decoded.text
    for opening, closing in _HIDDEN:
        text = _without(text, opening, closing, draft)
    lines = split_lines(text, path.name)
    start, front = _front_matter(lines)
    draft.skip(1, "\n".join(lines[:start]), "front matter")
    lines[:start] = [""] * start
    page = _Page(lines, draft)
    page.read()
    _write(page.pieces, draft)
    top = next((piece.text for piece in page.pieces if piece.level and piece.text), "")
    name = first(title, front.get("title"), top) or title_from_name(path.stem)
    tag = language_tag(language, front.get("language", ""))
    return draft.finish(name, first(author, front.get("author")), tag)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, heading, break or footnote.

    Attributes:
        line: Number of its first line, from 1.
        text: Without marks.
        kind: What it is.
        level: 1 to 6 for a heading that begins a chapter, otherwise 0.
        is_note: True for a footnote.
    """

    line: int
    text: str
    kind: ParagraphKind
    level: int = 0
    is_note: bool = False


@dataclass(slots=True)
class _Page:
    """A document that is being read.

    Attributes:
        lines: One entry a line, index 0 is line 1.
        draft: Where what is left out is recorded.
        pieces: What was found, in order.
    """

    lines: list[str]
    draft: Draft
    pieces: list[_Piece] = field(default_factory=list)
    _env: EnvType = field(default_factory=dict)
    _around: list[ParagraphKind] = field(default_factory=list)
    _level: int = 0
    _line: int = 1
    _number: str = ""
    _bullet: str = ""
    _cells: list[str] | None = None

    def read(self) -> None:
        """Turn the document into pieces; record the rest.

        Raises:
            InputError: There are more lines than a book has paragraphs.
        """
        if sum(bool(line.strip()) for line in self.lines) > MAX_PIECES:
            raise InputError(
                f"The file has more than {MAX_PIECES:,} lines with text.",
                where=self.draft.name,
                cure="Split it into volumes and make a book of each.",
            )
        for token in PARSER.parse("\n".join(self.lines), self._env):
            self._take(token)

    def _take(self, token: Token) -> None:
        """Take a token."""
        self._line = token.map[0] + 1 if token.map else self._line
        role = BLOCK_TOKENS.get(token.type, UNKNOWN)
        if token.type == "hr":
            self.pieces.append(_Piece(self._line, 3 * token.markup[:1], "break"))
        elif role == SAID and self._cells is not None:
            self._cells.append(token.content)
        elif role == SAID:
            self._say(token.content)
        elif role == STRUCTURE:
            self._shape(token)
        elif role == "footnote":
            self.draft.skip(self._line, f"[^{token.info}]", "footnote mark")
            text = self._plain(token.content)
            self.pieces.append(_Piece(self._line, text, "body", is_note=True))
        else:
            begin, end = token.map or (0, 0)
            source = "\n".join(self.lines[begin:end])
            self.draft.skip(self._line, source or token.content, role)

    def _shape(self, token: Token) -> None:
        """Take what stands around the text that follows, or what ends."""
        if token.type == "heading_open":
            self._level = int(token.tag[1:])
        elif token.type == "heading_close":
            self._level = 0
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup}" if token.info else ""
            self._number = f"{self._number} {number}".strip()
            self._bullet = token.markup
        elif token.type == "list_item_close" and self._number:
            self._say("")  # an item of nothing but its number
        elif token.type in {"blockquote_open", "bullet_list_open", "ordered_list_open"}:
            self._around.append("quote" if token.type == "blockquote_open" else "list")
        elif token.type in {"blockquote_close", "bullet_list_close", "ordered_list_close"}:
            self._around.pop()
        elif token.type == "tr_open":
            self._cells = []
        elif token.type == "tr_close":
            self._say_row(self._cells or [])
            self._cells = None

    def _say(self, content: str) -> None:
        """Take a text, with the number of the list's item that it begins."""
        task = _TASK.match(content) if self._bullet else None
        if task:
            self.draft.skip(self._line, task[0], "list mark")
            content = content[task.end() :]
        text = self._plain(content)
        # Nobody lists degrees and scores with a plus as bullet: + 3도.
        sign = "+" if self._bullet == "+" and text[:1].isdigit() else ""
        text = " ".join(part for part in (self._number, sign, text) if part)
        self._number = self._bullet = ""
        level = 0 if self._around else self._level
        kind: ParagraphKind = self._around[-1] if self._around else "body"
        self.pieces.append(_Piece(self._line, text, "heading" if level else kind, level))

    def _plain(self, content: str) -> str:
        """Return a text without marks; record what is left out of it."""
        text, dropped = inline(content, self._env)
        for what, reason in dropped:
            self.draft.skip(self._line, what, reason)
        return text

    def _say_row(self, cells: list[str]) -> None:
        """Take the row of a table; a line right under it that has no bar is text."""
        source = self.lines[self._line - 1]
        texts = [self._plain(cell) for cell in (*cells, *cells_beyond(source, cells))]
        line = line_of(texts)
        for text in [line] if line else texts:
            around = self._around[-1] if self._around else "body"
            kind: ParagraphKind = "list" if line and "|" in source else around
            self.pieces.append(_Piece(self._line, text, kind))


def _write(pieces: list[_Piece], draft: Draft) -> None:
    """Write pieces into a draft, without source notes at either end."""
    texts = [i for i, piece in enumerate(pieces) if piece.text and not piece.is_note]
    ends = {*texts[:_ENDS], *texts[-_ENDS:]} if len(texts) > 1 else set()
    for i, piece in enumerate(pieces):
        if piece.level:
            draft.open_chapter(piece.text, piece.level)
        if piece.is_note:
            draft.add_note(piece.line, piece.text)
        elif i in ends and piece.kind == "body" and is_source_note(" ".join(piece.text.split())):
            draft.skip(piece.line, piece.text, "source note")
        elif piece.text:
            draft.add(piece.line, piece.text, piece.kind)


def _front_matter(lines: list[str]) -> tuple[int, dict[str, str]]:
    """Return the index of the first line after the front matter, and its title and author."""
    if not lines or lines[0].strip() != "---":
        return 0, {}
    end = next((i for i, line in enumerate(lines[1:200], 1) if line.strip() in {"---", "..."}), 0)
    fields: dict[str, str] = {}
    for line in lines[1:end]:
        if match := _FIELD.fullmatch(line.strip()):
            key = match[1].lower()
            key = _FIELDS.get(key, "language" if key == "lang" else key)
            fields.setdefault(key, _scalar(match[2]))
    return (end + 1, fields) if end and fields else (0, {})


def _scalar(value: str) -> str:
    """Return a YAML scalar, or the first entry of a list on one line, without its quotes."""
    value = value.strip()
    if value[:1] == "[":
        value = value.strip("[]").split(",")[0].strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.sub(r"\s+#.*", "", value)


def _without(text: str, opening: str, closing: str, draft: Draft) -> str:
    """Take out everything between two marks, both included, and record it."""
    parts: list[str] = []
    place, line = 0, 1
    while (start := text.find(opening, place)) >= 0:
        end = text.find(closing, start)
        if end < 0:
            break
        end += len(closing)
        line += text.count("\n", place, start)
        draft.skip(line, text[start:end], "HTML that is not text")
        line += text.count("\n", start, end)
        parts += [text[place:start], "\n" * text.count("\n", start, end)]
        place = end
    return "".join((*parts, text[place:]))
