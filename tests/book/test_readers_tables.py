"""A table is said by one rule, whatever kind of file it stands in."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from epub_files import Epub, page
from office_files import Docx, Hwpx, hp, para, sub_list

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript

LONG = "할망은 새벽마다 바당에 나가 물질을 하고 돌담을 따라 왔다. " * 2 + "끝."
ROWS = (("이름", "나이"), ("순이", "아홉 살"), ("섬", ""), ("말", LONG))
SAID = ["이름, 나이", "순이, 아홉 살", "섬", "말", LONG]


def texts(book: Manuscript) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def html(rows: Sequence[Sequence[str]] = ROWS, cell: str = "<td>{}</td>") -> str:
    lines = ("".join(cell.format(one) for one in row) for row in rows)
    return f"<table><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"


def in_epub(tmp_path: Path, body: str, style: str = "", toc: str = "") -> Manuscript:
    document = page(f"<p>앞.</p>{body}<p>뒤.</p>").replace("</head>", f"{style}</head>")
    return read_manuscript(Epub({"a.xhtml": document}, toc=toc).write(tmp_path / "책.epub"))


def in_html(tmp_path: Path) -> Path:
    (tmp_path / "표.html").write_text(f"<meta charset=utf-8><p>앞.</p>{html()}<p>뒤.</p>")
    return tmp_path / "표.html"


def in_markdown(tmp_path: Path) -> Path:
    lines = "\n".join("|" + "|".join(row) + "|" for row in (ROWS[0], ("-", "-"), *ROWS[1:]))
    (tmp_path / "표.md").write_text(f"앞.\n\n{lines}\n\n뒤.\n")
    return tmp_path / "표.md"


def in_docx(tmp_path: Path) -> Path:
    cells = ("".join(f"<w:tc>{para(one)}</w:tc>" for one in row) for row in ROWS)
    rows = "".join(f"<w:tr>{line}</w:tr>" for line in cells)
    return Docx(f"{para('앞.')}<w:tbl>{rows}</w:tbl>{para('뒤.')}").write(tmp_path / "표.docx")


def in_hwpx(tmp_path: Path) -> Path:
    cells = ("".join(f"<hp:tc>{sub_list(one)}</hp:tc>" for one in row) for row in ROWS)
    rows = "".join(f"<hp:tr>{line}</hp:tr>" for line in cells)
    body = f"{hp('<hp:t>앞.</hp:t>')}{hp(f'<hp:tbl>{rows}</hp:tbl>')}{hp('<hp:t>뒤.</hp:t>')}"
    return Hwpx((body,)).write(tmp_path / "표.hwpx")


@pytest.mark.parametrize("make", [in_html, in_markdown, in_docx, in_hwpx])
def test_a_table_is_said_alike_in_every_kind_of_file(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    assert texts(read_manuscript(make(tmp_path))) == ["앞.", *SAID, "뒤."]
    assert texts(in_epub(tmp_path, html())) == ["앞.", *SAID, "뒤."]


def test_a_chapter_inside_a_layout_table_is_read(tmp_path: Path) -> None:
    inside = "<h1>봄</h1><p>눈이 왔다.</p><table><tr><td>안</td><td>쪽</td></tr></table>"
    book = in_epub(tmp_path, html(((inside, ""),)))
    assert texts(book) == ["앞.", "봄", "눈이 왔다.", "안, 쪽", "뒤."]
    assert not book.skipped


def test_marks_and_notes_in_cells_are_left_out(tmp_path: Path) -> None:
    rows = (("하늬바람<a href='#n1'>1)</a>", "바당<sup>2</sup>,"), ("<sup>3</sup>", "섬<br/>돌"))
    notes = "<p id='n1'>1) 서북풍.</p>"
    book = in_epub(tmp_path, html(rows) + notes)
    assert texts(book) == ["앞.", "하늬바람, 바당", "섬 돌", "뒤."]
    reasons = sorted(one.reason for one in book.skipped)
    assert reasons == ["footnote", "footnote mark", "footnote mark", "verse number"]


def test_what_styles_hide_in_a_row_is_listed(tmp_path: Path) -> None:
    style = "<style>.gone, tr.off { display: none }</style>"
    body = html((("가", "나"),), "<td>{}</td><td class='gone'>숨은 칸</td>")
    book = in_epub(tmp_path, body + "<table><tr class='off'><td>숨은 줄</td></tr></table>", style)
    assert texts(book) == ["앞.", "가, 나", "뒤."]
    assert {one.text: one.reason for one in book.skipped} == {
        "숨은 칸": "hidden",
        "숨은 줄": "hidden",
    }


def test_places_behind_and_in_a_row_stay_where_they_are(tmp_path: Path) -> None:
    body = html((("가", "나"), ("<b id='c2'>다</b>", "라"))) + "<p id='c3'>끝 장.</p>"
    links = "".join(f"<li><a href='a.xhtml{at}'>{at or 1}</a></li>" for at in ("", "#c2", "#c3"))
    book = in_epub(tmp_path, body, toc=f"<ol>{links}</ol>")
    found = [[p.text for p in chapter.paragraphs] for chapter in book.chapters]
    assert found == [["앞.", "가, 나"], ["다, 라"], ["끝 장.", "뒤."]]


def test_a_table_of_links_is_a_table_of_contents(tmp_path: Path) -> None:
    rows = tuple((f"<a href='a.xhtml#c{i}'>{i}장 바람</a>", f"{7 * i}") for i in range(1, 6))
    book = in_epub(tmp_path, html(rows))
    assert texts(book) == ["앞.", "뒤."]
    assert {one.reason for one in book.skipped} == {"table of contents"}
