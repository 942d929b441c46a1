"""Reads what an EPUB says about itself: container, package, contents, protection.

EPUB 3.3 (Open Container Format 4.2, package 5), EPUB 2.0.1 for the NCX and the guide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kosorong.book.readers.archive import Archive
from kosorong.book.readers.draft import Draft, plain
from kosorong.book.readers.elements import matter_of_type
from kosorong.book.readers.markup import Node, parse_tree
from kosorong.book.readers.metadata import Metadata, read_metadata
from kosorong.errors import InputError

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PROTECTIONS = {
    "META-INF/license.lcpl": "Readium LCP",
    "META-INF/sinf.xml": "Apple FairPlay",
    "META-INF/rights.xml": "Adobe ADEPT or another",
}
_FONT_OBFUSCATION = frozenset(
    {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#rc"}
)
_DOCUMENTS = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_MAX_FALLBACKS = 8


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the manifest.

    Attributes:
        name: Its name in the archive, "" where the link leaves the archive.
        href: The link as written.
        media_type: As declared, in lower case.
        properties: Words such as `nav` and `cover-image`.
        fallback: Identifier of the item to read instead.
    """

    name: str
    href: str
    media_type: str
    properties: frozenset[str] = frozenset()
    fallback: str = ""

    @property
    def is_document(self) -> bool:
        """True for a file with text in it."""
        return self.media_type in _DOCUMENTS or self.name.lower().endswith(
            (".xhtml", ".html", ".htm")
        )


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents: a title and the place it points to.

    Attributes:
        is_bare: It has no link, as parts have, and points to the first place below it.
    """

    title: str
    level: int
    name: str
    fragment: str
    is_bare: bool = False


@dataclass(slots=True)
class Package:
    """The package document.

    Attributes:
        name: Its own name in the archive.
        metadata: What it tells of the book.
        items: By identifier.
        spine: (item, in the reading order) in order, each file once.
        ncx: Name of the EPUB 2 contents, "" where there is none.
        cover: The picture of the cover.
        pages: Name of a document → its matter, from the guide of EPUB 2 and the landmarks.
    """

    name: str
    metadata: Metadata = field(default_factory=Metadata)
    items: dict[str, Item] = field(default_factory=dict)
    spine: list[tuple[Item, bool]] = field(default_factory=list)
    ncx: str = ""
    cover: Item | None = None
    pages: dict[str, str] = field(default_factory=dict)


def read_package(archive: Archive, draft: Draft) -> Package:
    """Find and read the package document.

    Raises:
        InputError: There is none, it is damaged, it has no spine, or its text is encrypted.
    """
    package = Package(_package_name(archive, draft))
    root, problem = parse_tree(archive.read(package.name), f"{archive.name}:{package.name}")
    if problem:
        draft.warn(problem)
    package.metadata = read_metadata(root)
    _read_manifest(package, root, archive)
    _read_spine(package, root, archive, draft)
    _find_cover(package, root, archive)
    _refuse_protected(archive, package, draft)
    return package


def _package_name(archive: Archive, draft: Draft) -> str:
    """Return the name of the package document, from the container or by its ending."""
    names: list[str] = []
    if archive.find(_CONTAINER):
        root, problem = parse_tree(archive.read(_CONTAINER), f"{archive.name}:{_CONTAINER}")
        if problem:
            draft.warn(problem)
        links = (node.get("full-path") for node in root.find_all("rootfile"))
        names = [name for link in links if (name := archive.follow("", link)[0])]
    else:
        draft.warn(f"{_CONTAINER} is missing; the package was looked for by its name.")
    names = names or [name for name in archive.names() if name.lower().endswith(".opf")]
    if not names:
        raise InputError(
            "This is no EPUB: it has no package document.",
            where=archive.name,
            cure="Get the book again, or give it as .txt.",
            reason="damaged",
        )
    if len(set(names)) > 1:
        draft.warn(f"The EPUB holds {len(set(names))} versions of the book; the first was read.")
    return names[0]


def _read_manifest(package: Package, root: Node, archive: Archive) -> None:
    for node in root.find_all("item"):
        href = node.get("href")
        name, _ = archive.follow(package.name, href)
        package.items[node.get("id")] = Item(
            name,
            href,
            node.get("media-type").lower(),
            frozenset(node.get("properties").split()),
            node.get("fallback"),
        )


def _read_spine(package: Package, root: Node, archive: Archive, draft: Draft) -> None:
    """Follow the spine, with fallbacks; a file that is listed twice is read once."""
    seen: set[str] = set()
    for node in root.find_all("itemref"):
        item = _readable(package, node.get("idref"))
        if item is None or not item.name:
            what = item.href[:200] if item else node.get("idref")
            draft.warn(f"The spine names {what!r}, which is not in the EPUB; left out.")
        elif item.name not in seen:
            seen.add(item.name)
            package.spine.append((item, node.get("linear").lower() != "no"))
    if not package.spine:
        raise InputError(
            "The EPUB has no spine, or nothing that it names is there, so nothing can be read.",
            where=f"{archive.name}:{package.name}",
            cure="Open it in an EPUB editor and save it anew, or give the text as .txt.",
        )
    for spine in root.find_all("spine"):
        ncx = package.items.get(spine.get("toc"))
        package.ncx = ncx.name if ncx else ""


def _readable(package: Package, identifier: str) -> Item | None:
    """Return the item, or the first of its fallbacks that has text."""
    item = package.items.get(identifier)
    candidate = item
    for _ in range(_MAX_FALLBACKS):
        if candidate is None or candidate.is_document:
            break
        candidate = package.items.get(candidate.fallback)
    return candidate or item


def _find_cover(package: Package, root: Node, archive: Archive) -> None:
    by_meta = [n.get("content") for n in root.find_all("meta") if n.get("name") == "cover"]
    listed = [package.items[i] for i in by_meta if i in package.items]
    declared = [i for i in package.items.values() if "cover-image" in i.properties]
    covers = [i for i in declared + listed if i.media_type.startswith("image/") and i.name]
    package.cover = covers[0] if covers else None
    for node in root.find_all("reference"):
        _mark_page(package, archive, package.name, node)


def _mark_page(package: Package, archive: Archive, base: str, node: Node) -> None:
    """Write down what a line of the guide or of the landmarks calls a whole document."""
    name, fragment = archive.follow(base, node.get("href"))
    matter = next(filter(None, map(matter_of_type, node.get("type").lower().split())), "")
    if matter and not fragment:
        package.pages.setdefault(name, matter)


def _refuse_protected(archive: Archive, package: Package, draft: Draft) -> None:
    """Raise InputError if the text is encrypted; obfuscated fonts are nobody's concern."""
    marks = [name for mark, name in _PROTECTIONS.items() if archive.find(mark)]
    encrypted = _encrypted(archive) if archive.find(_ENCRYPTION) else set()
    needed = {item.name for item, _ in package.spine} | {package.name}
    if encrypted & needed:
        by = marks[0] if marks else "an unknown scheme"
        raise InputError(
            f"The book is protected by DRM ({by}).",
            where=f"{archive.name}:{_ENCRYPTION}",
            cure="Only books without protection can be read; ask the publisher for such a copy.",
            reason="locked",
        )
    if marks:
        draft.warn(f"The EPUB carries a licence file ({marks[0]}), but its text is not encrypted.")


