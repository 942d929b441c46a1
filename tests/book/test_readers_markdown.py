import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.book.readers.commonmark import BLOCK_TOKENS, INLINE_TOKENS, PARSER, pieces
from kosorong.book.readers.inline import inline
from kosorong.errors import InputError


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Manuscript]:
    def reader(text: str, **given: Any) -> Manuscript:
        path = tmp_path / "글.md"
        path.write_text(text, encoding="utf-8")
        return read_manuscript(path, **given)

    return reader


def paragraphs(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for chapter in manuscript.chapters for p in chapter.paragraphs]


def test_headings_begin_chapters_with_their_level(read: Callable[..., Manuscript]) -> None:
    book = read("# 바당\n\n물결.\n\n## 섬 ##\n\n바람.\n\n하늘\n====\n\n구름.\n\n땅\n---\n\n흙.\n")
    assert [(c.title, c.level) for c in book.chapters] == [
        ("바당", 1),
        ("섬", 2),
        ("하늘", 1),
        ("땅", 2),
    ]
    assert book.title == "바당"


def test_front_matter_gives_title_author_and_language(read: Callable[..., Manuscript]) -> None:
    book = read(
        "---\ntitle: '긴 겨울'\nauthor: [고은별, 나하나]\nlang: jje\ntags: x\n---\n\n눈이 왔다.\n"
    )
    assert (book.title, book.author, book.language) == ("긴 겨울", "고은별", "jje")
    assert [entry.reason for entry in book.skipped] == ["front matter"]


def test_a_rule_at_the_top_is_no_front_matter(read: Callable[..., Manuscript]) -> None:
    assert paragraphs(read("---\n\n눈이 왔다.\n\n---\n\n끝.\n"))[1] == ("body", "눈이 왔다.")


def test_blocks_are_told_apart(read: Callable[..., Manuscript]) -> None:
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


def test_two_spaces_or_a_backslash_keep_a_line_break(read: Callable[..., Manuscript]) -> None:
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
        ("나는 *물결* 소리에 **문득** 깼다", "나는 물결 소리에 문득 깼다"),
        ("***섬*** 하나 *배*가", "섬 하나 배가"),
        ("_밤_ 깊은 __바다__ 위 _별_은", "밤 깊은 바다 위 별은"),
        ('**"가자"**라고 **(조용히)**도', '"가자"라고 (조용히)도'),
        ("그가**「섬」**을 ~~“낡은”~~은", "그가「섬」을 “낡은”은"),
        ("*울음.*이", "울음.이"),
        ("3*4*5 원, a*b*c, 2**3**4, (a)*(b)*(c)", "3*4*5 원, a*b*c, 2**3**4, (a)*(b)*(c)"),
        ("1~~3~~5 사이", "1~~3~~5 사이"),
        ("우리_집_마당", "우리_집_마당"),
        ("[하나][섬]의 [둘]", "[하나][섬]의 [둘]"),
        ("<바람> 그리고 <x y>", "<바람> 그리고 <x y>"),
        ("<div>섬</div><p class='x'>배</p>", "섬 배"),
        ("10<sup>6</sup>개, x<sup>2</sup>, 섬<sup>3</sup>", "10⁶개, x², 섬3"),
        ("[글](javascript:x)과 [말](<섬 길.md>)", "글과 말"),
    ],
)
def test_marks_are_taken_out_of_text(source: str, text: str) -> None:
    assert inline(source)[0] == text


LONG = "바람이 분다. " * 6 + "눈이 온다. " * 6 + "끝이다."
AB = [("list", "a, b")]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("15 - 8 = 7", [("body", "15 - 8 = 7")]),
        ("한림 - 성산", [("body", "한림 - 성산")]),
        ("6 * 7 * 2 개", [("body", "6 * 7 * 2 개")]),
        ("4 * 3 = 6 * 2", [("body", "4 * 3 = 6 * 2")]),
        ("> 긴 말 - 고은별", [("quote", "긴 말 - 고은별")]),
        ("2031. 봄이 온다.", [("list", "2031. 봄이 온다.")]),
        ("3) 셋\n9) 아홉", [("list", "3) 셋"), ("list", "9) 아홉")]),
        ("1.\n2. 둘", [("list", "1."), ("list", "2. 둘")]),
        ("1. 2. 겹", [("list", "1. 2. 겹")]),
        ("1. 하나\n\n   > 곁\n\n   더", [("list", "1. 하나"), ("quote", "곁"), ("list", "더")]),
        ("- 하나\n    - 안", [("list", "하나"), ("list", "안")]),
        ("- [x] 했다\n- [ ] 할 것", [("list", "했다"), ("list", "할 것")]),
        ("+ 7도\n+ 섬", [("list", "+ 7도"), ("list", "섬")]),
        ("-7도였다.", [("body", "-7도였다.")]),
        ("#섬마을", [("body", "#섬마을")]),
        (">7이면 크다.", [("body", ">7이면 크다.")]),
        ("섬은\n>= 7이다.", [("body", "섬은 >= 7이다.")]),
        (">하나\n>7월", [("quote", "하나 7월")]),
        ("> # 말\n> 뜻", [("quote", "말"), ("quote", "뜻")]),
        ("[순이]: 어디 가?", [("body", "[순이]: 어디 가?")]),
        ("[답]: #3번", [("body", "[답]: #3번")]),
        (
            "|a|b|\n|-|-|\n|1|2|\n표 밑.",
            [("list", "a, b"), ("list", "1, 2"), ("body", "표 밑.")],
        ),
        ("|a|b|\n|-|-|\n|1||\n|2|3|4|5|", [*AB, ("body", "1"), ("list", "2, 3, 4, 5")]),
        ("> |a|b|\n> |-|-|\n> |1|2|3|", [*AB, ("list", "1, 2, 3")]),
        (f"a|b\n-|-\n섬|{LONG}", [*AB, ("body", "섬"), ("body", LONG)]),
        ("가\\\n나\\", [("body", "가\n나")]),
    ],
)
def test_no_sign_or_number_of_a_line_is_lost(
    read: Callable[..., Manuscript], source: str, found: list[Any]
) -> None:
    assert paragraphs(read(source)) == found


