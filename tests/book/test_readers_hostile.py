import contextlib
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from epub_files import Epub, page

from kosorong.book.readers import limits, read_manuscript
from kosorong.book.readers.body import BodySink
from kosorong.book.readers.markup import parse, parse_tree
from kosorong.errors import InputError

PLAIN = {"a.xhtml": page("<p>눈이 왔다.</p>")}
NAMESPACE = "xmlns:e='http://www.w3.org/2001/04/xmlenc#'"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "책.epub"


def refused(epub: Epub, path: Path, match: str) -> None:
    with pytest.raises(InputError, match=match) as caught:
        read_manuscript(epub.write(path))
    assert caught.value.where
    assert caught.value.cure


def entry(name: str) -> zipfile.ZipInfo:
    """Return an entry with a name that zipfile would not give it."""
    info = zipfile.ZipInfo("x")
    info.filename = name
    return info


def encryption(uri: str, algorithm: str) -> str:
    return (
        f"<encryption {NAMESPACE}><e:EncryptedData>"
        f"<e:EncryptionMethod Algorithm='{algorithm}'/>"
        f"<e:CipherData><e:CipherReference URI='{uri}'/></e:CipherData>"
        "</e:EncryptedData></encryption>"
    )


@pytest.mark.parametrize(
    "name", ["../evil.txt", "OPS/../../evil", "/etc/evil", "C:\\evil", "..\\e"]
)
def test_names_outside_the_archive_are_refused(path: Path, name: str) -> None:
    refused(Epub(PLAIN, extra={name: "x"}), path, "lies outside it")


@pytest.mark.parametrize(
    "name", ["", "/", "//", ".", "   ", "\u3000", "OPS/ ", "OPS/\0a.xhtml", "\0"]
)
def test_entries_without_a_name_are_refused_by_name(path: Path, name: str) -> None:
    with zipfile.ZipFile(Epub(PLAIN).write(path), "a") as archive:
        archive.writestr(entry(name), "x")
    with pytest.raises(InputError, match="has no name") as caught:
        read_manuscript(path)
    assert (caught.value.where, caught.value.reason) == ("책.epub", "damaged")
    assert caught.value.cure


def test_an_entry_for_the_folder_itself_is_passed_over(path: Path) -> None:
    assert read_manuscript(Epub(PLAIN, extra={"./": ""}).write(path)).chapters


def test_links_out_of_the_archive_lead_nowhere(path: Path) -> None:
    items = (
        "<item id='x' href='../../../etc/passwd' media-type='text/html'/>"
        "<item id='y' href='http://a.b/c.xhtml' media-type='application/xhtml+xml'/>"
        "<item id='z' href='file:///etc/passwd' media-type='text/html'/>"
    )
    refs = "".join(f"<itemref idref='{i}'/>" for i in ("x", "y", "z", "p0"))
    book = read_manuscript(Epub(PLAIN, items=items, itemrefs=refs).write(path))
    assert len(book.chapters[0].paragraphs) == 1
    assert sum("not in the EPUB" in warning for warning in book.warnings) == 3


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
        '<!ENTITY % p SYSTEM "http://a.b/c.dtd"> <!ENTITY b "x">',
    ],
)
@pytest.mark.parametrize("where", ["OPS/a.xhtml", "OPS/book.opf", "META-INF/container.xml"])
def test_entities_are_never_expanded(path: Path, declaration: str, where: str) -> None:
    body = f"<!DOCTYPE html [{declaration}]><html><body><p>&b;</p></body></html>"
    refused(Epub(PLAIN, extra={where: body}), path, "declares an entity")


def test_a_foreign_dtd_is_not_fetched(path: Path) -> None:
    body = '<!DOCTYPE html SYSTEM "file:///etc/passwd"><html><body><p>눈.</p></body></html>'
    assert read_manuscript(Epub({"a.xhtml": body}).write(path)).chapters


