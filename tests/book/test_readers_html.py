import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.book.readers.tags import read_tags
from kosorong.book.readers.webpage import read_html
from kosorong.errors import InputError


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(body: str | bytes, head: str = "") -> Manuscript:
        path = tmp_path / "누리집 글.html"
        page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body>"
        path.write_bytes(body if isinstance(body, bytes) else page.encode())
        return read_manuscript(path)

    return reader


def texts(book: Manuscript) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


def left_out(book: Manuscript) -> dict[str, str]:
    return {one.text: one.reason for one in book.skipped}


def test_headings_begin_chapters_and_the_only_first_one_is_the_title(
    read: Callable[..., Manuscript],
) -> None:
    book = read(
        "<h1>바당</h1><h2>첫째</h2><p>눈이 왔다.<h2>둘째</h2><p>비가 왔다.", "<title>누리집</title>"
    )
    assert [(c.title, c.level) for c in book.chapters] == [("바당", 1), ("첫째", 2), ("둘째", 2)]
    assert book.title == "바당"
    assert read("<p>눈.</p>", "<title>누리집 글</title>").title == "누리집 글"
    assert read("<p>눈.</p>").title == "누리집 글"


def test_the_author_is_declared_and_the_sentences_tell_the_language(
    read: Callable[..., Manuscript],
) -> None:
    book = read("<p>Snow fell.</p>", "<meta name=author content='고은별'>")
    assert book.author == "고은별"
    assert read("<p>눈이 왔다.</p>").language == "ko"
    assert read("<html lang='en'><body><p>눈이 왔다.</p>".encode()).language == "ko"


def test_what_stands_around_the_text_is_listed(read: Callable[..., Manuscript]) -> None:
    book = read(
        "<nav><a href='/'>처음</a></nav><header><h1>제목</h1></header><main><p>눈이 왔다.</p>"
        "<footer>글쓴이의 말.</footer></main><aside><p>광고<p>또 광고</aside>"
        "<footer><p>바닥글<p>주소</footer><button>보내기</button><select><option>하나</select>"
        "<noscript>켜 주세요</noscript><script>document.write('<p>거짓</p>')</script>"
        "<style>p > a {color: red}</style>"
    )
    assert texts(book) == ["제목", "눈이 왔다.", "글쓴이의 말."]
    reasons = left_out(book)
    assert {reasons[text] for text in ("광고 또 광고", "바닥글 주소")} == {"header or footer"}
    assert reasons["보내기"] == reasons["하나"] == "form field"
    assert reasons["켜 주세요"] == "HTML that is not text"
    assert not any("거짓" in text for text in texts(book))


def test_a_script_with_tags_in_it_ends_where_it_ends(read: Callable[..., Manuscript]) -> None:
    book = read("<p>눈이 <script>if (a<b) x='</p><p>아니'</script>왔다.</p>")
    assert texts(book) == ["눈이 왔다."]


def test_tables_are_read_row_by_row(read: Callable[..., Manuscript]) -> None:
    book = read(
        "<table><tr><th>이름 <th><p>나이</p><tr><td>순이<td> <b>아홉</b> 살 <td></table>"
        "<table><tr><td><h2>칸 제목</h2><p>긴 글이다.</p><table><tr><td>안<td>쪽</table></table>"
    )
    assert texts(book) == ["이름, 나이", "순이, 아홉 살", "칸 제목", "긴 글이다.", "안, 쪽"]


def test_a_hidden_row_or_cell_of_a_table_is_listed(read: Callable[..., Manuscript]) -> None:
    book = read(
        "<table><tr hidden><td>숨은 줄<td>둘<tr><td>가<td>나<tr><td>다<td hidden>숨은 칸</table>"
    )
    assert texts(book) == ["가, 나", "다"]
    assert left_out(book) == {"숨은 줄 둘": "hidden", "숨은 칸": "hidden"}


def test_a_greater_sign_in_an_attribute_ends_no_tag(read: Callable[..., Manuscript]) -> None:
    assert texts(read("<p title='2 > 1' class=\"a>b\">눈이 왔다.</p>")) == ["눈이 왔다."]


