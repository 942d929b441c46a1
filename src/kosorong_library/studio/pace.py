"""How production paces itself: what workers, reconciler and the simulation of both share.

>>> [wait_after(attempts).total_seconds() for attempts in (1, 2, 3, 10)]
[1.0, 2.0, 4.0, 30.0]
"""

from __future__ import annotations

from datetime import timedelta

BATCH = 4
"""Segments of one task: some seconds of work, so that books take turns."""
FIRST_BATCH = 1
"""Of a book of which nothing is made yet, so that its first sentence is heard soon."""
WRITE_SECONDS = 2.0
"""After which a slow batch is written down before it is whole: somebody waits to hear it."""
WISH_SECONDS = 1.0
"""Between two questions whether a book is still to be made."""
LEASE = timedelta(seconds=90)
"""How long a batch is held without a sign of life."""
MOST_TICKETS = 8
"""Each worker hands its ticket on, so that one would do; more start many workers faster."""
LOOK_SECONDS = 2.0
"""Between two looks of the reconciler."""
POLL_SECONDS = 0.25
"""Between two looks of an idle worker at a queue that is a table; Redis wakes it."""
CUT_SECONDS = 0.5
"""Between two looks for text that is not cut yet; the first piece of a book is cut at once."""
_LONGEST_WAIT = timedelta(seconds=30)


def wait_after(attempts: int) -> timedelta:
    """Return how long a segment waits that went wrong some times in a row."""
    return min(timedelta(seconds=0.5 * 2 ** min(attempts, 10)), _LONGEST_WAIT)
