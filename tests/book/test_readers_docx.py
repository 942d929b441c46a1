import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office_files import Docx, field_char, instruction, para, run

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.book.readers.docx_body import DocumentSink
from kosorong.book.readers.docx_numbering import Lists, Numbering
from kosorong.book.readers.docx_parts import DocxStyles, Notes
from kosorong.errors import InputError


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(docx: Docx | str, **given: Any) -> Manuscript:
        made = Docx(docx) if isinstance(docx, str) else docx
        return read_manuscript(made.write(tmp_path / "바당 이야기.docx"), **given)

    return reader


def texts(book: Manuscript) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def left_out(book: Manuscript) -> dict[str, str]:
    return {one.text: one.reason for one in book.skipped}


def test_headings_begin_chapters_by_the_style_that_theirs_is_based_on(
    read: Callable[..., Manuscript],
) -> None:
    book = read(
        para("첫째 날", "1") + para("눈이 왔다.") + para("저녁", "mine") + para("비가 왔다.")
    )
    assert [(c.title, c.level) for c in book.chapters] == [("첫째 날", 1), ("저녁", 2)]
    assert [p.kind for p in book.chapters[0].paragraphs] == ["heading", "body"]


def test_the_outline_level_of_a_paragraph_makes_it_a_heading(
    read: Callable[..., Manuscript],
) -> None:
    level = '<w:outlineLvl w:val="0"/>'
    book = read(para("하나", properties=level) + para("눈.") + para("둘", properties=level))
    assert [c.title for c in book.chapters] == ["하나", "둘"]


def test_without_headings_lines_that_look_like_one_begin_chapters(
    read: Callable[..., Manuscript],
) -> None:
    book = read(para("제1장 바당") + para("눈이 왔다.") + para("제2장 오름") + para("비가 왔다."))
    assert [c.title for c in book.chapters] == ["제1장 바당", "제2장 오름"]


def test_a_sentence_in_the_style_of_a_heading_is_text(read: Callable[..., Manuscript]) -> None:
    book = read(para("하나", "1") + para("어제는 하루 종일 눈이 왔다.", "1") + para("끝.", ""))
    assert [c.title for c in book.chapters] == ["하나"]
    assert book.chapters[0].paragraphs[1].kind == "body"


def test_title_and_author_come_from_the_text_and_the_properties(
    read: Callable[..., Manuscript],
) -> None:
    core = "<dc:title>속성의 제목</dc:title><dc:creator>고은별</dc:creator>"
    body = para("바당의 노래", "a3") + para("하나", "1") + para("눈.")
    book = read(Docx(body, core=core))
    assert (book.title, book.author, book.language) == ("바당의 노래", "고은별", "ko")
    assert read(Docx(para("눈."), core=core)).title == "속성의 제목"
    nobody = "<dc:title>Word Document</dc:title><dc:creator>Windows User</dc:creator>"
    unnamed = read(Docx(para("눈."), core=nobody))
    assert (unnamed.title, unnamed.author) == ("바당 이야기", "")


def test_the_language_of_a_program_does_not_make_korean_foreign(
    read: Callable[..., Manuscript],
) -> None:
    core = "<dc:language>en-US</dc:language>"
    assert read(Docx(para("눈이 왔다."), core=core)).language == "ko"
    assert read(Docx(para("It snowed."), core=core)).language == "ko"  # it is asked about instead


def test_notes_are_listed_with_the_chapter_that_they_belong_to(
    read: Callable[..., Manuscript],
) -> None:
    notes = (
        '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> 첫 풀이.</w:t></w:r></w:p>'
        "</w:footnote>"
    )
    ends = '<w:endnote w:id="1"><w:p><w:r><w:t>끝 풀이.</w:t></w:r></w:p></w:endnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    own = '<w:r><w:endnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    body = (
        para("하나", "1") + para(run("눈이") + mark + run(" 왔다."))
        + para("둘", "1") + para(run("비가") + own + run(" 왔다."))
    )  # fmt: skip
    book = read(Docx(body, parts={"footnotes": notes, "endnotes": ends}))
    assert texts(book) == ["하나", "눈이 왔다.", "둘", "비가 왔다."]
    assert [c.notes for c in book.chapters] == [("첫 풀이.",), ("끝 풀이.",)]
    assert left_out(book)["*"] == "footnote mark"


