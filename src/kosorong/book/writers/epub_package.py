"""Pages of the EPUB that stand once in a book: package, contents, colophon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from kosorong.audio.mark import SOURCE_TAG, Source
from kosorong.book.account import REASONS
from kosorong.book.edition import Edition, Imprint, Part
from kosorong.book.records import WarningCount
from kosorong.book.timing import clock
from kosorong.book.writers.epub_pages import ACTIVE_CLASS, PAGE_END, page_head, xml

CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""

COVER_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}

_FEATURES = (
    "synchronizedAudioText",
    "tableOfContents",
    "readingOrder",
    "structuralNavigation",
    "displayTransformability",
)
_SUMMARY = (
    "본문 전체가 낱말 단위로 {}과 맞물려 있고, 차례와 제목으로 옮겨 다닐 수 있습니다. "
    "All text is synchronised, word by word, with {}; headings and a table of contents give "
    "navigation."
)
_SOUNDS = {
    Source.MACHINE: ("합성 음성", "a synthetic voice"),
    Source.PERSON: ("사람의 녹음", "a person's recording"),
    Source.BOTH: ("합성 음성과 사람의 녹음", "a synthetic voice and a person's recordings"),
}
# Longer passages are shown by their beginning; the report has them whole.
_SHOWN = 200


def stem(part: Part) -> str:
    """Return the name that a chapter's page, overlay and sound share.

    >>> stem(Part(7, 6, "", 1, 9, 1, (), "k"))
    'c0007'
    """
    return f"c{part.number:04}"


def sound_name(part: Part) -> str:
    """Return the name of a chapter's sound, from the package: AAC, a core type of EPUB 3."""
    return f"audio/{stem(part)}.m4a"


def package(edition: Edition, modified: datetime) -> str:
    """Return the package document.

    Args:
        edition: The book.
        modified: When the file is made, UTC.
    """
    imprint = edition.imprint
    lengths = [edition.milliseconds(part) for part in edition.parts]
    refined = "".join(
        f'<meta property="media:duration" refines="#o{stem(part)}">{clock(length)}</meta>\n'
        for part, length in zip(edition.parts, lengths, strict=True)
    )
    spine = "".join(f'<itemref idref="t{stem(part)}"/>\n' for part in edition.parts)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book-id" '
        f'xml:lang="{imprint.language}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{_description(imprint, modified)}{_accessibility(imprint.mark.source)}"
        f"{_sources(edition)}"
        f'<meta property="media:duration">{clock(sum(lengths))}</meta>\n{refined}'
        f'<meta property="media:narrator">{xml(imprint.narrator)}</meta>\n'
        f'<meta property="media:active-class">{ACTIVE_CLASS}</meta>\n'
        f"</metadata>\n<manifest>\n{_manifest(edition)}</manifest>\n"
        f'<spine>\n{spine}<itemref idref="colophon"/>\n</spine>\n</package>\n'
    )


def _description(imprint: Imprint, modified: datetime) -> str:
    lines = [
        f'<dc:identifier id="book-id">{imprint.identifier}</dc:identifier>',
        f'<dc:title xml:lang="{imprint.original}">{xml(imprint.title)}</dc:title>',
        f"<dc:language>{imprint.language}</dc:language>",
    ]
    if imprint.beside:
        lines.append(f"<dc:language>{imprint.beside}</dc:language>")
    if imprint.author:
        lines.append(f'<dc:creator id="author">{xml(imprint.author)}</dc:creator>')
        lines.append(_role("author", "aut"))
    lines.append(f'<dc:contributor id="narrator">{xml(imprint.narrator)}</dc:contributor>')
    lines.append(_role("narrator", "nrt"))
    lines.append(f"<dc:description>{xml(imprint.description)}</dc:description>")
    if imprint.mark.copyright:
        lines.append(f"<dc:rights>{xml(imprint.mark.copyright)}</dc:rights>")
    stamp = modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    lines.append(f'<meta property="dcterms:modified">{stamp}</meta>')
    return "\n".join(lines) + "\n"


def _role(who: str, relator: str) -> str:
    return f'<meta refines="#{who}" property="role" scheme="marc:relators">{relator}</meta>'


def _sources(edition: Edition) -> str:
    """Say whether machine or person is heard: in the book, and in the sound of each chapter."""
    name = f"schema:{SOURCE_TAG}"
    each = (
        f'<meta property="{name}" refines="#a{stem(part)}">{part.source}</meta>\n'
        for part in edition.parts
    )
    whole = f'<meta property="{name}">{edition.imprint.mark.source}</meta>\n'
    return whole + "".join(each)


def _accessibility(source: Source) -> str:
    properties = [("accessMode", "textual"), ("accessMode", "auditory")]
    properties += [
        ("accessModeSufficient", mode) for mode in ("textual", "auditory", "textual,auditory")
    ]
    properties += [("accessibilityFeature", feature) for feature in _FEATURES]
    summary = xml(_SUMMARY.format(*_SOUNDS[source]))
    properties += [("accessibilityHazard", "none"), ("accessibilitySummary", summary)]
    return "".join(f'<meta property="schema:{name}">{value}</meta>\n' for name, value in properties)


