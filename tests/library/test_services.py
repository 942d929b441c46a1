"""What the services promise that no address shows by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.dispatch import receiver
from django.utils import timezone

from kosorong.book.manuscript import Manuscript
from kosorong.errors import InputError, ServiceError
from kosorong_library.accounts import account_deletion, mail_confirmation, selectors, tasks
from kosorong_library.accounts.models import User
from kosorong_library.accounts.signals import account_deleting
from kosorong_library.config.errors import Refused
from kosorong_library.library import manuscripts, search, services
from kosorong_library.library.manuscripts import Sent
from kosorong_library.library.models import Book, Segment, State
from kosorong_library.library.selectors import AT_REST
from kosorong_library.studio import claims, pace
from kosorong_library.studio.production import put_off
from kosorong_library.studio.takes import take_name

DAY = 24 * 3600


@contextmanager
def pasted(text: str = "눈이 왔다. 바람이 불었다.", title: str = "겨울") -> Iterator[Sent]:
    with manuscripts.pasted(text, title, "ko") as sent:
        yield sent


def make(owner: User, **choices: Any) -> Book:
    with pasted() as sent:
        return services.create_book(owner, sent, **choices)


@pytest.mark.parametrize(("age", "holds"), [(3 * DAY - 60, True), (3 * DAY + 60, False)])
def test_a_link_that_confirms_an_address_holds_for_three_days(
    owner: User, monkeypatch: pytest.MonkeyPatch, age: int, holds: bool
) -> None:
    User.objects.update(email="owner@jeju.example")
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now - age)
    key = signing.dumps([owner.pk, "owner@jeju.example"], salt=tasks.CONFIRM_SALT)
    monkeypatch.undo()
    if not holds:
        with pytest.raises(Refused):
            mail_confirmation.confirm(key)
        return
    mail_confirmation.confirm(key)
    owner.refresh_from_db()
    assert owner.confirmed_mail == "owner@jeju.example"


def test_what_another_session_makes_while_an_account_closes_goes_too(
    owner: User, parts: object, files: Callable[[], list[str]]
) -> None:
    make(owner)
    made: list[int] = []

    @receiver(account_deleting)
    def other_session(user: User, **_: object) -> None:
        if not made:
            made.append(make(user).pk)

    try:
        account_deletion.delete_account(owner)
    finally:
        account_deleting.disconnect(other_session)
    assert made
    assert not Book.objects.exists()
    assert files() == []


def test_the_machine_belongs_to_the_first_admin_who_is_active(db: None) -> None:
    first, second = (User.objects.create_user(name, role="admin") for name in ("b", "a"))
    assert selectors.machine_owner() == first
    User.objects.filter(pk=first.pk).update(is_active=False)
    assert selectors.machine_owner() == second


@pytest.mark.parametrize(
    ("head", "ending"),
    [(b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF89a", "gif")],
)
def test_a_cover_is_kept_under_the_ending_of_its_kind(
    owner: User, parts: object, files: Callable[[], list[str]], head: bytes, ending: str
) -> None:
    with pasted() as sent:
        manuscript: Manuscript = replace(sent.manuscript, cover=head + b"picture")
        book = services.create_book(owner, Sent(sent.path, manuscript))
    assert book.cover.name == book.original.name.rpartition("/")[0] + f"/cover.{ending}"
    assert book.cover.name in files()


def test_what_is_no_picture_is_no_cover(owner: User, parts: object) -> None:
    with pasted() as sent:
        manuscript = replace(sent.manuscript, cover=b"no picture")
        book = services.create_book(owner, Sent(sent.path, manuscript))
    assert not book.cover


def test_a_text_without_a_word_leaves_no_book_and_no_file(
    owner: User, files: Callable[[], list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="nothing to read"):
        services.create_book(owner, Sent(path, Manuscript("없다", "", "ko", ())))
    assert not Book.objects.exists()
    assert files() == []


def test_no_more_than_ten_words_are_looked_for() -> None:
    words = [f"말{n}" for n in range(12)]
    assert search.words_of(" ".join(words)) == words[:10]


def test_nothing_more_happens_to_a_book_that_is_paused_cancelled_failed_or_done() -> None:
    assert {"paused", "cancelled", "failed", "done"} == AT_REST


def test_the_name_of_a_take_begins_with_its_key_and_is_never_the_same() -> None:
    one, other = take_name("abcdef"), take_name("abcdef")
    assert one.startswith("takes/ab/abcdef-")
    assert one.endswith(".flac")
    assert one != other


def claim(owner: User) -> claims.Claim:
    make(owner)
    found = claims.claim()
    assert found is not None
    return found


def test_a_claim_that_is_held_lasts_as_long_again(owner: User, parts: object) -> None:
    found = claim(owner)
    segment = found.segments[0]
    Segment.objects.update(claimed_until=timezone.now())
    claims.hold(found)
    segment.refresh_from_db()
    left = segment.claimed_until - timezone.now()
    assert pace.LEASE - timedelta(seconds=20) < left <= pace.LEASE


def test_what_was_given_back_is_nobodys(owner: User, parts: object) -> None:
    found = claim(owner)
    claims.release(found)
    segment = Segment.objects.get(pk=found.segments[0].pk)
    assert (segment.claimed_by, segment.claimed_until) == ("", None)


def test_a_segment_whose_state_is_settled_is_as_if_nothing_had_gone_wrong() -> None:
    assert claims.settled(State.DONE) == {
        "state": State.DONE,
        "problem": "",
        "attempts": 0,
        "not_before": None,
        "claimed_by": "",
        "claimed_until": None,
    }


def test_what_may_pass_is_tried_again_later_and_later(owner: User, parts: object) -> None:
    for attempts, seconds in ((1, 1), (2, 2), (3, 4)):
        if attempts == 1:
            found = claim(owner)
        else:
            Segment.objects.update(not_before=None)
            again = claims.claim()
            assert again is not None
            found = again
        # The clock of SQLite has milliseconds.
        begun = timezone.now() - timedelta(milliseconds=1)
        put_off(found, found.segments, ServiceError("away."))
        segment = Segment.objects.get(pk=found.segments[0].pk)
        assert (segment.state, segment.attempts) == (State.WAITING, attempts)
        assert segment.problem.startswith("away.")
        assert (segment.claimed_by, segment.claimed_until) == ("", None)
        assert segment.not_before is not None
        wait = segment.not_before - begun
        assert timedelta(seconds=seconds) <= wait < timedelta(seconds=seconds + 20)
        assert claims.is_work_waiting() == (Segment.objects.count() > len(found.segments))


def test_what_will_not_pass_is_not_tried_again(owner: User, parts: object) -> None:
    found = claim(owner)
    put_off(found, found.segments, InputError("no.", where="here", cure="Change it."))
    segment = Segment.objects.get(pk=found.segments[0].pk)
    assert (segment.state, segment.attempts, segment.claimed_by) == (State.FAILED, 1, "")
    assert (segment.not_before, segment.claimed_until) == (None, None)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 1.0), (2, 2.0), (5, 16.0), (6, 30.0), (1000, 30.0)]
)
def test_no_segment_waits_longer_than_half_a_minute(attempts: int, seconds: float) -> None:
    assert pace.wait_after(attempts) == timedelta(seconds=seconds)
