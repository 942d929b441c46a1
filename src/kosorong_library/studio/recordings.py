"""Writes: a person's own voice in place of the machine's, for one segment, while they agree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import get_random_string

from kosorong.audio.mark import Mark
from kosorong.book.keys import key_of
from kosorong.config import MEL
from kosorong.text.cleaning import plain
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library.models import Book, Segment, State
from kosorong_library.library.revisions import raise_revision
from kosorong_library.storage.files import check_quota, forget
from kosorong_library.studio import editing, inference
from kosorong_library.studio.claims import settled
from kosorong_library.studio.models import Consent, Recording, Take
from kosorong_library.studio.takes import keep_sound, packed_take, unused_takes

if TYPE_CHECKING:
    from kosorong.audio.recording import Recorded

CONSENT_TEXT = (
    "이 녹음은 제 목소리이거나 말한 사람의 허락을 받은 것이며, 이 책과 이 책에서 나온 파일에 아래"
    " 이용 조건으로 쓰는 데 동의합니다. 언제든 거둘 수 있습니다. · This recording is my own voice,"
    " or made with the speaker's permission; it may be heard in this book and in files of it under"
    " the licence below, until I withdraw it."
)
"""What whoever sends a recording agrees to."""
LICENCES = ("CC BY 4.0", "CC BY-SA 4.0", "CC0 1.0", "All rights reserved")


def put(segment: Segment, user: User, data: bytes, speaker: str, licence: str) -> Recording:
    """Let a recording take a segment's place.

    Args:
        segment: Which, with its book.
        user: Who sent it and agreed to `CONSENT_TEXT`.
        data: An audio file.
        speaker: Who is heard, as they wish to be named.
        licence: Of `LICENCES`.

    Raises:
        Conflict: There is no text yet, or it was changed meanwhile.
        InputError: The recording cannot be used.
        ServiceError: The inference server, which times the words, does not answer.
        StorageError: The library is as large as it may be.
    """
    check_quota(len(data))
    text = editing.jeju_of(segment)
    if not text:
        raise Conflict("This sentence is not translated yet; wait for it.", {"reason": "no_text"})
    take, distance = _take(text, data, plain(speaker), licence)
    try:
        with transaction.atomic():
            return _put(segment, text, take, distance, user)
    except BaseException:
        forget([take.audio.name])
        raise


def _take(text: str, data: bytes, speaker: str, licence: str) -> tuple[Take, float]:
    """Return an unsaved take of a recording, its file kept, and how far it is from the text."""
    from kosorong.audio.recording import prepare

    return take_of(text, prepare(data, MEL.sample_rate), speaker, licence)


def take_of(text: str, recorded: Recorded, speaker: str, licence: str) -> tuple[Take, float]:
    """Return an unsaved take of what a person said, its file kept, and how far it is from the text.

    Raises:
        InputError: It does not fit the text.
        ServiceError: The inference server does not answer.
    """
    from kosorong.book.timing import fitting_words

    rate = MEL.sample_rate
    aligned = inference.align(recorded.samples, rate, text)
    key = key_of("recording", get_random_string(32))
    words = fitting_words(text, aligned.words, len(recorded.samples) / rate)
    name = speaker or "사람 목소리"
    take = Take(
        key=key,
        samples=len(recorded.samples),
        sample_rate=rate,
        words=[[word.text, word.start, word.end] for word in words],
        warnings=list(recorded.warnings),
        voice=name,
        fingerprint="person",
        credit=f"{name}, {licence}",
        synthetic=False,
    )
    keep_sound(take, packed_take(recorded.samples, rate, Mark((take.heard,))))
    return take, aligned.distance


def _put(segment: Segment, text: str, take: Take, distance: float, user: User) -> Recording:
    row = Segment.objects.select_for_update().select_related("book").filter(pk=segment.pk).first()
    if row is None:
        raise Http404
    if editing.jeju_of(row) != text:
        raise Conflict("The text was changed meanwhile; record it again.", {"reason": "changed"})
    speaker, _, licence = take.credit.rpartition(", ")
    consent = Consent.objects.create(
        user=user, speaker=speaker, words=CONSENT_TEXT, licence=licence
    )
    take.save()
    old = row.take_id
    Recording.objects.filter(segment=row).delete()
    Segment.objects.filter(pk=row.pk).update(take=take, **settled(State.DONE))
    recording = Recording.objects.create(segment=row, take=take, consent=consent, distance=distance)
    _changed(row.book_id, {old} if old else set())
    return recording


def withdraw(recording: Recording) -> None:
    """Take a consent back: the recording and every file that holds it go, a machine reads again.

    What was said and when is kept, without the sound.
    """
    segment = recording.segment
    with transaction.atomic():
        consent = recording.consent
        recording.delete()
        editing.speak_again(Segment.objects.filter(pk=segment.pk))
        if not consent.recordings.exists():
            forget_consent(consent)
        drop_exports(segment.book)


def forget_consent(consent: Consent) -> None:
    """Write down that a consent was withdrawn; who spoke is forgotten."""
    consent.withdrawn_at, consent.speaker = timezone.now(), ""
    consent.save(update_fields=["withdrawn_at", "speaker"])


def drop_exports(book: Book) -> None:
    """Delete the files of a book at once: somebody is heard in them who does not agree any more."""
    exports = book.exports.all()
    names = list(exports.values_list("file", flat=True))
    exports.delete()
    transaction.on_commit(partial(forget, names))


def _changed(book: int, takes: set[int]) -> None:
    raise_revision(book)
    transaction.on_commit(partial(forget, unused_takes(takes)))
