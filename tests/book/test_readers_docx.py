from pathlib import Path

import pytest
from office_files import Docx, para, run

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError


@pytest.fixture
def read(tmp_path: Path):
    def reader(docx: Docx | str, **given: str) -> Manuscript:
        made = Docx(docx) if isinstance(docx, str) else docx
        return read_manuscript(made.write(tmp_path / "바당 이야기.docx"), **given)

    return reader


def texts(book: Manuscript) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def left_out(book: Manuscript) -> dict[str, str]:
    return {one.text: one.reason for one in book.skipped}


def test_headings_begin_chapters_by_the_style_that_theirs_is_based_on(read) -> None:
    book = read(
        para("첫째 날", "1") + para("눈이 왔다.") + para("저녁", "mine") + para("비가 왔다.")
    )
    assert [(c.title, c.level) for c in book.chapters] == [("첫째 날", 1), ("저녁", 2)]
    assert [p.kind for p in book.chapters[0].paragraphs] == ["heading", "body"]


def test_the_outline_level_of_a_paragraph_makes_it_a_heading(read) -> None:
    level = '<w:outlineLvl w:val="0"/>'
    book = read(para("하나", properties=level) + para("눈.") + para("둘", properties=level))
    assert [c.title for c in book.chapters] == ["하나", "둘"]


def test_without_headings_lines_that_look_like_one_begin_chapters(read) -> None:
    book = read(para("제1장 바당") + para("눈이 왔다.") + para("제2장 오름") + para("비가 왔다."))
    assert [c.title for c in book.chapters] == ["제1장 바당", "제2장 오름"]


def test_a_sentence_in_the_style_of_a_heading_is_text(read) -> None:
    book = read(para("하나", "1") + para("어제는 하루 종일 눈이 왔다.", "1") + para("끝.", ""))
    assert [c.title for c in book.chapters] == ["하나"]
    assert book.chapters[0].paragraphs[1].kind == "body"


def test_title_and_author_come_from_the_text_and_the_properties(read) -> None:
    core = "<dc:title>속성의 제목</dc:title><dc:creator>고은별</dc:creator>"
    body = para("바당의 노래", "a3") + para("하나", "1") + para("눈.")
    book = read(Docx(body, core=core))
    assert (book.title, book.author, book.language) == ("바당의 노래", "고은별", "ko")
    assert read(Docx(para("눈."), core=core)).title == "속성의 제목"
    nobody = "<dc:title>Word Document</dc:title><dc:creator>Windows User</dc:creator>"
    unnamed = read(Docx(para("눈."), core=nobody))
    assert (unnamed.title, unnamed.author) == ("바당 이야기", "")


def test_the_language_of_a_program_does_not_make_korean_foreign(read) -> None:
    core = "<dc:language>en-US</dc:language>"
    assert read(Docx(para("눈이 왔다."), core=core)).language == "ko"
    assert read(Docx(para("It snowed."), core=core)).language == "ko"  # it is asked about instead


def test_notes_are_listed_with_the_chapter_that_they_belong_to(read) -> None:
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


def test_comments_headers_and_footers_are_listed_once(read) -> None:
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


def test_deleted_text_is_left_out_and_inserted_text_is_read(read) -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>옛 </w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("새 ")}</w:ins>'
    book = read(para(run("그 ") + deleted + inserted + run("집.")))
    assert texts(book) == ["그 새 집."]
    assert left_out(book) == {"옛": "deleted text"}


def test_paragraphs_are_joined_where_the_mark_between_them_was_deleted(read) -> None:
    gone = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert texts(read(para("눈이 ", properties=gone) + para("왔다.") + para("비."))) == [
        "눈이 왔다.",
        "비.",
    ]
    assert texts(read(para("눈.") + para("비.", properties=gone))) == ["눈.", "비."]


def test_hidden_text_is_left_out(read) -> None:
    book = read(
        para(run("눈.") + run("숨은 말.", "<w:vanish/>") + run("비.", '<w:vanish w:val="0"/>'))
    )
    assert texts(book) == ["눈.비."]
    assert left_out(book) == {"숨은 말.": "hidden"}


def test_the_authors_reading_of_a_ruby_is_said(read) -> None:
    def ruby(base: str, reading: str) -> str:
        return (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run(reading)}</w:rt>"
            f"<w:rubyBase>{run(base)}</w:rubyBase></w:ruby></w:r>"
        )

    book = read(para(ruby("海", "바당") + run("에 간 ") + ruby("하르방", "할아버지") + run(".")))
    assert texts(book) == ["바당에 간 하르방."]
    assert left_out(book) == {"海": "ruby", "할아버지": "ruby"}


def test_tables_are_read_row_by_row(read) -> None:
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


def test_a_text_box_is_read_once_behind_its_paragraph(read) -> None:
    box = f"<w:txbxContent>{para('상자 글.')}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:docPr name='글상자 1'/>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    book = read(para(run("앞") + shape + run("뒤.")))
    assert texts(book) == ["앞뒤.", "상자 글."]
    assert not book.skipped


def test_pictures_and_formulas_are_listed(read) -> None:
    picture = (
        "<w:r><w:drawing><wp:docPr descr='한라산 사진'/><a:blip r:embed='r9'/></w:drawing></w:r>"
    )
    formula = "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>"
    book = read(para(run("눈.") + picture + formula))
    assert texts(book) == ["눈."]
    assert left_out(book) == {"한라산 사진": "image", "x=2": "formula"}


def test_tables_of_contents_are_left_out_in_each_form(read) -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instr = "<w:r><w:instrText> TOC \\o 1-3 </w:instrText></w:r>"
    sdt = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{para('차례')}{para('하나 1')}</w:sdtContent></w:sdt>"
    )
    fielded = para(char("begin") + instr + char("separate") + run("둘 2")) + para(
        run("셋 3") + char("end")
    )
    book = read(sdt + fielded + para("넷 4", "t1") + para("하나", "1") + para("눈."))
    assert texts(book) == ["하나", "눈."]
    assert set(left_out(book).values()) == {"table of contents"}
    assert "".join(left_out(book)).replace("\n", "").replace(" ", "") == "차례하나1둘2셋3넷4"


def test_line_breaks_make_verse_and_tabs_make_spaces(read) -> None:
    verse = "<w:r><w:t>산에는 꽃</w:t><w:br/><w:t>들에는 바람</w:t></w:r>"
    spaced = "<w:r><w:t>이름</w:t><w:tab/><w:t>순이</w:t></w:r>"
    tabs = "<w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs>"
    book = read(para(verse) + para(spaced, properties=tabs) + para("따온 말.", "q"))
    assert [(p.kind, p.text) for p in book.chapters[0].paragraphs] == [
        ("verse", "산에는 꽃\n들에는 바람"),
        ("body", "이름 순이"),
        ("quote", "따온 말."),
    ]


def test_placeholders_of_forms_are_left_out(read) -> None:
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
