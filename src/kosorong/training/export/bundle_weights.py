"""The weights of a voice bundle, read back: of graphs that `kosorong export` wrote."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from kosorong.bundle import MANIFEST
from kosorong.training.export.torch_side import members
from kosorong.training.vocoder.model import ConvNeXtBlock, Vocos, VocosConfig


def is_bundle(folder: Path) -> bool:
    """Tell whether a folder is a bundle and no training run."""
    return (folder / MANIFEST).is_file()


class BundleWeights:
    """A bundle's weights in float, by the names that its graphs give them.

    Args:
        folder: A voice bundle.
        graphs: Names of its files.
    """

    def __init__(self, folder: Path, graphs: Iterable[str]) -> None:
        self._arrays: dict[str, NDArray[np.generic]] = {}
        for name in graphs:
            for tensor in onnx.load(str(folder / name)).graph.initializer:
                self._arrays[tensor.name] = numpy_helper.to_array(tensor)

    def get(self, name: str) -> Tensor:
        """Return a tensor that is stored in float."""
        for kind in ("float32", "float16"):
            if f"{name}.{kind}" in self._arrays:
                return torch.from_numpy(self._arrays[f"{name}.{kind}"].astype(np.float32))
        raise KeyError(name)

    def has(self, name: str) -> bool:
        """Tell whether a layer of this name is there."""
        return any(key.startswith(f"{name}.") for key in self._arrays)

    def count(self, pattern: str) -> int:
        """Return how many numbers, from 0, stand in a pattern of names that are there."""
        names = {name.rpartition(".")[0] for name in self._arrays}
        return next(n for n in range(len(names) + 1) if pattern.format(n) not in names)

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

    def fill_linear(self, name: str, layer: nn.Linear) -> None:
        """Fill a linear layer."""
        layer.weight.copy_(self.matrix(name).T)
        layer.bias.copy_(self.get(f"{name}.bias"))

    def fill_norm(self, name: str, layer: nn.LayerNorm) -> None:
        """Fill a layer norm."""
        layer.weight.copy_(self.get(f"{name}.weight"))
        layer.bias.copy_(self.get(f"{name}.bias"))


@torch.no_grad()
def vocoder_of(folder: Path) -> Vocos:
    """Return the vocoder of a voice bundle; exported again it gives the same graph.

    Args:
        folder: A voice bundle.

    Raises:
        KeyError: Its graph is not the one that `kosorong export` writes.
    """
    weights = BundleWeights(folder, ["vocoder.onnx"])
    first = weights.get("vocoder.0.depthwise.weight")
    channels, size = first.shape[0], first.shape[-1]
    blocks = weights.count("vocoder.{}.norm.weight")
    inner = weights.matrix("vocoder.0.widen").shape[1]
    model = Vocos(VocosConfig(channels, blocks, inner // channels, size))
    weights.fill("vocoder.embed", model.embed)
    weights.fill_norm("vocoder.norm", model.norm)
    for index, block in enumerate(members(model.blocks, ConvNeXtBlock)):
        name = f"vocoder.{index}"
        block.depthwise.weight.copy_(weights.get(f"{name}.depthwise.weight")[:, :, 0])
        block.depthwise.get_parameter("bias").copy_(weights.get(f"{name}.depthwise.bias"))
        weights.fill_norm(f"{name}.norm", block.norm)
        weights.fill_linear(f"{name}.widen", block.widen)
        # The layer scale is part of the last layer's columns.
        weights.fill_linear(f"{name}.narrow", block.narrow)
        block.scale.fill_(1.0)
    weights.fill_norm("vocoder.final_norm", model.final_norm)
    weights.fill_linear("vocoder.head", model.head)
    return model.eval()
