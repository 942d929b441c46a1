"""Keys of finished work: hashes of everything it depends on; and the seed of a segment's noise."""

from __future__ import annotations

import hashlib
import json


def key_of(*parts: object) -> str:
    """Return a hash of everything a piece of work depends on.

    >>> key_of("speech", "가", 1.0) == key_of("speech", "가", 1.5)
    False
    """
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def translation_key(text: str, source: str, target: str, translator: str, dial: object) -> str:
    """Return the key of one translated segment.

    Args:
        text: The source text.
        source: Its language.
        target: The other language.
        translator: The translator's fingerprint.
        dial: Spelling and strength, where the target is Jeju.
    """
    return key_of("translation", text, source, target, translator, dial)


def speech_key(text: str, voice: str, speed: float) -> str:
    """Return the key of one spoken segment: its text, the voice's fingerprint, the speed."""
    return key_of("speech", text, voice, float(speed))


def noise_seed(text: str, voice: str, speed: float, spoken: str = "") -> int:
    """Return the seed of a segment's noise, 31 bits.

    Args:
        text: The written segment.
        voice: The voice's fingerprint; what stands behind `+`, the tables of words, does not count:
            a segment whose reading a mended table leaves alone sounds as it did.
        speed: The speed.
        spoken: What is said instead of the text, where that is given.

    >>> noise_seed("가", "v+1", 1.0) == noise_seed("가", "v+2", 1.0) < 2**31
    True
    """
    key = speech_key(text, voice.partition("+")[0], speed)
    return int((key_of(key, spoken) if spoken else key)[:8], 16) & 0x7FFF_FFFF
