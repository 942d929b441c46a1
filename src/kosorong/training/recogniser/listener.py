"""A trained recogniser at work."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kosorong.audio.mel import definition_hash
from kosorong.errors import TrainingError
from kosorong.text.sound.symbols import SYMBOLS, SYMBOLS_HASH
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.recipes import parse_recipe
from kosorong.training.recogniser.data import normalise
from kosorong.training.recogniser.decoding import greedy
from kosorong.training.recogniser.model import Recogniser, RecogniserConfig


class Listener:
    """Writes down the sounds of a recording.

    Args:
        model: A trained recogniser.
    """

    def __init__(self, model: Recogniser) -> None:
        self._model = model.eval()

    @property
    def model(self) -> Recogniser:
        """The recogniser itself."""
        return self._model

    @classmethod
    def of_run(cls, run: Path) -> Listener:
        """Open the best checkpoint of a run of `kosorong train recogniser`.

        Raises:
            TrainingError: There is none, or it was made for another symbol table or mel.
        """
        path, state = CheckpointFolder(run / "checkpoints").best_or_newest()
        description = state["description"]
        made_for = (description.get("symbols"), description.get("mel"))
        if made_for != (SYMBOLS_HASH, definition_hash()):
            raise TrainingError(
                "the recogniser was made for another symbol table or another mel definition.",
                where=str(path),
                cure="Train it again: kosorong train recogniser.",
            )
        model = Recogniser(parse_recipe(description["model"], RecogniserConfig), len(SYMBOLS))
        average = state["average"]
        model.load_state_dict(average["shadow"] if average else state["modules"]["model"])
        return cls(model)

    @torch.no_grad()
    def hear(self, mel: NDArray[np.float32]) -> tuple[int, ...]:
        """Return the symbols heard in a log-mel (M, T_mel); greedy, without a language model."""
        if mel.shape[1] == 0:
            return ()
        batch = torch.from_numpy(normalise(mel))[None]
        scores, _ = self._model(batch, torch.tensor([mel.shape[1]]))
        return greedy(scores[0].numpy())
