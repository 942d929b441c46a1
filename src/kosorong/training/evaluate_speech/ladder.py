"""The ladder between a recording and what is served: where on it words stop being understood.

Each rung replaces one more part of the recording by what the model makes of the text. Whoever has
another acoustic model tells how it ties a recording to a text (`Climber.tie`) and how it sounds
with another latent in its place (`Climber.sound`); the rungs are the same for all. From the first
rung with a latent down to what is served all sound is made even alike (`kosorong.speech.evenness`):
no step below that one is of pauses by the table, of tone or of level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Audio = NDArray[np.float32]

RECORDED, COPY, LATENT, HALF, DURATIONS, SERVED, FLOOR = (
    "recorded",
    "copy",
    "latent",
    "half",
    "durations",
    "served",
    "floor",
)
RUNGS: Mapping[str, str] = {
    RECORDED: "recording",
    COPY: "its mel through the vocoder",
    LATENT: "its latent through flow and vocoder, made even",
    HALF: "half way from its latent to the prior's means",
    DURATIONS: "the prior's means in its own durations",
    SERVED: "as served",
    FLOOR: "floor",
}
"""What each rung is, from the recording down to what is served, and the floor."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A recording under an acoustic model that knows its text.

    Attributes:
        symbols: (T_text) ids.
        frames: (T_text,) frames of each symbol in the recording.
        latent: (T_mel, M) what the flow makes of the recording.
        means: (T_mel, M) what the prior expects of every frame.
        speaker: Index of the speaker in the model.
        log_volume: Logarithm of the flow's volume for this recording.
        condition: Whatever else the model needs to turn a latent back into a mel.
    """

    symbols: tuple[int, ...]
    frames: NDArray[np.int64]
    latent: NDArray[np.float32]
    means: NDArray[np.float32]
    speaker: int
    log_volume: float = 0.0
    condition: Any = None


class Climber(Protocol):
    """Role: an acoustic model and a vocoder between which a ladder stands."""

    def copy(self, mel: NDArray[np.float32]) -> Audio | None:
        """Make audio of a recording's log-mel (M, T_mel); None where that is not possible."""

    def tie(self, text: str, speaker: str, mel: NDArray[np.float32]) -> Tied | None:
        """Tie a recording's log-mel (M, T_mel) to its text; None where that is not possible."""

    def sound(self, tied: Tied, latent: NDArray[np.float32]) -> Audio:
        """Make audio (T_wav,) of a latent (T_mel, M) in the tied one's place, made even."""


def climb(climber: Climber, text: str, speaker: str, mel: NDArray[np.float32]) -> dict[str, Audio]:
    """Return the audio of every rung between the recording and what is served.

    Args:
        climber: The model.
        text: What is said.
        speaker: Who says it.
        mel: (M, T_mel) of the recording.
    """
    rungs: dict[str, Audio] = {}
    copied, tied = climber.copy(mel), climber.tie(text, speaker, mel)
    if copied is not None:
        rungs[COPY] = copied
    if tied is not None:
        half = 0.5 * (tied.latent + tied.means)
        for name, latent in ((LATENT, tied.latent), (HALF, half), (DURATIONS, tied.means)):
            rungs[name] = climber.sound(tied, latent)
    return rungs
