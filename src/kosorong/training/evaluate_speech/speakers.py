"""What can be made to speak for an evaluation: training runs or served voices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kosorong.config import MEL
from kosorong.errors import TrainingError
from kosorong.ports import Voice
from kosorong.speech.evenness import even
from kosorong.speech.glow_tts import LONGEST_SYMBOL, whole_frames
from kosorong.speech.pieces import Piece, cut
from kosorong.speech.planning import Plan, planned
from kosorong.speech.voice import Engine, OnnxVoice, bounded
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, NO_WORD, intersperse
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.evaluate_speech.flow import (
    Flow,
    aligned_frames,
    negative_log_likelihood,
)
from kosorong.training.evaluate_speech.ladder import Tied
from kosorong.training.evaluate_speech.tone import Say, tone_of
from kosorong.training.export.checkpoints import load_acoustic, load_vocoder
from kosorong.training.export.int8_calibration import duration_scales
from kosorong.training.glow_tts.data import AcousticData
from kosorong.training.glow_tts.model import Likelihood

Audio = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a voice dwells on each symbol.

    Attributes:
        symbols: What it reads, (T_text) ids, edges, marks and blanks among them.
        frames: Duration of each as it is heard, its pauses made even (T_text).
    """

    symbols: tuple[int, ...]
    frames: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How a recording lies under the acoustic model when its text is known.

    Attributes:
        nll: Negative log-likelihood of a log-mel value, nats, as a training's validation has it.
        symbols: (T_text) ids.
        aligned: Frames of each symbol in the recording, by the model's own alignment (T_text).
        predicted: Frames that the voice would give them (T_text).
    """

    nll: float
    symbols: tuple[int, ...]
    aligned: tuple[int, ...]
    predicted: tuple[int, ...]


class Talker(ABC):
    """Role: reads sentences as a speaker, and copies recordings through its vocoder."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What is judged, for the report."""

    @abstractmethod
    def say(self, text: str, speaker: str, seed: int) -> Audio:
        """Read a sentence: (T_wav,) in [-1, 1]."""

    def timing(self, text: str, speaker: str) -> Timing | None:
        """Return the durations a sentence is read with; None where the voice does not tell."""
        return None

    def fit(self, text: str, speaker: str, mel: NDArray[np.float32]) -> Fit | None:
        """Score a recording's log-mel (M, T_mel); None where there is no likelihood."""
        return None

    def copy(self, mel: NDArray[np.float32]) -> Audio | None:
        """Make audio of a recording's log-mel (M, T_mel); None where that is not possible."""
        return None

    def tie(self, text: str, speaker: str, mel: NDArray[np.float32]) -> Tied | None:
        """See `kosorong.training.evaluate_speech.ladder.Climber`; None where there is no latent."""
        return None

    def sound(self, tied: Tied, latent: NDArray[np.float32]) -> Audio:
        """See `kosorong.training.evaluate_speech.ladder.Climber`."""
        raise NotImplementedError(f"{self.name} ties no recording to a text")