def test_a_file_that_unpacks_too_far_is_refused(path: Path) -> None:
    bomb = b"<p>" + b"0" * (4 * limits.MIB)
    refused(Epub({"a.xhtml": bomb}), path, r"unpacks to \d+ times its size")
    refused(Epub({"a.xhtml": b"0" * (17 * limits.MIB)}), path, "unpacks to 17 MiB")


def test_what_all_files_unpack_to_is_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_READ_BYTES", 20_000)
    pages = {f"{i}.xhtml": page(f"<p>{'가' * 2000}</p>") for i in range(9)}
    refused(Epub(pages), path, "unpacks to")


def test_a_size_that_the_archive_lies_about_is_refused(path: Path) -> None:
    Epub({"a.xhtml": page("<p>" + "눈이 왔다. " * 400 + "</p>")}).write(path)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"OPS/a.xhtml") - 46
    struct.pack_into("<L", data, at + 24, 50)
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"damaged|more than it says"):
        read_manuscript(path)


def test_too_many_files_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ENTRIES", 10)
    refused(Epub(PLAIN, extra={f"x{i}": "" for i in range(20)}), path, "holds 24 files")


def test_a_list_of_files_that_would_fill_the_memory_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_DIRECTORY_BYTES", 500)
    refused(Epub(PLAIN, extra={f"x{i}": "" for i in range(20)}), path, "a list of files")


def test_a_file_that_is_too_large_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_EPUB_BYTES", 100)
    refused(Epub(PLAIN), path, "at most 0 MiB are read")


@pytest.mark.parametrize(
    ("mark", "named"),
    [
        ("META-INF/rights.xml", "Adobe"),
        ("META-INF/license.lcpl", "LCP"),
        ("META-INF/sinf.xml", "FairPlay"),
        ("other", "unknown scheme"),
    ],
)
def test_protected_books_are_named(path: Path, mark: str, named: str) -> None:
    method = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    extra = {"META-INF/encryption.xml": encryption("OPS/a.xhtml", method), mark: "x"}
    refused(Epub(PLAIN, extra=extra), path, f"DRM .*{named}")


def test_obfuscated_fonts_are_no_protection(path: Path) -> None:
    method = "http://www.idpf.org/2008/embedding"
    extra = {
        "META-INF/encryption.xml": encryption("OPS/a.xhtml", method),
        "META-INF/rights.xml": "",
    }
    book = read_manuscript(Epub(PLAIN, extra=extra).write(path))
    assert any("licence file" in warning for warning in book.warnings)


def test_an_archive_with_a_password_is_named(path: Path) -> None:
    Epub(PLAIN).write(path)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    with pytest.raises(InputError, match="encrypted with a password"):
        read_manuscript(path)


def test_a_packing_that_is_unknown_is_named(path: Path) -> None:
    Epub(PLAIN).write(path)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\1\2", 10), (b"PK\3\4", 8)):
        at = data.find(mark)
        while at >= 0:
            struct.pack_into("<H", data, at + offset, 98)
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    with pytest.raises(InputError, match="packed in a way EPUB does not allow"):
        read_manuscript(path)


def test_a_missing_container_is_made_up_for(path: Path) -> None:
    book = read_manuscript(Epub(PLAIN, leave_out=("META-INF/container.xml",)).write(path))
    assert "container.xml is missing" in book.warnings[0]


def test_what_is_no_epub_is_refused(path: Path) -> None:
    refused(Epub({}, leave_out=("OPS/book.opf",)), path, "no package document")
    for content in (b"", b"PK\3\4", b"\xff\xd8\xff\xe0 picture", b"PK\5\6" + b"\0" * 18):
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"no EPUB|not what its ending says"):
            read_manuscript(path)


def test_an_epub_without_a_spine_is_refused(path: Path) -> None:
    refused(Epub(PLAIN, itemrefs=""), path, "has no spine")
    refused(Epub(PLAIN, itemrefs="<itemref idref='none'/>"), path, "has no spine")


