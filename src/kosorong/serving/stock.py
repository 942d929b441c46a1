"""Names that programs send without asking anybody, and what of ours stands for each."""

from __future__ import annotations

import re

_MODELS = re.compile(r"(?:tts-1|tts-1-hd|gpt-4o(?:-mini)?-tts)(?:-\d[\d-]*)?|kokoro(?:[-_.\w]*)")
_OPENAI_VOICES = frozenset(
    {
        *("alloy", "ash", "ballad", "cedar", "coral", "echo", "fable"),
        *("marin", "nova", "onyx", "sage", "shimmer", "verse"),
    }
)
# Kokoro's, such as af_bella, also mixed and weighed: af_bella(2)+af_sky(1).
_KOKORO = r"[a-z]{2}_[a-z0-9_]{2,30}(?:\(\d+(?:\.\d+)?\))?"
_KOKORO_VOICES = re.compile(rf"{_KOKORO}(?:[+-]{_KOKORO})*")


def is_stock_model(name: str) -> bool:
    """Say whether a model is known from elsewhere.

    >>> is_stock_model("gpt-4o-mini-tts-2025-12-15"), is_stock_model("gpt-5")
    (True, False)
    """
    return _MODELS.fullmatch(name) is not None


def is_stock_voice(name: str) -> bool:
    """Say whether a voice is known from elsewhere.

    >>> is_stock_voice("alloy"), is_stock_voice("af_bella(2)+af_sky(1)"), is_stock_voice("lmy")
    (True, True, False)
    """
    return name in _OPENAI_VOICES or _KOKORO_VOICES.fullmatch(name) is not None
