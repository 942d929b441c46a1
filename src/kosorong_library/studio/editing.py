"""Writes: somebody changes what a segment says; it alone is made again, and can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from kosorong.text.cleaning import clean
from kosorong.text.letters.normalize import normalize
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library import doubts, search
from kosorong_library.library.models import PERSON, Book, Language, Segment, State
from kosorong_library.library.revisions import raise_revision
from kosorong_library.library.signals import work_wanted
from kosorong_library.storage.files import forget
from kosorong_library.studio.claims import settled
from kosorong_library.studio.links import carried
from kosorong_library.studio.models import Correction, Edit, Standing
from kosorong_library.studio.takes import unused_takes

_COLUMNS = (
    "source_text",
    "target_text",
    "spoken_text",
    "links",
    "confidence",
    "provenance",
    "warnings",
    "doubts",
    "translation_key",
)
_BATCH, _SHOWN = 500, 50


def jeju_column(book: Book) -> str:
    """Return the column that holds a book's Jeju."""
    return "target_text" if book.language == Language.KOREAN else "source_text"


def korean_column(book: Book) -> str:
    """Return the column that holds a book's Korean."""
    return "source_text" if book.language == Language.KOREAN else "target_text"


def jeju_of(segment: Segment) -> str:
    """Return a segment's Jeju, "" until it is translated."""
    return str(getattr(segment, jeju_column(segment.book)))


def korean_of(segment: Segment) -> str:
    """Return a segment's Korean, "" until it is translated."""
    return str(getattr(segment, korean_column(segment.book)))


def edit(
    segment: Segment,
    changes: Mapping[str, str],
    user: User | None,
    correction: Correction | None = None,
) -> Segment:
    """Change a segment's texts: this segment, and what is built from it, is made again.

    Args:
        segment: Which, with its book.
        changes: `source_text` (translated and spoken again), `target_text` (written by a person:
            never translated again), `spoken_text` (what is said instead of what is written).
        user: Who changes it.
        correction: That is applied by it.
    """
    with transaction.atomic():
        segment = _locked(segment)
        texts = {name: normalize(clean(text)) for name, text in changes.items()}
        texts = {name: text for name, text in texts.items() if text != getattr(segment, name)}
        if not texts:
            return segment
        before = {name: getattr(segment, name) for name in _COLUMNS}
        for name, text in texts.items():
            setattr(segment, name, text)
        if "target_text" in texts:
            segment.translation_key = segment.provenance = PERSON
            segment.links = carried(segment.links, before["target_text"], texts["target_text"])
            segment.warnings, segment.doubts, segment.confidence = [], [], None
        elif "source_text" in texts:
            segment.translation_key = ""
        Edit.objects.create(
            segment=segment, user=user, before=before, after=texts, correction=correction
        )
        _write(segment, before)
    return segment


def undo(segment: Segment) -> Segment:
    """Take back the newest change of a segment that holds.

    Raises:
        Conflict: There is none.
    """
    with transaction.atomic():
        segment = _locked(segment)
        newest = segment.edits.filter(undone_at=None).first()
        if newest is None:
            raise Conflict("Nothing of this segment was changed.", {"reason": "nothing_to_undo"})
        now = {name: getattr(segment, name) for name in _COLUMNS}
        for name, value in newest.before.items():
            setattr(segment, name, value)
        newest.undone_at = timezone.now()
        newest.save(update_fields=["undone_at"])
        undone = Correction.objects.filter(edits=newest, segment=segment)
        # What the owner took back of their own waits for nobody.
        undone.filter(user=segment.book.owner).update(state=Standing.DECLINED)
        undone.exclude(user=segment.book.owner).update(
            state=Standing.OPEN, decided_at=None, decided_by=None
        )
        _write(segment, now)
    return segment


def _locked(segment: Segment) -> Segment:
    locked = Segment.objects.select_for_update().filter(pk=segment.pk).first()
    if locked is None:
        raise Http404
    locked.book, locked.chapter = segment.book, segment.chapter
    return locked


def _write(segment: Segment, before: Mapping[str, Any]) -> None:
    """Save a changed segment; let it be made again where it would sound or read otherwise."""
    heard = (jeju_column(segment.book), "spoken_text")
    old = segment.take_id
    sounds = any(getattr(segment, name) != before[name] for name in heard)
    if sounds or not segment.translation_key:
        _ask_again(segment)
    segment.save()
    search.index([segment])
    doubts.write([segment])
    texts = any(getattr(segment, name) != before[name] for name in ("source_text", "target_text"))
    raise_revision(segment.book_id, texts=texts)
    names = unused_takes({old} if old and segment.take is None else set())
    transaction.on_commit(partial(forget, names))
    transaction.on_commit(partial(work_wanted.send, None))


def _ask_again(segment: Segment) -> None:
    """Let a segment be made again; what a worker is making of it now will not be taken."""
    segment.take, segment.state, segment.problem, segment.attempts = None, State.WAITING, "", 0
    segment.not_before = segment.claimed_until = None
    segment.claimed_by = ""


def preview(
    segments: Sequence[Segment], more: Callable[[Segment], dict[str, str]]
) -> dict[str, Any]:
    """Return what a change would reach: how many segments, and the first fifty.

    Args:
        segments: In the order of their books.
        more: What is shown of each besides its place.
    """
    shown = [
        {
            "book": one.book_id,
            "title": one.book.title,
            "segment": one.pk,
            "position": one.position,
            **more(one),
        }
        for one in segments[:_SHOWN]
    ]
    return {"count": len(segments), "results": shown}


def speak_again(segments: Iterable[Segment]) -> int:
    """Let many segments be spoken again; return how many."""
    return _make_again(segments, {})


def translate_again(segments: Iterable[Segment]) -> int:
    """Let many segments be translated and spoken again; return how many."""
    return _make_again(segments, {"translation_key": ""})


def _make_again(segments: Iterable[Segment], columns: Mapping[str, Any]) -> int:
    rows = [(one.pk, one.take_id, one.book_id) for one in segments]
    with transaction.atomic():
        for start in range(0, len(rows), _BATCH):
            numbers = [pk for pk, _, _ in rows[start : start + _BATCH]]
            Segment.objects.filter(pk__in=numbers).update(
                take=None, **settled(State.WAITING), **columns
            )
        for book, count in Counter(book for _, _, book in rows).items():
            raise_revision(book, count, texts="translation_key" in columns)
        names = unused_takes({take for _, take, _ in rows if take})
        transaction.on_commit(partial(forget, names))
        transaction.on_commit(partial(work_wanted.send, None))
    return len(rows)
