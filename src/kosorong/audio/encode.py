"""Audio files out: WAV, MP3, FLAC, Opus, AAC, whole or as a stream of samples.

Encoders keep no more than a frame of sound, so that memory does not grow with a book.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.files import replacing
from kosorong.audio.id3 import id3
from kosorong.audio.mark import SOURCE_TAG
from kosorong.audio.mp4_tags import append_tag, freeform
from kosorong.audio.wav import to_int16, wav_header
from kosorong.errors import UsageError

if TYPE_CHECKING:
    import av
    from av.audio.stream import AudioStream

Float = NDArray[np.float32]

# Samples handed to an encoder at once: any size works, this one bounds memory.
_BLOCK = 32_768


@dataclass(frozen=True, slots=True)
class Coding:
    """How one kind of file is made.

    Attributes:
        container: libavformat's name of the file format.
        codec: libavcodec's name of the encoder.
        sample_rate: Hz the codec insists on; 0 takes any.
        bit_rate: Bits a second for speech; 0 where the coding is lossless.
        integer: True where the encoder takes 16-bit integers.
        options: libavformat's options of the file format.
        tagged: How the tags are written that libavformat does not write as players look for them:
            `id3` before the sound, `atom` for those MP4 knows no name of; "" where it writes all.
        coder: libavcodec's options of the encoder.
    """

    container: str
    codec: str
    sample_rate: int = 0
    bit_rate: int = 0
    integer: bool = False
    options: tuple[tuple[str, str], ...] = ()
    tagged: str = ""
    coder: tuple[tuple[str, str], ...] = ()


# A third of the time of FFmpeg's two-loop search: see `scripts/compare_aac.py`.
AAC_CODER = "fast"
_QUICK = (("aac_coder", AAC_CODER),)
# Microseconds: a page of the usual second holds a stream's first sentence back. "bitexact" keeps
# a stream's number from being drawn by lot, so that the same sound gives the same bytes.
_PAGES = (("page_duration", "200000"), ("fflags", "bitexact"))


CODINGS = {
    ".mp3": Coding(
        "mp3", "libmp3lame", bit_rate=64_000, options=(("id3v2_version", "0"),), tagged="id3"
    ),
    ".flac": Coding("flac", "flac", integer=True),
    # libopus runs at 48 kHz inside whatever it is given.
    ".opus": Coding(
        "ogg", "libopus", sample_rate=48_000, bit_rate=40_000, integer=True, options=_PAGES
    ),
    ".ogg": Coding(
        "ogg", "libopus", sample_rate=48_000, bit_rate=40_000, integer=True, options=_PAGES
    ),
    ".aac": Coding("adts", "aac", bit_rate=64_000, tagged="id3", coder=_QUICK),
    ".m4a": Coding("mp4", "aac", bit_rate=64_000, tagged="atom", coder=_QUICK),
}
SUFFIXES = (".wav", *CODINGS)


def coding_of(suffix: str) -> Coding:
    """Return the coding that belongs to a file's ending.

    Raises:
        UsageError: No encoder writes this ending.

    >>> coding_of(".mp3").codec
    'libmp3lame'
    """
    try:
        return CODINGS[suffix.lower()]
    except KeyError:
        raise UsageError(
            f"audio cannot be written as '{suffix or 'a file without an ending'}'.",
            cure=f"Use one of {', '.join(SUFFIXES)}.",
        ) from None


class StreamEncoder:
    """Encodes a stream of samples into one file.

    Args:
        target: A path or a binary file.
        coding: The kind of file.
        sample_rate: Hz of the samples that will come.
        metadata: Tags, by libavformat's names (`title`, `artist`, `track`, `language`, …); what
            speech has to say of itself is in `kosorong.audio.mark`.

    Errors of the disk come out as `OSError`; callers write inside `files.replacing`.
    """

    def __init__(
        self,
        target: Path | BinaryIO,
        coding: Coding,
        sample_rate: int,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        import av

        self._integer = coding.integer
        self._rate = sample_rate
        self._count = 0
        tags = metadata or {}
        self._owns = isinstance(target, Path)
        self._file = target.open("w+b") if isinstance(target, Path) else target
        head = id3(tags) if coding.tagged == "id3" else b""
        self._file.write(head)
        self._atom = tags.get(SOURCE_TAG, "") if coding.tagged == "atom" else ""
        rest: Any = _Behind(self._file, len(head)) if head else self._file
        options = dict(coding.options)
        self._container = av.open(rest, "w", format=coding.container, options=options)
        if coding.tagged != "id3":
            self._container.metadata.update(tags)
        rate = coding.sample_rate or sample_rate
        coder = dict(coding.coder)
        stream = self._container.add_stream(coding.codec, rate=rate, options=coder, layout="mono")
        self._stream = cast("AudioStream", stream)
        if coding.bit_rate:
            self._stream.bit_rate = coding.bit_rate

    def write(self, samples: Float) -> None:
        """Add samples (T_wav,) in [-1, 1]."""
        for start in range(0, len(samples), _BLOCK):
            block = samples[start : start + _BLOCK]
            frame = audio_frame(block, self._rate, self._count, integer=self._integer)
            self._count += len(block)
            self._container.mux(self._stream.encode(frame))

    def close(self) -> None:
        """Write what the encoder still holds and the file's end."""
        try:
            try:
                self._container.mux(self._stream.encode(None))
            finally:
                self._container.close()
            if self._atom:
                append_tag(self._file, freeform(SOURCE_TAG, self._atom))
        finally:
            self._release()

    def _release(self) -> None:
        if self._owns:
            self._file.close()

    def __enter__(self) -> StreamEncoder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
            return
        try:
            self._container.close()
        finally:
            self._release()


