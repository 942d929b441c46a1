"""What takes minutes to work out of a corpus, kept beside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.training.corpora.packed import PackedCorpus

_VERSION = 1  # of what is worked out; to be raised when that changes
_SAMPLES = 4096  # of every utterance, by which another level or cut is told apart


def kept(
    corpus: PackedCorpus, folder: Path | None, name: str, make: Callable[[], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return what was kept of a corpus, or make it and keep it.

    Args:
        corpus: Packed recordings.
        folder: Where; None keeps nothing.
        name: What it is.
        make: Works it out.
    """
    if folder is None:
        return make()
    path = folder / f"{name}-{_imprint(corpus)}.npy"
    if path.is_file():
        array: NDArray[np.float32] = np.load(path, mmap_mode="r")
        return array
    array = make()
    folder.mkdir(parents=True, exist_ok=True)
    # Another process may be at the same, or this one be stopped: the name comes with a whole file.
    temporary = path.with_name(f"{path.stem}.{os.getpid()}.new.npy")
    np.save(temporary, array)
    temporary.replace(path)
    return array


def _imprint(corpus: PackedCorpus) -> str:
    """Return a hash of the recordings: names, lengths and a part of each."""
    digest = hashlib.sha256(str(_VERSION).encode())
    for n, utterance in enumerate(corpus.utterances):
        digest.update(f"{utterance.id} {utterance.speaker} {corpus.frames(n)}\n".encode())
        digest.update(corpus.audio(n)[:_SAMPLES].tobytes())
    return digest.hexdigest()[:12]
