"""What is read and what is listed as left out is what was there, for each format."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from epub_files import Epub, page
from hypothesis import given
from hypothesis import strategies as st

from kosorong.book import readers
from kosorong.book.account import REASONS, account_of, unaccounted
from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, Skipped
from kosorong.book.readers import read_manuscript
from kosorong.book.report import survey

LINES = st.sampled_from([
    *("", "", "바람이 분다.", "  그는 “가자.” 하고 말했다.", "한라산(漢拏山)이 높다."),
    *("3. 돌", "7"),
    *("제3장 바당", "- 12 -", "출처: 『섬』, 1948", "고은별 지음", "* * *", "<b>굵게</b>", "차례"),
    *("Chapter 2. Wind", "第三章", "프롤로그", "12/300", "ⓒ 고은별", "하얀 돌\u3000검은 돌", "==="),
    *("그림 1. 오름이다.", "1-1. 얼른 가자.", "[외전] 봄", "877화", "Hello there, my friend.", "…"),
    *("— 끝 —", "https://a.b/c", "ᄇᆞᄅᆞᆷ이 분다", "2024. 5. 1.", "목차", "1장 ...... 3"),
    *("⁂", "지은이: 고은별"),
])  # fmt: skip
WORD = st.sampled_from(
    ["바람이 ", "섬. ", "10", "x", "1)", "[2]", "둘, ", "漢拏山", "Wind ", "&amp;"]
)
TAGS = st.sampled_from([
    *("p", "div", "span", "em", "b", "h1", "h2", "li", "ul", "blockquote", "sup", "sub", "pre"),
    *("aside", "table", "td", "nav", "code", "section", "a", "q", "dd", "svg", "math", "center"),
])  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("account")


def told(source: str, book: Manuscript, **choices: Any) -> None:
    """Fail where the account is not right."""
    lost, added = unaccounted(source, book, **choices)
    assert not lost, f"neither read nor listed: {lost}"
    assert not added, f"read or listed, but not there: {added}"
    assert {one.reason for one in book.skipped} <= REASONS.keys()


@given(st.lists(LINES, max_size=40))
def test_every_sign_of_a_plain_text_is_read_or_listed(folder: Path, lines: list[str]) -> None:
    source = "\n".join(["바람이 분다. 비도 온다.", *lines])
    path = folder / "글.txt"
    path.write_text(source, encoding="utf-8")
    told(source, read_manuscript(path))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=200))
def test_every_sign_of_any_text_is_read_or_listed(folder: Path, text: str) -> None:
    source = f"바람이 분다. 비도 온다.\n{text}".replace("\ufeff", "")
    path = folder / "글.txt"
    path.write_text(source, encoding="utf-8")
    told(re.sub("[\u2028\u2029]", "\n", source), read_manuscript(path))


@given(st.lists(LINES, max_size=20).map("\n".join))
def test_every_letter_of_a_markdown_text_is_read_or_listed(folder: Path, text: str) -> None:
    source = f"처음이다.\n\n{text}"
    path = folder / "글.md"
    path.write_text(source, encoding="utf-8")
    # Tags without attributes are marks.
    told(re.sub(r"</?b>", "", source), read_manuscript(path), signs=False)


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner, max_size=3).map("".join)
    return st.tuples(TAGS, many).map(lambda made: f"<{made[0]}>{made[1]}</{made[0]}>")


@given(st.lists(st.recursive(WORD, _element, max_leaves=12), max_size=6).map("".join))
def test_every_sign_of_an_epub_is_read_or_listed(folder: Path, body: str) -> None:
    path = Epub({"a.xhtml": page(f"<p>처음이다.</p>{body}", title="")}).write(folder / "글.epub")
    source = re.sub(r"<[^>]*>", " ", f"처음이다.{body}").replace("&amp;", "&")
    told(source, read_manuscript(path))


def test_the_report_counts_what_is_read_and_what_is_left_out() -> None:
    chapter = Chapter("", 1, (Paragraph("눈이 왔다."), Paragraph("* * *", "break")))
    skipped = (Skipped("글:1", "가 나", "footnote"), Skipped("글:2", "다", "footnote"))
    book = Manuscript("", "", "ko", (chapter,), skipped=skipped)
    assert account_of(book) == {"read": 8, "left_out": {"footnote": 3}}
    assert survey(book)["account"] == account_of(book)


def test_what_is_lost_and_what_is_made_up_is_told() -> None:
    book = Manuscript("", "", "ko", (Chapter("", 1, (Paragraph("눈과 ab"),)),))
    assert unaccounted("눈과 acc", book) == ("cc", "b")
    assert unaccounted("눈과 ab!", book) == ("!", "")
    assert unaccounted("눈과 ab!", book, signs=False) == ("", "")
    assert unaccounted("눈과", book, metadata=["b a"]) == ("", "")


def test_every_reason_that_a_reader_gives_has_its_words() -> None:
    given = set()
    for path in Path(readers.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "skip":
                given |= {a.value for a in node.args[2:] if isinstance(a, ast.Constant)}
    assert given
    assert given <= REASONS.keys()
