import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from epub_files import Epub, page

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(epub: Epub, **given: Any) -> Manuscript:
        return read_manuscript(epub.write(tmp_path / "책.epub"), **given)

    return reader


def texts(manuscript: Manuscript) -> list[str]:
    return [p.text for chapter in manuscript.chapters for p in chapter.paragraphs]


def left_out(manuscript: Manuscript) -> dict[str, str]:
    return {entry.text: entry.reason for entry in manuscript.skipped}


TWO = {"a.xhtml": page("<h1>하나</h1><p>눈.</p>"), "b.xhtml": page("<h1>둘</h1><p>비.</p>")}


def test_title_authors_and_language_come_from_the_package(read: Callable[..., Manuscript]) -> None:
    metadata = "<dc:title>바당 &lt;b&gt;책&lt;/b&gt;</dc:title>" + "".join(
        f"<dc:creator>{name}</dc:creator>" for name in ("고은별", "나하나")
    )
    book = read(Epub(TWO, metadata=metadata, language="ko-KR"))
    assert (book.title, book.author, book.language) == ("바당 책", "고은별, 나하나", "ko")
    given = read(Epub(TWO), title="남", author="너", language="jje")
    assert (given.title, given.author, given.language) == ("남", "너", "jje")


def test_without_contents_chapters_follow_the_headings(read: Callable[..., Manuscript]) -> None:
    pages = {**TWO, "c.xhtml": page("<p>이어서.</p>")}
    book = read(Epub(pages))
    assert [c.title for c in book.chapters] == ["하나", "둘"]
    assert texts(book) == ["하나", "눈.", "둘", "비.", "이어서."]
    assert "no table of contents" in book.warnings[0]


def test_the_contents_of_epub_3_cut_one_file_into_chapters(read: Callable[..., Manuscript]) -> None:
    body = "<p>앞글.</p><h1 id='c1'>하나</h1><p>눈.</p><p id='c2'>둘</p><p>비.</p>"
    inner = "<ol><li><a href='a.xhtml#c2'>둘째</a></li></ol>"
    toc = f"<ol><li><a href='a.xhtml#c1'>첫째</a>{inner}</li></ol>"
    book = read(Epub({"a.xhtml": page(body)}, toc=toc))
    assert [(c.title, c.level) for c in book.chapters] == [("바당", 1), ("첫째", 1), ("둘째", 2)]
    assert [p.text for p in book.chapters[2].paragraphs] == ["둘", "비."]


def test_the_contents_of_epub_2_join_several_files_into_a_chapter(
    read: Callable[..., Manuscript],
) -> None:
    ncx = "".join(
        f"<navPoint><navLabel><text>{t}</text></navLabel><content src='{s}'/></navPoint>"
        for t, s in (("첫째", "a.xhtml"), ("둘째", "c.xhtml"))
    )
    pages = {**TWO, "c.xhtml": page("<p>둘째</p><p>이어서.</p>")}
    book = read(Epub(pages, ncx=ncx))
    assert [(c.title, len(c.paragraphs)) for c in book.chapters] == [("첫째", 4), ("둘째", 2)]
    assert book.chapters[1].paragraphs[0].kind == "heading"


def test_a_contents_line_that_points_nowhere_is_warned_about(
    read: Callable[..., Manuscript],
) -> None:
    toc = "<ol><li><a href='a.xhtml#none'>첫째</a></li><li><a href='b.xhtml'>둘</a></li></ol>"
    book = read(Epub(TWO, toc=toc))
    assert book.chapters[0].title == "첫째"
    assert any("a.xhtml#none" in warning for warning in book.warnings)


def test_kinds_of_paragraphs_are_told_apart(read: Callable[..., Manuscript]) -> None:
    body = (
        "<h2>머리</h2><p>글  이\n이어진다.</p><blockquote><p>따온 말.</p></blockquote>"
        "<ul><li>하나</li></ul><hr/><p>산에는 꽃<br/>들에는 바람</p><div>맨몸</div>글만"
    )
    book = read(Epub({"a.xhtml": page(body)}))
    assert [(p.kind, p.text) for p in book.chapters[0].paragraphs] == [
        ("heading", "머리"),
        ("body", "글 이 이어진다."),
        ("quote", "따온 말."),
        ("list", "하나"),
        ("break", "* * *"),
        ("verse", "산에는 꽃\n들에는 바람"),
        ("body", "맨몸"),
        ("body", "글만"),
    ]


