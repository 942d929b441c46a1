"""Whether questions rise and statements fall: a voice beside the person it learnt from.

A share by itself says little, for people's questions do not all rise either. So every sentence that
a speaker recorded is measured twice, as recorded and as the voice says it. Sentences that the voice
learnt from count too: held-out questions are too few to tell anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kosorong.ports import NoProgress, Progress
from kosorong.training.common import plots
from kosorong.training.common.pitch import end_slope, track
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.evaluate_speech.speakers import Talker

QUESTIONS = Path(__file__).with_name("questions.txt")
"""Questions in -과, written for this measure."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Slopes of F0 at the ends of sentences, semitones a second; unvoiced ends are left out.

    Attributes:
        statements: Of sentences that end in no question mark.
        questions: Of those that do.
    """

    statements: tuple[float, ...]
    questions: tuple[float, ...]

    @classmethod
    def of(cls, slopes: Iterable[tuple[bool, float]]) -> Ends:
        """Sort slopes by whether the sentence asks.

        >>> Ends.of([(True, 4.0), (False, -9.0), (False, float("nan"))])
        Ends(statements=(-9.0,), questions=(4.0,))
        """
        known = [(question, slope) for question, slope in slopes if not np.isnan(slope)]
        return cls(
            tuple(slope for question, slope in known if not question),
            tuple(slope for question, slope in known if question),
        )

    @property
    def falling(self) -> float | None:
        """Share of the statements that fall; None where there is none."""
        return _share(slope < 0 for slope in self.statements)

    @property
    def rising(self) -> float | None:
        """Share of the questions that rise; None where there is none."""
        return _share(slope > 0 for slope in self.questions)


@dataclass(frozen=True, slots=True)
class Melody:
    """Ends of the same sentences, as recorded and as a voice says them.

    Attributes:
        recorded: The person.
        synthetic: The voice.
    """

    recorded: Ends
    synthetic: Ends


def asks(text: str) -> bool:
    """Tell whether a sentence ends in a question mark, closing quotes and brackets apart.

    >>> asks("“어디 감수과?”"), asks("어디 감수과? 혼저 옵서.")
    (True, False)
    """
    return text.rstrip("\"'”’)」』 ").endswith("?")


def melody(
    talker: Talker,
    corpus: PackedCorpus,
    speaker: str,
    *,
    most: int = 300,
    seed: int = 0,
    progress: Progress | None = None,
) -> Melody:
    """Measure the ends of a speaker's recordings and of the same sentences as a voice says them.

    Args:
        talker: The voice.
        corpus: Recordings, whatever their split.
        speaker: Whose.
        most: Questions, and statements, at most; taken evenly over the corpus.
        seed: Seeds the voice's noise; sentence n has seed + n.
        progress: Shown on the way.
    """
    own = [i for i, utterance in enumerate(corpus.utterances) if utterance.speaker == speaker]
    texts = {i: corpus.utterances[i].text for i in own}
    chosen = [
        *_evenly([i for i in own if not asks(texts[i])], most),
        *_evenly([i for i in own if asks(texts[i])], most),
    ]
    progress = progress or NoProgress()
    progress.start(len(chosen), unit="sentence's end")
    recorded, synthetic = [], []
    for n, index in enumerate(chosen):
        question = asks(texts[index])
        audio = talker.say(texts[index], speaker, seed + n)
        recorded.append((question, end_slope(track(corpus.audio(index)))))
        synthetic.append((question, end_slope(track(audio))))
        progress.advance()
    progress.close()
    return Melody(Ends.of(recorded), Ends.of(synthetic))


def melody_of_questions(
    talker: Talker, speaker: str, *, seeds: int = 3, progress: Progress | None = None
) -> Ends:
    """Measure the ends of questions in -과, of which no recording has one.

    Args:
        talker: The voice.
        speaker: Whose.
        seeds: Readings of each, with other noise and another end drawn.
        progress: Shown on the way.
    """
    texts = QUESTIONS.read_text(encoding="utf-8").split("\n")
    texts = [text for text in texts if text] * seeds
    progress = progress or NoProgress()
    progress.start(len(texts), unit="question in -과")
    slopes = []
    for seed, text in enumerate(texts):
        slopes.append((True, end_slope(track(talker.say(text, speaker, seed)))))
        progress.advance()
    progress.close()
    return Ends.of(slopes)


def melody_table(melodies: Mapping[str, tuple[Melody, Ends]]) -> str:
    """Return a table of shares.

    Args:
        melodies: For each voice its melody and its questions in -과.
    """
    rows = ["voice  ends                     recorded         synthetic"]
    for name, (own, jeju) in melodies.items():
        kinds = (
            ("statements that fall", own.recorded.falling, own.synthetic.falling, "statements"),
            ("questions that rise", own.recorded.rising, own.synthetic.rising, "questions"),
        )
        for label, person, voice, kind in kinds:
            counts = (len(getattr(side, kind)) for side in (own.recorded, own.synthetic))
            cells = (_told(share, n) for share, n in zip((person, voice), counts, strict=True))
            rows.append(f"{name:5}  {label:23} " + "  ".join(f"{cell:>15}" for cell in cells))
        share = _told(jeju.rising, len(jeju.questions))
        rows.append(f"{name:5}  {'questions in -과 that rise':22} {'':>15}  {share:>15}")
    return "\n".join(rows)


def draw_melody(path: Path, drawn: Melody) -> None:
    """Draw histograms of the slopes as a PNG file: statements, questions."""
    panels = {
        kind: {
            "recorded": np.array(getattr(drawn.recorded, kind)),
            "synthetic": np.array(getattr(drawn.synthetic, kind)),
        }
        for kind in ("statements", "questions")
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    plots.draw_beside(path, panels, "F0 at the end, semitones a second", limits=(-60.0, 60.0))


def _told(share: float | None, count: int) -> str:
    return "–" if share is None else f"{100 * share:.1f} % of {count}"


def _share(values: Iterable[bool]) -> float | None:
    flags = list(values)
    return sum(flags) / len(flags) if flags else None


def _evenly(items: Sequence[int], most: int) -> list[int]:
    if len(items) <= most:
        return list(items)
    return [items[n * len(items) // most] for n in range(most)]
