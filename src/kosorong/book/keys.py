"""Keys of finished work: hashes of everything it depends on; and the seed of a segment's noise."""

from __future__ import annotations

import hashlib
import json

from kosorong.ports import JEJU, Dial


def key_of(*parts: object) -> str:
    """Return a hash of everything a piece of work depends on.

    >>> key_of("speech", "가", 1.0) == key_of("speech", "가", 1.5)
    False
    """
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def translation_key(text: str, dial: Dial, translator: str) -> str:
    """Return the key of one translated segment.

    Args:
        text: The source text.
        dial: Which way; spelling and strength count where the target is Jeju.
        translator: The translator's fingerprint.
    """
    asked: dict[str, object] = {}
    if dial.target == JEJU:
        asked = {"spelling": dial.spelling, "strength": float(dial.strength)}
    return key_of("translation", text, dial.source, dial.target, translator, asked)


def speech_key(text: str, voice: str, speed: float, spoken: str = "") -> str:
    """Return the key of one spoken segment.

    Args:
        text: The written segment.
        voice: The voice's fingerprint.
        speed: The speed.
        spoken: What is said instead of the text, where that is given.
    """
    key = key_of("speech", text, voice, float(speed))
    return key_of(key, spoken) if spoken else key


def noise_seed(text: str, voice: str, speed: float, spoken: str = "") -> int:
    """Return the seed of a segment's noise, 31 bits; arguments as for `speech_key`.

    What stands behind `+` in the fingerprint, the tables of words, does not count: a segment whose
    reading a mended table leaves alone sounds as it did.

    >>> noise_seed("가", "v+1", 1.0) == noise_seed("가", "v+2", 1.0) < 2**31
    True
    """
    key = speech_key(text, voice.partition("+")[0], speed, spoken)
    return int(key[:8], 16) & 0x7FFF_FFFF
