"""What a person recorded at home, made fit to stand beside a voice: checked, trimmed, levelled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.cutting import FRAME_SECONDS, levels
from kosorong.audio.loudness import gain_towards, limit, loudness_of
from kosorong.audio.wav import decode_audio
from kosorong.errors import InputError

Float = NDArray[np.float32]

LONGEST_SECONDS = 120.0
_SHORTEST_SECONDS = 0.2
# What is this much quieter than the loudest speech is a pause, or the room.
_SPEECH_DB = 35.0
_INAUDIBLE_DB = -55.0
_NOISY_DB = 15.0
# A breath before the first word, and the last one's end.
_BEFORE_SECONDS, _AFTER_SECONDS = 0.1, 0.25
_CLIPPED = 0.999
_CLIPPED_SHARE = 1e-3


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that can be used.

    Attributes:
        samples: (T_wav,) in [-1, 1], from shortly before the first to shortly after the last word.
        warnings: What a listener may hear of how it was made.
    """

    samples: Float
    warnings: tuple[str, ...]


def prepare(data: bytes, sample_rate: int, longest: float = LONGEST_SECONDS) -> Recorded:
    """Read a recording, cut off the silence around it, bring it to a book's loudness.

    Args:
        data: A file of one of the `kosorong.audio.formats`.
        sample_rate: Hz wanted.
        longest: Seconds that it may have.

    Raises:
        InputError: It is no sound, too short, too long, or nothing can be heard in it.
    """
    samples, _ = decode_audio(data, sample_rate, most_seconds=longest + 1)
    seconds = len(samples) / sample_rate
    if seconds > longest:
        raise InputError(
            f"the recording is longer than {longest:.0f} s.",
            where="audio",
            cure="Record one sentence at a time.",
            reason="sound_too_long",
        )
    heard = levels(samples, sample_rate)
    loud = float(np.percentile(heard, 95)) if len(heard) else -np.inf
    if seconds < _SHORTEST_SECONDS or loud < _INAUDIBLE_DB:
        raise InputError(
            "nothing can be heard in the recording.",
            where="audio",
            cure="Check the microphone and record again.",
            reason="sound_silent",
        )
    kept = _trimmed(samples, heard, loud - _SPEECH_DB, sample_rate)
    return Recorded(levelled(kept, sample_rate), _warnings(samples, heard, loud))


def levelled(samples: Float, sample_rate: int) -> Float:
    """Return samples (T_wav,) at a book's loudness, their peaks kept down.

    >>> tone = 0.01 * np.sin(0.1 * np.arange(44_100)).astype(np.float32)
    >>> bool(np.abs(levelled(tone, 22_050)).max() > 0.05)
    True
    """
    gain = np.float32(gain_towards(loudness_of(samples, sample_rate)))
    return limit(samples * gain, sample_rate)


def _trimmed(samples: Float, heard: Float, threshold: float, sample_rate: int) -> Float:
    size = round(FRAME_SECONDS * sample_rate)
    speech = np.flatnonzero(heard > threshold)
    first = int(speech[0]) * size - round(_BEFORE_SECONDS * sample_rate)
    last = (int(speech[-1]) + 1) * size + round(_AFTER_SECONDS * sample_rate)
    return samples[max(0, first) : last]


def _warnings(samples: Float, heard: Float, loud: float) -> tuple[str, ...]:
    warnings = []
    if float(np.mean(np.abs(samples) >= _CLIPPED)) > _CLIPPED_SHARE:
        warnings.append(
            "the recording is overdriven: speak more softly or farther from the microphone"
        )
    if loud - float(np.percentile(heard, 5)) < _NOISY_DB:
        warnings.append("the recording is noisy: a quiet room and a near microphone help")
    return tuple(warnings)
