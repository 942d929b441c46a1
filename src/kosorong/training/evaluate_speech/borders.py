"""How well words are timed, without a hand that marks them.

Recordings joined end to end: where each begins and ends to sound is known from its own energy. And
speech that the voice itself made: when each of its words sounds is known from the durations it was
made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.ports import NoProgress, Progress
from kosorong.speech.align import Aligner
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.training.corpora.packed import PackedCorpus, pack

Audio = NDArray[np.float32]

JOINED = 3
_SEED = 7
_FRAME = 0.005
# A frame sounds that is within 30 dB of the loudest tenth of its recording.
_RANGE_DB = 30.0


@dataclass(frozen=True, slots=True)
class Borders:
    """Errors at borders whose times are known, seconds.

    Attributes:
        speaker: Who speaks; `""` for all others than the bundle's voices.
        starts: |time found - time known| at the beginnings of joined recordings, or of words.
        ends: The same at their ends.
    """

    speaker: str
    starts: tuple[float, ...]
    ends: tuple[float, ...]

    def text(self) -> str:
        """Return medians and 95th percentiles, milliseconds."""
        sides = {"starts": self.starts, "ends": self.ends}
        parts = ", ".join(f"{name} {_middle_and_95th(errors)}" for name, errors in sides.items())
        every = self.starts + self.ends
        return (
            f"{self.speaker or 'other speakers'}: {len(every)} borders, "
            f"{_middle_and_95th(every)} ({parts})"
        )


def evaluate_borders(
    bundle: Path,
    corpus: Path,
    *,
    noise_db: float | None = None,
    progress: Progress | None = None,
) -> list[Borders]:
    """Align joined held-out recordings with a bundle.

    Args:
        bundle: A voice bundle.
        corpus: An imported corpus, whose test split is joined.
        noise_db: White noise so many decibels below the speech is added; None adds none.
        progress: Shown on the way.

    Raises:
        CorpusError: There are too few held-out recordings.
    """
    progress, packed = progress or NoProgress(), pack(corpus)
    engine = Engine.open(bundle, threads=1)
    aligner = Aligner(engine)
    voices = [speaker.name for speaker in engine.settings.speakers]
    held_out = packed.of_split("test")
    groups = {
        name: [i for i in held_out if packed.utterances[i].speaker == name] for name in voices
    }
    groups[""] = [i for i in held_out if packed.utterances[i].speaker not in voices]
    groups = {name: indices for name, indices in groups.items() if len(indices) >= JOINED}
    if not groups:
        raise _nothing_held_out(corpus, f"fewer than {JOINED} held-out recordings of a speaker.")
    progress.start(
        sum(len(indices) // JOINED for indices in groups.values()), unit="joined recording"
    )
    borders = []
    for name, indices in groups.items():
        errors = list(_errors(aligner, packed, indices, name, noise_db, progress))
        starts = [e for first, _ in errors for e in first]
        ends = [e for _, last in errors for e in last]
        borders.append(Borders(name, tuple(starts), tuple(ends)))
    progress.close()
    return borders


def evaluate_known(
    bundle: Path, corpus: Path, *, progress: Progress | None = None
) -> list[Borders]:
    """Align speech that a bundle's voices made of the held-out texts, every word of it.

    Args:
        bundle: A voice bundle.
        corpus: An imported corpus, whose test split is read aloud.
        progress: Shown on the way.

    Raises:
        CorpusError: There is no held-out text.
    """
    progress, packed = progress or NoProgress(), pack(corpus)
    engine = Engine.open(bundle, threads=1)
    aligner = Aligner(engine)
    texts = [packed.utterances[i].text for i in packed.of_split("test")]
    if not texts:
        raise _nothing_held_out(corpus, "no held-out text.")
    voices = [OnnxVoice(engine, speaker.name) for speaker in engine.settings.speakers]
    progress.start(len(texts) * len(voices), unit="sentence")
    borders = []
    for voice in voices:
        starts: list[float] = []
        ends: list[float] = []
        for seed, text in enumerate(texts):
            speech = voice.speak(text, seed=seed)
            aligned = aligner.align(speech.samples, text, voice.name).words
            for spoken, heard in zip(speech.words, aligned, strict=True):
                starts.append(abs(heard.start - spoken.start))
                ends.append(abs(heard.end - spoken.end))
            progress.advance()
        borders.append(Borders(voice.name, tuple(starts), tuple(ends)))
    progress.close()
    return borders


def _errors(
    aligner: Aligner,
    corpus: PackedCorpus,
    indices: Sequence[int],
    voice: str,
    noise_db: float | None,
    progress: Progress,
) -> Iterator[tuple[list[float], list[float]]]:
    draw = np.random.default_rng(_SEED)
    order = draw.permutation(indices)
    for at in range(0, len(order) - JOINED + 1, JOINED):
        group = [int(i) for i in order[at : at + JOINED]]
        pieces = [corpus.audio(i) for i in group]
        joins = np.cumsum([0, *map(len, pieces)]) / MEL.sample_rate
        spans = [sounding(piece) for piece in pieces]
        texts = [corpus.utterances[i].text for i in group]
        counts = np.cumsum([0, *(len(text.split()) for text in texts)])
        audio = _noisy(np.concatenate(pieces), noise_db, draw)
        words = aligner.align(audio, " ".join(texts), voice).words
        starts, ends = [], []
        for n, (begin, stop) in enumerate(spans):
            first, last = words[counts[n]], words[counts[n + 1] - 1]
            starts.append(abs(first.start - (joins[n] + begin)))
            ends.append(abs(last.end - (joins[n] + stop)))
        progress.advance()
        yield starts, ends


def sounding(audio: Audio) -> tuple[float, float]:
    """Return from when to when a recording (T_wav,) sounds, seconds.

    >>> burst = np.concatenate([np.zeros(2200), np.ones(2200), np.zeros(2200)]).astype(np.float32)
    >>> sounding(burst)
    (0.1, 0.2)
    """
    size = round(_FRAME * MEL.sample_rate)
    frames = audio[: len(audio) // size * size].reshape(-1, size).astype(np.float64)
    level = 10 * np.log10((frames**2).mean(1) + 1e-12)
    loud = np.flatnonzero(level > np.percentile(level, 90) - _RANGE_DB)
    start, end = loud[0] * size / MEL.sample_rate, (loud[-1] + 1) * size / MEL.sample_rate
    return round(float(start), 3), round(float(end), 3)


def _nothing_held_out(corpus: Path, message: str) -> CorpusError:
    return CorpusError(message, where=str(corpus), cure="Import a corpus with a test split.")


def _middle_and_95th(seconds: Sequence[float]) -> str:
    middle, largest = 1000 * np.percentile(seconds, (50, 95))
    return f"median {middle:.0f} ms, 95th percentile {largest:.0f} ms"


def _noisy(audio: Audio, noise_db: float | None, draw: np.random.Generator) -> Audio:
    if noise_db is None:
        return audio
    rms = float(np.sqrt((audio**2).mean()))
    noise = draw.normal(0.0, rms * 10 ** (-noise_db / 20), len(audio))
    return np.asarray(audio + noise, np.float32)
