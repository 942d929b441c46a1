r"""Reads HTML as browsers do, in linear time: tags, comments, raw text, character references.

The standard library's html.parser is not used: it takes minutes over 400 kB of `<a <a <a`.

>>> page = Page()
>>> read_html("<p>밥 &amp; <b>국</b>", page)
>>> page.finish()
>>> "".join(page.parts[1].signs)
'밥 & 국'
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from kosorong.markup.blocks import Page
from kosorong.markup.elements import KNOWN, RAW, Tag, is_said

_SPACE = " \t\n\f\r"
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9};?|#[xX][0-9A-Fa-f]{1,9};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_NAME = re.compile(rf"</?([A-Za-z][^{_SPACE}/>]*+)")
_ATTRIBUTE = re.compile(
    rf"[{_SPACE}/]*+(?P<name>=?[^{_SPACE}/>=]*+)"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'"
    rf"|(?P<bare>(?![\"'])[^{_SPACE}>]*+)))?+"
)
_OPEN_VALUE = re.compile(rf"[{_SPACE}]*+=")
_COMMENT_END = re.compile(r"--!?>")
_PLAIN_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,9})(?=[\s/>])[^<>]{0,1000}>|<!--")
_RAW_END = {
    name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE) for name in RAW - {"plaintext"}
}
_KEPT_CLASSES = frozenset({"notranslate", "skiptranslate"})


class Window:
    """A text that stands in a larger one, whose lines may begin with signs of their own there.

    Args:
        text: What is read.
        source: Where it stands; the text itself where None.
        places: Index in the source of each character and of the end, where there is a source.
    """

    def __init__(
        self, text: str, source: str | None = None, places: list[int] | None = None
    ) -> None:
        self.text = text
        self._source, self._places = source, places

    def written(self, start: int, end: int) -> str:
        """Return a part as it stands in the source."""
        if self._source is None or self._places is None:
            return self.text[start:end]
        return self._source[self._places[start] : self._places[end]]

    def say(self, page: Page, start: int, end: int) -> None:
        """Hand over a part as text, sign by sign."""
        if self._source is None:
            page.say(self.text[start:end])
            return
        for n in range(start, end):
            page.say(self.text[n], self.written(n, n + 1))


def read_html(text: str | Window, page: Page) -> None:
    """Hand over what stands in HTML.

    Args:
        text: A document or any part of one.
        page: Takes it.
    """
    window = text if isinstance(text, Window) else Window(text)
    text, place = window.text, 0
    while place < len(text):
        start = text.find("<", place)
        _say(window, page, place, len(text) if start < 0 else start)
        if start < 0:
            return
        place, tag = markup_at(text, start)
        if place == start:
            place += 1
            window.say(page, start, place)
        elif tag is None:
            page.mark(window.written(start, place))
        else:
            page.tag(window.written(start, place), tag)
            if tag.name in RAW and not tag.closes:
                place = _raw(window, page, tag.name, place)


def read_plain(text: str, page: Page) -> None:
    """Hand over what stands in a text that is no HTML but may hold tags; its lines stay lines."""
    window, place = Window(text), 0
    for match in _PLAIN_TAG.finditer(text):
        if match.start() < place or not (match[1] is None or match[1].lower() in KNOWN):
            continue
        end, tag = markup_at(text, match.start())
        _say_lines(window, page, place, match.start())
        place = end
        written = text[match.start() : end]
        if tag is None:
            page.mark(written)
            continue
        page.tag(written, tag)
        if tag.name in _RAW_END and not tag.closes and _RAW_END[tag.name].search(text, place):
            place = _raw(window, page, tag.name, place)
    _say_lines(window, page, place, len(text))


def _say_lines(window: Window, page: Page, start: int, end: int) -> None:
    for line in window.text[start:end].splitlines(keepends=True):
        bare = line.splitlines()[0] if line.splitlines() else ""
        _say(window, page, start, start + len(bare))
        if len(bare) < len(line):
            page.cut(line[len(bare) :])
        start += len(line)


def _raw(window: Window, page: Page, name: str, start: int) -> int:
    """Hand over what an element without tags holds; return where its end tag begins."""
    match = _RAW_END[name].search(window.text, start) if name in _RAW_END else None
    end = match.start() if match else len(window.text)
    if name == "title":
        _say(window, page, start, end)
    elif is_said(name):
        page.say(window.written(start, end))
    else:
        page.mark(window.written(start, end))
    return end


def _say(window: Window, page: Page, start: int, end: int) -> None:
    """Hand over text with character references."""
    for match in _REFERENCE.finditer(window.text, start, end):
        length = _length(match[0])
        if length:
            window.say(page, start, match.start())
            start = match.start() + length
            page.say(html.unescape(match[0][:length]), window.written(match.start(), start))
    window.say(page, start, end)


def _length(reference: str) -> int:
    """Return how much of a possible character reference is one."""
    if reference[1] == "#" or reference[1:] in html5:
        return len(reference)
    for end in range(len(reference) - 1, 2, -1):
        if reference[1:end] in html5:
            return end
    return 0


def markup_at(text: str, start: int) -> tuple[int, Tag | None]:
    """Return where the markup that begins at a `<` ends, and the tag that it is.

    Returns:
        `start` where there is no markup; what never ends takes in all that follows.
    """
    name = _NAME.match(text, start)
    if name:
        return _tag(text, name)
    if text.startswith("<!--", start):
        short = text.startswith(("<!-->", "<!--->"), start)
        match = None if short else _COMMENT_END.search(text, start + 4)
        end = text.index(">", start) + 1 if short else match.end() if match else len(text)
        return end, None
    if text.startswith(("<!", "<?"), start) or (
        text.startswith("</", start) and start + 2 < len(text)
    ):
        end = text.find(">", start)
        return (len(text) if end < 0 else end + 1), None
    return start, None


def _tag(text: str, name: re.Match[str]) -> tuple[int, Tag | None]:
    place, attributes = name.end(), {"translate": "", "class": ""}
    while True:
        match = _ATTRIBUTE.match(text, place)
        value = None if match is None else match["double"] or match["single"] or match["bare"]
        if match is None or match.end() >= len(text):
            return len(text), None
        if match.lastgroup == "name" and _OPEN_VALUE.match(text, match.end()):
            return len(text), None
        key = match["name"].lower()
        if key in attributes and not attributes[key]:
            attributes[key] = html.unescape(value or "yes").lower()
        place = match.end()
        if text[place] == ">":
            break
    translate = attributes["translate"].strip()
    if _KEPT_CLASSES & set(attributes["class"].split()):
        translate = "no"
    closes = text[name.start() + 1] == "/"
    return place + 1, Tag(name[1].lower(), closes, translate)
