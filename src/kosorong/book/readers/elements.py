"""What an element of XHTML is, by its name, its types, its class and its identifier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "nav", "ol", "optgroup",
    "option", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
_UNREAD = {
    "head": "head",
    "title": "head",
    "rt": "rt",
    "script": "style or script",
    "style": "style or script",
    "template": "style or script",
    "nav": "table of contents",
    "math": "formula",
    "svg": "image",
    "audio": "media",
    "video": "media",
    "object": "media",
    "iframe": "media",
    "canvas": "media",
    "rp": "ruby",
    "rtc": "ruby",
}
_UNREAD_TYPES = {
    "footnote": "footnote",
    "footnotes": "footnote",
    "endnote": "footnote",
    "endnotes": "footnote",
    "rearnote": "footnote",
    "rearnotes": "footnote",
    "pagebreak": "page number",
}
NOTE_TYPES = frozenset(name for name, why in _UNREAD_TYPES.items() if why == "footnote")
_MATTER = {
    "copyright-page": "imprint",
    "copyrightpage": "imprint",
    "copyright": "imprint",
    "imprint": "imprint",
    "imprimatur": "imprint",
    "colophon": "imprint",
    "index": "index",
    "toc": "table of contents",
    "loi": "table of contents",
    "lot": "table of contents",
    "loa": "table of contents",
    "lov": "table of contents",
    "landmarks": "table of contents",
    "page-list": "table of contents",
}
_GUTENBERG = re.compile(
    r"pg-(?:boilerplate|header|footer)|pgheader|pgfooter|project-gutenberg-license"
)
_NOTE_CLASS = re.compile(
    r"(?:^|[\s_])(?:foot|end|rear)-?_?notes?(?:-?_?text)?(?:\s|$)|MsoFootnoteText", re.I
)
_NOTE_CLASS_TAGS = frozenset({"aside", "div", "section", "p", "li", "ol", "ul", "dl", "dd"})
_ALONE_NOTE = re.compile(r"(?:^|\s)(?:foot|end|rear|side)-?_?note(?:\s|$)", re.IGNORECASE)
_MARKS_NOTE = re.compile(
    r"(?:^|[\W\d_]|foot|end|rear|side|margin|mso|(?-i:(?<=[a-z])(?=N)))notes?"
    r"(?:$|[\W\d_]|ref|mark|call|anchor|num|nr|link|text|back|id|sup|sym|sign)"
    r"|(?:^|fn|[\s_-])ref(?:erence)?(?:$|[\s\d_-])|\bfn|(?:^|[\s_-])(?:ft|ed)n(?:ref)?(?:$|[\s\d_-])"
    r"|각주|미주|역주|주석|(?:^|[\s_-])주(?:$|[\s\d_-])",
    re.IGNORECASE,
)
_PAGE_CLASS = re.compile(
    r"(?:^|[\s-])(?:page-?_?(?:num(?:ber)?s?|nos?|break)?|pg-?_?num|folio|pb|쪽번호)(?:\s|$)", re.I
)
_PAGE_IDENTIFIER = re.compile(
    r"(?:page|pg|p|pag|seite)[\-_.]?(?:no|num)?[\-_.]?0*(\d{1,4}|[ivxlc]{1,7})", re.I
)
_PARAGRAPH_IDENTIFIER = re.compile(r"p[\-_.]?\d{1,4}", re.I)
_PAGE_TEXT = re.compile(
    r"[\[({〔<|]?\s*(?:page|pg|p)?\.?\s*0*(\d{1,4}|[ivxlc]{1,7})\s*(?:쪽|면)?\s*[\])}〕>|]?", re.I
)
_VERSE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:v|vs|verse|절)[-_]?(?:n|nr|no|nos|num|number|번호)?(?:$|[\s_-])", re.IGNORECASE
)
_VERSE_TEXT = re.compile(r"[\[(]?(?:\d{1,3}[:.])?\d{1,3}[a-c]?(?:[-–]\d{1,3})?[\])]?")
_RAISED = re.compile(
    r"vertical-align\s*:\s*(?:super|top)|(?:^|\s)(?:super(?:script)?|sup)(?:\s|$)", re.I
)
_REFERS = frozenset({"noteref", "annoref", "footnote-ref", "backlink"})
MARK_TEXT = re.compile(
    r"[\[(（〔{]?\s*(?:(?:각|미|원|역|옮긴이\s*)?주|註|note)?\s*"
    r"(?:(?<=주)|(?<=note)|\d{1,3}|[*＊∗†‡§※¶]{1,3}|[a-z]|[①-⑳ⓐ-ⓩ㉠-㉻ⅰ-ⅹ]|[¹²³⁴-⁹⁰]{1,3})\s*[\])）〕}⁾]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hints:
    """What class, identifier and type say of an element whose text must agree.

    Attributes:
        note: It may mark a note.
        is_backlink: It leads from a note back to the text.
        alone: It is a note by itself where it is no mark.
        page: It may be a printed page number; its identifier's number where that alone says so.
        verse: It may be the number of a verse.
        raised: It stands above the line.
    """

    note: bool = False
    is_backlink: bool = False
    alone: bool = False
    page: str = ""
    verse: bool = False
    raised: bool = False


def types_of(attributes: Mapping[str, str]) -> set[str]:
    """Return the words of epub:type and of the DPUB roles, as the same words."""
    words = attributes.get("role", "").replace("doc-", "").lower().split()
    for name, value in attributes.items():
        if name.endswith(":type"):
            words += value.lower().split()
    return set(words)


def identifiers_of(attributes: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names by which links find an element."""
    names = (attributes.get(name) for name in ("id", "xml:id", "name"))
    return tuple(dict.fromkeys(name for name in names if name))


