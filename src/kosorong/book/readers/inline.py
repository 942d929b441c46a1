"""Takes the marks out of a block of Markdown, and lists what is left out with them.

>>> inline("**굵게** [제주](http://a.b) `x`")
('굵게 제주 x', [('http://a.b', 'link')])
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.token import Token
from markdown_it.utils import EnvType

from kosorong.book.readers.commonmark import INLINE_TOKENS, SAID, STRUCTURE, UNKNOWN, pieces
from kosorong.book.readers.elements import BLOCKS
from kosorong.book.readers.superscript import exponent
from kosorong.book.readers.tags import VOID

_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^>]*)>", re.DOTALL)
_WORDS = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "audio", "canvas",
    "iframe", "math", "object", "picture", "script", "style", "svg", "template", "video",
})  # fmt: skip
_ELEMENTS = _WORDS | BLOCKS | VOID
_LOOKED_AT = 8  # pieces before an exponent


def inline(text: str, env: EnvType | None = None) -> tuple[str, list[tuple[str, str]]]:
    """Take the marks out of a block's text.

    Args:
        text: Its lines, as they are written.
        env: What the parser wrote down of the document: the definitions of its links.

    Returns:
        The plain text, and (text, reason) of what was left out.
    """
    line = _Line()
    for token in pieces(text, {} if env is None else env):
        line.take(token)
    plain = "".join(line.parts).strip()
    if text.endswith("\\") and not text.endswith("\\\\"):
        plain = plain.removesuffix("\\")  # a line break before nothing
    return plain.strip(), [(what, reason) for what, reason in line.dropped if what.strip()]


@dataclass(slots=True)
class _Line:
    """A text that is being put together.

    Attributes:
        parts: What is said.
        dropped: (text, reason) of what is left out.
    """

    parts: list[str] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    _in_address: bool = False
    _raised: list[int] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Take a token."""
        role = INLINE_TOKENS.get(token.type, UNKNOWN)
        if self._in_address:
            self._in_address = token.type != "link_close"
        elif role == SAID:
            self._say(token)
        elif token.type == "html_inline":
            self._tag(token.content, role)
        elif token.type == "image":
            self.dropped.append((f"![{token.content}]({_address(token, 'src')})", role))
        elif token.type == "link_open":
            self.dropped.append((_address(token, "href"), role))
            self._in_address = token.markup == "autolink"
        elif role != STRUCTURE:
            self.dropped.append((token.content, role))

    def _say(self, token: Token) -> None:
        if token.type == "hardbreak":
            self.parts.append("\n")
        elif token.type == "softbreak":
            self._part()
        else:
            self.parts.append(token.content)

    def _part(self) -> None:
        """Put a space between two words if there is none."""
        if self.parts and not self.parts[-1][-1:].isspace():
            self.parts.append(" ")

    def _tag(self, source: str, reason: str) -> None:
        """Take an HTML tag: marks are dropped, what is no element of HTML is text."""
        tag = _TAG.fullmatch(source)
        name = tag["name"].lower() if tag else ""
        if tag and name not in _ELEMENTS:
            self.parts.append(source)
            return
        if name == "img":
            reason = "image"
        if not tag or tag["rest"].strip(" /\n"):
            self.dropped.append((source, reason))
        if name == "sup" and tag:
            self._raise(bool(tag["closing"]))
        elif name == "br":
            self.parts.append("\n")
        elif name in BLOCKS:
            self._part()

    def _raise(self, closing: bool) -> None:
        """Write what stands between <sup> and </sup> as an exponent if it is one."""
        if not closing:
            self._raised.append(len(self.parts))
        elif self._raised:
            start = self._raised.pop()
            before = "".join(self.parts[max(0, start - _LOOKED_AT) : start])
            if raised := exponent(before, "".join(self.parts[start:])):
                self.parts[start:] = [raised]


def _address(token: Token, name: str) -> str:
    """Return the address of a link or picture, with its title."""
    return " ".join(str(token.attrs[key]) for key in (name, "title") if token.attrs.get(key))
