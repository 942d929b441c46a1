"""WAV files are read whatever their coding, and written so that others read them."""

import struct
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kosorong.audio.wav import decode_audio, read_audio, wav_bytes, write_wav
from kosorong.errors import InputError, StorageError

RATE = 22_050
TONE = (0.5 * np.sin(0.05 * np.arange(2000))).astype(np.float32)


def riff(coding: int, bits: int, channels: int, data: bytes, rate: int = RATE) -> bytes:
    width = channels * bits // 8
    form = struct.pack("<HHIIHH", coding, channels, rate, rate * width, width, bits)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"LIST\x03\0\0\0abc\0"
    return b"RIFF\xff\xff\xff\xff" + body + b"data" + struct.pack("<I", len(data)) + data


def bits_24(samples: NDArray[np.float32]) -> bytes:
    wide = (samples.astype(np.float64) * 2**31).astype("<i4").view(np.uint8).reshape(-1, 4)
    return wide[:, 1:].tobytes()


@pytest.mark.parametrize(
    ("coding", "bits", "data", "error"),
    [
        (1, 8, ((TONE * 128) + 128).astype(np.uint8).tobytes(), 1 / 120),
        (1, 16, (TONE * 32768).astype("<i2").tobytes(), 1e-4),
        (1, 24, bits_24(TONE), 1e-6),
        (1, 32, (TONE.astype(np.float64) * 2**31).astype("<i4").tobytes(), 1e-6),
        (3, 32, TONE.tobytes(), 0),
        (3, 64, TONE.astype("<f8").tobytes(), 0),
    ],
)
def test_every_plain_coding_is_read(coding: int, bits: int, data: bytes, error: float) -> None:
    samples, rate = decode_audio(riff(coding, bits, 1, data))
    assert rate == RATE
    assert samples.dtype == np.float32
    assert np.abs(samples - TONE).max() <= error


def test_channels_are_averaged() -> None:
    both = np.stack([TONE, -TONE], axis=1)
    samples, _ = decode_audio(riff(3, 32, 2, both.tobytes()))
    assert np.abs(samples).max() == 0


def test_written_files_are_read_by_the_standard_library(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, TONE, RATE)
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        assert file.getnframes() == len(TONE)


def test_a_cut_file_gives_what_is_there() -> None:
    samples, _ = decode_audio(wav_bytes(TONE, RATE)[:-1001])
    assert len(samples) == len(TONE) - 501


def test_another_rate_is_made_when_asked() -> None:
    samples, rate = decode_audio(wav_bytes(TONE, RATE), 44_100)
    assert rate == 44_100
    assert abs(len(samples) - 2 * len(TONE)) < 64


@pytest.mark.parametrize("data", [b"", b"no sound at all", b"RIFF\x04\0\0\0WAVE"])
def test_what_is_no_sound_is_named(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"broken\.wav"):
        read_audio(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.wav"):
        read_audio(tmp_path / "nowhere.wav")


def test_a_missing_folder_is_a_storage_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="folder exists"):
        write_wav(tmp_path / "none" / "a.wav", TONE, RATE)