class _Behind:
    """What lies behind the head of a file, as a file of its own; muxers count from its start.

    Args:
        file: Written up to its head's end.
        head: Bytes of the head.
    """

    def __init__(self, file: BinaryIO, head: int) -> None:
        self._file, self._head = file, head

    def seekable(self) -> bool:
        return self._file.seekable()

    def write(self, data: Any, /) -> int:
        return self._file.write(data)

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        moved = self._head if whence == io.SEEK_SET else 0
        return self._file.seek(place + moved, whence) - self._head

    def tell(self) -> int:
        return self._file.tell() - self._head


def audio_frame(samples: Float, sample_rate: int, at: int, *, integer: bool) -> av.AudioFrame:
    """Wrap samples (T_wav,) in [-1, 1] as PyAV's frame that begins `at` samples into the sound."""
    import av

    data = to_int16(samples)[None] if integer else np.ascontiguousarray(samples, np.float32)[None]
    frame = av.AudioFrame.from_ndarray(data, format="s16" if integer else "fltp", layout="mono")
    frame.sample_rate = sample_rate
    frame.pts = at
    frame.time_base = Fraction(1, sample_rate)
    return frame


def write_audio(
    path: Path,
    samples: Float,
    sample_rate: int,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Write a sound to a file, whole or not at all.

    Args:
        path: Its ending chooses the format: .wav, .mp3, .flac, .opus, .ogg, .aac or .m4a.
        samples: (T_wav,) float32 in [-1, 1].
        sample_rate: Hz.
        metadata: Tags, as for `StreamEncoder`.

    Raises:
        UsageError: No encoder writes this ending.
        StorageError: The disk is full, or the place cannot be written.
    """
    stream_audio(path, [samples], sample_rate, metadata)


def stream_audio(
    path: Path,
    sounds: Iterable[Float],
    sample_rate: int,
    metadata: Mapping[str, str] | None = None,
) -> int:
    """Write a sound to a file as it comes, whole or not at all; see `write_audio`.

    Args:
        path: Its ending chooses the format.
        sounds: Samples (T_wav,) in [-1, 1], part by part; no more than one is held.
        sample_rate: Hz.
        metadata: Tags, as for `StreamEncoder`.

    Returns:
        Samples written.

    Raises:
        UsageError: No encoder writes this ending.
        StorageError: The disk is full, or the place cannot be written.
    """
    if path.suffix.lower() == ".wav":
        with replacing(path) as part:
            return _stream_wav(part, sounds, sample_rate, metadata)
    coding, count = coding_of(path.suffix), 0
    with replacing(path) as part, StreamEncoder(part, coding, sample_rate, metadata) as encoder:
        for samples in sounds:
            encoder.write(samples)
            count += len(samples)
    return count


def _stream_wav(
    path: Path, sounds: Iterable[Float], sample_rate: int, metadata: Mapping[str, str] | None
) -> int:
    count = 0
    with path.open("wb") as file:
        file.write(wav_header(None, sample_rate, metadata))
        for samples in sounds:
            file.write(to_int16(samples).astype("<i2").tobytes())
            count += len(samples)
        file.seek(0)
        file.write(wav_header(count, sample_rate, metadata))
    return count


def encode_audio(
    samples: Float, sample_rate: int, suffix: str, metadata: Mapping[str, str] | None = None
) -> bytes:
    """Return the bytes of an audio file of the kind that `suffix` names, WAV excepted.

    >>> encode_audio(np.zeros(2205, np.float32), 22050, ".flac")[:4]
    b'fLaC'
    """
    buffer = io.BytesIO()
    with StreamEncoder(buffer, coding_of(suffix), sample_rate, metadata) as encoder:
        encoder.write(samples)
    return buffer.getvalue()


class AacEncoder:
    """Encodes samples into bare AAC-LC packets, for a container written elsewhere.

    The encoder puts `priming` samples of silence before the sound. The same samples always give
    the same packets: no packet names the encoder.

    Args:
        sample_rate: Hz.
        bit_rate: Bits a second.
        coder: FFmpeg's name of how scale factors are sought.

    Attributes:
        frame: Samples in a packet.
        priming: Samples of encoder delay at the front of the packets.
    """

    frame = 1024
    priming = 1024

    def __init__(self, sample_rate: int, bit_rate: int = 64_000, coder: str = AAC_CODER) -> None:
        import av

        self._rate = sample_rate
        self._count = 0
        self._rest = np.zeros(0, np.float32)
        self._codec: Any = av.CodecContext.create("aac", "w")
        self._codec.sample_rate = sample_rate
        self._codec.layout = "mono"
        self._codec.format = "fltp"
        self._codec.bit_rate = bit_rate
        self._codec.time_base = Fraction(1, sample_rate)
        self._codec.options = {"aac_coder": coder}
        self._codec.flags |= av.codec.context.Flags.bitexact
        self._codec.open()

    @property
    def config(self) -> bytes:
        """AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1)."""
        return bytes(self._codec.extradata)

    def write(self, samples: Float) -> Iterator[bytes]:
        """Add samples (T_wav,) in [-1, 1]; yield the packets that are ready."""
        joined = np.concatenate([self._rest, samples])
        whole = len(joined) // self.frame * self.frame
        for start in range(0, whole, self.frame):
            yield from self._encode(joined[start : start + self.frame])
        self._rest = joined[whole:]

    def finish(self) -> Iterator[bytes]:
        """Yield the last packets."""
        if len(self._rest):
            yield from self._encode(self._rest)
        yield from map(bytes, self._codec.encode(None))

    def _encode(self, block: Float) -> Iterator[bytes]:
        frame = audio_frame(block, self._rate, self._count, integer=False)
        self._count += len(block)
        yield from map(bytes, self._codec.encode(frame))