def test_comments_headers_and_footers_are_listed_once(read: Callable[..., Manuscript]) -> None:
    parts = {
        "comments": '<w:comment w:id="0"><w:p><w:r><w:t>고칠 것</w:t></w:r></w:p></w:comment>',
        "header1": para("마을 이야기"),
        "header2": para("마을 이야기"),
        "footer1": "<w:p><w:fldSimple w:instr=' PAGE '><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>",
    }
    book = read(Docx(para(run("눈.") + '<w:r><w:commentReference w:id="0"/></w:r>'), parts=parts))
    assert texts(book) == ["눈."]
    assert [(one.text, one.reason) for one in book.skipped] == [
        ("고칠 것", "comment"),
        ("마을 이야기", "header or footer"),
        ("7", "page number"),
    ]


def test_deleted_text_is_left_out_and_inserted_text_is_read(
    read: Callable[..., Manuscript],
) -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>옛 </w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("새 ")}</w:ins>'
    book = read(para(run("그 ") + deleted + inserted + run("집.")))
    assert texts(book) == ["그 새 집."]
    assert left_out(book) == {"옛": "deleted text"}


def test_paragraphs_are_joined_where_the_mark_between_them_was_deleted(
    read: Callable[..., Manuscript],
) -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert texts(read(para("눈이 ", properties=gone) + para("왔다.") + para("비."))) == [
        "눈이 왔다.",
        "비.",
    ]
    assert texts(read(para("눈.") + para("비.", properties=gone))) == ["눈.", "비."]


def test_hidden_text_is_left_out(read: Callable[..., Manuscript]) -> None:
    book = read(
        para(run("눈.") + run("숨은 말.", "<w:vanish/>") + run("비.", '<w:vanish w:val="0"/>'))
    )
    assert texts(book) == ["눈.비."]
    assert left_out(book) == {"숨은 말.": "hidden"}


STYLED = (
    '<w:style w:type="character" w:styleId="숨김"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="더"><w:basedOn w:val="숨김"/></w:style>'
    '<w:style w:type="character" w:styleId="보임"><w:basedOn w:val="숨김"/><w:rPr>'
    '<w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="쪽지"><w:rPr><w:vanish/></w:rPr></w:style>'
)


def test_text_that_a_style_hides_is_left_out(read: Callable[..., Manuscript]) -> None:
    hidden = run("숨은 말.", '<w:rStyle w:val="숨김"/>') + run("더.", '<w:rStyle w:val="더"/>')
    shown = run("비.", '<w:rStyle w:val="보임"/>')
    shown += run("눈.", '<w:rStyle w:val="숨김"/><w:vanish w:val="false"/>')
    bare = "<w:r><w:t>꾸밈없이</w:t></w:r>"
    note = para(bare + run("숨고", "<w:b/>") + run(" 보인다.", '<w:vanish w:val="0"/>'), "쪽지")
    book = read(Docx(para(hidden + shown + bare) + note, styles=STYLED))
    assert texts(book) == ["비.눈.꾸밈없이", "보인다."]
    assert {one.text for one in book.skipped} == {"숨은 말.", "더.", "꾸밈없이", "숨고"}
    assert {one.reason for one in book.skipped} == {"hidden"}


@pytest.mark.parametrize("kind", ["drop", "margin"])
def test_a_big_first_letter_belongs_to_its_word(read: Callable[..., Manuscript], kind: str) -> None:
    frame = f'<w:framePr w:dropCap="{kind}" w:lines="3" w:wrap="around"/>'
    body = para("하나", "1") + para("바", properties=frame) + para("람이 분다.")
    assert texts(read(body)) == ["하나", "바람이 분다."]


def test_a_frame_without_a_big_letter_is_a_paragraph(read: Callable[..., Manuscript]) -> None:
    framed = para("따로.", properties='<w:framePr w:w="2000" w:hSpace="141"/>')
    assert texts(read(framed + para("눈."))) == ["따로.", "눈."]


