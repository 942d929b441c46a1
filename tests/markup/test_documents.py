"""Pages that people send: what is translated, what is left alone, and where the marks go."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable

import pytest

from kosorong.markup.document import MARKUPS, Markup, said, translate_document
from kosorong.ports import STAND_IN, Link, Translation

WORDS = {
    "바람이": "ᄇᆞ름이",
    "바람": "ᄇᆞ름",
    "바다": "바당",
    "바다로": "바당으로",
    "바다를": "바당을",
    "많이": "하영",
    "분다.": "불엄저.",
    "갑니다": "감수다",
    "갑니다.": "감수다.",
    "어서": "ᄒᆞᆫ저",
    "오세요!": "옵서!",
}


def word_by_word(texts: Iterable[str]) -> list[Translation]:
    """Translate as the rules do: a word stands for a word, but 가고 있다 becomes 감저."""
    made = []
    for text in texts:
        words: list[str] = []
        links: list[Link] = []
        for n, word in enumerate(text.split()):
            if word.startswith("있다") and words[-1:] == ["가고"]:
                words[-1] = word.replace("있다", "감저")
            else:
                words.append(WORDS.get(word, word))
            links.append(Link(n, len(words) - 1, 1.0))
        made.append(Translation(" ".join(words), tuple(links)))
    return made


def turned(texts: Iterable[str]) -> list[Translation]:
    """Translate every word to itself, the last first."""
    made = []
    for text in texts:
        words = text.split()
        last = len(words) - 1
        links = tuple(Link(n, last - n, 1.0) for n in range(len(words)))
        made.append(Translation(" ".join(reversed(words)), links))
    return made


def translated(text: str, markup: Markup) -> str:
    return translate_document(text, markup, word_by_word).text


HTML = [
    ("<p>바람이 많이 분다.</p>", "<p>ᄇᆞ름이 하영 불엄저.</p>"),
    ("<li>어서 오세요!</li>", "<li>ᄒᆞᆫ저 옵서!</li>"),
    (
        "<p><span>바람이 <b>많이</b> 분다.</span></p>",
        "<p><span>ᄇᆞ름이 <b>하영</b> 불엄저.</span></p>",
    ),
    ("바람이<b> 많이 </b>분다.", "ᄇᆞ름이<b> 하영 </b>불엄저."),
    ("<b>바람</b>이 <i>많</i>이", "<b>ᄇᆞ름</b>이 <i>하</i>영"),
    ('<a href="x"><b>바다</b></a>로 갑니다.', '<a href="x"><b>바당</b></a>으로 감수다.'),
    ("바다로\n  갑니다.<br/>많이", "바당으로\n  감수다.<br/>하영"),
    ("<p>바다로 가고 <b>있다.</b></p>", "<p>바당으로 <b>감저.</b></p>"),
    ("<p>바다로 <b>가고</b> <i>있다.</i></p>", "<p>바당으로 <b>감저.</b><i></i></p>"),
    ("<b>바람이</b>많이 분다.", "<b>바람이</b>많이 불엄저."),
    (
        "많이&nbsp;&nbsp;A&amp;B &lt;바다로&gt; &#48148;&#45796;",
        "하영&nbsp;&nbsp;A&amp;B &lt;바다로&gt; &#48148;당",
    ),
    ("<title>많이</title><td>바람<td>바다", "<title>하영</title><td>ᄇᆞ름<td>바당"),
    (
        "<p>어서<sup>1</sup> 갑니다.<sup><a href=#n>[2]</a></sup>",
        "<p>ᄒᆞᆫ저<sup>1</sup> 감수다.<sup><a href=#n>[2]</a></sup>",
    ),
    ("많이 <sup>바다</sup>", "하영 <sup>바당</sup>"),
    ("<ruby>바다<rt>바다</rt></ruby>", "<ruby>바당<rt>바다</rt></ruby>"),
    ("바&shy;다로 바<wbr>다를", "바&shy;당으로 바<wbr>당을"),
]
MARKDOWN = [
    ("# 바람이 *많이* 분다.", "# ᄇᆞ름이 *하영* 불엄저."),
    ("바람이 **많이**\n분다.\n", "ᄇᆞ름이 **하영**\n불엄저.\n"),
    ("바다로 **가고** *있다.*", "바당으로 **감저.**"),
    ("바다로 [가고](a) **[있다.](b)**", "바당으로 [감저.](a)[](b)"),
    ("***바다***로 ~~갑니다.~~", "***바당***으로 ~~감수다.~~"),
    ("_어서_ [바다로](바다 '바다') ![바다](바다)", "_ᄒᆞᆫ저_ [바당으로](바다 '바다') ![바다](바다)"),
    ("> - 바람이\n>   많이\n> 1. 바다\n", "> - ᄇᆞ름이\n>   하영\n> 1. 바당\n"),
    (
        "바다 | 많이\n---|---\n**바다로** | `바다` \\| 바람\n",
        "바당 | 하영\n---|---\n**바당으로** | `바다` \\| ᄇᆞ름\n",
    ),
    (
        "바다[^1] [바다][b]\n\n[^1]: 많이\n\n    바람\n\n[b]: http://바다 '바다'\n",
        "바당[^1] [바당][b]\n\n[^1]: 하영\n\n    ᄇᆞ름\n\n[b]: http://바다 '바다'\n",
    ),
    ("바다  \n많이\\\n바람\n===\n", "바당  \n하영\\\nᄇᆞ름\n===\n"),
    ("<div>\n바다\n</div>\n\n<b>바다</b>를\n", "<div>\n바당\n</div>\n\n<b>바당</b>을\n"),
    (
        "---\ntitle: 바다\n---\n\n바다\r\n\r\n많이\r\n",
        "---\ntitle: 바다\n---\n\n바당\r\n\r\n하영\r\n",
    ),
    ("**바다**를 3 * 4 \\*바다\\* &amp; 바람", "**바당**을 3 * 4 \\*바다\\* &amp; ᄇᆞ름"),
]
TEXT = [
    ("  바람이  많이\t분다.\n\n\n바다\n", "  ᄇᆞ름이  하영\t불엄저.\n\n\n바당\n"),
    ("<p>바다</p> <철수> 3 < 많이 5 > 2", "<p>바당</p> <철수> 3 < 하영 5 > 2"),
    ("많이\r\n바다\x0b바람\u2028바다", "하영\r\n바당\x0bᄇᆞ름\u2028바당"),
]


@pytest.mark.parametrize(("text", "wanted"), HTML)
def test_html_comes_back_with_its_tags_around_the_words_that_correspond(
    text: str, wanted: str
) -> None:
    assert translated(text, "html") == wanted


@pytest.mark.parametrize(("text", "wanted"), MARKDOWN)
def test_markdown_comes_back_with_its_marks(text: str, wanted: str) -> None:
    assert translated(text, "markdown") == wanted


@pytest.mark.parametrize(("text", "wanted"), TEXT)
def test_a_text_keeps_its_lines_white_space_and_tags(text: str, wanted: str) -> None:
    assert translated(text, "text") == wanted


@pytest.mark.parametrize(
    "kept",
    [
        "<script>바다</script>",
        "<style>바다</style>",
        "<pre>바다\n  바다</pre>",
        "<!-- 바다 -->",
        '<img alt="바다" title=바다>',
        '<input value="바다">',
        "<textarea>바다</textarea>",
        '<p translate="no">바다 <b>바다</b></p>',
        "<p class='a notranslate'>바다</p>",
        "<svg><text>바다</text></svg>",
        "<?php 바다 ?>",
        "<!DOCTYPE 바다>",
    ],
)
def test_what_is_not_said_is_left_alone(kept: str) -> None:
    assert translated(f"바다{kept}바다", "html") in (f"바당{kept}바당", f"바다{kept}바다")
    assert translated(f"<p>바다</p>{kept}<p>바다</p>", "html") == f"<p>바당</p>{kept}<p>바당</p>"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("<p translate=no>가<p>나", "나"),
        ("<ul><li translate=no>가<li>나<li>다", "나 다"),
        ("<table><tr><td class=notranslate>가<td>나<tr><td>다", "나 다"),
        ("<dl><dt>가<pre>나<dd>다", "가"),
        ("가<span translate=no>나<div>다</span>라</div>마", f"가{STAND_IN}"),
        ("<b>가<div translate=no>나</b>다</div>라", "가 라"),
        ("<svg><text>가<p>나", "나"),
        ("<svg><foreignObject>가</svg>나", "나"),
        ("가<b a='나", "가"),
        ("가<a <b>나", "가나"),
        ("가<a title='>'>나<a title=>>다", "가나>다"),
        ("가<b a=1 =2>나</b c>다", "가나다"),
        ("가<script>나</scripts></script >다<SCRIPT>라", "가다"),
        ("&amp가 &notit; &lt나 &#x41;&#0; &없;", "&가 ¬it; <나 A\ufffd &없;"),
        ("가<!-->나<!--->다<!--라--!>마<!라>바<?사>아</ 자>차", "가나다마바아차"),
        ("가</p>나</br>다<br/>라", "가 나 다 라"),
        ("<a href=x/>가</a><3 < 나</>", "가<3 < 나"),
        ("가<code/>나", f"가{STAND_IN}"),
        ("가<title>나<b>다</title>라<plaintext>마</plaintext>", "가 나<b>다 라"),
        ("가<textarea><b>나</textarea>다<x-나>다", "가다다"),
    ],
)
def test_html_that_is_no_good_is_read_as_browsers_read_it(text: str, heard: str) -> None:
    assert " ".join(said(text, "html").split()) == heard


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize(
    "kept",
    [
        "{바다}", "{{ 바다 }}", "{{{바다}}}", "%s", "%1$s", "%(바다)s", "${바다}", "#{바다}", ":id",
        "{n, plural, one {바다} other {바다}}", "{% 바다 %}", "%{바다}", ":smile:", "{0}",
        "{바다.바다:d}",
    ],
)  # fmt: skip
def test_placeholders_are_left_alone_within_their_sentence(markup: Markup, kept: str) -> None:
    seen: list[str] = []

    def watching(texts: list[str]) -> list[Translation]:
        seen.extend(texts)
        return word_by_word(texts)

    assert translate_document(f"바람이 {kept} 많이 분다.", markup, watching).text == (
        f"ᄇᆞ름이 {kept} 하영 불엄저."
    )
    assert [text.replace(STAND_IN, "").split() for text in seen] == [["바람이", "많이", "분다."]]


@pytest.mark.parametrize("text", ["10%로", "{ 바다 , 바람 }", "가:나", "12:30", "50% 할인", "3% d"])
def test_what_is_no_placeholder_is_translated(text: str) -> None:
    assert said(f"{text} 분다.", "html") == f"{text} 분다."


def test_code_stands_in_its_sentence_and_is_left_alone() -> None:
    text = "<p>어서 <code>바다 <i>바다</i></code>로 <kbd>바다</kbd> 갑니다.</p>"
    assert said(text, "html") == f"어서 {STAND_IN}로 {STAND_IN} 갑니다."
    assert translated(text, "html") == (
        "<p>ᄒᆞᆫ저 <code>바다 <i>바다</i></code>로 <kbd>바다</kbd> 감수다.</p>"
    )


def test_inside_what_is_left_alone_a_part_may_be_translated() -> None:
    text = "<div translate=no>바다 <b translate=yes>바다 <i>바다</i></b> 바다</div>바다"
    assert translated(text, "html") == (
        "<div translate=no>바다 <b translate=yes>바당 <i>바당</i></b> 바다</div>바당"
    )


def test_a_sentence_runs_through_inline_elements_and_ends_at_blocks() -> None:
    text = (
        "<div>바람이 <a>많\n이</a> <em>분다<b>.</b></em> 어서<p>오세요!<td>바다</div>바다<hr>바다"
    )
    seen: list[str] = []

    def watching(texts: list[str]) -> list[Translation]:
        seen.extend(texts)
        return word_by_word(texts)

    translate_document(text, "html", watching)
    assert seen[:6] == ["바람이 많 이 분다.", "어서", "오세요!", "바다", "바다", "바다"]


def test_marks_follow_words_that_changed_places() -> None:
    made = translate_document("<p>하나 <b>둘</b> 셋</p>", "html", turned)
    assert made.text == "<p>셋 <b>둘</b> 하나</p>"
    made = translate_document("<p><b>하나</b> 둘 셋</p>", "html", turned)
    assert made.text == "<p>셋 둘 <b>하나</b></p>"


def test_marks_that_would_cross_stay_in_order() -> None:
    made = translate_document("<p><b>하나</b> 둘 <i>셋</i></p>", "html", turned)
    assert made.text == "<p><b>셋</b> 둘 <i>하나</i></p>"


def test_a_translation_that_lost_a_stand_in_is_not_taken() -> None:
    def losing(texts: list[str]) -> list[Translation]:
        return [Translation(text.replace(STAND_IN, "").upper()) for text in texts]

    text = "<p>어서 <code>x</code>로 a 가자.</p>"
    assert translate_document(text, "html", losing).text == text


def test_signs_that_would_be_markup_are_escaped_where_they_are_new() -> None:
    def adding(texts: list[str]) -> list[Translation]:
        return [Translation("가<b>&*나*") for _ in texts]

    assert translate_document("가나", "html", adding).text == "가&lt;b&gt;&amp;*나*"
    assert translate_document("가나", "markdown", adding).text == "가\\<b\\>\\&\\*나\\*"
    assert translate_document("가나", "text", adding).text == "가<b>&*나*"


def test_links_and_confidence_are_told_for_the_whole_page() -> None:
    made = translate_document("<p>바람이 분다.</p><p>바다</p>", "html", word_by_word)
    told = made.translation()
    assert told.text == made.text
    assert [(one.source, one.target) for one in told.links] == [(0, 0), (1, 1), (2, 2)]
    assert translate_document("<hr>", "html", word_by_word).translation().provenance == "copy"


@pytest.mark.parametrize(
    ("markup", "piece"),
    [
        ("html", "<p>바람이 <b>많이</b> 분다.</p>"),
        ("html", "<b>바다 "),
        ("html", "<p translate=no>바다<i>"),
        ("html", "</b>바다"),
        ("html", "<a <a "),
        ("html", "<a b='"),
        ("html", "<!-- "),
        ("html", "<title>"),
        ("html", "<sup>1"),
        ("html", "&amp"),
        ("html", "{{바다"),
        ("html", "바다<b></b>"),
        ("markdown", "바람이 **많이** 분다. "),
        ("markdown", "**바다"),
        ("markdown", "[바다](x) "),
        ("markdown", "> 바다\n"),
        ("markdown", "<b> 바다"),
        ("markdown", "`바다 "),
        ("markdown", "| 바다 "),
        ("text", "<b 바다 <b"),
        ("text", "바다\n"),
    ],
)
def test_time_grows_with_the_text(markup: Markup, piece: str) -> None:
    def seconds(times: int) -> float:
        # Going through all that a whole suite has made costs more than what is measured.
        gc.disable()
        try:
            start = time.process_time()
            translate_document(piece * times, markup, word_by_word)
            return time.process_time() - start
        finally:
            gc.enable()

    few = 1_500 // len(piece)
    seconds(few)
    assert seconds(8 * few) < 24 * max(seconds(few), 0.02)