def test_ruby_keeps_the_base_and_lists_the_reading(read: Callable[..., Manuscript]) -> None:
    body = "<p><ruby>바당<rp>(</rp><rt>바다</rt><rp>)</rp></ruby>에 갔다.</p>"
    book = read(Epub({"a.xhtml": page(body)}))
    assert texts(book) == ["바당에 갔다."]
    assert left_out(book)["바다"] == "ruby"


def test_notes_are_listed_and_not_read(read: Callable[..., Manuscript]) -> None:
    body = (
        "<p>눈<a epub:type='noteref' href='#n1'>1</a>이<sup><a href='#n2'>[2]</a></sup> 왔다.</p>"
        "<aside epub:type='footnote' id='n1'><p>첫 주.</p></aside>"
        "<section role='doc-endnotes'><ol><li id='n2'>둘째 주.</li><li>셋째 주.</li></ol></section>"
    )
    book = read(Epub({"a.xhtml": page(body)}))
    assert texts(book) == ["눈이 왔다."]
    assert book.chapters[0].notes == ("첫 주.", "둘째 주.", "셋째 주.")
    assert left_out(book) == {
        "1": "footnote mark",
        "[2]": "footnote mark",
        "첫 주.": "footnote",
        "둘째 주.": "footnote",
        "셋째 주.": "footnote",
    }


def test_a_raised_link_that_is_no_note_mark_is_read(read: Callable[..., Manuscript]) -> None:
    body = "<p>물<sup><a href='#x'>두 개의 섬</a></sup> 끝.</p>"
    assert texts(read(Epub({"a.xhtml": page(body)}))) == ["물두 개의 섬 끝."]


@pytest.mark.parametrize(
    ("body", "text", "reason"),
    [
        ("<img src='a.png' alt='돌담'/>", "돌담", "image"),
        ("<img src='a.png'/>", "a.png", "image"),
        ("<svg><title>섬</title></svg>", "섬", "image"),
        ("<math><mi>x</mi></math>", "x", "formula"),
        ("<span epub:type='pagebreak' title='12'></span>", "12", "page number"),
        ("<nav><ol><li>목록</li></ol></nav>", "목록", "table of contents"),
        ("<pre><code>x = 1</code></pre>", "x = 1", "code"),
        ("<p hidden='hidden'>숨은 말</p>", "숨은 말", "hidden"),
        ("<video>못 봄</video>", "못 봄", "media"),
        ("<script>x()</script>", "x()", "style or script"),
        ("<div class='footnotes'><p>주.</p></div>", "주.", "footnote"),
    ],
)
def test_what_is_not_read_is_listed_with_its_reason(
    read: Callable[..., Manuscript], body: str, text: str, reason: str
) -> None:
    book = read(Epub({"a.xhtml": page(f"<p>앞.</p>{body}<p>뒤.</p>")}))
    assert texts(book) == ["앞.", "뒤."]
    assert left_out(book) == {text: reason}


def test_pages_of_contents_and_covers_in_the_spine_are_left_out(
    read: Callable[..., Manuscript],
) -> None:
    links = "".join(f"<p><a href='a.xhtml#{i}'>차례 {i}</a></p>" for i in range(6))
    pages = {
        "cover.xhtml": page("<section epub:type='cover'><p>표지</p></section>"),
        "old.xhtml": page("<p>겉장</p>"),
        "list.xhtml": page(links),
        **TWO,
    }
    guide = "<reference type='cover' href='old.xhtml'/>"
    book = read(Epub(pages, guide=guide))
    assert texts(book) == ["하나", "눈.", "둘", "비."]
    assert left_out(book)["표지"] == left_out(book)["겉장"] == "cover page"
    assert "table of contents" in left_out(book).values()


def test_documents_outside_the_reading_order_are_left_out(read: Callable[..., Manuscript]) -> None:
    book = read(Epub(TWO, itemrefs="<itemref idref='p0'/><itemref idref='p1' linear='no'/>"))
    assert texts(book) == ["하나", "눈."]
    assert left_out(book) == {"둘\n비.": "outside the reading order"}


def test_a_document_that_the_spine_names_twice_is_read_once(
    read: Callable[..., Manuscript],
) -> None:
    assert texts(read(Epub(TWO, itemrefs="<itemref idref='p0'/>" * 500))) == ["하나", "눈."]


