"""The sound of takes: no clicks, one loudness; and each encoded once for every file of a book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.aac import (
    BIT_RATE,
    CODING,
    FRAME,
    Packets,
    encode_take,
    frames_of,
    silence,
)
from kosorong.audio.encode import AAC_CODER
from kosorong.audio.loudness import TARGET_LUFS, gain_towards, limit, loudness_of
from kosorong.book.keys import key_of
from kosorong.book.ports import FinishedWork
from kosorong.book.records import Finished
from kosorong.book.timing import Placed

Float = NDArray[np.float32]

_FADE_SECONDS = 0.005
# What a take is heard between: so measured, chapters come out as loud as their takes.
_AROUND_SECONDS = 0.35


def faded(samples: Float, sample_rate: int) -> Float:
    """Let a segment begin and end in silence: 5 ms of raised cosine at both ends.

    Args:
        samples: (T_wav,).
        sample_rate: Hz.

    >>> faded(np.ones(1000, np.float32), 22050)[[0, 500, -1]].tolist()
    [0.0, 1.0, 0.0]
    """
    length = min(round(_FADE_SECONDS * sample_rate), len(samples) // 2)
    if not length:
        return samples
    slope = (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)).astype(np.float32)
    out = samples.copy()
    out[:length] *= slope
    out[-length:] *= slope[::-1]
    return out


# Asked for with every take of a book.
@lru_cache(maxsize=8)
def _coding_key(coding: int, sample_rate: int, target: float) -> str:
    return key_of("aac", coding, AAC_CODER, BIT_RATE, sample_rate, target)


@dataclass(frozen=True, slots=True)
class Level:
    """How takes are brought to one loudness, each by itself.

    Of a take nothing but its own samples counts, so that a changed sentence changes no other.

    Attributes:
        sample_rate: Hz.
        target: Loudness, LUFS.
    """

    sample_rate: int
    target: float = TARGET_LUFS

    @property
    def key(self) -> str:
        """Hash of everything that packets depend on beside the take."""
        return _coding_key(CODING, self.sample_rate, float(self.target))

    def take_key(self, lufs: float) -> str:
        """Return the key of a take's packets: its loudness tells whether they are of its sound."""
        return key_of(self.key, f"{lufs:.4f}")

    def measured(self, samples: Float) -> float:
        """Return the loudness (LUFS) of a take (T_wav,); -inf for silence."""
        return loudness_of(faded(samples, self.sample_rate), self.sample_rate, _AROUND_SECONDS)

    def levelled(self, samples: Float, lufs: float) -> Float:
        """Return a take (T_wav,) of a measured loudness as it is heard in a book."""
        gain = np.float32(gain_towards(lufs, self.target))
        return limit(faded(samples, self.sample_rate) * gain, self.sample_rate)

    def packets(self, samples: Float, lufs: float) -> Packets:
        """Return a take (T_wav,) of a measured loudness as packets for every file of a book."""
        return encode_take(self.levelled(samples, lufs), self.sample_rate)


def chapter_sound(work: FinishedWork, placed: Iterable[Placed], level: Level) -> Iterator[Float]:
    """Yield a chapter's samples, one segment in memory at a time.

    Args:
        work: Where the segments' audio lies.
        placed: The chapter's segments.
        level: How loud they are to be.

    Raises:
        StorageError: The audio of a segment is damaged.
    """
    for placement in placed:
        samples = work.audio(placement.finished)
        yield level.levelled(samples, _loudness(work, placement.finished, samples, level))
        yield np.zeros(placement.silence, np.float32)


def chapter_packets(
    work: FinishedWork, placed: Iterable[Placed], level: Level, *, trusted: bool = False
) -> Iterator[Packets]:
    """Yield a chapter's packets, one segment in memory at a time.

    A take that was encoded before is copied; one that was not is encoded now, and kept.

    Args:
        work: Where the segments' audio lies.
        placed: The chapter's segments.
        level: How loud they are to be.
        trusted: Whether the sums of what was kept were looked at before.

    Raises:
        StorageError: The audio of a segment is damaged.
    """
    for placement in placed:
        yield _packets(work, placement.finished, level, trusted)
        frames = (placement.finished.samples + placement.silence) // FRAME - frames_of(
            placement.finished.samples
        )
        yield silence(frames, level.sample_rate)


def _packets(work: FinishedWork, finished: Finished, level: Level, trusted: bool) -> Packets:
    if not finished.samples:
        return Packets()
    speech = finished.planned.speech
    lufs = work.loudness(speech)
    if lufs is not None:
        kept = work.packets(speech, level.take_key(lufs), trusted=trusted)
        if kept is not None and len(kept.sizes) == frames_of(finished.samples):
            return kept
    samples = work.audio(finished)
    lufs = _loudness(work, finished, samples, level)
    packets = level.packets(samples, lufs)
    work.save_packets(speech, level.take_key(lufs), packets)
    return packets


def _loudness(work: FinishedWork, finished: Finished, samples: Float, level: Level) -> float:
    """Return the loudness of a take, measured once."""
    key = finished.planned.speech
    lufs = work.loudness(key)
    if lufs is None:
        lufs = level.measured(samples)
        work.save_loudness(key, lufs)
    return lufs
