"""How often something may be tried: as often as was decided, and no try is forgotten by halves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kosorong_library.accounts import limits
from kosorong_library.accounts.models import Attempt


@pytest.mark.parametrize(
    ("limit", "free", "first", "longest"),
    [
        (limits.LOGIN_NAME, 5, 5, 900),
        (limits.LOGIN_DEVICE, 5, 5, 900),
        (limits.LOGIN_ADDRESS, 30, 5, 900),
        (limits.PASSWORD, 5, 5, 900),
        (limits.REGISTER, 20, 30, 3600),
        (limits.PIN, 5, 30, 3600),
        (limits.RESET_MAIL, 3, 60, 3600),
        (limits.RESET_ADDRESS, 20, 30, 3600),
        (limits.LETTERS, 5, 60, 3600),
        (limits.REPORT, 20, 60, 3600),
        (limits.PROPOSAL, 500, 60, 3600),
        (limits.PREVIEW, 500, 5, 60),
    ],
    ids=lambda one: getattr(one, "name", None),
)
def test_a_try_costs_no_wait_as_often_as_was_decided_and_then_twice_the_last_one(
    limit: limits.Limit, free: int, first: int, longest: int
) -> None:
    waits = [limit.wait(free + more) for more in (0, 1, 2, 3)]
    assert waits == [0, first, min(2 * first, longest), min(4 * first, longest)]
    assert limit.wait(10_000) == longest


def test_previews_are_forgotten_after_an_hour_and_all_else_after_a_day() -> None:
    hours = timedelta(hours=1)
    assert limits.PREVIEW.forgotten == hours
    assert limits.LOGIN_NAME.forgotten == limits.PIN.forgotten == 24 * hours


def tries(limit: limits.Limit) -> list[int]:
    return list(Attempt.objects.order_by("pk").values_list("count", flat=True))


def test_a_try_that_was_right_is_taken_back(db: None) -> None:
    limit = limits.Limit("mild", 3, 60, 60)
    limits.count((limit, "a"))
    limits.count((limit, "a"))
    limits.forgive(limit, "a")
    assert tries(limit) == [1]
    limits.forgive(limit, "a")
    limits.forgive(limit, "a")
    assert tries(limit) == [0]


def test_who_was_forgiven_need_not_wait(db: None) -> None:
    limit = limits.Limit("strict", 0, 60, 60)
    limits.count((limit, "a"))
    with pytest.raises(limits.TooMany) as refused:
        limits.count((limit, "a"))
    assert refused.value.wait == 60
    limits.forgive(limit, "a")
    limits.count((limit, "a"))


def test_forgetting_one_leaves_the_others(db: None) -> None:
    limit = limits.Limit("strict", 0, 60, 60)
    limits.count((limit, "a"), (limit, "b"))
    limits.forget(limit, "a")
    limits.count((limit, "a"))
    with pytest.raises(limits.TooMany):
        limits.count((limit, "b"))


def test_only_what_is_older_than_a_day_is_pruned(db: None) -> None:
    limit = limits.Limit("strict", 0, 60, 60)
    for who, hours in (("old", 25), ("young", 23)):
        before = set(Attempt.objects.values_list("pk", flat=True))
        limits.count((limit, who))
        new = Attempt.objects.exclude(pk__in=before)
        new.update(last_at=timezone.now() - timedelta(hours=hours))
    limits.prune()
    assert Attempt.objects.count() == 1
    with pytest.raises(limits.TooMany):
        limits.count((limit, "young"))


def test_the_longest_wait_of_all_limits_is_told(db: None) -> None:
    short, long = limits.Limit("short", 0, 5, 60), limits.Limit("long", 0, 50, 60)
    limits.count((short, "a"), (long, "a"))
    with pytest.raises(limits.TooMany) as refused:
        limits.count((short, "a"), (long, "a"))
    assert refused.value.wait == 50
    assert refused.value.extra == {"reason": "too_many", "retry_after": 50}
