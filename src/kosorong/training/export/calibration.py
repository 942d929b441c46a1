"""Durations that come out right on average.

The duration predictor learns the mean of the logarithm, whose exponential lies below the mean:
speech would hurry. One factor a voice, measured on the training split, puts it right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import torch

from kosorong.text.symbols import BLANK_ID, PAD_ID, SYMBOLS
from kosorong.training.glow_tts.data import AcousticData
from kosorong.training.glow_tts.model import GlowTts, lengths_mask

FEWEST = 20
"""A symbol that occurs less often in the training texts counts as not learnt."""


@torch.no_grad()
def duration_scales(
    model: GlowTts, data: AcousticData, speakers: Iterable[str]
) -> dict[str, float]:
    """Return recorded frames over predicted ones, for each speaker.

    Args:
        model: In evaluation mode.
        data: The corpus; only the training split counts.
        speakers: Names; one without utterances gets 1.0.
    """
    scales = {}
    train = data.of_split("train")
    for name in speakers:
        own = [i for i in train if data.corpus.utterances[i].speaker == name]
        recorded = sum(data.corpus.frames(i) for i in own)
        predicted = sum(_predicted_frames(model, data, i) for i in own)
        scales[name] = round(recorded / predicted, 4) if own else 1.0
    return scales


def _predicted_frames(model: GlowTts, data: AcousticData, index: int) -> float:
    symbols = torch.tensor([data.texts[index]])
    speaker = torch.tensor([data.speakers.index(data.corpus.utterances[index].speaker)])
    mask = lengths_mask(torch.tensor([symbols.shape[1]]))
    hidden, _ = model.encoder(symbols, mask)
    durations = model.durations(hidden, mask, model.speakers(speaker))
    return float(durations.exp().clamp_min(1.0).sum())


def rare_symbols(data: AcousticData) -> dict[str, int]:
    """Return the symbols that the training texts hardly hold, with their counts."""
    counts = Counter(symbol for i in data.of_split("train") for symbol in data.texts[i])
    return {
        symbol: counts[index]
        for index, symbol in enumerate(SYMBOLS)
        if counts[index] < FEWEST and index not in (PAD_ID, BLANK_ID)
    }
