"""A small EPUB with a table of contents and people who made it, for whoever sends one."""

import io
import zipfile

_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
_HEAD = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
    "<head><title>쪽</title></head>"
)
_ABOUT = (
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>바당 너머</dc:title>'
    '<dc:creator id="a">고은별</dc:creator><dc:creator id="t">한새벽</dc:creator>'
    '<meta refines="#a" property="role">aut</meta><meta refines="#t" property="role">trl</meta>'
    "<dc:publisher>바당출판</dc:publisher><dc:language>ko</dc:language></metadata>"
)


def bound(*chapters: tuple[str, str]) -> bytes:
    """Return the bytes of an EPUB.

    Args:
        chapters: Title and text of each; a line is a paragraph.
    """
    pages, links, items, refs = {}, "", "", ""
    for number, (title, text) in enumerate(chapters):
        lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        pages[f"p{number}.xhtml"] = f"<h1>{title}</h1>{lines}"
        links += f'<li><a href="p{number}.xhtml">{title}</a></li>'
        items += f'<item id="p{number}" href="p{number}.xhtml" media-type="application/xhtml+xml"/>'
        refs += f'<itemref idref="p{number}"/>'
    pages["nav.xhtml"] = f'<nav epub:type="toc"><ol>{links}</ol></nav>'
    nav = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("META-INF/container.xml", _CONTAINER)
        archive.writestr(
            "book.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0">{_ABOUT}'
            f"<manifest>{items}{nav}</manifest><spine>{refs}</spine></package>",
        )
        for name, body in pages.items():
            archive.writestr(name, f"{_HEAD}<body>{body}</body></html>")
    return data.getvalue()
