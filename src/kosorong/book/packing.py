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
    """

    audio: bytes
    lufs: float
    packets: Packets | None


def packed(samples: Float, level: Level, mark: Mark, *, encodes: bool = True) -> Packed:
    """Return samples (T_wav,) as they are kept; arguments as for `Packer`."""
    kept = as_kept(samples)
    lufs = level.measured(kept)
    packets = level.packets(kept, lufs) if encodes else None
    return Packed(flac(samples, level.sample_rate, mark), lufs, packets)


class Packer:
    """Packs segments in a thread of its own, in the order they come.

    Args:
        level: How loud segments are to be.
        mark: What the kept sound says of itself.
        encodes: Whether a file of the book wants AAC.
    """

    def __init__(self, level: Level, mark: Mark, *, encodes: bool) -> None:
        self._level = level
        self._mark = mark
        self._encodes = encodes
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

    def pack(self, samples: Float) -> Future[Packed]:
        """Take samples (T_wav,) to be packed; wait where too many are waiting already."""
        self._room.acquire()
        future = self._thread.submit(self._pack, samples)
        future.add_done_callback(self._give_room)
        return future

    def _give_room(self, _: Future[Packed]) -> None:
        self._room.release()

    def _pack(self, samples: Float) -> Packed:
        return packed(samples, self._level, self._mark, encodes=self._encodes)
