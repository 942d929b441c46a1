"""What is heard in a finished book: one loudness, no clicks, no clipping."""

from collections.abc import Iterator

import numpy as np
import pytest
from book_fakes import RATE

from kosorong.audio.loudness import LoudnessMeter, peak_envelope
from kosorong.audio.wav import read_audio
from kosorong.book.manuscript import Chapter, Manuscript, Paragraph
from kosorong.book.options import BookOptions
from kosorong.book.produce import produce
from kosorong.ports import Speech, WordTime


class HardEdged:
    """Begins and ends each segment at a wave's crest, some segments quiet, some with a peak."""

    name = "hard-edged"
    fingerprint = "hard-edged-1"
    sample_rate = RATE
    credit = "nobody's"

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        seconds = 0.25 * len(text.split())
        wave = np.cos(2 * np.pi * 110 / RATE * np.arange(round(seconds * RATE) // 200 * 200 + 1))
        samples = (0.05 + 0.2 * (len(text) % 3)) * wave
        samples[RATE // 8 : RATE // 8 + 200] *= 3 if len(text) % 2 else 1
        words = tuple(
            WordTime(word, 0.25 * n, 0.25 * (n + 1)) for n, word in enumerate(text.split())
        )
        return Speech(samples.astype(np.float32), RATE, words)


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> list[np.ndarray]:
    sentences = [
        "바당에 강 보난 물결이 쳤수다.",
        "가자.",
        "비가 오는 날에는 집에 있었다.",
        "혼저 옵서!",
    ]
    paragraphs = tuple(Paragraph(" ".join(sentences[n:] + sentences[:n])) for n in range(3))
    manuscript = Manuscript(
        "소리",
        "",
        "jje",
        (Chapter("하나", 1, paragraphs), Chapter("둘", 1, paragraphs[::-1] * 2)),
    )
    out = tmp_path_factory.mktemp("sound")
    options = BookOptions(formats=("mp3",))
    book = produce(manuscript, translator=None, voice=HardEdged(), out=out, options=options)
    return [read_audio(path)[0] for path in sorted(book.paths["mp3"].iterdir())]


def test_every_chapter_is_as_loud_as_the_others(chapters: list[np.ndarray]) -> None:
    assert len(chapters) == 2
    for samples in chapters:
        meter = LoudnessMeter(RATE)
        meter.add(samples)
        assert meter.integrated() == pytest.approx(-19.0, abs=1.0)


def test_no_chapter_clips_even_between_samples(chapters: list[np.ndarray]) -> None:
    for samples in chapters:
        assert peak_envelope(samples).max() < 1.0


def _borders(samples: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the 5 ms to either side of where silence begins or ends."""
    quiet = np.concatenate([[False], np.abs(samples) < 1e-3, [False]])
    for begin, end in np.flatnonzero(np.diff(quiet.astype(np.int8))).reshape(-1, 2):
        if end - begin > 0.2 * RATE:
            for edge in (begin, end):
                yield samples[max(0, edge - RATE // 200) : edge + RATE // 200]


def test_no_segment_begins_or_ends_with_a_click(chapters: list[np.ndarray]) -> None:
    for samples in chapters:
        borders = list(_borders(samples))
        assert len(borders) > 10
        # The waves' own steps stay below 0.06; without fades a border steps by 0.18.
        assert max(np.abs(np.diff(border)).max(initial=0.0) for border in borders) < 0.06
