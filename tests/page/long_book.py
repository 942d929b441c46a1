"""A finished book of many sentences, made of rows: nothing is spoken but its first sentence."""

from __future__ import annotations

import sqlite3

from browsing import Library

LINES = (
    "{}번째 날에는 바람이 세게 불었습니다.",
    "파도도 아주 높아서 배가 뜨지 못했습니다.",
    "할머니는 부엌에서 떡을 빚었습니다.",
)


def long_book(library: Library, sentences: int, title: str = "긴 책") -> int:
    """Return the number of a book of so many sentences, in one chapter.

    Every sentence sounds like the first: its take is given to all of them.
    """
    days = range(1, sentences // len(LINES) + 1)
    text = "\n\n".join(" ".join(LINES).format(day) for day in days)
    book = int(library.ask("/api/books/", {"title": title, "text": text})["id"])
    path = f"/api/books/{book}/"
    library.wait(lambda: library.ask(f"{path}?brief=1")["segments"]["done"], 120)
    library.ask(f"{path}cancel/", {})
    with sqlite3.connect(library.data / "library.sqlite3", timeout=60) as database:
        found = database.execute(
            "SELECT take_id FROM library_segment WHERE book_id = ? AND take_id IS NOT NULL", (book,)
        ).fetchone()
        database.execute(
            "UPDATE library_segment SET state = 'done', take_id = ?, claimed_by = '',"
            " claimed_until = NULL, problem = '', links = '[[0, 0, 1]]',"
            " target_text = CASE target_text WHEN '' THEN source_text ELSE target_text END"
            " WHERE book_id = ?",
            (*found, book),
        )
    library.wait(lambda: library.ask(f"{path}?brief=1")["status"] == "done")
    return book
