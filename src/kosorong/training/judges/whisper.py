"""Whisper base as a judge: the same sound gives the same text, on one thread."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kosorong.errors import UsageError
from kosorong.extras import how_to_install
from kosorong.training.judges.judge import Audio, Stranger
from kosorong.training.judges.memory import Memory
from kosorong.training.judges.whisper_files import MODEL, SHA256, cache_folder, installed_model

PACKAGE = "faster_whisper"
# How it listens; listening in another way, what it heard before counts no more.
_OPTIONS: dict[str, Any] = {
    "language": "ko",
    "beam_size": 5,
    "temperature": 0.0,
    "condition_on_previous_text": False,
    "without_timestamps": True,
}


class Whisper(Stranger):
    """OpenAI's Whisper base, multilingual, run by faster-whisper in float32.

    Args:
        model: Folder with the model in CTranslate2's format.
        memory: What it heard before.
    """

    def __init__(self, model: Path, memory: Memory | None = None) -> None:
        from faster_whisper import WhisperModel

        super().__init__(memory)
        self._model: Any = WhisperModel(
            str(model), device="cpu", compute_type="float32", cpu_threads=1, local_files_only=True
        )

    @classmethod
    def installed(cls) -> Whisper:
        """Open the model that the extra `judge` installs.

        Raises:
            UsageError: A package is missing.
            BundleError: Its files are not those that are expected.
        """
        if importlib.util.find_spec(PACKAGE) is None:
            raise UsageError(
                "Whisper needs the package faster-whisper.", cure=how_to_install("judge")
            )
        model = installed_model()
        return cls(model, Memory(cache_folder() / "heard" / memory_name()))

    @property
    def name(self) -> str:
        """Which Whisper."""
        return "Whisper base"

    @property
    def recipe(self) -> str:
        """See `Judge.recipe`."""
        return (
            "multilingual, float32, Korean, beam 5, temperature 0, no context; edits over jamo of "
            "the spoken forms, spaces and marks left out; it never met the speakers"
        )

    def transcribe(self, samples: Audio) -> str:
        """See `Stranger.transcribe`."""
        segments, _ = self._model.transcribe(samples, **_OPTIONS)
        return " ".join(segment.text.strip() for segment in segments)


def memory_name() -> str:
    """Return the name of the file of what this Whisper heard, listening as it does now."""
    runner = f"{version('faster-whisper')}-{version('ctranslate2')}"
    options = hashlib.sha256(json.dumps(_OPTIONS, sort_keys=True).encode()).hexdigest()
    return f"whisper-base-{SHA256[MODEL][:12]}-{runner}-{options[:12]}.jsonl"