def _manifest(edition: Edition) -> str:
    page = "application/xhtml+xml"
    items = [
        f'<item id="nav" href="nav.xhtml" media-type="{page}" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        f'<item id="colophon" href="colophon.xhtml" media-type="{page}"/>',
    ]
    kind = edition.imprint.cover_type
    if edition.imprint.cover:
        name = f"cover.{COVER_ENDINGS[kind]}"
        items.append(
            f'<item id="cover" href="{name}" media-type="{kind}" properties="cover-image"/>'
        )
    for part in edition.parts:
        s = stem(part)
        items += [
            f'<item id="t{s}" href="text/{s}.xhtml" media-type="{page}" media-overlay="o{s}"/>',
            f'<item id="o{s}" href="text/{s}.smil" media-type="application/smil+xml"/>',
            f'<item id="a{s}" href="{sound_name(part)}" media-type="audio/mp4"/>',
        ]
    return "\n".join(items) + "\n"


def contents(edition: Edition) -> str:
    """Return the navigation page."""
    imprint = edition.imprint
    first = f"text/{stem(edition.parts[0])}.xhtml"
    return (
        page_head(imprint.title, imprint.language, "style.css")
        + '<nav epub:type="toc" role="doc-toc" id="toc">\n<h1 lang="ko" xml:lang="ko">차례</h1>\n'
        + _nested([*edition.parts])
        + '</nav>\n<nav epub:type="landmarks" hidden="hidden" lang="ko" xml:lang="ko">\n<ol>\n'
        + f'<li><a epub:type="bodymatter" href="{first}">본문</a></li>\n'
        + '<li><a epub:type="colophon" href="colophon.xhtml">간기</a></li>\n</ol>\n</nav>\n'
        + PAGE_END
    )


def _nested(parts: list[Part]) -> str:
    """Return the chapters as nested lists; a level that was skipped opens one list only."""
    out = ["<ol>\n"]
    levels: list[int] = []
    for part in parts:
        if levels and part.level > levels[-1]:
            out.append("\n<ol>\n")
        else:
            while len(levels) > 1 and levels[-2] >= part.level:
                out.append("</li>\n</ol>\n")
                levels.pop()
            if levels:
                out.append("</li>\n")
                levels.pop()
        levels.append(part.level)
        out.append(f'<li><a href="text/{stem(part)}.xhtml">{xml(part.title)}</a>')
    out.append("</li>\n</ol>\n" * len(levels))
    # The colophon is in no chapter: it stands last in the outermost list.
    out[-1] = out[-1].removesuffix("</ol>\n")
    out.append('<li lang="ko" xml:lang="ko"><a href="colophon.xhtml">간기</a></li>\n</ol>\n')
    return "".join(out)


def colophon(edition: Edition) -> Iterator[str]:
    """Yield the page of credits, licences and everything that was not read."""
    imprint = edition.imprint
    yield page_head(f"{imprint.title} — 간기", "ko", "style.css")
    yield '<section epub:type="colophon">\n<h1>간기</h1>\n'
    yield f"<p>{xml(imprint.description)}</p>\n<dl>\n"
    rows = [
        ("제목", imprint.title),
        ("지은이", imprint.author or "알려지지 않음"),
        ("목소리", imprint.narrator),
        ("목소리의 이용 조건과 출처", imprint.credit or "적혀 있지 않음"),
        ("글의 이용 조건", imprint.rights or "적혀 있지 않음"),
    ]
    yield "".join(f"<dt>{name}</dt><dd>{xml(value)}</dd>\n" for name, value in rows)
    yield "</dl>\n"
    yield from _skipped(edition)
    yield from _warnings(edition.warning_counts())
    yield "</section>\n" + PAGE_END


def _skipped(edition: Edition) -> Iterator[str]:
    if not edition.skipped:
        return
    yield "<h2>읽지 않은 것</h2>\n<ul>\n"
    for skipped in edition.skipped:
        shown = skipped.text if len(skipped.text) <= _SHOWN else f"{skipped.text[:_SHOWN]}…"
        reason = REASONS.get(skipped.reason, skipped.reason)
        yield f"<li>{xml(skipped.where)}: “{xml(shown)}” ({xml(reason)})</li>\n"
    yield "</ul>\n"


def _warnings(warnings: Iterable[WarningCount]) -> Iterator[str]:
    any_told = False
    for warning in warnings:
        if not any_told:
            yield "<h2>읽으면서 알게 된 것</h2>\n<ul>\n"
            any_told = True
        first = warning.position + 1
        yield f"<li>{xml(warning.message)} ({warning.count}, 구간 {first}부터)</li>\n"
    if any_told:
        yield "</ul>\n"
