"""Training of the recogniser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch.optim import AdamW

from kosorong.audio.mel import definition_hash
from kosorong.config import MEL
from kosorong.text.sound.symbols import SYMBOLS, SYMBOLS_HASH
from kosorong.training.common import plots, processes
from kosorong.training.common.arithmetic import Arithmetic
from kosorong.training.common.experiment import LoopConfig, OneModel
from kosorong.training.common.loop import seed_step
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.recogniser.data import AugmentConfig, FramePlan, RecogniserData
from kosorong.training.recogniser.decoding import error_rate, greedy
from kosorong.training.recogniser.model import (
    Recogniser,
    RecogniserConfig,
    ctc_loss,
    output_lengths,
)


@dataclass(frozen=True, slots=True)
class RecogniserRecipe:
    """Everything that defines a recogniser's training.

    Attributes:
        kind: Must be `recogniser`.
        model: Sizes.
        augment: Changes to the training recordings.
        loop: Length, schedule, checkpoints.
        batch_frames: Mel frames of a batch.
        halfway: Share of the intermediate loss.
        weight_decay: AdamW's.
        clip: Largest norm of the gradient.
        main_speaker: Whose held-out error is shown beside the error over all speakers.
    """

    main_speaker: str
    kind: Literal["recogniser"] = "recogniser"
    model: RecogniserConfig = field(default_factory=RecogniserConfig)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    loop: LoopConfig = field(default_factory=LoopConfig)
    batch_frames: int = 6_000
    halfway: float = 0.3
    weight_decay: float = 0.02
    clip: float = 1.0


class RecogniserExperiment(OneModel):
    """The recogniser's training.

    Args:
        recipe: What to train and how.
        corpus: Recordings; only the training split teaches.
    """

    model: Recogniser

    def __init__(self, recipe: RecogniserRecipe, corpus: PackedCorpus) -> None:
        self.recipe = recipe
        torch.manual_seed(recipe.loop.seed)
        self.data = RecogniserData(corpus)
        self._plan = FramePlan(self.data, recipe.batch_frames, recipe.loop.seed)
        self.arithmetic = Arithmetic(recipe.loop.device, recipe.loop.precision)
        model = Recogniser(recipe.model, len(SYMBOLS), MEL.n_mels)
        self.model = model.to(self.arithmetic.device)
        self.optimizer = AdamW(
            self.model.parameters(), betas=(0.9, 0.98), weight_decay=recipe.weight_decay
        )

    @property
    def description(self) -> Mapping[str, object]:
        """Sizes, symbol table and mel definition."""
        return {
            "model": asdict(self.recipe.model),
            "symbols": SYMBOLS_HASH,
            "mel": definition_hash(),
        }

    def train_step(self, step: int) -> dict[str, float]:
        """Run one step; see `Experiment.train_step`."""
        seed_step(self.recipe.loop.seed, step)
        self.model.train()
        draw = np.random.default_rng(processes.seeds(self.recipe.loop.seed, step))
        indices = self._plan.indices(step)
        mine = self.data.batch(processes.share(indices), self.recipe.augment, draw)
        batch = self.arithmetic.place(mine)
        lengths = output_lengths(batch.mel_lengths)
        with self.arithmetic.autocast():
            final, halfway = self.model(batch.mel, batch.mel_lengths)
        last, middle = (
            ctc_loss(scores, lengths, batch.targets, batch.target_lengths)
            for scores in (final, halfway)
        )
        of_symbols = processes.share_of([len(self.data.targets[i]) for i in indices])
        losses = {"ctc": last * of_symbols, "halfway": middle * of_symbols}
        share = self.recipe.halfway
        loss = (1 - share) * losses["ctc"] + share * losses["halfway"]
        norm = self.arithmetic.descend(
            loss, self.optimizer, self.model.parameters(), self.recipe.clip
        )
        return {**processes.sum_figures(losses), "gradient": norm}

    @torch.no_grad()
    def validate(self, step: int) -> dict[str, float]:
        """Errors on the validation split: over all speakers, and on the main one's sentences."""
        self.model.eval()
        pairs: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        for index in self._held_out():
            pairs[index] = (greedy(self._scores(index)), self.data.targets[index])
        own = [i for i in pairs if self._speaker(i) == self.recipe.main_speaker]
        figures = {"error": error_rate(pairs.values())}
        if own:
            figures["error_main"] = error_rate(pairs[i] for i in own)
        return figures

    @torch.no_grad()
    def draw(self, step: int, folder: Path) -> None:
        """Draw a held-out sentence: the recorded mel and the probabilities of the symbols."""
        self.model.eval()
        index = self._held_out()[0]
        plots.draw_matrices(
            folder / f"heard-{step:07d}.png",
            {
                "recorded mel": self.data.corpus.mel(index),
                "probabilities (symbols x frames)": np.exp(self._scores(index)).T,
            },
        )

    def _held_out(self) -> list[int]:
        return self.data.of_split("valid") or self.data.of_split("train")[:8]

    def _speaker(self, index: int) -> str:
        return self.data.corpus.utterances[index].speaker

    def _scores(self, index: int) -> NDArray[np.float32]:
        batch = self.arithmetic.place(self.data.batch([index]))
        scores: NDArray[np.float32] = self.model(batch.mel, batch.mel_lengths)[0][0].cpu().numpy()
        return scores
