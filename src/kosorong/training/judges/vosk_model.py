"""A Vosk model as a judge. None comes with the project: many state no licence."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np

from kosorong.audio.wav import to_int16
from kosorong.errors import UsageError
from kosorong.training.judges.judge import STRANGER_RATE, Audio, Stranger

PACKAGE = "vosk"
_TAIL_SECONDS = 0.5


class Vosk(Stranger):
    """A Korean model of Vosk in a folder of the user's.

    Args:
        folder: The unpacked model.

    Raises:
        UsageError: The package vosk is missing, or the folder holds no model.
    """

    def __init__(self, folder: Path) -> None:
        if importlib.util.find_spec(PACKAGE) is None:
            raise UsageError(
                "this judge needs the package vosk.", cure="Install it with: pip install vosk."
            )
        if not (folder / "am").is_dir() or not (folder / "conf").is_dir():
            raise UsageError(
                "there is no Vosk model here.",
                where=str(folder),
                cure="Name the folder that holds am/, conf/ and graph/: vosk:PATH.",
            )
        import vosk

        super().__init__()
        vosk.SetLogLevel(-1)
        self._vosk: Any = vosk
        self._model, self._folder = vosk.Model(str(folder)), folder

    @property
    def name(self) -> str:
        """Which model."""
        return f"Vosk {self._folder.resolve().name}"

    @property
    def recipe(self) -> str:
        """See `Judge.recipe`."""
        return (
            "best path; edits over jamo of the spoken forms, spaces and marks left out; it never "
            "met the speakers"
        )

    def transcribe(self, samples: Audio) -> str:
        """See `Stranger.transcribe`."""
        hearing = self._vosk.KaldiRecognizer(self._model, STRANGER_RATE)
        # It ends a sentence at a silence, and then begins another.
        tail = np.zeros(round(_TAIL_SECONDS * STRANGER_RATE), np.float32)
        texts = []
        for part in np.array_split(np.concatenate([samples, tail]), max(1, len(samples) // 4000)):
            if hearing.AcceptWaveform(to_int16(part).tobytes()):
                texts.append(json.loads(hearing.Result())["text"])
        texts.append(json.loads(hearing.FinalResult())["text"])
        return " ".join(filter(None, texts))
