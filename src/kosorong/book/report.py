"""The account of a book: what was made, what was left out, how long it took."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kosorong.audio.files import write_bytes
from kosorong.book.account import account_of
from kosorong.book.edition import Edition, Part
from kosorong.book.languages import languages_of
from kosorong.book.manuscript import Manuscript, segments
from kosorong.book.overview import lines_of
from kosorong.book.records import DoubtCount
from kosorong.book.work import Tally

Report = dict[str, Any]


def write_report(path: Path, report: Mapping[str, object]) -> None:
    """Write a report as JSON, whole or not at all.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    text = json.dumps(report, ensure_ascii=False, indent=2)
    write_bytes(path, text.encode("utf-8", "replace") + b"\n")


def survey(manuscript: Manuscript) -> Report:
    """Return what a manuscript holds and what of it will not be read; makes nothing.

    >>> from kosorong.book.manuscript import Chapter, Paragraph
    >>> chapter = Chapter("첫째 날", 1, (Paragraph("눈이 왔다. 바람도 불었다."),))
    >>> survey(Manuscript("겨울", "", "ko", (chapter,)))["segments"]
    2
    """
    chapters, count, characters = set(), 0, 0
    for segment in segments(manuscript):
        chapters.add(segment.chapter)
        count += 1
        characters += len(segment.text)
    return {
        "title": manuscript.title,
        "author": manuscript.author,
        "language": manuscript.language,
        "chapters": len(chapters),
        "segments": count,
        "characters": characters,
        "about": asdict(manuscript.about),
        "contents": [asdict(line) for line in lines_of(manuscript)],
        "pictures": len(manuscript.pictures),
        "account": account_of(manuscript),
        "sentences_in": {name: round(n, 4) for name, n in languages_of(manuscript).shares.items()},
        "skipped": [asdict(skipped) for skipped in manuscript.skipped],
        "warnings": list(manuscript.warnings),
    }


def report_of(
    edition: Edition,
    manuscript: Manuscript,
    tally: Tally,
    fingerprints: Mapping[str, str],
    warnings: tuple[str, ...],
    doubts: Iterable[DoubtCount] = (),
) -> Report:
    """Return the report of a finished book.

    Args:
        edition: The book.
        manuscript: What it was made from.
        tally: What this run did.
        fingerprints: Of the translator and the voice.
        warnings: What is to be known of the whole book.
        doubts: Words that the translator doubted, most frequent first.

    Returns:
        Plain data: counts, seconds, chapters, what was skipped with reason and place, what
        translator and voice warned of with the first segment (from 1) it was said of.
    """
    rate = edition.sample_rate
    seconds = tally.samples / rate
    return {
        **survey(manuscript),
        "title": edition.imprint.title,
        "author": edition.imprint.author,
        "language": edition.imprint.original,
        "read_in": edition.imprint.language,
        "seconds": round(sum(part.samples for part in edition.parts) / rate, 3),
        "parts": [_part(part, rate) for part in edition.parts],
        "warnings": list(warnings),
        "segment_warnings": [
            {
                "message": warning.message,
                "count": warning.count,
                "first_segment": warning.position + 1,
            }
            for warning in edition.warning_counts()
        ],
        "doubts": [
            {
                "word": doubt.lemma,
                "reason": doubt.reason,
                "count": doubt.count,
                "first_segment": doubt.position + 1,
            }
            for doubt in doubts
        ],
        "run": {
            "translated": tally.translated,
            "spoken": tally.spoken,
            "seconds_of_speech": round(seconds, 3),
            "seconds_translating": round(tally.translating, 3),
            "seconds_making": round(tally.speaking, 3),
            "real_time_factor": round(tally.speaking / seconds, 5) if seconds else None,
        },
        "fingerprints": dict(fingerprints),
        "notice": edition.imprint.description,
        "credit": edition.imprint.credit,
        "rights": edition.imprint.rights,
    }


def _part(part: Part, sample_rate: int) -> Report:
    return {
        "number": part.number,
        "title": part.title,
        "segments": part.segments,
        "seconds": round(part.samples / sample_rate, 3),
    }