def test_a_picture_in_the_spine_is_replaced_by_its_fallback(
    read: Callable[..., Manuscript],
) -> None:
    items = "<item id='i' href='i.png' media-type='image/png' fallback='p1'/>"
    book = read(Epub(TWO, items=items, itemrefs="<itemref idref='i'/><itemref idref='p0'/>"))
    assert texts(book) == ["둘", "비.", "하나", "눈."]


@pytest.mark.parametrize("way", ["properties", "meta"])
def test_the_cover_is_kept_as_bytes(read: Callable[..., Manuscript], way: str) -> None:
    properties = " properties='cover-image'" if way == "properties" else ""
    items = f"<item id='cov' href='c.png' media-type='image/png'{properties}/>"
    meta = "<dc:title>책</dc:title><meta name='cover' content='cov'/>"
    book = read(Epub(TWO, items=items, metadata=meta, extra={"OPS/c.png": b"\x89PNG\r\n"}))
    assert (book.cover, book.cover_type) == (b"\x89PNG\r\n", "image/png")


def test_names_are_found_in_whatever_normal_form_or_case(read: Callable[..., Manuscript]) -> None:
    import unicodedata

    nfd = unicodedata.normalize("NFD", "가람.xhtml")
    epub = Epub({}, items="<item id='p' href='%EA%B0%80%EB%9E%8C.XHTML' media-type='text/html'/>")
    epub.itemrefs = "<itemref idref='p'/>"
    epub.extra = {f"OPS/{nfd}": page("<p>눈.</p>")}
    assert texts(read(epub)) == ["눈."]


def test_entities_of_html_are_read(read: Callable[..., Manuscript]) -> None:
    body = (
        '<!DOCTYPE html PUBLIC "x" "x.dtd"><html><body><p>가&nbsp;나&hellip;&amp;</p></body></html>'
    )
    assert texts(read(Epub({"a.xhtml": body}))) == ["가 나…&"]
    bare = "<html><body><p>가&mdash;나</p></body></html>"
    assert texts(read(Epub({"a.xhtml": bare}))) == ["가—나"]


@pytest.mark.parametrize(
    "soup",
    [
        "<html><head><title>섬</title><body><p>앞.</p><p>뒤.</p><br></body></html>",
        "<html><body><p hidden>주<p>앞.</p><p>뒤.</p></body></html>",
        "<html><body><p class='footnote'>주<h3/><p>앞.</p><p>뒤.</p></body></html>",
        "<html><body><script>s='<!-- x'; a<!b</script><p>앞.</p><!-- c --><p>뒤.</p></body></html>",
        "<html><body><p title='3 < 5'>앞.</p><p title='<b>말</b>'>뒤.</p></body></html>",
    ],
)
def test_a_badly_formed_document_is_read_as_browsers_do(
    read: Callable[..., Manuscript], soup: str
) -> None:
    book = read(Epub({"a.xhtml": soup}))
    assert texts(book) == ["앞.", "뒤."]
    assert any("not well-formed" in warning for warning in book.warnings)


def test_documents_in_cp949_are_read(read: Callable[..., Manuscript]) -> None:
    body = '<?xml version="1.0" encoding="euc-kr"?><html><body><p>바람이 분다.</p></body></html>'
    assert texts(read(Epub({"a.xhtml": body.encode("cp949")}))) == ["바람이 분다."]