@pytest.mark.parametrize("name", ["TOC", "PAGE", "INDEX"])
def test_a_field_that_never_ends_ends_with_its_paragraph(
    read: Callable[..., Manuscript], name: str
) -> None:
    page = field_char("begin") + instruction(" PAGE ") + field_char("separate") + run("7")
    opened = field_char("begin") + instruction(f" {name} ") + field_char("separate")
    body = (
        para("머리.") + para(opened + run("하나 1"))
        + para("본문이다.") + para(page + field_char("end")) + para("끝이다.")
    )  # fmt: skip
    book = read(body)
    assert texts(book) == ["머리.", "본문이다.", "끝이다."]
    reason = "page number" if name == "PAGE" else "table of contents"
    assert left_out(book) == {"하나 1": reason, "7": "page number"}
    assert any("never ends" in warning for warning in book.warnings)


def test_notes_are_listed_once_where_a_field_never_ends(read: Callable[..., Manuscript]) -> None:
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>풀이.</w:t></w:r></w:p></w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    opened = field_char("begin") + instruction("TOC") + field_char("separate")
    body = para(opened + run("하나 1")) + para(run("눈이 왔다.") + mark)
    book = read(Docx(body, parts={"footnotes": notes}))
    assert texts(book) == ["눈이 왔다."]
    assert [one.text for one in book.skipped] == ["하나 1", "풀이."]


def field(text: str) -> str:
    return field_char("begin") + instruction(text) + field_char("end")


@pytest.mark.parametrize(
    ("shown", "said", "left"),
    [
        (r"EQ \o\ad(\s\up 9(바당),海)", "바당", {"海": "ruby"}),
        (
            r'EQ \* jc2 \* "Font:바탕" \* hps10 \o\ad(\s\up 9(할아버지),하르방)',
            "하르방",
            {"할아버지": "ruby"},
        ),
        (r"EQ \o\ad(\s\do 7(한라산),漢拏山)", "한라산", {"漢拏山": "ruby"}),
        (r" eq \o\ac(○,1)", "1", {"○": "unknown mark"}),
        (r"EQ \x\to(바당)", "바당", {}),
        (r"EQ \f(1,2)", "", {r"EQ \f(1,2)": "formula"}),
        ("MACROBUTTON NoMacro 여기를 누르세요", "", {"여기를 누르세요": "form field"}),
        ('SYMBOL 183 \\f "Symbol"', "", {'SYMBOL 183 \\f "Symbol"': "unknown mark"}),
        ("HYPERLINK a", "", {}),
    ],
)
def test_fields_that_show_what_their_instruction_says_are_read(
    read: Callable[..., Manuscript], shown: str, said: str, left: dict[str, str]
) -> None:
    book = read(para(run("나는 ") + field(shown) + run("에 간다.")))
    assert texts(book) == [" ".join(f"나는 {said}에 간다.".split())]
    assert left_out(book) == left
    simple = f"<w:fldSimple w:instr='{shown}'/>"
    assert texts(read(para(run("나는 ") + simple + run("에 간다.")))) == texts(book)


def test_a_field_of_countless_pieces_takes_no_minutes() -> None:
    sink = DocumentSink("a", DocxStyles(), Notes({}), Numbering(Lists(), DocxStyles()))
    started = time.process_time()
    for tag, kind in (("p", ""), ("r", ""), ("fldchar", "begin")):
        sink.start(tag, {"w:fldchartype": kind})
    sink.end("fldchar")
    for _ in range(40_000):
        sink.start("instrtext", {})
        sink.data("가나다라" * 25)
        sink.end("instrtext")
    sink.close()
    assert time.process_time() - started < 5


def test_a_field_with_a_result_shows_that(read: Callable[..., Manuscript]) -> None:
    content = field_char("begin") + instruction("EQ \\x(가)") + field_char("separate") + run("나")
    assert texts(read(para(content + field_char("end")))) == ["나"]


def test_the_authors_reading_of_a_ruby_is_said(read: Callable[..., Manuscript]) -> None:
    def ruby(base: str, reading: str) -> str:
        return (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run(reading)}</w:rt>"
            f"<w:rubyBase>{run(base)}</w:rubyBase></w:ruby></w:r>"
        )

    book = read(para(ruby("海", "바당") + run("에 간 ") + ruby("하르방", "할아버지") + run(".")))
    assert texts(book) == ["바당에 간 하르방."]
    assert left_out(book) == {"海": "ruby", "할아버지": "ruby"}


