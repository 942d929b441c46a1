"""Is the graph the model? Both run on the same sentence, their outputs compared."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kosorong.errors import TrainingError
from kosorong.speech.glow_tts import places
from kosorong.speech.runtime import Float
from kosorong.speech.runtime import Graph as Session
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, intersperse
from kosorong.training.export.torch_side import values
from kosorong.training.glow_tts.model import GlowTts
from kosorong.training.vocoder.model import Vocos

FLOAT_DB = 70.0
"""Least signal-to-error ratio of a float32 graph against torch; they differ by rounding alone."""

SHIPPED_DB = 12.0
"""Least ratio of what is shipped, int8 included; less would be another model."""

_SENTENCE = "파도 소리 들으며 잠든 아이는, 새벽바람에 눈을 떴습니다."


@dataclass(frozen=True, slots=True)
class Case:
    """One graph's input and what torch makes of it.

    Attributes:
        inputs: By name.
        expected: Outputs by name, channels-last.
    """

    inputs: Mapping[str, np.ndarray]
    expected: Mapping[str, Float]


@torch.no_grad()
def cases(
    acoustic: GlowTts, vocoder: Vocos, speakers: Sequence[int], voice: int = 0
) -> dict[str, Case]:
    """Return a case for each graph of a voice bundle, by the graph's name.

    Args:
        acoustic: In evaluation mode.
        vocoder: In evaluation mode.
        speakers: The exported speakers' indices in the model.
        voice: Which of them speaks.
    """
    ids = read(_SENTENCE).symbols
    symbols = torch.tensor([intersperse(ids, BLANK_ID) if acoustic.config.blanks else ids])
    speaker = acoustic.speakers(torch.tensor([speakers[voice]]))
    hidden, means = acoustic.encoder(symbols, torch.ones(1, 1, symbols.shape[1]))
    log_durations = acoustic.durations(hidden, torch.ones(1, 1, symbols.shape[1]), speaker)
    frames = log_durations[0].exp().round().clamp(1, 20).long()
    frames[-1] += -int(frames.sum()) % acoustic.config.decoder.squeeze
    alignment = torch.eye(len(frames)).repeat_interleave(frames, 1)[None]
    mask = torch.ones(1, 1, alignment.shape[2])
    every = torch.ones(1, 1, symbols.shape[1])
    pitch = None if acoustic.pitch is None else acoustic.pitch(hidden, every, speaker)
    mean, text = acoustic.along(hidden, means @ alignment, alignment, mask, speaker, pitch)
    noise = torch.randn(mean.shape, generator=torch.Generator().manual_seed(1))
    latent = mean + 0.333 * noise
    mel = acoustic.decoder.inverse(latent, mask, speaker, text)
    real, imaginary = vocoder.spectrum(mel)
    who = {"speaker": np.array(voice, np.int64)}
    read_out: dict[str, Float] = {} if text is None else {"text": _rows(text)}
    conditions: dict[str, np.ndarray] = {**who, **read_out}
    encoded = {"means": _rows(means), "log_durations": values(log_durations[0])}
    if acoustic.frames is not None:
        encoded["hidden"] = _rows(hidden)
    if pitch is not None:
        encoded["pitch"] = values(pitch[0])
    graphs = {
        "encoder": Case({"symbols": symbols.numpy(), **who}, encoded),
        "decoder": Case({"latent": _rows(latent), **conditions}, {"mel": _rows(mel)}),
        "aligner": Case(
            {"mel": _rows(mel), **conditions},
            {"latent": _rows(acoustic.decoder(mel, mask, speaker, text)[0])},
        ),
        "vocoder": Case({"mel": _rows(mel)}, {"real": _rows(real), "imaginary": _rows(imaginary)}),
    }
    if acoustic.frames is not None:
        inputs = {
            "means": _rows(means @ alignment),
            "hidden": _rows(_told(hidden, pitch) @ alignment),
            "places": places(frames.numpy()),
        }
        graphs["frames"] = Case({**inputs, **who}, {"prior": _rows(mean), **read_out})
    return graphs


def compare(folder: Path, wanted: Mapping[str, Case], least_db: float) -> dict[str, float]:
    """Run the graphs of a folder and compare them with torch.

    Args:
        folder: Holds one ONNX file for each case, and the weights.
        wanted: By the graph's name.
        least_db: Signal-to-error ratio below which a graph is refused, decibels.

    Returns:
        Signal-to-error ratio of each output, decibels, by `graph.output`.

    Raises:
        TrainingError: A graph is not what it was made from.
    """
    agreement: dict[str, float] = {}
    for name, case in wanted.items():
        outputs = Session(folder / f"{name}.onnx").run(case.inputs)
        for (output, expected), actual in zip(case.expected.items(), outputs, strict=True):
            agreement[f"{name}.{output}"] = round(ratio_db(expected, actual), 1)
    bad = {key: value for key, value in agreement.items() if not value >= least_db}
    if bad:
        figures = ", ".join(f"{key} {value} dB" for key, value in bad.items())
        raise TrainingError(
            f"the exported graph does not do what the model does: {figures}, "
            f"at least {least_db} wanted.",
            where=str(folder),
            cure="Export in float16; if that fails too, the exporter lags behind the model.",
        )
    return agreement


def ratio_db(expected: Float, actual: Float) -> float:
    """Return the power of `expected` over that of the error, in decibels; at most 150.

    >>> ratio_db(np.full(4, 1.0, np.float32), np.full(4, 0.9, np.float32)).__round__()
    20
    """
    if expected.shape != actual.shape or not np.isfinite(actual).all():
        return -math.inf
    power = float(np.square(expected, dtype=np.float64).mean())
    error = float(np.square(expected.astype(np.float64) - actual).mean())
    return 150.0 if error <= power * 1e-15 else 10.0 * math.log10(power / error)


def _told(hidden: Tensor, pitch: Tensor | None) -> Tensor:
    """(1, C, T) and (1, T) -> (1, C + 1, T)."""
    return hidden if pitch is None else torch.cat([hidden, pitch[:, None]], 1)


def _rows(tensor: Tensor) -> Float:
    """(1, C, T) -> (T, C)."""
    return np.ascontiguousarray(values(tensor[0]).T)
