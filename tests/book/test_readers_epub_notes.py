"""What is said of a line of an EPUB, and what of it is listed: notes, pages, verses, ruby."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from epub_files import Epub, page

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(body: str | dict[str, str], **rest: Any) -> Manuscript:
        pages = {"a.xhtml": page(body)} if isinstance(body, str) else body
        return read_manuscript(Epub(pages, **rest).write(tmp_path / "책.epub"))

    return reader


def texts(book: Manuscript) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def listed(book: Manuscript, reason: str) -> list[str]:
    return [one.text for one in book.skipped if one.reason == reason]


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        ("<a href='#n1'>1)</a>", "1)"),
        ("<a href='#n1'>[1]</a>", "[1]"),
        ("<a href='#n1'>1</a>", "1"),
        ("<a id='r1' href='#n1'><sup>1</sup></a>", "1"),
        ("<sup><a href='#n1'>(1)</a></sup>", "(1)"),
        ("<sup>1</sup>", "1"),
        ("<sup>1)</sup>", "1)"),
        ("<sup>*</sup>", "*"),
        ("<sup>주1</sup>", "주1"),
        ("<span class='footnote'>7</span>", "7"),
        ("<a class='noteref' href='#n1'>각주</a>", "각주"),
        ("<a epub:type='noteref' href='#n1'>†</a>", "†"),
        ("<span class='super fnref'>1</span>", "1"),
        ("<span class='super'>1</span>", "1"),
        ("<span style='vertical-align: super'>1)</span>", "1)"),
        ("<a class='noteref' href='#n1'><img src='n.png' alt='풀이'/></a>", "풀이"),
        ("¹⁾", "¹⁾"),
        ("³", "³"),
    ],
)
def test_a_mark_of_a_note_after_a_word_is_not_said(
    read: Callable[..., Manuscript], mark: str, text: str
) -> None:
    book = read(f"<p>바람{mark}이 분다.</p>")
    assert texts(book) == ["바람이 분다."]
    assert listed(book, "footnote mark") == [text]


def test_a_raised_link_behind_a_letter_marks_a_note_and_is_no_exponent(
    read: Callable[..., Manuscript],
) -> None:
    book = read("<p>벡터 x<a href='#n1'><sup>2</sup></a>를 보라.</p><p id='n1'>2 굵은 글자.</p>")
    assert texts(book) == ["벡터 x를 보라."]


def test_a_picture_that_shows_its_note_when_it_is_pressed_is_a_note(
    read: Callable[..., Manuscript],
) -> None:
    book = read("<p>바람<img class='qq-footnote' src='n.png' alt='센 바람.'/>이 분다.</p>")
    assert texts(book) == ["바람이 분다."]
    assert book.chapters[0].notes == ("센 바람.",)


@pytest.mark.parametrize(
    "body",
    [
        "<p>제<a href='#c'>3</a>장을 보라.</p><h2 id='c'>셋째</h2>",
        "<p>그림 <a href='#f'>2</a>를 보라.</p><p id='f'>돌담이다.</p>",
        "<p>표<a href='#f'>2</a>를 보라.</p><p id='f'>돌담이다.</p>",
        "<p>식 <a href='#f'>(2)</a>에서.</p><p id='f'>돌담이다.</p>",
        "<p>그는 <a href='b.xhtml#x'>3</a> 명을 보았다.</p>",
        "<p>물<sup>두 개의 섬</sup> 끝.</p>",
        "<p>CO<sub>2</sub>와 5m² 그리고 (a+b)², x³.</p>",
        "<p>21<sup>세기</sup></p>",
        "<p><a epub:type='noteref' href='#n1'>해녀</a>가 간다.</p>",
    ],
)
def test_numbers_and_words_that_mark_no_note_are_said(
    read: Callable[..., Manuscript], body: str
) -> None:
    book = read(body)
    assert not listed(book, "footnote mark")
    assert not listed(book, "footnote")


@pytest.mark.parametrize(
    "note",
    [
        "<p id='n1'>1) 풀이이다.</p>",
        "<p><a id='n1' href='#r1'>1)</a> 풀이이다.</p>",
        "<div id='n1'><p>1) 풀이이다.</p></div>",
        "<hr/><p><a id='n1'></a>1. 풀이이다.</p>",
        "<h3>주석</h3><ol><li id='n1'>풀이이다.</li></ol>",
        "<p id='n1' class='fntext'>풀이이다.</p>",
        "<p id='x'><span id='n1'>풀이이다. <a href='#r1'>[위로]</a> <a href='#r1'>1</a></span></p>",
    ],
)
def test_the_note_that_a_mark_leads_to_is_listed_and_not_read(
    read: Callable[..., Manuscript], note: str
) -> None:
    book = read(f"<p>바람이 분다.<a id='r1' href='#n1'>1)</a></p><p>돌이 많다.</p>{note}")
    assert [text for text in texts(book) if text != "* * *"] == ["바람이 분다.", "돌이 많다."]
    assert any("풀이이다." in text for text in book.chapters[0].notes)


def test_a_note_may_stand_in_another_document_and_take_several_paragraphs(
    read: Callable[..., Manuscript],
) -> None:
    pages = {
        "a.xhtml": page("<p>바람<a href='z.xhtml#n1'>1</a>이 분다.</p>"),
        "z.xhtml": page("<h1>주</h1><div id='n1'><p>1 첫 문단.</p><p>둘째 문단.</p></div>"),
    }
    book = read(pages)
    assert texts(book) == ["바람이 분다."]
    assert book.chapters[0].notes == ("주", "1 첫 문단. 둘째 문단.")


def test_notes_of_bare_marks_stand_at_the_end_of_the_document(
    read: Callable[..., Manuscript],
) -> None:
    book = read(
        "<p>돌<sup>1</sup>이 많고<sup>2</sup> 바람이 분다<sup>*</sup>.</p>"
        "<p><sup>1</sup> 검은 돌.</p><p>2) 아주 많다.</p><p>* 여름에.</p>"
    )
    assert texts(book) == ["돌이 많고 바람이 분다."]
    assert book.chapters[0].notes == ("1 검은 돌.", "2) 아주 많다.", "* 여름에.")


def test_a_list_at_the_end_is_no_note_where_nothing_marks_one(
    read: Callable[..., Manuscript],
) -> None:
    assert texts(read("<p>돌이 많다.</p><p>1) 하나.</p><p>2) 둘.</p>"))[1:] == [
        "1) 하나.",
        "2) 둘.",
    ]


def test_the_text_that_a_note_leads_back_to_is_no_note(read: Callable[..., Manuscript]) -> None:
    book = read(
        "<p>바람<a id='noteref1' href='#n1'>1</a>이 분다.</p>"
        "<p id='n1'>1 풀이. <a href='#noteref1'>1</a></p>"
    )
    assert texts(book) == ["바람이 분다."]


@pytest.mark.parametrize(
    ("inside", "number"),
    [
        ("<a id='page_13'>13</a>", "13"),
        ("<span id='p13'>13</span>", "13"),
        ("<span class='pagenum'>[14]</span>", "[14]"),
        ("<span class='x-ebookmaker-pageno'>Pg 15</span>", "Pg 15"),
        ("<a class='page-number' href='#p'>xii</a>", "xii"),
        ("<span role='doc-pagebreak' aria-label='16'>16</span>", "16"),
        ("<i class='folio'>17쪽</i>", "17쪽"),
    ],
)
def test_printed_page_numbers_are_not_said(
    read: Callable[..., Manuscript], inside: str, number: str
) -> None:
    book = read(f"<p>바람이 {inside}불었다.</p>")
    assert texts(book) == ["바람이 불었다."]
    assert listed(book, "page number") == [number]


@pytest.mark.parametrize(
    "inside", ["<span id='p13'>14</span>", "<span class='page'>쪽</span>", "<b id='room3'>3</b>"]
)
def test_what_only_looks_like_a_page_number_is_said(
    read: Callable[..., Manuscript], inside: str
) -> None:
    assert not listed(read(f"<p>바람이 {inside} 불었다.</p>"), "page number")


@pytest.mark.parametrize(
    ("inside", "number"),
    [
        ("<sup>3</sup>하르방이", "3"),
        ("<span class='verse-num'>3</span>하르방이", "3"),
        ("<b class='v'>3:16</b> 하르방이", "3:16"),
        ("<sup class='versenum'>4 </sup>하르방이", "4"),
    ],
)
def test_numbers_of_verses_are_not_said(
    read: Callable[..., Manuscript], inside: str, number: str
) -> None:
    book = read(f"<p>돌을 놓았다. {inside} 말했다.</p>")
    assert texts(book) == ["돌을 놓았다. 하르방이 말했다."]
    assert listed(book, "verse number") == [number]


@pytest.mark.parametrize(
    ("ruby", "said"),
    [
        ("<ruby>海<rt>바당</rt></ruby>", "바당"),
        ("<ruby>漢<rt>한</rt>拏<rt>라</rt>山<rt>산</rt></ruby>", "한라산"),
        ("<ruby><rb>漢</rb><rb>拏</rb><rt>한</rt><rt>라</rt></ruby>", "한라"),
        ("<ruby>漢拏산<rp>(</rp><rt>한라산</rt><rp>)</rp></ruby>", "한라산"),
        ("<ruby><rb><img src='g.gif' alt='鯨'/></rb><rt>고래</rt></ruby>", "고래"),
        ("<ruby><img src='g.gif'/><rt>고래</rt></ruby>", "고래"),
        ("<ruby>wind<rt>바람</rt></ruby>", "바람"),
        ("<ruby>바당<rt>바다</rt></ruby>", "바당"),
        ("<ruby>한라산<rt>漢拏山</rt></ruby>", "한라산"),
        ("<ruby>바람<rt>﹅﹅</rt></ruby>", "바람"),
        ("<ruby>海<rt>바당<rtc>바다</rtc></ruby>", "바당"),
        ("<ruby>海<rt>바</rt>당</ruby>", "바당"),
    ],
)
def test_the_reading_that_the_author_gives_is_said(
    read: Callable[..., Manuscript], ruby: str, said: str
) -> None:
    book = read(f"<p>{ruby}에 간다.</p>")
    assert texts(book) == [f"{said}에 간다."]
    assert listed(book, "ruby") or listed(book, "image")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<img src='g.gif' alt='고래'/>가 헤엄친다.", "고래가 헤엄친다."),
        ("<img src='b.png' alt='바'/>람이 분다.", "바람이 분다."),
        ("큰 <svg aria-label='고래'><path/></svg>다.", "큰 고래다."),
        ("큰 <svg><title>고래</title></svg>다.", "큰 고래다."),
        ("별<img src='x.png' alt='x.png'/>이다.", "별이다."),
        ("별<img src='x.png' alt=''/>이다.", "별이다."),
    ],
)
def test_the_text_of_a_picture_inside_a_line_is_said(
    read: Callable[..., Manuscript], line: str, said: str
) -> None:
    assert texts(read(f"<p>{line}</p>")) == [said]


@pytest.mark.parametrize(
    "body",
    ["<p><img src='m.png' alt='지도'/></p>", "<p><img src='m.png' alt='지도'/><br/>섬이다.</p>"],
)
def test_the_text_of_a_picture_on_a_line_of_its_own_is_listed(
    read: Callable[..., Manuscript], body: str
) -> None:
    book = read(f"{body}<p>돌.</p>")
    assert "지도" not in "".join(texts(book))
    assert listed(book, "image") == ["지도"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='color:red; display : none'>숨</p>",
        "<p style='visibility:hidden'>숨</p>",
        "<p class='gone'>숨</p>",
        "<div id='off'><p>숨</p></div>",
        "<div class='box'><p><b class='in'>숨</b></p></div>",
        "<p hidden=''>숨</p>",
        "<p aria-hidden='true'>숨</p>",
        "<p class='late'>숨</p>",
    ],
)
def test_hidden_text_is_listed_and_not_said(read: Callable[..., Manuscript], hidden: str) -> None:
    sheet = "/* p */ .gone{color:red;display:none} #off, .box .in {display:none!important}"
    head = "<link rel='stylesheet' href='s.css'/><style>.late{display:none}</style></head>"
    document = page(f"<p>앞.</p>{hidden}<p>뒤.</p>").replace("</head>", head)
    book = read({"a.xhtml": document}, extra={"OPS/s.css": sheet})
    assert texts(book) == ["앞.", "뒤."]
    assert listed(book, "hidden") == ["숨"]


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print { .x { display: none } }",
        "@media amzn-mobi { .x { display: none } } p { color: red }",
        ".x { display: none } p.x { display: block }",
        ".x { display: none } .x { display: inline }",
        ".x:hover { display: none } .y .x { display: none } .x > .y { display: none }",
        "/* .x { display: none } */ .x::before { display: none }",
        ".x { display: block !important } #a { display: none }",
        ".x { display: none",
    ],
)
def test_what_a_style_sheet_shows_after_all_is_said(
    read: Callable[..., Manuscript], sheet: str
) -> None:
    document = page("<p class='x' id='a'>보인다.</p>").replace(
        "</head>", f"<style>{sheet}</style></head>"
    )
    assert texts(read({"a.xhtml": document})) == ["보인다."]


def test_a_style_sheet_that_is_missing_or_broken_hides_nothing(
    read: Callable[..., Manuscript],
) -> None:
    head = "<link rel='stylesheet' href='none.css'/><link rel='stylesheet' href='b.css'/></head>"
    document = page("<p>눈.</p>").replace("</head>", head)
    book = read({"a.xhtml": document}, extra={"OPS/b.css": b"\xff\xff\x81 p{display:none}" * 9})
    assert texts(book) == ["눈."]


def test_comments_without_an_end_cost_no_time_and_hide_nothing_before_them(tmp_path: Path) -> None:
    sheet = ".gone { display: none } /* one */ .too { display: none } " + "/* a " * 100_000
    body = "<p class='gone'>하나</p><p class='too'>둘</p><p>셋</p>"
    pages = {"a.xhtml": page(body).replace("</head>", f"<style>{sheet}</style></head>")}
    start = time.process_time()
    book = read_manuscript(Epub(pages).write(tmp_path / "책.epub"))
    assert time.process_time() - start < 2.0
    assert texts(book) == ["셋"]


def test_many_marks_that_lead_to_one_long_note_cost_no_time(
    read: Callable[..., Manuscript],
) -> None:
    marks = "눈<a href='#n'>1)</a> " * 2_000
    start = time.process_time()
    read(f"<p>{marks}</p><p id='n'>{'<i/>눈' * 20_000}</p>")
    assert time.process_time() - start < 4.0


@pytest.mark.parametrize(
    "body",
    [
        "<p><span class='notebook'>3</span>명이 왔다.</p>",
        "<p>어제 <b class='keynote'>2</b>시에 왔다.</p>",
        "<p>돈 <i class='banknote'>5</i> 원짜리.</p>",
        "<p>모두 <span class='noted'>9</span>을 세었다.</p>",
        "<p><span class='note'>3</span>명이 왔다.</p>",
        "<p>섬에 <span class='footnote'>12</span>마리가 있다.</p>",
    ],
)
def test_a_number_whose_class_only_sounds_like_a_note_is_said(
    read: Callable[..., Manuscript], body: str
) -> None:
    book = read(body)
    assert texts(book) == ["".join(re.split("<[^>]*>", body))]
    assert not book.skipped


@pytest.mark.parametrize(
    "name",
    ["note", "noteref", "note-ref", "Footnote", "endnote_mark", "MsoFootnoteReference", "superNote",
     "fn1", "_ftnref1", "calibre_noteref", "notes3", "footnotecall", "각주", "역주"],
)  # fmt: skip
def test_a_class_that_names_a_note_marks_one(read: Callable[..., Manuscript], name: str) -> None:
    book = read(f"<p>바람 <span class='{name}'>3</span>이 분다.</p>")
    assert listed(book, "footnote mark") == ["3"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("sin<sup>2</sup> x + cos<sup>2</sup> x = 1", "sin² x + cos² x = 1"),
        ("log<sup>2</sup> x, ln<sup>3</sup>y", "log² x, ln³y"),
        ("함수 tan<sup>-1</sup> x", "함수 tan⁻¹ x"),
        ("arcsin<sup>2</sup>x, 2sinh<sup>n</sup> x", "arcsin²x, 2sinhⁿ x"),
        ("an original sin<sup>2</sup> was", "an original sin was"),
        ("해양log<sup>2</sup>", "해양log²"),
        ("U<sup>235</sup>와 C<sup>14</sup>", "U235와 C14"),
        ("Cs<sup>137</sup>, Co<sup>60</sup>, I<sup>131</sup>", "Cs137, Co60, I131"),
        ("x<sup>10</sup>과 C<sup>2</sup>", "x¹⁰과 C²"),
        ("In<sup>115</sup> the sea", "In the sea"),
    ],
)
def test_powers_of_functions_and_masses_of_isotopes_are_no_marks(
    read: Callable[..., Manuscript], body: str, said: str
) -> None:
    assert texts(read(f"<p>{body}</p>")) == [said]


@pytest.mark.parametrize(
    ("sheet", "is_said"),
    [
        ("@media screen { .x { display: none } }", False),
        ("@media all, print { p .x { visibility: hidden } } b { top: 0 }", False),
        ("@media only screen and (min-width: 1px) { .x { display: none } }", False),
        ("@media not print { @media(min-width:320px) { .x { display: none } } }", False),
        (".x { font-size: 0 }", False),
        ("@media screen and (max-width: 600px) { .x { display: none } }", True),
        ("@media (min-width: 1200px) { .x { display: none } }", True),
        ("@media print, speech { .x { display: none } }", True),
        (".x { font-size: 0.9em } p { font-size: 0 }", True),
    ],
)
def test_a_style_hides_where_it_holds_on_every_screen(
    read: Callable[..., Manuscript], sheet: str, is_said: bool
) -> None:
    document = page("<p>눈이 <b class='x'>많이 </b>왔다.</p>")
    document = document.replace("</head>", f"<style>{sheet}</style></head>")
    book = read({"a.xhtml": document})
    assert texts(book) == ["눈이 많이 왔다." if is_said else "눈이 왔다."]
    assert [one.reason for one in book.skipped] == ([] if is_said else ["hidden"])
