"""What a judge understands of a voice, rung by rung from the recordings down to what is served."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import log_mel
from kosorong.ports import NoProgress, Progress
from kosorong.training.evaluate_speech.intervals import ErrorTally
from kosorong.training.evaluate_speech.ladder import FLOOR, RECORDED, SERVED, climb
from kosorong.training.evaluate_speech.speakers import Talker
from kosorong.training.judges import HeardText, Judge
from kosorong.training.judges.edits import edits, misheard_onsets

Audio = NDArray[np.float32]

# Seeds of one sentence lie so far apart that no two sentences share one.
_APART = 10_000


@dataclass(frozen=True, slots=True)
class HeldOutRecording:
    """A held-out sentence.

    Attributes:
        id: In the corpus.
        text: What is said.
        audio: (T_wav,).
    """

    id: str
    text: str
    audio: Audio


@dataclass(frozen=True, slots=True)
class Listened:
    """One sentence as a judge heard it.

    Attributes:
        id: Of the sentence in the corpus.
        text: What is said.
        said: Its jamo.
        heard: Rung -> what was heard; as served once for each seed.
        wrong: Rung -> edits of each hearing.
    """

    id: str
    text: str
    said: tuple[str, ...]
    heard: Mapping[str, tuple[HeardText, ...]]
    wrong: Mapping[str, tuple[int, ...]]

    def tally(self, rung: str) -> ErrorTally:
        """Return all hearings of a rung together."""
        return ErrorTally(sum(self.wrong[rung]), len(self.said) * len(self.wrong[rung]))


@dataclass(frozen=True, slots=True)
class Confusion:
    """An onset that is heard as another.

    Attributes:
        said: The onset, as it is typed.
        heard: What stands in its place, "" where nothing does.
        served: How often in one reading of all sentences by the voice.
        recorded: How often in the recordings.
    """

    said: str
    heard: str
    served: float
    recorded: float


@dataclass(frozen=True)
class Understood:
    """A speaker's sentences as a judge heard them.

    Attributes:
        speaker: Whose recordings and voice.
        seeds: How often each sentence was served.
        sentences: All of them.
    """

    speaker: str
    seeds: int
    sentences: tuple[Listened, ...]

    @cached_property
    def tallies(self) -> dict[str, list[ErrorTally]]:
        """Rung -> in order the sentences that have it: not every one can be tied to its text."""
        rungs = dict.fromkeys(rung for sentence in self.sentences for rung in sentence.heard)
        return {
            rung: [sentence.tally(rung) for sentence in self.sentences if rung in sentence.heard]
            for rung in rungs
        }

    def base(self, rung: str) -> list[ErrorTally]:
        """Return the recordings of the sentences that have a rung."""
        return [sentence.tally(RECORDED) for sentence in self.sentences if rung in sentence.heard]

    def worst(self, most: int = 8) -> list[Listened]:
        """Return the sentences of which the voice loses most against their recordings."""

        def lost(sentence: Listened) -> float:
            return float(np.mean(sentence.wrong[SERVED])) - sentence.wrong[RECORDED][0]

        return [
            sentence
            for sentence in sorted(self.sentences, key=lost, reverse=True)
            if lost(sentence) > 0
        ][:most]

    def confusions(self) -> list[Confusion]:
        """Return misheard onsets, first those that the voice adds most often to the recordings'."""
        served, recorded = (self._onsets(rung) for rung in (SERVED, RECORDED))
        confusions = [
            Confusion(*pair, served[pair] / self.seeds, float(recorded[pair]))
            for pair in {**served, **recorded}
        ]
        return sorted(
            confusions,
            key=lambda confusion: (
                confusion.recorded - confusion.served,
                confusion.said,
                confusion.heard,
            ),
        )

    def _onsets(self, rung: str) -> Counter[tuple[str, str]]:
        return Counter(
            pair
            for sentence in self.sentences
            for heard in sentence.heard[rung]
            for pair in misheard_onsets(heard.jamo, sentence.said)
        )


def served_by(speaker: str) -> str:
    """Return the rung of another voice that says the same texts.

    >>> served_by("kih")
    'served by kih'
    """
    return f"{SERVED} by {speaker}"


def listen(
    talker: Talker,
    judge: Judge,
    speaker: str,
    recordings: Sequence[HeldOutRecording],
    *,
    others: Sequence[str] = (),
    floor: Talker | None = None,
    seeds: int = 5,
    seed: int = 0,
    progress: Progress | None = None,
) -> Understood:
    """Let a judge hear recordings, every rung below them, and the voice.

    Args:
        talker: The voice.
        judge: Who listens.
        speaker: Whose recordings they are.
        recordings: Held-out sentences.
        others: Voices of the talker that say the same texts.
        floor: Says them as the least that can be expected.
        seeds: How often each sentence is served, each time with other noise.
        seed: Sentence n is served with seed + n, and seeds ten thousand further on.
        progress: Advanced by each sentence.
    """
    progress = progress or NoProgress()
    listened = []
    for n, recording in enumerate(recordings):
        noises = [seed + n + _APART * k for k in range(seeds)]
        sounds: dict[str, list[Audio]] = {RECORDED: [recording.audio]}
        for rung, audio in climb(talker, recording.text, speaker, log_mel(recording.audio)).items():
            sounds[rung] = [audio]
        for name in (speaker, *others):
            rung = SERVED if name == speaker else served_by(name)
            sounds[rung] = [talker.say(recording.text, name, noise) for noise in noises]
        if floor is not None:
            sounds[FLOOR] = [floor.say(recording.text, speaker, seed + n)]
        wanted = judge.said(recording.text)
        heard = {rung: tuple(map(judge.hear, audios)) for rung, audios in sounds.items()}
        wrong = {rung: tuple(edits(h.jamo, wanted) for h in hear) for rung, hear in heard.items()}
        listened.append(Listened(recording.id, recording.text, wanted, heard, wrong))
        progress.advance()
    return Understood(speaker, seeds, tuple(listened))