def hints_of(tag: str, attributes: Mapping[str, str], types: set[str]) -> Hints:
    """Return what an element may be."""
    name, identifier = attributes.get("class", ""), attributes.get("id", "")
    note, alone, page, verse = _class_hints(name) if name else (False, False, False, False)
    number = _PAGE_IDENTIFIER.fullmatch(identifier or attributes.get("name", ""))
    if tag in BLOCKS and _PARAGRAPH_IDENTIFIER.fullmatch(identifier):
        number = None  # paragraphs are counted so
    marks = note or bool(identifier and _MARKS_NOTE.search(identifier))
    return Hints(
        note=marks or not _REFERS.isdisjoint(types),
        is_backlink="backlink" in types,
        alone=alone and tag in {"span", "small"},
        page="*" if page else number[1].lower() if number else "",
        verse=verse and tag not in BLOCKS,
        raised=tag not in BLOCKS and bool(_RAISED.search(f"{attributes.get('style', '')} {name}")),
    )


@lru_cache(maxsize=1024)
def _class_hints(name: str) -> tuple[bool, bool, bool, bool]:
    """Return whether a class names a mark of a note, a note, a page number, a verse number."""
    wanted = (_MARKS_NOTE, _ALONE_NOTE, _PAGE_CLASS, _VERSE_CLASS)
    note, alone, page, verse = (bool(pattern.search(name[:200])) for pattern in wanted)
    return note, alone, page, verse


def is_page_number(hint: str, text: str) -> bool:
    """Tell whether a text is the page number that the hint lets expect."""
    match = _PAGE_TEXT.fullmatch(text)
    return bool(match) and hint in {"*", match[1].lower() if match else ""}


def is_verse_number(text: str) -> bool:
    """Tell whether a text is the number of a verse: 3, 3:16, 1-2."""
    return bool(_VERSE_TEXT.fullmatch(text))


def is_note_place(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether the name of a link's target says that a note stands there."""
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return tag == "li" or bool(_MARKS_NOTE.search(named))


def why_unread(tag: str, attributes: Mapping[str, str], types: set[str], around: str) -> str:
    """Return why an element is not read, "" where nothing but a style may forbid it.

    Args:
        tag: Its name.
        attributes: Its own.
        types: What it says that it is.
        around: Name of the element that it stands in.
    """
    if tag == "code" and around == "pre":
        return "code"
    if tag in _UNREAD:
        return _UNREAD[tag]
    for name in sorted(types):
        if name in _UNREAD_TYPES and tag not in {"body", "html"}:
            return _UNREAD_TYPES[name]
    if tag in _NOTE_CLASS_TAGS and _NOTE_CLASS.search(attributes.get("class", "")):
        return "footnote"
    hides = "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true"
    return "hidden" if hides and tag not in {"body", "html"} else ""


def matter_of_element(attributes: Mapping[str, str], types: set[str]) -> str:
    """Return which front or back matter an element holds by its types or identifier, or ""."""
    for name in sorted(types):
        if name in _MATTER:
            return _MATTER[name]
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return "licence" if _GUTENBERG.search(named) else ""


def matter_of_type(name: str) -> str:
    """Return the matter that a type of a guide or of landmarks stands for, or ""."""
    return {**_MATTER, "cover": "cover page"}.get(name, "")
