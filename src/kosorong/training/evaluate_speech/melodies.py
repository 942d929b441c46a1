"""What a voice must be asked for so that its sentences end as the person's did.

The model follows the slope that it is asked for in part, and its noise adds to it. So the person's
own slopes, by mood, are asked for; what comes of them is measured; and what is asked is turned and
shifted until as many sentences fall, or rise, as the person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from kosorong.ports import NoProgress, Progress
from kosorong.speech.settings import Speaker
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.text.mood import Mood
from kosorong.text.reading import read
from kosorong.training.common.pitch import end_slope, track
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.corpora.slopes import end_slopes

Float = NDArray[np.float64]

QUANTILES = 11
_FROM, _TO = 0.03, 0.97  # of the person's slopes; what lies beyond is a mistake of tracking
_FEWEST = 12  # recordings of a mood below which others stand for it
_FEWEST_VOICED = 8  # made sentences that end in voice, below which nothing is measured
_SENTENCES, _READINGS, _ROUNDS = 60, 3, 3
_WIDEST = 60.0  # semitones a second, either way
_GAINS = (0.4, 1.5)
# A question that falls is taken for a statement: rather some more of them rise.
_MORE_RISING = 0.03


def melodies(
    bundle: Path, corpus: PackedCorpus, folder: Path | None = None, progress: Progress | None = None
) -> dict[str, dict[str, list[float]]]:
    """Return for each voice and mood the quantiles of slopes to ask for, semitones a second.

    Args:
        bundle: A voice bundle.
        corpus: Recordings of its speakers; the training split counts.
        folder: Keeps the recordings' slopes.
        progress: Shown on the way.

    Returns:
        By voice, then mood; no voice where the model is not told of melody or has no recordings.
    """
    engine = Engine.open(bundle)
    if not engine.acoustic.has_melody:
        return {}
    slopes, moods = end_slopes(corpus, folder), _moods(corpus)
    about = {str(voice["name"]): str(voice["speaker"]) for voice in engine.bundle.config["voices"]}
    quantiles: dict[str, dict[str, list[float]]] = {}
    progress = progress or NoProgress()
    for speaker in engine.settings.speakers:
        persons = _persons(corpus, about[speaker.name], slopes, moods)
        if "statement" not in persons:
            continue
        progress.start(len(persons), unit=f"mood of {speaker.name}")
        quantiles[speaker.name] = {}
        for mood, person in persons.items():
            texts = _texts(corpus, about[speaker.name], mood, moods)
            asked = _asked(engine, speaker, mood, person, texts)
            quantiles[speaker.name][mood] = [round(float(slope), 1) for slope in asked]
            progress.advance()
        progress.close()
    return quantiles


def _moods(corpus: PackedCorpus) -> list[Mood | None]:
    """Return the mood of every utterance's last sentence; None for one that goes on."""
    ends: list[Mood | None] = []
    for utterance in corpus.utterances:
        moods = read(utterance.text).moods
        last = len(utterance.text.split()) - 1
        ends.append(moods.get(last))
    return ends


def _persons(
    corpus: PackedCorpus, speaker: str, slopes: NDArray[np.float32], moods: Sequence[Mood | None]
) -> dict[Mood, Float]:
    """Return a person's slopes by mood, of moods that they or others have recorded enough of.

    Whoever recorded few questions asks as all speakers of the corpus do together, and proposes as
    they tell.
    """
    own: dict[Mood, list[float]] = {mood: [] for mood in get_args(Mood)}
    everybody: dict[Mood, list[float]] = {mood: [] for mood in get_args(Mood)}
    for index in corpus.of_split("train"):
        mood, slope = moods[index], float(slopes[index])
        if mood and not np.isnan(slope):
            everybody[mood].append(slope)
            if corpus.utterances[index].speaker == speaker:
                own[mood].append(slope)
    if len(own["statement"]) < _FEWEST:
        return {}
    instead = {**everybody, "suggestion": own["statement"]}
    chosen = {mood: few if len(few) >= _FEWEST else instead[mood] for mood, few in own.items()}
    return {mood: np.array(some) for mood, some in chosen.items() if len(some) >= _FEWEST}


def _texts(
    corpus: PackedCorpus, speaker: str, mood: Mood, moods: Sequence[Mood | None]
) -> list[str]:
    """Return sentences of a mood to say, the speaker's own before those of others."""
    train = [index for index in corpus.of_split("train") if moods[index] == mood]
    train.sort(key=lambda index: corpus.utterances[index].speaker != speaker)
    return (
        list(dict.fromkeys(corpus.utterances[index].text for index in train))[:_SENTENCES]
        * _READINGS
    )


def _asked(
    engine: Engine, speaker: Speaker, mood: Mood, person: Float, texts: Sequence[str]
) -> Float:
    """Return the quantiles (QUANTILES,) to ask for."""
    wanted = np.quantile(person, np.linspace(_FROM, _TO, QUANTILES))
    falling = float((person < 0).mean()) - (_MORE_RISING if mood == "question" else 0.0)
    answers = [_said(engine, speaker, {mood: wanted[[end, end]]}, texts) for end in (0, -1)]
    if min(map(len, answers)) < _FEWEST_VOICED:
        return wanted
    low, high = (float(np.median(tries)) for tries in answers)
    gain = float(np.clip((high - low) / max(wanted[-1] - wanted[0], 1e-6), *_GAINS))
    asked = _bounded((wanted - low) / gain + wanted[0])
    for _ in range(_ROUNDS):
        # What is asked is shifted by what makes the wanted share of the sentences fall.
        answer = _said(engine, speaker, {mood: asked}, texts)
        asked = _bounded(asked - float(np.quantile(answer, falling)) / gain)
    return asked


def _said(
    engine: Engine, speaker: Speaker, asked: Mapping[str, Float], texts: Sequence[str]
) -> Float:
    """Return the slopes (N,) of the texts that end in voice."""
    melody = {mood: tuple(map(float, slopes)) for mood, slopes in asked.items()}
    voice = OnnxVoice(engine, about=replace(speaker, melody=melody))
    slopes = [end_slope(track(voice.speak(text, seed=n).samples)) for n, text in enumerate(texts)]
    return np.array([slope for slope in slopes if not np.isnan(slope)])


def _bounded(slopes: Float) -> Float:
    return np.clip(slopes, -_WIDEST, _WIDEST)
