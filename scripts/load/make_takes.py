"""Make a library of one book whose takes are large: `make_takes.py DATA TAKES BYTES`."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    """Write rows and files; bytes that no archive makes smaller, as those of FLAC are."""
    folder, count, size = sys.argv[1:]
    from kosorong_library import serve

    serve.prepare(Path(folder))
    serve.migrate()
    from django.core.files.base import ContentFile

    from kosorong_library.accounts.services import first_user
    from kosorong_library.library.models import Book, Chapter, Segment, State
    from kosorong_library.storage.files import keep
    from kosorong_library.studio.models import Take
    from kosorong_library.studio.takes import take_name

    book = Book.objects.create(owner=first_user(), title="큰 책", original="")
    chapter = Chapter.objects.create(book=book, position=0)
    columns = {"source_text": "눈이 왔다.", "target_text": "눈이 왓다.", "state": State.DONE}
    for place in range(int(count)):
        key = os.urandom(32).hex()
        name = keep(take_name(key), ContentFile(os.urandom(int(size))))
        take = Take.objects.create(key=key, audio=name, samples=264_600, sample_rate=22_050)
        at = {"book": book, "chapter": chapter, "position": place, "paragraph": place}
        Segment.objects.create(**at, **columns, take=take)
    return 0


if __name__ == "__main__":
    sys.exit(main())
