"""Everything about a finished book as JSON: title page, chapters, lines, words, times."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from kosorong.book.edition import Edition, Line, Part
from kosorong.book.writers.whole import length, lines, write_pieces

_PAGE = ("title", "author", "language", "beside", "original", "narrator", "credit", "rights")


def write_json(edition: Edition, target: Path) -> list[Path]:
    """Write the book as JSON; see `kosorong.book.formats.write`."""
    return write_pieces(edition, target, _pieces(edition))


def _pieces(edition: Edition) -> Iterator[str]:
    imprint = edition.imprint
    page = {name: getattr(imprint, name) for name in _PAGE}
    page |= {"notice": imprint.notice, "identifier": imprint.identifier}
    head = _dumped({**page, "length_ms": length(edition)})
    yield f'{head[:-1]}, "chapters": [\n'
    before = ""
    for part, rows in groupby(lines(edition), key=lambda row: row[0]):
        yield f'{before}{_dumped(_chapter(part))[:-1]}, "lines": [\n'
        yield ",\n".join(_dumped(_line(line)) for _, line in rows)
        yield "\n]}"
        before = ",\n"
    yield "\n]}\n"


def _dumped(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _chapter(part: Part) -> dict[str, Any]:
    return {
        "number": part.number,
        "title": part.title,
        "level": part.level,
        "notes": list(part.notes),
        "source": str(part.source),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "position": line.position,
        "paragraph": line.paragraph,
        "kind": line.kind,
        "text": line.text,
        "beside": line.beside,
        "begin_ms": line.begin,
        "end_ms": line.end,
        "human": line.human,
        "words": [{"text": word.text, "begin_ms": word.begin} for word in line.words],
    }
