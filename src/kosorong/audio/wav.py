"""Audio files in: WAV by hand, the other formats through PyAV's decoders.

All sound that arrives is read here, whoever sent it.
"""

from __future__ import annotations

import io
import logging
import math
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.files import write_bytes
from kosorong.audio.formats import CODECS, NAMES, demuxer_of, options_for
from kosorong.audio.mark import riff_info
from kosorong.errors import InputError

if TYPE_CHECKING:
    import av

    _Sound = tuple[av.container.InputContainer, av.AudioStream]

Float = NDArray[np.float32]

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_LARGEST = 0xFFFF_FFFF
# Of a RIFF file; one of empty chunks would be walked through for seconds.
_MOST_CHUNKS = 1_000
_CURE = "Give an audio file that plays elsewhere, or convert it to WAV."
# Hz; what lies outside is a damaged file, and a second of it could grow to hours.
_SLOWEST, _FASTEST = 1_000, 768_000
# Full scale of integers that were written as floats; what is above is a damaged file.
_LOUDEST = 2.0**31

logger = logging.getLogger(__name__)


def to_int16(samples: Float) -> NDArray[np.int16]:
    """Quantise samples (T_wav,) in [-1, 1] to 16 bits; what lies outside is clipped.

    >>> to_int16(np.array([-2.0, 0.0, 0.5], np.float32)).tolist()
    [-32767, 0, 16384]
    """
    scaled = np.rint(np.clip(samples, -1.0, 1.0) * 32767.0)
    return np.asarray(scaled, np.int16)


def wav_bytes(samples: Float, sample_rate: int, metadata: Mapping[str, str] | None = None) -> bytes:
    """Return a RIFF WAV file, 16 bits mono, of samples (T_wav,) in [-1, 1], with its tags.

    >>> len(wav_bytes(np.zeros(10, np.float32), 22050))
    64
    """
    return wav_header(len(samples), sample_rate, metadata) + to_int16(samples).tobytes()


def wav_header(
    length: int | None, sample_rate: int, metadata: Mapping[str, str] | None = None
) -> bytes:
    """Return the beginning of a RIFF WAV file, 16 bits mono.

    Args:
        length: Samples that follow; None where that is not known, which is written as the largest
            length there is, as streams do.
        sample_rate: Hz.
        metadata: Tags, see `kosorong.audio.mark.riff_info`.

    >>> len(wav_header(10, 22050)), wav_header(None, 22050)[-4:] == bytes([255] * 4)
    (44, True)
    """
    form = struct.pack("<HHIIHH", _PCM, 1, sample_rate, sample_rate * 2, 2, 16)
    size = _LARGEST if length is None else min(2 * length, _LARGEST)
    info = riff_info(metadata or {})
    whole = min(36 + len(info) + size, _LARGEST)
    riff = struct.pack("<4sI8sI", b"RIFF", whole, b"WAVEfmt ", len(form))
    return riff + form + info + struct.pack("<4sI", b"data", size)


def write_wav(
    path: Path, samples: Float, sample_rate: int, metadata: Mapping[str, str] | None = None
) -> None:
    """Write samples (T_wav,) in [-1, 1] as 16-bit mono WAV, with its tags.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    write_bytes(path, wav_bytes(samples, sample_rate, metadata))


def read_audio(path: Path, sample_rate: int | None = None) -> tuple[Float, int]:
    """Read a whole audio file as mono.

    Args:
        path: A file of one of the `kosorong.audio.formats`.
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
        data: The file; nothing else is opened, whatever it names.
        sample_rate: Hz to resample to; None keeps the file's own.
        where: What errors call it.
        most_seconds: Decoding stops a little behind this: a small file can hold days of silence.

    Raises:
        InputError: It is none of the formats that are read, damaged, or holds values that are no
            numbers.

    >>> samples, rate = decode_audio(wav_bytes(np.zeros(10, np.float32), 22050))
    >>> samples.shape, rate
    ((10,), 22050)
    """
    plain = _decode_wav(data, where) if data[:4] == b"RIFF" and data[8:12] == b"WAVE" else None
    if plain is None or sample_rate not in (None, plain[1]):
        plain = _decode_with_pyav(data, sample_rate, where, most_seconds)
    samples = plain[0]
    # A value that is no number is the largest one, and compares as False.
    if len(samples) and not np.abs(samples).max() <= _LOUDEST:
        raise _unreadable("holds values that are no numbers.", where)
    return plain


def _decode_wav(data: bytes, where: str) -> tuple[Float, int] | None:
    """Decode PCM and float WAV; None where the coding is another."""
    form: tuple[int, int, int, int] | None = None
    for name, start, stop in _riff_chunks(data):
        if name == b"fmt " and stop - start >= 16:
            form = _read_format(data[start:stop])
        elif name == b"data" and form is not None:
            coding, channels, rate, bits = form
            reader = _READERS.get((coding, bits))
            if reader is None or channels < 1 or not _SLOWEST <= rate <= _FASTEST:
                return None
            width = channels * bits // 8
            body = data[start:stop]
            with np.errstate(over="ignore", invalid="ignore"):  # values that are told later
                flat = reader(body[: len(body) // width * width])
                return flat.reshape(-1, channels).mean(axis=1, dtype=np.float32), rate
    raise _unreadable("is a WAV file without sound data.", where)


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, begin and end of a RIFF file's chunks.

    A length that runs past the end (a stream's 0xFFFFFFFF) is cut to it.
    """
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(data):
            return
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, at + 8, min(at + 8 + length, len(data))
        at += 8 + length + length % 2


