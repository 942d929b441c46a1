"""Recordings made at home: checked, trimmed, levelled."""

import io
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from kosorong.audio.encode import encode_audio, write_audio
from kosorong.audio.loudness import TARGET_LUFS, LoudnessMeter
from kosorong.audio.recording import prepare
from kosorong.audio.wav import decode_audio, wav_bytes
from kosorong.errors import InputError

RATE = 22_050


def tone(seconds: float, level: float = 0.1, rate: int = RATE) -> NDArray[np.float32]:
    return (level * np.sin(0.06 * np.arange(round(seconds * rate)))).astype(np.float32)


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * RATE), np.float32)


def around(
    sound: NDArray[np.float32], before: float = 1.0, after: float = 2.0
) -> NDArray[np.float32]:
    return np.concatenate([silence(before), sound, silence(after)])


def lufs(samples: NDArray[np.float32]) -> float:
    meter = LoudnessMeter(RATE)
    meter.add(samples)
    return meter.integrated()


def test_silence_around_it_goes_and_pauses_in_it_stay() -> None:
    sound = np.concatenate([tone(1.0), silence(0.6), tone(1.0)])
    made = prepare(wav_bytes(around(sound), RATE), RATE)
    assert len(made.samples) / RATE == pytest.approx(2.6 + 0.1 + 0.25, abs=0.03)
    assert made.warnings == ()


@pytest.mark.parametrize("level", [0.03, 0.1, 0.9])
def test_every_recording_comes_out_as_loud(level: float) -> None:
    made = prepare(wav_bytes(around(tone(2.0, level)), RATE), RATE)
    assert lufs(made.samples) == pytest.approx(TARGET_LUFS, abs=2.0)
    assert np.abs(made.samples).max() <= 1.0


def webm(path: Path, samples: NDArray[np.float32]) -> None:
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libopus", rate=48_000, layout="mono")
        with av.open(io.BytesIO(wav_bytes(samples, RATE))) as given:
            for frame in given.decode(audio=0):
                out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


@pytest.mark.parametrize("kind", [".wav", ".mp3", ".m4a", ".opus", ".flac", ".webm"])
def test_what_phones_and_browsers_record_is_read(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{kind}"
    sound = around(tone(1.0))
    if kind == ".webm":
        webm(path, sound)
    else:
        write_audio(path, sound, RATE)
    made = prepare(path.read_bytes(), RATE)
    assert len(made.samples) / RATE == pytest.approx(1.35, abs=0.1)


@pytest.mark.parametrize(
    "data", [b"", b"no sound", wav_bytes(silence(2), RATE), wav_bytes(tone(0.05), RATE)]
)
def test_what_cannot_be_heard_is_told(data: bytes) -> None:
    with pytest.raises(InputError) as told:
        prepare(data, RATE)
    assert told.value.cure


def test_a_small_file_of_hours_is_not_decoded_to_its_end() -> None:
    data = encode_audio(np.zeros(RATE * 600, np.float32), RATE, ".flac")
    samples, _ = decode_audio(data, RATE, most_seconds=10)
    assert 10 <= len(samples) / RATE < 12
    with pytest.raises(InputError, match="longer than 120 s"):
        prepare(data, RATE)


def test_how_it_was_made_is_said() -> None:
    loud = np.clip(tone(2.0, 3.0), -1, 1)
    assert "overdriven" in " ".join(prepare(wav_bytes(around(loud), RATE), RATE).warnings)
    noise = np.random.default_rng(1).normal(0, 0.05, 3 * RATE).astype(np.float32)
    noise[RATE : 2 * RATE] += tone(1.0)
    assert "noisy" in " ".join(prepare(wav_bytes(noise, RATE), RATE).warnings)
