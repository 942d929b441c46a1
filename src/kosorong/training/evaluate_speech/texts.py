"""Judges a voice on texts that nobody recorded: every segment made, the odd ones listed.

A listener stumbles over single sentences, which means hide. Each segment of the texts is spoken
and compared with all others: how fast, how loud, how well understood, whether its edges click,
whether a question rises at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.book.manuscript import segments
from kosorong.book.readers import read_manuscript
from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.ports import NoProgress, Progress
from kosorong.training.common.pitch import end_slope, track
from kosorong.training.corpora.sound import speech_seconds
from kosorong.training.evaluate_speech.melody import asks
from kosorong.training.evaluate_speech.speakers import Talker
from kosorong.training.judges import Judge
from kosorong.training.judges.edits import edits
from kosorong.training.recogniser.data import sounds

Audio = NDArray[np.float32]

# Robust z beyond which a value is odd, and the error from which a segment is not understood.
_ODD, _LOST = 5.0, 0.5
# A segment of fewer sounds says nothing of pace and is rarely understood without its context.
_FEW = 6
# Spreads below these are no spread: nobody hears them (logarithm of pace, decibel).
_EVEN_PACE, _EVEN_LEVEL = 0.05, 0.5
_EDGE, _CLICK = 0.005, 0.02


@dataclass(frozen=True, slots=True)
class SpokenSegment:
    """One segment as it was spoken.

    Attributes:
        where: File and number of the segment.
        question: Whether its text ends in a question mark.
        sounds: Sounding symbols.
        pace: Seconds a sound, pauses left out; NaN where nothing sounds.
        level: RMS of the frames that sound, dBFS.
        peak: Largest absolute sample.
        edge: Largest absolute sample within 5 ms of either end.
        error: Recogniser's edits over sounds; NaN without a recogniser.
        rise: Slope of F0 over the last voiced 0.6 s, semitones a second; NaN where unvoiced.
    """

    where: str
    question: bool
    sounds: int
    pace: float
    level: float
    peak: float
    edge: float
    error: float
    rise: float


@dataclass(frozen=True, slots=True)
class TextReport:
    """What speaking texts found.

    Attributes:
        name: What spoke.
        spoken: Every segment.
        odd: Segment and what is odd about it.
    """

    name: str
    spoken: tuple[SpokenSegment, ...]
    odd: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """Return the report, odd segments by file and number."""
        every = self.spoken
        lines = [
            f"{self.name}: {len(every)} segments, {sum(s.sounds for s in every)} sounds",
            f"pace, ms a sound            {_spread([1000 * s.pace for s in every])}",
            f"level, dBFS                 {_spread([s.level for s in every])}",
            f"peak, largest               {max(s.peak for s in every):.2f}",
            f"edge, largest               {max(s.edge for s in every):.3f}",
            f"recogniser's error          {_spread([100 * s.error for s in every])} %",
            f"F0 at the end of statements {_falls(s.rise for s in every if not s.question)}",
            f"F0 at the end of questions  {_falls(s.rise for s in every if s.question)}",
            f"odd segments                {len(self.odd)}",
        ]
        return "\n".join([*lines, *(f"  {where}: {what}" for where, what in self.odd)])


def evaluate_texts(
    talker: Talker,
    speaker: str,
    paths: Sequence[Path],
    *,
    language: str = "",
    judge: Judge | None = None,
    progress: Progress | None = None,
) -> TextReport:
    """Speak every segment of texts.

    Args:
        talker: What speaks.
        speaker: As whom.
        paths: .txt, .md or .epub files.
        language: Of the texts, `ko` or `jje`; the one that the file declares where empty.
        judge: Writes down what it hears; without one nobody listens.
        progress: Shown on the way.

    Raises:
        InputError: A file cannot be read.
        CorpusError: Nothing in them sounds.
    """
    progress = progress or NoProgress()
    wanted = [
        (f"{path.name}:{n}", segment.text)
        for path in paths
        for n, segment in enumerate(segments(read_manuscript(path, language=language)), 1)
        if len(sounds(segment.text)) > 0
    ]
    if not wanted:
        raise CorpusError("nothing in these texts sounds.", cure="Name texts with words in them.")
    progress.start(len(wanted), unit="segment")
    spoken = []
    for seed, (where, text) in enumerate(wanted):
        spoken.append(_spoken(where, text, talker.say(text, speaker, seed), judge))
        progress.advance()
    progress.close()
    return TextReport(f"{talker.name} as {speaker}", tuple(spoken), tuple(_odd(spoken)))


def _spoken(where: str, text: str, audio: Audio, judge: Judge | None) -> SpokenSegment:
    sounding, edge = sounds(text), int(_EDGE * MEL.sample_rate)
    error = np.nan
    if judge is not None:
        wanted = judge.said(text)
        error = edits(judge.hear(audio).jamo, wanted) / max(1, len(wanted))
    sides = np.concatenate([audio[:edge], audio[-edge:]])
    return SpokenSegment(
        where=where,
        question=asks(text),
        sounds=len(sounding),
        pace=_pace(audio, len(sounding)),
        level=_level(audio),
        peak=float(np.abs(audio).max(initial=0.0)),
        edge=float(np.abs(sides).max(initial=0.0)),
        error=float(error),
        rise=end_slope(track(audio)),
    )


def _pace(audio: Audio, count: int) -> float:
    try:
        return speech_seconds(audio) / count
    except CorpusError:
        return float("nan")


def _level(audio: Audio) -> float:
    frames = audio[: len(audio) // MEL.hop_length * MEL.hop_length].reshape(-1, MEL.hop_length)
    power = (frames.astype(np.float64) ** 2).mean(1)
    loud = power[power > 0.01 * power.max(initial=0.0)]
    return float(10 * np.log10(loud.mean() + 1e-12)) if len(loud) else -120.0


def _odd(spoken: Sequence[SpokenSegment]) -> Iterator[tuple[str, str]]:
    long_enough = [s for s in spoken if s.sounds >= _FEW and np.isfinite(s.pace)]
    paces = _scores(_beyond_length(long_enough), _EVEN_PACE)
    levels = _scores([s.level for s in long_enough], _EVEN_LEVEL)
    for speech, pace, level in zip(long_enough, paces, levels, strict=True):
        if abs(pace) > _ODD:
            yield speech.where, f"{1000 * speech.pace:.0f} ms a sound"
        if abs(level) > _ODD:
            yield speech.where, f"level {speech.level:.1f} dBFS"
        if speech.error > _LOST:
            yield speech.where, f"recogniser errs on {100 * speech.error:.0f} %"
    for speech in spoken:
        if not np.isfinite(speech.pace):
            yield speech.where, "nothing sounds"
        if speech.peak > 0.999:
            yield speech.where, "clipped"
        if speech.edge > _CLICK:
            yield speech.where, f"an edge at {speech.edge:.3f}"


def _beyond_length(spoken: Sequence[SpokenSegment]) -> NDArray[np.float64]:
    """Return how much slower (log) each segment is than others of its length.

    Speakers draw out the last sounds before a pause (Klatt 1976), which a short segment has few
    others beside: pace is a line over the reciprocal of length, fitted to medians of tenths.
    """
    pace = np.log([s.pace for s in spoken])
    rarity = 1.0 / np.array([s.sounds for s in spoken], np.float64)
    tenths = [part for part in np.array_split(np.argsort(rarity), 10) if len(part)]
    middles = np.array([(np.median(rarity[part]), np.median(pace[part])) for part in tenths])
    if len(tenths) < 10 or np.ptp(middles[:, 0]) == 0.0:
        return np.asarray(pace - np.median(pace), np.float64)
    line = np.polyfit(middles[:, 0], middles[:, 1], 1)
    return np.asarray(pace - np.polyval(line, rarity), np.float64)


def _scores(values: Sequence[float] | NDArray[np.float64], least: float) -> NDArray[np.float64]:
    """Return robust z-scores: distance from the median over 1.48 median absolute deviations."""
    numbers = np.asarray(values, np.float64)
    if not len(numbers):
        return numbers
    distance = numbers - np.median(numbers)
    spread = max(least, float(1.4826 * np.median(np.abs(distance))))
    scores: NDArray[np.float64] = distance / spread
    return scores


def _spread(values: Sequence[float]) -> str:
    low, middle, high = np.nanpercentile(values, (5, 50, 95)) if _any(values) else [np.nan] * 3
    return f"{middle:.1f} ({low:.1f} to {high:.1f})"


def _falls(rises: Iterable[float]) -> str:
    known = [rise for rise in rises if not np.isnan(rise)]
    if not known:
        return "none voiced"
    falling = sum(rise < 0 for rise in known)
    return (
        f"falls in {falling}, rises in {len(known) - falling} (median {np.median(known):+.1f} st/s)"
    )


def _any(values: Sequence[float]) -> bool:
    return bool(np.isfinite(values).any())
