"""Front and back matter of an EPUB, switching its chapters, its metadata, pictures and cover."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from epub_files import Epub, page
from PIL import Image

from kosorong.book.contents import contents, switched
from kosorong.book.drawing import drawn
from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript, read_picture
from kosorong.book.readers.svg import hardened
from kosorong.book.report import survey
from kosorong.errors import InputError, UsageError

STORY = page("<h1>하나</h1><p>눈이 왔다.</p>")
IMPRINT = (
    "<p>초판 1쇄 발행 2019년 5월 2일</p><p>지은이 고은별</p><p>펴낸곳 바당</p>"
    "<p>전화 064-000-0000</p>"
    "<p>ISBN 979-11-0000-000-0</p><p>ⓒ 고은별, 2019</p>"
)
INDEX = "<h1>찾아보기</h1><p>고래, 12, 34</p><p>돌담, 7–9</p><p>바람, 1</p>"
LICENCE = "<section id='pg-header'><p>The Project Gutenberg eBook of Sea</p></section>"
GIF = io.BytesIO()
Image.new("P", (8, 8)).save(GIF, "GIF")
WEBP = io.BytesIO()
Image.new("RGB", (8, 8), "red").save(WEBP, "WEBP")
SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:l='http://www.w3.org/1999/xlink' "
    b"viewBox='0 0 20 30'><rect width='20' height='30' fill='#00ff00'/>%s</svg>"
)


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(epub: Epub) -> Manuscript:
        return read_manuscript(epub.write(tmp_path / "책.epub"))

    return reader


def aside(book: Manuscript) -> list[tuple[str, str]]:
    return [(chapter.title, chapter.matter) for chapter in book.aside]


@pytest.mark.parametrize(
    ("document", "matter"),
    [
        (page(IMPRINT), "imprint"),
        (page("<h2>판권</h2><p>지은이 고은별</p><p>펴낸곳 바당</p>"), "imprint"),
        (
            page("<section epub:type='copyright-page'><p>모두 바당의 것이다.</p></section>"),
            "imprint",
        ),
        (page(INDEX), "index"),
        (page("<section role='doc-index'><p>고래 열두 쪽</p></section>"), "index"),
        (page("<h1>차례</h1><p>하나</p><p>둘</p><p>셋</p>"), "table of contents"),
        (
            page("".join(f"<p><a href='a.xhtml#{i}'>글 {i}</a></p>" for i in range(5))),
            "table of contents",
        ),
        (page(LICENCE), "licence"),
        (page("<p>*** END OF THE PROJECT GUTENBERG EBOOK SEA ***</p><p>Donate.</p>"), "licence"),
        (page("<h2>라이선스</h2><p>크리에이티브 커먼즈 저작자표시. 퍼블릭 도메인.</p>"), "licence"),
    ],
)
def test_front_and_back_matter_is_set_aside_and_listed(
    read: Callable[..., Manuscript], document: str, matter: str
) -> None:
    book = read(Epub({"a.xhtml": STORY, "z.xhtml": document}))
    assert [chapter.title for chapter in book.chapters] == ["하나"]
    assert [one.matter for one in book.aside] == [matter]
    assert matter in {one.reason for one in book.skipped}


@pytest.mark.parametrize(
    "document",
    [
        page("<h1>판권</h1>" + "<p>그는 판권을 팔고 섬으로 갔다.</p>" * 200),
        page("<h1>색인</h1><p>그녀는 색인을 넘겼다.</p><p>그의 이름이 있었다.</p><p>끝.</p>"),
        page("<h1>차례</h1><p>그의 차례가 왔다.</p><p>모두 그를 보았다.</p><p>숨이 막혔다.</p>"),
        page("<p>주소를 물었다. 전화도 없었다.</p><p>발행된 책은 없었다고 했다.</p>"),
        page("<h1>License</h1><p>He lost his licence.</p>"),
    ],
)
def test_a_chapter_that_only_has_such_a_title_is_read(
    read: Callable[..., Manuscript], document: str
) -> None:
    assert not read(Epub({"a.xhtml": STORY, "z.xhtml": document})).aside


def test_what_stands_around_the_text_of_a_gutenberg_book_goes_and_the_text_stays(
    read: Callable[..., Manuscript],
) -> None:
    body = (
        "<p>The Project Gutenberg eBook of Sea</p>"
        "<p>*** START OF THE PROJECT GUTENBERG EBOOK SEA ***</p><h1>바당</h1><p>물이 깊다.</p>"
        "<p>*** END OF THE PROJECT GUTENBERG EBOOK SEA ***</p><p>Donations are welcome.</p>"
    )
    toc = "<ol><li><a href='a.xhtml'>바당</a></li></ol>"
    book = read(Epub({"a.xhtml": page(body)}, toc=toc))
    assert [(c.title, [p.text for p in c.paragraphs]) for c in book.chapters] == [
        ("바당", ["바당", "물이 깊다."])
    ]
    assert [one.matter for one in book.aside] == ["licence", "licence"]


def test_a_chapter_goes_on_behind_matter_that_stands_in_it(read: Callable[..., Manuscript]) -> None:
    pages = {"a.xhtml": STORY, "b.xhtml": page(INDEX), "c.xhtml": page("<p>또 왔다.</p>")}
    toc = "<ol><li><a href='a.xhtml'>하나</a></li></ol>"
    book = read(Epub(pages, toc=toc))
    assert [p.text for p in book.chapters[0].paragraphs] == ["하나", "눈이 왔다.", "또 왔다."]


def test_the_guide_and_the_landmarks_name_matter(read: Callable[..., Manuscript]) -> None:
    pages = {
        "a.xhtml": STORY,
        "b.xhtml": page("<p>모두 바당의 것.</p>"),
        "c.xhtml": page("<p>고래</p>"),
    }
    toc = (
        "<ol><li><a href='a.xhtml'>하나</a></li></ol></nav><nav epub:type='landmarks'><ol><li>"
        "<a epub:type='index' href='c.xhtml'>색인</a></li></ol>"
    )
    guide = "<reference type='copyright-page' href='b.xhtml'/>"
    assert [m for _, m in aside(read(Epub(pages, toc=toc, guide=guide)))] == ["imprint", "index"]


@pytest.fixture
def three(read: Callable[..., Manuscript]) -> Manuscript:
    pages = {"a.xhtml": page(IMPRINT), "b.xhtml": STORY, "c.xhtml": page("<h1>둘</h1><p>비.</p>")}
    return read(Epub(pages))


@pytest.mark.parametrize(
    ("include", "leave_out", "numbers"),
    [
        ("", "", [2, 3]),
        ("1", "", [1, 2, 3]),
        ("imprint", "", [1, 2, 3]),
        ("all", "2", [1, 3]),
        ("", "2-3, 1", None),
        ("1", "2 - 3", [1]),
        ("1", "imprint", [2, 3]),
    ],
)
def test_every_chapter_can_be_switched(
    three: Manuscript, include: str, leave_out: str, numbers: list[int] | None
) -> None:
    if numbers is None:
        with pytest.raises(InputError, match="Every chapter is switched off"):
            switched(three, include=include, leave_out=leave_out)
        return
    book = switched(three, include=include, leave_out=leave_out)
    assert [chapter.number for chapter in book.chapters] == numbers
    assert [one.number for one, is_read in contents(book) if not is_read] == [
        n for n in (1, 2, 3) if n not in numbers
    ]
    assert switched(book, include="2,3", leave_out="1") == switched(three, leave_out="1")


def test_a_chapter_that_is_switched_off_is_listed(three: Manuscript) -> None:
    book = switched(three, leave_out="2")
    assert [one.text for one in book.skipped if one.reason == "switched off"] == [
        "하나\n눈이 왔다."
    ]


@pytest.mark.parametrize("word", ["4", "0", "3-2", "색인", "licence"])
def test_a_chapter_that_does_not_exist_is_named(three: Manuscript, word: str) -> None:
    with pytest.raises(UsageError, match="there is no chapter"):
        switched(three, include=word)


def test_the_main_title_and_the_authors_are_told_by_their_roles(
    read: Callable[..., Manuscript],
) -> None:
    metadata = (
        "<dc:title id='t2'>작은 제목</dc:title><dc:title id='t1'>큰 제목</dc:title>"
        "<meta refines='#t1' property='title-type'>main</meta>"
        "<meta refines='#t2' property='title-type'>subtitle</meta>"
        "<dc:creator id='c1'>나하나</dc:creator><dc:creator id='c2'>고은별</dc:creator>"
        "<dc:contributor id='c3'>양그림</dc:contributor>"
        "<meta refines='#c1' property='role' scheme='marc:relators'>trl</meta>"
        "<meta refines='#c2' property='role'>http://id.loc.gov/vocabulary/relators/aut</meta>"
        "<meta refines='#c2' property='file-as'>고, 은별</meta>"
        "<meta refines='#c3' property='role'>Illustrator</meta>"
    )
    book = read(Epub({"a.xhtml": STORY}, metadata=metadata))
    assert (book.title, book.author, book.about.subtitle) == ("큰 제목", "고은별", "작은 제목")
    assert [(one.name, one.roles) for one in book.about.contributors] == [
        ("나하나", ("trl",)),
        ("고은별", ("aut",)),
        ("양그림", ("ill",)),
    ]
    assert book.about.contributors[1].file_as == "고, 은별"


def test_the_roles_of_epub_2_are_read(read: Callable[..., Manuscript]) -> None:
    metadata = (
        "<dc:title>바당</dc:title>"
        "<dc:creator xmlns:opf='o' opf:role='trl'>나하나</dc:creator>"
        "<dc:creator xmlns:opf='o' opf:role='aut' opf:file-as='고'>고은별</dc:creator>"
        "<dc:date xmlns:opf='o' opf:event='modification'>2020</dc:date>"
        "<dc:date xmlns:opf='o' opf:event='publication'>1935</dc:date>"
        "<meta name='calibre:series' content='섬 이야기'/>"
        "<meta name='calibre:series_index' content='2'/>"
    )
    book = read(Epub({"a.xhtml": STORY}, metadata=metadata))
    assert (book.author, book.about.date) == ("고은별", "1935")
    assert (book.about.series, book.about.series_number) == ("섬 이야기", "2")


@pytest.mark.parametrize(
    ("roles", "author"), [(("", "trl"), "가"), (("trl", "ill"), "가, 나"), (("", ""), "가, 나")]
)
def test_creators_without_a_role_wrote_it_and_others_where_nobody_did(
    read: Callable[..., Manuscript], roles: tuple[str, str], author: str
) -> None:
    creators = "".join(
        f"<dc:creator id='c{i}'>{name}</dc:creator>"
        + (f"<meta refines='#c{i}' property='role'>{role}</meta>" if role else "")
        for i, (name, role) in enumerate(zip("가나", roles, strict=True))
    )
    assert read(Epub({"a.xhtml": STORY}, metadata=creators)).author == author


def test_what_the_package_tells_stands_in_the_manuscript_and_in_its_report(
    read: Callable[..., Manuscript],
) -> None:
    metadata = (
        "<dc:title>바당</dc:title><dc:publisher>섬 출판</dc:publisher><dc:date>1935-10-01</dc:date>"
        "<dc:rights>퍼블릭 도메인</dc:rights>"
        "<dc:subject>바다</dc:subject><dc:subject>섬</dc:subject>"
        "<dc:description>&lt;p&gt;고래를 &lt;b&gt;찾는&lt;/b&gt; 이야기.&lt;/p&gt;</dc:description>"
        "<dc:identifier>urn:isbn:9791100000000</dc:identifier>"
        "<meta property='belongs-to-collection' id='s'>섬 이야기</meta>"
        "<meta refines='#s' property='collection-type'>series</meta>"
        "<meta refines='#s' property='group-position'>3</meta>"
    )
    book = read(Epub({"a.xhtml": STORY, "z.xhtml": page(INDEX)}, metadata=metadata))
    report = survey(book)
    assert report["about"] == {
        "subtitle": "",
        "contributors": (),
        "publisher": "섬 출판",
        "date": "1935-10-01",
        "rights": "퍼블릭 도메인",
        "description": "고래를 찾는 이야기.",
        "subjects": ("바다", "섬"),
        "series": "섬 이야기",
        "series_number": "3",
        "identifiers": ("urn:isbn:9791100000000",),
    }
    assert [(one["number"], one["matter"], one["read"]) for one in report["contents"]] == [
        (1, "", True),
        (2, "index", False),
    ]


def test_without_contents_every_heading_of_the_chapters_level_begins_one(
    read: Callable[..., Manuscript],
) -> None:
    pages = {
        "a.xhtml": page("<h1>책</h1><h2>첫</h2><p>하나다.</p><h2>가운데</h2><p>둘이다.</p>"),
        "b.xhtml": page("<h2>셋</h2><p>셋이다.</p><h3>작은</h3><p>더.</p>"),
    }
    book = read(Epub(pages))
    assert [(c.title, c.level) for c in book.chapters] == [
        ("책", 1),
        ("첫", 2),
        ("가운데", 2),
        ("셋", 2),
    ]


def test_pictures_are_kept_with_their_place(
    read: Callable[..., Manuscript], tmp_path: Path
) -> None:
    body = "<h1>하나</h1><p>눈.</p><p><img src='i/a.gif' alt='담'/></p><p>비<img src='b.png'/>.</p>"
    items = "<item id='i' href='i/a.gif' media-type='image/gif'/>"
    book = read(Epub({"a.xhtml": page(body)}, items=items, extra={"OPS/i/a.gif": GIF.getvalue()}))
    (picture,) = book.pictures
    assert (picture.name, picture.media_type, picture.alt) == ("OPS/i/a.gif", "image/gif", "담")
    assert (picture.chapter, picture.paragraph) == (1, 2)
    assert read_picture(tmp_path / "책.epub", picture) == GIF.getvalue()


def covered(name: str, data: bytes, **extra: bytes) -> Epub:
    items = f"<item id='c' href='{name}' media-type='image/x' properties='cover-image'/>"
    items = items.replace("image/x", f"image/{name.partition('.')[2]}")
    files = {f"OPS/{name}": data, **{f"OPS/{key}.webp": value for key, value in extra.items()}}
    return Epub({"a.xhtml": STORY}, items=items, extra=files)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("c.gif", GIF.getvalue(), "image/png"),
        ("c.webp", WEBP.getvalue(), "image/jpeg"),
        ("c.svg", SVG % b"", "image/png"),
    ],
)
def test_a_cover_is_drawn_as_png_or_jpeg(
    read: Callable[..., Manuscript], name: str, data: bytes, kind: str
) -> None:
    book = read(covered(name, data))
    assert book.cover_type == kind
    with Image.open(io.BytesIO(book.cover or b"")) as image:
        assert image.format == kind.partition("/")[2].upper()


def test_a_picture_of_the_book_inside_a_drawn_cover_is_drawn(
    read: Callable[..., Manuscript],
) -> None:
    inside = b"<image l:href='red.webp' width='20' height='30' preserveAspectRatio='none'/>"
    book = read(covered("c.svg", SVG % inside, red=WEBP.getvalue()))
    with Image.open(io.BytesIO(book.cover or b"")) as image:
        middle: Any = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    red, green, _ = middle
    assert red > 200 > 60 > green


@pytest.mark.parametrize(
    "inside",
    [
        b"<image l:href='file:///etc/hostname'/>",
        b"<image href='/etc/hostname'/>",
        b"<image href='../../../etc/hostname'/>",
        b"<image href='https://example.org/a.png'/>",
        b"<image href='data:image/svg+xml;base64,PHN2Zy8+'/>",
        b"<use l:href='other.svg#a'/>",
        b"<script>alert(1)</script>",
        b"<foreignObject><p onclick='x()'>a</p></foreignObject>",
        b"<style>@import url(http://example.org/a.css); rect{fill:url(http://example.org/#a)}</style>",
        b"<rect onload='x()' style='fill:url(file:///etc/passwd)'/>",
    ],
)
def test_a_drawing_reaches_nothing_outside_itself(inside: bytes) -> None:
    said = hardened(SVG % inside, "c.svg", lambda link: b"")
    for word in ("etc", "example.org", "svg+xml", "other.svg", "script", "foreign", "onload"):
        assert word not in said


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
        b"<svg>" + b"<g>" * 5_000,
        b"<svg>" + b"<g/>" * 30_000 + b"</svg>",
        b"<svg",
    ],
)
def test_a_hostile_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="drawing cannot be read"):
        hardened(data, "c.svg", lambda link: b"")


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a" + b"\xff" * 40,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"II*\0" + b"\0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 100000000'/>",
        b"",
    ],
)
def test_a_picture_that_cannot_be_drawn_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match="cannot be drawn"):
        drawn(data, "c")


def test_a_drawing_that_would_take_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kosorong.book.drawing._PATIENCE", 1)
    boxes = b"<rect id='a0' width='9' height='9'/>"
    for level in range(1, 30):
        use = b"<use href='#a%d'/>" % (level - 1)
        boxes += b"<g id='a%d'>%s</g>" % (level, use * 10)
    with pytest.raises(InputError, match="cannot be drawn"):
        drawn(SVG % boxes, "c.svg")


def test_a_cover_that_cannot_be_drawn_is_warned_about_and_the_book_is_read(
    read: Callable[..., Manuscript],
) -> None:
    book = read(covered("c.gif", b"GIF89a broken"))
    assert book.cover is None
    assert any("cover is left out" in warning for warning in book.warnings)


def test_a_cover_that_the_archive_refuses_does_not_refuse_the_book(
    read: Callable[..., Manuscript],
) -> None:
    book = read(covered("c.png", b"\x89PNG\r\n\x1a\n" + bytes(17 << 20)))
    assert book.cover is None
    assert any("cover is left out" in one for one in book.warnings)
