"""Sound that arrives is one of a few formats; nothing else that it names is opened."""

import io
import json
import logging
import re
import struct
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from hostile_sounds import (
    BAIT,
    RATE,
    READ,
    TONE,
    bait,
    disguised,
    every_body,
    film,
    float_wav,
    readable,
    referring,
    scripts,
    tone_in,
)
from kosorong.audio.formats import CODECS, demuxer_of
from kosorong.audio.wav import decode_audio, wav_bytes
from kosorong.errors import InputError
from watched_reader import SUPPORTED

ROOT = Path(__file__).resolve().parents[2]
READER = ROOT / "tests" / "watched_reader.py"
PORT = 18_998
NOT_READ = b"ffconcat version 1.0\nfile bait.wav\n"
TAG = b"ID3\4\0\0\0\0\0\0"

watched = pytest.mark.skipif(not SUPPORTED, reason="the kernel is not asked to watch here")


def read_watched(
    folder: Path, bodies: dict[str, bytes], how: str = "reader"
) -> tuple[subprocess.CompletedProcess[str], dict[str, dict[str, Any]], list[int]]:
    """Read bodies in a process that dies when it opens anything; return what it said of each."""
    given = folder / "given"
    given.mkdir()
    warm = {"warm-a": wav_bytes(TONE, 44_100), "warm-b": b"no sound", "warm-c": tone_in("flac")}
    for name, data in {**warm, **bodies}.items():
        (given / name).write_bytes(data)
    with bait(folder) as opened:
        done = subprocess.run(
            [sys.executable, str(READER), str(given), how],
            cwd=folder,
            capture_output=True,
            text=True,
        )
    said = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    return done, said, opened


@watched
@pytest.mark.slow
def test_every_demuxer_of_ffmpeg_is_refused_and_opens_nothing(tmp_path: Path) -> None:
    assert len(readable()) > 300
    asked = {}
    for name, body in every_body(PORT).items():
        for n, data in enumerate([body, *disguised(body)]):
            asked[f"{name.replace('/', ' ')} {n}"] = data
    done, said, opened = read_watched(tmp_path, asked)
    assert done.returncode == 0, f"something was opened: {done.stdout[-400:]}"
    assert (opened, done.stderr) == ([], "")
    for name, data in asked.items():
        row = said[name]
        if row["said"].startswith("refused"):
            assert row["seconds"] <= 0.2, row
            assert row["said"].endswith("sound_unreadable"), row
        else:
            assert demuxer_of(data) is not None, row


@watched
def test_what_is_not_of_the_list_is_refused_however_whole_it_is(tmp_path: Path) -> None:
    bodies = {name: data for name, data in every_body(PORT).items() if "written" in name}
    _, ours, _ = read_watched(tmp_path, bodies)
    theirs = {name: _format(data) for name, data in bodies.items()}
    assert len(set(theirs.values()) - READ) > 20
    for name, told in theirs.items():
        answer = ours[name]["said"]
        taken = answer.endswith("samples") or "in a coding" in answer
        assert taken == (told in READ), (name, told, answer)


def _format(data: bytes) -> str:
    try:
        with av.open(io.BytesIO(data)) as container:
            return container.format.name
    except av.error.FFmpegError:
        return ""


@watched
@pytest.mark.parametrize("name", ["concat", "sdp", "quicktime"])
def test_the_watch_sees_what_ffmpeg_alone_would_open(tmp_path: Path, name: str) -> None:
    body = {**scripts(PORT), "quicktime": referring(tmp_path / BAIT)}[name]
    options = {"enable_drefs": "1", "use_absolute_path": "1"} if name == "quicktime" else {}
    done, said, _ = read_watched(tmp_path, {"it": body}, json.dumps(options))
    assert done.returncode == -31, done.stdout
    assert "said" not in said["it"]


@watched
def test_a_quicktime_file_that_refers_to_another_opens_nothing(tmp_path: Path) -> None:
    done, said, opened = read_watched(tmp_path, {"it": referring(tmp_path / BAIT)})
    assert (done.returncode, opened) == (0, [])
    assert said["it"]["seconds"] <= 0.2


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("wav", "pcm_s16le"),
        ("wav", "pcm_alaw"),
        ("wav", "adpcm_ms"),
        ("mp3", "libmp3lame"),
        ("ipod", "aac"),
        ("ipod", "alac"),
        ("mp4", "aac"),
        ("mov", "pcm_s16be"),
        ("webm", "libopus"),
        ("matroska", "flac"),
        ("ogg", "libopus"),
        ("ogg", "flac"),
        ("flac", "flac"),
        ("adts", "aac"),
    ],
)
def test_what_is_of_the_list_is_read(container: str, codec: str) -> None:
    samples, _ = decode_audio(tone_in(container, codec), RATE)
    assert len(samples) / RATE == pytest.approx(2.0, abs=0.15)
    assert 0.05 < np.abs(samples).max() < 0.2


