"""Limits on what can be guessed or overdone: growing waits, for each account and address.

They are counted in the database, so that every process and every restart knows of them. A try is
counted before it is made: whoever sends many at once gains nothing.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from kosorong_library.accounts.models import Attempt
from kosorong_library.config.deadlocks import retried

_FORGOTTEN = timedelta(days=1)
# Whoever holds one address of IPv6 holds 2^64 of them.
_IPV6_BITS = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be tried.

    Attributes:
        name: What is counted.
        free: Tries that cost no wait, without a pause as long as `forgotten`.
        first: Seconds to wait after them; doubled with every further try.
        longest: Seconds that no wait exceeds.
        forgotten: The pause after which counting begins anew.

    >>> [Limit("pin", 3, 5, 60).wait(tries) for tries in (1, 2, 3, 4, 5, 99)]
    [0, 0, 0, 5, 10, 60]
    """

    name: str
    free: int
    first: int
    longest: int
    forgotten: timedelta = timedelta(days=1)

    def wait(self, tries: int) -> int:
        """Return the seconds to wait after so many tries in a row."""
        over = tries - self.free
        return 0 if over < 1 else min(self.longest, self.first * 2 ** min(over - 1, 20))


LOGIN_NAME = Limit("login of a name", 5, 5, 900)
LOGIN_DEVICE = Limit("login from a known browser", 5, 5, 900)
LOGIN_ADDRESS = Limit("login from an address", 30, 5, 900)
REGISTER = Limit("register from an address", 20, 30, 3600)
PIN = Limit("PIN of an invitation", 5, 30, 3600)
PASSWORD = Limit("password of a user", 5, 5, 900)
RESET_MAIL = Limit("reset to a mail address", 3, 60, 3600)
LETTERS = Limit("letters that a user has sent to an address", 5, 60, 3600)
REPORT = Limit("reports of books from an address", 20, 60, 3600)
PROPOSAL = Limit("corrections proposed by a user", 500, 60, 3600)
# A page asks at every pause of whoever types.
PREVIEW = Limit("previews of books by a user", 500, 5, 60, timedelta(hours=1))
RESET_ADDRESS = Limit("reset from an address", 20, 30, 3600)

Try = tuple[Limit, str]
"""A limit, and whom it counts."""


class TooMany(APIException):
    """Too many tries; DRF writes `wait` into `Retry-After`."""

    status_code = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many tries; wait {seconds} seconds and try again.")
        self.wait = seconds
        self.extra = {"reason": "too_many", "retry_after": seconds}


def address_of(request: Request) -> str:
    """Return where a request comes from: an address, of IPv6 its network."""
    remote = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(remote)
    except ValueError:
        return remote
    if isinstance(address, IPv6Address):
        return str(int(address) >> _IPV6_BITS)
    return str(address)


PREVIEWS = threading.BoundedSemaphore(2)
"""Previews at a time in a process: one of a whole novel takes a thread for seconds."""

_BUSY_SECONDS = 2


@contextmanager
def one_of(few: threading.BoundedSemaphore) -> Iterator[None]:
    """Do something that only a few may do at a time.

    Raises:
        TooMany: As many are at it.
    """
    if not few.acquire(blocking=False):
        raise TooMany(_BUSY_SECONDS)
    try:
        yield
    finally:
        few.release()


@retried
def count(*tries: Try) -> None:
    """Count a try by each of its limits, or by none.

    Raises:
        TooMany: One of them has to be waited for.
    """
    now = timezone.now()
    with transaction.atomic():
        rows = [(limit, _row(limit, who, now)) for limit, who in _sorted(tries)]
        waits = [row.blocked_until - now for _, row in rows if row.blocked_until is not None]
        longest = max(waits, default=timedelta())
        if longest > timedelta():
            raise TooMany(math.ceil(longest.total_seconds()))
        for limit, row in rows:
            row.count += 1
            wait = limit.wait(row.count)
            row.blocked_until = now + timedelta(seconds=wait) if wait else None
            row.save()


@retried
def forgive(limit: Limit, who: str) -> None:
    """Take back one try, which was right."""
    with transaction.atomic():
        row = Attempt.objects.select_for_update().filter(key=_key(limit, who)).first()
        if row is not None:
            row.count, row.blocked_until = max(0, row.count - 1), None
            row.save()


def forget(limit: Limit, who: str) -> None:
    """Forget all tries: who made the last one is known now."""
    Attempt.objects.filter(key=_key(limit, who)).delete()


def prune() -> None:
    """Delete what counts for nothing any more."""
    Attempt.objects.filter(last_at__lt=timezone.now() - _FORGOTTEN).delete()


def _sorted(tries: Sequence[Try]) -> list[Try]:
    """Return tries in an order that is always the same: two processes cannot lock crosswise."""
    return sorted(tries, key=lambda attempt: _key(*attempt))


def _row(limit: Limit, who: str, now: datetime) -> Attempt:
    key = _key(limit, who)
    Attempt.objects.get_or_create(key=key)
    row: Attempt = Attempt.objects.select_for_update().get(key=key)
    if row.last_at < now - limit.forgotten:
        row.count, row.blocked_until = 0, None
    return row


def _key(limit: Limit, who: str) -> str:
    return str(salted_hmac(limit.name, who, algorithm="sha256").hexdigest())
