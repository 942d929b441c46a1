"""The M4B is read back by PyAV, ffprobe and mutagen as it was meant."""

import json
import shutil
import struct
import subprocess
from array import array
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from book_fakes import RATE, FakeVoice, make, manuscript

from kosorong.audio.encode import AacEncoder
from kosorong.audio.wav import read_audio
from kosorong.book.produce import Book
from kosorong.book.writers.mp4 import (
    ChapterMark,
    Movie,
    chapter_text,
    file_type,
    index,
    length,
    media_head,
)
from kosorong.ports import Speech

# A grey picture of one pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def m4b(tmp_path_factory: pytest.TempPathFactory) -> Book:
    book = manuscript(chapters=3, cover=PNG, cover_type="image/png")
    return make(
        tmp_path_factory.mktemp("m4b"), book, slug="book", formats=("m4b",), rights="CC BY 4.0"
    )


@pytest.mark.skipif(
    not hasattr(av.container.InputContainer, "chapters"), reason="this PyAV reads no chapters"
)
def test_pyav_reads_chapters_where_the_sound_is(m4b: Book) -> None:
    with av.open(m4b.paths["m4b"]) as container:
        chapters = container.chapters()
        language = container.streams.audio[0].metadata["language"]
        assert container.duration / 1e6 == pytest.approx(m4b.seconds, abs=0.001)
    starts = [chapter["start"] * chapter["time_base"] for chapter in chapters]
    lengths = [part["seconds"] for part in m4b.report["parts"]]
    assert [float(start) for start in starts] == pytest.approx(
        [0, lengths[0], sum(lengths[:2])], abs=0.001
    )
    assert [chapter["metadata"]["title"] for chapter in chapters] == [
        part["title"] for part in m4b.report["parts"]
    ]
    assert language == "jje"


def test_the_encoders_delay_is_taken_out(tmp_path: Path) -> None:
    class Clicking(FakeVoice):
        def speak(self, text: str, **settings: Any) -> Speech:
            speech = super().speak(text, **settings)
            sound = np.zeros_like(speech.samples)
            sound[2000:2040] = 0.5
            return Speech(sound, speech.sample_rate, speech.words)

    book = make(tmp_path, voice=Clicking(), slug="book", formats=("m4b",))
    samples, rate = read_audio(book.paths["m4b"])
    second = round(book.report["parts"][0]["seconds"] * rate)
    for start in (0, second):
        clicks = np.flatnonzero(np.abs(samples[start : start + 4000]) > 0.1)
        assert abs(clicks[0] - 2000) < 30


def test_the_index_stands_before_the_sound(m4b: Book) -> None:
    data = m4b.paths["m4b"].read_bytes()
    names, at = [], 0
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        names.append(name)
        at += length
    assert names == [b"ftyp", b"moov", b"mdat"]


def test_ffprobe_reads_chapters_tags_and_cover(m4b: Book) -> None:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed (package ffmpeg)")
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_format"]
    done = subprocess.run(
        [*command, "-show_streams", m4b.paths["m4b"]], capture_output=True, text=True, check=True
    )
    assert not [line for line in done.stderr.splitlines() if "Unsupported codec" not in line]
    read = json.loads(done.stdout)
    assert len(read["chapters"]) == 3
    assert float(read["chapters"][2]["end_time"]) == pytest.approx(m4b.seconds, abs=0.001)
    tags = read["format"]["tags"]
    assert tags["title"] == "돌과 바람"
    assert tags["artist"] == "아무개"
    assert "synthetic" in tags["comment"]
    assert "FakeVoice, CC BY 4.0" in tags["comment"]
    assert tags["copyright"] == "FakeVoice, CC BY 4.0, made for tests · CC BY 4.0"
    audio, *others = read["streams"]
    assert (audio["codec_name"], audio["channels"]) == ("aac", 1)
    assert any(stream["disposition"].get("attached_pic") for stream in others)


def test_a_book_without_an_author_names_its_voice_as_artist(tmp_path: Path) -> None:
    mutagen = pytest.importorskip("mutagen", reason="mutagen is not installed")
    book = make(tmp_path, manuscript(author=""), slug="book", formats=("m4b", "epub"))
    (artist,) = mutagen.File(book.paths["m4b"])["\xa9ART"]
    assert artist == "tone (합성 음성 · synthetic voice)"


def test_mutagen_reads_it(m4b: Book) -> None:
    mutagen = pytest.importorskip("mutagen", reason="mutagen is not installed")
    file = mutagen.File(m4b.paths["m4b"])
    assert file["\xa9nam"] == ["돌과 바람"]
    assert "tone" in file["\xa9nrt"][0]
    assert file["stik"] == [2]
    assert bytes(file["covr"][0]) == PNG
    assert len(file.chapters) == 3


@pytest.mark.skipif(
    not hasattr(av.container.InputContainer, "chapters"), reason="this PyAV reads no chapters"
)
def test_more_chapters_than_a_byte_counts_are_kept(tmp_path: Path) -> None:
    encoder = AacEncoder(RATE)
    packets = [*encoder.write(np.zeros(300 * 500, np.float32)), *encoder.finish()]
    marks = [ChapterMark(f"{n}장", n * 500, 500) for n in range(300)]
    sizes = array("H", map(len, packets))
    movie = Movie(RATE, 300 * 500, 1024, 1024, encoder.config, 64_000, sizes, marks, "jje", b"")
    texts = [chapter_text(mark.title) for mark in marks]
    media = b"".join([*packets, *texts])
    start = len(file_type()) + length(index(movie, 0)) + len(media_head(len(media)))
    path = tmp_path / "a.m4b"
    path.write_bytes(file_type() + b"".join(index(movie, start)) + media_head(len(media)) + media)
    with av.open(path) as container:
        assert len(container.chapters()) == 300
        assert container.chapters()[299]["metadata"]["title"] == "299장"
        assert sum(frame.samples for frame in container.decode(audio=0)) >= 300 * 500


def test_a_cover_that_is_no_picture_is_left_out_with_a_warning(tmp_path: Path) -> None:
    book = make(tmp_path, manuscript(cover=b"no picture"), slug="book", formats=("m4b",))
    assert any("cover" in warning for warning in book.warnings)


def test_files_beyond_four_gigabytes_have_wide_times_and_places(tmp_path: Path) -> None:
    sizes = array("H", [65_535]) * 70_000
    marks = [ChapterMark("가", 0, 2**31)]
    movie = Movie(RATE, 2**33, 2**17, 1024, b"\x13\x88", 64_000, sizes, marks, "jje", b"")
    boxes = b"".join(index(movie, 1_000_000))
    assert len(boxes) == length(index(movie, 0))
    assert b"co64" in boxes
    path = tmp_path / "a.m4b"
    path.write_bytes(file_type() + boxes + media_head(2**33) + bytes(1000))
    with av.open(path) as container:
        assert container.duration / 1e6 == pytest.approx(2**33 / RATE)
        assert container.streams.audio[0].frames == 70_000