@pytest.mark.parametrize("container", ["mp3", "flac", "adts"])
@pytest.mark.parametrize("before", [TAG, TAG * 2, TAG[:-1] + b"\x40" + bytes(64)])
def test_tags_may_stand_before_it(container: str, before: bytes) -> None:
    samples, _ = decode_audio(before + tone_in(container), RATE)
    assert len(samples) / RATE == pytest.approx(2.0, abs=0.15)


def test_an_mp3_may_have_filling_behind_its_tags() -> None:
    samples, _ = decode_audio(TAG + bytes(900) + tone_in("mp3"), RATE)
    assert len(samples) / RATE == pytest.approx(2.0, abs=0.15)


def test_of_a_film_the_sound_is_read() -> None:
    samples, _ = decode_audio(film(), RATE)
    assert len(samples) / RATE == pytest.approx(1.86, abs=0.15)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (film(sound=False), "no audio"),
        (tone_in("matroska", "ac3"), "coding"),
        (tone_in("mov", "ac3"), "coding"),
        (TAG + NOT_READ, "cannot be decoded"),
        (NOT_READ, "no WAV, MP3, M4A"),
        (b"", "no WAV, MP3, M4A"),
    ],
)
def test_what_else_is_refused_says_why(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as told:
        decode_audio(data)
    assert told.value.reason == "sound_unreadable"
    assert told.value.cure


@pytest.mark.parametrize("body", [b"\0\0\0\x18ftypM4A ", b"fLaC", b"OggS" + bytes(99)])
def test_what_ffmpeg_says_of_it_stays_in_the_log(
    body: bytes, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    with pytest.raises(InputError) as told:
        decode_audio(body + b"\xff" * 50, 44_100)
    words = re.search(r"sound refused, \w+: (.+)", caplog.text)[1]
    assert words not in str(told.value)
    assert capfd.readouterr() == ("", "")


def fastest(data: bytes) -> tuple[float, bool]:
    """Return the seconds that reading takes; the machine may be busy, so the best of some."""
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        try:
            decode_audio(data, RATE, most_seconds=121)
        except InputError:
            told = True
        else:
            told = False
        seconds.append(time.perf_counter() - start)
    return min(seconds), told


@pytest.mark.parametrize("head", disguised(b""), ids=lambda head: head[:4].hex())
def test_much_of_nothing_is_refused_at_once(head: bytes) -> None:
    seconds, told = fastest(head + bytes(32 << 20))
    assert told
    assert seconds <= 0.2


def test_what_lies_behind_the_sound_of_a_wav_file_is_not_walked_through() -> None:
    seconds, told = fastest(tone_in("wav", "pcm_alaw") + bytes(32 << 20))
    assert not told
    assert seconds <= 0.2


@pytest.mark.parametrize("rate", [RATE, 44_100], ids=["by hand", "by FFmpeg"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
@pytest.mark.parametrize("width", [4, 8])
@pytest.mark.parametrize("share", [1, 1000])
def test_values_that_are_no_numbers_are_refused(
    rate: int, value: float, width: int, share: int
) -> None:
    samples = np.tile(TONE, 2).astype("f8")
    samples[:: len(samples) // share] = value
    with pytest.raises(InputError, match="no numbers"):
        decode_audio(float_wav(samples, rate, width), RATE)


def test_a_double_that_no_float_holds_is_refused() -> None:
    with pytest.raises(InputError, match="no numbers"):
        decode_audio(float_wav(np.full(RATE, 1e300), width=8), RATE)


@pytest.mark.parametrize("rate", [0, 1, 999, 768_001, 2**31, 2**32 - 1])
@pytest.mark.parametrize("wanted", [None, RATE])
def test_a_rate_that_no_sound_has_is_refused(rate: int, wanted: int | None) -> None:
    data = bytearray(wav_bytes(TONE, RATE))
    struct.pack_into("<I", data, 24, rate)
    with pytest.raises(InputError):
        decode_audio(bytes(data), wanted)


def test_a_file_that_changes_its_form_midway_is_refused() -> None:
    with pytest.raises(InputError, match="midway"):
        decode_audio(tone_in("mp2") + tone_in("mp2", layout="stereo"), RATE)


def test_names_in_a_file_may_be_in_any_encoding() -> None:
    name = "바람".encode("cp949")
    info = b"INFOINAM" + struct.pack("<I", len(name)) + name
    data = wav_bytes(TONE, 44_100)
    data = data[:36] + b"LIST" + struct.pack("<I", len(info)) + info + data[36:]
    assert len(decode_audio(data, RATE)[0])


def test_the_decoders_that_are_named_exist() -> None:
    known = {name for name in CODECS if name in av.codecs_available}
    assert len(known) > len(CODECS) * 0.8


def test_sound_is_read_at_one_place() -> None:
    """Whatever opens a file with FFmpeg is the reader, or writes."""
    found = []
    packages = [Path(find_spec(name).origin).parent for name in ("kosorong", "kosorong_library")]
    for path in (file for package in packages for file in package.rglob("*.py")):
        calls = re.findall(r"\bav\.open\(\s*([^)]*)", path.read_text(encoding="utf-8"))
        found += [path.name for call in calls if '"w"' not in call]
    assert found == ["wav.py"]
