"""What an edition is made of: finished work, wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.aac import Packets
from kosorong.book.records import Finished, WarningCount


class FinishedWork(Protocol):
    """The finished segments of one book, of which the files are made.

    `kosorong.book.store.Store` keeps them in a work folder, the library in rows and a storage.
    """

    @property
    def folder(self) -> Path:
        """Where files in the making lie, in `chapters`."""
        ...

    def finished(self, chapter: int, *, timed: bool = True) -> Iterator[Finished]:
        """Yield a chapter's finished segments in order.

        Args:
            chapter: Its index in the manuscript.
            timed: Whether the times of words are wanted.
        """
        ...

    def warning_counts(self) -> Iterator[WarningCount]:
        """Yield what translator and voice warned of, each once, most frequent first."""
        ...

    def audio(self, finished: Finished) -> NDArray[np.float32]:
        """Return the samples (T_wav,) of a segment.

        Raises:
            StorageError: They are gone or damaged.
        """
        ...

    def packets(self, speech: str, key: str, *, trusted: bool = False) -> Packets | None:
        """Return a take as packets; None where it is to be encoded.

        Args:
            speech: Key of the take.
            key: Of how it was levelled and encoded.
            trusted: Whether its sum was looked at before.
        """
        ...

    def save_packets(self, speech: str, key: str, packets: Packets) -> None:
        """Keep a take as packets; arguments as for `packets`."""
        ...

    def loudness(self, key: str) -> float | None:
        """Return a take's loudness in LUFS, None where it is not measured yet."""
        ...

    def save_loudness(self, key: str, lufs: float) -> None:
        """Keep a take's loudness, LUFS; -inf for silence."""
        ...
