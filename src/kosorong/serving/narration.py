"""Passages spoken one after another, and the sound as a file that grows."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.encode import CODINGS, StreamEncoder, audio_frame
from kosorong.audio.wav import to_int16, wav_bytes
from kosorong.book.sound import faded
from kosorong.ports import Voice, WordTime
from kosorong.serving.gate import Gate
from kosorong.serving.passages import Passage

Float = NDArray[np.float32]

TYPES = {
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
}
"""Media type by format."""

PCM_RATE = 24_000
"""Hz of bare samples, which say nothing of themselves: what callers of OpenAI's route expect."""

_UNKNOWN_LENGTH = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Sound:
    """A spoken passage with the silence after it.

    Attributes:
        samples: (T_wav,) in [-1, 1].
        words: Times in seconds from the beginning of the whole text.
        warnings: What was not read as written.
    """

    samples: Float
    words: tuple[WordTime, ...]
    warnings: tuple[str, ...]


def narrate(
    voice: Voice, parts: Iterable[Passage], gate: Gate, *, speed: float = 1.0
) -> Iterator[Sound]:
    """Speak passages, one turn at the gate for each.

    Args:
        voice: Reads them.
        parts: In order.
        gate: Gives the turns.
        speed: 1.0 is the voice's own pace; pauses follow it.
    """
    at = 0
    for part in parts:
        with gate.turn():
            speech = voice.speak(part.text, speed=speed)
        rate = voice.sample_rate
        silence = np.zeros(round(part.pause / speed * rate), np.float32)
        samples = np.concatenate([faded(speech.samples, rate), silence])
        start = at / rate
        words = tuple(WordTime(w.text, w.start + start, w.end + start) for w in speech.words)
        at += len(samples)
        yield Sound(samples, words, speech.warnings)


def encoded(
    sounds: Iterable[Float], sample_rate: int, form: str, *, whole: bool = False
) -> Iterator[bytes]:
    """Yield a sound file as it grows.

    Args:
        sounds: Samples (T_wav,) in [-1, 1], part by part.
        sample_rate: Hz.
        form: A key of `TYPES`.
        whole: There is only one part, so that a WAV file can state its length; a WAV file that
            grows states the largest one, as streams do.

    >>> b"".join(encoded([np.zeros(9, np.float32)], 22050, "wav", whole=True))[:4]
    b'RIFF'
    """
    if form == "wav":
        return _wav(sounds, sample_rate, whole)
    return _pcm(sounds, sample_rate) if form == "pcm" else _coded(sounds, sample_rate, form)


def _wav(sounds: Iterable[Float], sample_rate: int, whole: bool) -> Iterator[bytes]:
    if whole:
        yield from (wav_bytes(samples, sample_rate) for samples in sounds)
        return
    header = wav_bytes(np.zeros(0, np.float32), sample_rate)
    length = struct.pack("<I", _UNKNOWN_LENGTH)
    yield header[:4] + length + header[8:-4] + length
    for samples in sounds:
        yield to_int16(samples).astype("<i2").tobytes()


def _pcm(sounds: Iterable[Float], sample_rate: int) -> Iterator[bytes]:
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=PCM_RATE)
    at = 0
    for samples in sounds:
        frame = audio_frame(samples, sample_rate, at, integer=True)
        at += len(samples)
        yield b"".join(part.to_ndarray().tobytes() for part in resampler.resample(frame))
    yield b"".join(part.to_ndarray().tobytes() for part in resampler.resample(None))


def _coded(sounds: Iterable[Float], sample_rate: int, form: str) -> Iterator[bytes]:
    pipe = _Pipe()
    with StreamEncoder(pipe, CODINGS[f".{form}"], sample_rate) as encoder:
        for samples in sounds:
            encoder.write(samples)
            yield pipe.take()
    yield pipe.take()


class _Pipe(io.BytesIO):
    """A file that muxers write forward only; what was written is taken away."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def seekable(self) -> bool:
        return False

    def write(self, data: Any, /) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        data = b"".join(self._parts)
        self._parts.clear()
        return data
