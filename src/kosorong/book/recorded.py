"""A recording in place of a voice: the speakers of a transcript are heard, and nobody else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.long import LongSound, open_long
from kosorong.book.keys import key_of
from kosorong.book.manuscript import Manuscript, Take, has_takes
from kosorong.config import MEL
from kosorong.errors import InputError, KosorongError
from kosorong.ports import Speech, WordTime
from kosorong.text.cleaning import plain

Align = Callable[[NDArray[np.float32], str], Sequence[WordTime]]
"""Times the words of a text in a recording of it."""

SPEAKER = "사람 목소리"
"""Who speaks where nobody says who."""

_ENDINGS = (".wav", ".flac", ".mp3", ".m4a", ".ogg", ".opus", ".aac", ".webm", ".mp4")
_BEYOND = 1.0  # seconds that a transcript may go on behind its recording


class RecordedVoice:
    """Gives the sound of a transcript's segments; implements `kosorong.ports.Voice`.

    Args:
        sound: The recording.
        fingerprint: Short hash of it.
        speaker: Who is heard.
        align: Times words that the transcript does not time; None leaves them untimed.
    """

    synthetic = False
    """A person is heard, and marked as one."""

    def __init__(
        self, sound: LongSound, fingerprint: str, speaker: str = "", align: Align | None = None
    ) -> None:
        self.name = plain(speaker) or SPEAKER
        self.fingerprint = fingerprint
        self.credit = self.name
        self.sample_rate = sound.sample_rate
        self._sound = sound
        self._align = align

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        """Refuse: what nobody said is not made up."""
        raise InputError(
            "the recording does not hold this text.",
            where=text[:40],
            cure="Read it with a voice, without --recording.",
        )

    def key(self, take: Take, text: str) -> str:
        """Return the key of a segment's sound: its text, the recording, the times."""
        words = [(word.text, word.start, word.end) for word in take.words]
        return key_of("recorded", text, self.fingerprint, take.begin, take.end, words)

    def hear(self, take: Take, text: str) -> Speech:
        """Return the sound of a segment, its words timed by the transcript or by alignment."""
        samples = self._sound.between(take.begin, take.end)
        words: Sequence[WordTime] = take.words
        if not words and self._align is not None:
            try:
                words = self._align(samples, text)
            except KosorongError:
                words = ()  # too short, too long or unreadable: the segment is lit as a whole
        return Speech(samples, self.sample_rate, tuple(words))

    def check(self, manuscript: Manuscript) -> None:
        """Raise InputError if a manuscript is no transcript of this recording."""
        if not has_takes(manuscript):
            raise InputError(
                "the text has no times, so that its recording cannot be cut.",
                where=manuscript.title,
                cure="Give a transcript: .eaf, .TextGrid, .srt or .vtt.",
            )
        takes = (t for c in manuscript.chapters for p in c.paragraphs for t in p.takes)
        last = max(take.end for take in takes)
        if last > self._sound.seconds + _BEYOND:
            raise InputError(
                f"the transcript goes on to {last:.0f} s, the recording ends at"
                f" {self._sound.seconds:.0f} s.",
                where=manuscript.title,
                cure="Give the recording that it was written down from, whole.",
            )


@contextmanager
def open_recording(
    path: Path, speaker: str = "", align: Align | None = None
) -> Iterator[RecordedVoice]:
    """Open the recording of a transcript.

    Args:
        path: An audio file of up to twelve hours.
        speaker: Who is heard, as they wish to be named.
        align: Times words that the transcript does not time.

    Raises:
        InputError: It holds no sound that can be read.
    """
    with open_long(path, MEL.sample_rate) as sound:
        yield RecordedVoice(sound, _digest(path), speaker, align)


def recording_beside(path: Path) -> Path | None:
    """Return the sound file with a transcript's name in its folder, None where there is none."""
    for ending in _ENDINGS:
        for name in (path.with_suffix(ending), path.with_suffix(ending.upper())):
            if name.is_file():
                return name
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
