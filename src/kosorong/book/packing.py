"""Making spoken segments ready for files, beside the voice: FLAC to keep, AAC to pack."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.aac import Packets
from kosorong.audio.mark import Mark
from kosorong.book.sound import Level
from kosorong.book.store import as_kept, flac

Float = NDArray[np.float32]

# Segments that may wait with their samples; then the voice waits too.
_WAITING = 4


@dataclass(frozen=True, slots=True)
class Packed:
    """A spoken segment as it is kept.

    Attributes:
        audio: A FLAC file, empty where there is nothing to hear.
        lufs: Its loudness.
        packets: Its AAC, None where no file of the book wants it.
        key: Of the packets.
    """

    audio: bytes
    lufs: float
    packets: Packets | None
    key: str


def packed(
    samples: Float, level: Level, mark: Mark, *, encodes: bool = True, levels: bool = False
) -> Packed:
    """Return a spoken segment as it is kept.

    Args:
        samples: (T_wav,).
        level: How loud it is to be in files.
        mark: What the kept sound says of itself.
        encodes: Whether a file wants AAC.
        levels: Whether the kept sound is that loud as well, for whoever plays takes one by one.
    """
    if levels:
        samples = level.levelled(samples, level.measured(samples))
    kept = as_kept(samples)
    lufs = level.measured(kept)
    packets = level.packets(kept, lufs) if encodes else None
    audio = flac(samples, level.sample_rate, mark)
    return Packed(audio, lufs, packets, level.take_key(lufs))


class Packer:
    """Packs segments in a thread of its own, in the order they come.

    Args:
        encodes: As for `packed`.
        levels: As for `packed`.
    """

    def __init__(self, *, encodes: bool = True, levels: bool = False) -> None:
        self._encodes, self._levels = encodes, levels
        self._room = BoundedSemaphore(_WAITING)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="packing")

    def __enter__(self) -> Packer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.shutdown()

    def pack(self, samples: Float, level: Level, mark: Mark) -> Future[Packed]:
        """Take a segment to be packed, as `packed`; wait where too many are waiting already."""
        self._room.acquire()
        future = self._thread.submit(self._pack, samples, level, mark)
        future.add_done_callback(self._give_room)
        return future

    def _give_room(self, _: Future[Packed]) -> None:
        self._room.release()

    def _pack(self, samples: Float, level: Level, mark: Mark) -> Packed:
        return packed(samples, level, mark, encodes=self._encodes, levels=self._levels)
