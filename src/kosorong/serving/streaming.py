"""Breath groups spoken one after another, and the sound as a file that grows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.encode import CODINGS, StreamEncoder, audio_frame
from kosorong.audio.wav import to_int16, wav_header
from kosorong.book.sound import faded
from kosorong.config import PAUSES
from kosorong.ports import WordTime
from kosorong.serving.admission import Admission
from kosorong.serving.breath_groups import BreathGroup
from kosorong.speech.voice import OnnxVoice, Stretch

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

# What is held back of a stream; longer than a fade.
_EDGE_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class StreamedSound:
    """A stretch of a spoken text.

    Attributes:
        samples: (T_wav,) in [-1, 1].
        length: Samples of the whole text where they are known with the first stretch, else 0.
        words: Of the group that ends with this stretch; times in seconds from the beginning of
            the whole text.
        warnings: What was not read as written in the group that begins with this stretch.
    """

    samples: Float
    length: int
    words: tuple[WordTime, ...]
    warnings: tuple[str, ...]


def stream_speech(
    voice: OnnxVoice, parts: Sequence[BreathGroup], admission: Admission, *, speed: float = 1.0
) -> Iterator[StreamedSound]:
    """Speak breath groups as streams, one turn for each stretch.

    Args:
        voice: Reads them.
        parts: In order.
        admission: Gives the turns.
        speed: 1.0 is the voice's own pace; pauses follow it.
    """
    rate = voice.sample_rate
    at = 0
    for part in parts:
        silence = np.zeros(round(PAUSES.at(speed, part.pause) * rate), np.float32)
        start = at / rate
        for stretch in _faded(_turns(voice.stream(part.text, speed=speed), admission), rate):
            samples = (
                np.concatenate([stretch.samples, silence]) if stretch.last else stretch.samples
            )
            words = tuple(WordTime(w.text, w.start + start, w.end + start) for w in stretch.words)
            length = stretch.length + len(silence) if stretch.length and len(parts) == 1 else 0
            at += len(samples)
            yield StreamedSound(samples, length, words, stretch.warnings)


def _turns(stretches: Iterator[Stretch], admission: Admission) -> Iterator[Stretch]:
    """Make each stretch in a turn of its own."""
    while True:
        with admission.turn():
            stretch = next(stretches, None)
        if stretch is None:
            return
        yield stretch


def _faded(stretches: Iterable[Stretch], sample_rate: int) -> Iterator[Stretch]:
    """Let a stream begin and end as `faded` has it; its end is held back until it is known."""
    edge = np.zeros(round(_EDGE_SECONDS * sample_rate), np.float32)
    held = edge[:0]
    begun = False
    for stretch in stretches:
        samples = np.concatenate([held, stretch.samples])
        # Where the stream goes on, silence is faded in its stead.
        if not begun:
            samples = faded(np.concatenate([samples, edge]), sample_rate)[: len(samples)]
            begun = True
        if stretch.last:
            samples = faded(np.concatenate([edge, samples]), sample_rate)[len(edge) :]
        else:
            samples, held = samples[: -len(edge)], samples[-len(edge) :]
        yield replace(stretch, samples=samples)


def encoded(
    sounds: Iterable[Float],
    sample_rate: int,
    form: str,
    *,
    length: int = 0,
    metadata: Mapping[str, str] | None = None,
) -> Iterator[bytes]:
    r"""Yield a sound file as it grows.

    Args:
        sounds: Samples (T_wav,) in [-1, 1], part by part.
        sample_rate: Hz.
        form: A key of `TYPES`.
        length: Samples that will come, where that is known: a WAV file then states its length,
            and the largest one, as streams do, where it is not.
        metadata: Tags; bare samples take none.

    >>> b"".join(encoded([np.zeros(9, np.float32)], 22050, "wav", length=9))[40:44]
    b'\x12\x00\x00\x00'
    """
    if form == "wav":
        return _wav(sounds, sample_rate, length, metadata)
    if form == "pcm":
        return _pcm(sounds, sample_rate)
    return _coded(sounds, sample_rate, form, metadata)


def _wav(
    sounds: Iterable[Float], sample_rate: int, length: int, metadata: Mapping[str, str] | None
) -> Iterator[bytes]:
    yield wav_header(length or None, sample_rate, metadata)
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


def _coded(
    sounds: Iterable[Float], sample_rate: int, form: str, metadata: Mapping[str, str] | None
) -> Iterator[bytes]:
    pipe = _Pipe()
    with StreamEncoder(pipe, CODINGS[f".{form}"], sample_rate, metadata) as encoder:
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
