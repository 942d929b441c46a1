"""Batches of recordings and the sounds in them, each time a little different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kosorong.config import MEL
from kosorong.text.reading import read
from kosorong.text.sound.symbols import (
    BLANK_ID,
    BOUNDARY_ID,
    END_ID,
    MARKS,
    PAD_ID,
    START_ID,
    SYMBOLS,
)
from kosorong.training.common.plans import EpochPlan
from kosorong.training.corpora.packed import PackedCorpus

Float = NDArray[np.float32]

SILENT = frozenset(
    {PAD_ID, BLANK_ID, START_ID, END_ID, BOUNDARY_ID, *(SYMBOLS.index(m) for m in MARKS)}
)
"""Symbols that are no sound: edges, boundaries, marks, blanks, pads."""


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """How much training recordings are changed.

    Attributes:
        tempo: Largest relative change of the tempo.
        warp: Largest relative change of the frequency axis (another throat or pitch).
        tilt: Largest change of the spectrum's ends against its middle, nepers.
        noise: Largest level of added noise over the utterance's mean energy, nepers; it is drawn
            from 5 nepers below up to this.
        time_masks: Stretches of silence put in for each 100 frames.
        time_mask_frames: Longest of them.
        band_masks: Bands of mels taken out.
        band_mask_mels: Widest of them.
    """

    tempo: float = 0.15
    warp: float = 0.08
    tilt: float = 0.7
    noise: float = -2.0
    time_masks: float = 1.0
    time_mask_frames: int = 14
    band_masks: int = 2
    band_mask_mels: int = 12


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded mels and their sounds.

    Attributes:
        mel: (B, M, T_mel) normalised, padded with zeros.
        mel_lengths: (B,) frames.
        targets: All symbol ids end to end.
        target_lengths: (B,) symbols.
    """

    mel: Tensor
    mel_lengths: Tensor
    targets: Tensor
    target_lengths: Tensor


def sounds(text: str) -> tuple[int, ...]:
    """Return the sounding symbols of a text, without edges, boundaries and marks.

    >>> len(sounds("혼저 옵서."))
    9
    """
    return tuple(s for s in read(text).symbols if s not in SILENT)


def normalise(mel: Float) -> Float:
    """Give every mel channel of one utterance (M, T_mel) mean 0 and variance 1."""
    centred = mel - mel.mean(1, keepdims=True)
    deviation: Float = centred / (centred.std(1, keepdims=True) + 1e-2)
    return deviation


def augment(mel: Float, config: AugmentConfig, draw: np.random.Generator) -> Float:
    """Return a changed copy of a log-mel (M, T_mel): tempo, frequency axis, tilt, noise."""
    n_mels, n_frames = mel.shape
    tempo = draw.uniform(1 - config.tempo, 1 + config.tempo)
    times = np.linspace(0, n_frames - 1, max(2, round(n_frames / tempo)))
    bands = np.clip(np.arange(n_mels) * draw.uniform(1 - config.warp, 1 + config.warp), 0, None)
    changed = _resample(_resample(mel.T, times).T, bands.clip(max=n_mels - 1))
    slope, bow = draw.uniform(-config.tilt, config.tilt, 2)
    line = np.linspace(-1, 1, n_mels)
    changed = changed + (slope * line + bow * (1 - 2 * line**2)).astype(np.float32)[:, None]
    level = changed.mean() + draw.uniform(config.noise - 5, config.noise)
    noise = level + 0.5 * draw.standard_normal(changed.shape)
    return np.logaddexp(changed, noise).astype(np.float32)


def mask(mel: Float, config: AugmentConfig, draw: np.random.Generator) -> Float:
    """Take bands and stretches out of a normalised mel (SpecAugment, Park et al. 2019)."""
    masked = mel.copy()
    n_mels, n_frames = mel.shape
    for _ in range(config.band_masks):
        width = int(draw.integers(0, config.band_mask_mels + 1))
        first = int(draw.integers(0, n_mels - width + 1))
        masked[first : first + width] = 0.0
    for _ in range(round(config.time_masks * n_frames / 100)):
        width = min(int(draw.integers(0, config.time_mask_frames + 1)), n_frames)
        first = int(draw.integers(0, n_frames - width + 1))
        masked[:, first : first + width] = 0.0
    return masked


class RecogniserData:
    """The utterances a recogniser learns from.

    Args:
        corpus: Packed recordings.

    Attributes:
        targets: Sounding symbols of each utterance.
    """

    def __init__(self, corpus: PackedCorpus) -> None:
        self.corpus = corpus
        self.targets = [sounds(u.text) for u in corpus.utterances]

    def of_split(self, split: str) -> list[int]:
        """Return the utterances of a split that have a sound."""
        return [i for i in self.corpus.of_split(split) if self.targets[i]]

    def batch(
        self,
        indices: Sequence[int],
        config: AugmentConfig | None = None,
        draw: np.random.Generator | None = None,
    ) -> Batch:
        """Return a padded batch; changed at random where a config and a generator are given."""
        mels = []
        for index in indices:
            mel = self.corpus.mel(index)
            if config is None or draw is None:
                mels.append(normalise(mel))
            else:
                mels.append(mask(normalise(augment(mel, config, draw)), config, draw))
        longest = max(m.shape[1] for m in mels)
        padded = torch.zeros(len(mels), MEL.n_mels, longest)
        for row, mel in zip(padded, mels, strict=True):
            row[:, : mel.shape[1]] = torch.from_numpy(mel)
        targets = [self.targets[i] for i in indices]
        return Batch(
            padded,
            torch.tensor([m.shape[1] for m in mels]),
            torch.tensor([s for t in targets for s in t]),
            torch.tensor([len(t) for t in targets]),
        )


class FramePlan(EpochPlan):
    """Batches of similar length and nearly equal frames, a function of seed and step.

    Args:
        data: The utterances.
        frames: Frames of a batch.
        seed: Of the shuffling.
    """

    def __init__(self, data: RecogniserData, frames: int, seed: int) -> None:
        self._indices = np.array(data.of_split("train"))
        self._frames = np.array([data.corpus.frames(i) for i in self._indices])
        super().__init__(seed, min(len(self._indices), round(self._frames.sum() / frames)))

    def _shuffle(self, draw: np.random.Generator) -> list[NDArray[np.int64]]:
        order = np.argsort(self._frames * draw.uniform(0.85, 1.15, len(self._frames)))
        filled = np.cumsum(self._frames[order]) / self._frames.sum()
        cuts = np.searchsorted(filled, np.arange(1, self.steps_per_epoch) / self.steps_per_epoch)
        batches = [b for b in np.split(self._indices[order], cuts) if len(b)]
        return [batches[i] for i in draw.permutation(len(batches))]


def _resample(rows: Float, places: NDArray[np.float64]) -> Float:
    """Interpolate rows (N, K) linearly at fractional places (L,) -> (L, K)."""
    low = np.floor(places).astype(np.int64)
    high = np.minimum(low + 1, len(rows) - 1)
    share = (places - low).astype(np.float32)[:, None]
    mixed: Float = rows[low] * (1 - share) + rows[high] * share
    return mixed
