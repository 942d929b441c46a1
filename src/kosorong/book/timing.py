"""When each segment and each word sounds, counted in samples from the start of its chapter.

Lengths come from the voice's own durations; nothing is estimated. Sums are exact because they are
sums of whole samples, and become milliseconds only when they are written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kosorong.audio.aac import FRAME, frames_of
from kosorong.book.options import Pauses
from kosorong.book.records import Finished
from kosorong.ports import WordTime

# What may stand behind the mark that ends a sentence.
_CLOSERS = "\"'”’」』》〉)]} "
_ENDINGS = tuple(".!?…。！？‥~")


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment and its place in the chapter's sound.

    Attributes:
        finished: The segment.
        start: First sample.
        silence: Samples of silence after it.
    """

    finished: Finished
    start: int
    silence: int

    @property
    def end(self) -> int:
        """Sample at which the next segment begins."""
        return self.start + self.finished.samples + self.silence


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a chapter's sound.

    Attributes:
        begin: Milliseconds from the start of the chapter.
        end: Milliseconds, later than `begin`.
    """

    begin: int
    end: int


def timeline(finished: Iterable[Finished], pauses: Pauses, sample_rate: int) -> Iterator[Placed]:
    """Place the segments of one chapter one after another, each at the beginning of a frame.

    A pause is therefore up to half a frame longer or shorter than asked for, and never so short
    that two takes touch: see `kosorong.audio.aac`.

    Args:
        finished: The chapter's segments in order.
        pauses: Silence, seconds.
        sample_rate: Hz.

    Yields:
        Each segment with its start and the silence after it, samples.
    """
    start = 0
    before: Finished | None = None
    for segment in finished:
        if before is not None:
            pause = pause_between(before, segment, pauses) * sample_rate
            silence = silence_after(before.samples, pause)
            yield Placed(before, start, silence)
            start += before.samples + silence
        before = segment
    if before is not None:
        silence = silence_after(before.samples, pauses.chapter * sample_rate)
        yield Placed(before, start, silence)


def silence_after(samples: int, pause: float) -> int:
    """Return the silence behind a take that comes nearest to a pause and ends on a frame.

    Args:
        samples: Length of the take.
        pause: Samples asked for.

    >>> silence_after(1000, 3000.0), silence_after(1000, 0.0)
    (3096, 2072)
    """
    frames = max(round((samples + pause) / FRAME), frames_of(samples))
    return frames * FRAME - samples


def pause_between(before: Finished, after: Finished, pauses: Pauses) -> float:
    """Return the seconds of silence between two segments of a chapter."""
    left, right = before.planned, after.planned
    # A paragraph that was passed over is an ornament between scenes.
    if right.paragraph > left.paragraph + 1:
        return pauses.scene
    if left.ends_paragraph or right.paragraph != left.paragraph:
        return pauses.heading if left.kind == "heading" else pauses.paragraph
    if left.kind in ("body", "quote") and not ends_sentence(left.text):
        return pauses.clause
    return pauses.sentence


def ends_sentence(text: str) -> bool:
    """Say whether a text ends with the mark of a sentence's end.

    >>> ends_sentence('"그래."'), ends_sentence("그러나,")
    (True, False)
    """
    return text.rstrip(_CLOSERS).endswith(_ENDINGS)


def fitting_words(text: str, words: Iterable[WordTime], seconds: float) -> tuple[WordTime, ...]:
    """Return a voice's word times made fit for use.

    Args:
        text: The written segment.
        words: What the voice returned.
        seconds: Length of the segment's audio.

    Returns:
        One entry for each white-space word, inside the audio and never going back; nothing where
        the voice did not time each word.

    >>> fitting_words("가 나", [WordTime("가", -0.1, 0.4), WordTime("나", 0.3, 9.0)], 1.0)[1].end
    1.0
    """
    timed = tuple(words)
    if [word.text for word in timed] != text.split():
        return ()
    fitted = []
    at = 0.0
    for word in timed:
        start = min(max(word.start, at), seconds)
        at = min(max(word.end, start), seconds)
        fitted.append(WordTime(word.text, start, at))
    return tuple(fitted)


def clips(placed: Placed, sample_rate: int) -> tuple[Clip | None, tuple[Clip | None, ...]]:
    """Return the clip of a segment and those of its words, for read-along.

    Players jump from clip to clip: a gap between two clips would swallow the pause. So the clips
    touch: each word lasts until the next begins, the last one through the silence after it.

    Args:
        placed: The segment.
        sample_rate: Hz.

    Returns:
        The segment's clip (None where it lasts under a millisecond) and one entry for each word,
        None where rounding leaves it no room.
    """
    begin, end = _ms(placed.start, sample_rate), _ms(placed.end, sample_rate)
    if end <= begin:
        return None, tuple(None for _ in placed.finished.words)
    starts = [begin]
    for word in placed.finished.words[1:]:
        at = _ms(placed.start + round(word.start * sample_rate), sample_rate)
        starts.append(min(max(at, starts[-1] + 1), end))
    edges = [*starts, end]
    words = tuple(Clip(left, right) if right > left else None for left, right in pairwise(edges))
    return Clip(begin, end), words if placed.finished.words else ()


def _ms(samples: int, sample_rate: int) -> int:
    return round(samples * 1000 / sample_rate)


def clock(milliseconds: int) -> str:
    """Return a time as WebVTT and SMIL write it.

    >>> clock(3_723_004)
    '01:02:03.004'
    """
    seconds, ms = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"
