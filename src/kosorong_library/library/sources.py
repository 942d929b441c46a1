"""What the source of a book holds: before the book is made, and kept with it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kosorong.book.account import account_of
from kosorong.book.languages import foreign_in, languages_of, without_foreign
from kosorong.book.manuscript import Manuscript
from kosorong.book.options import original_language
from kosorong.book.overview import left_out_of, lines_of, samples_of
from kosorong.text.cleaning import can_be_seen, clean, plain
from kosorong_library.library.bounds import MAX_TITLE
from kosorong_library.library.models import Language

OUTCOMES = ("translated", "kept", "asked")
"""What would become of a text: made into Jeju, read as it is, or asked about first."""


def title_of(manuscript: Manuscript, typed: str) -> str:
    """Return the title of a book: as it was typed, else the manuscript's."""
    titles = (plain(typed)[:MAX_TITLE], plain(manuscript.title)[:MAX_TITLE])
    return next(filter(can_be_seen, titles), "제목 없음")


def author_of(manuscript: Manuscript) -> str:
    """Return the author of a book."""
    return plain(manuscript.author)[:MAX_TITLE]


def source_of(manuscript: Manuscript) -> dict[str, Any]:
    """Return what is kept of a manuscript beside what is read (`api.source_outputs`)."""
    source = {
        "about": asdict(manuscript.about),
        "chapters": [asdict(line) for line in lines_of(manuscript)],
        "account": account_of(manuscript),
    }
    return dict(_cleaned(source))


def preview(manuscript: Manuscript, title: str, language: str, foreign: str) -> dict[str, Any]:
    """Return what would become of a manuscript (`api.source_outputs`); makes nothing.

    Args:
        manuscript: What was sent, its chapters switched.
        title: As it was typed.
        language: Of the original, as whoever sent it says; "" where they say nothing.
        foreign: What becomes of foreign sentences, `read` or `skip`; "" where nobody said it.

    Raises:
        InputError: Without its foreign sentences nothing is left.
    """
    languages = languages_of(manuscript)
    spoken, assumed = original_language(manuscript.language, language)
    read = without_foreign(manuscript) if foreign == "skip" else manuscript
    samples = samples_of(foreign_in(manuscript)) if languages.foreign else ()
    outcome = {
        # Chapters keep their numbers: those without a Korean or Jeju sentence are not gone yet.
        **source_of(manuscript),
        "account": account_of(read),
        "title": title_of(manuscript, title),
        "author": author_of(manuscript),
        "language": spoken,
        "languages": {
            "told": languages.told,
            "shares": {name: round(share, 4) for name, share in languages.shares.items()},
            "foreign": round(languages.foreign, 4),
            "samples": [asdict(sample) for sample in samples],
        },
        "outcome": _outcome(spoken, asks=not languages.told and not foreign),
        "left_out": [asdict(left) for left in left_out_of(read)],
        "warnings": [*manuscript.warnings, *([assumed] if assumed else [])],
    }
    return dict(_cleaned(outcome))


def _outcome(language: str, *, asks: bool) -> str:
    if asks:
        return "asked"
    return "kept" if language == Language.JEJU else "translated"


def _cleaned(value: Any) -> Any:
    """Return data without characters that neither a database nor JSON may hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value
