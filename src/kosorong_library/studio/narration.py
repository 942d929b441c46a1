"""A person reads a whole chapter: the recording is cut at its pauses and aligned, by a worker."""

from __future__ import annotations

from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from kosorong.config import MEL
from kosorong.errors import InputError, KosorongError
from kosorong.text.cleaning import plain
from kosorong.text.letters.jamo import SYLLABLE
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library.models import Book, Chapter, Segment, State, Wish
from kosorong_library.library.revisions import raise_revision
from kosorong_library.library.signals import work_wanted
from kosorong_library.storage.files import check_quota, forget, keep
from kosorong_library.studio import editing, recordings
from kosorong_library.studio.claims import settled
from kosorong_library.studio.models import Consent, Narration, Recording, Take
from kosorong_library.studio.signals import narration_wanted
from kosorong_library.studio.takes import unused_takes

LONGEST_SECONDS = 30 * 60.0
_LATIN_WEIGHT = 0.7
# Around a sentence, as far as the pause goes.
_BREATH_FRAMES = 10


def put(chapter: Chapter, user: User, file: UploadedFile, speaker: str, licence: str) -> Narration:
    """Take a recording of a chapter; a worker cuts and aligns it.

    Args:
        chapter: Which, with its book.
        user: Who sent it and agreed to `recordings.CONSENT_TEXT`.
        file: An audio file.
        speaker: Who is heard, as they wish to be named.
        licence: Of `recordings.LICENCES`.

    Raises:
        Conflict: The chapter has no text yet.
        StorageError: The disk is full, or the library as large as it may be.
    """
    check_quota(file.size or 0)
    if chapter.book.uncut or any(
        not editing.jeju_of(segment) for segment in chapter.segments.select_related("book")
    ):
        raise Conflict("This chapter is not translated yet; wait for it.", {"reason": "no_text"})
    name = keep(f"{chapter.book.folder}/narration-{get_random_string(8)}", File(file))
    with transaction.atomic():
        old = Narration.objects.filter(chapter=chapter).first()
        if old is not None:
            _remove(old)
        consent = Consent.objects.create(
            user=user, speaker=plain(speaker), words=recordings.CONSENT_TEXT, licence=licence
        )
        row = Narration.objects.create(
            chapter=chapter, audio=name, consent=consent, asked_at=timezone.now()
        )
        transaction.on_commit(partial(narration_wanted.send, None, narration=row.pk))
    return row


def try_again(row: Narration) -> Narration:
    """Give a recording to a worker once more.

    Raises:
        Conflict: It is with one, or all is well.
    """
    if row.asked_at is not None or not row.problem:
        raise Conflict("There is nothing to try again.", {"reason": "nothing_to_retry"})
    row.asked_at, row.problem = timezone.now(), ""
    row.save(update_fields=["asked_at", "problem"])
    transaction.on_commit(partial(narration_wanted.send, None, narration=row.pk))
    return row


def withdraw(row: Narration) -> None:
    """Take the consent back: the recording goes, and every file that holds it."""
    with transaction.atomic():
        book = row.chapter.book
        heard = Segment.objects.filter(recording__consent=row.consent)
        editing.speak_again(heard)
        recordings.forget_consent(row.consent)
        recordings.drop_exports(book)
        _remove(row)


def _remove(row: Narration) -> None:
    transaction.on_commit(partial(forget, [row.audio.name]))
    row.delete()


def align(number: int) -> bool:
    """Cut and align a recording that was taken; return whether its chapter is read by it now."""
    row = Narration.objects.select_related("chapter__book", "consent").filter(pk=number).first()
    if row is None or row.asked_at is None:
        return False
    segments = list(row.chapter.segments.select_related("book").order_by("position"))
    takes: list[tuple[Take, float]] = []
    try:
        _takes(row, segments, takes)
        return _write(row, segments, takes)
    except KosorongError as error:
        forget([take.audio.name for take, _ in takes])
        Narration.objects.filter(pk=number).update(asked_at=None, problem=str(error))
        return False


def _takes(row: Narration, segments: list[Segment], takes: list[tuple[Take, float]]) -> None:
    """Append a take for each segment; `takes` knows of them when one of them fails."""
    from kosorong.audio.cutting import cuts, levels
    from kosorong.audio.recording import Recorded, levelled
    from kosorong.audio.wav import decode_audio

    rate = MEL.sample_rate
    with default_storage.open(row.audio.name) as file:
        samples, _ = decode_audio(file.read(), rate, most_seconds=LONGEST_SECONDS + 1)
    if len(samples) > LONGEST_SECONDS * rate:
        raise InputError(
            f"the recording is longer than {LONGEST_SECONDS / 60:.0f} minutes.",
            where="audio",
            cure="Make more chapters of the text, and record each of them.",
        )
    texts = [editing.jeju_of(segment) for segment in segments]
    size = len(samples) // max(1, len(levels(samples, rate)))
    spans = cuts(levels(samples, rate), [weight(text) for text in texts])
    for text, (first, last) in zip(texts, spans, strict=True):
        piece = samples[max(0, first - _BREATH_FRAMES) * size : (last + _BREATH_FRAMES) * size]
        sound = Recorded(levelled(piece, rate), ())
        takes.append(recordings.take_of(text, sound, row.consent.speaker, row.consent.licence))


def weight(text: str) -> float:
    """Return about how many syllables a text has when it is read.

    >>> weight("ᄒᆞᆫ저 옵서예."), weight("!")
    (5.0, 1.0)
    """
    syllables = len(SYLLABLE.findall(text))
    others = sum(char.isalnum() for char in SYLLABLE.sub("", text))
    return max(1.0, syllables + _LATIN_WEIGHT * others)


def _write(row: Narration, segments: list[Segment], takes: list[tuple[Take, float]]) -> bool:
    """Give segments their takes; nothing of it stays where recording or text changed meanwhile."""
    book: Book = row.chapter.book
    with transaction.atomic():
        held = Narration.objects.select_for_update().filter(pk=row.pk, asked_at=row.asked_at)
        same = {segment.pk: editing.jeju_of(segment) for segment in segments}
        now = Segment.objects.select_for_update().filter(pk__in=same).select_related("book")
        if not held.exists() or {segment.pk: editing.jeju_of(segment) for segment in now} != same:
            held.update(asked_at=None, problem="The text was changed meanwhile; send it again.")
            forget([take.audio.name for take, _ in takes])
            return False
        old = {segment.take_id for segment in now if segment.take_id}
        Recording.objects.filter(segment__in=segments).delete()
        for segment, (take, distance) in zip(segments, takes, strict=True):
            _give(segment, take, distance, row.consent)
        held.update(asked_at=None, problem="")
        Book.objects.filter(pk=book.pk).update(wish=Wish.RUN)
        raise_revision(book.pk, len(segments))
        transaction.on_commit(partial(forget, unused_takes(old)))
        transaction.on_commit(partial(work_wanted.send, None))
    return True


def _give(segment: Segment, take: Take, distance: float, consent: Consent) -> None:
    """Give a segment a take; it stays waiting while there is nothing to read beside it."""
    take.save()
    state = State.DONE if segment.translation_key else State.WAITING
    Segment.objects.filter(pk=segment.pk).update(take=take, **settled(state))
    Recording.objects.create(segment=segment, take=take, consent=consent, distance=distance)
