from pathlib import Path

import pytest

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.book.readers.markdown import inline
from kosorong.errors import InputError


@pytest.fixture
def read(tmp_path: Path):
    def reader(text: str, **given: str) -> Manuscript:
        path = tmp_path / "글.md"
        path.write_text(text, encoding="utf-8")
        return read_manuscript(path, **given)

    return reader


def paragraphs(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for chapter in manuscript.chapters for p in chapter.paragraphs]


def test_headings_begin_chapters_with_their_level(read) -> None:
    book = read("# 바당\n\n물결.\n\n## 섬 ##\n\n바람.\n\n하늘\n====\n\n구름.\n\n땅\n---\n\n흙.\n")
    assert [(c.title, c.level) for c in book.chapters] == [
        ("바당", 1),
        ("섬", 2),
        ("하늘", 1),
        ("땅", 2),
    ]
    assert book.title == "바당"


def test_front_matter_gives_title_author_and_language(read) -> None:
    book = read(
        "---\ntitle: '긴 겨울'\nauthor: [고은별, 나하나]\nlang: jje\ntags: x\n---\n\n눈이 왔다.\n"
    )
    assert (book.title, book.author, book.language) == ("긴 겨울", "고은별", "jje")
    assert [entry.reason for entry in book.skipped] == ["front matter"]


def test_a_rule_at_the_top_is_no_front_matter(read) -> None:
    assert paragraphs(read("---\n\n눈이 왔다.\n\n---\n\n끝.\n"))[1] == ("body", "눈이 왔다.")


def test_blocks_are_told_apart(read) -> None:
    book = read(
        "첫 줄\n둘째 줄\n\n> 따온 말\n> 또\n>\n> 다음\n\n- 사과\n- 배\n  단 것\n\n"
        "1. 하나\n2. 둘\n\n***\n\n끝\n"
    )
    assert paragraphs(book) == [
        ("body", "첫 줄 둘째 줄"),
        ("quote", "따온 말 또"),
        ("quote", "다음"),
        ("list", "사과"),
        ("list", "배 단 것"),
        ("list", "1. 하나"),
        ("list", "2. 둘"),
        ("break", "***"),
        ("body", "끝"),
    ]


def test_two_spaces_or_a_backslash_keep_a_line_break(read) -> None:
    assert paragraphs(read("산에는 꽃  \n들에는 바람\\\n끝\n")) == [
        ("body", "산에는 꽃\n들에는 바람\n끝")
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**굵게** *기울여* __또__ _한번_ ~~지움~~", "굵게 기울여 또 한번 지움"),
        ("[제주](http://a.b/c_(d) '섬') 바다", "제주 바다"),
        ("[제주][1] 바다", "제주 바다"),
        ("`코드` 한 마디", "코드 한 마디"),
        (r"\*별\* \[괄호\] 3\. 5", "*별* [괄호] 3. 5"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<em>말</em> <br/>다음", "말 \n다음"),
        ("2 * 3 * 4와 snake_case_word", "2 * 3 * 4와 snake_case_word"),
        ("**굵게", "**굵게"),
    ],
)
def test_marks_are_taken_out_of_text(source: str, text: str) -> None:
    assert inline(source)[0] == text


def test_what_is_not_read_is_listed_with_its_reason(read) -> None:
    book = read(
        "글![그림](a.png) 끝[^1].\n\n```py\nx = 1\n```\n\n    들여 쓴 것\n\n|a|b|\n|-|-|\n|1|2|\n\n"
        "<!-- 숨긴\n말 -->\n\n<script>x</script>\n\n[^1]: 각주\n\n[n]: http://a.b\n\n<http://c.d>\n"
    )
    assert {entry.reason for entry in book.skipped} == {
        "image",
        "footnote mark",
        "code",
        "table",
        "HTML that is not text",
        "footnote",
        "link",
    }
    assert paragraphs(book) == [("body", "글 끝.")]
    assert book.chapters[0].notes == ("각주",)


def test_where_it_was_left_out_is_the_line(read) -> None:
    book = read("글.\n\n```\nx\n```\n\n<!-- a\nb -->\n\n<!-- c -->\n\n끝.\n")
    assert sorted(entry.where for entry in book.skipped) == ["글.md:10", "글.md:3", "글.md:7"]


def test_html_in_titles_is_stripped(read) -> None:
    assert read("# <i>봄</i> **밤** `x`\n\n글\n").title == "봄 밤 x"


def test_an_open_code_block_ends_with_the_file(read) -> None:
    book = read("글\n\n~~~\nx\n# y\n")
    assert [c.title for c in book.chapters] == ["글"]


@pytest.mark.parametrize("text", ["```\nx\n```\n", "![그림](a.png)\n", "---\n", "#\n"])
def test_markdown_without_text_is_refused(read, text: str) -> None:
    with pytest.raises(InputError, match="no text to read aloud"):
        read(text)


@pytest.mark.parametrize(
    "flood", ["*a ", "_a ", "[a](", "![", "`a ", "<a ", "> ", "<!--", "|", "- a\n"]
)
def test_no_flood_of_one_mark_takes_long_or_fails(read, flood: str) -> None:
    assert read("글.\n\n" + flood * (30_000 // len(flood))).chapters