def test_a_book_of_pictures_says_what_was_left_out(path: Path) -> None:
    pages = {"a.xhtml": page("<img src='1.png'/>")}
    refused(Epub(pages), path, "no text to read aloud; left out were: image.*OCR")


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_book_cut_short_is_refused(path: Path, cut: float) -> None:
    data = Epub(PLAIN).write(path).read_bytes()
    path.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(InputError, match="Get the book again"):
        read_manuscript(path)


def test_every_single_damaged_byte_is_read_or_refused(path: Path) -> None:
    data = Epub(PLAIN, toc="<ol><li><a href='a.xhtml'>하나</a></li></ol>").write(path).read_bytes()
    for at in range(0, len(data), 7):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with contextlib.suppress(InputError):
            assert read_manuscript(path).chapters


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>눈이 <b>왔다.</p><p>또.", "눈이 왔다."),
        ("<p>눈이 & 비가", "눈이 & 비가"),
        ("<p class=x>눈이<br>왔다</p>", "눈이\n왔다"),
        ("<P>눈이</I> 왔다</P>", "눈이 왔다"),
        ("<p>a < b</p>", "a < b"),
        ("<p>눈<!-- 숨은 말 > -->이</p></div>&", "눈이"),
    ],
)
def test_broken_xhtml_is_read_with_a_warning(path: Path, body: str, text: str) -> None:
    book = read_manuscript(Epub({"a.xhtml": f"<html><body>{body}</body>"}).write(path))
    assert book.chapters[0].paragraphs[0].text == text
    assert any("not well-formed" in warning for warning in book.warnings)


def test_elements_nested_without_end_are_refused() -> None:
    with pytest.raises(InputError, match="nested more than"):
        parse_tree(b"<a>" * 1000, "a.opf")


@pytest.mark.parametrize(
    "inner",
    [
        "<a/>" * 400_000,
        "<a>x</a>" * 400_000,
        "&lol;x" * 400_000,
        "<a " + " ".join(f"a{i}=''" for i in range(400_000)) + "/>",
    ],
)
def test_small_documents_of_countless_parts_are_refused(inner: str) -> None:
    with pytest.raises(InputError, match="more than") as caught:
        parse_tree(f"<r>{inner}</r>".encode(), "a.opf")
    assert caught.value.cure


def test_the_text_of_nested_elements_is_held_once() -> None:
    document = ("<a>" * 200 + "바" * 100_000 + "</a>" * 200).encode()
    tracemalloc.start()
    root, _ = parse_tree(document, "a.ncx")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(root.text) == 100_000
    assert most < 20 * limits.MIB


def test_the_title_of_a_small_document_keeps_its_exponents() -> None:
    root, _ = parse_tree("<a>E = <b>mc</b><sup>2</sup>와 주<sup>3</sup></a>".encode(), "a")
    assert root.text == "E = mc²와 주3"


def test_elements_without_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kosorong.book.readers.body.MAX_ELEMENTS", 100)
    with pytest.raises(InputError, match="more than 100 elements"):
        parse(b"<p>" + b"<br/>" * 200, "a.xhtml", BodySink)


@pytest.mark.parametrize(
    "flood",
    [
        "<",
        "<a ",
        "<!--",
        "<!",
        "<?",
        "</p>",
        "<p a='",
        "<script>",
        "&",
        "&#x1;",
        "</",
        " ",
        "<a/",
        "=",
    ],
)
def test_no_flood_of_one_mark_takes_long(flood: str) -> None:
    start = time.process_time()
    sink, _ = parse(b"<html><body><p>" + flood.encode() * (100_000 // len(flood)), "a", BodySink)
    sink.close()
    assert time.process_time() - start < 3


def test_a_second_file_of_the_same_name_is_warned_about(path: Path) -> None:
    Epub(PLAIN).write(path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("OPS/a.xhtml", page("<p>비.</p>"))
    assert any("same name" in warning for warning in read_manuscript(path).warnings)
