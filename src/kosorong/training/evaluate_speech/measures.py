"""All measures of one sentence and their summary over a speaker's sentences."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from kosorong.audio.mel import log_mel
from kosorong.config import MEL
from kosorong.training.common.pitch import track
from kosorong.training.evaluate_speech.distances import (
    cepstra,
    cepstral_distortion,
    mel_distance,
    straight,
    warp,
)
from kosorong.training.evaluate_speech.durations import (
    LengthError,
    length_error,
    overlong,
    sound_seconds,
)
from kosorong.training.evaluate_speech.melody import Melody
from kosorong.training.evaluate_speech.pitch import PitchError, pitch_error
from kosorong.training.evaluate_speech.speakers import Audio, Fit, Talker
from kosorong.training.vocoder.losses import stft_distance


@dataclass(frozen=True, slots=True)
class MeasuredSound:
    """Audio with what is measured on it once.

    Attributes:
        audio: (T_wav,).
        mel: (M, T_mel).
        pitch: (T_mel,) Hz, 0 where unvoiced.
    """

    audio: Audio
    mel: NDArray[np.float32]
    pitch: NDArray[np.float64]

    @classmethod
    def of(cls, audio: Audio) -> MeasuredSound:
        """Measure audio; samples after the last whole frame are left out."""
        whole = audio[: len(audio) // MEL.hop_length * MEL.hop_length]
        return cls(whole, log_mel(whole), track(whole))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near made audio is to the recording of the same sentence.

    Attributes:
        mcd: Mel-cepstral distortion, dB.
        mel: Mean absolute difference of log-mels, nats.
        pitch: Errors of the fundamental frequency.
    """

    mcd: float
    mel: float
    pitch: PitchError


@dataclass(frozen=True, slots=True)
class MeasuredSentence:
    """What was measured on one sentence.

    Attributes:
        text: The sentence.
        recorded: The recording.
        made: What the voice said.
        copied: The recording's mel through the vocoder; None where the voice cannot.
        likeness: Made against recorded, time-warped.
        copy_likeness: Copied against recorded, frame by frame.
        copy_stft: Multi-resolution STFT distance of the copy.
        fit: The recording under the acoustic model; None where the voice has no likelihood.
        floor_likeness: What the floor said against recorded, time-warped; None without a floor.
        floor_length: Frames that the floor took; None without one.
        lengths: Frames made, as they are heard, and recorded.
        sound_seconds: Duration of each sound; empty where the voice does not tell.
        cpu_seconds: Processor time of speaking.
    """

    text: str
    recorded: MeasuredSound
    made: MeasuredSound
    copied: MeasuredSound | None
    likeness: Likeness
    copy_likeness: Likeness | None
    copy_stft: float | None
    fit: Fit | None
    floor_likeness: Likeness | None
    floor_length: int | None
    lengths: tuple[int, int]
    sound_seconds: tuple[float, ...]
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """Measures over all sentences of a speaker; NaN or None where something was not measured.

    Attributes:
        speaker: Who.
        sentences: How many.
        length: Error of total lengths.
        overlong: Share of sounds over 350 ms.
        sound_error: Mean absolute error of a sound's duration, seconds.
        nll: Mean negative log-likelihood of a recorded log-mel value, nats.
        synthetic: Mean likeness of what the voice says.
        copied: Mean likeness of copy synthesis.
        copy_stft: Mean multi-resolution STFT distance of copy synthesis.
        floor: Mean likeness of what the floor says.
        floor_length: Error of the floor's total lengths.
        melody: Ends of statements and questions.
        real_time_factor: Processor seconds for a second of speech.
    """

    speaker: str
    sentences: int
    length: LengthError
    overlong: float | None
    sound_error: float | None
    nll: float | None
    synthetic: Likeness
    copied: Likeness | None
    copy_stft: float | None
    floor: Likeness | None
    floor_length: LengthError | None
    melody: Melody | None
    real_time_factor: float


