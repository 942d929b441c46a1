"""Sounds for corpora of a moment."""

from typing import Any

import numpy as np

from kosorong.config import MEL

RATE = MEL.sample_rate


def speech(
    seconds: float = 1.0, *, silence: float = 0.5, rate: int = RATE, pitch: float = 220.0
) -> Any:
    """A tone between silences."""
    time = np.arange(int(seconds * rate)) / rate
    still = np.zeros(int(silence * rate), np.float32)
    tone = (0.2 * np.sin(2 * np.pi * pitch * time)).astype(np.float32)
    return np.concatenate([still, tone, still])
