"""Reads Markdown: the blocks and marks of CommonMark that prose uses.

Headings, paragraphs, quotes, lists, breaks, emphasis, links, images, HTML. Code and tables are
not read aloud and are recorded.

>>> inline("**굵게** [제주](http://a.b) `x`")
('굵게 제주 x', [])
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kosorong.book.manuscript import Manuscript, ParagraphKind
from kosorong.book.readers.draft import Draft, first, language_tag, title_from_name
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.limits import MAX_TEXT_BYTES, read_bytes, split_lines

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,}).*")
_QUOTE = re.compile(r" {0,3}> ?")
_QUOTES = re.compile(r"^(?: {0,3}> ?){0,64}")
_ITEM = re.compile(r"\s{0,12}(?:[-*+]|\d{1,9}[.)])[ \t]+")
_BULLET = re.compile(r"\s{0,12}[-*+][ \t]+(?:\[[ xX]\] )?")
_TABLE_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+")
_DEFINITION = re.compile(r" {0,3}\[[^\]^]{1,200}\]:[ \t]*\S.*")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]]{1,100}\]:[ \t]*(.*)")
_FIELD = re.compile(
    r"(title|author|creator|language|lang|제목|저자|지은이)\s*:\s*(.*)", re.IGNORECASE
)
_FIELDS = {"creator": "author", "저자": "author", "지은이": "author", "제목": "title"}

_MARKED = re.compile(r"[\\`*_~\[\]<>&!\ue000]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`]{1,2000})\1(?!`)")
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\](?:\([^()]{0,1000}\)|\[[^\[\]]{0,200}\])?")
_NOTE_MARK = re.compile(r"\[\^[^\]]{1,100}\]")
_LINK = re.compile(
    r"\[([^\[\]]{1,1000})\]"
    r"(?:\([^()\s]{0,1000}(?:\([^()]{0,200}\)[^()\s]{0,200})?(?:\s+[\"'][^\"']{0,300}[\"'])?\)"
    r"|\[[^\[\]]{0,200}\])"
)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,1000})>")
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,1000}>")
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_EMPHASIS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\*{2}(?=\S)([^*]{1,2000}?)(?<=\S)\*{2}",
        r"\*(?=\S)([^*]{1,2000}?)(?<=\S)\*",
        r"(?<!\w)__(?=\S)([^_]{1,2000}?)(?<=\S)__(?!\w)",
        r"(?<!\w)_(?=\S)([^_]{1,2000}?)(?<=\S)_(?!\w)",
        r"~~(?=\S)([^~]{1,2000}?)(?<=\S)~~",
    )
)
_KEPT = "\ue000"  # an escaped mark hides behind this until the other marks are gone


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
    top = ""
    for block in _blocks(lines, start):
        text = _spoken(block, draft)
        if block.level:
            top = top or text
            draft.open_chapter(text, block.level)
        if text:
            draft.add(block.line, text, block.kind)
    name = first(title, front.get("title"), top) or title_from_name(path.stem)
    tag = language_tag(language, front.get("language", ""))
    return draft.finish(name, first(author, front.get("author")), tag)


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of lines.

    Attributes:
        line: Number of its first line, from 1.
        text: Its lines, joined.
        kind: What it is if it is read.
        level: 1 to 6 for a heading, otherwise 0.
        reason: Why it is not read, "" if it is.
    """

    line: int
    text: str
    kind: ParagraphKind = "body"
    level: int = 0
    reason: str = ""


def _spoken(block: _Block, draft: Draft) -> str:
    """Return what is read of a block; record the rest."""
    if block.reason == "footnote":
        draft.add_note(block.line, inline(block.text)[0])
        return ""
    if block.reason:
        draft.skip(block.line, block.text, block.reason)
        return ""
    if block.kind == "break":
        return block.text
    text, dropped = inline(block.text)
    for what, reason in dropped:
        draft.skip(block.line, what, reason)
    return text