def _encrypted(archive: Archive) -> set[str]:
    """Return the names of files that are encrypted otherwise than fonts are."""
    root, _ = parse_tree(archive.read(_ENCRYPTION), f"{archive.name}:{_ENCRYPTION}")
    names: set[str] = set()
    for data in root.find_all("encrypteddata"):
        methods = {node.get("algorithm").lower() for node in data.find_all("encryptionmethod")}
        if not methods or methods - _FONT_OBFUSCATION:
            links = (node.get("uri") for node in data.find_all("cipherreference"))
            names |= {archive.follow("", link)[0] for link in links}
    return names


def read_contents(archive: Archive, package: Package, draft: Draft) -> list[ContentsEntry]:
    """Return the table of contents in order: of EPUB 3, else of EPUB 2, else none."""
    navs = [i.name for i in package.items.values() if "nav" in i.properties and i.name]
    for name, read in [*((n, _nav_entries) for n in navs), (package.ncx, _ncx_entries)]:
        if not name:
            continue
        root, problem = parse_tree(archive.read(name), f"{archive.name}:{name}")
        if problem:
            draft.warn(problem)
        _read_landmarks(package, archive, root, name)
        entries = list(read(archive, root, name))
        if entries:
            return entries
    draft.warn("There is no table of contents; chapters follow the headings.")
    return []


def _read_landmarks(package: Package, archive: Archive, root: Node, base: str) -> None:
    for nav in root.find_all("nav"):
        if "landmarks" in nav.get("type").split():
            for link in nav.find_all("a"):
                _mark_page(package, archive, base, link)


def _nav_entries(archive: Archive, root: Node, base: str) -> Iterator[ContentsEntry]:
    navs = root.find_all("nav")
    tocs = [nav for nav in navs if "toc" in nav.get("type").split()] or navs[:1]
    for nav in tocs[:1]:
        for child in nav.children:
            if child.tag == "ol":
                yield from _list_entries(archive, child, base, 1)


def _list_entries(
    archive: Archive, listing: Node, base: str, level: int
) -> Iterator[ContentsEntry]:
    for li in listing.children:
        below = [
            entry
            for child in li.children
            if child.tag == "ol"
            for entry in _list_entries(archive, child, base, level + 1)
        ]
        label = next((child for child in li.children if child.tag in {"a", "span"}), Node(""))
        title = plain(label.text) or plain(label.get("title"))
        if label.get("href"):
            yield ContentsEntry(title, level, *archive.follow(base, label.get("href")))
        elif title and below:
            yield replace(below[0], title=title, level=level, is_bare=True)
        yield from below


def _ncx_entries(archive: Archive, root: Node, base: str) -> Iterator[ContentsEntry]:
    for listing in root.find_all("navmap")[:1]:
        yield from _points(archive, listing, base, 1)


def _points(archive: Archive, parent: Node, base: str, level: int) -> Iterator[ContentsEntry]:
    for point in parent.children:
        if point.tag != "navpoint":
            continue
        label = plain(next((n.text for n in point.children if n.tag == "navlabel"), ""))
        source = next((n.get("src") for n in point.children if n.tag == "content"), "")
        below = list(_points(archive, point, base, level + 1))
        if source:
            yield ContentsEntry(label, level, *archive.follow(base, source))
        elif label and below:
            yield replace(below[0], title=label, level=level, is_bare=True)
        yield from below