class RunTalker(Talker):
    """The averaged weights of training runs, before any bundle exists.

    Args:
        acoustic: Run of `kosorong train acoustic`.
        vocoder: Run of `kosorong train vocoder`.
        newest: Take the newest checkpoints instead of the best ones.
        noise_scale: Standard deviation of the latent's noise.

    Raises:
        TrainingError: A run has no good checkpoint, or one for other symbols or mels.
    """

    def __init__(
        self, acoustic: Path, vocoder: Path, *, newest: bool = False, noise_scale: float = 0.333
    ) -> None:
        trained, copier = (
            load_acoustic(acoustic, newest=newest),
            load_vocoder(vocoder, newest=newest),
        )
        self._speakers = list(trained.speakers)
        self._acoustic, self._vocoder = trained.model, copier.model
        self._name = f"{acoustic.name} at step {trained.step}, {vocoder.name} at step {copier.step}"
        self._noise_scale = noise_scale
        self._scales: dict[str, float] = {}
        self._tones: dict[str, tuple[float, ...]] = {}

    def calibrate(self, corpus: PackedCorpus, speakers: Iterable[str]) -> None:
        """Measure pace and tone on the training split, as the export of a bundle does."""
        config, speakers = self._acoustic.config, list(speakers)
        data = AcousticData(corpus, blanks=config.blanks, squeeze=config.decoder.squeeze)
        self._scales = duration_scales(self._acoustic, data, speakers)
        for name in speakers:
            self._tones[name] = tone_of(partial(self._toned, name), corpus, name)

    def _toned(self, speaker: str, tone: tuple[float, ...]) -> Say:
        self._tones[speaker] = tone
        return lambda text, seed: self.say(text, speaker, seed)

    @property
    def name(self) -> str:
        """The runs and their steps."""
        return self._name

    def say(self, text: str, speaker: str, seed: int) -> Audio:
        """See `Talker.say`.

        Raises:
            TrainingError: The acoustic model does not know the speaker.
        """
        parts = []
        for piece, plan in self._plans(text, speaker, seed):
            sound = self.copy(plan.even.mel.T)[plan.begin : plan.end]
            parts.append(bounded(sound * plan.even.gain))
            parts.append(np.zeros(round(piece.pause * MEL.sample_rate), np.float32))
        return np.concatenate(parts)

    def timing(self, text: str, speaker: str) -> Timing:
        """See `Talker.timing`; a pause between two pieces counts for the edge before it."""
        return _timing(self._plans(text, speaker, 0))

    def fit(self, text: str, speaker: str, mel: NDArray[np.float32]) -> Fit | None:
        """See `Talker.fit`; None where the recording is too short for the text."""
        tied = self.tie(text, speaker, mel)
        if tied is None:
            return None
        condition: Likelihood = tied.condition
        frames = condition.log_durations[0].double().exp().numpy() * self._scales.get(speaker, 1.0)
        predicted = whole_frames(frames).tolist()
        return Fit(
            float(condition.nll), tied.symbols, tuple(tied.frames.tolist()), tuple(predicted)
        )

    @torch.no_grad()
    def tie(self, text: str, speaker: str, mel: NDArray[np.float32]) -> Tied | None:
        """See `Talker.tie`; None where the recording is too short for the text."""
        symbols, squeeze = self._symbols(text), self._acoustic.config.decoder.squeeze
        whole = mel[:, : mel.shape[1] // squeeze * squeeze]
        if whole.shape[1] < len(symbols):
            return None
        likelihood = self._acoustic.likelihood(
            torch.tensor([symbols]),
            torch.tensor([len(symbols)]),
            torch.from_numpy(np.ascontiguousarray(whole))[None],
            torch.tensor([whole.shape[1]]),
            torch.tensor([self._index(speaker)]),
        )
        return Tied(
            symbols,
            likelihood.alignment[0].sum(1).long().numpy(),
            likelihood.latent[0].T.numpy(),
            likelihood.mean[0].T.numpy(),
            self._index(speaker),
            condition=likelihood,
        )

    @torch.no_grad()
    def sound(self, tied: Tied, latent: NDArray[np.float32]) -> Audio:
        """See `Talker.sound`."""
        rows = torch.from_numpy(np.ascontiguousarray(latent.T))[None]
        mask = torch.ones(1, 1, rows.shape[2])
        condition: Likelihood = tied.condition
        mel = self._acoustic.decoder.inverse(rows, mask, condition.speaker, condition.text)
        tone = self._tones.get(self._speakers[tied.speaker], ())
        evened = even(mel[0].numpy().T, tied.symbols, tied.frames, tone=tone)
        return bounded(self.copy(evened.mel.T) * evened.gain)

    @torch.no_grad()
    def copy(self, mel: NDArray[np.float32]) -> Audio:
        """See `Talker.copy`."""
        rows = torch.from_numpy(np.ascontiguousarray(mel))[None]
        samples: Audio = self._vocoder(rows)[0].clamp(-1.0, 1.0).numpy()
        return samples

    def _plans(self, text: str, speaker: str, seed: int) -> Iterator[tuple[Piece, Plan]]:
        """Yield the pieces of a text as a bundle's voice would say them."""
        torch.manual_seed(seed)
        reading, tone = read(text), self._tones.get(speaker, ())
        for piece in cut(reading.symbols, reading.words):
            symbols, words = piece.symbols, piece.words
            if self._acoustic.config.blanks:
                symbols, words = intersperse(symbols, BLANK_ID), intersperse(words, NO_WORD)
            mel, frames = self._mel(symbols, speaker)
            yield piece, planned(mel, symbols, words, frames, tone=tone)

    @torch.no_grad()
    def _mel(
        self, symbols: Sequence[int], speaker: str
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        mel, frames = self._acoustic.speak(
            torch.tensor([symbols]),
            torch.tensor([self._index(speaker)]),
            noise_scale=self._noise_scale,
            length_scale=self._scales.get(speaker, 1.0),
        )
        return mel[0].numpy().T, frames.numpy()

    def _symbols(self, text: str) -> tuple[int, ...]:
        symbols = read(text).symbols
        return intersperse(symbols, BLANK_ID) if self._acoustic.config.blanks else symbols

    def _index(self, speaker: str) -> int:
        if speaker not in self._speakers:
            raise TrainingError(
                f"the acoustic model has no speaker {speaker!r}.",
                cure=f"It has: {', '.join(self._speakers)}.",
            )
        return self._speakers.index(speaker)


class VoiceTalker(Talker):
    """Served voices, one for each speaker; durations and copies are not known of them.

    Args:
        name: For the report.
        voices: Speaker -> voice.
    """

    def __init__(self, name: str, voices: Mapping[str, Voice]) -> None:
        self._name, self._voices = name, voices

    @property
    def name(self) -> str:
        """As given."""
        return self._name

    def say(self, text: str, speaker: str, seed: int) -> Audio:
        """See `Talker.say`.

        Raises:
            TrainingError: There is no voice for the speaker.
        """
        if speaker not in self._voices:
            raise TrainingError(
                f"there is no voice {speaker!r} in {self._name}.",
                cure=f"There are: {', '.join(self._voices)}.",
            )
        return self._voices[speaker].speak(text, seed=seed).samples


class BundleTalker(VoiceTalker):
    """All voices of a voice bundle, with durations and copies, on one thread.

    Args:
        path: The bundle.

    Raises:
        BundleError: It is missing, damaged or made for something else.
    """

    def __init__(self, path: Path) -> None:
        self._engine = Engine.open(path, threads=1)
        self._speakers = {speaker.name: speaker for speaker in self._engine.settings.speakers}
        self._path = path
        bundle = self._engine.bundle
        self._onnx = {name: OnnxVoice(self._engine, name) for name in self._speakers}
        super().__init__(f"bundle {bundle.info.name}, {bundle.fingerprint}", self._onnx)

    @property
    def speakers(self) -> tuple[str, ...]:
        """The bundle's voices, its default one first."""
        default = self._engine.settings.default
        return tuple(sorted(self._speakers, key=lambda name: name != default))

    def timing(self, text: str, speaker: str) -> Timing:
        """See `Talker.timing`; a pause between two pieces counts for the edge before it."""
        return _timing(self._onnx[speaker].plans(text))

    def fit(self, text: str, speaker: str, mel: NDArray[np.float32]) -> Fit | None:
        """See `Talker.fit`; None where the recording is too short for the text."""
        tied = self.tie(text, speaker, mel)
        if tied is None:
            return None
        nll = negative_log_likelihood(tied.latent, tied.log_volume, tied.means)
        predicted = self._frames(tied.symbols, speaker)
        return Fit(nll, tied.symbols, tuple(tied.frames.tolist()), tuple(predicted))

    def tie(self, text: str, speaker: str, mel: NDArray[np.float32]) -> Tied | None:
        """See `Talker.tie`; None where the recording is too short for the text."""
        settings, about = self._engine.settings, self._speakers[speaker]
        symbols = read(text).symbols
        if settings.blanks:
            symbols = intersperse(symbols, BLANK_ID)
        rows = np.ascontiguousarray(mel.T[: mel.shape[1] // settings.squeeze * settings.squeeze])
        if len(rows) < len(symbols):
            return None
        acoustic = self._engine.acoustic
        encoded = acoustic.encode(symbols, about.index)
        # The search goes by the flow that is told nothing, what is measured by the one that speaks.
        latent, volume = self._flow.run(rows, about.index)
        aligned = aligned_frames(encoded.means, latent)
        prior = acoustic.prior(encoded, aligned, about.index)
        if prior.text is not None:
            latent, volume = self._flow.run(rows, about.index, prior.text)
        return Tied(
            symbols, aligned, latent, prior.means, about.index, log_volume=volume, condition=prior
        )

    def sound(self, tied: Tied, latent: NDArray[np.float32]) -> Audio:
        """See `Talker.sound`."""
        mel = self._engine.acoustic.decode(latent, tied.speaker, tied.condition.text)
        tone = next(known.tone for known in self._speakers.values() if known.index == tied.speaker)
        evened = even(mel, tied.symbols, tied.frames, tone=tone)
        return bounded(self._engine.vocoder.audio(evened.mel) * evened.gain)

    def copy(self, mel: NDArray[np.float32]) -> Audio:
        """See `Talker.copy`."""
        return self._engine.vocoder.audio(np.ascontiguousarray(mel.T))

    @cached_property
    def _flow(self) -> Flow:
        # Only likelihoods need it, and it takes a moment to load.
        return Flow(self._path)

    def _frames(self, symbols: Sequence[int], speaker: str) -> list[int]:
        about = self._speakers[speaker]
        logs = self._engine.acoustic.encode(symbols, about.index).log_durations
        frames = np.minimum(np.exp(logs.astype(np.float64)), LONGEST_SYMBOL)
        return [int(n) for n in whole_frames(frames * about.duration_scale)]


def _timing(plans: Iterable[tuple[Piece, Plan]]) -> Timing:
    symbols: list[int] = []
    frames: list[int] = []
    for piece, plan in plans:
        symbols += plan.symbols
        frames += plan.even.durations.tolist()
        frames[-1] += round(piece.pause * MEL.frames_per_second)
    return Timing(tuple(symbols), tuple(frames))
