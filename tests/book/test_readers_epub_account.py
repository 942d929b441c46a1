"""What is read of an EPUB and what is listed is what was there, letter for letter."""

import tempfile
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from epub_files import Epub, page
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError

WORDS = st.text("가나다라마바사아자차카타파하漢山海abc", min_size=1, max_size=4)
NUMBERS = st.sampled_from(["1", "2", "3)", "[4]", "*", "주5", "13", "xii"])
INLINE = (
    "<b>{}</b>", "<sup>{}</sup>", "<span class='pagenum'>{}</span>", "<a href='#n1'>{}</a>",
    "<a id='page_13'>{}</a>", "<span class='footnote'>{}</span>", "<span class='v'>{}</span>",
    "<i style='display:none'>{}</i>", "<span class='gone'>{}</span>", "<u hidden=''>{}</u>",
    "<ruby>{}<rt>바다</rt></ruby>", "<ruby>海<rt>{}</rt>山</ruby>", "<img alt='{}' src='x.png'/>",
    "<a epub:type='noteref' href='#n2'>{}</a>", "<svg><title>{}</title></svg>", "<math>{}</math>",
    "<span role='doc-backlink'>{}</span>", "<span style='vertical-align:super'>{}</span>",
    "<a class='noteref' href='b.xhtml#n3'>{}</a>", "<code>{}</code>", "<br/>{}",
)  # fmt: skip
BLOCK = (
    "<p>{}</p>", "<p id='n1'>1) {}</p>", "<p id='n2'>{}</p>", "<div>{}</div>", "<h1>{}</h1>",
    "<h2>{}</h2>", "<ul><li>{}</li></ul>", "<table><tr><td>{}</td></tr></table>",
    "<aside epub:type='footnote'>{}</aside>", "<section epub:type='index'><p>{}</p></section>",
    "<section id='pg-header'><p>{}</p></section>", "<blockquote>{}</blockquote>",
    "<p class='gone'>{}</p>", "<pre><code>{}</code></pre>", "<p><sup>2</sup> {}</p>", "{}",
    "<p>*** END OF THE PROJECT GUTENBERG EBOOK {}</p>", "<h1>판권</h1><p>발행 {}</p>",
    "<p>초판 1쇄</p><p>펴낸곳 {}</p><p>ISBN 1</p>", "<nav><ol><li>{}</li></ol></nav>",
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Draw a line of words, numbers and elements of one or two levels."""
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        text = draw(st.one_of(WORDS, NUMBERS))
        for _ in range(draw(st.integers(0, 2))):
            around = draw(st.sampled_from(INLINE))
            text = around.format(text) if "alt" not in around or "<" not in text else text
        parts.append(text + draw(st.sampled_from(["", " ", ". "])))
    return "".join(parts)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Draw the blocks of a document."""
    blocks = draw(st.lists(st.tuples(st.sampled_from(BLOCK), lines()), min_size=1, max_size=6))
    return "".join(block.format(line) for block, line in blocks)


def letters(text: str) -> Counter[str]:
    """Count letters and digits; an exponent counts as its digits."""
    return Counter(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def written(body: str) -> str:
    """Return the text of a body: what stands between tags, and the text of pictures."""
    found: list[str] = []

    class Text(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.append(data)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "img":
                found.append(dict(attrs)["alt"] or "")

    Text().feed(body)
    return "".join(found)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies(), st.booleans())
def test_what_is_read_and_what_is_listed_is_what_was_there(body: str, has_contents: bool) -> None:
    pages = {"a.xhtml": page(f"<p>처음.</p>{body}"), "b.xhtml": page("<p id='n3'>1) 끝.</p>")}
    style = "<style>.gone { display: none }</style></head>"
    pages["a.xhtml"] = pages["a.xhtml"].replace("</head>", style)
    toc = "<ol><li><a href='a.xhtml'>글</a></li></ol>" if has_contents else ""
    with tempfile.TemporaryDirectory() as folder:
        try:
            book = read_manuscript(Epub(pages, toc=toc).write(Path(folder) / "책.epub"))
        except InputError:
            assume(False)  # all of it was a licence or an imprint
    read = [p.text for chapter in book.chapters for p in chapter.paragraphs]
    left = [one.text for one in book.skipped if one.text != "x.png"]
    there = letters(f"처음.{written(body)}1) 끝.")
    assert letters("".join([*read, *left])) == there
