"""Small deterministic parts for the book's tests, and a program that makes a book with them.

Run as a program it makes a book in the folder it is given, so that a test can kill it:
    python book_fakes.py FOLDER [SECONDS_TO_SLEEP_FOR_EACH_SEGMENT]
"""

import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, Skipped
from kosorong.book.options import BookOptions
from kosorong.book.produce import Book, produce
from kosorong.ports import (
    Link,
    NoProgress,
    Progress,
    Speech,
    Translation,
    Translator,
    Voice,
    WordTime,
)

RATE = 22_050
WORD_SECONDS = 0.2


class FakeVoice:
    """Says each word as a tone of 0.2 s with a little seeded noise; its times are exact."""

    name = "tone"
    sample_rate = RATE
    credit = "FakeVoice, CC BY 4.0, made for tests"

    def __init__(self, fingerprint: str = "voice-1", sleep: float = 0.0) -> None:
        self.fingerprint = fingerprint
        self.sleep = sleep
        self.read: list[str] = []

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        time.sleep(self.sleep)
        self.read.append(text)
        words = (spoken or text).split()
        length = int(WORD_SECONDS * RATE / speed)
        rng = np.random.default_rng(seed)
        sound = np.zeros(length * len(words), np.float32)
        times = []
        for i, word in enumerate(words):
            pitch = 200 + zlib.crc32(word.encode()) % 300
            tone = 0.2 * np.sin(2 * np.pi * pitch / RATE * np.arange(length))
            noise = 0.01 * rng.standard_normal(length)
            sound[i * length : (i + 1) * length] = tone + noise
            times.append(WordTime(word, i * length / RATE, (i + 1) * length / RATE))
        said = ("漢: 읽을 수 없는 글자",) if "漢" in text else ()
        return Speech(sound, RATE, tuple(times), said)


class FakeTranslator:
    """Puts a mark on each word, or takes it away."""

    def __init__(self, fingerprint: str = "translator-1") -> None:
        self.fingerprint = fingerprint
        self.calls: list[list[str]] = []

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str = "ko",
        target: str = "jje",
        spelling: str = "araea",
        strength: float = 1.0,
    ) -> list[Translation]:
        self.calls.append(list(texts))
        return [self._one(text, target) for text in texts]

    def _one(self, text: str, target: str) -> Translation:
        words = text.split()
        if target == "jje":
            out = ["ᄒᆞ" + word for word in words]
        else:
            out = [word.removeprefix("ᄒᆞ") for word in words]
        links = tuple(Link(i, i, 1.0) for i in range(len(words)))
        return Translation(" ".join(out), links, 0.9, "fake")


class CountingProgress(NoProgress):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.lines = []
        self.total = self.before = self.advanced = 0

    def start(self, total: int, done: int = 0, unit: str = "segment") -> None:
        self.total, self.before = total, done

    def advance(self, n: int = 1) -> None:
        self.advanced += n


def manuscript(language: str = "ko", chapters: int = 2, **fields: Any) -> Manuscript:
    """A small book: headings, dialogue, verse, a scene break, a note, markup in a title."""
    made = [
        Chapter(
            f"{n}장 <돌 & 바람>",
            1 if n != 2 else 2,
            (
                Paragraph(f"{n}장 <돌 & 바람>", "heading"),
                Paragraph(f"{n}번째 날 아침에 눈이 왔다. 바람도 불었다. “추우냐?” 물었다."),
                Paragraph("* * *", "break"),
                Paragraph("돌담 위에 새가 앉았다. 새는 울지 않았다."),
                Paragraph("바당아 바당아\n어디로 가느냐", "verse"),
            ),
            notes=("이 노래는 전해 온다.",) if n == 1 else (),
        )
        for n in range(1, chapters + 1)
    ]
    given = {"title": "돌과 바람", "author": "아무개", **fields}
    skipped = (Skipped("story.txt:3", "漢", "letter without a sound"),)
    return Manuscript(language=language, chapters=tuple(made), skipped=skipped, **given)


def long_manuscript(segments: int) -> Manuscript:
    """A book of one chapter with many different short sentences."""
    text = (Paragraph(f"{n}번째 말이다. 이어지는 {n} 이야기다.") for n in range(segments // 2))
    return Manuscript("긴 책", "", "ko", (Chapter("긴 책", 1, tuple(text)),))


def make(
    out: Path,
    book: Manuscript | None = None,
    translator: Translator | None = None,
    voice: Voice | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Book:
    """Make a book with the fakes."""
    return produce(
        book or manuscript(),
        translator=FakeTranslator() if translator is None else translator,
        voice=voice or FakeVoice(),
        out=out,
        options=BookOptions(**options),
        progress=progress,
    )


if __name__ == "__main__":
    pause = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    make(
        Path(sys.argv[1]),
        manuscript(chapters=6),
        voice=FakeVoice(sleep=pause),
        formats=("m4b", "epub", "mp3", "vtt"),
        slug="book",
    )