def inline(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Take the marks out of a block's text.

    Returns:
        The plain text, and (text, reason) of what was left out.
    """
    dropped: list[tuple[str, str]] = []
    if not _MARKED.search(text):
        return text.strip(), dropped

    def drop(pattern: re.Pattern[str], reason: str, source: str) -> str:
        dropped.extend((match[0], reason) for match in pattern.finditer(source))
        return pattern.sub("", source)

    text = _ESCAPE.sub(lambda match: f"{_KEPT}{ord(match[1]):03d}", text.replace(_KEPT, ""))
    text = _CODE.sub(r"\2", text)
    text = drop(_IMAGE, "image", text)
    text = drop(_NOTE_MARK, "footnote mark", text)
    text = _LINK.sub(r"\1", text)
    text = drop(_AUTOLINK, "link", text)
    text = _TAG.sub("", re.sub(r"<br\s*/?>", "\n", text))
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    text = re.sub(_KEPT + r"(\d{3})", lambda match: chr(int(match[1])), html.unescape(text))
    return text.strip(), [(what, reason) for what, reason in dropped if what.strip()]


def _front_matter(lines: list[str]) -> tuple[int, dict[str, str]]:
    """Return the index of the first line after the front matter, and its title and author."""
    if not lines or lines[0].strip() != "---":
        return 0, {}
    end = next((i for i, line in enumerate(lines[1:200], 1) if line.strip() in {"---", "..."}), 0)
    found: dict[str, str] = {}
    for line in lines[1:end]:
        if match := _FIELD.fullmatch(line.strip()):
            key = match[1].lower()
            key = _FIELDS.get(key, "language" if key == "lang" else key)
            found.setdefault(key, _scalar(match[2]))
    return (end + 1, found) if end and found else (0, {})


def _scalar(value: str) -> str:
    """Return a YAML scalar, or the first entry of a list on one line, without its quotes."""
    value = value.strip()
    if value[:1] == "[":
        value = value.strip("[]").split(",")[0].strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.sub(r"\s+#.*", "", value)


def _blocks(lines: list[str], start: int) -> Iterator[_Block]:
    """Yield the blocks of a document."""
    i = start
    while i < len(lines):
        line = lines[i]
        if not line.strip():
            i += 1
        elif block := _single(lines, i):
            yield block
            i += 1
        elif fence := _FENCE.fullmatch(line):
            end = _fence_end(lines, i, fence[1])
            yield _Block(i + 1, "\n".join(lines[i:end]), reason="code")
            i = end
        else:
            block, i = _run(lines, i)
            yield block


def _single(lines: list[str], i: int) -> _Block | None:
    """Return the block that one line makes, if it makes one."""
    line = lines[i]
    if match := _HEADING.fullmatch(line):
        return _Block(i + 1, match[2] or "", "heading", len(match[1]))
    if _RULE.fullmatch(line):
        return _Block(i + 1, line.strip(), "break")
    if match := _FOOTNOTE.fullmatch(line):
        return _Block(i + 1, match[1], reason="footnote")
    if _DEFINITION.fullmatch(line):
        return _Block(i + 1, line, reason="link")
    return None


def _fence_end(lines: list[str], i: int, fence: str) -> int:
    """Return the index after the line that closes a code block, or the end of the file."""
    for j in range(i + 1, len(lines)):
        mark = lines[j].strip()
        if len(mark) >= len(fence) and set(mark) == {fence[0]}:
            return j + 1
    return len(lines)


def _run(lines: list[str], i: int) -> tuple[_Block, int]:
    """Return the paragraph, quote, list item, table or code that begins at a line, and its end."""
    kind: ParagraphKind = "body"
    if lines[i].startswith(("    ", "\t")) and not _ITEM.match(lines[i]):
        end = _while(lines, i, lambda line: line.startswith(("    ", "\t")))
        return _Block(i + 1, "\n".join(lines[i:end]), reason="code"), end
    if i + 1 < len(lines) and "|" in lines[i] and _TABLE_RULE.fullmatch(lines[i + 1]):
        end = _while(lines, i, lambda line: "|" in line)
        return _Block(i + 1, "\n".join(lines[i:end]), reason="table"), end
    end = i + 1
    while end < len(lines) and not _interrupts(lines, end):
        if (under := _UNDERLINE.fullmatch(lines[end])) and not _ITEM.match(lines[i]):
            return _Block(
                i + 1, _joined(lines[i:end]), "heading", 1 + (under[1][0] == "-")
            ), end + 1
        end += 1
    if _QUOTE.match(lines[i]):
        kind = "quote"
    elif _ITEM.match(lines[i]):
        kind = "list"
    return _Block(i + 1, _joined(lines[i:end]), kind), end


def _while(lines: list[str], i: int, holds: Callable[[str], bool]) -> int:
    """Return the index of the first line from `i` on that is blank or does not hold."""
    while i < len(lines) and lines[i].strip() and holds(lines[i]):
        i += 1
    return i


def _interrupts(lines: list[str], i: int) -> bool:
    """Tell whether a line ends the paragraph before it."""
    line = lines[i]
    if not line.strip() or _ITEM.match(line) or _FENCE.fullmatch(line):
        return True
    if bool(_QUOTE.match(line)) != bool(_QUOTE.match(lines[i - 1])):
        return bool(_QUOTE.match(line))
    if not _unquoted(line).strip() or not _unquoted(lines[i - 1]).strip():
        return True
    if _UNDERLINE.fullmatch(line):
        return False
    return bool(_HEADING.fullmatch(line) or _RULE.fullmatch(line))


def _unquoted(line: str) -> str:
    """Return a line without the marks of quotations it stands in."""
    return _QUOTES.sub("", line, count=1)


def _joined(lines: list[str]) -> str:
    """Join the lines of a block; two spaces or a backslash at the end keep a line break."""
    parts: list[str] = []
    for line in lines:
        text = _BULLET.sub("", _unquoted(line)) if not parts else _unquoted(line)
        hard = text.endswith(("  ", "\\"))
        parts.append(text.strip().removesuffix("\\") + ("\n" if hard else " "))
    return "".join(parts).strip()


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
