"""Audio files in: WAV by hand, everything else through PyAV's decoders."""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.files import write_bytes
from kosorong.errors import InputError

if TYPE_CHECKING:
    import av

Float = NDArray[np.float32]

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_LARGEST = 0xFFFF_FFFF
_CURE = "Give an audio file that plays elsewhere, or convert it to WAV."


def to_int16(samples: Float) -> NDArray[np.int16]:
    """Quantise samples (T_wav,) in [-1, 1] to 16 bits; what lies outside is clipped.

    >>> to_int16(np.array([-2.0, 0.0, 0.5], np.float32)).tolist()
    [-32767, 0, 16384]
    """
    scaled = np.rint(np.clip(samples, -1.0, 1.0) * 32767.0)
    return np.asarray(scaled, np.int16)


def wav_bytes(samples: Float, sample_rate: int) -> bytes:
    """Return a RIFF WAV file, 16 bits mono, of samples (T_wav,) in [-1, 1].

    >>> len(wav_bytes(np.zeros(10, np.float32), 22050))
    64
    """
    return wav_header(len(samples), sample_rate) + to_int16(samples).tobytes()


def wav_header(length: int | None, sample_rate: int) -> bytes:
    """Return the beginning of a RIFF WAV file, 16 bits mono.

    Args:
        length: Samples that follow; None where that is not known, which is written as the largest
            length there is, as streams do.
        sample_rate: Hz.

    >>> len(wav_header(10, 22050)), wav_header(None, 22050)[-4:] == bytes([255] * 4)
    (44, True)
    """
    form = struct.pack("<HHIIHH", _PCM, 1, sample_rate, sample_rate * 2, 2, 16)
    size = _LARGEST if length is None else min(2 * length, _LARGEST)
    riff = struct.pack("<4sI8sI", b"RIFF", min(36 + size, _LARGEST), b"WAVEfmt ", len(form))
    return riff + form + struct.pack("<4sI", b"data", size)


def write_wav(path: Path, samples: Float, sample_rate: int) -> None:
    """Write samples (T_wav,) in [-1, 1] as 16-bit mono WAV.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    write_bytes(path, wav_bytes(samples, sample_rate))


def read_audio(path: Path, sample_rate: int | None = None) -> tuple[Float, int]:
    """Read a whole audio file as mono.

    Args:
        path: WAV (PCM of 8, 16, 24 or 32 bits, float of 32 or 64), or anything PyAV decodes.
        sample_rate: Hz to resample to; None keeps the file's own.

    Returns:
        Samples (T_wav,) float32 in [-1, 1], channels averaged, and their rate in Hz.

    Raises:
        InputError: The file is missing or holds no audio that can be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror}).", where=str(path), cure="Check the path."
        ) from error
    return decode_audio(data, sample_rate, where=str(path))


def decode_audio(
    data: bytes,
    sample_rate: int | None = None,
    *,
    where: str = "audio",
    most_seconds: float = math.inf,
) -> tuple[Float, int]:
    """Decode an audio file's bytes; see `read_audio`.

    Args:
        data: The file.
        sample_rate: Hz to resample to; None keeps the file's own.
        where: What errors call it.
        most_seconds: Decoding stops a little behind this: a small file can hold days of silence.

    >>> samples, rate = decode_audio(wav_bytes(np.zeros(10, np.float32), 22050))
    >>> samples.shape, rate
    ((10,), 22050)
    """
    plain = _decode_wav(data, where) if data[:4] == b"RIFF" and data[8:12] == b"WAVE" else None
    if plain is not None and sample_rate in (None, plain[1]):
        return plain
    return _decode_with_pyav(data, sample_rate, where, most_seconds)


def _decode_wav(data: bytes, where: str) -> tuple[Float, int] | None:
    """Decode PCM and float WAV; None where the coding is another."""
    form: tuple[int, int, int, int] | None = None
    for name, body in _riff_chunks(data):
        if name == b"fmt " and len(body) >= 16:
            form = _read_format(body)
        elif name == b"data" and form is not None:
            coding, channels, rate, bits = form
            reader = _READERS.get((coding, bits))
            if reader is None or channels < 1 or rate < 1:
                return None
            width = channels * bits // 8
            flat = reader(body[: len(body) // width * width])
            return flat.reshape(-1, channels).mean(axis=1, dtype=np.float32), rate
    raise _unreadable("is a WAV file without sound data.", where)


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Walk a RIFF file; a length that runs past the end (a stream's 0xFFFFFFFF) is cut to it."""
    at = 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _read_format(body: bytes) -> tuple[int, int, int, int]:
    coding, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
    if coding == _EXTENSIBLE and len(body) >= 26:
        # The sub-format's first two bytes are the plain format tag.
        coding = struct.unpack_from("<H", body, 24)[0]
    return coding, channels, rate, bits


def _read_24(raw: bytes) -> Float:
    bytes_ = np.frombuffer(raw, np.uint8).reshape(-1, 3)
    wide = np.zeros((len(bytes_), 4), np.uint8)
    wide[:, 1:] = bytes_
    return (wide.reshape(-1).view("<i4") / 2.0**31).astype(np.float32)


_READERS: dict[tuple[int, int], Callable[[bytes], Float]] = {
    (_PCM, 8): lambda raw: (np.frombuffer(raw, np.uint8) / 128.0 - 1.0).astype(np.float32),
    (_PCM, 16): lambda raw: (np.frombuffer(raw, "<i2") / 32768.0).astype(np.float32),
    (_PCM, 24): _read_24,
    (_PCM, 32): lambda raw: (np.frombuffer(raw, "<i4") / 2.0**31).astype(np.float32),
    (_FLOAT, 32): lambda raw: np.frombuffer(raw, "<f4").astype(np.float32),
    (_FLOAT, 64): lambda raw: np.frombuffer(raw, "<f8").astype(np.float32),
}


def _unreadable(what: str, where: str) -> InputError:
    return InputError(what, where=where, cure=_CURE, reason="sound_unreadable")


def _decode_with_pyav(
    data: bytes, sample_rate: int | None, where: str, most_seconds: float
) -> tuple[Float, int]:
    import av  # a tenth of a second to load: only where it is needed

    try:
        with av.open(io.BytesIO(data), "r") as container:
            if not container.streams.audio:
                raise _unreadable("holds no audio.", where)
            stream = container.streams.audio[0]
            rate = sample_rate or stream.rate
            frames = _first(container.decode(stream), most_seconds)
            if rate == stream.rate and stream.channels == 1 and stream.format.name == "s16":
                # Segments come this way thousands of times: a resampler for each would cost more
                # than decoding.
                whole = [frame.to_ndarray()[0] for frame in frames]
                parts = [(part / np.float32(32768.0)).astype(np.float32) for part in whole]
            else:
                parts = list(_resampled(frames, rate))
    except av.error.FFmpegError as error:
        raise _unreadable(f"cannot be decoded ({error.strerror}).", where) from error
    return (np.concatenate(parts) if parts else np.zeros(0, np.float32)), rate


def _first(frames: Iterator[av.AudioFrame], seconds: float) -> Iterator[av.AudioFrame]:
    """Yield frames until they hold so many seconds."""
    heard = 0.0
    for frame in frames:
        yield frame
        heard += frame.samples / frame.sample_rate
        if heard > seconds:
            return


def _resampled(frames: Iterator[av.AudioFrame], rate: int) -> Iterator[Float]:
    import av

    resampler = av.AudioResampler(format="fltp", layout="mono", rate=rate)
    for frame in (*frames, None):
        for part in resampler.resample(frame):
            yield part.to_ndarray()[0]
