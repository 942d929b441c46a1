"""Bring books into the library of a folder, as one person: what `load.writers` needs of others.

    python scripts/load/bring.py DATA NAME BOOKS SENTENCES [SECONDS]

Prints the seconds from the first book's text to its first sentence, where it is waited for.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any


def main() -> int:
    """Bring the books, then wait as long as is said."""
    data, name, *numbers = sys.argv[1:]
    books, sentences, patience = (*map(int, numbers), 0)[:3]
    from kosorong_library import serve

    serve.prepare(Path(data))
    from kosorong_library.accounts.models import User

    owner = User.objects.filter(username=name).first() or User.objects.create_user(name)
    started = time.perf_counter()
    first, *_ = [_bring(owner, number, sentences) for number in range(books)]
    end = started + patience
    while patience and not first.segments.filter(state="done").exists():
        if time.perf_counter() > end:
            raise SystemExit(f"nothing of {name}'s book can be heard after {patience} s.")
        time.sleep(0.01)
    print(time.perf_counter() - started)
    return 0


def _bring(owner: Any, number: int, sentences: int) -> Any:
    from kosorong_library.library import manuscripts, services

    # No sentence stands anywhere else: finished work would be found again by its text.
    place = time.time_ns()
    text = " ".join(f"{place}번 책 {n}째 날에 눈이 왔다." for n in range(sentences))
    with manuscripts.pasted(text, f"{number}번째", "ko") as sent:
        return services.create_book(owner, sent)


if __name__ == "__main__":
    sys.exit(main())
