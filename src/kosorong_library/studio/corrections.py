"""Writes: corrections that people propose, vote for, take over, keep beside, or take back."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from kosorong.text.cleaning import clean, plain
from kosorong.text.letters.normalize import normalize
from kosorong_library.accounts.models import User
from kosorong_library.config.errors import Conflict
from kosorong_library.library.models import Segment
from kosorong_library.studio import editing
from kosorong_library.studio.models import Correction, CorrectionKind, Standing, Vote

ENOUGH_VOTES = 2
LICENCE = "CC BY-SA 4.0"
"""Of corrections that models may learn from."""


def propose(segment: Segment, user: User, form: Mapping[str, object]) -> Correction:
    """Write a correction down; the owner's own is taken over at once.

    Args:
        segment: Which, with its book.
        user: Who proposes it.
        form: `kind`, `text`, `region`, `village`, `consent`.

    Raises:
        Conflict: The segment is not translated yet, or says this already, or somebody proposed it.
    """
    kind, text = str(form["kind"]), normalize(clean(str(form["text"])))
    jeju = editing.jeju_of(segment)
    if not jeju:
        raise Conflict("This sentence is not translated yet; wait for it.", {"reason": "no_text"})
    was = _standing(segment, kind)
    if text == was:
        raise Conflict("This is what stands there already.", {"reason": "nothing_new"})
    owner = segment.book.owner_id == user.pk
    waiting = segment.corrections.filter(kind=kind, text=text, state=Standing.OPEN)
    # Votes for the same words would be counted apart.
    if not owner and waiting.exists():
        raise Conflict("Somebody proposed just this; vote for it.", {"reason": "proposed_already"})
    with transaction.atomic():
        row = Correction.objects.create(
            segment=segment,
            user=user,
            kind=kind,
            was=was,
            text=text,
            korean=editing.korean_of(segment),
            region=plain(str(form["region"])),
            village=plain(str(form["village"])),
            consent=bool(form["consent"]),
            licence=LICENCE if form["consent"] else "",
        )
        if owner:
            _apply(row, user)
    return row


def vote(correction: Correction, user: User) -> None:
    """Count somebody's yes; two are enough to take a correction over.

    Raises:
        Conflict: It is decided already, the voter's own, or the text was changed since.
    """
    if correction.user_id == user.pk:
        raise Conflict("Others vote for what you proposed.", {"reason": "own_correction"})
    with transaction.atomic():
        row = _open(correction)
        _see_unchanged(row)
        Vote.objects.get_or_create(correction=row, user=user)
        if row.votes.count() >= ENOUGH_VOTES:
            _apply(row, None)


def take_back_vote(correction: Correction, user: User) -> None:
    """Forget somebody's yes; what was decided by it stays.

    Raises:
        Conflict: It is decided already.
    """
    with transaction.atomic():
        _open(correction).votes.filter(user=user).delete()


def accept(correction: Correction, owner: User) -> None:
    """Put a correction into the text.

    Raises:
        Conflict: It is decided already, or the text was changed since it was proposed.
    """
    with transaction.atomic():
        row = _open(correction)
        _see_unchanged(row)
        _apply(row, owner)


def decline(correction: Correction, owner: User, state: str) -> None:
    """Leave the text as it is, and the correction aside or as a variant beside it.

    Args:
        correction: Which.
        owner: Who decides.
        state: `DECLINED` or `VARIANT`.

    Raises:
        Conflict: It is decided already.
    """
    with transaction.atomic():
        _decide(_open(correction), owner, state)


def undo(correction: Correction) -> None:
    """Open a decision again; a text that was taken over goes back to what it was.

    Raises:
        Conflict: Nothing is decided, or the text was changed again since.
    """
    with transaction.atomic():
        row = _locked(correction)
        if row.state == Standing.OPEN:
            raise Conflict("Nothing was decided of this correction.", {"reason": "open"})
        if row.state != Standing.ACCEPTED:
            _decide(row, None, Standing.OPEN)
            return
        newest = row.segment.edits.filter(undone_at=None).first()
        if newest is not None and newest.correction_id == row.pk:
            editing.undo(row.segment)
        elif row.edits.filter(undone_at=None, segment=row.segment).exists():
            raise Conflict(
                "The text was changed again since; undo that change first.",
                {"reason": "changed_since"},
            )
        own = row.user_id == row.segment.book.owner_id
        _decide(row, None, Standing.DECLINED if own else Standing.OPEN)
        row.votes.all().delete()


def set_consent(correction: Correction, consent: bool) -> None:
    """Give or take back the word that models may learn from a correction."""
    correction.consent, correction.licence = consent, LICENCE if consent else ""
    correction.save(update_fields=["consent", "licence"])


def _standing(segment: Segment, kind: str) -> str:
    """Return what a correction of a kind would replace: the Jeju text, or what is said."""
    jeju = editing.jeju_of(segment)
    return jeju if kind == CorrectionKind.TRANSLATION else segment.spoken_text or jeju


def _see_unchanged(row: Correction) -> None:
    """See that a correction replaces what whoever proposed it saw.

    Raises:
        Conflict: Something else stands there now.
    """
    held = Segment.objects.select_for_update().select_related("book").filter(pk=row.segment_id)
    segment = held.first()
    if segment is None:
        raise Http404
    row.segment, now = segment, _standing(segment, row.kind)
    if now != row.was:
        raise Conflict(
            "The sentence was changed since this was proposed; it would be lost. Propose it again"
            " for what stands there now, or decline it.",
            {"reason": "changed_since", "now": now},
        )


def _apply(row: Correction, owner: User | None) -> None:
    segment, reading = row.segment, row.kind == CorrectionKind.READING
    column = "spoken_text" if reading else editing.jeju_column(segment.book)
    editing.edit(segment, {column: row.text}, owner, row)
    _decide(row, owner, Standing.ACCEPTED)


def _decide(row: Correction, owner: User | None, state: str) -> None:
    row.state, row.decided_by = state, owner
    row.decided_at = None if state == Standing.OPEN else timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])


def _locked(correction: Correction) -> Correction:
    """Return a correction that nobody else decides meanwhile."""
    row = Correction.objects.select_for_update().filter(pk=correction.pk).first()
    if row is None:
        raise Http404
    row.segment = correction.segment
    return row


def _open(correction: Correction) -> Correction:
    row = _locked(correction)
    if row.state != Standing.OPEN:
        raise Conflict(
            "This correction is decided already; undo that first.", {"reason": "decided"}
        )
    return row
