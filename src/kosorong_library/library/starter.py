"""The book that a new library begins with: an old tale of Jeju, made by what is installed."""

from __future__ import annotations

from pathlib import Path

from kosorong.book.readers import read_manuscript
from kosorong_library.accounts.models import User
from kosorong_library.library.manuscripts import Sent
from kosorong_library.library.models import Book, Language
from kosorong_library.library.services import create_book

# In a checkout a link to the text in `examples/`; a wheel carries the text itself.
STORY = Path(__file__).with_name("data") / "seolmundae-halmang.txt"


def create_starter(owner: User) -> Book:
    """Put the starter book into the library; its production begins in the background.

    Args:
        owner: Whose book it will be.

    Raises:
        StorageError: The disk is full.
    """
    manuscript = read_manuscript(STORY, language=Language.KOREAN)
    return create_book(owner, Sent(STORY, manuscript), language=Language.KOREAN)
