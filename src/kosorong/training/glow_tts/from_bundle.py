"""Starts an acoustic model from a voice bundle, where no training run is left.

The graphs hold the weights by name (`kosorong.training.export.acoustic_graphs` wrote them), those
of large layers in int8: what rounding took, the training gives back. A bundle knows only the
speakers it speaks with; the others start between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from kosorong.bundle import MANIFEST, open_bundle
from kosorong.errors import TrainingError
from kosorong.speech.settings import read_settings
from kosorong.training.export.torch_side import members
from kosorong.training.glow_tts.decoder import (
    ActNorm,
    AffineCoupling,
    GroupedInvertibleConvolution,
    SqueezedFlow,
)
from kosorong.training.glow_tts.encoder import ChannelNorm, RelativeAttention, TransformerLayer
from kosorong.training.glow_tts.model import GlowTts

Float = NDArray[np.float32]
_GRAPHS = ("encoder.onnx", "aligner.onnx")
_SPREAD = 0.1  # of a new speaker around the known ones' middle, in their own deviation


def is_bundle(folder: Path) -> bool:
    """Tell whether a folder is a bundle and no training run."""
    return (folder / MANIFEST).is_file()


def start_from_bundle(folder: Path, model: GlowTts, speakers: Sequence[str]) -> list[str]:
    """Take over what a bundle knows.

    Args:
        folder: A voice bundle.
        model: Takes the weights; a frame-wise prior stays as it is.
        speakers: The model's speakers by index.

    Returns:
        What became of the speakers, a line.

    Raises:
        BundleError: It is no voice bundle of this version's symbols and mels.
        TrainingError: A size differs, or the graphs are not those that `kosorong export` writes.
    """
    bundle = open_bundle(folder, "voice")
    read_settings(bundle)  # refuses other symbols and mels
    known = {str(v["speaker"]): int(v["index"]) for v in bundle.info.config["voices"]}
    try:
        weights = _Weights(folder)
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
    return [f"speakers kept: {len(speakers) - len(new)}; new: {', '.join(new) or 'none'}"]


class _Weights:
    """A bundle's weights in float, by the names that its graphs give them."""

    def __init__(self, folder: Path) -> None:
        self._arrays: dict[str, NDArray[np.generic]] = {}
        for name in _GRAPHS:
            for tensor in onnx.load(str(folder / name)).graph.initializer:
                self._arrays[tensor.name] = numpy_helper.to_array(tensor)

    def get(self, name: str) -> Tensor:
        """Return a tensor that is stored in float."""
        for kind in ("float32", "float16"):
            if f"{name}.{kind}" in self._arrays:
                return torch.from_numpy(self._arrays[f"{name}.{kind}"].astype(np.float32))
        raise KeyError(name)

    def matrix(self, name: str) -> Tensor:
        """Return a layer's matrix (inputs, outputs), widened where it is stored in int8."""
        stored = self._arrays.get(f"{name}.weight.int8")
        if stored is None:
            return self.get(f"{name}.weight")
        return torch.from_numpy(stored.astype(np.float32)) * self.get(f"{name}.scale")

    def fill(self, name: str, layer: nn.Conv1d, scale: float = 1.0, bias: bool = True) -> None:
        """Fill a convolution; the graphs multiplied it by `scale`."""
        outputs, inputs, size = layer.weight.shape
        matrix = self.matrix(name) / scale
        weight = matrix.reshape(size, inputs, outputs).permute(2, 1, 0).contiguous()
        if hasattr(layer, "parametrizations"):
            layer.weight = weight
        else:
            layer.weight.copy_(weight)
        if bias and layer.bias is not None:
            layer.bias.copy_(self.get(f"{name}.bias") / scale)

    def fill_norm(self, name: str, layer: ChannelNorm) -> None:
        """Fill a layer norm."""
        layer.weight.copy_(self.get(f"{name}.weight"))
        layer.bias.copy_(self.get(f"{name}.bias"))


def _encoder(weights: _Weights, model: GlowTts) -> None:
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


def _layer(weights: _Weights, name: str, layer: TransformerLayer) -> None:
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


def _durations(weights: _Weights, model: GlowTts) -> None:
    durations = model.durations
    for index, (convolution, norm) in enumerate(
        ((durations.convolution_1, durations.norm_1), (durations.convolution_2, durations.norm_2))
    ):
        weights.fill(f"durations.{index}", convolution)
        weights.fill_norm(f"durations.{index}.norm", norm)
    weights.fill("durations.project", durations.project)


def _speakers(
    weights: _Weights, model: GlowTts, known: dict[str, int], speakers: Sequence[str]
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


def _flow(weights: _Weights, model: GlowTts, table: Tensor) -> None:
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
