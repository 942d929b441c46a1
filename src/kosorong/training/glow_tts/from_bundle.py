"""Starts an acoustic model from a voice bundle, where no training run is left.

The graphs hold the weights by name (`kosorong.training.export.acoustic_graphs` wrote them), those
of large layers in int8: what rounding took, the training gives back. A bundle knows only the
speakers it speaks with; the others start between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from kosorong.bundle import open_bundle
from kosorong.errors import TrainingError
from kosorong.speech.settings import read_settings
from kosorong.training.export.bundle_weights import BundleWeights, is_bundle
from kosorong.training.export.torch_side import members
from kosorong.training.glow_tts.decoder import (
    ActNorm,
    AffineCoupling,
    GroupedInvertibleConvolution,
    SqueezedFlow,
)
from kosorong.training.glow_tts.encoder import ChannelNorm, RelativeAttention, TransformerLayer
from kosorong.training.glow_tts.model import GlowTts

_GRAPHS = ("encoder.onnx", "aligner.onnx")
__all__ = ["is_bundle", "start_from_bundle"]
_SPREAD = 0.1  # of a new speaker around the known ones' middle, in their own deviation


def start_from_bundle(folder: Path, model: GlowTts, speakers: Sequence[str]) -> list[str]:
    """Take over what a bundle knows.

    Args:
        folder: A voice bundle.
        model: Takes the weights; a frame-wise prior stays as it is.
        speakers: The model's speakers by index.

    Returns:
        What became of the speakers, and of a frame-wise prior: lines.

    Raises:
        BundleError: It is no voice bundle of this version's symbols and mels.
        TrainingError: A size differs, the graphs are not those that `kosorong export` writes, or
            the couplings are told the text.
    """
    bundle = open_bundle(folder, "voice")
    read_settings(bundle)  # refuses other symbols and mels
    known = {str(v["speaker"]): int(v["index"]) for v in bundle.info.config["voices"]}
    try:
        weights = BundleWeights(folder, _GRAPHS)
        _refuse_told(weights, folder)
        with torch.no_grad():
            _encoder(weights, model)
            _durations(weights, model)
            table = _speakers(weights, model, known, speakers)
            _flow(weights, model, table)
    except (KeyError, RuntimeError, ValueError) as error:
        raise TrainingError(
            f"the bundle's weights do not fit the recipe: {str(error).splitlines()[0]}",
            where=str(folder),
            cure="Give the recipe the sizes that the bundle was trained with.",
        ) from error
    new = [name for name in speakers if name not in known]
    told = [f"speakers kept: {len(speakers) - len(new)}; new: {', '.join(new) or 'none'}"]
    if (folder / "frames.onnx").is_file():
        told.append("left out: the frame-wise prior, and what the couplings are told of the text")
    return told


def _refuse_told(weights: BundleWeights, folder: Path) -> None:
    # What tells them is not read back, and without it they would say something else.
    if weights.has("decoder.0.text"):
        raise TrainingError(
            "the bundle's couplings are told the text frame by frame.",
            where=str(folder),
            cure="Start from the run that the bundle was made of, or from a bundle without.",
        )


def _encoder(weights: BundleWeights, model: GlowTts) -> None:
    encoder = model.encoder
    encoder.embed.weight.copy_(weights.get("encoder.embed") / encoder.scale)
    prenet = encoder.prenet
    convolutions, norms = (
        members(prenet.convolutions, nn.Conv1d),
        members(prenet.norms, ChannelNorm),
    )
    for index, (convolution, norm) in enumerate(zip(convolutions, norms, strict=True)):
        weights.fill(f"encoder.prenet.{index}", convolution)
        weights.fill_norm(f"encoder.prenet.{index}.norm", norm)
    weights.fill("encoder.prenet.project", prenet.project)
    for index, layer in enumerate(members(encoder.layers, TransformerLayer)):
        _layer(weights, f"encoder.{index}", layer)
    weights.fill("encoder.mean", encoder.mean)


def _layer(weights: BundleWeights, name: str, layer: TransformerLayer) -> None:
    attention: RelativeAttention = layer.attention
    weights.fill(f"{name}.attention.query", attention.query, scale=attention.depth**-0.5)
    for part in ("key", "value", "out"):
        weights.fill(f"{name}.attention.{part}", getattr(attention, part))
    attention.key_positions.copy_(weights.get(f"{name}.attention.key_positions"))
    attention.value_positions.copy_(weights.get(f"{name}.attention.value_positions"))
    weights.fill_norm(f"{name}.norm_1", layer.norm_1)
    weights.fill_norm(f"{name}.norm_2", layer.norm_2)
    weights.fill(f"{name}.widen", layer.feed_forward.widen)
    weights.fill(f"{name}.narrow", layer.feed_forward.narrow)


def _durations(weights: BundleWeights, model: GlowTts) -> None:
    durations = model.durations
    for index, (convolution, norm) in enumerate(
        ((durations.convolution_1, durations.norm_1), (durations.convolution_2, durations.norm_2))
    ):
        weights.fill(f"durations.{index}", convolution)
        weights.fill_norm(f"durations.{index}.norm", norm)
    weights.fill("durations.project", durations.project)


def _speakers(
    weights: BundleWeights, model: GlowTts, known: dict[str, int], speakers: Sequence[str]
) -> Tensor:
    """Fill the speakers' rows; return those of the bundle (S, G)."""
    table = weights.get("speakers")
    middle = table.mean(0)
    for index, name in enumerate(speakers):
        if name in known:
            model.speakers.weight[index] = table[known[name]]
        else:
            spread = torch.randn_like(middle) * table.std() * _SPREAD
            model.speakers.weight[index] = middle + spread
    return table


def _flow(weights: BundleWeights, model: GlowTts, table: Tensor) -> None:
    decoder: SqueezedFlow = model.decoder
    layers = zip(
        members(decoder.norms, ActNorm),
        members(decoder.mixes, GroupedInvertibleConvolution),
        members(decoder.couplings, AffineCoupling),
        strict=True,
    )
    for index, (norm, mix, coupling) in enumerate(layers):
        name = f"decoder.{index}"
        norm.log_scale.copy_(weights.get(f"{name}.mix.scale").log().view_as(norm.log_scale))
        norm.bias.copy_(weights.get(f"{name}.mix.bias").view_as(norm.bias))
        mix.weight.copy_(weights.get(f"{name}.mix").reshape(mix.group, mix.group).T)
        weights.fill(f"{name}.start", coupling.start)
        weights.fill(f"{name}.end", coupling.end)
        body = coupling.body
        gates, outs = members(body.gates, nn.Conv1d), members(body.outs, nn.Conv1d)
        for place, (gate, out) in enumerate(zip(gates, outs, strict=True)):
            weights.fill(f"{name}.{place}.gate", gate, bias=False)
            nn.init.zeros_(gate.get_parameter("bias"))
            weights.fill(f"{name}.{place}.out", out)
        _told(body.speaker, table, weights.get(f"{name}.told"))


def _told(layer: nn.Linear, table: Tensor, told: Tensor) -> None:
    """Fill a linear layer so that it says of the bundle's speakers what the bundle says.

    Args:
        layer: G to D.
        table: (S, G) the bundle's speakers.
        told: (S, D) what its graphs add to the gates, the gates' own bias included.
    """
    middle, mean = table.mean(0), told.mean(0)
    # The smallest matrix that parts the speakers as they are parted.
    matrix = (torch.linalg.pinv(table - middle) @ (told - mean)).T
    layer.weight.copy_(matrix)
    layer.bias.copy_(mean - matrix @ middle)