def test_no_letter_of_a_document_is_lost(read: Callable[..., Manuscript]) -> None:
    inside = (
        "가<b>나</b>다<ruby>라<rt>마</rt></ruby><p>바<span>사</span></p>아<table><tr><td>자</td></tr></table>"
        "<ul><li>차<p>카</p>타</li></ul>파<aside epub:type='footnote'>하<p>거</p></aside>너"
    )
    book = read(Epub({"a.xhtml": page(inside)}))
    found = "".join(texts(book)) + "".join(left_out(book))
    assert sorted("".join(found.split())) == sorted("가나다라마바사아자차카타파하거너")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("10<sup>6</sup>개", "10⁶개"),
        ("1.5×10<sup>-3</sup>", "1.5×10⁻³"),
        ("10<sup>−9</sup>미터", "10⁻⁹미터"),
        ("1,000<sup> 2 </sup>", "1,000²"),
        ("2<sup><i>n</i></sup>", "2ⁿ"),
        ("x<sup>2</sup>+<i>y</i><sup>3</sup>", "x²+y³"),
        ("5m<sup>2</sup>", "5m²"),
        ("부피는 m<sup>3</sup>로", "부피는 m³로"),
        ("초속은 m·s<sup>-1</sup>", "초속은 m·s⁻¹"),
        ("30 km<sup>2</sup>", "30 km²"),
        ("E = mc<sup>2</sup>", "E = mc²"),
        ("πr<sup>2</sup>", "πr²"),
        ("2πr<sup>2</sup>", "2πr²"),
        ("(a+b)<sup>2</sup>", "(a+b)²"),
        ("(<i>x</i> - 1)<sup>10</sup>", "(x - 1)¹⁰"),
        ("[2x]<sup>2</sup>", "[2x]²"),
        ("(-3)<sup>2</sup>", "(-3)²"),
        ("x<sub>1</sub><sup>2</sup>", "x1²"),
        ("H<sub>2</sub>O", "H2O"),
        ("1<sup>st</sup> 2<sup>nd</sup>", "1st 2nd"),
        ("바람<sup>3</sup>이", "바람이"),
        ("wind<sup>3</sup>", "wind"),
        ("바람(風)<sup>3</sup>", "바람"),
        ("바람(ABC)<sup>3</sup>", "바람(ABC)"),
        ("그해(1951)<sup>3</sup>", "그해(1951)"),
        ("그가 (말없이)<sup>3</sup>", "그가 (말없이)"),
        ("Ca<sup>2+</sup>", "Ca2+"),
        ("7<sup class='footnote-ref'>3</sup>", "7"),
        ("<sup>14</sup>C", "14C"),
    ],
)
def test_a_raised_number_after_a_sign_is_an_exponent(tmp_path: Path, body: str, text: str) -> None:
    book = read_manuscript(Epub({"a.xhtml": page(f"<p>{body}</p>")}).write(tmp_path / "책.epub"))
    assert book.chapters[0].paragraphs[0].text == text


def test_a_raised_number_in_the_table_of_contents_is_an_exponent(tmp_path: Path) -> None:
    toc = "<ol><li><a href='a.xhtml'>10<sup>6</sup>개의 별</a></li></ol>"
    pages = {"a.xhtml": page("<h1>10<sup>6</sup>개의 별</h1><p>빛났다.</p>")}
    book = read_manuscript(Epub(pages, toc=toc).write(tmp_path / "책.epub"))
    assert book.chapters[0].title == book.chapters[0].paragraphs[0].text == "10⁶개의 별"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


STORED = {
    decomposed("봄.xhtml"): page("<p>눈이<a href='뒤.xhtml#n1'>1)</a> 왔다.</p>"),
    "Summer.xhtml": page("<p>비가 왔다.</p>"),
    decomposed("뒤.xhtml"): page("<p id='n1'>1) 하늬바람이다.</p><p>끝말이다.</p>"),
    "COVER.xhtml": page("<p>겉장</p>"),
}
POINTS = (("첫째", "봄.xhtml"), ("둘째", "summer.XHTML"), ("셋째", "뒤.xhtml"))


@pytest.mark.parametrize("kind", ["toc", "ncx"])
def test_links_find_files_stored_in_another_normal_form_or_case(
    read: Callable[..., Manuscript], kind: str
) -> None:
    toc = "".join(f"<li><a href='{link}'>{title}</a></li>" for title, link in POINTS)
    ncx = "".join(
        f"<navPoint><navLabel><text>{title}</text></navLabel><content src='{link}'/></navPoint>"
        for title, link in POINTS
    )
    guide = "<reference type='cover' href='cover.xhtml'/>"
    contents: dict[str, Any] = {"toc": f"<ol>{toc}</ol>"} if kind == "toc" else {"ncx": ncx}
    book = read(Epub(STORED, guide=guide, **contents))
    told = [c for c in book.chapters if c.title in {"첫째", "둘째", "셋째"}]
    assert [[p.text for p in c.paragraphs] for c in told] == [
        ["눈이 왔다."],
        ["비가 왔다."],
        ["끝말이다."],
    ]
    assert left_out(book)["겉장"] == "cover page"
    assert left_out(book)["1)"] == "footnote mark"
