"""Mail addresses: whoever can read what is sent there says that it is theirs.

Only where letters are sent (`KOSORONG_MAIL_HOST`): elsewhere nothing is asked and nothing claimed.
"""

from __future__ import annotations

import contextlib

from django.conf import settings
from django.core import signing

from kosorong.errors import ServiceError
from kosorong_library.accounts import limits, tasks
from kosorong_library.accounts.models import User
from kosorong_library.config import queue
from kosorong_library.config.errors import Conflict, Refused

_SECONDS = 3 * 24 * 3600


def is_confirmed(user: User) -> bool | None:
    """Say whether a user's mail address is known to be theirs; None where nobody asks."""
    if not (settings.CONFIRM_MAIL and user.email):
        return None
    return bool(user.confirmed_mail == user.email)


def begin(user: User, page: str) -> None:
    """Send the letter for a new address; where that cannot be now, its user asks again later."""
    with contextlib.suppress(Conflict, ServiceError, limits.TooMany):
        send(user, page)


def send(user: User, page: str) -> None:
    """Send the letter with the link.

    Args:
        user: Whose address.
        page: Where the page is reached, with a slash at its end.

    Raises:
        Conflict: There is no address to confirm, or no letters are sent here.
        ServiceError: The queue is away.
        TooMany: It was sent too often.
    """
    if is_confirmed(user) is not False:
        raise Conflict("There is no mail address to confirm.", {"reason": "nothing_to_confirm"})
    limits.count((limits.LETTERS, str(user.pk)), (limits.RESET_MAIL, user.email.casefold()))
    if not queue.give(tasks.send_confirmation, user.pk, page):
        raise ServiceError("letters cannot be sent now.", cure="Try again in a minute.")


def confirm(key: str) -> None:
    """Take the word of whoever holds the link.

    Args:
        key: What stands behind `#` in it.

    Raises:
        Refused: It is none, too old, or the address is another one meanwhile.
    """
    try:
        number, mail = signing.loads(key, salt=tasks.CONFIRM_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        raise _wrong() from None
    users = User.objects.filter(pk=number, email=mail, is_active=True)
    if not users.update(confirmed_mail=mail):
        raise _wrong()


def _wrong() -> Refused:
    return Refused("key", "The link is used up or too old; ask for another letter.", "wrong_link")
