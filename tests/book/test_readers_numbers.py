"""Numbers that a word processor counts and draws are said with their paragraphs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from office_files import Docx, Hwpx, hp, para

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.book.readers.counting import number_text


def texts(book: Manuscript) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def lvl(level: int, form: str, text: str, more: str = "", start: int | None = 1) -> str:
    begin = f'<w:start w:val="{start}"/>' if start is not None else ""
    return (
        f'<w:lvl w:ilvl="{level}">{begin}<w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, inner: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def item(text: str, number: int = 1, level: int = 0, style: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return para(text, style, listed)


@pytest.fixture
def docx(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(body: str, numbering: str, styles: str = "") -> Manuscript:
        made = Docx(body, parts={"numbering": numbering}, styles=styles)
        return read_manuscript(made.write(tmp_path / "규정.docx"))

    return reader


OUTLINE = abstract(
    0, lvl(0, "decimal", "제%1장"), lvl(1, "decimal", "제%2조"), lvl(2, "ganada", "%3.")
) + num(1, 0)


def test_numbers_of_headings_are_read_with_them_and_name_the_chapters(
    docx: Callable[..., Manuscript],
) -> None:
    book = docx(
        item("총칙", style="1") + item("목적", level=1, style="2") + para("이 규정은 짧다.")
        + item("용어", level=1, style="2") + item("회원", style="1")
        + item("자격", level=1, style="2"),
        OUTLINE,
    )  # fmt: skip
    assert [c.title for c in book.chapters] == [
        *("제1장 총칙", "제1조 목적", "제2조 용어", "제2장 회원", "제1조 자격"),
    ]
    assert texts(book)[:3] == ["제1장 총칙", "제1조 목적", "이 규정은 짧다."]


def test_counted_chapters_without_a_style_begin_chapters(docx: Callable[..., Manuscript]) -> None:
    book = docx(
        item("바당") + para("물이 들었다.") + item("오름") + para("안개가 끼었다."), OUTLINE
    )
    assert [c.title for c in book.chapters] == ["제1장 바당", "제2장 오름"]


def test_items_of_lists_are_no_chapters(docx: Callable[..., Manuscript]) -> None:
    lists = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0)
    book = docx(para("살 것은 이렇다.") + item("사과") + item("배"), lists)
    assert [(p.kind, p.text) for p in book.chapters[0].paragraphs] == [
        ("body", "살 것은 이렇다."),
        ("list", "1. 사과"),
        ("list", "2. 배"),
    ]


def test_deeper_levels_begin_anew_behind_higher_ones_and_show_their_path(
    docx: Callable[..., Manuscript],
) -> None:
    levels = (
        lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2"), lvl(2, "lowerLetter", "%1.%2.%3)")
    )  # fmt: skip
    body = item("가") + item("나", level=1) + item("다", level=2) + item("라", level=2)
    body += item("마", level=1) + item("바", level=2) + item("사") + item("아", level=1)
    assert texts(docx(body, abstract(0, *levels) + num(1, 0))) == [
        *("1. 가", "1.1 나", "1.1.a) 다", "1.1.b) 라", "1.2 마", "1.2.a) 바", "2. 사", "2.1 아"),
    ]


def test_levels_that_never_begin_anew_are_counted_on(docx: Callable[..., Manuscript]) -> None:
    def of(restart: int) -> str:
        again = f'<w:lvlRestart w:val="{restart}"/>'
        levels = (
            lvl(0, "decimal", "제%1장"),
            lvl(1, "decimal", "제%2절"),
            lvl(2, "decimal", "제%3조", again),
        )
        return abstract(0, *levels) + num(1, 0)

    body = "".join(item("글", level=level) for level in (0, 1, 2, 1, 2, 0, 1, 2))

    def articles(restart: int) -> list[str]:
        return [text for text in texts(docx(body, of(restart))) if "조" in text]

    assert articles(0) == ["제1조 글", "제2조 글", "제3조 글"]
    assert articles(1) == ["제1조 글", "제2조 글", "제1조 글"]
    assert articles(2) == ["제1조 글", "제1조 글", "제1조 글"]


def test_a_level_without_one_above_it_begins_that_as_word_does(
    docx: Callable[..., Manuscript],
) -> None:
    levels = lvl(0, "decimal", "%1.", start=3), lvl(1, "decimal", "%1.%2")
    assert texts(docx(item("가", level=1) + item("나"), abstract(0, *levels) + num(1, 0))) == [
        "3.1 가",
        "4. 나",
    ]


def test_lists_that_share_a_definition_go_on_and_those_that_say_so_begin_anew(
    docx: Callable[..., Manuscript],
) -> None:
    lists = abstract(0, lvl(0, "decimal", "%1."), lvl(1, "decimal", "%2)")) + num(1, 0) + num(2, 0)
    lists += num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    body = item("가") + item("나", 2) + item("다", 3) + item("라", 3) + item("마", 3, 1)
    body += item("바", 1)
    assert texts(docx(body, lists)) == ["1. 가", "2. 나", "5. 다", "6. 라", "1) 마", "7. 바"]
    deep = item("가") + item("나", 3, 1) + item("다", 3) + item("라", 3)
    assert texts(docx(deep, lists)) == ["1. 가", "1) 나", "5. 다", "6. 라"]


def test_a_list_may_number_its_levels_in_its_own_way(docx: Callable[..., Manuscript]) -> None:
    other = f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperRoman", "%1.")}</w:lvlOverride>'
    lists = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, other)
    assert texts(docx(item("가") + item("나", 2), lists)) == ["1. 가", "Ⅱ. 나"]


NUMBERED = (
    '<w:style w:type="paragraph" w:styleId="장"><w:name w:val="장 제목"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="절"><w:basedOn w:val="장"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="빼기"><w:basedOn w:val="장"/><w:pPr><w:numPr>'
    '<w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="numbering" w:styleId="목록"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
)


def test_styles_number_their_paragraphs(docx: Callable[..., Manuscript]) -> None:
    linked = (
        lvl(0, "decimal", "제%1장", '<w:pStyle w:val="장"/>'),
        lvl(1, "decimal", "%1.%2", '<w:pStyle w:val="절"/>'),
    )
    none = "<w:numPr><w:numId w:val='0'/></w:numPr>"
    body = para("바당", "장") + para("물때", "절") + para("맺음", "빼기") + para("없이", "장", none)
    body += para("오름", "장") + para("굼부리", "절")
    book = docx(body, abstract(0, *linked) + num(1, 0), NUMBERED)
    assert texts(book) == ["제1장 바당", "1.1 물때", "맺음", "없이", "제2장 오름", "2.1 굼부리"]


def test_a_list_that_is_a_styles_is_counted_with_it(docx: Callable[..., Manuscript]) -> None:
    lists = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0)
    lists += '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="목록"/></w:abstractNum>'
    assert texts(docx(item("가") + item("나", 2), lists + num(2, 7), NUMBERED)) == [
        "1. 가",
        "2. 나",
    ]
    loop = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="목록"/></w:abstractNum>'
    assert texts(docx(item("가"), loop + num(1, 0), NUMBERED)) == ["가"]


def test_numbers_of_all_levels_may_be_digits(docx: Callable[..., Manuscript]) -> None:
    levels = lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert texts(docx(item("가") + item("나", level=1), abstract(0, *levels) + num(1, 0))) == [
        "Ⅰ. 가",
        "1.1 나",
    ]


def test_a_drawn_text_of_a_book_is_not_said_a_thousand_times(
    docx: Callable[..., Manuscript],
) -> None:
    lists = abstract(0, lvl(0, "decimal", "%1. " + "가나다 " * 10_000)) + num(1, 0)
    assert len(texts(docx(item("끝"), lists))[0]) < 110


def test_bullets_are_not_said(docx: Callable[..., Manuscript]) -> None:
    lists = abstract(0, lvl(0, "bullet", "\uf0b7"), lvl(1, "none", "%2")) + num(1, 0)
    book = docx(item("가") + item("나", level=1) + item("다", 9), lists)
    assert [(p.kind, p.text) for p in book.chapters[0].paragraphs] == [
        ("list", "가"),
        ("list", "나"),
        ("list", "다"),
    ]
    assert not book.skipped


def test_what_is_empty_or_deleted_is_not_said(docx: Callable[..., Manuscript]) -> None:
    lists = abstract(0, lvl(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')) + num(1, 0)
    gone = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    body = item("가") + item("<w:r/>") + para("<w:r/>", properties=gone) + item("나")
    assert texts(docx(body, lists)) == ["1. 가", "3. 나"]


def test_numbers_of_ones_own_making_are_known_where_they_only_add_a_zero(
    docx: Callable[..., Manuscript],
) -> None:
    form = (
        '<mc:AlternateContent xmlns:mc="m"><mc:Choice><w:numFmt w:val="custom" '
        'w:format="01, 02, 03, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    level = lvl(0, "decimal", "%1.").replace('<w:numFmt w:val="decimal"/>', form)
    assert texts(docx(item("가"), abstract(0, level) + num(1, 0))) == ["01. 가"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "1 2 10 28"),
        ("decimalZero", "01 02 10 28"),
        ("upperRoman", "Ⅰ Ⅱ Ⅹ XXVIII"),
        ("lowerRoman", "ⅰ ⅱ ⅹ XXVIII"),
        ("upperLetter", "A B J BB"),
        ("lowerLetter", "a b j bb"),
        ("ganada", "가 나 차 하"),
        ("chosung", "ㄱ ㄴ ㅊ ㅎ"),
        ("koreanCounting", "일 이 십 이십팔"),
        ("koreanDigital", "일 이 일영 이팔"),
        ("koreanDigital2", "一 二 一零 二八"),
        ("koreanLegal", "하나 둘 열 스물여덟"),
        ("chineseCounting", "一 二 十 二十八"),
        ("ideographTraditional", "甲 乙 癸 辛"),
        ("decimalEnclosedCircle", "① ② ⑩ ㉘"),
        ("decimalEnclosedParen", "(1) (2) (10) (28)"),
        ("numberInDash", "- 1 - - 2 - - 10 - - 28 -"),
        ("thaiLetters", "1 2 10 28"),
        ("bullet", "   "),
        ("HANGUL_SYLLABLE", "가 나 차 허"),
        ("HANGUL_JAMO", "ㄱ ㄴ ㅊ ㅎ"),
        ("HANGUL_PHONETIC", "일 이 십 이십팔"),
        ("CIRCLED_HANGUL_SYLLABLE", "㉮ ㉯ ㉷ ㉻"),
        ("CIRCLED_HANGUL_JAMO", "㉠ ㉡ ㉩ ㉭"),
        ("CIRCLED_LATIN_SMALL", "ⓐ ⓑ ⓙ ⓑ"),
        ("ROMAN_SMALL", "ⅰ ⅱ ⅹ XXVIII"),
        ("CIRCLED_DIGIT", "① ② ⑩ ⑧"),
        ("LATIN_CAPITAL", "A B J B"),
        ("DECAGON_CIRCLE", "갑 을 계 신"),
    ],
)
def test_each_format_writes_its_numbers(form: str, shown: str) -> None:
    assert " ".join(number_text(n, form.lower()) for n in (1, 2, 10, 28)) == shown


@pytest.mark.parametrize("form", ["upperLetter", "upperRoman", "koreanCounting", "koreanLegal"])
def test_no_number_is_long(form: str) -> None:
    assert all(len(number_text(n, form.lower())) < 40 for n in (0, 800, 32_767, 10**9))


def heads(*levels: tuple[str, str], number: int = 1) -> str:
    inner = "".join(
        f'<hh:paraHead start="1" level="{i}" numFormat="{form}">{text}</hh:paraHead>'
        for i, (form, text) in enumerate(levels, 1)
    )
    numbering = f'<hh:numbering id="{number}" start="0">{inner}</hh:numbering>'
    return f"<hh:numberings>{numbering}</hh:numberings>"


def shape(identifier: int, kind: str, level: int, numbering: int = 0) -> str:
    heading = f'<hh:heading type="{kind}" idRef="{numbering}" level="{level}"/>'
    return f'<hh:paraPr id="{identifier}">{heading}</hh:paraPr>'


SECTION = '<hp:secPr outlineShapeIDRef="1"/>'
PAPER = heads(("DIGIT", "제^1장"), ("HANGUL_SYLLABLE", "^2."), ("DIGIT", "^3)"))


@pytest.fixture
def hwpx(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(head: str, *sections: str) -> Manuscript:
        return read_manuscript(Hwpx(sections, head=head).write(tmp_path / "가정 통신문.hwpx"))

    return reader


def test_the_outline_of_a_section_numbers_its_headings_over_all_sections(
    hwpx: Callable[..., Manuscript],
) -> None:
    first = hp(f"{SECTION}<hp:t>총칙</hp:t>", 1, 1) + hp("목적", 2, 2) + hp("이 규정은 짧다.")
    second = hp(f"{SECTION}<hp:t>회원</hp:t>", 1, 1) + hp("자격", 2, 2) + hp("의무", 2, 2)
    book = hwpx(PAPER, first, second)
    assert [c.title for c in book.chapters] == [
        *("제1장 총칙", "가. 목적", "제2장 회원", "가. 자격", "나. 의무"),
    ]


def test_an_outline_without_numbers_has_none(hwpx: Callable[..., Manuscript]) -> None:
    assert texts(hwpx(PAPER, hp("총칙", 1, 1) + hp("눈이 왔다."))) == ["총칙", "눈이 왔다."]
    plain = PAPER + shape(9, "NONE", 0)  # the paragraph's own shape takes the number away
    assert texts(hwpx(plain, hp(f"{SECTION}<hp:t>총칙</hp:t>", 1, 9) + hp("눈.")))[0] == "총칙"


def test_numbered_paragraphs_are_items_of_their_list(hwpx: Callable[..., Manuscript]) -> None:
    head = heads(("CIRCLED_DIGIT", "^1"), ("DIGIT", "^n"), ("ROMAN_CAPITAL", "^N"), number=4)
    head += shape(10, "NUMBER", 0, 4) + shape(11, "NUMBER", 1, 4) + shape(12, "NUMBER", 2, 4)
    body = hp("알림.") + hp("날짜", 0, 10) + hp("낮", 0, 11) + hp("밤", 0, 12) + hp("장소", 0, 10)
    assert [(p.kind, p.text) for p in hwpx(head, body).chapters[0].paragraphs] == [
        ("body", "알림."),
        ("list", "① 날짜"),
        ("list", "①.1 낮"),
        ("list", "①.1.Ⅰ. 밤"),
        ("list", "② 장소"),
    ]


def test_lists_of_an_hwpx_are_counted_each_by_itself(hwpx: Callable[..., Manuscript]) -> None:
    head = heads(("DIGIT", "^1."), number=4) + heads(("HANGUL_SYLLABLE", "(^1)"), number=5)
    head += heads(("DIGIT", "ㅇ"), ("DIGIT", "붙임:"), number=6)
    head += shape(10, "NUMBER", 0, 4) + shape(11, "NUMBER", 0, 5) + shape(12, "BULLET", 0, 1)
    head += shape(13, "NUMBER", 0, 6) + shape(14, "NUMBER", 1, 6)
    body = hp("하나", 0, 10) + hp("둘", 0, 11) + hp("셋", 0, 10) + hp("점", 0, 12)
    book = hwpx(head, body + hp("꽃", 0, 13) + hp("지도", 0, 14))
    assert texts(book) == ["1. 하나", "(가) 둘", "2. 셋", "점", "꽃", "붙임: 지도"]


def test_a_paragraph_is_counted_before_those_in_its_box(
    docx: Callable[..., Manuscript], hwpx: Callable[..., Manuscript]
) -> None:
    lists = abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0)
    box = f"<w:r><w:pict><w:txbxContent>{item('속')}</w:txbxContent></w:pict></w:r>"
    assert texts(docx(item(f"<w:r><w:t>겉</w:t></w:r>{box}") + item("뒤"), lists)) == [
        *("1. 겉", "2. 속", "3. 뒤"),
    ]
    head = heads(("DIGIT", "^1."), number=4) + shape(10, "NUMBER", 0, 4)
    inner = (
        f"<hp:rect><hp:drawText><hp:subList>{hp('속', 0, 10)}</hp:subList></hp:drawText></hp:rect>"
    )
    body = hp(f"<hp:t>겉</hp:t>{inner}", 0, 10) + hp("뒤", 0, 10)
    assert texts(hwpx(head, body)) == ["1. 겉", "2. 속", "3. 뒤"]
