"""From finished segments to an edition: title page, chapters, loudness, who is heard where."""

from __future__ import annotations

import uuid

from kosorong.audio.mark import Heard, Mark, Source, mark_of
from kosorong.book.drawing import shown
from kosorong.book.edition import Edition, Imprint, Part, picture_type
from kosorong.book.keys import key_of
from kosorong.book.manuscript import Chapter, Manuscript
from kosorong.book.notice import notice, remarks, stretches
from kosorong.book.options import BookOptions
from kosorong.book.ports import FinishedWork
from kosorong.book.route import Route
from kosorong.book.timing import timeline
from kosorong.ports import Narrator
from kosorong.text.cleaning import plain


def assemble(
    work: FinishedWork,
    manuscript: Manuscript,
    route: Route,
    options: BookOptions,
    narrator: Narrator,
    corrected: int = 0,
) -> Edition:
    """Return the edition of a manuscript whose segments are all finished.

    Args:
        work: Where they lie.
        manuscript: Title, chapters, cover.
        route: Which of the two languages is read.
        options: Settings of the book.
        narrator: Reads what no other is named for.
        corrected: Segments whose text a person wrote or corrected.
    """
    parts: list[Part] = []
    for index, chapter in enumerate(manuscript.chapters):
        part = _part(work, index, chapter, len(parts) + 1, route, options, narrator)
        if part is not None:
            parts.append(part)
    imprint = _imprint(manuscript, route, options, parts, corrected)
    return Edition(
        work, imprint, tuple(parts), route, options, narrator.sample_rate, manuscript.skipped
    )


def _imprint(
    manuscript: Manuscript, route: Route, options: BookOptions, parts: list[Part], corrected: int
) -> Imprint:
    title = plain(options.title or manuscript.title) or "제목 없음"
    author = plain(options.author or manuscript.author)
    cover = shown(manuscript.cover or b"", title)
    mark = Mark.of((who for part in parts for who in part.heard), plain(options.rights))
    chapters = [
        (f"{part.number}. {part.title}", part.spoken, part.source is Source.PERSON)
        for part in parts
    ]
    return Imprint(
        title=title,
        author=author,
        language=route.spoken,
        beside=route.beside,
        original=route.original,
        narrator=mark.artist,
        mark=mark,
        notice=notice(mark, chapters),
        remarks=" ".join(remarks(mark, corrected, bool(route.other))),
        credit=mark.credit,
        rights=mark.rights,
        identifier=uuid.uuid5(uuid.NAMESPACE_OID, key_of(title, author, route.spoken)).urn,
        cover=cover if picture_type(cover) else None,
        cover_type=picture_type(cover),
    )


def _part(
    work: FinishedWork,
    index: int,
    chapter: Chapter,
    number: int,
    route: Route,
    options: BookOptions,
    narrator: Narrator,
) -> Part | None:
    """Walk through a chapter once; None where it has no segment."""
    sample_rate, (usual,) = narrator.sample_rate, mark_of(narrator).heard
    key, samples, count = key_of(sample_rate, options.loudness), 0, 0
    heading: list[str] = []
    heard: list[tuple[int, Heard]] = []
    for placed in timeline(work.finished(index, timed=False), options.silences, sample_rate):
        finished = placed.finished
        key = key_of(
            key, finished.planned.speech, finished.other, placed.silence, finished.planned.text
        )
        samples, count = placed.end, count + 1
        heard.append((finished.planned.position, finished.heard or usual))
        if finished.planned.paragraph == 0 and finished.planned.kind == "heading":
            heading.append(finished.other if route.reads_other else finished.planned.text)
    if not count:
        return None
    title = plain(" ".join(heading)) or plain(chapter.title) or f"{number}장"
    return Part(
        number=number,
        chapter=index,
        title=title,
        level=max(1, chapter.level),
        segments=count,
        samples=samples,
        notes=chapter.notes,
        key=key,
        heard=Mark.of(who for _, who in heard).heard,
        spoken=stretches(heard),
    )
