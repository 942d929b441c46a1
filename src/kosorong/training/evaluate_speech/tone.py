"""How bright a voice is beside the recordings it learnt from, and what makes up for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import log_mel
from kosorong.config import MEL
from kosorong.ports import Voice
from kosorong.speech.evenness import powers
from kosorong.speech.settings import Speaker
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.training.corpora.packed import PackedCorpus

Float = NDArray[np.float64]

_SENTENCES, _ROUNDS = 32, 4
# Neighbouring channels over which a difference is smoothed, and the most that is made up for.
_SMOOTH = np.array([1.0, 2.0, 1.0]) / 4.0
_MOST_DB = 6.0
_SPEECH_DB = 40.0


def spectrum(mels: list[NDArray[np.float32]]) -> Float:
    """Return the mean power of speech in each channel (M,), decibels, of all power together.

    Args:
        mels: Log-mels (T_mel, M); pauses do not count.
    """
    kept = []
    for mel in mels:
        level = powers(mel)
        kept.append(mel[level > np.percentile(level, 95) - _SPEECH_DB])
    power = np.exp(2.0 * np.concatenate(kept).astype(np.float64)).mean(axis=0)
    decibels: Float = 10.0 * np.log10(power / power.sum())
    return decibels


Say: TypeAlias = Callable[[str, int], NDArray[np.float32]]
"""Reads a text with a seed: (T_wav,)."""


def say_of(voice: Voice) -> Say:
    """Return how a voice says things."""
    return lambda text, seed: voice.speak(text, seed=seed).samples


def difference(say: Say, corpus: PackedCorpus, indices: list[int]) -> Float:
    """Return by how much recordings are stronger than a voice in each channel (M,), decibels."""
    recorded = [corpus.mel(i).T for i in indices]
    spoken = [log_mel(say(corpus.utterances[i].text, i)).T for i in indices]
    return spectrum(recorded) - spectrum(spoken)


def tone_of(
    toned: Callable[[tuple[float, ...]], Say], corpus: PackedCorpus, speaker: str
) -> tuple[float, ...]:
    """Return what to add to a voice's log-mels, nepers (M,); nothing where nobody recorded it.

    Args:
        toned: Gives the voice with a tone.
        corpus: Recordings; the training split is compared.
        speaker: Name in the corpus.
    """
    own = [i for i in corpus.of_split("train") if corpus.utterances[i].speaker == speaker]
    indices = own[:: max(1, len(own) // _SENTENCES)][:_SENTENCES]
    if not indices:
        return ()
    tone = np.zeros(MEL.n_mels)
    for _ in range(_ROUNDS):
        missing = np.pad(difference(toned(tuple(tone)), corpus, indices), 1, "edge")
        missing = np.convolve(missing, _SMOOTH, "valid")
        tone = np.clip(tone + missing / 20.0 * np.log(10.0), *_bounds())
    return tuple(round(float(level), 3) for level in tone)


def tones(bundle: Path, corpus: PackedCorpus) -> dict[str, list[float]]:
    """Return for each voice of a bundle that has recordings its tone; see `tone_of`."""
    engine, by_voice = Engine.open(bundle), {}
    about = {str(voice["name"]): str(voice["speaker"]) for voice in engine.bundle.config["voices"]}
    for speaker in engine.settings.speakers:

        def toned(tone: tuple[float, ...], speaker: Speaker = speaker) -> Say:
            return say_of(OnnxVoice(engine, about=replace(speaker, tone=tone)))

        if tone := tone_of(toned, corpus, about[speaker.name]):
            by_voice[speaker.name] = list(tone)
    return by_voice


def _bounds() -> tuple[float, float]:
    most = _MOST_DB / 20.0 * float(np.log(10.0))
    return -most, most
