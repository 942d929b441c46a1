"""What of a text can be said, before it is spoken."""

from __future__ import annotations

from collections.abc import Sequence

from kosorong.errors import InputError
from kosorong.serving.breath_groups import breath_groups
from kosorong.text.reading import read
from kosorong.text.say.spoken import Unread


def need_sound(text: str, where: str = "text") -> tuple[Unread, ...]:
    """Return the characters of a text that will not be read, each kind once.

    Args:
        text: Any text.
        where: The field it stands in.

    Raises:
        InputError: Nothing of it can be read.

    >>> [one.character for one in need_sound("바당 🐚 🐚")]
    ['🐚']
    """
    readings = [read(group.text) for group in breath_groups(text)]
    if not any(reading.symbols for reading in readings):
        raise InputError(
            "nothing in the text can be read.", where=where, cure="Send a text in Hangul."
        )
    unread: Sequence[Unread] = [sign for reading in readings for sign in reading.unread]
    return tuple({(sign.character, sign.reason): sign for sign in unread}.values())
