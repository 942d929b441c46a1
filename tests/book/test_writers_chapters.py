"""MP3 and WebVTT: one file for each chapter, tagged, timed, and cleared when names change."""

import re
from pathlib import Path

import av
import pytest
from book_fakes import make, manuscript

from kosorong.audio.wav import read_audio
from kosorong.book.produce import Book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return make(tmp_path, manuscript(), slug="book", formats=("mp3", "vtt"))


def test_each_chapter_has_an_mp3_with_tags(book: Book) -> None:
    files = sorted(book.paths["mp3"].iterdir())
    assert [path.name[:3] for path in files] == ["01-", "02-"]
    for path, part in zip(files, book.report["parts"], strict=True):
        samples, rate = read_audio(path)
        assert len(samples) / rate == pytest.approx(part["seconds"], abs=0.06)
        with av.open(path) as container:
            tags = container.metadata
        assert tags["title"] == part["title"]
        assert tags["album"] == "돌과 바람"
        assert tags["track"] == f"{part['number']}/2"
        assert "synthetic" in tags["comment"]


def test_each_sentence_is_a_cue_with_its_words(book: Book) -> None:
    text = sorted(book.paths["vtt"].iterdir())[0].read_text("utf-8")
    assert text.startswith("WEBVTT")
    cues = re.findall(r"s\d+\n(\S+) --> (\S+)\n(.+)", text)
    assert len(cues) == 9
    begins = [begin for begin, _, _ in cues]
    assert begins == sorted(begins)
    assert all(begin < end for begin, end, _ in cues)
    begin, end, line = cues[2]
    times = re.findall(r"<([\d:.]+)>", line)
    assert [begin, *times, end] == sorted([begin, *times, end])
    assert re.sub(r"<[\d:.]+>", "", line) == "ᄒᆞ바람도 ᄒᆞ불었다."
    assert "&lt;돌" in cues[0][2]


def test_a_renamed_chapter_leaves_no_old_file_and_touches_no_other(
    tmp_path: Path, book: Book
) -> None:
    mine = book.paths["mp3"] / "01-mine.mp3"
    mine.write_bytes(b"keep me")
    again = make(
        tmp_path, manuscript("jje", chapters=1), slug="book", formats=("mp3", "vtt"), title="새 책"
    )
    names = sorted(path.name for path in again.paths["mp3"].iterdir())
    assert names == ["01-1장-돌-바람.mp3", "01-mine.mp3"]
    assert len(list(again.paths["vtt"].iterdir())) == 1
