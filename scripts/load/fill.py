"""Fill a library with books that are done, in the folder that is named.

    python scripts/load/fill.py DATA BOOKS SEGMENTS LONGEST

One book has `LONGEST` segments in 40 chapters, the others share the rest. Every segment has its
own take, words and passage, as a real one has; sound is a file that all takes share.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_CHAPTER = 250
_ROWS = 2000
_SOUND = "takes/sh/shared.flac"


def sizes(books: int, segments: int, longest: int) -> list[int]:
    """Return how many segments each book has, the longest first.

    >>> sizes(4, 100, 50)
    [50, 17, 17, 16]
    """
    if books == 1:
        return [segments]
    share, more = divmod(segments - longest, books - 1)
    return [longest, *(share + (number < more) for number in range(books - 1))]


def fill(books: int, segments: int, longest: int) -> None:
    """Write the rows of books that lie there finished."""
    from django.db import transaction

    from kosorong_library.accounts.services import first_user

    chance, owner = random.Random(6), first_user()  # noqa: S311  # no secret
    words = (ROOT / "examples" / "seolmundae-halmang.txt").read_text(encoding="utf-8").split()
    for number, size in enumerate(sizes(books, segments, longest)):
        with transaction.atomic():
            _book(owner, number, size, chance, words)


def _book(owner: Any, number: int, size: int, chance: random.Random, words: list[str]) -> None:
    from kosorong_library.library.models import Book, Chapter
    from kosorong_library.library.search import book_line

    book = Book(owner=owner, title=f"{number}번째 책", author=chance.choice(words), original="")
    book.folded = book_line(book)
    book.save()
    count = max(1, size // _CHAPTER)
    chapters = Chapter.objects.bulk_create(
        Chapter(book=book, position=at, title=f"{at + 1}장") for at in range(count)
    )
    for start in range(0, size, _ROWS):
        last = min(size, start + _ROWS)
        _segments(book, chapters, range(start, last), list(_texts(chance, words, last - start)))


def _texts(chance: random.Random, words: list[str], count: int) -> Iterator[str]:
    for _ in range(count):
        yield " ".join(chance.choices(words, k=chance.randrange(4, 14)))


def _segments(book: Any, chapters: list[Any], places: range, texts: list[str]) -> None:
    from kosorong_library.library import search
    from kosorong_library.library.models import Segment, State
    from kosorong_library.studio.models import Take

    takes = Take.objects.bulk_create(
        Take(
            key=f"{book.pk:08x}{place:056x}",
            audio=_SOUND,
            samples=11_025 * len(text.split()),
            sample_rate=22_050,
            words=[[word, at / 2, (at + 1) / 2] for at, word in enumerate(text.split())],
            voice="tone",
            fingerprint="tone",
        )
        for place, text in zip(places, texts, strict=True)
    )
    rows = Segment.objects.bulk_create(
        Segment(
            book=book,
            chapter=chapters[min(place // _CHAPTER, len(chapters) - 1)],
            position=place,
            paragraph=place % _CHAPTER // 3,
            ends_paragraph=place % 3 == 2,
            source_text=text,
            target_text=text,
            links=[[at, at, 1.0] for at in range(len(text.split()))],
            translation_key=f"{place:08x}{book.pk:056x}",
            take=take,
            cost=0.1,
            state=State.DONE,
        )
        for place, text, take in zip(places, texts, takes, strict=True)
    )
    search.index(rows)


def _shared_sound() -> int:
    """Keep the sound of all takes; return its loudness as a row has it."""
    import numpy as np
    from django.core.files.base import ContentFile

    from kosorong.audio.mark import Mark
    from kosorong.book.sound import Level
    from kosorong.book.store import flac
    from kosorong_library.storage.files import keep
    from kosorong_library.studio.models import stored_lufs

    noise = np.random.default_rng(6).normal(scale=0.05, size=5 * 22_050).astype(np.float32)
    keep(_SOUND, ContentFile(flac(noise, 22_050, Mark(()))))
    return stored_lufs(Level(22_050).measured(noise))


def main() -> int:
    """Prepare the folder, and fill it."""
    folder, *numbers = sys.argv[1:]
    from kosorong_library import serve

    serve.prepare(Path(folder))
    serve.migrate()
    lufs = _shared_sound()
    fill(*map(int, numbers))
    from kosorong_library.studio.models import Take

    Take.objects.update(lufs=lufs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
