"""The forward flow of a voice bundle with its volume, so that a bundle tells likelihoods.

The served graph gives the latent alone. Its log-determinant is the sum of what three layers of each
block say (Glow-TTS, Kim et al. 2020, section 3.3): ActNorm's scales and the 4 x 4 kernel of the
mixing are weights, the same for every frame; the couplings' log-scales are values inside of the
graph, which are made outputs here.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from kosorong.errors import BundleError
from kosorong.speech.align import search
from kosorong.speech.flow import FlowGraph
from kosorong.speech.runtime import Float

_SCALE = re.compile(r"decoder\.\d+\.mix\.scale\.float32")
_KERNEL = re.compile(r"decoder\.\d+\.mix\.float32")


class Flow:
    """Mel to latent, and by how much that stretches.

    Args:
        bundle: A voice bundle.

    Raises:
        BundleError: Its aligner is missing, or not the graph that `kosorong export` writes.
    """

    def __init__(self, bundle: Path) -> None:
        path = bundle / "aligner.onnx"
        if not path.is_file():
            raise BundleError(
                "the bundle has no aligner.", where=str(path), cure="Export the voice again."
            )
        model = onnx.load(str(path))
        scales = [node.input[0] for node in model.graph.node if node.op_type == "Exp"]
        self._volume = _volume_of_weights(model)
        if not scales or len(scales) != self._volume[1]:
            raise BundleError(
                f"the aligner has {len(scales)} couplings and {self._volume[1]} mixings.",
                where=str(path),
                cure="Export the voice again with this version.",
            )
        for name in scales:
            kind = helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, None])
            model.graph.output.append(kind)
        with TemporaryDirectory() as folder:
            file = Path(folder) / "flow.onnx"
            onnx.save(model, str(file))
            self._graph = FlowGraph(file)

    def run(self, mel: Float, speaker: int, text: Float | None = None) -> tuple[Float, float]:
        """Return the latent (T_mel, M) of a mel (T_mel, M) and the logarithm of the volume.

        Args:
            mel: (T_mel, M).
            speaker: Index of the bundle's speaker.
            text: What the flow is told of the text; None for nothing.
        """
        latent, *scales = self._graph.run(mel, speaker, text)
        folded = len(scales[0])
        return latent, self._volume[0] * folded + float(
            sum(s.sum(dtype=np.float64) for s in scales)
        )


def negative_log_likelihood(latent: Float, log_volume: float, means: Float) -> float:
    """Return what a training calls `nll`: of a mel value, nats (paper, equations 1 and 2).

    Args:
        latent: (T_mel, M).
        log_volume: Logarithm of the flow's volume for this mel.
        means: (T_mel, M) of the unit Gaussians along the alignment.

    >>> round(negative_log_likelihood(np.zeros((1, 80)), 0.0, np.zeros((1, 80))), 4)
    0.9189
    """
    squared = float(np.square(latent.astype(np.float64) - means).sum())
    return (0.5 * squared - log_volume) / latent.size + 0.5 * float(np.log(2 * np.pi))


def aligned_frames(means: Float, latent: Float) -> NDArray[np.int64]:
    """Return the frames (T_text,) of each symbol: means (T_text, M), latent (T_mel, M)."""
    return np.bincount(search(means, latent), minlength=len(means)).astype(np.int64)


def _volume_of_weights(model: onnx.ModelProto) -> tuple[float, int]:
    """Return the log-volume that the weights give a folded frame, and the number of mixings."""
    volume, mixings = 0.0, 0
    width = 0
    kernels = []
    for tensor in model.graph.initializer:
        if _SCALE.fullmatch(tensor.name):
            scale = numpy_helper.to_array(tensor)
            width = len(scale)
            volume += float(np.log(scale.astype(np.float64)).sum())
        elif _KERNEL.fullmatch(tensor.name):
            kernels.append(numpy_helper.to_array(tensor).astype(np.float64))
    for kernel in kernels:
        group = int(np.sqrt(kernel.size))
        volume += width / group * float(np.linalg.slogdet(kernel.reshape(group, group))[1])
        mixings += 1
    return volume, mixings
