"""Where the chapters of an EPUB begin, and what their headings say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from epub_files import Epub, page

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(*bodies: str, toc: str = "", ncx: str = "") -> Manuscript:
        pages = {f"{'abcdefgh'[i]}.xhtml": page(body) for i, body in enumerate(bodies)}
        return read_manuscript(Epub(pages, toc=toc, ncx=ncx).write(tmp_path / "책.epub"))

    return reader


def chapters(book: Manuscript) -> list[tuple[str, int, list[str]]]:
    return [(c.title, c.level, [p.text for p in c.paragraphs]) for c in book.chapters]


def listed(*links: str) -> str:
    """Return a table of contents of `place=title`, a list inside `[`…`]`."""
    parts = []
    for link in links:
        place, _, title = link.partition("=")
        parts.append(f"<li><a href='{place}'>{title}</a></li>" if title else link)
    return f"<ol>{''.join(parts)}</ol>"


@pytest.mark.parametrize(
    "heading",
    [
        "<h2 id='p{}'>{}</h2>",
        "<h2 class='pagebreak'>{1}</h2>",
        "<h2 id='page{}'>{}</h2>",
        "<h1><span class='pagenum'>{1}</span></h1>",
        "<h3><a id='page_{}'>{}</a></h3>",
        "<h2><span class='verse'>{1}</span></h2>",
        "<h2><a id='ref{}' class='noteref' href='b.xhtml#x'>{}</a></h2>",
        "<h2><sup>{1}</sup></h2>",
    ],
)
def test_a_number_that_is_all_of_a_heading_is_said(
    read: Callable[..., Manuscript], heading: str
) -> None:
    book = read("".join(heading.format(i, i) + "<p>눈이 왔다.</p>" for i in (1, 2)))
    assert [(c[0], c[2]) for c in chapters(book)] == [
        ("1", ["1", "눈이 왔다."]),
        ("2", ["2", "눈이 왔다."]),
    ]
    assert not book.skipped


def test_a_page_number_beside_the_words_of_a_heading_is_left_out(
    read: Callable[..., Manuscript],
) -> None:
    book = read(
        "<h2><a id='page_13'>13</a>봄</h2><p>눈.</p><h2>여름<i class='pagenum'>14</i></h2>비."
    )
    assert [c.title for c in book.chapters] == ["봄", "여름"]
    assert [(one.text, one.reason) for one in book.skipped] == [
        ("13", "page number"),
        ("14", "page number"),
    ]


def test_a_paragraph_that_is_a_number_is_said_where_its_name_counts_paragraphs(
    read: Callable[..., Manuscript],
) -> None:
    book = read("<p id='p1'>1</p><p id='p2'>눈이 왔다.</p><p id='page3'>3</p>")
    assert chapters(book)[0][2] == ["1", "눈이 왔다."]
    assert [one.text for one in book.skipped] == ["3"]


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg><text>{}</text><text>{}</text></svg>",
        "<svg aria-label='섬'><g><text><tspan>{} </tspan><tspan>{}</tspan></text></g></svg>",
    ],
)
def test_the_text_of_a_drawing_in_a_heading_is_the_heading(
    read: Callable[..., Manuscript], drawing: str
) -> None:
    lines = "아주 먼 섬에서 온 편지를 읽는 밤과", "끝없이 부는 바람 소리의 기억들"
    drawing, title = drawing.format(*lines), " ".join(lines)
    book = read(f"<h1>{drawing}</h1><p>눈이 왔다.</p>")
    assert chapters(book) == [(title, 1, [title, "눈이 왔다."])]
    assert read(f"<p>앞.</p>{drawing}<p>뒤.</p>").skipped[0].text == title


@pytest.mark.parametrize(
    "end",
    ["<p>봄의 끝이다.<a id='c2'/></p>", "<p>봄의 끝이다. <span id='c2'></span> <br/></p>"],
)
def test_an_anchor_at_the_end_of_a_paragraph_is_the_next_ones(
    read: Callable[..., Manuscript], end: str
) -> None:
    toc = listed("a.xhtml=봄", "a.xhtml#c2=여름")
    found = chapters(read(f"<h2>봄</h2>{end}<h2>여름</h2><p>비가 왔다.</p>", toc=toc))
    assert found == [("봄", 1, ["봄", "봄의 끝이다."]), ("여름", 1, ["여름", "비가 왔다."])]


def test_an_anchor_at_the_end_of_a_heading_or_a_document_begins_its_chapter(
    read: Callable[..., Manuscript],
) -> None:
    first = "<h2>봄<a id='c1'/></h2><p>눈.</p><p>여름<a id='c2'/></p><p>비.<a id='c3'/></p>"
    toc = listed("a.xhtml#c1=봄", "a.xhtml#c2=여름", "a.xhtml#c3=가을")
    assert chapters(read(first, "<p>바람.</p>", toc=toc)) == [
        ("봄", 1, ["봄", "눈."]),
        ("여름", 1, ["여름", "비."]),
        ("가을", 1, ["바람."]),
    ]


PARTED = [
    ("1부", 1, ["1부"]),
    ("봄", 2, ["눈."]),
    ("여름", 2, ["비."]),
    ("2부", 1, ["2부"]),
    ("가을", 2, ["바람."]),
]


def test_a_part_without_a_link_keeps_its_level_and_is_said(read: Callable[..., Manuscript]) -> None:
    parts = (("1부", ("a=봄", "b=여름")), ("2부", ("c=가을",)))
    toc = ncx = ""
    for name, links in parts:
        inside = listed(*(link.replace("=", ".xhtml=") for link in links))
        toc += f"<li><span>{name}</span>{inside}</li>"
        points = "".join(
            f"<navPoint><navLabel><text>{link[2:]}</text></navLabel>"
            f"<content src='{link[0]}.xhtml'/></navPoint>"
            for link in links
        )
        ncx += f"<navPoint><navLabel><text>{name}</text></navLabel>{points}</navPoint>"
    bodies = ("<p>눈.</p>", "<p>비.</p>", "<p>바람.</p>")
    assert chapters(read(*bodies, toc=f"<ol>{toc}</ol>")) == PARTED
    assert chapters(read(*bodies, ncx=ncx)) == PARTED


def test_a_part_and_its_first_chapter_in_one_document_are_two_chapters(
    read: Callable[..., Manuscript],
) -> None:
    inside = listed("a.xhtml=봄", "b.xhtml=여름")
    toc = f"<ol><li><a href='a.xhtml'>1부</a>{inside}</li></ol>"
    found = chapters(read("<h1>1부</h1><h2>봄</h2><p>눈.</p>", "<p>비.</p>", toc=toc))
    assert found == [("1부", 1, ["1부"]), ("봄", 2, ["봄", "눈."]), ("여름", 2, ["비."])]


def test_a_part_that_its_first_chapter_names_below_its_own_title_is_not_said_twice(
    read: Callable[..., Manuscript],
) -> None:
    toc = f"<ol><li><span>고은별</span>{listed('a.xhtml=봄', 'b.xhtml=여름')}</li></ol>"
    found = chapters(read("<h1>봄</h1><p>고은별</p><p>눈.</p>", "<p>비.</p>", toc=toc))
    assert found == [("봄", 2, ["봄", "고은별", "눈."]), ("여름", 2, ["비."])]


@pytest.mark.parametrize(
    "bodies",
    [
        ("<h1>봄</h1><p>눈.</p>", "<h1>여름</h1><p>비.</p>"),
        ("<h1>봄</h1><p>눈.</p><h1>여름</h1><p>비.</p>",),
    ],
)
def test_headings_tell_the_chapters_that_contents_of_a_line_do_not(
    read: Callable[..., Manuscript], bodies: tuple[str, ...]
) -> None:
    book = read(*bodies, toc=listed("a.xhtml=Start"))
    assert [c.title for c in book.chapters] == ["봄", "여름"]
    assert any("table of contents names few chapters" in one for one in book.warnings)


def test_contents_that_name_the_chapters_are_kept_whatever_headings_stand_in_them(
    read: Callable[..., Manuscript],
) -> None:
    body = "<h1>{}</h1><h1>하나</h1><p>눈.</p><h1>둘</h1><p>비.</p><h1>셋</h1><p>바람.</p>"
    toc = listed("a.xhtml=봄", "b.xhtml=여름")
    book = read(body.format("봄"), body.format("여름"), toc=toc)
    assert [c.title for c in book.chapters] == ["봄", "여름"]


def test_a_poem_called_contents_is_read(read: Callable[..., Manuscript]) -> None:
    poem = (
        "<h1>차례</h1><p>할망이 절을 하면</p><p>향내가 오르고</p><p>바람이 잔다</p><p>섬도 잔다</p>"
    )
    book = read("<h1>봄</h1><p>눈.</p>", poem, toc=listed("a.xhtml=봄", "b.xhtml=차례"))
    assert [c.title for c in book.chapters] == ["봄", "차례"]
    assert not book.aside


@pytest.mark.parametrize(
    "lines",
    [
        ("봄", "여름"),
        ("제1장 봄 ···· 3", "제2장 여름 ···· 9"),
        ("머리말 5", "봄 이야기 11"),
        ("1. 들어가며", "2. 나가며"),
        ("<a href='a.xhtml'>처음</a>", "<a href='c.xhtml'>나중</a>"),
    ],
)
def test_contents_are_set_aside_by_their_titles_pages_or_links(
    read: Callable[..., Manuscript], lines: tuple[str, str]
) -> None:
    contents = "<h1>차례</h1>" + "".join(f"<p>{line}</p>" for line in lines)
    book = read("<h1>봄</h1><p>눈.</p>", contents, "<h1>여름</h1><p>비.</p>")
    assert [c.title for c in book.chapters] == ["봄", "여름"]
    assert [c.matter for c in book.aside] == ["table of contents"]


CHOICES = ("왼쪽 길로 간다.", "“누구냐?”", "돌담을 넘는다.", "그냥 돌아선다.", "할망을 부른다.")


def test_sentences_that_are_links_are_text(read: Callable[..., Manuscript]) -> None:
    linked = "".join(f"<p><a href='b.xhtml#{i}'>{one}</a></p>" for i, one in enumerate(CHOICES))
    book = read(linked, f"<h1>길</h1><p>눈이 왔다.</p>{linked}<p>비가 왔다.</p>")
    assert [text for c in chapters(book) for text in c[2]] == [
        *CHOICES,
        "길",
        "눈이 왔다.",
        *CHOICES,
        "비가 왔다.",
    ]


def test_links_that_are_the_titles_of_chapters_are_contents_though_they_are_sentences(
    read: Callable[..., Manuscript],
) -> None:
    linked = "".join(f"<p><a href='b.xhtml#{i}'>{one}</a></p>" for i, one in enumerate(CHOICES))
    text = "".join(f"<h1 id='{i}'>{one}</h1><p>눈이 왔다.</p>" for i, one in enumerate(CHOICES))
    book = read(linked, text)
    assert [c.title for c in book.chapters] == list(CHOICES)
    assert [c.matter for c in book.aside] == ["table of contents"]
