"""Batches of texts and mels for the acoustic model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.speech.melody import SEMITONES
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, PAD_ID, intersperse
from kosorong.training.common.plans import EpochPlan
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.glow_tts.alignment import diagonal_prior


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded texts and mels.

    Attributes:
        symbols: (B, T_text) ids, padded with the pad symbol.
        text_lengths: (B,) symbols.
        mel: (B, M, T_mel), padded with zeros.
        mel_lengths: (B,) frames, multiples of the squeeze.
        speakers: (B,) indices.
        prior: (B, T_text, T_mel) log-prior of the alignment.
        contour: (B, T_mel) pitch, `SEMITONES` as 1; 0 where the model is not told.
    """

    symbols: Tensor
    text_lengths: Tensor
    mel: Tensor
    mel_lengths: Tensor
    speakers: Tensor
    prior: Tensor
    contour: Tensor


class AcousticData:
    """The utterances an acoustic model learns from.

    Args:
        corpus: Packed recordings.
        blanks: Put a blank symbol between all symbols.
        squeeze: Mels are cut to a multiple of this many frames.
        contours: (sum of T_mel,) pitch of every frame, semitones; None where the model is not told.
            See `kosorong.training.corpora.contours`.

    Attributes:
        speakers: Names in the order of their indices.
        texts: Symbol ids of each utterance.
        refused: One line for each utterance that cannot teach, with its reason.
    """

    def __init__(
        self,
        corpus: PackedCorpus,
        *,
        blanks: bool,
        squeeze: int,
        contours: NDArray[np.float32] | None = None,
    ) -> None:
        self.corpus = corpus
        self._contours = contours
        self.squeeze = squeeze
        self.speakers = sorted({u.speaker for u in corpus.utterances})
        self._speaker_index = {name: i for i, name in enumerate(self.speakers)}
        self.texts: list[tuple[int, ...]] = []
        self.refused: list[str] = []
        self._usable: set[int] = set()
        for index, utterance in enumerate(corpus.utterances):
            symbols = read(utterance.text).symbols
            self.texts.append(tuple(intersperse(symbols, BLANK_ID)) if blanks else symbols)
            reason = self._unusable(index)
            if reason:
                self.refused.append(f"{utterance.id}: {reason}")
            else:
                self._usable.add(index)
        if not self._usable:
            raise CorpusError(
                "no utterance can be used.",
                cure=f"The first reason: {self.refused[0] if self.refused else 'empty corpus'}.",
            )

    def _unusable(self, index: int) -> str:
        symbols, frames = len(self.texts[index]), self.corpus.frames(index)
        if symbols == 0:
            return "no symbols in its text"
        if symbols > frames - self.squeeze:
            return f"{symbols} symbols do not fit in {frames} frames: text and audio do not match"
        return ""

    def frames(self, index: int) -> int:
        """Return how many frames of an utterance are learnt from."""
        return self.corpus.frames(index) // self.squeeze * self.squeeze

    def of_split(self, split: str) -> list[int]:
        """Return the usable utterances of a split."""
        return [i for i in self.corpus.of_split(split) if i in self._usable]

    def batch(self, indices: Sequence[int]) -> Batch:
        """Return a padded batch of utterances."""
        mels = [self._mel(i) for i in indices]
        texts = [self.texts[i] for i in indices]
        n_text, n_mel = max(map(len, texts)), max(m.shape[1] for m in mels)
        symbols = torch.full((len(indices), n_text), PAD_ID, dtype=torch.long)
        mel = torch.zeros(len(indices), MEL.n_mels, n_mel)
        prior = torch.zeros(len(indices), n_text, n_mel)
        for b, (text, frames) in enumerate(zip(texts, mels, strict=True)):
            symbols[b, : len(text)] = torch.tensor(text)
            mel[b, :, : frames.shape[1]] = torch.from_numpy(frames)
            prior[b, : len(text), : frames.shape[1]] = torch.from_numpy(
                diagonal_prior(len(text), frames.shape[1])
            )
        return Batch(
            symbols,
            torch.tensor([len(t) for t in texts]),
            mel,
            torch.tensor([m.shape[1] for m in mels]),
            torch.tensor([self._speaker_index[self.corpus.utterances[i].speaker] for i in indices]),
            prior,
            self._contour(indices, n_mel),
        )

    def _contour(self, indices: Sequence[int], length: int) -> Tensor:
        """Return the pitch of utterances, (B, length)."""
        contours = torch.zeros(len(indices), length)
        if self._contours is None:
            return contours
        for b, index in enumerate(indices):
            start, frames = int(self.corpus.starts[index]), self.frames(index)
            own = np.array(self._contours[start : start + frames])
            contours[b, :frames] = torch.from_numpy(own) / SEMITONES
        return contours

    def _mel(self, index: int) -> NDArray[np.float32]:
        mel = self.corpus.mel(index)
        return mel[:, : self.frames(index)]


class BatchPlan(EpochPlan):
    """Which utterances each step sees, as a function of the seed and the step.

    Within an epoch every utterance stands as often as its speaker's weight says (fractions by
    chance), batches hold utterances of similar length, and their order is shuffled.

    Args:
        data: The utterances.
        batch_size: B.
        seed: Of the shuffling.
        weights: Speaker name -> how often an utterance stands in an epoch; 1 where missing.
    """

    def __init__(
        self,
        data: AcousticData,
        batch_size: int,
        seed: int,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self._indices = np.array(data.of_split("train"))
        self._frames = np.array([data.corpus.frames(i) for i in self._indices])
        speakers = [data.corpus.utterances[i].speaker for i in self._indices]
        self._weights = np.array([(weights or {}).get(s, 1.0) for s in speakers])
        self._batch_size = batch_size
        super().__init__(seed, round(self._weights.sum() / batch_size))

    def _shuffle(self, draw: np.random.Generator) -> list[NDArray[np.int64]]:
        repeats = np.floor(self._weights + draw.random(len(self._weights))).astype(np.int64)
        rows = np.repeat(np.arange(len(self._indices)), repeats)
        # Lengths are blurred by up to a tenth, so that an epoch's batches are not the last one's.
        blurred = self._frames[rows] * draw.uniform(0.9, 1.1, len(rows))
        rows = self._indices[rows[np.argsort(blurred)]]
        starts = np.arange(0, max(1, len(rows) - self._batch_size + 1), self._batch_size)
        batches = [rows[s : s + self._batch_size] for s in starts]
        left = rows[len(batches) * self._batch_size :]
        if len(left):
            batches.append(np.concatenate([left, rows[: self._batch_size - len(left)]]))
        return [batches[i] for i in draw.permutation(len(batches))]
