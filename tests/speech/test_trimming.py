from __future__ import annotations

import numpy as np

from kosorong.audio.mel import log_mel
from kosorong.config import MEL, PAUSES
from kosorong.speech.trimming import speech_bounds

RATE, HOP = MEL.sample_rate, MEL.hop_length


def _mel(before: float, after: float) -> np.ndarray:
    """Half a second of sound in silence of whole frames around it."""
    tone = 0.3 * np.sin(np.arange(40 * HOP) / 9)
    silence = (np.zeros(round(seconds * RATE / HOP) * HOP) for seconds in (before, after))
    first, last = silence
    return log_mel(np.concatenate([first, tone, last]).astype(np.float32)).T


def test_silence_of_any_length_is_cut_to_the_same() -> None:
    for before, after in ((0.2, 0.3), (0.5, 1.0), (1.5, 0.2)):
        first = round(before * RATE / HOP)
        begin, end = speech_bounds(_mel(before, after), first, first + 40)
        # Windows reach over the border: a frame or two before and behind a sound are no silence.
        assert 0 <= first * HOP - begin - PAUSES.before * RATE <= 2 * HOP + 1
        assert 0 <= end - (first + 40) * HOP - PAUSES.after * RATE <= 2 * HOP + 1


def test_sounding_symbols_are_kept_however_quiet() -> None:
    mel = _mel(0.5, 0.5)
    assert speech_bounds(mel, 0, len(mel)) == (0, len(mel) * HOP)


def test_loud_edges_are_kept_whatever_the_symbols_say() -> None:
    mel = _mel(0.0, 0.0)
    assert speech_bounds(mel, 20, 22) == (0, len(mel) * HOP)


def test_silence_and_no_frame_do_no_harm() -> None:
    assert speech_bounds(np.full((86, 80), -11.5, np.float32), 20, 30)[0] < 20 * HOP
    assert speech_bounds(np.zeros((0, 80), np.float32), 0, 0) == (0, 0)
