"""Recordings as the models want them: cut out, trimmed, levelled, and what is wrong with them.

>>> tone = np.sin(np.arange(22050, dtype=np.float32) / 20)
>>> still = np.zeros(22050, np.float32)
>>> round(len(trim(np.concatenate([still, tone, still]))) / 22050, 1)
1.3
>>> round(speech_level(level(tone)))
-23
>>> round(speech_seconds(np.concatenate([still, tone])), 1)
1.0
"""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL
from kosorong.errors import CorpusError

Float = NDArray[np.float32]

LEAD, TRAIL = 0.12, 0.18
"""Silence kept before and after the speech, seconds: enough for the edge symbols to own it."""

# Level of the speech (not of the pauses), dBFS RMS, and the highest peak allowed.
_LEVEL, _PEAK = -23.0, 0.95
# Below this RMS (-66 dBFS) nothing counts as speech.
_FLOOR = 10 ** (-66 / 20)
# Samples in a row at the highest value that make a flat top, and how close counts as equal: a low
# voice's own peaks are narrower.
_FLAT, _STEP = 5, 1 / 32768


def _energies(samples: Float) -> Float:
    """RMS of each 10 ms of audio (T_wav,) -> (T_wav // 220,)."""
    size = MEL.sample_rate // 100
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    return np.asarray(np.sqrt(np.mean(frames**2, axis=1)), np.float32)


def _speech(energy: Float) -> NDArray[np.bool_]:
    """Which 10 ms frames hold speech: within 40 dB of the loud ones and above the floor."""
    loud = float(np.percentile(energy, 95)) if len(energy) else 0.0
    if not loud > _FLOOR:  # also where a sample is not a number
        raise CorpusError("the recording is silent.")
    return np.asarray(energy > max(loud * 0.01, _FLOOR), np.bool_)


def trim(samples: Float) -> Float:
    """Cut silence at both ends, leaving a short margin.

    Args:
        samples: (T_wav,) at 22,050 Hz.

    Raises:
        CorpusError: The recording is silent.
    """
    start, end = kept(samples)
    return samples[start:end]


def kept(samples: Float) -> tuple[int, int]:
    """Return which samples `trim` keeps, first and end."""
    speech = np.flatnonzero(_speech(_energies(samples)))
    size = MEL.sample_rate // 100
    start = max(0, int(speech[0] * size - LEAD * MEL.sample_rate))
    end = min(len(samples), int((speech[-1] + 1) * size + TRAIL * MEL.sample_rate))
    return start, end


def speech_level(samples: Float) -> float:
    """Return the level of the speech in (T_wav,) at 22,050 Hz, pauses left out, in dBFS RMS.

    Raises:
        CorpusError: The recording is silent.
    """
    energy = _energies(samples)
    active = energy[_speech(energy)]
    return float(10 * np.log10(np.mean(active.astype(np.float64) ** 2)))


def speech_seconds(samples: Float) -> float:
    """Return how long the speech in (T_wav,) at 22,050 Hz lasts, pauses left out.

    Raises:
        CorpusError: The recording is silent.
    """
    return float(_speech(_energies(samples)).sum()) / 100


def level(samples: Float) -> Float:
    """Bring the speech in (T_wav,) to -23 dBFS RMS, the peak not above 0.95.

    Raises:
        CorpusError: The recording is silent.
    """
    gain = 10 ** ((_LEVEL - speech_level(samples)) / 20)
    peak = float(np.abs(samples).max()) * gain
    return np.asarray(samples * (gain * min(1.0, _PEAK / peak)), np.float32)


def clipped_share(samples: Float) -> float:
    """Return the share of samples (T_wav,) that were cut off: five in a row at the highest value.

    Seen best at the rate it was recorded at, for resampling bends flat tops.

    >>> tone = np.sin(np.arange(2000, dtype=np.float32) / 20)
    >>> clipped_share(tone), clipped_share(np.clip(tone, -0.5, 0.5)) > 0.5
    (0.0, True)
    """
    height = np.abs(samples)
    peak = min(float(height.max(initial=0.0)), 1.0)
    if peak < 0.1:
        return 0.0
    flat = np.concatenate([[False], height >= peak - _STEP, [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    runs = edges[1::2] - edges[::2]
    return float(runs[runs >= _FLAT].sum()) / len(samples)


def cut_wav(path: Path, start: float, end: float) -> bytes:
    """Cut a piece out of a WAV file without reading the rest of it.

    Args:
        path: PCM WAV of any rate and width.
        start: Seconds from the beginning.
        end: Seconds from the beginning, after `start`.

    Returns:
        The piece, a WAV file of the same form.

    Raises:
        CorpusError: It is no PCM WAV, or the times do not lie within it.
        OSError: It cannot be read.
    """
    try:
        with wave.open(str(path), "rb") as whole:
            rate, length = whole.getframerate(), whole.getnframes()
            first, last = round(start * rate), round(end * rate)
            # Times are rounded, and the last utterance may run to the very end.
            if not 0 <= first < last <= length + rate // 10:
                raise CorpusError(
                    f"{start} s to {end} s do not lie within {path} of {length / rate:.2f} s."
                )
            whole.setpos(first)
            raw = whole.readframes(last - first)
            piece = io.BytesIO()
            with wave.open(piece, "wb") as out:
                out.setnchannels(whole.getnchannels())
                out.setsampwidth(whole.getsampwidth())
                out.setframerate(rate)
                out.writeframes(raw)
    except (EOFError, wave.Error) as error:
        raise CorpusError(
            f"{path} cannot be cut ({error}).", cure="Convert it to PCM WAV."
        ) from error
    return piece.getvalue()
