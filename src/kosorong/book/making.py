"""How a segment is made, by the command line and by the library's workers: asked for and checked.

Whoever makes a book decides what is missing and where it is kept; what a translator and a voice
are asked, and what is taken of their answers, stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from kosorong.book.keys import noise_seed, speech_key
from kosorong.book.manuscript import Take
from kosorong.book.recorded import RecordedVoice
from kosorong.book.timing import fitting_words
from kosorong.errors import BundleError
from kosorong.ports import Dial, Speech, Translation, Translator, Voice

CAME_BACK_EMPTY = "came back empty from the translator and was left as it is"
NOT_TIMED = "the words of this segment are not timed one by one"


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """What a voice is asked to say.

    Attributes:
        text: The written segment.
        speed: 1.0 is the voice's own pace.
        spoken: What to say instead, "" where that is what is written.
        take: Where a recording holds it; what a voice makes up has none.
    """

    text: str
    speed: float = 1.0
    spoken: str = ""
    take: Take | None = None

    def key(self, voice: Voice) -> str:
        """Return the key of the speech."""
        if self.take is not None and isinstance(voice, RecordedVoice):
            return voice.key(self.take, self.text)
        return speech_key(self.text, voice.fingerprint, self.speed, self.spoken)


def translate_all(
    translator: Translator, texts: Mapping[str, str], dial: Dial, position: int
) -> dict[str, Translation]:
    """Translate segments together.

    Args:
        translator: Who translates.
        texts: The key of each segment's translation → its text.
        dial: Which way.
        position: Place in the book at which the batch begins, for messages.

    Returns:
        A translation for each key. One that came back empty leaves the original: nothing is lost.

    Raises:
        BundleError: The translator returned more texts than it was given, or fewer.
        KosorongError: What the translator raises.
    """
    if not texts:
        return {}
    translations = translator.translate(list(texts.values()), **dial.options())
    if len(translations) != len(texts):
        raise BundleError(
            f"the translator returned {len(translations)} texts for {len(texts)}.",
            where=f"segment {position + 1}",
            cure="Install the translator's bundle again or choose another.",
        )
    pairs = zip(texts.items(), translations, strict=True)
    return {key: _never_empty(text, translation) for (key, text), translation in pairs}


def _never_empty(text: str, translation: Translation) -> Translation:
    if translation.text.strip() or not text.strip():
        return translation
    warnings = (*translation.warnings, CAME_BACK_EMPTY)
    return Translation(text, confidence=0.0, provenance="copy", warnings=warnings)


def speak_one(voice: Voice, request: SpeechRequest) -> Speech:
    """Speak a segment; it may be called from several threads at once.

    Args:
        voice: Who speaks.
        request: What is to be said.

    Returns:
        The speech: a time for each white-space word, inside the sound and never going back, or for
        none, with a warning.

    Raises:
        BundleError: The samples are of another rate than the voice's, or no numbers.
        KosorongError: What the voice raises.
    """
    speech = _said(voice, request)
    if speech.sample_rate != voice.sample_rate or not np.isfinite(speech.samples).all():
        raise BundleError(
            "the voice gave samples of another rate, or no numbers.",
            where=f"voice {voice.name}, '{request.text[:40]}'",
            cure="Install the voice's bundle again or choose another voice.",
        )
    length = len(speech.samples)
    words = fitting_words(request.text, speech.words, length / speech.sample_rate)
    warnings = speech.warnings
    if not words and request.text.split() and length:
        warnings = (*warnings, NOT_TIMED)
    return replace(speech, words=words, warnings=warnings)


def _said(voice: Voice, request: SpeechRequest) -> Speech:
    if request.take is not None and isinstance(voice, RecordedVoice):
        return voice.hear(request.take, request.text)
    seed = noise_seed(request.text, voice.fingerprint, request.speed, request.spoken)
    spoken = request.spoken or None
    return voice.speak(request.text, spoken=spoken, speed=request.speed, seed=seed)