def _without_rest(data: bytes) -> bytes:
    """Return a WAV file up to the end of its sound: FFmpeg would read all chunks behind it."""
    if demuxer_of(data) != "wav":
        return data
    ends = (stop for name, _, stop in _riff_chunks(data) if name == b"data")
    return data[: next(ends, len(data))]


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
    with _opened(io.BytesIO(_without_rest(data)), data, where) as (container, stream):
        rate = sample_rate or stream.rate
        frames = _first(container.decode(stream), most_seconds, where)
        if rate == stream.rate and stream.channels == 1 and stream.format.name == "s16":
            # Segments come this way thousands of times: a resampler for each would cost more
            # than decoding.
            whole = [frame.to_ndarray()[0] for frame in frames]
            parts = [(part / np.float32(32768.0)).astype(np.float32) for part in whole]
        else:
            parts = list(_resampled(frames, rate))
    return (np.concatenate(parts) if parts else np.zeros(0, np.float32)), rate


def decoded_parts(
    source: IO[bytes], head: bytes, sample_rate: int, where: str, most_seconds: float = math.inf
) -> Iterator[Float]:
    """Yield the samples (T_wav,) of an audio file in parts, one in memory at a time.

    Args:
        source: The file, at its beginning.
        head: Its first bytes, by which its format is told.
        sample_rate: Hz wanted.
        where: What errors call it.
        most_seconds: Decoding stops a little behind this.

    Raises:
        InputError: As `decode_audio`.
    """
    with _opened(source, head, where) as (container, stream):
        frames = _first(container.decode(stream), most_seconds, where)
        for part in _resampled(frames, sample_rate):
            # A value that is no number is the largest one, and compares as False.
            if len(part) and not np.abs(part).max() <= _LOUDEST:
                raise _unreadable("holds values that are no numbers.", where)
            yield part


@contextmanager
def _opened(source: IO[bytes], head: bytes, where: str) -> Iterator[_Sound]:
    """Open a file's sound; what FFmpeg raises meanwhile is a damaged file."""
    import av  # a tenth of a second to load: only where it is needed

    demuxer = demuxer_of(head)
    if demuxer is None:
        raise _unreadable(f"cannot be decoded: it is no {NAMES}.", where)
    try:
        with av.open(
            source,
            "r",
            format=demuxer,
            options=options_for(demuxer),
            metadata_errors="replace",
        ) as container:
            yield container, _audio_of(container, where)
    except av.error.FFmpegError as error:
        # FFmpeg's words may tell of this machine: they stay here.
        logger.info("%s: sound refused, %s: %s", where, demuxer, error.strerror)
        raise _unreadable("cannot be decoded: it is damaged, or cut off.", where) from error


def _audio_of(container: av.container.InputContainer, where: str) -> av.AudioStream:
    """Return the first stream of sound, its coding one of those that are decoded.

    Raises:
        InputError: There is none.
    """
    if not container.streams.audio:
        raise _unreadable("holds no audio.", where)
    stream = container.streams.audio[0]
    context = stream.codec_context
    if context is None or context.codec.name not in CODECS:
        raise _unreadable("holds sound in a coding that is not read.", where)
    if not _SLOWEST <= stream.rate <= _FASTEST:
        raise _unreadable(f"has {stream.rate} samples a second, which no sound has.", where)
    return stream


def _first(frames: Iterator[av.AudioFrame], seconds: float, where: str) -> Iterator[av.AudioFrame]:
    """Yield frames until they hold so many seconds.

    Raises:
        InputError: One is of another rate or other channels than the first.
    """
    form, heard = None, 0.0
    for frame in frames:
        now = (frame.sample_rate, frame.format.name, frame.layout.name)
        if now != (form or now) or not _SLOWEST <= frame.sample_rate <= _FASTEST:
            raise _unreadable("changes its rate or its channels midway.", where)
        yield frame
        form = now
        heard += frame.samples / frame.sample_rate
        if heard > seconds:
            return


def _resampled(frames: Iterator[av.AudioFrame], rate: int) -> Iterator[Float]:
    import av

    resampler = av.AudioResampler(format="fltp", layout="mono", rate=rate)
    for frame in (*frames, None):
        for part in resampler.resample(frame):
            yield part.to_ndarray()[0]
