"""Sentences in Korean, spoken by the voice of their book when they are first asked for."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.http import Http404

from kosorong.audio.mark import Mark
from kosorong.book.keys import key_of
from kosorong.book.making import SpeechRequest, speak_one
from kosorong_library.library.models import Segment
from kosorong_library.storage.files import SOUND, check_quota, forget, keep
from kosorong_library.studio import inference
from kosorong_library.studio.editing import korean_of
from kosorong_library.studio.models import KoreanSound
from kosorong_library.studio.takes import packed_take


def korean_sound_of(segment: Segment, *, make: bool) -> KoreanSound:
    """Return a sentence of a book as it sounds in Korean.

    Args:
        segment: Which, with its book.
        make: Whether it is spoken where it was not yet, or says something else by now.

    Raises:
        Http404: It has no Korean, or was not spoken yet and is not to be.
        ServiceError: The inference server does not answer.
        StorageError: The disk is full, or the library as large as it may be.
    """
    text = korean_of(segment).strip()
    known = KoreanSound.objects.filter(segment=segment).first()
    if not text or (known is None and not make):
        raise Http404
    if known is not None and (not make or known.key == _text_key(segment, text)):
        return known
    return _spoken(segment, text, known)


def _text_key(segment: Segment, text: str) -> str:
    """Return what the sound of a text depends on; the server need not be asked for it."""
    return key_of("korean", text, segment.book.voice, float(segment.book.speed))


def _spoken(segment: Segment, text: str, known: KoreanSound | None) -> KoreanSound:
    check_quota()
    voice = inference.open_models(segment.book.voice).voice
    speech = speak_one(voice, SpeechRequest(text, segment.book.speed, ""))
    row = KoreanSound(
        segment=segment, key=_text_key(segment, text), voice=voice.name, credit=voice.credit
    )
    packed = packed_take(speech.samples, speech.sample_rate, Mark((row.heard,)))
    if not packed.audio:
        raise Http404
    name = f"{segment.book.folder}/korean-{segment.pk}{SOUND}"
    row.audio = keep(name, ContentFile(packed.audio))
    row.save()
    forget([known.audio.name if known else None])
    return row
