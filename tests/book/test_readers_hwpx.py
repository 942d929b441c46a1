from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office_files import Hwpx, hp, sub_list

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(*sections: str, **given: Any) -> Manuscript:
        return read_manuscript(Hwpx(sections, **given).write(tmp_path / "동네 소식.hwpx"))

    return reader


def texts(book: Manuscript) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def left_out(book: Manuscript) -> dict[str, str]:
    return {one.text: one.reason for one in book.skipped}


def test_outlines_begin_chapters_over_all_sections(read: Callable[..., Manuscript]) -> None:
    book = read(
        hp("마을 회관", 1, 1) + hp("문을 열었다.") + hp("시간", 2, 2) + hp("아홉 시부터."),
        hp("바당", 1, 1) + hp("물이 들었다."),
    )
    assert [(c.title, c.level) for c in book.chapters] == [
        ("마을 회관", 1),
        ("시간", 2),
        ("바당", 1),
    ]
    assert (book.title, book.language) == ("마을 신문", "ko")


def test_sections_are_found_without_a_package_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    sections = tuple(hp(f"{i}번째 글.") for i in range(11))
    made = Hwpx(sections, leave_out=("Contents/content.hpf", "Contents/header.xml"))
    book = read_manuscript(made.write(tmp_path / "a.hwpx"))
    assert texts(book) == [f"{i}번째 글." for i in range(11)]


def test_notes_are_listed_with_their_chapter(read: Callable[..., Manuscript]) -> None:
    foot = f"<hp:ctrl><hp:footNote number='1'>{sub_list('첫 풀이.')}</hp:footNote></hp:ctrl>"
    end = f"<hp:ctrl><hp:endNote number='1'>{sub_list('끝 풀이.')}</hp:endNote></hp:ctrl>"
    book = read(
        hp("하나", 1, 1) + hp(f"<hp:t>눈이</hp:t>{foot}<hp:t> 왔다.</hp:t>")
        + hp("둘", 1, 1) + hp(f"<hp:t>비가 왔다.</hp:t>{end}")
    )  # fmt: skip
    assert texts(book) == ["하나", "눈이 왔다.", "둘", "비가 왔다."]
    assert [c.notes for c in book.chapters] == [("첫 풀이.",), ("끝 풀이.",)]


def test_edges_of_pages_comments_and_memos_are_listed_once(read: Callable[..., Manuscript]) -> None:
    header = f"<hp:ctrl><hp:header>{sub_list('소식지 3호')}</hp:header></hp:ctrl>"
    hidden = f"<hp:ctrl><hp:hiddenComment>{sub_list('숨은 설명')}</hp:hiddenComment></hp:ctrl>"
    memo = f"<hp:ctrl><hp:fieldBegin type='MEMO'>{sub_list('확인할 것')}</hp:fieldBegin></hp:ctrl>"
    page = (
        "<hp:ctrl><hp:pageNum pos='BOTTOM_CENTER'/><hp:autoNum num='1' numType='PAGE'/></hp:ctrl>"
    )
    first = hp(header + page + "<hp:t>눈이 왔다.</hp:t>" + hidden + memo)
    book = read(first, hp(header + "<hp:t>비가 왔다.</hp:t>"))
    assert texts(book) == ["눈이 왔다.", "비가 왔다."]
    assert [(one.text, one.reason) for one in book.skipped] == [
        ("소식지 3호", "header or footer"),
        ("숨은 설명", "comment"),
        ("확인할 것", "comment"),
    ]


def test_parameters_of_fields_are_no_text(read: Callable[..., Manuscript]) -> None:
    link = (
        "<hp:ctrl><hp:fieldBegin type='HYPERLINK'><hp:parameters><hp:stringParam name='Path'>"
        "https://a.b</hp:stringParam></hp:parameters></hp:fieldBegin></hp:ctrl>"
    )
    assert texts(read(hp(f"{link}<hp:t>누리집을 보라.</hp:t>"))) == ["누리집을 보라."]


def test_deleted_text_is_left_out_even_over_runs(read: Callable[..., Manuscript]) -> None:
    content = (
        "<hp:t>그 <hp:deleteBegin Id='1'/>옛 </hp:t></hp:run><hp:run><hp:t>낡은"
        "<hp:deleteEnd Id='1'/> <hp:insertBegin Id='2'/>새<hp:insertEnd Id='2'/> 집.</hp:t>"
    )
    book = read(hp(content))
    assert texts(book) == ["그 새 집."]
    assert left_out(book) == {"옛 낡은": "deleted text"}


def test_a_deletion_that_never_ends_ends_with_its_paragraph(
    read: Callable[..., Manuscript],
) -> None:
    book = read(
        hp("<hp:t>머리 <hp:deleteBegin Id='1'/>옛</hp:t>") + hp("본문이다."),
        hp("<hp:t>그 <hp:deleteBegin Id='1'/>낡은<hp:deleteEnd Id='1'/> 집.</hp:t>"),
    )
    assert texts(book) == ["머리", "본문이다.", "그 집."]
    assert left_out(book) == {"옛": "deleted text", "낡은": "deleted text"}
    assert any("never ends" in warning for warning in book.warnings)


