"""Makes small EPUB files for the tests of the readers."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)


def page(body: str, title: str = "쪽") -> str:
    """Return an XHTML document."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head>'
        f"<body>{body}</body></html>"
    )


@dataclass
class Epub:
    """What goes into an EPUB; each field replaces what a plain one would have."""

    pages: Mapping[str, str | bytes]
    toc: str = ""
    ncx: str = ""
    metadata: str = "<dc:title>바당</dc:title><dc:creator>고은별</dc:creator>"
    language: str = "ko"
    items: str = ""
    itemrefs: str | None = None
    guide: str = ""
    extra: Mapping[str, str | bytes] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()

    def opf(self) -> str:
        names = list(self.pages)
        items = "".join(
            f'<item id="p{i}" href="{name}" media-type="application/xhtml+xml"/>'
            for i, name in enumerate(names)
        )
        if self.toc:
            items += (
                '<item id="nav" href="nav.xhtml" properties="nav" '
                'media-type="application/xhtml+xml"/>'
            )
        if self.ncx:
            items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        refs = "".join(f'<itemref idref="p{i}"/>' for i in range(len(names)))
        refs = refs if self.itemrefs is None else self.itemrefs
        toc = ' toc="ncx"' if self.ncx else ""
        return (
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"{self.metadata}<dc:language>{self.language}</dc:language></metadata>"
            f"<manifest>{items}{self.items}</manifest><spine{toc}>{refs}</spine>"
            f"<guide>{self.guide}</guide></package>"
        )

    def write(self, path: Path) -> Path:
        files: dict[str, str | bytes] = {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OPS/book.opf": self.opf(),
        }
        files |= {f"OPS/{name}": content for name, content in self.pages.items()}
        if self.toc:
            files["OPS/nav.xhtml"] = page(f'<nav epub:type="toc">{self.toc}</nav>')
        if self.ncx:
            files["OPS/toc.ncx"] = f"<ncx><navMap>{self.ncx}</navMap></ncx>"
        files |= self.extra
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                if name not in self.leave_out:
                    archive.writestr(name, content)
        return path
