"""Every kind of sound file says who is heard: read back by mutagen and ffprobe."""

import io
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from mutagen.aac import AAC
from mutagen.mp3 import MP3

from kosorong.audio.encode import SUFFIXES, encode_audio, write_audio
from kosorong.audio.mark import Heard, Mark, licence_address
from kosorong.audio.wav import decode_audio, read_audio, wav_bytes
from reading_marks import BOTH, MACHINE, PERSON, check

RATE = 22_050
TONE = (0.3 * np.sin(0.06 * np.arange(2 * RATE))).astype(np.float32)
VOICE = Heard("물마루", "Synthetic voice of a corpus, CC BY-NC-SA 4.0")
SPEAKER = Heard("고운 할망", "고운 할망, CC BY 4.0", synthetic=False)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("who", "source"), [(VOICE, MACHINE), (SPEAKER, PERSON)])
def test_every_format_carries_the_mark(
    tmp_path: Path, suffix: str, who: Heard, source: str
) -> None:
    path = tmp_path / f"a{suffix}"
    write_audio(path, TONE, RATE, Mark((who,)).tags())
    said = check(path.read_bytes(), who.credit, source)
    assert said["artist"] == who.label
    samples, _ = read_audio(path)
    assert np.abs(samples).max() > 0.2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_sound_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    made = []
    for name in "ab":
        path = tmp_path / f"{name}{suffix}"
        write_audio(path, TONE, RATE, {"title": "ᄇᆞ름", **Mark((VOICE,)).tags()})
        made.append(path.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_ffprobe_reads_the_mark(tmp_path: Path, suffix: str) -> None:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed (package ffmpeg)")
    path = tmp_path / f"a{suffix}"
    write_audio(path, TONE, RATE, Mark((VOICE,)).tags())
    command = ["ffprobe", "-v", "error", "-of", "json"]
    command += ["-show_format", "-show_streams", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    read = json.loads(done.stdout)
    tags = read["format"].get("tags", {}) | read["streams"][0].get("tags", {})
    found = {name.lower(): text for name, text in tags.items()}
    assert found["artist"] == "물마루 (합성 음성 · synthetic voice)"
    assert "CC BY-NC-SA 4.0" in found["copyright"]
    assert "기계가 만든 합성 음성(물마루)" in found["comment"]
    assert MACHINE in (found.get("digitalsourcetype"), found["comment"].rpartition(" ")[2])


def test_a_stream_of_aac_says_who_is_heard_before_its_sound() -> None:
    data = encode_audio(TONE, RATE, ".aac", Mark((VOICE,)).tags())
    assert data.startswith(b"ID3")
    assert check(data[:2048], VOICE.credit)["artist"] == VOICE.label
    file = AAC(io.BytesIO(data))
    assert file.info.length == pytest.approx(2.0, abs=0.1)


def test_an_mp3_keeps_its_length_behind_the_tag() -> None:
    data = encode_audio(TONE, RATE, ".mp3", Mark((VOICE,)).tags())
    file = MP3(io.BytesIO(data))
    assert file.info.length == pytest.approx(2.0, abs=0.08)
    assert not file.info.sketchy
    samples, rate = decode_audio(data)
    assert len(samples) / rate == pytest.approx(2.0, abs=0.08)


def test_a_wav_with_tags_has_the_same_samples() -> None:
    marked = wav_bytes(TONE[:1001], RATE, Mark((VOICE, SPEAKER)).tags())
    assert len(marked) % 2 == 0
    plain, _ = decode_audio(wav_bytes(TONE[:1001], RATE))
    assert np.array_equal(decode_audio(marked)[0], plain)


def test_both_are_told_apart_and_the_machine_stands_first() -> None:
    mark = Mark.of([SPEAKER, VOICE, SPEAKER], "CC0 1.0")
    assert mark.heard == (VOICE, SPEAKER)
    assert mark.source == BOTH
    assert mark.artist == "물마루 (합성 음성 · synthetic voice), 고운 할망"
    assert mark.copyright == f"{VOICE.credit} · {SPEAKER.credit} · CC0 1.0"


def test_headers_are_ascii_whatever_a_speaker_is_called() -> None:
    headers = Mark((SPEAKER,)).headers()
    assert all(value.isascii() and "\n" not in value for value in headers.values())
    assert json.loads(headers["X-Kosorong-Heard"])[0]["name"] == "고운 할망"
    assert "AI-Disclosure" not in headers
    assert Mark((VOICE,)).headers()["AI-Disclosure"] == "mode=machine-generated"


def test_headers_stay_short_whoever_is_heard() -> None:
    many = [
        Heard(f"{n}번째 {'할망' * 60}", f"{'이름' * 400}, CC BY-SA {n % 9}.0 KR", synthetic=False)
        for n in range(40)
    ]
    for heard in (many, many[:1], [Heard("가" * 100, f"나{n}", synthetic=n > 4) for n in range(8)]):
        headers = Mark.of(heard).headers()
        assert sum(len(name) + len(value) + 4 for name, value in headers.items()) < 3500
        assert len(headers["X-Kosorong-Heard"]) <= 2048
        told = json.loads(headers["X-Kosorong-Heard"])
        assert told[0]["name"].removesuffix("…") in Mark.of(heard).heard[0].name
        assert set(told[0]) == {"name", "credit", "synthetic"}


@pytest.mark.parametrize(
    ("credit", "address"),
    [
        ("a, CC BY 2.0 KR", "https://creativecommons.org/licenses/by/2.0/kr/"),
        ("a, CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("a, CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("a, All rights reserved", ""),
    ],
)
def test_a_licence_is_found_in_a_credit(credit: str, address: str) -> None:
    assert licence_address(credit) == address
