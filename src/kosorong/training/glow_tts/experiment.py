"""Training of the acoustic model."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.optim import AdamW

from kosorong.audio.mel import definition_hash
from kosorong.config import MEL
from kosorong.errors import TrainingError
from kosorong.text.sound.symbols import (
    BLANK_ID,
    BOUNDARY_ID,
    END_ID,
    MARKS,
    START_ID,
    SYMBOLS,
    SYMBOLS_HASH,
)
from kosorong.training.common import plots, processes
from kosorong.training.common.arithmetic import Arithmetic
from kosorong.training.common.experiment import LoopConfig, OneModel
from kosorong.training.common.griffin_lim import griffin_lim
from kosorong.training.common.loop import seed_step
from kosorong.training.corpora.contours import contours
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.export.checkpoints import load_vocoder
from kosorong.training.glow_tts.data import AcousticData, Batch, BatchPlan
from kosorong.training.glow_tts.from_bundle import is_bundle, start_from_bundle
from kosorong.training.glow_tts.listening import Listening
from kosorong.training.glow_tts.model import (
    GlowTts,
    GlowTtsConfig,
    Likelihood,
    lengths_mask,
    mel_error,
)
from kosorong.training.glow_tts.transfer import start_from

PAUSES = frozenset({START_ID, END_ID, BOUNDARY_ID, BLANK_ID, *(SYMBOLS.index(m) for m in MARKS)})
"""Symbols that may rightly last long."""


@dataclass(frozen=True, slots=True)
class AcousticRecipe:
    """Everything that defines an acoustic training.

    Attributes:
        kind: Must be `acoustic`.
        model: Sizes.
        loop: Length, schedule, checkpoints.
        batch_size: Utterances in a batch (B).
        prior_steps: Steps over which the diagonal prior fades out of the alignment search.
        prior_weight: Its weight at the first step.
        backward_weight: Weight of the mel error of the flow run backwards from the prior; 0 means
            likelihood alone. See `GlowTts.backwards`.
        backward_from: Step from which it counts; the alignment comes of likelihood alone.
        backward_noise: Largest standard deviation of the latent's noise on that way.
        search_weight: Weight of the likelihood that the alignment search goes by, where a frame-
            wise prior makes it another one than that of the model.
        listener: Folder of a recogniser's run that hears the mels of that way; none where empty.
        listener_weight: Weight of what it hears different from the recording; see
            `kosorong.training.glow_tts.listening`.
        weight_decay: AdamW's.
        clip: Largest norm of the gradient.
        main_speaker: Whose held-out sentences choose the best checkpoint and are drawn.
        speaker_weights: How often a speaker's utterances stand in an epoch; 1 where missing.
        late_from: Step from which `late_speaker_weights` hold instead; 0 means never.
        late_speaker_weights: The same for the last part of the run, which is the main voices'.
        start_from: Folder of a run whose averaged weights this one starts from, or of a voice
            bundle; symbols and speakers of a run may be others, see
            `kosorong.training.glow_tts.transfer`.
        heard_through: Folder of a vocoder's run that makes the sample audio; where it is empty or
            has no checkpoint yet, samples are made by Griffin and Lim's method.
    """

    main_speaker: str
    kind: Literal["acoustic"] = "acoustic"
    model: GlowTtsConfig = field(default_factory=GlowTtsConfig)
    loop: LoopConfig = field(default_factory=LoopConfig)
    batch_size: int = 16
    prior_steps: int = 2_000
    prior_weight: float = 10.0
    backward_weight: float = 0.0
    backward_from: int = 1
    backward_noise: float = 0.3
    search_weight: float = 0.5
    listener: str = ""
    listener_weight: float = 0.0
    weight_decay: float = 1e-3
    clip: float = 5.0
    speaker_weights: dict[str, float] = field(default_factory=dict)
    late_from: int = 0
    late_speaker_weights: dict[str, float] = field(default_factory=dict)
    start_from: str = ""
    heard_through: str = ""


class AcousticExperiment(OneModel):
    """The acoustic model's training.

    Args:
        recipe: What to train and how.
        corpus: Recordings; only the training split teaches.
        kept: Folder that keeps what is worked out of the recordings; None for none.
    """

    model: GlowTts

    def __init__(
        self, recipe: AcousticRecipe, corpus: PackedCorpus, *, kept: Path | None = None
    ) -> None:
        self.recipe = recipe
        torch.manual_seed(recipe.loop.seed)
        squeeze = recipe.model.decoder.squeeze
        pitch = contours(corpus, kept) if recipe.model.frames.pitch else None
        self.data = AcousticData(
            corpus, blanks=recipe.model.blanks, squeeze=squeeze, contours=pitch
        )
        seed, size = recipe.loop.seed, recipe.batch_size
        self._early = BatchPlan(self.data, size, seed, recipe.speaker_weights)
        self._late = BatchPlan(self.data, size, seed + 1, recipe.late_speaker_weights)
        self._weights = {
            "nll": 1.0,
            "duration": 1.0,
            "search": recipe.search_weight,
            "pitch": 1.0,
            "backward": recipe.backward_weight,
            "heard": recipe.listener_weight,
        }
        self.arithmetic = Arithmetic(recipe.loop.device, recipe.loop.precision)
        model = GlowTts(recipe.model, len(SYMBOLS), len(self.data.speakers), MEL.n_mels)
        self.model = model.to(self.arithmetic.device)
        self._listening: Listening | None = None
        if recipe.listener:
            listening = Listening.of_run(Path(recipe.listener))
            self._listening = listening.to(self.arithmetic.device)
        self.optimizer = AdamW(
            self.model.parameters(), betas=(0.9, 0.98), eps=1e-9, weight_decay=recipe.weight_decay
        )

    @property
    def description(self) -> Mapping[str, object]:
        """Sizes, speakers, symbol table and mel definition."""
        return {
            "model": asdict(self.recipe.model),
            "speakers": self.data.speakers,
            "symbols": SYMBOLS_HASH,
            "symbol_table": list(SYMBOLS),
            "mel": definition_hash(),
        }

    def prepare(self, step: int) -> None:
        """Start from another run's weights, or the ActNorm layers from the first batch."""
        if step == 0 and self.recipe.start_from:
            run = Path(self.recipe.start_from)
            notes = (
                start_from_bundle(run, self.model, self.data.speakers)
                if is_bundle(run)
                else start_from(run, self.model, SYMBOLS, self.data.speakers)
            )
            if processes.rank() == 0:
                print("\n".join(f"{run}: {line}" for line in notes), file=sys.stderr)
        elif step == 0:
            batch = self._batch(self._plan(1).indices(1))
            speaker = self.model.speakers(batch.speakers)
            mask = lengths_mask(batch.mel_lengths)
            self.model.decoder.start(batch.mel, mask, speaker)

    def train_step(self, step: int) -> dict[str, float]:
        """Run one step; see `Experiment.train_step`."""
        seed_step(self.recipe.loop.seed, step)
        self.model.train()
        indices = self._plan(step).indices(step)
        batch = self._batch(processes.share(indices))
        fade = max(0.0, 1.0 - (step - 1) / max(1, self.recipe.prior_steps))
        prior = batch.prior * (fade * self.recipe.prior_weight) if fade else None
        with self.arithmetic.autocast():
            losses = self._losses(batch, indices, prior, step)
            loss = torch.stack(
                [losses[k] * w for k, w in self._weights.items() if k in losses]
            ).sum()
        norm = self.arithmetic.descend(
            loss, self.optimizer, self.model.parameters(), self.recipe.clip
        )
        return {**processes.sum_figures(losses), "gradient": norm}

    def _losses(
        self, batch: Batch, indices: Sequence[int], prior: Tensor | None, step: int
    ) -> dict[str, Tensor]:
        """Return this process's part of the losses of the utterances `indices`."""
        # Each is a mean over frames or symbols, and counts with the process's share of them.
        of_frames = processes.share_of([self.data.frames(i) for i in indices])
        of_symbols = processes.share_of([len(self.data.texts[i]) for i in indices])
        result = self._likelihood(batch, prior)
        losses = {"nll": result.nll * of_frames, "duration": result.duration * of_symbols}
        if self.model.frames is not None:
            losses["search"] = result.search_nll * of_frames
        if result.pitch is not None:
            losses["pitch"] = result.pitch * of_frames
        if self.recipe.backward_weight > 0 and step >= self.recipe.backward_from:
            noise = self.recipe.backward_noise * float(torch.rand(()))
            synthetic = self.model.backwards(result, batch.mel_lengths, noise)
            losses["backward"] = mel_error(synthetic, batch.mel, batch.mel_lengths) * of_frames
            if self._listening is not None:
                mask = lengths_mask(batch.mel_lengths)
                losses["heard"] = self._listening(synthetic, batch.mel, mask) * of_frames
        return losses

    @torch.no_grad()
    def validate(self, step: int) -> dict[str, float]:
        """Held-out loss, duration errors and the share of overlong symbols.

        Likelihood chooses: the error of the flow run backwards rises on held-out sentences long
        before a recogniser understands them less well (docs/training-log.md). The main speaker's
        sentences count where there are any, else all held-out ones.
        """
        self.model.eval()
        indices = self._held_out()
        nll, backward, duration, lengths, overlong, heard = [], [], [], [], [], []
        pitch: list[float] = []
        for index in indices:
            batch = self._batch([index])
            result = self._likelihood(batch, None)
            nll.append(result.nll.item())
            synthetic = self.model.backwards(result, batch.mel_lengths, 0.0)
            backward.append(mel_error(synthetic, batch.mel, batch.mel_lengths).item())
            if self._listening is not None:
                mask = lengths_mask(batch.mel_lengths)
                heard.append(self._listening(synthetic, batch.mel, mask).item())
            duration.append(result.duration.item())
            if result.pitch is not None:
                pitch.append(result.pitch.item())
            frames = result.log_durations[0].exp().clamp_min(1.0)
            lengths.append(float(frames.sum()) / float(batch.mel_lengths[0]) - 1.0)
            overlong.extend(_overlong(batch.symbols[0], result.alignment[0].sum(1)))
        figures = {
            "nll": float(np.mean(nll)),
            "backward": float(np.mean(backward)),
            "duration": float(np.mean(duration)),
            "length_bias": float(np.mean(lengths)),
            "length_error": float(np.median(np.abs(lengths))),
            "overlong": float(np.mean(overlong)),
        }
        more = {"heard": heard, "pitch": pitch}
        return figures | {
            key: float(np.mean(measured)) for key, measured in more.items() if measured
        }

    @torch.no_grad()
    def draw(self, step: int, folder: Path) -> None:
        """Draw a held-out sentence: alignment, mels, durations."""
        self.model.eval()
        batch = self._batch(self._held_out()[:1])
        result = self._likelihood(batch, None)
        frames = result.alignment[0].sum(1)
        synthetic, _ = self.model.speak(batch.symbols, batch.speakers)
        aligned, _ = self.model.speak(batch.symbols, batch.speakers, durations=frames.long())
        plots.draw_matrices(
            folder / f"sentence-{step:07d}.png",
            {
                "alignment (symbols x frames)": result.alignment[0].cpu().numpy(),
                "recorded mel": batch.mel[0].cpu().numpy(),
                "made with the recording's durations": aligned[0].cpu().numpy(),
                "made with predicted durations": synthetic[0].cpu().numpy(),
            },
        )
        predicted = result.log_durations[0].exp().cpu().numpy()
        plots.draw_lines(
            folder / f"durations-{step:07d}.png",
            {"frames, aligned": frames.cpu().numpy(), "frames, predicted": predicted},
            "symbol",
        )

    @torch.no_grad()
    def sounds(self, step: int) -> Mapping[str, NDArray[np.float32]]:
        """Say the sentence that is drawn."""
        self.model.eval()
        batch = self._batch(self._held_out()[:1])
        mel, _ = self.model.speak(batch.symbols, batch.speakers)
        return {"sentence": self._heard(mel)}

    def _heard(self, mel: Tensor) -> NDArray[np.float32]:
        """Make audio (T_wav,) of a mel (1, M, T_mel)."""
        if self.recipe.heard_through:
            try:
                vocoder = load_vocoder(Path(self.recipe.heard_through), newest=True).model
            except TrainingError as error:
                warnings.warn(f"sample audio without a vocoder: {error}", stacklevel=2)
            else:
                return vocoder(mel.cpu().float())[0].clamp(-1.0, 1.0).numpy()
        return griffin_lim(mel[0]).numpy()

    def _plan(self, step: int) -> BatchPlan:
        late = 0 < self.recipe.late_from <= step
        return self._late if late else self._early

    def _batch(self, indices: Sequence[int]) -> Batch:
        return self.arithmetic.place(self.data.batch(indices))

    def _held_out(self) -> list[int]:
        valid = self.data.of_split("valid") or self.data.of_split("train")[:8]
        main = self.recipe.main_speaker
        own = [i for i in valid if self.data.corpus.utterances[i].speaker == main]
        return own or valid

    def _likelihood(self, batch: Batch, prior: Tensor | None) -> Likelihood:
        return self.model.likelihood(
            batch.symbols,
            batch.text_lengths,
            batch.mel,
            batch.mel_lengths,
            batch.speakers,
            prior,
            batch.contour,
        )


def _overlong(symbols: Tensor, frames: Tensor) -> list[bool]:
    """Tell of every sounding symbol (T_text,) whether it lasts over 350 ms."""
    limit = 0.35 * MEL.frames_per_second
    pairs = zip(symbols.tolist(), frames.tolist(), strict=True)
    return [f > limit for s, f in pairs if s not in PAUSES]
