"""M4B: the whole book as AAC in one file, with chapters, cover and credits."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from kosorong.audio.aac import BIT_RATE, FRAME, PRIMING, Packets, config_of, silence
from kosorong.audio.mark import SOURCE_TAG
from kosorong.audio.mp4_tags import freeform
from kosorong.book.edition import Edition, Part
from kosorong.book.writers.mp4 import (
    ChapterMark,
    Movie,
    Pieces,
    chapter_text,
    data_tag,
    file_type,
    index,
    length,
    media_head,
    text_tag,
)
from kosorong.book.writers.packets import Gathered, copy_packets

# iTunes' kinds of media: 2 is an audiobook.
_AUDIOBOOK = (2).to_bytes(1, "big")
_COVER_KINDS = {"image/jpeg": 13, "image/png": 14}


def write_m4b(edition: Edition, target: Path) -> list[Path]:
    """Write a book as M4B, its index before the sound so that it plays while it loads.

    Chapter marks are times of the sound; the encoder's delay is taken out by an edit list.

    Args:
        edition: The book.
        target: The file, written whole or not at all.

    Returns:
        The file.

    Raises:
        StorageError: The disk is full, or the audio of a segment is damaged.
    """
    parts, tags = edition.parts, tags_of(edition)
    with edition.replacing(target) as place, place.open("wb") as file:
        # How long the head is follows from the count of packets; what it says, from the packets.
        frames = sum(part.samples for part in parts) // FRAME + 1
        draft = _movie(edition, parts, array("H", bytes(2 * frames)), tags, marked=True)
        file.seek(length(_head(draft)))
        sizes = array("H")
        for part in parts:
            sizes.extend(copy_packets(edition, part, file))
        movie = _movie(edition, parts, sizes + _last(edition).sizes, tags, marked=True)
        file.write(_last(edition).data)
        file.writelines(chapter_text(mark.title) for mark in movie.marks)
        file.seek(0)
        file.writelines(_head(movie))
    return [target]


def write_chapter(edition: Edition, part: Part, packets: Gathered, file: IO[bytes]) -> None:
    """Write one chapter as M4A.

    Args:
        edition: The book.
        part: The chapter.
        packets: Its own.
        file: Written from where it stands, never back.

    Raises:
        StorageError: The audio of a segment is damaged.
    """
    last = _last(edition)
    movie = _movie(edition, [part], packets.sizes + last.sizes, tags_of(edition, part))
    file.writelines(_head(movie))
    packets.write(file)
    file.write(last.data)


def _last(edition: Edition) -> Packets:
    """Return the packet behind the last frame, which is heard once that is there."""
    return silence(1, edition.sample_rate)


def _head(movie: Movie) -> Pieces:
    """Return everything that stands before the first packet."""
    kind = file_type(audiobook=bool(movie.marks))
    texts = sum(len(chapter_text(mark.title)) for mark in movie.marks)
    sound = media_head(movie.packed + texts, wide=movie.wide)
    start = len(kind) + length(index(movie, 0)) + len(sound)
    return [kind, *index(movie, start), sound]


def _movie(
    edition: Edition, parts: Sequence[Part], sizes: array[int], tags: bytes, *, marked: bool = False
) -> Movie:
    marks: list[ChapterMark] = []
    at = 0
    for part in parts:
        marks.append(ChapterMark(part.title, at, part.samples))
        at += part.samples
    language = edition.imprint.language
    return Movie(
        sample_rate=edition.sample_rate,
        samples=at,
        frame=FRAME,
        priming=PRIMING,
        config=config_of(edition.sample_rate),
        bit_rate=BIT_RATE,
        sizes=sizes,
        marks=marks if marked else (),
        language=language if len(language) == 3 else "kor",
        tags=tags,
    )


def tags_of(edition: Edition, part: Part | None = None) -> bytes:
    """Return the tags of the whole book's file, or of the file of one chapter."""
    imprint = edition.imprint
    mark = edition.mark(part) if part else imprint.mark
    tags = [
        text_tag(b"\xa9nam", part.title if part else imprint.title),
        text_tag(b"\xa9alb", imprint.title),
        # Libraries of audiobooks look for the author here, as in MP3.
        text_tag(b"\xa9ART", imprint.author or mark.artist),
        text_tag(b"aART", imprint.author),
        # Players look for the narrator under either name.
        text_tag(b"\xa9nrt", mark.artist),
        text_tag(b"\xa9wrt", mark.artist),
        text_tag(b"\xa9gen", "Audiobook"),
        text_tag(b"\xa9cmt", edition.comment(part) if part else imprint.comment),
        text_tag(b"desc", imprint.description),
        text_tag(b"cprt", mark.copyright),
        freeform(SOURCE_TAG, mark.source),
        data_tag(b"stik", 21, _AUDIOBOOK),
    ]
    kind = _COVER_KINDS.get(imprint.cover_type)
    if imprint.cover and kind and not part:
        tags.append(data_tag(b"covr", kind, imprint.cover))
    return b"".join(tags)