def test_tables_are_read_row_by_row(read: Callable[..., Manuscript]) -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    long = "어머니는 바당에 나가고 아버지는 밧에 나가고 나는 혼자 집에 남아 동생을 보았다. " * 2
    table = (
        row(para("이름"), para("나이"), para(""))
        + row(para("순이"), para("아홉 살"))
        + row(para(long), para("하나") + para("둘"))
    )
    book = read(para("앞.") + f"<w:tbl>{table}</w:tbl>" + para("뒤."))
    assert texts(book) == ["앞.", "이름, 나이", "순이, 아홉 살", long.strip(), "하나", "둘", "뒤."]


def test_a_text_box_is_read_once_behind_its_paragraph(read: Callable[..., Manuscript]) -> None:
    box = f"<w:txbxContent>{para('상자 글.')}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:docPr name='글상자 1'/>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    book = read(para(run("앞") + shape + run("뒤.")))
    assert texts(book) == ["앞뒤.", "상자 글."]
    assert not book.skipped


def test_pictures_and_formulas_are_listed(read: Callable[..., Manuscript]) -> None:
    picture = (
        "<w:r><w:drawing><wp:docPr descr='한라산 사진'/><a:blip r:embed='r9'/></w:drawing></w:r>"
    )
    formula = "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>"
    book = read(para(run("눈.") + picture + formula))
    assert texts(book) == ["눈."]
    assert left_out(book) == {"한라산 사진": "image", "x=2": "formula"}


def test_tables_of_contents_are_left_out_in_each_form(read: Callable[..., Manuscript]) -> None:
    instr = instruction(" TOC \\o 1-3 ")
    sdt = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{para('차례')}{para('하나 1')}</w:sdtContent></w:sdt>"
    )
    fielded = para(field_char("begin") + instr + field_char("separate") + run("둘 2")) + para(
        run("셋 3") + field_char("end")
    )
    book = read(sdt + fielded + para("넷 4", "t1") + para("하나", "1") + para("눈."))
    assert texts(book) == ["하나", "눈."]
    assert set(left_out(book).values()) == {"table of contents"}
    assert "".join(left_out(book)).replace("\n", "").replace(" ", "") == "차례하나1둘2셋3넷4"


def test_page_numbers_in_a_table_of_contents_are_listed_without_their_instructions(
    read: Callable[..., Manuscript],
) -> None:
    inner = field_char("begin") + instruction("PAGEREF _Toc1") + field_char("separate") + run("7")
    toc = field_char("begin") + instruction("TOC") + field_char("separate") + run("하나 ") + inner
    book = read(para(toc + field_char("end") + field_char("end")) + para("눈이 왔다."))
    assert texts(book) == ["눈이 왔다."]
    assert left_out(book) == {"하나 7": "table of contents"}


def test_line_breaks_make_verse_and_tabs_make_spaces(read: Callable[..., Manuscript]) -> None:
    verse = "<w:r><w:t>산에는 꽃</w:t><w:br/><w:t>들에는 바람</w:t></w:r>"
    spaced = "<w:r><w:t>이름</w:t><w:tab/><w:t>순이</w:t></w:r>"
    tabs = "<w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs>"
    book = read(para(verse) + para(spaced, properties=tabs) + para("따온 말.", "q"))
    assert [(p.kind, p.text) for p in book.chapters[0].paragraphs] == [
        ("verse", "산에는 꽃\n들에는 바람"),
        ("body", "이름 순이"),
        ("quote", "따온 말."),
    ]


def test_placeholders_of_forms_are_left_out(read: Callable[..., Manuscript]) -> None:
    sdt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{run('여기를 누르세요')}</w:sdtContent></w:sdt>"
    )
    book = read(para(run("이름: ") + sdt))
    assert texts(book) == ["이름:"]
    assert left_out(book) == {"여기를 누르세요": "form field"}


def test_a_docx_without_its_document_is_refused(tmp_path: Path) -> None:
    made = Docx(para("눈."), leave_out=("word/document.xml",)).write(tmp_path / "a.docx")
    with pytest.raises(InputError, match="holds no document") as caught:
        read_manuscript(made)
    assert caught.value.cure


def test_a_docx_that_is_not_well_formed_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="damaged") as caught:
        read_manuscript(Docx("<w:p><w:r>").write(tmp_path / "a.docx"))
    assert caught.value.where == "a.docx:word/document.xml"