def measure(
    talker: Talker,
    text: str,
    speaker: str,
    recording: Audio,
    *,
    floor: Talker | None = None,
    seed: int = 0,
) -> MeasuredSentence:
    """Let a talker say a sentence and compare it with the recording.

    Args:
        talker: The voice.
        text: The sentence.
        speaker: Who says it.
        recording: (T_wav,) of that speaker.
        floor: Says the same as the least that can be expected.
        seed: Seeds the voice's noise.
    """
    started = time.process_time()
    audio = talker.say(text, speaker, seed)
    cpu_seconds = time.process_time() - started
    timing = talker.timing(text, speaker)
    recorded, synthetic = MeasuredSound.of(recording), MeasuredSound.of(audio)
    copy = talker.copy(recorded.mel)
    copied = None if copy is None else MeasuredSound.of(copy)
    least = None if floor is None else MeasuredSound.of(floor.say(text, speaker, seed))
    return MeasuredSentence(
        text=text,
        recorded=recorded,
        made=synthetic,
        copied=copied,
        likeness=compare(synthetic, recorded, warped=True),
        copy_likeness=None if copied is None else compare(copied, recorded, warped=False),
        copy_stft=None if copied is None else _stft(copied.audio, recorded.audio),
        fit=talker.fit(text, speaker, recorded.mel),
        floor_likeness=None if least is None else compare(least, recorded, warped=True),
        floor_length=None if least is None else least.mel.shape[1],
        lengths=(synthetic.mel.shape[1], recorded.mel.shape[1]),
        sound_seconds=tuple(sound_seconds(timing.symbols, timing.frames)) if timing else (),
        cpu_seconds=cpu_seconds,
    )


def compare(synthetic: MeasuredSound, recorded: MeasuredSound, *, warped: bool) -> Likeness:
    """Compare audio with a recording, aligned by warping or frame by frame.

    Raises:
        ValueError: One of them is empty, or lengths differ where nothing is warped.
    """
    first, second = cepstra(synthetic.mel), cepstra(recorded.mel)
    if not warped and len(first) != len(second):
        raise ValueError(f"{len(first)} frames against {len(second)}: they must be as many")
    path = warp(first, second) if warped else straight(len(first))
    return Likeness(
        cepstral_distortion(first, second, path),
        mel_distance(synthetic.mel, recorded.mel, path),
        pitch_error(synthetic.pitch, recorded.pitch, path),
    )


def summarise(
    speaker: str, sentences: Sequence[MeasuredSentence], melody: Melody | None = None
) -> Summary:
    """Sum up a speaker's sentences and the melody of the voice."""
    synthetic, recorded = zip(*(s.lengths for s in sentences), strict=True)
    seconds = [s for sentence in sentences for s in sentence.sound_seconds]
    distances = [s.copy_stft for s in sentences if s.copy_stft is not None]
    fits = [s.fit for s in sentences if s.fit is not None]
    floors = [s.floor_length for s in sentences if s.floor_length is not None]
    spoken = sum(len(s.made.audio) for s in sentences) / MEL.sample_rate
    return Summary(
        speaker=speaker,
        sentences=len(sentences),
        length=length_error(synthetic, recorded),
        overlong=overlong(seconds) if seconds else None,
        sound_error=_sound_error(fits),
        nll=float(np.mean([fit.nll for fit in fits])) if fits else None,
        synthetic=_mean([s.likeness for s in sentences]),
        copied=_mean_of_some(s.copy_likeness for s in sentences),
        copy_stft=float(np.mean(distances)) if distances else None,
        floor=_mean_of_some(s.floor_likeness for s in sentences),
        floor_length=length_error(floors, recorded) if floors else None,
        melody=melody,
        real_time_factor=sum(s.cpu_seconds for s in sentences) / max(spoken, 1e-9),
    )


def _mean_of_some(likenesses: Iterable[Likeness | None]) -> Likeness | None:
    some = [likeness for likeness in likenesses if likeness is not None]
    return _mean(some) if some else None


def _mean(likenesses: Sequence[Likeness]) -> Likeness:
    rows = [
        (k.mcd, k.mel, k.pitch.hertz, k.pitch.cents, k.pitch.gross, k.pitch.voicing)
        for k in likenesses
    ]
    table = np.array(rows)
    # A sentence without a frame voiced in both has no pitch error; it is left out of that mean.
    counted = np.isfinite(table).sum(0)
    means = np.where(counted > 0, np.nansum(table, 0) / np.maximum(counted, 1), np.nan)
    mcd, mel, hertz, cents, gross, voicing = map(float, means)
    return Likeness(mcd, mel, PitchError(hertz, cents, gross, voicing))


def _sound_error(fits: Iterable[Fit]) -> float | None:
    apart = [
        abs(predicted - recorded)
        for fit in fits
        for predicted, recorded in zip(
            sound_seconds(fit.symbols, fit.predicted),
            sound_seconds(fit.symbols, fit.aligned),
            strict=True,
        )
    ]
    return float(np.mean(apart)) if apart else None


def _stft(synthetic: Audio, recorded: Audio) -> float:
    first, second = torch.from_numpy(synthetic)[None], torch.from_numpy(recorded)[None]
    return float(stft_distance(first, second))
