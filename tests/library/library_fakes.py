"""Small deterministic models for the library's tests, and a worker that uses them.

Run as a program it is `kosorong worker` with these models, so that a test can kill it:
    python library_fakes.py DATA_FOLDER [SECONDS_TO_SLEEP_FOR_EACH_SEGMENT]
It writes a line for each spoken segment into DATA_FOLDER/spoken.txt.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kosorong.errors import InputError, ServiceError
from kosorong.ports import Link, Speech, Translation, WordTime
from kosorong.terms import Terms

RATE = 22_050
WORD_SECONDS = 0.1


class FakeVoice:
    name = "tone"
    fingerprint = "voice-1"
    sample_rate = RATE
    credit = "FakeVoice, CC BY 4.0"

    def __init__(self, sleep: float = 0.0, log: Path | None = None) -> None:
        self.sleep, self.log = sleep, log
        self.read: list[str] = []
        self.broken = ""

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        if self.broken == "away":
            raise ServiceError("the server does not answer.")
        if "못읽" in text:
            raise InputError("this cannot be read.", where=text, cure="Write it otherwise.")
        time.sleep(self.sleep)
        self.read.append(spoken or text)
        if self.log:
            with self.log.open("a", encoding="utf-8") as file:
                file.write(f"{text}\n")
        words = text.split()
        length = int(WORD_SECONDS * RATE / speed)
        sound = 0.2 * np.sin(0.05 * np.arange(length * len(words)))
        times = tuple(
            WordTime(word, i * length / RATE, (i + 1) * length / RATE)
            for i, word in enumerate(words)
        )
        return Speech(sound.astype(np.float32), RATE, times, ())


class FakeTranslator:
    fingerprint = "translator-1"

    def __init__(self) -> None:
        self.calls: list[list[str]] = []
        self.terms: dict[str, str] = {}

    def with_terms(self, terms: Terms) -> FakeTranslator:
        other = copy(self)
        other.terms = dict(terms.towards("jje"))
        other.fingerprint = "-".join(filter(None, (self.fingerprint, terms.digest)))
        return other

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str = "ko",
        target: str = "jje",
        spelling: str = "araea",
        strength: float = 1.0,
    ) -> list[Translation]:
        self.calls.append(list(texts))
        return [self._one(text, target) for text in texts]

    def _one(self, text: str, target: str) -> Translation:
        mark = "ᄒᆞ" if target == "jje" else "표"
        words = [self.terms.get(word, mark + word) for word in text.split()]
        links = tuple(Link(i, i, 1.0) for i in range(len(words)))
        return Translation(" ".join(words), links, 0.9, "fake")


@dataclass(frozen=True)
class FakeParts:
    """What makes segments, as `inference.Parts` holds it."""

    translator: FakeTranslator
    voice: FakeVoice


def spelled(text: str) -> dict[str, Any]:
    """Return what a speller says of a text that it finds nothing in."""
    return {"text": text, "verdict": "right", "modern": False, "mended": text, "findings": []}


if __name__ == "__main__":
    from kosorong_library import serve

    folder = Path(sys.argv[1])
    serve.prepare(folder)
    from kosorong_library.studio import inference

    voice = FakeVoice(float(sys.argv[2]), folder / "spoken.txt")
    parts = inference.SegmentModels(FakeTranslator(), voice)
    inference.open_models = lambda voice: parts
    serve.worker(folder)
