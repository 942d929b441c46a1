"""Pages of the EPUB: XHTML and SMIL of a chapter, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from kosorong.audio.mark import Source
from kosorong.book.edition import Line, Part
from kosorong.book.timing import Clip, clock
from kosorong.text.cleaning import plain

ACTIVE_CLASS = "-epub-media-overlay-active"

STYLE = f"""\
body {{ font-family: "Noto Serif CJK KR", "Source Han Serif K", "Noto Serif KR", serif;
  line-height: 1.7; margin: 0 5%; }}
.paragraph {{ margin: 0 0 1em; }}
.pair {{ display: flex; flex-wrap: wrap; column-gap: 1.5em; }}
.pair p {{ flex: 1 1 14em; margin: 0; }}
.verse p, .list p {{ margin-left: 1em; }}
.quote {{ margin-left: 1.5em; }}
.beside {{ color: #595959; font-size: 0.9em; }}
.notes {{ font-size: 0.9em; }}
hr {{ border: 0; margin: 1.5em 0; text-align: center; }}
hr::after {{ content: "* * *"; }}
.{ACTIVE_CLASS} {{ background: #ffe9a8; color: #000; }}
"""

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
    'lang="{language}" xml:lang="{language}">\n'
    '<head>\n<meta charset="utf-8"/>\n<title>{title}</title>\n'
    '<link rel="stylesheet" type="text/css" href="{style}"/>\n</head>\n<body>\n'
)
PAGE_END = "</body>\n</html>\n"


@dataclass(frozen=True, slots=True)
class PageLanguages:
    """The languages of a book.

    Attributes:
        read: Language read aloud.
        beside: Language shown beside, "" for none.
        original: Language of the manuscript.
    """

    read: str
    beside: str
    original: str


def xml(text: str) -> str:
    """Return a text as it stands in XML, in elements and attributes.

    >>> xml('<b>"가" & 나</b>')
    '&lt;b&gt;&quot;가&quot; &amp; 나&lt;/b&gt;'
    """
    return escape(plain(text))


def page_head(title: str, language: str, style: str) -> str:
    """Return the beginning of a page, up to and with its body's start."""
    return _HEAD.format(title=xml(title), language=xml(language), style=style)


def chapter_page(
    part: Part, lines: Iterable[Line], languages: PageLanguages, style: str
) -> Iterator[str]:
    """Yield the XHTML of a chapter.

    Args:
        part: The chapter.
        lines: Its segments in order.
        languages: The languages.
        style: Address of the style sheet.
    """
    yield page_head(part.title, languages.read, style)
    yield '<section epub:type="chapter" role="doc-chapter">\n'
    yield from _body(part, lines, languages)
    if part.notes:
        yield f'<section class="notes" {_language(languages.original)}>\n<h2>주</h2>\n<ol>\n'
        yield from (f"<li>{xml(note)}</li>\n" for note in part.notes)
        yield "</ol>\n</section>\n"
    yield "</section>\n" + PAGE_END


def _body(part: Part, lines: Iterable[Line], languages: PageLanguages) -> Iterator[str]:
    paragraph, close = -1, ""
    for line in lines:
        if paragraph < 0 and line.kind != "heading":
            yield f"<h1>{xml(part.title)}</h1>\n"
        if line.paragraph != paragraph:
            yield close
            if 0 <= paragraph < line.paragraph - 1:
                yield "<hr/>\n"
            paragraph, close = line.paragraph, "</div>\n"
            yield f'<div class="paragraph {line.kind}">\n'
        yield _pair(line, languages, part.source)
    yield close


def _pair(line: Line, languages: PageLanguages, source: Source) -> str:
    """Return a segment and, beside it, the same in the other language."""
    # The chapter's own heading is its first paragraph; others are under it.
    tag = "p" if line.kind != "heading" else "h1" if line.paragraph == 0 else "h2"
    heard = ""
    if source is Source.BOTH:
        own = Source.PERSON if line.human else Source.MACHINE
        heard = f' data-digital-source-type="{own.word}"'
    spoken = f'<{tag} class="said" id="s{line.position}"{heard}>{_words(line)}</{tag}>'
    if not line.beside:
        return f"{spoken}\n"
    beside = f'<p class="beside" {_language(languages.beside)}>{xml(line.beside)}</p>'
    return f'<div class="pair">{spoken}\n{beside}</div>\n'


def _words(line: Line) -> str:
    if not line.words:
        return xml(line.text)
    return " ".join(
        f'<span id="s{line.position}w{i}">{xml(word.text)}</span>'
        for i, word in enumerate(line.words)
    )


def _language(tag: str) -> str:
    return f'lang="{tag}" xml:lang="{tag}"'


def overlay(lines: Iterable[Line], page: str, audio: str) -> Iterator[str]:
    """Yield the SMIL of a chapter: a sequence for each sentence, a pair for each word.

    Args:
        lines: The chapter's segments in order.
        page: Address of the chapter's page.
        audio: Address of its sound.
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'version="3.0">\n<body epub:textref="{page}">\n'
    )
    for line in lines:
        if line.clip is not None:
            yield _sequence(line, line.clip, page, audio)
    yield "</body>\n</smil>\n"


def _sequence(line: Line, clip: Clip, page: str, audio: str) -> str:
    target = f"s{line.position}"
    pairs = "".join(
        _pair_of_sound(f"{target}w{i}", word.clip, page, audio)
        for i, word in enumerate(line.words)
        if word.clip is not None
    )
    if not pairs:
        return _pair_of_sound(target, clip, page, audio)
    return f'<seq id="q{target}" epub:textref="{page}#{target}">\n{pairs}</seq>\n'


def _pair_of_sound(target: str, clip: Clip, page: str, audio: str) -> str:
    return (
        f'<par id="p{target}"><text src="{page}#{target}"/><audio src="{audio}" '
        f'clipBegin="{clock(clip.begin)}" clipEnd="{clock(clip.end)}"/></par>\n'
    )