@pytest.mark.parametrize(
    "body",
    [
        "<html><head><meta charset=utf-8><title>섬</title><body><p>눈이 왔다.<p>비가 왔다.",
        "<head><title>섬</title><style>p {top: 0}</style><p>눈이 왔다.</p><div>비가 왔다.</div>",
        "<!doctype html><title>섬</title><p>눈이 왔다.</p><p>비가 왔다.",
        "<head><title>섬</title>눈이 왔다.<p>비가 왔다.</p>",
        "<head><title>섬<body><p>눈이 왔다.<p>비가 왔다.",
    ],
)
def test_a_head_ends_where_the_text_begins(read: Callable[..., Manuscript], body: str) -> None:
    book = read(body.encode())
    assert texts(book) == ["눈이 왔다.", "비가 왔다."]
    assert book.title == "섬"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p hidden>주<p>눈이 왔다.<p>비가 왔다.", "hidden"),
        ("<p class=footnote>주<div>눈이 왔다.</div><p>비가 왔다.", "footnote"),
        ("<p hidden><span>주<h2>눈이 왔다.</h2>비가 왔다.", "hidden"),
        ("<ul><li hidden>주<li>눈이 왔다.</ul><p>비가 왔다.", "hidden"),
        ("<dl><dt>눈이 왔다.<dd class=footnote>주<dt>비가 왔다.</dl>", "footnote"),
        ("<p>눈이 왔다.<p style='display:none'>주</div><form><b>비가 왔다.", "hidden"),
    ],
)
def test_what_is_left_out_ends_where_the_next_block_begins(
    read: Callable[..., Manuscript], body: str, reason: str
) -> None:
    book = read(body)
    assert texts(book)[-2:] == ["눈이 왔다.", "비가 왔다."]
    assert left_out(book)["주"] == reason


@pytest.mark.parametrize(
    "body",
    [
        "<script>var s='<!-- x';</script><p>눈이 왔다.</p><!-- c --><p>비가 왔다.</p>",
        "<script>if(a<!b){c()}</script><p>눈이 왔다.</p><style>/* <? */</style><p>비가 왔다.",
        "<p>눈이 왔다.</p><!--> <p>비가 왔다.</p><!-- 끝 --!>",
        "<p>눈이 왔다.</p><!-- <script> --><p>비가 왔다.</p><!-- </script> -->",
        "<p title='<!--'>눈이 왔다.</p><p title='-->'>비가 왔다.</p>",
        "<p>눈이 왔다.</p><!-- <p>거짓</p> --><![if !IE]><p>비가 왔다.</p><![endif]>",
    ],
)
def test_comments_and_scripts_each_end_at_their_own_end(
    read: Callable[..., Manuscript], body: str
) -> None:
    assert texts(read(body)) == ["눈이 왔다.", "비가 왔다."]


@pytest.mark.parametrize(
    "body",
    [
        '<p title="3 < 5">눈이 왔다.</p>',
        "<p>눈이 <span data-content='<b class=\"x\">덧글</b>'>왔다.</span></p>",
        "<p onclick=\"if (a<b) say('<p>아니</p>')\">눈이 왔다.",
        "<p data-x=a<b>눈이 왔다.</p>",
        "<p><a href=http://a.kr/>눈이</a> 왔다.</p>",
        "<p = class>눈이 왔다.</p>",
        f"<p title='{'<i>' * 3000}'>눈이 왔다.</p>",
    ],
)
def test_markup_in_an_attribute_is_not_said(read: Callable[..., Manuscript], body: str) -> None:
    assert texts(read(body)) == ["눈이 왔다."]


def test_a_forgotten_quote_hides_no_text(read: Callable[..., Manuscript]) -> None:
    body = '<p title="가>눈이 왔다.</p><p class="나">비가 왔다.</p><p id="다>해가 떴다.</p>'
    assert texts(read(body)) == ["눈이 왔다.", "비가 왔다.", "해가 떴다."]


def test_a_heading_ends_with_the_end_of_another_or_where_another_begins(
    read: Callable[..., Manuscript],
) -> None:
    book = read("<h1>섬</h1><h2>봄</h3><p>눈이 왔다.</p><h2>여름<h2>가을</h2><p>비가 왔다.")
    assert [c.title for c in book.chapters] == ["섬", "봄", "여름", "가을"]


def test_changes_that_a_word_processor_kept_are_left_out(read: Callable[..., Manuscript]) -> None:
    book = read("<p>그 <del datetime='2024-01-01'>옛 </del><ins>새 </ins>집. <del>값</del></p>")
    assert texts(book) == ["그 새 집. 값"]
    assert left_out(book)["옛"] == "deleted text"


BROKEN = ("제1장 봄", "눈이 왔다. 바람도 불었다.", "아무도 없었다.", "제2장 여름", "비가 왔다.")


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{'<br><br>'.join(BROKEN)}</div>",
        f"{'<br/> &nbsp; <br/>'.join(BROKEN)}",
        f"<pre>{chr(10).join(f'{one}{chr(10)}' for one in BROKEN)}</pre>",
        f"<div><b>제1장 봄</b><br>{'<br><br>'.join(BROKEN[1:3])}<br>제2장 여름<br>비가 왔다.</div>",
        f"<h1>섬</h1><span>{'<br><br><br>'.join(BROKEN)}</span>",
    ],
)
def test_two_breaks_end_a_paragraph_and_headings_among_them_are_found(
    read: Callable[..., Manuscript], body: str
) -> None:
    book = read(body)
    chapters = [(c.title, [p.text for p in c.paragraphs]) for c in book.chapters]
    assert chapters[-2:] == [("제1장 봄", list(BROKEN[:3])), ("제2장 여름", list(BROKEN[3:]))]


