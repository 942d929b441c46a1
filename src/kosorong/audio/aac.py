"""Takes as AAC: each encoded once, from silence to silence, and copied into every file.

A packet of AAC holds a window of two frames, and what a decoder gives for a frame comes of the two
packets that see it. So packets of different encoders can follow one another wherever a frame of
digital silence lies between: it has nothing that two windows would have to agree on. A take begins
on a frame and ends with two that are silent, in which windows that a sound made short become long
again; silence between takes is one packet over and over.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.encode import AacEncoder

Float = NDArray[np.float32]

FRAME = AacEncoder.frame
PRIMING = AacEncoder.priming
BIT_RATE = 64_000
_SILENT_FRAMES = 2
CODING = 1
"""Goes up when the same sound gives other packets."""

_HEAD = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class Packets:
    """Packets of AAC-LC.

    Attributes:
        sizes: Bytes of each, 16 bits wide.
        data: The packets one after another.
    """

    sizes: array[int] = field(default_factory=lambda: array("H"))
    data: bytes = b""


def frames_of(samples: int) -> int:
    """Return how many frames a take has: its own and two of silence behind them.

    >>> frames_of(0), frames_of(1), frames_of(1024), frames_of(1025)
    (0, 3, 3, 4)
    """
    return -(-samples // FRAME) + _SILENT_FRAMES if samples else 0


def encode_take(samples: Float, sample_rate: int) -> Packets:
    """Return a take (T_wav,) in [-1, 1] as `frames_of(T_wav)` packets."""
    count = frames_of(len(samples))
    if not count:
        return Packets()
    encoder = AacEncoder(sample_rate, BIT_RATE)
    # One frame more than is kept: windows are chosen by what comes next, which is silence.
    padded = np.pad(samples, (0, (count + 1) * FRAME - len(samples)))
    packets = [*encoder.write(padded), *encoder.finish()]
    return _joined(packets[:count])


def silence(frames: int, sample_rate: int) -> Packets:
    """Return so many frames of silence.

    >>> list(silence(3, 22_050).sizes)
    [4, 4, 4]
    """
    packet = _silent(sample_rate)
    return Packets(array("H", [len(packet)]) * frames, packet * frames)


@lru_cache(maxsize=8)
def _silent(sample_rate: int) -> bytes:
    encoder = AacEncoder(sample_rate, BIT_RATE)
    return next(islice(encoder.write(np.zeros(4 * FRAME, np.float32)), 2, None))


@lru_cache(maxsize=8)
def config_of(sample_rate: int) -> bytes:
    """Return the AudioSpecificConfig of all packets of a rate in Hz."""
    return AacEncoder(sample_rate, BIT_RATE).config


def _joined(packets: list[bytes]) -> Packets:
    return Packets(array("H", map(len, packets)), b"".join(packets))


def dump(packets: Packets, key: str) -> bytes:
    """Return packets as the bytes of a file that knows by which key it was kept.

    >>> kept = dump(silence(2, 22_050), "a")
    >>> load(kept, "a") == silence(2, 22_050), load(kept, "b"), load(kept[:-1], "a")
    (True, None, None)
    """
    sizes = np.array(packets.sizes, "<u2").tobytes()
    body, count = sizes + packets.data, len(packets.sizes)
    return _HEAD.pack(_sum(body, count, key), count) + body


def load(data: bytes, key: str, *, trusted: bool = False) -> Packets | None:
    """Return the packets of a file that `dump` made; None where it is damaged or of another key.

    Whatever is returned is of one piece: as many bytes as its sizes say.

    Args:
        data: The file.
        key: By which it was kept.
        trusted: Whether its sum was looked at before.
    """
    if len(data) < _HEAD.size:
        return None
    checksum, count = _HEAD.unpack_from(data)
    body = data[_HEAD.size :]
    if len(body) < 2 * count or (not trusted and _sum(body, count, key) != checksum):
        return None
    sizes = np.frombuffer(body, "<u2", count).astype(np.uint16)
    packets = Packets(array("H", sizes.tobytes()), body[2 * count :])
    return packets if sum(packets.sizes) == len(packets.data) else None


def _sum(body: bytes, count: int, key: str) -> int:
    return zlib.crc32(body, zlib.crc32(f"{key} {count}".encode("ascii")))
