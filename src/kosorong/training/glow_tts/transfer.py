"""Starts an acoustic model from another one: other symbols and speakers, the same sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kosorong.audio.mel import definition_hash
from kosorong.errors import RecipeError, TrainingError
from kosorong.text.letters.hangul import LONE_ARAEA, LONE_DOUBLE_ARAEA
from kosorong.text.sound.symbols import SYMBOLS, SYMBOLS_HASH
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.glow_tts.frames import PLACES
from kosorong.training.glow_tts.model import GlowTts

SUBSTITUTES = {LONE_ARAEA: "ᅩ", LONE_DOUBLE_ARAEA: "ᅭ"}
"""Vowels that speakers of Korean do not say, and the nearest that they do say."""

HOMOPHONES = {"ᅤ": "ᅨ", "ᅰ": "ᅬ", "…": "."}
"""Symbols too rare to be learnt, and those that today's speakers say the same way."""

SYMBOL_ROWS, SPEAKER_ROWS = "encoder.embed.weight", "speakers.weight"
START = "frames.start.weight"


def start_from(
    run: Path, model: GlowTts, symbols: Sequence[str], speakers: Sequence[str]
) -> list[str]:
    """Take over the averaged weights of a run's best checkpoint.

    Rows of symbols and speakers are found by name. A symbol that is new, or that the run never
    heard, starts as its nearest (`SUBSTITUTES`, `HOMOPHONES`), a new speaker as the mean of the
    run's speakers.

    Args:
        run: Folder of an acoustic training.
        model: Takes the weights.
        symbols: Its symbols by id.
        speakers: Its speakers by index.

    Returns:
        What became of symbols and speakers, a line each.

    Raises:
        TrainingError: The folder holds no usable run.
        RecipeError: A size differs; the message names the key.
    """
    if not (run / "checkpoints").is_dir():
        raise TrainingError(
            "this is no training run: it has no folder checkpoints/.",
            where=str(run),
            cure="Give start_from the folder that `kosorong train` was given as --out.",
        )
    path, state = CheckpointFolder(run / "checkpoints").best_or_newest()
    description = state["description"]
    _refuse_another_kind(description, path)
    _refuse_other_sizes(asdict(model.config), description["model"], run)
    weights: dict[str, Tensor] = dict(state["average"].get("shadow") or state["modules"]["model"])
    known = list(description.get("symbol_table", SYMBOLS))
    unheard = {known[i] for i in _untouched_rows(state, model)}
    own = model.state_dict()
    weights[SYMBOL_ROWS], lines = _symbol_rows(
        own[SYMBOL_ROWS], symbols, dict(zip(known, weights[SYMBOL_ROWS], strict=True)), unheard
    )
    rows = dict(zip(description["speakers"], weights[SPEAKER_ROWS], strict=True))
    weights[SPEAKER_ROWS] = torch.stack(
        [rows.get(name, weights[SPEAKER_ROWS].mean(0)) for name in speakers]
    )
    new = [name for name in speakers if name not in rows]
    lines.append(f"speakers kept: {len(speakers) - len(new)}; new: {', '.join(new) or 'none'}")
    if START in weights and weights[START].shape != own[START].shape:
        weights[START] = _told_more(weights[START], own[START], model)
        lines.append("the frame-wise prior is told of pitch, which starts without effect")
    fresh = {
        k: v for k, v in own.items() if k.startswith(("frames.", "pitch.")) or ".body.text." in k
    }
    model.load_state_dict({**fresh, **weights})
    return lines


def _refuse_another_kind(description: Mapping[str, Any], path: Path) -> None:
    if "speakers" not in description or description.get("mel") != definition_hash():
        raise TrainingError(
            "this is no acoustic model, or one of another mel definition.",
            where=str(path),
            cure="Start from a run of `kosorong train acoustic` of this version.",
        )
    if "symbol_table" not in description and description["symbols"] != SYMBOLS_HASH:
        raise TrainingError(
            "the checkpoint has another symbol table and does not name its symbols.",
            where=str(path),
            cure="Go on with it for one step, in the version it was trained with or a later one "
            "that names them, and start from that.",
        )


def _refuse_other_sizes(own: Mapping[str, Any], theirs: Mapping[str, Any], run: Path) -> None:
    other = dict(_leaves(theirs))
    for key, value in _leaves(own):
        if key == "blanks" or key.endswith("dropout") or other.get(key) == value:
            continue
        # A run without a frame-wise prior, or one that tells the flow nothing or is not told of
        # pitch, leaves what is new as it starts: without effect.
        if (key in ("frames.tells_flow", "frames.pitch") and not other.get(key)) or (
            key.startswith("frames.") and not other.get("frames.blocks")
        ):
            continue
        raise RecipeError(
            f"model.{key} is {value}, but {other.get(key)} in the run to start from.",
            where=str(run),
            cure=f"Set model.{key} to {other.get(key)}, or start from a run of this size.",
        )


def _told_more(known: Tensor, own: Tensor, model: GlowTts) -> Tensor:
    """Fill the frame-wise prior's first layer (W, squeeze * C, K) where it is told other things.

    Hidden states come first, places last; what stands between them is new.
    """
    hidden = model.config.encoder.channels
    squeeze = model.config.decoder.squeeze
    shape = (own.shape[0], squeeze, -1, own.shape[2])
    rows, wide = known.view(shape), torch.zeros_like(own).view(shape)
    wide[:, :, :hidden] = rows[:, :, :hidden]
    wide[:, :, -PLACES:] = rows[:, :, -PLACES:]
    return wide.reshape(own.shape)


def _leaves(sizes: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the dotted keys of nested sizes with their values."""
    for key, value in sizes.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _untouched_rows(state: Mapping[str, Any], model: GlowTts) -> list[int]:
    """Return the symbols' rows that no gradient ever reached: their second moments are 0."""
    place = [name for name, _ in model.named_parameters()].index(SYMBOL_ROWS)
    moments = state["optimizers"]["model"]["state"].get(place, {}).get("exp_avg_sq")
    if moments is None:
        return []
    return [i for i, row in enumerate(moments) if not bool(row.any())]


def _symbol_rows(
    fresh: Tensor, symbols: Sequence[str], known: Mapping[str, Tensor], unheard: set[str]
) -> tuple[Tensor, list[str]]:
    """Return the rows (T, C) of the symbols, and what became of them."""
    rows, heard = fresh.clone(), known.keys() - unheard
    nearest = SUBSTITUTES | HOMOPHONES
    kept, taken, new = 0, [], []
    for i, symbol in enumerate(symbols):
        if symbol not in heard and nearest.get(symbol) in heard:
            rows[i] = known[nearest[symbol]]
            taken.append(f"{symbol} from {nearest[symbol]}")
        elif symbol in known:
            rows[i] = known[symbol]
            kept += 1
        else:
            new.append(symbol)
    others = ", ".join(taken) or "none from another"
    return rows, [f"symbols kept: {kept}; {others}; new: {' '.join(new) or 'none'}"]
