"""Long recordings: decoded once to a file beside, so that hours of sound need no memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.files import storage
from kosorong.audio.wav import decoded_parts, to_int16
from kosorong.errors import InputError

Float = NDArray[np.float32]

LONGEST_HOURS = 12
_HEAD_BYTES = 16 << 20  # in which tags, with their pictures, end


class LongSound:
    """A recording, any stretch of which can be had.

    Args:
        samples: (T_wav,) 16 bits.
        sample_rate: Hz.
    """

    def __init__(self, samples: NDArray[np.int16], sample_rate: int) -> None:
        self._samples = samples
        self.sample_rate = sample_rate

    @property
    def seconds(self) -> float:
        """Length."""
        return len(self._samples) / self.sample_rate

    def between(self, begin: float, end: float) -> Float:
        """Return the samples (T_wav,) in [-1, 1] between two times in seconds."""
        first, last = (round(at * self.sample_rate) for at in (begin, end))
        return np.asarray(self._samples[max(0, first) : last], np.float32) / np.float32(32767.0)


@contextmanager
def open_long(path: Path, sample_rate: int) -> Iterator[LongSound]:
    """Open a recording of any length.

    Args:
        path: A file of one of the `kosorong.audio.formats`.
        sample_rate: Hz wanted.

    Raises:
        InputError: It is missing, holds no sound that can be read, or is longer than twelve hours.
        StorageError: There is no room for the decoded sound.
    """
    try:
        source = path.open("rb")
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror}).", where=str(path), cure="Check the path."
        ) from error
    with source, tempfile.TemporaryFile() as target:
        head = source.read(_HEAD_BYTES)
        source.seek(0)
        most = LONGEST_HOURS * 3600
        count = _write(decoded_parts(source, head, sample_rate, path.name, most), target, path.name)
        if count > most * sample_rate:
            raise InputError(
                f"the recording is longer than {LONGEST_HOURS} hours.",
                where=path.name,
                cure="Cut it and its transcript into parts.",
                reason="sound_too_long",
            )
        empty = np.zeros(0, np.int16)
        samples = np.memmap(target, np.int16, "r", shape=(count,)) if count else empty
        yield LongSound(samples, sample_rate)


def _write(parts: Iterator[Float], target: IO[bytes], where: str) -> int:
    """Write samples to a file; return how many, a little more than the longest at most."""
    count = 0
    for part in parts:
        with storage(Path(where)):
            target.write(to_int16(part).tobytes())
        count += len(part)
    with storage(Path(where)):
        target.flush()
    return count