@pytest.mark.parametrize("shape", ["rect", "ellipse"])
def test_a_big_first_letter_belongs_to_its_word(
    read: Callable[..., Manuscript], shape: str
) -> None:
    inner = f"<hp:drawText>{sub_list('바')}</hp:drawText>"
    box = f"<hp:{shape} dropcapstyle='DoubleLine'>{inner}</hp:{shape}>"
    plain = f"<hp:rect dropcapstyle='None'><hp:drawText>{sub_list('상자.')}</hp:drawText></hp:rect>"
    book = read(hp(f"{box}<hp:t>람이 분다.</hp:t>{plain}"))
    assert texts(book) == ["바람이 분다.", "상자."]


def test_the_outline_of_a_styles_paragraphs_makes_headings(read: Callable[..., Manuscript]) -> None:
    head = '<hh:style id="7" type="PARA" name="우리 큰제목" paraPrIDRef="1"/>'
    book = read(hp("바당", 7, 0) + hp("물이 들었다.") + hp("오름", 7, 9), head=head)
    assert [c.title for c in book.chapters] == ["바당", "오름"]


def test_the_authors_reading_of_a_ruby_is_said(read: Callable[..., Manuscript]) -> None:
    ruby = "<hp:dutmal><hp:mainText>漢拏山</hp:mainText><hp:subText>한라산</hp:subText></hp:dutmal>"
    book = read(hp(f"{ruby}<hp:t>이 높다.</hp:t>"))
    assert texts(book) == ["한라산이 높다."]
    assert left_out(book) == {"漢拏山": "ruby"}


def test_tables_are_read_row_by_row_and_their_captions_too(read: Callable[..., Manuscript]) -> None:
    def cell(*paragraphs: str) -> str:
        return f"<hp:tc>{sub_list(*paragraphs)}<hp:cellAddr colAddr='0'/></hp:tc>"

    number = "<hp:autoNum num='2' numType='TABLE'/>"
    caption = (
        "<hp:caption><hp:subList>"
        + hp(f"<hp:t>표 </hp:t><hp:ctrl>{number}</hp:ctrl><hp:t> 오름</hp:t>")
        + "</hp:subList></hp:caption>"
    )
    rows = f"<hp:tr>{cell('이름')}{cell('높이')}</hp:tr><hp:tr>{cell('새별')}{cell('519')}</hp:tr>"
    book = read(hp("앞.") + hp(f"<hp:tbl>{caption}{rows}</hp:tbl>") + hp("뒤."))
    assert texts(book) == ["앞.", "표 2 오름", "이름, 높이", "새별, 519", "뒤."]


def test_boxes_and_text_art_are_read_and_pictures_are_listed(
    read: Callable[..., Manuscript],
) -> None:
    def told(text: str) -> str:
        return f"<hp:shapeComment>{text}</hp:shapeComment>"

    inner = f"<hp:drawText>{sub_list('상자 글.')}</hp:drawText>"
    box = f"<hp:rect>{inner}{told('사각형입니다.')}</hp:rect>"
    art = "<hp:textart text='큰 글씨'/>"
    named = f"<hp:pic><hc:img binaryItemIDRef='image1'/>{told('돌하르방 사진')}</hp:pic>"
    bare = "<hp:pic><hc:img binaryItemIDRef='image2'/></hp:pic>"
    book = read(hp(f"<hp:t>앞.</hp:t>{box}{art}{named}{bare}"))
    assert texts(book) == ["앞.", "상자 글.", "큰 글씨"]
    assert left_out(book) == {"돌하르방 사진": "image", "image2": "image"}


def test_marks_inside_a_text_are_spaces_and_line_breaks(read: Callable[..., Manuscript]) -> None:
    text = "<hp:t>산에는<hp:nbSpace/>꽃<hp:lineBreak/>들에는<hp:tab width='1'/>바람</hp:t>"
    book = read(hp(text) + hp("물", 0, 3) + hp("차례 줄", 5))
    assert [(p.kind, p.text) for p in book.chapters[0].paragraphs] == [
        ("verse", "산에는 꽃\n들에는 바람"),
        ("list", "물"),
    ]
    assert left_out(book) == {"차례 줄": "table of contents"}


def test_formulas_are_listed(read: Callable[..., Manuscript]) -> None:
    book = read(hp("<hp:t>눈.</hp:t><hp:equation><hp:script>x over y</hp:script></hp:equation>"))
    assert left_out(book) == {"x over y": "formula"}


def test_a_locked_hwpx_is_refused(read: Callable[..., Manuscript]) -> None:
    with pytest.raises(InputError, match="password") as caught:
        read(hp("눈."), manifest="<odf:encryption-data/>")
    assert caught.value.reason == "locked"
