"""Encoded files hold the sound that was given, are tagged, and are whole or absent."""

import errno
import os
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from kosorong.audio.encode import SUFFIXES, AacEncoder, StreamEncoder, coding_of, write_audio
from kosorong.audio.wav import read_audio
from kosorong.errors import StorageError, UsageError

RATE = 22_050


def clicks(seconds: float = 3.0) -> NDArray[np.float32]:
    sound = np.zeros(int(seconds * RATE), np.float32)
    for second in range(1, int(seconds)):
        sound[second * RATE : second * RATE + 40] = 0.7
    return sound


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_format_keeps_length_and_place(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    write_audio(path, clicks(), RATE)
    samples, rate = read_audio(path)
    # Bare ADTS has nowhere to say how long the encoder's delay is.
    delay = 2 * 1024 / RATE if suffix == ".aac" else 0.02
    assert abs(len(samples) / rate - 3.0) <= 2 * delay
    for second in (1, 2):
        at = np.argmax(np.abs(samples[int((second - 0.2) * rate) :]) > 0.2) / rate - 0.2
        assert abs(at) <= delay
    assert list(tmp_path.iterdir()) == [path]


def test_flac_keeps_every_bit(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(-32767, 32767, 9999) / 32767.0
    write_audio(tmp_path / "a.flac", noise.astype(np.float32), RATE)
    samples, _ = read_audio(tmp_path / "a.flac")
    assert np.array_equal(np.rint(samples * 32768), np.rint(noise * 32767))


def test_tags_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    write_audio(path, clicks(), RATE, {"title": "ᄒᆞᆫ 장", "track": "1/2", "language": "jje"})
    with av.open(path) as container:
        assert container.metadata["title"] == "ᄒᆞᆫ 장"
        assert container.metadata["track"] == "1/2"


def test_pieces_give_the_same_file_as_the_whole(tmp_path: Path) -> None:
    sound = clicks()
    write_audio(tmp_path / "whole.mp3", sound, RATE)
    with StreamEncoder(tmp_path / "pieces.mp3", coding_of(".mp3"), RATE) as encoder:
        for start in range(0, len(sound), 777):
            encoder.write(sound[start : start + 777])
    assert (tmp_path / "pieces.mp3").read_bytes() == (tmp_path / "whole.mp3").read_bytes()


def test_an_unknown_ending_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.opus"):
        write_audio(tmp_path / "a.xyz", clicks(), RATE)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mp3"
    write_audio(path, clicks(), RATE)
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="full") as caught:
        write_audio(path, clicks(5), RATE)
    assert not caught.value.permanent
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_bare_aac_has_a_packet_for_every_frame() -> None:
    encoder = AacEncoder(RATE)
    sound = clicks()
    packets = [p for at in range(0, len(sound), 5000) for p in encoder.write(sound[at : at + 5000])]
    packets += encoder.finish()
    covered = len(packets) * encoder.frame - encoder.priming
    assert len(sound) <= covered < len(sound) + 2 * encoder.frame
    assert len(encoder.config) >= 2
