"""Silence around speech: trimmed to the same length whatever the model put there.

The mel tells where, before a sample is made: a stream knows its length when it begins.
"""

from __future__ import annotations

import numpy as np

from kosorong.config import MEL, PAUSES, MelConfig
from kosorong.speech.runtime import Float

# Windows smear a sound over its neighbours: this much of the mel's loudest frame lies where the
# audio's 12 ms are 46 dB below the loudest, to a frame.
# How found: compared with the audio of recordings, to a frame.
_QUIET_DB = -42.0


def speech_bounds(mel: Float, first: int, last: int, config: MelConfig = MEL) -> tuple[int, int]:
    """Return where to cut the audio of a mel so that little silence is left around the speech.

    Args:
        mel: (T_mel, M) log-mel.
        first: Frame at which the first sounding symbol begins.
        last: Frame at which the last sounding symbol ends; nothing between the two is cut.
        config: The mel's definition.

    Returns:
        First sample and end. What is louder than 42 dB below the loudest frame stays, whatever
        the symbols say.

    >>> mel = np.full((100, 80), -11.0, np.float32)
    >>> mel[40:60] = -1.0
    >>> first, end = speech_bounds(mel, 45, 55)
    >>> 34 * 256 < first < 40 * 256 and 60 * 256 < end < 71 * 256
    True
    """
    rate, hop = config.sample_rate, config.hop_length
    power = np.exp(2.0 * mel).sum(axis=1)
    loud = np.flatnonzero(power > power.max(initial=0.0) * 10 ** (_QUIET_DB / 10))
    if len(loud):
        first, last = min(first, int(loud[0])), max(last, int(loud[-1]) + 1)
    begin = max(0, first * hop - round(PAUSES.before * rate))
    return begin, min(len(mel) * hop, last * hop + round(PAUSES.after * rate))
