"""How the pitch of a corpus runs: F0 of every frame beside the speaker's own, kept once tracked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.training.common.pitch import track
from kosorong.training.corpora.kept import kept
from kosorong.training.corpora.packed import PackedCorpus

Float = NDArray[np.float32]

_SMOOTHED = 5  # frames whose median is taken: an octave error is shorter
_WIDEST = 18.0  # semitones from the speaker's median; what lies beyond is a mistake of tracking


def contours(corpus: PackedCorpus, folder: Path | None = None) -> Float:
    """Return the pitch of every frame of a corpus, semitones above the speaker's median.

    Unvoiced frames have what lies between the voiced ones beside them: voicing is the sounds'
    affair, and a contour without holes is what a model can follow.

    Args:
        corpus: Packed recordings.
        folder: Where to keep them; tracking takes 20 ms a second of sound.

    Returns:
        (sum of T_mel,), 0 throughout an utterance without voice.
    """
    return kept(corpus, folder, "contours", lambda: _contours(corpus))


def _contours(corpus: PackedCorpus) -> Float:
    tracks = [_semitones(track(corpus.audio(n))) for n in range(len(corpus.utterances))]
    middles = _middles(corpus, tracks)
    lines = [
        line(own - middles[utterance.speaker])
        for own, utterance in zip(tracks, corpus.utterances, strict=True)
    ]
    return np.concatenate(lines).astype(np.float32)


def line(semitones: Float) -> Float:
    """Return a contour (T_mel,) without holes and leaps, of one that is NaN where unvoiced.

    >>> line(np.array([np.nan, 1.0, np.nan, 3.0], np.float32)).tolist()
    [1.0, 1.0, 2.0, 3.0]
    """
    voiced = np.flatnonzero(~np.isnan(semitones) & (np.abs(semitones) <= _WIDEST))
    if not len(voiced):
        return np.zeros(len(semitones), np.float32)
    values = semitones[voiced]
    if len(values) >= _SMOOTHED:
        padded = np.pad(values, _SMOOTHED // 2, "edge")
        values = np.median(np.lib.stride_tricks.sliding_window_view(padded, _SMOOTHED), axis=1)
    return np.interp(np.arange(len(semitones)), voiced, values).astype(np.float32)


def _semitones(hertz: NDArray[np.float64]) -> Float:
    """Return F0 in semitones above 1 Hz, NaN where unvoiced."""
    semitones = np.full(len(hertz), np.nan, np.float32)
    voiced = hertz > 0
    semitones[voiced] = 12.0 * np.log2(hertz[voiced])
    return semitones


def _middles(corpus: PackedCorpus, tracks: list[Float]) -> dict[str, float]:
    """Return the median pitch of each speaker, semitones above 1 Hz."""
    gathered: dict[str, list[Float]] = {}
    for own, utterance in zip(tracks, corpus.utterances, strict=True):
        gathered.setdefault(utterance.speaker, []).append(own[~np.isnan(own)])
    return {
        speaker: float(np.median(np.concatenate(own))) if sum(map(len, own)) else 0.0
        for speaker, own in gathered.items()
    }
