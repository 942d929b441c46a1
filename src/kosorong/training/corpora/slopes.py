"""How the utterances of a corpus end: the slope of F0, worked out once and kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.training.common.pitch import end_slope, track
from kosorong.training.corpora.kept import kept
from kosorong.training.corpora.packed import PackedCorpus


def end_slopes(corpus: PackedCorpus, folder: Path | None = None) -> NDArray[np.float32]:
    """Return the slope of F0 at the end of every utterance, semitones a second.

    Args:
        corpus: Packed recordings.
        folder: Where to keep them; tracking takes 20 ms a second of sound.

    Returns:
        (N,), NaN where too little is voiced.
    """
    return kept(corpus, folder, "slopes", lambda: _slopes(corpus))


def _slopes(corpus: PackedCorpus) -> NDArray[np.float32]:
    slopes = [end_slope(track(corpus.audio(n))) for n in range(len(corpus.utterances))]
    return np.array(slopes, np.float32)
