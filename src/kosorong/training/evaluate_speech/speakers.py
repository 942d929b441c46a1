"""What can be made to speak for an evaluation: training runs or a served voice."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from kosorong.audio.mel import definition_hash
from kosorong.errors import TrainingError
from kosorong.ports import Voice
from kosorong.text.reading import read
from kosorong.text.symbols import BLANK_ID, SYMBOLS, SYMBOLS_HASH, intersperse
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.recipes import parse_recipe
from kosorong.training.glow_tts.model import GlowTts, GlowTtsConfig
from kosorong.training.vocoder.model import Vocos, VocosConfig

Audio = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """One spoken sentence.

    Attributes:
        samples: Audio (T_wav,) in [-1, 1].
        symbols: What was read, (T_text) ids; empty where the voice does not tell.
        frames: Duration of each symbol (T_text), frames; empty likewise.
    """

    samples: Audio
    symbols: tuple[int, ...] = ()
    frames: tuple[int, ...] = ()


class Talker(ABC):
    """Role: reads sentences as a speaker, and copies recordings through its vocoder."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What is judged, for the report."""

    @abstractmethod
    def say(self, text: str, speaker: str, seed: int) -> Said:
        """Read a sentence."""

    def copy(self, mel: NDArray[np.float32]) -> Audio | None:
        """Make audio of a recording's log-mel (M, T_mel); None where that is not possible."""
        return None


class RunTalker(Talker):
    """The averaged weights of training runs, before any bundle exists.

    Args:
        acoustic: Run of `kosorong train acoustic`.
        vocoder: Run of `kosorong train vocoder`.
        newest: Take the newest checkpoints instead of the best ones.
        noise_scale: Standard deviation of the latent's noise.
    """

    def __init__(
        self, acoustic: Path, vocoder: Path, *, newest: bool = False, noise_scale: float = 0.333
    ) -> None:
        path, step, description, weights = _open(acoustic, newest=newest, module="model")
        if description["symbols"] != SYMBOLS_HASH:
            raise TrainingError(
                "the acoustic model was made for another symbol table.",
                where=str(path),
                cure="Train it again: kosorong train acoustic.",
            )
        self._speakers: list[str] = list(description["speakers"])
        config = parse_recipe(description["model"], GlowTtsConfig)
        self._acoustic = GlowTts(config, len(SYMBOLS), len(self._speakers))
        self._acoustic.load_state_dict(weights)
        _, vocoder_step, description, weights = _open(vocoder, newest=newest, module="generator")
        self._vocoder = Vocos(parse_recipe(description["model"], VocosConfig))
        self._vocoder.load_state_dict(weights)
        self._acoustic.eval()
        self._vocoder.eval()
        self._noise_scale = noise_scale
        self._name = f"{acoustic.name} at step {step}, {vocoder.name} at step {vocoder_step}"

    @property
    def name(self) -> str:
        """The runs and their steps."""
        return self._name

    @torch.no_grad()
    def say(self, text: str, speaker: str, seed: int) -> Said:
        """See `Talker.say`.

        Raises:
            TrainingError: The acoustic model does not know the speaker.
        """
        if speaker not in self._speakers:
            raise TrainingError(
                f"the acoustic model has no speaker {speaker!r}.",
                cure=f"It has: {', '.join(self._speakers)}.",
            )
        symbols = read(text).symbols
        if self._acoustic.config.blanks:
            symbols = intersperse(symbols, BLANK_ID)
        torch.manual_seed(seed)
        mel, frames = self._acoustic.speak(
            torch.tensor([symbols]),
            torch.tensor([self._speakers.index(speaker)]),
            noise_scale=self._noise_scale,
        )
        samples: Audio = self._vocoder(mel)[0].clamp(-1.0, 1.0).numpy()
        return Said(samples, symbols, tuple(frames.tolist()))

    @torch.no_grad()
    def copy(self, mel: NDArray[np.float32]) -> Audio:
        """See `Talker.copy`."""
        samples: Audio = self._vocoder(torch.from_numpy(mel)[None])[0].clamp(-1.0, 1.0).numpy()
        return samples


Timing = Callable[[str, str], tuple[tuple[int, ...], tuple[int, ...]]]
"""(text, speaker) -> symbol ids and their frames."""


class VoiceTalker(Talker):
    """Served voices, one for each speaker.

    Args:
        name: For the report.
        voices: Speaker -> voice.
        timing: Tells the durations of a text's symbols, where the bundle can.
        copy: Makes audio of a log-mel (M, T_mel), where the bundle can.
    """

    def __init__(
        self,
        name: str,
        voices: dict[str, Voice],
        *,
        timing: Timing | None = None,
        copy: Callable[[NDArray[np.float32]], Audio] | None = None,
    ) -> None:
        self._name, self._voices = name, voices
        self._timing, self._copy = timing, copy

    @property
    def name(self) -> str:
        """As given."""
        return self._name

    def say(self, text: str, speaker: str, seed: int) -> Said:
        """See `Talker.say`.

        Raises:
            TrainingError: There is no voice for the speaker.
        """
        if speaker not in self._voices:
            raise TrainingError(
                f"there is no voice {speaker!r} in {self._name}.",
                cure=f"There are: {', '.join(self._voices)}.",
            )
        samples = self._voices[speaker].speak(text, seed=seed).samples
        symbols, frames = self._timing(text, speaker) if self._timing else ((), ())
        return Said(samples, symbols, frames)

    def copy(self, mel: NDArray[np.float32]) -> Audio | None:
        """See `Talker.copy`."""
        return self._copy(mel) if self._copy else None


def _open(run: Path, *, newest: bool, module: str) -> tuple[Path, int, Any, dict[str, Any]]:
    """Return path, step, description and averaged weights of a run's checkpoint."""
    folder = CheckpointFolder(run / "checkpoints")
    found = folder.newest() if newest else None
    path, state = found or folder.best_or_newest()
    description = state["description"]
    if description["mel"] != definition_hash():
        raise TrainingError(
            "the checkpoint was made for another mel definition.",
            where=str(path),
            cure="Train it again.",
        )
    average = state["average"]
    weights = average["shadow"] if average else state["modules"][module]
    return path, int(state["step"]), description, weights