def test_quotes_and_lists_nested_without_end_are_still_read(
    read: Callable[..., Manuscript],
) -> None:
    assert "섬" in paragraphs(read("> " * 90 + "섬"))[0][1]
    assert "섬" in paragraphs(read("- " * 90 + "섬"))[0][1]
    assert "섬" in paragraphs(read("[" * 90 + "섬" + "](a)" * 90))[0][1]


EVERYTHING = """# 하나

글 *약* **강** ~~줄~~ `x` [말](http://a.b "제목") ![그림](a.png) <b>태그</b> &amp; \\* <http://c.d>
둘\\
셋[^1]

> 인용

- 목록

1. 번호

---

```
코드
```

    x = 1

|a|
|-|
|1|

[^1]: 각주

[n]: http://a.b
"""


def test_every_kind_of_token_is_accounted_for() -> None:
    blocks = PARSER.parse(EVERYTHING)
    opened = {token.type for token in blocks}
    assert opened == set(BLOCK_TOKENS)
    lines = [token.content for token in blocks if token.type == "inline"]
    assert {piece.type for line in lines for piece in pieces(line, {})} == set(INLINE_TOKENS)


RULES = {
    "block": "table code fence blockquote hr list footnote reference heading lheading paragraph",
    "inline": "text newline escape backticks strikethrough emphasis footnote_mark link lost_link"
    " image autolink html_inline entity",
    "inline2": "balance_pairs strikethrough emphasis fragments_join",
    "core": "normalize block",
}


def test_no_rule_makes_tokens_that_nobody_knows_of() -> None:
    assert {kind: " ".join(rules) for kind, rules in PARSER.get_active_rules().items()} == RULES


