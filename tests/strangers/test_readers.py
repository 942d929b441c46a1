"""Programs that others wrote read our files back: the same texts at the same times."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from programs import Strangers

pytestmark = pytest.mark.slow

FILES = {"textgrid": "TextGrid", "eaf": "eaf", "srt": "srt", "vttplain": "vtt", "json": "json"}


@pytest.fixture
def book(library: str, tmp_path: Path) -> dict[str, Any]:
    """Leave the files of a book in the folder; return what the one in JSON says."""
    body = json.dumps({"text": "눈이 왔다. 바람도 불었다.\n\n새가 울었다.", "title": "겨울"})
    request = urllib.request.Request(
        f"{library}/api/books/?wait=120", body.encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=150) as answer:
        number = json.loads(answer.read())["id"]
    for name, ending in FILES.items():
        address = f"{library}/api/books/{number}/exports/{name}/?wait=120"
        with urllib.request.urlopen(address, timeout=150) as answer:
            (tmp_path / f"book.{ending}").write_bytes(answer.read())
    return dict(json.loads((tmp_path / "book.json").read_text("utf-8")))


def lines(book: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for chapter in book["chapters"] for line in chapter["lines"]]


def said(strangers: Strangers, code: str) -> list[list[Any]]:
    return list(
        json.loads(strangers.python(f"import json\nrows = []\n{code}\nprint(json.dumps(rows))"))
    )


def test_praatio_reads_the_textgrid(strangers: Strangers, book: dict[str, Any]) -> None:
    code = """
from praatio import textgrid
grid = textgrid.openTextgrid("book.TextGrid", includeEmptyIntervals=False)
for name in ("jje", "ko"):
    rows += [[round(1000 * one.start), one.label] for one in grid.getTier(name).entries]
"""
    assert said(strangers, code) == [
        *([line["begin_ms"], line["text"]] for line in lines(book)),
        *([line["begin_ms"], line["beside"]] for line in lines(book)),
    ]


def test_pympi_reads_the_eaf(strangers: Strangers, book: dict[str, Any]) -> None:
    code = """
from pympi import Eaf
eaf = Eaf("book.eaf")
for name in ("jje", "words"):
    rows += [[one[0], one[2]] for one in sorted(eaf.get_annotation_data_for_tier(name))]
"""
    assert said(strangers, code) == [
        *([line["begin_ms"], line["text"]] for line in lines(book)),
        *([word["begin_ms"], word["text"]] for line in lines(book) for word in line["words"]),
    ]


def test_pysubs2_reads_the_srt(strangers: Strangers, book: dict[str, Any]) -> None:
    code = """
import pysubs2
rows += [[one.start, one.end, one.plaintext] for one in pysubs2.load("book.srt")]
"""
    assert said(strangers, code) == [
        [line["begin_ms"], line["end_ms"], f"{line['text']}\n{line['beside']}"]
        for line in lines(book)
    ]


def test_webvtt_and_pysubs2_read_the_plain_webvtt(
    strangers: Strangers, book: dict[str, Any]
) -> None:
    code = """
import pysubs2, webvtt
rows += [[one.text] for one in webvtt.read("book.vtt")]
rows += [[one.plaintext] for one in pysubs2.load("book.vtt")]
"""
    assert said(strangers, code) == [[line["text"]] for line in lines(book)] * 2
