"""How the utterances of a corpus end: the slope of F0, worked out once and kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.training.common.pitch import end_slope, track
from kosorong.training.corpora.packed import Packed


def end_slopes(corpus: Packed, folder: Path | None = None) -> NDArray[np.float32]:
    """Return the slope of F0 at the end of every utterance, semitones a second.

    Args:
        corpus: Packed recordings.
        folder: Where to keep them; tracking takes 20 ms a second of sound.

    Returns:
        (N,), NaN where too little is voiced.
    """
    kept = folder / f"slopes-{_imprint(corpus)}.npy" if folder else None
    if kept is not None and kept.is_file():
        slopes: NDArray[np.float32] = np.load(kept)
        return slopes
    slopes = np.array(
        [end_slope(track(corpus.audio(n))) for n in range(len(corpus.utterances))], np.float32
    )
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, slopes)
    return slopes


def _imprint(corpus: Packed) -> str:
    names = "\n".join(f"{u.id} {corpus.frames(n)}" for n, u in enumerate(corpus.utterances))
    return hashlib.sha256(names.encode()).hexdigest()[:12]
