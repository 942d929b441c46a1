"""Training of the vocoder: reconstruction first, then against discriminators."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim import AdamW, Optimizer

from kosorong.audio.mel import definition_hash
from kosorong.config import MEL
from kosorong.training.common import plots, processes
from kosorong.training.common.arithmetic import Arithmetic
from kosorong.training.common.experiment import RECORDED, Experiment, LoopConfig
from kosorong.training.common.loop import seed_step
from kosorong.training.common.spectral import log_mel
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.vocoder.discriminators import (
    DiscriminatorConfig,
    period_discriminators,
    resolution_discriminators,
)
from kosorong.training.vocoder.generated_mels import Mels
from kosorong.training.vocoder.losses import (
    LossConfig,
    discriminator_loss,
    feature_loss,
    generator_loss,
    reconstruction_loss,
    stft_distance,
)
from kosorong.training.vocoder.model import Vocos, VocosConfig


@dataclass(frozen=True, slots=True)
class VocoderRecipe:
    """Everything that defines a vocoder training.

    Attributes:
        kind: Must be `vocoder`.
        model: The generator's size.
        loss: Weights of the losses.
        discriminators: Their size.
        loop: Length, schedule, checkpoints.
        batch_size: Segments in a batch (B).
        segment_frames: Frames of a training segment.
        adversarial_from: Step at which the discriminators join; 0 means never.
        adversarial_batch_size: Segments in a batch from then on, for such a step costs five times
            as much.
        made_by: Run of `kosorong train acoustic` whose mels of the corpus join; "" means none. See
            `generated_mels`.
        made_from: Step from which they join.
        made_share: Share of the segments whose mel it makes; the others' are the recordings'.
        made_noise: Standard deviation of the latent's noise in making them.
        weight_decay: AdamW's.
    """

    kind: Literal["vocoder"] = "vocoder"
    model: VocosConfig = field(default_factory=VocosConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    discriminators: DiscriminatorConfig = field(default_factory=DiscriminatorConfig)
    loop: LoopConfig = field(default_factory=LoopConfig)
    batch_size: int = 16
    segment_frames: int = 48
    adversarial_from: int = 0
    adversarial_batch_size: int = 8
    made_by: str = ""
    made_from: int = 1
    made_share: float = 0.5
    made_noise: float = 0.333
    weight_decay: float = 0.01


class VocoderExperiment(Experiment):
    """The vocoder's training.

    Args:
        recipe: What to train and how.
        corpus: Recordings; only the training split teaches.
        generated_mels: Gives the mels beside those of the recordings, if there are any; asked
            when they are first needed, so that both models can be trained side by side.
    """

    def __init__(
        self,
        recipe: VocoderRecipe,
        corpus: PackedCorpus,
        generated_mels: Callable[[], Mels] | None = None,
    ) -> None:
        self.recipe = recipe
        self.corpus = corpus
        self._generated = cache(generated_mels) if generated_mels else None
        torch.manual_seed(recipe.loop.seed)
        self.arithmetic = Arithmetic(recipe.loop.device, recipe.loop.precision)
        device = self.arithmetic.device
        self.generator = Vocos(recipe.model).to(device)
        self.periods = period_discriminators(recipe.discriminators).to(device)
        self.resolutions = resolution_discriminators(recipe.discriminators).to(device)
        decay = recipe.weight_decay
        self._generator_optimizer = AdamW(
            self.generator.parameters(), betas=(0.8, 0.99), weight_decay=decay
        )
        judges = [*self.periods.parameters(), *self.resolutions.parameters()]
        self._judge_optimizer = AdamW(judges, betas=(0.8, 0.99), weight_decay=decay)
        self._train = np.array(corpus.of_split("train"))
        frames = np.diff(corpus.starts)[self._train]
        # Utterances are drawn in proportion to the segments that fit in them.
        room = np.maximum(0, frames - recipe.segment_frames + 1)
        self._chance = room / room.sum()

    @property
    def modules(self) -> Mapping[str, nn.Module]:
        """Generator and discriminators."""
        return {
            "generator": self.generator,
            "periods": self.periods,
            "resolutions": self.resolutions,
        }

    @property
    def optimizers(self) -> Mapping[str, Optimizer]:
        """One for the generator, one for the discriminators."""
        return {"generator": self._generator_optimizer, "judges": self._judge_optimizer}

    @property
    def averaged(self) -> nn.Module:
        """The generator."""
        return self.generator

    @property
    def description(self) -> Mapping[str, object]:
        """Model size and mel definition."""
        return {"model": asdict(self.recipe.model), "mel": definition_hash()}

    def is_judged(self, step: int) -> bool:
        """Distances choose during reconstruction; against discriminators they rise a little."""
        return not self._is_adversarial(step)

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        """Return audio (B, T_wav) and mels (B, M, T_mel) of a step.

        They depend on the seed and the step alone.
        """
        draw = np.random.default_rng((self.recipe.loop.seed, step))
        size, hop = self.recipe.segment_frames, MEL.hop_length
        count = (
            self.recipe.adversarial_batch_size
            if self._is_adversarial(step)
            else self.recipe.batch_size
        )
        chosen = draw.choice(self._train, count, p=self._chance)
        pieces, frames = [], []
        for index in chosen:
            first = int(draw.integers(0, self.corpus.frames(index) - size + 1))
            pieces.append(self.corpus.audio(index)[first * hop : (first + size) * hop])
            frames.append(int(self.corpus.starts[index]) + first)
        audio = torch.from_numpy(np.stack(pieces))
        # A voice bundle must not depend on the recording's level or polarity.
        gain = 10 ** draw.uniform(-0.4, 0.1, (len(chosen), 1)).astype(np.float32)
        audio = (audio * torch.from_numpy(gain)).clamp(-1, 1)
        mel = log_mel(audio)
        if self._generated is not None and step >= self.recipe.made_from:
            mels, floor = self._generated(), math.log(MEL.floor)
            for row in np.flatnonzero(draw.random(len(chosen)) < self.recipe.made_share):
                stretch = mels[frames[row] : frames[row] + size].astype(np.float32).T
                mel[row] = torch.from_numpy(np.maximum(stretch + np.log(gain[row]), floor))
        return audio, mel

    def train_step(self, step: int) -> dict[str, float]:
        """Run one step; see `Experiment.train_step`."""
        seed_step(self.recipe.loop.seed, step)
        audio, mels = self.batch(step)
        rows = list(processes.share(range(len(audio))))
        weight = processes.share_of([1.0 for _ in audio])
        target = audio[rows].to(self.arithmetic.device)
        mel = mels[rows].to(self.arithmetic.device)
        with self.arithmetic.autocast():
            synthetic = self.generator(mel)
        adversarial = self._is_adversarial(step)
        figures = self._teach_judges(synthetic.detach(), target, weight) if adversarial else {}
        loss, parts = reconstruction_loss(synthetic, target, self.recipe.loss)
        if adversarial:
            against, more = self._against_judges(synthetic, target)
            loss, parts = loss + against, parts | more
        norm = self.arithmetic.descend(
            loss * weight, self._generator_optimizer, self.generator.parameters(), clip=10.0
        )
        figures |= {"loss": loss} | parts
        whole = processes.sum_figures({name: value * weight for name, value in figures.items()})
        return {"gradient": norm} | whole

    @torch.no_grad()
    def validate(self, step: int) -> dict[str, float]:
        """Copy synthesis of the validation split: STFT distance first, then log-mel L1."""
        distances, mels = [], []
        for index in self._held_out():
            target = self._audio(index)
            mel = log_mel(target)
            synthetic = self.generator(mel)
            distances.append(stft_distance(synthetic, target).item())
            mels.append((log_mel(synthetic) - mel).abs().mean().item())
        return {"stft": float(np.mean(distances)), "mel": float(np.mean(mels))}

    @torch.no_grad()
    def draw(self, step: int, folder: Path) -> None:
        """Draw recorded and copied mels and fine spectra of a validation utterance."""
        target = self._sample()
        synthetic = self.generator(log_mel(target))
        plots.draw_matrices(
            folder / f"copy-{step:07d}.png",
            {
                "recorded, linear frequency": _spectrogram(target),
                "copied, linear frequency": _spectrogram(synthetic),
                "recorded mel": log_mel(target)[0].cpu().numpy(),
                "copied mel": log_mel(synthetic)[0].cpu().numpy(),
            },
        )

    @torch.no_grad()
    def sounds(self, step: int) -> Mapping[str, NDArray[np.float32]]:
        """Copy the utterance that is drawn; the first time the recording stands beside it."""
        target = self._sample()
        heard = {"copy": self.generator(log_mel(target))}
        if step <= self.recipe.loop.draw_every:
            heard[RECORDED] = target
        return {name: audio[0].clamp(-1.0, 1.0).cpu().numpy() for name, audio in heard.items()}

    def _sample(self) -> Tensor:
        """Return the first three seconds (1, T_wav) of a validation utterance, whole frames."""
        target = self._audio(self._held_out()[0])[:, : MEL.sample_rate * 3]
        return target[:, : target.shape[1] // MEL.hop_length * MEL.hop_length]

    def _is_adversarial(self, step: int) -> bool:
        return 0 < self.recipe.adversarial_from <= step

    def _held_out(self) -> list[int]:
        # A corpus too small to hold anything out is judged on what it has.
        return self.corpus.of_split("valid") or self.corpus.of_split("train")[:8]

    def _audio(self, index: int) -> Tensor:
        """Return one utterance's audio (1, T_wav)."""
        return torch.from_numpy(self.corpus.audio(index))[None].to(self.arithmetic.device)

    def _teach_judges(self, synthetic: Tensor, target: Tensor, weight: float) -> dict[str, Tensor]:
        with self.arithmetic.autocast():
            losses = []
            for judges in (self.periods, self.resolutions):
                real, _ = judges(target)
                fake, _ = judges(synthetic)
                losses.append(discriminator_loss(real, fake))
            loss = losses[0] + self.recipe.loss.mrd * losses[1]
        judges_of_both = [*self.periods.parameters(), *self.resolutions.parameters()]
        self.arithmetic.descend(loss * weight, self._judge_optimizer, judges_of_both)
        return {"judge_periods": losses[0].detach(), "judge_resolutions": losses[1].detach()}

    def _against_judges(
        self, synthetic: Tensor, target: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        weights = self.recipe.loss
        total = synthetic.new_zeros(())
        figures: dict[str, Tensor] = {}
        with self.arithmetic.autocast():
            for name, judges, share in (
                ("periods", self.periods, 1.0),
                ("resolutions", self.resolutions, weights.mrd),
            ):
                with torch.no_grad():
                    _, real_maps = judges(target)
                scores, maps = judges(synthetic)
                fooled, features = generator_loss(scores), feature_loss(real_maps, maps)
                total = total + share * (weights.adversarial * fooled + weights.features * features)
                figures |= {f"fool_{name}": fooled.detach(), f"features_{name}": features.detach()}
        return total, figures


def _spectrogram(audio: Tensor) -> np.ndarray:
    from kosorong.training.common.spectral import stft

    return stft(audio, 1024, 256)[0].abs().clamp_min(1e-4).log().cpu().numpy()
