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
from kosorong.training.glow_tts.encoder import (
    ChannelNorm,
    ConvolutionalDurations,
    RelativeAttention,
    TransformerLayer,
)
from kosorong.training.glow_tts.frames import FrameBlock
from kosorong.training.glow_tts.model import GlowTts

_GRAPHS = ("encoder.onnx", "aligner.onnx", "frames.onnx")
__all__ = ["is_bundle", "start_from_bundle"]
_SPREAD = 0.1  # of a new speaker around the known ones' middle, in their own deviation


def start_from_bundle(folder: Path, model: GlowTts, speakers: Sequence[str]) -> list[str]:
    """Take over what a bundle knows.

    Args:
        folder: A voice bundle.
        model: Takes the weights; a frame-wise prior that the bundle lacks stays as it is.
        speakers: The model's speakers by index.

    Returns:
        What became of the speakers, a line.

    Raises:
        BundleError: It is no voice bundle of this version's symbols and mels.
        TrainingError: A size differs, the graphs are not those that `kosorong export` writes, or
            the model has no place for a part of the bundle.
    """
    bundle = open_bundle(folder, "voice")
    read_settings(bundle)  # refuses other symbols and mels
    known = {str(v["speaker"]): int(v["index"]) for v in bundle.info.config["voices"]}
    try:
        graphs = [name for name in _GRAPHS if name in bundle.files]
        weights = BundleWeights(folder, graphs)
        _refuse_less(weights, model)
        with torch.no_grad():
            _encoder(weights, model)
            _number(weights, "durations", model.durations)
            table = _speakers(weights, model, known, speakers)
            _flow(weights, model, table)
            _frames(weights, model, table)
    except (KeyError, RuntimeError, ValueError) as error:
        raise TrainingError(
            f"the bundle's weights do not fit the recipe: {str(error).splitlines()[0]}",
            where=str(folder),
            cure="Give the recipe the sizes that the bundle was trained with.",
        ) from error
    new = [name for name in speakers if name not in known]
    return [f"speakers kept: {len(speakers) - len(new)}; new: {', '.join(new) or 'none'}"]


def _refuse_less(weights: BundleWeights, model: GlowTts) -> None:
    """Refuse a model that has no place for what the bundle's other parts lean on."""
    for key, theirs, own in (
        ("frames.blocks", weights.has("frames.start"), model.frames is not None),
        ("frames.tells_flow", weights.has("decoder.0.text"), bool(model.config.frames.told)),
        ("frames.pitch", weights.has("pitch.0"), model.pitch is not None),
    ):
        if theirs and not own:
            raise ValueError(f"it has what model.{key} is for, and the recipe has not")
    blocks = 0 if model.frames is None else len(model.frames.blocks)
    for key, pattern, here in (
        ("encoder.layers", "encoder.{}.widen.weight", len(model.encoder.layers)),
        ("frames.blocks", "frames.{}.project.weight", blocks),
    ):
        there = weights.count(pattern)
        if there and there != here:
            raise ValueError(f"model.{key} is {here}, and the bundle has {there}")


def _frames(weights: BundleWeights, model: GlowTts, table: Tensor) -> None:
    """Fill frame-wise prior and pitch; what the bundle lacks stays as it starts, without effect."""
    prior = model.frames
    if prior is None or not weights.has("frames.start"):
        return
    pitched = model.pitch is None or weights.has("pitch.0")
    if not pitched:
        raise ValueError("model.frames.pitch is true, and the bundle was not told of pitch")
    weights.fill("frames.start", prior.start, bias=False)
    nn.init.zeros_(prior.start.get_parameter("bias"))
    _told(prior.speaker, table, weights.get("frames.speaker"))
    for index, block in enumerate(members(prior.blocks, FrameBlock)):
        weights.fill(f"frames.{index}", block.convolution)
        weights.fill_norm(f"frames.{index}.norm", block.norm)
        weights.fill(f"frames.{index}.project", block.project)
    weights.fill_norm("frames.norm", prior.norm)
    weights.fill("frames.mean", prior.mean)
    if model.pitch is not None:
        _number(weights, "pitch", model.pitch)


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


def _number(weights: BundleWeights, name: str, layer: ConvolutionalDurations) -> None:
    """Fill what says one number of every symbol."""
    for index, (convolution, norm) in enumerate(
        ((layer.convolution_1, layer.norm_1), (layer.convolution_2, layer.norm_2))
    ):
        weights.fill(f"{name}.{index}", convolution)
        weights.fill_norm(f"{name}.{index}.norm", norm)
    weights.fill(f"{name}.project", layer.project)


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
        if body.text is not None and weights.has(f"{name}.text"):
            body.text.weight.copy_(weights.matrix(f"{name}.text").T[:, :, None])


def _told(layer: nn.Linear, table: Tensor, wanted: Tensor) -> None:
    """Fill a linear layer so that it says of the bundle's speakers what the bundle says.

    Args:
        layer: G to D.
        table: (S, G) the bundle's speakers.
        wanted: (S, D) what its graphs add to the gates, the gates' own bias included.
    """
    middle, mean = table.mean(0), wanted.mean(0)
    # The smallest matrix that parts the speakers as they are parted.
    matrix = (torch.linalg.pinv(table - middle) @ (wanted - mean)).T
    layer.weight.copy_(matrix)
    layer.bias.copy_(mean - matrix @ middle)