def test_a_token_that_nobody_knows_is_listed(
    read: Callable[..., Manuscript], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(BLOCK_TOKENS, "fence")
    monkeypatch.delitem(INLINE_TOKENS, "code_inline")
    book = read("글 `x`\n\n```\ny\n```\n")
    assert [(entry.text, entry.reason) for entry in book.skipped] == [
        ("x", "unknown mark"),
        ("```\ny\n```", "unknown mark"),
    ]


WORDS = st.sampled_from(["바람", "섬이", "10", "3.5", "말이다.", "ab", "x", "출처", "나[1]", "가)"])
MARKS = (
    *(" ", "  ", "\n", "\n\n", "    ", "\t", "*", "**", "***", "_", "__", "~~", "`", "```", "---"),
    *("# ", "> ", ">", "- ", "+ ", "* ", "1. ", "2) ", "-", "=", "|", "|-|", "[", "]", "](", ")"),
    *("![", "[^", "]:", "]: ", "<", "</b>", "<b>", "<!--", "-->", "<sup>", "</sup>", "&", "\\"),
    *("(", '"', "「", "」", "https://", "$", "{", "}"),
)


@given(st.lists(WORDS | st.sampled_from(MARKS), max_size=40).map("".join))
def test_every_letter_and_digit_is_said_or_listed(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("md") / "글.md"
    path.write_text(f"처음\n\n{text}", encoding="utf-8")
    book = read_manuscript(path)
    assert "unknown mark" not in {entry.reason for entry in book.skipped}
    found = "".join([p.text for chapter in book.chapters for p in chapter.paragraphs])
    found += "".join(entry.text for entry in book.skipped) + tags(text)
    lost = Counter(letters(text)) - Counter(letters(found))
    assert not lost


def tags(text: str) -> str:
    """Return the letters of tags without attributes, which are marks."""
    return "".join(re.findall(r"</?(?:b|sup)>", text))


def letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)  # exponents are digits
    return "".join(char for char in plain if char.isalnum())


def test_source_notes_at_either_end_are_left_out_and_sentences_are_not(
    read: Callable[..., Manuscript],
) -> None:
    book = read(
        "# 섬\n\n출처: 『바람결』 7호, 1951\n\n눈이 왔다.\n\n출처는 아무도 모른다.\n\n"
        "ⓒ 고은별, 2020\n"
    )
    assert [p.text for p in book.chapters[0].paragraphs] == [
        "섬",
        "눈이 왔다.",
        "출처는 아무도 모른다.",
    ]
    assert [entry.where for entry in book.skipped] == ["글.md:3", "글.md:9"]


def test_what_is_not_read_is_listed_with_its_reason(read: Callable[..., Manuscript]) -> None:
    book = read(
        "글![그림](a.png) 끝[^1].\n\n```py\nx = 1\n```\n\n    y = 2\n\n"
        "<!-- 숨긴\n말 -->\n\n<script>x</script>\n\n[^1]: 각주\n\n[n]: http://a.b\n\n<http://c.d>\n"
    )
    assert {entry.reason for entry in book.skipped} == {
        "image",
        "footnote mark",
        "code",
        "HTML that is not text",
        "footnote",
        "link",
    }
    assert paragraphs(book) == [("body", "글 끝.")]
    assert book.chapters[0].notes == ("각주",)


def test_where_it_was_left_out_is_the_line(read: Callable[..., Manuscript]) -> None:
    book = read("글.\n\n```\nx\n```\n\n<!-- a\nb -->\n\n<!-- c -->\n\n끝.\n")
    assert sorted(entry.where for entry in book.skipped) == ["글.md:10", "글.md:3", "글.md:7"]


def test_html_in_titles_is_stripped(read: Callable[..., Manuscript]) -> None:
    assert read("# <i>봄</i> **밤** `x`\n\n글\n").title == "봄 밤 x"


def test_an_open_code_block_ends_with_the_file(read: Callable[..., Manuscript]) -> None:
    book = read("글\n\n~~~\nx\n# y\n")
    assert [c.title for c in book.chapters] == ["글"]


@pytest.mark.parametrize("text", ["```\nx\n```\n", "![그림](a.png)\n", "---\n", "#\n"])
def test_markdown_without_text_is_refused(read: Callable[..., Manuscript], text: str) -> None:
    with pytest.raises(InputError, match="no text to read aloud"):
        read(text)


@pytest.mark.parametrize(
    "flood",
    ["*a ", "_a ", "[a](", "![", "`a ", "<a ", "> ", "<!--", "|", "- a\n", "[", "[a][", "**", "[^"],
)
def test_no_flood_of_one_mark_takes_long_or_fails(
    read: Callable[..., Manuscript], flood: str
) -> None:
    assert read("글.\n\n" + flood * (30_000 // len(flood))).chapters


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("    바람이 분다. 그는 걸었다.", [("body", "바람이 분다. 그는 걸었다.")]),
        (
            "\t바람이 분다\n\t섬에도 분다\n\n끝.",
            [("body", "바람이 분다 섬에도 분다"), ("body", "끝.")],
        ),
        (
            "글.\n\n     “2024년 4월 3일에 OK?”",
            [("body", "글."), ("body", "“2024년 4월 3일에 OK?”")],
        ),
        ("- 하나\n\n      섬이다.", [("list", "하나"), ("list", "섬이다.")]),
        ("글.\n\n    print('안녕하세요')", [("body", "글.")]),
        ("글.\n\n    이름 = 값", [("body", "글.")]),
        ("글.\n\n    let x", [("body", "글.")]),
    ],
)
def test_indented_prose_is_text_and_code_is_not(
    read: Callable[..., Manuscript], source: str, found: list[Any]
) -> None:
    assert paragraphs(read(source)) == found


@pytest.mark.parametrize(
    ("over", "line"),
    [
        ("바람이 분다. 그는 걸었다.", "---"),
        ("눈이 왔다.", "==="),
        ("“누구냐?”", "---"),
        ("그는 물었다. 누구냐?", "-----"),
        ("바람이 분다\n섬에도 분다", "---"),
        ("그는 걸었다…", "---"),
    ],
)
def test_a_line_under_a_sentence_parts_scenes(
    read: Callable[..., Manuscript], over: str, line: str
) -> None:
    found = paragraphs(read(f"{over}\n{line}\n다음이다."))
    assert found == [
        ("body", over.replace("\n", " ")),
        ("break", 3 * line[0]),
        ("body", "다음이다."),
    ]


@pytest.mark.parametrize("title", ["바람의 집", "나는 누구인가?", "가자!", "제1장.", "St. Paul"])
@pytest.mark.parametrize("line", ["---", "==="])
def test_a_line_under_a_title_makes_it_a_heading(
    read: Callable[..., Manuscript], title: str, line: str
) -> None:
    book = read(f"{title}\n{line}\n\n눈이 왔다.")
    assert [c.title for c in book.chapters] == [title]
