"""Reads HTML: the text of a page, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.body import BodySink
from kosorong.book.readers.draft import Draft, first, title_from_name
from kosorong.book.readers.elements import BLOCKS, why_unread
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.flow import Passage, tidy
from kosorong.book.readers.limits import MAX_TEXT_BYTES, read_bytes
from kosorong.book.readers.notes import Document, settle
from kosorong.book.readers.outline import language_of, sole_heading, write
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
_AS_DIV = {"table": "div", "thead": "div", "tbody": "div", "tfoot": "div", "tr": "div"}
_ROW = "tr:"  # a row whose events are kept until it ends
_DEEPEST_ROW = 4
_LOOKED_BACK = 200  # open elements that an end may close
_CELLS = frozenset({"td", "th"})
_CELL = 60  # characters; a row of shorter cells is read as one line
_Event = tuple[str, str, Mapping[str, str]]


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
    passages = [Passage(one.text, one.kind, one.level) for one in body.blocks if one.text]
    passages += [Passage(tidy(note), reason="footnote") for note in body.notes]
    passages += [Passage(tidy(left), reason=why) for left, why in page.left + body.skipped]
    write(draft, passages)
    name = first(title, sole_heading(passages), body.title) or title_from_name(path.stem)
    by = first(author, page.about.get("author"))
    return draft.finish(name, by, language_of(language, page.about.get("language", ""), passages))


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
    """Gives the text of a page to a sink for documents: rows as lines, and nothing around it.

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
        self._rows: list[list[_Event]] = []
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
        if tag == "tr" and len(self._rows) < _DEEPEST_ROW:
            self._open[-1] = _ROW
            self._rows.append([("row", tag, attributes)])
        else:
            self._give("start", _AS_DIV.get(tag, tag), attributes)

    def end(self, tag: str) -> None:
        """Close an element, and those that were left open inside it."""
        if self._reason:
            self._depth -= tag == self._open[-1]
            if not self._depth:
                self._end_around()
            return
        open_last = self._open[-_LOOKED_BACK:]
        if tag not in open_last and not (tag == "tr" and _ROW in open_last):
            return
        while True:
            last = self._open.pop()
            self._sections -= last in _SECTIONS
            if last == _ROW:
                self._end_row()
            else:
                self._give("end", _AS_DIV.get(last, last), {})
            if last == tag or (last == _ROW and tag == "tr"):
                return

    def data(self, text: str) -> None:
        """Take text."""
        if self._reason:
            self._around.append(text)
        else:
            self._give("data", text, {})

    def close(self) -> BodySink:
        """End the page, whatever is still open, and return the sink."""
        if self._reason:
            self._end_around()
        while self._rows:
            self._end_row()
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

    def _give(self, what: str, name: str, attributes: Mapping[str, str]) -> None:
        """Pass an event on, or keep it until its row is known."""
        if self._rows:
            self._rows[-1].append((what, name, attributes))
        elif what == "data":
            self._body.data(name)
        elif what == "start":
            self._body.start(name, attributes)
        else:
            self._body.end(name)

    def _end_row(self) -> None:
        """Give a row as one line if its cells are short, else what they hold one by one."""
        (_, _, given), *events = self._rows.pop()
        cells = _short_cells(events)
        wrapper = "li" if cells else "div"
        self._give("start", wrapper, given)
        place, space, fresh = -1, "", True
        for what, name, attributes in events:
            if not cells:
                self._give(what, "div" if what != "data" and name in _CELLS else name, attributes)
            elif what == "data":
                if text := name.strip():
                    space = " " if name[:1].isspace() and not fresh else space
                    self._give("data", space + text, {})
                fresh = fresh and not text
                space = " " if name[-1:].isspace() and not fresh else ""
            elif what == "start" and name in _CELLS:
                place, space, fresh = place + 1, "", True
                if cells[place] and any(cells[:place]):
                    self._give("data", ", ", {})
            elif name not in _CELLS | {"p"}:
                self._give(what, name, attributes)
        self._give("end", wrapper, {})


def _short_cells(events: list[_Event]) -> list[str]:
    """Return the cells of a row that is two or more short ones of plain text, else nothing."""
    texts: list[str] = []
    for what, name, attributes in events:
        if what == "start" and name in _CELLS:
            if why_unread(name, attributes, set()):
                return []
            texts.append("")
        elif what == "start" and name in BLOCKS - {"p"}:
            return []
        elif what == "data" and texts:
            texts[-1] += name
    texts = [text.strip() for text in texts]
    short = sum(map(bool, texts)) > 1 and all(len(text) <= _CELL for text in texts)
    return texts if short else []
