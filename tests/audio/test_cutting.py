"""Where the sentences of a long recording begin and end."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from kosorong.audio.cutting import cuts, levels, pauses
from kosorong.errors import InputError

SYLLABLE = 18  # frames


def recording(
    sentences: list[int], rng: np.random.Generator, *, noise: float = -60.0, within: float = 0.35
) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    """Return loudness, true stretches and syllables of sentences read at a changing pace."""
    loud, spans, at = [np.full(80, noise)], [], 80
    for syllables in sentences:
        begin = at
        left = syllables
        pace = rng.uniform(0.8, 1.25)
        while left:
            run = min(left, int(rng.integers(3, 9)))
            left -= run
            frames = round(run * SYLLABLE * pace)
            loud.append(rng.normal(-20.0, 4.0, frames))
            at += frames
            if left and rng.random() < within:
                gap = int(rng.integers(13, 35))
                loud.append(rng.normal(noise, 1.0, gap))
                at += gap
        spans.append((begin, at))
        gap = int(rng.integers(40, 120))
        loud.append(rng.normal(noise, 1.0, gap))
        at += gap
    return np.concatenate(loud).astype(np.float32), spans


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("noise", [-75.0, -45.0])
def test_sentences_are_found_though_people_pause_within_them(seed: int, noise: float) -> None:
    rng = np.random.default_rng(seed)
    sentences = [int(n) for n in rng.integers(4, 40, 60)]
    loudness, spans = recording(sentences, rng, noise=noise)
    found = cuts(loudness, sentences)
    right = sum(
        abs(a - b) < 10 and abs(c - d) < 10 for (a, c), (b, d) in zip(found, spans, strict=True)
    )
    assert right >= 54, right
    assert all(one[0] < one[1] for one in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))


def test_one_sentence_is_the_whole_recording() -> None:
    loudness, spans = recording([12], np.random.default_rng(0), within=0.0)
    assert cuts(loudness, [12]) == spans


def test_too_few_pauses_are_told() -> None:
    loudness, _ = recording([9, 9], np.random.default_rng(0), within=0.0)
    with pytest.raises(InputError, match="too few for 5 sentences"):
        cuts(loudness, [5, 5, 5, 5, 5])


def test_levels_are_those_of_a_tone() -> None:
    tone = (0.1 * np.sin(0.3 * np.arange(22_050))).astype(np.float32)
    assert levels(tone, 22_050).mean() == pytest.approx(-23.0, abs=0.5)
    assert len(levels(tone, 22_050)) == 22_050 // 220


def test_silence_at_the_ends_is_no_pause() -> None:
    assert pauses(np.repeat([True, False], [9, 50])) == []
    assert pauses(np.zeros(0, np.bool_)) == []
