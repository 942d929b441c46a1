"""Durations that come out right on average.

The duration predictor learns the mean of the logarithm, whose exponential lies below the mean:
speech would hurry. One factor a voice, measured on the training split, puts it right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import torch
from torch import Tensor

from kosorong.text.sound.symbols import BLANK_ID, PAD_ID, SYMBOLS
from kosorong.training.glow_tts.data import AcousticData
from kosorong.training.glow_tts.model import GlowTts, lengths_mask

FEWEST = 20
"""A symbol that occurs less often in the training texts counts as not learnt."""


@torch.no_grad()
def duration_scales(
    model: GlowTts, data: AcousticData, speakers: Iterable[str]
) -> dict[str, float]:
    """Return what durations must be multiplied by to last as long as the recordings.

    A mean of logarithms is the logarithm of less than the mean: predictions in the log domain are
    too short in sum. No symbol lasts less than a frame, scaled or not, so the factor is searched.

    Args:
        model: In evaluation mode.
        data: The corpus; only the training split counts.
        speakers: Names; one without utterances gets 1.0.
    """
    scales = {}
    train = data.of_split("train")
    for name in speakers:
        own = [i for i in train if data.corpus.utterances[i].speaker == name]
        if not own:
            scales[name] = 1.0
            continue
        recorded = sum(data.corpus.frames(i) for i in own)
        predicted = torch.cat([_predicted_frames(model, data, i) for i in own])
        scales[name] = round(scale_to(predicted, recorded), 4)
    return scales


def scale_to(durations: Tensor, total: float) -> float:
    """Return the factor that makes durations (N,), none below one frame, sum up to `total`.

    >>> round(scale_to(torch.tensor([0.5, 2.0, 4.0]), 13.0), 2)
    2.0
    """
    low, high = 0.1, 10.0
    for _ in range(40):
        middle = (low * high) ** 0.5
        if float((durations * middle).clamp_min(1.0).sum()) < total:
            low = middle
        else:
            high = middle
    return (low * high) ** 0.5


def _predicted_frames(model: GlowTts, data: AcousticData, index: int) -> Tensor:
    """Return the predicted durations (T_text,) of one utterance, in frames."""
    symbols = torch.tensor([data.texts[index]])
    speaker = torch.tensor([data.speakers.index(data.corpus.utterances[index].speaker)])
    mask = lengths_mask(torch.tensor([symbols.shape[1]]))
    hidden, _ = model.encoder(symbols, mask)
    durations = model.durations(hidden, mask, model.speakers(speaker))
    return durations[0].exp()


def rare_symbols(data: AcousticData) -> dict[str, int]:
    """Return the symbols that the training texts hardly hold, with their counts."""
    counts = Counter(symbol for i in data.of_split("train") for symbol in data.texts[i])
    return {
        symbol: counts[index]
        for index, symbol in enumerate(SYMBOLS)
        if counts[index] < FEWEST and index not in (PAD_ID, BLANK_ID)
    }