def test_one_break_ends_a_line_of_verse_and_two_a_stanza(read: Callable[..., Manuscript]) -> None:
    book = read("<p>눈이 온다<br>섬에도<br><br>바람이 분다<br>바당에도</p><h1>셋째<br><br>밤</h1>")
    found = [(p.kind, p.text) for c in book.chapters for p in c.paragraphs]
    assert found[:2] == [("verse", "눈이 온다\n섬에도"), ("verse", "바람이 분다\n바당에도")]
    assert book.chapters[-1].title == "셋째 밤"


def test_an_exclamation_is_a_chapter_of_a_page_only_among_its_like(
    read: Callable[..., Manuscript],
) -> None:
    book = read("<p>1화 시작<p>눈이 왔다.<p>2화 도망쳐!<p>비가 왔다.<p>9화 남았어!")
    assert [c.title for c in book.chapters] == ["1화 시작", "2화 도망쳐!"]


def test_a_title_and_one_numbered_line_make_no_chapter(read: Callable[..., Manuscript]) -> None:
    book = read("<h1>섬 이야기</h1><p>눈이 왔다.</p><p>부록 1. 지도</p><p>비가 왔다.</p>")
    assert [c.title for c in book.chapters] == ["섬 이야기"]


@pytest.mark.parametrize("name", ["euc-kr", "ks_c_5601-1987", "EUC-KR"])
def test_the_declared_encoding_is_taken(read: Callable[..., Manuscript], name: str) -> None:
    page = f"<meta http-equiv=Content-Type content='text/html; charset={name}'><p>똠방각하 쩝.</p>"
    assert texts(read(page.encode("cp949"))) == ["똠방각하 쩝."]


def test_a_wrongly_declared_encoding_is_found_out(read: Callable[..., Manuscript]) -> None:
    page = "<meta charset='euc-kr'><p>바람이 분다. 눈이 온다. 하늘이 높다.</p>"
    assert texts(read(page.encode())) == ["바람이 분다. 눈이 온다. 하늘이 높다."]


@pytest.mark.parametrize(
    "soup",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 20_000,
        "<tr>" * 100_000,
        "<a <a " * 60_000,
        "<footer>" + "<p>" * 100_000,
        "<b id='" * 50_000,
        "<script>" * 50_000,
        '<p title="' + "a" * 400_000,
        "</div>" * 200_000 + "<!--" * 100_000,
        "<!" * 200_000,
        "<title>" * 50_000,
        "<p a=\"'>" * 40_000,
        "<p a=\">x<p b='>y" * 30_000,
        "<a b='x' " * 50_000,
        "<p>" + "<i>" * 70_000 + "<li>" * 50_000,
        "<h1>" * 50_000 + "</h2>" * 50_000,
        "<ruby>가" * 70_000,
        "<i></i> " * 60_000 + "<br>" * 60_000,
        "<table><tr><td>가<td id=나>" * 20_000,
    ],
)
def test_soup_is_read_or_refused_in_seconds(tmp_path: Path, soup: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>눈이 왔다.</p>{soup}")
    started = time.process_time()
    with suppress(InputError):
        assert texts(read_manuscript(path))[0] == "눈이 왔다."
    assert time.process_time() - started < 5


def test_the_reader_is_the_same_for_each_ending(tmp_path: Path) -> None:
    for ending in (".htm", ".html", ".HTML", ".xhtml"):
        path = tmp_path / f"a{ending}"
        path.write_text("<p>눈이 왔다.</p>")
        assert texts(read_manuscript(path)) == texts(read_html(path)) == ["눈이 왔다."]


def test_events_of_raw_text_are_not_unescaped() -> None:
    class Sink:
        def __init__(self) -> None:
            self.events: list[str] = []

        def start(self, tag: str, attributes: Mapping[str, str]) -> None:
            self.events.append(f"<{tag}>")

        def end(self, tag: str) -> None:
            self.events.append(f"</{tag}>")

        def data(self, text: str) -> None:
            self.events.append(text)

    sink = Sink()
    read_tags("<style>a&gt;<b></style>c&gt;", sink)
    assert sink.events == ["<style>", "a&gt;<b>", "</style>", "c>"]
