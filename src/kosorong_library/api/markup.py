"""XML that readers of feeds and catalogues take, whatever stands in a title."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Tree

from django.http import HttpResponse

# What no XML 1.0 document may hold, escaped or not.
_FORBIDDEN = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def add(parent: Tree.Element, name: str, text: str = "", **attributes: str) -> Tree.Element:
    r"""Add an element and return it.

    Args:
        parent: To it.
        name: With its prefix, as in `itunes:author`.
        text: What stands in it.
        attributes: Of the element.

    >>> print(Tree.tostring(add(Tree.Element("a"), "b", "눈\x0b & <바람>", c="1"), "unicode"))
    <b c="1">눈 &amp; &lt;바람&gt;</b>
    """
    kept = {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()}
    element = Tree.SubElement(parent, name, kept)
    if text:
        element.text = _FORBIDDEN.sub("", text)
    return element


def answer(root: Tree.Element, media_type: str) -> HttpResponse:
    """Return a document as an answer."""
    return HttpResponse(
        Tree.tostring(root, "utf-8", xml_declaration=True),
        content_type=f"{media_type}; charset=utf-8",
    )
