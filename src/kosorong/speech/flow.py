"""The flow of a voice as a graph, in either direction; it may be told the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.speech.runtime import Float, Graph


class FlowGraph:
    """Mel to latent, or latent to mel.

    Args:
        path: `aligner.onnx` or `decoder.onnx` of a voice bundle.
        threads: Threads that share one run.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        self._graph = Graph(path, threads)
        self._name = next(name for name in self._graph.channels if name not in ("speaker", "text"))
        self._told = self._graph.channels.get("text", 0)

    def run(self, rows: Float, speaker: int, text: Float | None = None) -> list[Float]:
        """Return the graph's outputs, the first of them (T_mel, M).

        Args:
            rows: (T_mel, M), T_mel a multiple of the squeeze.
            speaker: Index of the bundle's speaker.
            text: (T_mel / squeeze, W) what the text says of each folded frame; None for nothing.
        """
        inputs: dict[str, NDArray[Any]] = {
            self._name: rows,
            "speaker": np.full((), speaker, np.int64),
        }
        if self._told:
            # One row of zeros serves every frame: no text is zeros.
            inputs["text"] = np.zeros((1, self._told), np.float32) if text is None else text
        return self._graph.run(inputs)
