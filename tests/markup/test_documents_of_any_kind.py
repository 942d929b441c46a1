"""Whatever is sent: nothing is lost, tags come back in order, and nothing fails."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kosorong.book.readers.commonmark import PARSER
from kosorong.markup.document import MARKUPS, Markup, said, translate_document
from kosorong.ports import STAND_IN, Link, Translation

TAGS = [
    "<p>", "</p>", "<b>", "</b>", "<a href='x'>", "</a>", '<i class="b">', "</i>", "<br>", "<li>",
    "</li>", "<ul>", "</ul>", "<td>", "<img alt=밥>", "<code>", "</code>", "<div translate=no>",
    "</div>", "<span translate='yes'>", "</span>", "<script>", "</script>", "<sup>", "</sup>",
    "<!-- 밥 -->", "<hr/>", "<title>", "</title>", "<x-밥>", "<ruby>", "<rt>", "</ruby>",
]  # fmt: skip
WORDS = [
    "밥", "바다에", "갑니다.", "“가자!”", "ᄒᆞᆫ저", "KTX", "12", "&amp;", "&nbsp;", "&#44032;",
    "&shy;", "{밥}", "%s", ":id", "海", "😀", " ", "  ", "\n", "\u200b", "&", "<", ">", "3 < 5",
]  # fmt: skip
MARKS = [
    "*", "**", "_", "~~", "`", "```\n", "[", "](밥)", "![", "> ", "- ", "1. ", "# ", "\n", "\n\n",
    "| ", "|\n|---|\n", "    ", "[^1]", "\n[^1]: ", "\\", "  \n", "<b>", "</b>", "---\n", "<div>\n",
    "\r\n", "\t",
]  # fmt: skip

html = st.lists(st.sampled_from(TAGS + WORDS), max_size=25).map("".join)
markdown = st.lists(st.sampled_from(MARKS + WORDS), max_size=25).map("".join)
anything = st.one_of(st.text(max_size=60), html, markdown)


def unchanged(texts: Iterable[str]) -> list[Translation]:
    return [Translation(" ".join(text.split())) for text in texts]


def fewer_and_longer(texts: Iterable[str]) -> list[Translation]:
    """Translate every word to another, two to one now and then, one to two at the end."""
    made = []
    for text in texts:
        words: list[str] = []
        links: list[Link] = []
        for n, word in enumerate(text.split()):
            if n % 3 != 1 or STAND_IN in word:
                words.append(word if STAND_IN in word else f"{word}엉")
            links.append(Link(n, len(words) - 1, 1.0))
        words.append("게")
        made.append(Translation(" ".join(words), tuple(links)))
    return made


def anyhow(texts: Iterable[str]) -> list[Translation]:
    """Translate to something with links that mean nothing."""
    wild = tuple(Link(n * 7 % 5, n * 3 % 4, n / 9) for n in range(9))
    return [Translation(f"가 <b>나*</b> & {text[::-1]}", wild) for text in texts]


@pytest.mark.parametrize("markup", MARKUPS)
@settings(max_examples=400)
@given(text=anything)
def test_where_no_word_changes_every_byte_is_as_it_was(markup: Markup, text: str) -> None:
    assert translate_document(text, markup, unchanged).text == text


@pytest.mark.parametrize("markup", MARKUPS)
@settings(max_examples=200)
@given(text=anything)
def test_nothing_fails_whatever_links_say(markup: Markup, text: str) -> None:
    translate_document(text, markup, anyhow)
    said(text, markup)


@settings(max_examples=400)
@given(text=html.filter(lambda text: "<title>" not in text))
def test_tags_come_back_in_order(text: str) -> None:
    made = translate_document(text, "html", fewer_and_longer).text
    tags = re.compile(r"<[/a-z!][^>]*>")
    assert tags.findall(made) == tags.findall(text)


@settings(max_examples=400)
@given(text=html.filter(lambda text: "<code>" not in text))
def test_a_reader_reads_the_translations_and_nothing_else(text: str) -> None:
    made = translate_document(text, "html", fewer_and_longer)
    wanted = " ".join(translation.text for _, translation in made.sentences)
    read = said(made.text, "html")
    for word in wanted.split():
        assert word.replace(STAND_IN, "") in read.replace(STAND_IN, "")


@settings(max_examples=400)
@given(text=markdown)
def test_blocks_of_markdown_stay_blocks(text: str) -> None:
    def blocks(source: str) -> list[str]:
        return [token.type for token in PARSER.parse(source)]

    made = translate_document(text, "markdown", fewer_and_longer).text
    assert blocks(made) == blocks(text)
