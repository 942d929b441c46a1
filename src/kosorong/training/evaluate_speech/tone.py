"""How bright a voice is beside the recordings it learnt from, and what makes up for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import log_mel
from kosorong.config import MEL
from kosorong.ports import Voice
from kosorong.speech.evenness import powers
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.training.corpora.packed import Packed

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


def difference(voice: Voice, corpus: Packed, indices: list[int]) -> Float:
    """Return by how much recordings are stronger than the voice in each channel (M,), decibels."""
    recorded = [corpus.mel(i).T for i in indices]
    spoken = [log_mel(voice.speak(corpus.utterances[i].text, seed=i).samples).T for i in indices]
    return spectrum(recorded) - spectrum(spoken)


def tones(bundle: Path, corpus: Packed) -> dict[str, list[float]]:
    """Return for each voice that has recordings what to add to its log-mels, nepers (M,).

    Args:
        bundle: A voice bundle without tones.
        corpus: Recordings; the training split is compared.
    """
    engine, found = Engine.open(bundle), {}
    about = {str(one["name"]): str(one["speaker"]) for one in engine.bundle.config["voices"]}
    for speaker in engine.settings.speakers:
        own = [
            i
            for i in corpus.of_split("train")
            if corpus.utterances[i].speaker == about[speaker.name]
        ]
        indices = own[:: max(1, len(own) // _SENTENCES)][:_SENTENCES]
        if not indices:
            continue
        tone = np.zeros(MEL.n_mels)
        for _ in range(_ROUNDS):
            voice = OnnxVoice(engine, about=replace(speaker, tone=tuple(tone)))
            missing = np.pad(difference(voice, corpus, indices), 1, "edge")
            missing = np.convolve(missing, _SMOOTH, "valid")
            tone = np.clip(tone + missing / 20.0 * np.log(10.0), *_bounds())
        found[speaker.name] = [round(float(one), 3) for one in tone]
    return found


def _bounds() -> tuple[float, float]:
    most = _MOST_DB / 20.0 * float(np.log(10.0))
    return -most, most
