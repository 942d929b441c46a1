"""Formats of learners and researchers: read back, they hold the times that the book has."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from book_fakes import make, manuscript

from kosorong.book.produce import Book
from kosorong.book.readers.textgrid import labels_of

FORMATS = ("vttplain", "srt", "textgrid", "eaf", "json")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return make(tmp_path, manuscript(), slug="book", formats=FORMATS)


def rows(book: Book) -> list[dict[str, Any]]:
    held = json.loads(book.paths["json"].read_text("utf-8"))
    return [line for chapter in held["chapters"] for line in chapter["lines"]]


def test_json_holds_title_page_chapters_lines_and_words(book: Book) -> None:
    held = json.loads(book.paths["json"].read_text("utf-8"))
    assert held["title"] == "돌과 바람"
    assert "synthetic" in held["narrator"]
    assert [chapter["number"] for chapter in held["chapters"]] == [1, 2]
    begins = [line["begin_ms"] for line in rows(book)]
    assert begins == sorted(begins)
    assert held["length_ms"] == pytest.approx(1000 * book.seconds, abs=2)
    for line in rows(book):
        assert [word["text"] for word in line["words"]] == line["text"].split()


def test_srt_has_both_languages_and_times_from_the_beginning_of_the_book(book: Book) -> None:
    text = book.paths["srt"].read_text("utf-8")
    cues = re.findall(r"(\d+)\n(\S+) --> (\S+)\n(.+)\n(.+)\n\n", text)
    assert [int(number) for number, *_ in cues] == list(range(1, len(rows(book)) + 1))
    for (_, begin, _, jeju, korean), line in zip(cues, rows(book), strict=True):
        hours, minutes, seconds = begin.replace(",", ".").split(":")
        at = 3600 * int(hours) + 60 * int(minutes) + float(seconds)
        assert at == pytest.approx(line["begin_ms"] / 1000, abs=0.001)
        assert (jeju, korean) == (line["text"], line["beside"])


def test_plain_webvtt_has_no_times_inside_its_cues(book: Book) -> None:
    text = book.paths["vttplain"].read_text("utf-8")
    assert text.startswith("WEBVTT")
    assert text.count("-->") == len(rows(book))
    assert not re.search(r"<\d", text)


def all_texts(book: Book) -> list[object]:
    return [
        *(line["text"] for line in rows(book)),
        *(line["beside"] for line in rows(book)),
        *(word["text"] for line in rows(book) for word in line["words"]),
    ]


def test_a_textgrid_is_read_back_with_its_tiers(book: Book) -> None:
    tiers = labels_of(book.paths["textgrid"].read_text("utf-8"), "book.TextGrid")
    assert [name for name, _ in tiers] == ["jje", "ko", "words"]
    texts = [label.text for _, labels in tiers for label in labels if label.text]
    assert texts == all_texts(book)


def test_an_eaf_is_read_back_with_times_that_grow(book: Book) -> None:
    root = Tree.parse(book.paths["eaf"]).getroot()  # noqa: S314  # what we wrote ourselves
    assert [tier.get("TIER_ID") for tier in root.iter("TIER")] == ["jje", "ko", "words"]
    assert [one.text for one in root.iter("ANNOTATION_VALUE")] == all_texts(book)
    slots = {one.get("TIME_SLOT_ID"): int(one.get("TIME_VALUE")) for one in root.iter("TIME_SLOT")}
    for tier in root.iter("TIER"):
        spans = [
            (slots[one.get("TIME_SLOT_REF1")], slots[one.get("TIME_SLOT_REF2")])
            for one in tier.iter("ALIGNABLE_ANNOTATION")
        ]
        edges = [edge for span in spans for edge in span]
        assert edges == sorted(edges)
        assert all(begin < end for begin, end in spans)
    assert root.find("HEADER/MEDIA_DESCRIPTOR").get("MEDIA_URL").endswith(".m4b")


def test_the_same_book_gives_the_same_bytes(tmp_path: Path, book: Book) -> None:
    again = make(tmp_path / "again", manuscript(), slug="book", formats=FORMATS)
    for form in FORMATS:
        assert again.paths[form].read_bytes() == book.paths[form].read_bytes(), form
