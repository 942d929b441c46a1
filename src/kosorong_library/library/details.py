"""Writes: what a maker says of a book; its text stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import transaction

from kosorong.text.cleaning import can_be_seen, plain
from kosorong_library.config.errors import Conflict
from kosorong_library.library import covers, search
from kosorong_library.library.bounds import MAX_TAGS
from kosorong_library.library.models import Book
from kosorong_library.library.revisions import raise_revision
from kosorong_library.storage.files import forget

MOST_TAGS = 20
# What stands in files of a book; the rest stands on its page.
_PRINTED = ("title", "author")


def set_details(book: Book, changes: Mapping[str, Any]) -> Book:
    """Change what is said of a book; files of it are made anew where they print it.

    Args:
        book: Whose.
        changes: Of `title`, `author`, `narrator`, `description`, `series`, `series_number`, and
            `tags`, a list.

    Raises:
        Conflict: The title would have nothing to see, or there are too many tags.
    """
    new = {name: _plain(name, value) for name, value in changes.items()}
    if "title" in new and not can_be_seen(new["title"]):
        raise Conflict("A book needs a title that can be seen.", {"reason": "title_missing"})
    was = {name: getattr(book, name) for name in new}
    if new == was:
        return book
    with transaction.atomic():
        for name, value in new.items():
            setattr(book, name, value)
        book.folded = search.book_line(book)
        dropped = ""
        if covers.is_drawn_cover(book) and {"title", "author"} & new.keys():
            # It was drawn from what it is no longer called.
            dropped, book.cover = book.cover.name, ""
        book.save(update_fields=[*new, "folded", "cover"])
        if any(new[name] != was[name] for name in _PRINTED if name in new):
            raise_revision(book.pk, 0)
        transaction.on_commit(partial(forget, [dropped]))
    book.refresh_from_db()
    return book


def _plain(name: str, value: Any) -> str:
    if name == "tags":
        return tag_line(value)
    return plain(value).strip()


def tag_line(tags: Iterable[str]) -> str:
    """Return tags as a row keeps them, each once.

    Raises:
        Conflict: There are too many, or they are too long together.
    """
    once = list(dict.fromkeys(filter(None, (" ".join(plain(tag).split()) for tag in tags))))
    line = "\n" + "\n".join(once) + "\n" if once else ""
    if len(once) > MOST_TAGS or len(line) > MAX_TAGS:
        raise Conflict(
            f"A book takes {MOST_TAGS} tags, {MAX_TAGS} characters together; leave some out.",
            {"reason": "too_many_tags", "limit": MOST_TAGS},
        )
    return line
