"""Print how many sentences come out of markup as they come out bare, with the markup as it was.

Each sentence is wrapped in paragraphs, items, emphasis, links and nested elements, with entities
and soft line ends, in HTML and in Markdown, at words drawn by a seed. Right is what reads like the
translation of the bare sentence and holds every byte of the markup and every line end, in order.

    python scripts/markup_report.py SENTENCES [--count 200] [--seed 1] [--show]

SENTENCES is a text of Korean sentences, one a line.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from kosorong.bundle import find_bundle
from kosorong.markup.document import Markup, translate_document
from kosorong.ports import Translation
from kosorong.text.segments.sentences import segments_of
from kosorong.translation.translator import NeuralTranslator

Wrap = Callable[[list[str], random.Random], str]

_TAG = re.compile(r"<[^>]*>")
_MARK = re.compile(r"\[\^1\]|\*+|~~|\[|\]\([^)]*\)|^(?:> |- |#+ |1\. )|\n> ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to wrap a sentence.

    Attributes:
        name: What is printed.
        markup: What it is written in.
        wrap: Takes the sentence's words.
    """

    name: str
    markup: Markup
    wrap: Wrap


def _some(words: list[str], draw: random.Random) -> tuple[str, str, str]:
    """Cut words in three, the middle one not empty."""
    start = draw.randrange(len(words))
    end = draw.randrange(start, len(words)) + 1
    before, inside, behind = words[:start], words[start:end], words[end:]
    head = " ".join(before) + " " * bool(before)
    return head, " ".join(inside), " " * bool(behind) + " ".join(behind)


def _around(opening: str, closing: str, pattern: str = "{}") -> Wrap:
    def wrap(words: list[str], draw: random.Random) -> str:
        before, inside, behind = _some(words, draw)
        return pattern.format(f"{before}{opening}{inside}{closing}{behind}")

    return wrap


def _particle(words: list[str], draw: random.Random) -> str:
    """Wrap a word without its last syllable, as a link to a noun before its particle does."""
    n = draw.randrange(len(words))
    word = words[n]
    cut = max(1, len(word) - 1)
    inner = f'<a href="/w?q=1&amp;p=2">{word[:cut]}</a>{word[cut:]}'
    return f"<p>{' '.join([*words[:n], inner, *words[n + 1 :]])}</p>"


def _nested(words: list[str], draw: random.Random) -> str:
    before, inside, behind = _some(words, draw)
    first, rest = inside[:1], inside[1:]
    return f'<div><p>{before}<a href="#"><b>{first}<i>{rest}</i></b></a>{behind}</p></div>'


def _entities(words: list[str], draw: random.Random) -> str:
    text = "&nbsp;".join(
        "".join(f"&#{ord(c)};" if draw.random() < 0.2 else c for c in w) for w in words
    )
    return f"<p>{text}</p>"


def _soft(words: list[str], draw: random.Random) -> str:
    return (
        "<p>"
        + "".join(w + draw.choice([" ", " ", "\n", "\n    "]) for w in words).rstrip()
        + "</p>"
    )


def _quote(words: list[str], draw: random.Random) -> str:
    return (
        "> "
        + "".join(w + draw.choice([" ", " ", " ", "\n> "]) for w in words)
        .removesuffix("\n> ")
        .rstrip()
    )


SHAPES = (
    Shape("html p", "html", lambda words, _: f"<p>{' '.join(words)}</p>"),
    Shape("html li", "html", lambda words, _: f"<ul><li>{' '.join(words)}</li></ul>"),
    Shape("html b", "html", _around("<b>", "</b>", "<p>{}</p>")),
    Shape("html a", "html", _around('<a href="/길">', "</a>", "<p>{}</p>")),
    Shape("html in a word", "html", _particle),
    Shape("html nested", "html", _nested),
    Shape("html entities", "html", _entities),
    Shape("html soft line ends", "html", _soft),
    Shape("markdown strong", "markdown", _around("**", "**")),
    Shape("markdown link", "markdown", _around("[", "](/길)", "- {}")),
    Shape("markdown heading", "markdown", _around("*", "*", "## {}")),
    Shape("markdown quote", "markdown", _quote),
    Shape("markdown note", "markdown", lambda words, _: f"{' '.join(words)}[^1]"),
)


def bare(text: str, markup: Markup) -> str:
    """Return what a reader reads, white space of any kind as one space."""
    said = unescape(_TAG.sub("", text)) if markup == "html" else _MARK.sub(_space, text)
    return " ".join(said.split())


def _space(match: re.Match[str]) -> str:
    return " " if "\n" in match[0] else ""


def marks(text: str, markup: Markup) -> list[str]:
    """Return the markup of a text, in order."""
    return (_TAG if markup == "html" else _MARK).findall(text)


def fault_of(source: str, made: str, wanted: str, markup: Markup) -> str:
    """Return what is wrong with a translation, "" for nothing."""
    if bare(made, markup) != wanted:
        return f"reads {bare(made, markup)!r}, bare {wanted!r}"
    if marks(made, markup) != marks(source, markup):
        return f"markup {marks(made, markup)}, before {marks(source, markup)}"
    before, after = source.count("\n"), made.count("\n")
    if before != after:
        return f"{before} line ends became {after}"
    return ""


def measure(
    sentences: Sequence[str], translate: Callable[[list[str]], list[Translation]], seed: int
) -> dict[str, list[str]]:
    """Return the faults of each shape, "" for a sentence that is right."""
    draw = random.Random(seed)  # noqa: S311  # draws words, no secrets
    found: dict[str, list[str]] = {shape.name: [] for shape in SHAPES}
    for sentence in sentences:
        wanted = " ".join(made.text for made in translate(segments_of(sentence)))
        for shape in SHAPES:
            source = shape.wrap(sentence.split(), draw)
            made = translate_document(source, shape.markup, translate).text
            fault = fault_of(source, made, wanted, shape.markup)
            found[shape.name].append(fault and f"{source!r} → {made!r}: {fault}")
    return found


def main() -> None:
    """Print the share of each shape and of all, and with `--show` what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    lines = options.sentences.read_text(encoding="utf-8").splitlines()
    usable = [line for line in lines if not set(line) & set("<>&*_[]\\`~#:{}")]
    draw = random.Random(options.seed)  # noqa: S311  # draws lines, no secrets
    sentences = draw.sample(usable, min(options.count, len(usable)))
    translator = NeuralTranslator(find_bundle("translator"))
    right = tried = 0
    for name, faults in measure(sentences, translator.translate, options.seed).items():
        well = faults.count("")
        right, tried = right + well, tried + len(faults)
        print(f"{name:22s}{well:4d}/{len(faults)}")
        for fault in filter(None, faults if options.show else []):
            print(f"    {fault}")
    print(f"{'all':22s}{right:4d}/{tried}")


if __name__ == "__main__":
    main()
