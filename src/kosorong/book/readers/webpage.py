"""Reads HTML: the text of a page, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.body import BodySink
from kosorong.book.readers.draft import Draft, first, title_from_name
from kosorong.book.readers.elements import BLOCKS
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.flow import FlowItem, tidy
from kosorong.book.readers.limits import MAX_TEXT_BYTES, read_bytes
from kosorong.book.readers.notes import Document, settle
from kosorong.book.readers.outline import settled_language, sole_heading, write
from kosorong.book.readers.tags import VOID, read_tags

_CHARSET = re.compile(
    rb"""<(?:meta[^>]{0,300}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:\-]{1,40})""",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096
_CODECS = {
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "cp949", "windows-949"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("shift_jis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **{name: name for name in ("euc-jp", "big5", "koi8-r", "windows-1251", "iso-8859-15")},
}
_AROUND = {"footer": "header or footer", "aside": "header or footer"}
_AROUND_ROLES = {
    "contentinfo": "header or footer",
    "banner": "header or footer",
    "complementary": "header or footer",
    "search": "form field",
}
_UNREAD = {
    "button": "form field",
    "select": "form field",
    "textarea": "form field",
    "datalist": "form field",
    "noscript": "HTML that is not text",
    "noframes": "HTML that is not text",
}
_SECTIONS = frozenset({"article", "section", "main", "blockquote"})
_NOTES = re.compile(r"note|annot", re.IGNORECASE)
_ABOUT = {"author": "author", "dc.creator": "author", "article:author": "author"}
_LOOKED_BACK = 200  # open elements that an end may close


def read_html(path: Path, *, title: str = "", author: str = "", language: str = "") -> Manuscript:
    """Read a page of HTML.

    Args:
        path: The file.
        title: Replaces the title found in it.
        author: Replaces the author that it declares.
        language: Replaces the language that it declares.

    Raises:
        InputError: The file is too large, in an unknown encoding, or has no text.
    """
    draft = Draft(path.name)
    text = _text(read_bytes(path, MAX_TEXT_BYTES), draft)
    page = _Page(BodySink(path.name))
    read_tags(text, page)
    body = page.close()
    settle([Document("", body)])
    passages = [
        FlowItem(block.text, block.kind, block.level) for block in body.blocks if block.text
    ]
    passages += [FlowItem(tidy(note), reason="footnote") for note in body.notes]
    passages += [FlowItem(tidy(left), reason=why) for left, why in page.left + body.skipped]
    write(draft, passages)
    name = first(title, sole_heading(passages), body.title) or title_from_name(path.stem)
    by = first(author, page.about.get("author"))
    return draft.finish(
        name, by, settled_language(language, page.about.get("language", ""), passages)
    )


def _text(data: bytes, draft: Draft) -> str:
    """Decode a page by its mark, by what it declares, or as text files are."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    if codec := _CODECS.get(name):
        with suppress(UnicodeError):  # declared wrongly; the text itself tells
            data = data.decode(codec).encode("utf-8")
    decoded = decode(data, draft.name)
    for warning in decoded.warnings:
        draft.warn(warning)
    return decoded.text


class _Page:
    """Gives the text of a page to a sink for documents, and nothing around it.

    Args:
        body: The sink.

    Attributes:
        about: What the page tells of itself: `author`, `language`.
        left: (text, reason) of what stands around the text.
    """

    def __init__(self, body: BodySink) -> None:
        self.about: dict[str, str] = {}
        self.left: list[tuple[str, str]] = []
        self._body = body
        self._open: list[str] = []
        self._around: list[str] = []
        self._reason = ""
        self._depth = 0
        self._sections = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        self._tell(tag, attributes)
        if self._reason:
            self._depth += tag == self._open[-1]
            self._around.append(" " if tag in BLOCKS else "")
            return
        reason = "" if tag in VOID else self._why_around(tag, attributes)
        self._open.append(tag)
        if reason:
            self._reason, self._depth, self._around = reason, 1, []
            return
        self._sections += tag in _SECTIONS
        self._body.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element, and those that were left open inside it."""
        if self._reason:
            self._depth -= tag == self._open[-1]
            if not self._depth:
                self._end_around()
            return
        if tag not in self._open[-_LOOKED_BACK:]:
            return
        last = ""
        while last != tag:
            last = self._open.pop()
            self._sections -= last in _SECTIONS
            self._body.end(last)

    def data(self, text: str) -> None:
        """Take text."""
        if self._reason:
            self._around.append(text)
        else:
            self._body.data(text)

    def close(self) -> BodySink:
        """End the page, whatever is still open, and return the sink."""
        if self._reason:
            self._end_around()
        self._body.close()
        return self._body

    def _end_around(self) -> None:
        self.left.append((" ".join("".join(self._around).split()), self._reason))
        self._reason = ""
        self._open.pop()

    def _tell(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            name = (attributes.get("name") or attributes.get("property", "")).lower()
            if name in _ABOUT:
                self.about.setdefault(_ABOUT[name], attributes.get("content", ""))
        elif tag in {"html", "body"}:
            language = attributes.get("lang") or attributes.get("xml:lang", "")
            if language.strip():
                self.about.setdefault("language", language)

    def _why_around(self, tag: str, attributes: Mapping[str, str]) -> str:
        """Return why an element is no part of the text, or ""."""
        if not attributes and tag not in _UNREAD and tag not in _AROUND:
            return ""
        role = attributes.get("role", "").lower()
        named = " ".join(attributes.get(name, "") for name in ("id", "class", "role"))
        if tag in _UNREAD:
            return _UNREAD[tag]
        if tag == "del" and {"datetime", "cite"} & attributes.keys():
            return "deleted text"  # a change that a word processor kept
        if tag == "div" and attributes.get("title") in {"header", "footer"}:
            return "header or footer"  # LibreOffice's
        if self._sections or _NOTES.search(named):
            return ""  # notes are told apart later; a section's footer is its own
        return _AROUND_ROLES.get(role) or _AROUND.get(tag, "")
