"""M4B: the whole book as AAC in one file, with chapters, cover and credits."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from kosorong.audio.aac import BIT_RATE, FRAME, PRIMING, Packets, config_of, silence
from kosorong.book.edition import Edition, Imprint, Part
from kosorong.book.writers.mp4 import (
    Mark,
    Movie,
    chapter_text,
    data_tag,
    file_type,
    index,
    length,
    media_head,
    text_tag,
)

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
    with edition.replacing(target) as part, part.open("wb") as file:
        cover = edition.imprint.cover
        tags = tags_of(edition.imprint, edition.imprint.title, cover)
        write_sound(file, edition, edition.parts, tags, marked=True)
    return [target]


def write_sound(
    file: IO[bytes], edition: Edition, parts: Sequence[Part], tags: bytes, *, marked: bool = False
) -> None:
    """Write chapters as one MP4 file of AAC.

    Args:
        file: Written from where it stands, never back.
        edition: The book.
        parts: The chapters.
        tags: From `tags_of`.
        marked: Whether the file is an audiobook that says where its chapters begin.

    Raises:
        StorageError: The audio of a segment is damaged.
    """
    movie = _movie(edition, parts, tags, marked)
    texts = [chapter_text(mark.title) for mark in movie.marks]
    head = file_type(audiobook=marked)
    sound = media_head(movie.packed + length(texts))
    file.write(head)
    file.writelines(index(movie, len(head) + length(index(movie, 0)) + len(sound)))
    file.write(sound)
    # Gone through twice, for the index and for the sound, so that neither is held in memory.
    for part in parts:
        file.writelines(packets.data for packets in edition.packets(part))
    file.write(_last(edition).data)
    file.writelines(texts)


def _last(edition: Edition) -> Packets:
    """Return the packet behind the last frame, which is heard once that is there."""
    return silence(1, edition.sample_rate)


def _movie(edition: Edition, parts: Sequence[Part], tags: bytes, marked: bool) -> Movie:
    sizes = array("H")
    marks: list[Mark] = []
    at = 0
    for part in parts:
        sizes.extend(edition.sizes(part))
        marks.append(Mark(part.title, at, part.samples))
        at += part.samples
    language = edition.imprint.language
    return Movie(
        sample_rate=edition.sample_rate,
        samples=at,
        frame=FRAME,
        priming=PRIMING,
        config=config_of(edition.sample_rate),
        bit_rate=BIT_RATE,
        sizes=sizes + _last(edition).sizes,
        marks=marks if marked else (),
        language=language if len(language) == 3 else "kor",
        tags=tags,
    )


def tags_of(imprint: Imprint, title: str, cover: bytes | None = None) -> bytes:
    """Return the tags of a file of the book that is called `title`."""
    tags = [
        text_tag(b"\xa9nam", title),
        text_tag(b"\xa9alb", imprint.title),
        text_tag(b"\xa9ART", imprint.author),
        text_tag(b"aART", imprint.author),
        # Players look for the narrator under either name.
        text_tag(b"\xa9nrt", imprint.narrator),
        text_tag(b"\xa9wrt", imprint.narrator),
        text_tag(b"\xa9gen", "Audiobook"),
        text_tag(b"\xa9cmt", imprint.comment),
        text_tag(b"desc", imprint.notice),
        text_tag(b"cprt", imprint.rights),
        data_tag(b"stik", 21, _AUDIOBOOK),
    ]
    kind = _COVER_KINDS.get(imprint.cover_type)
    if cover and kind:
        tags.append(data_tag(b"covr", kind, cover))
    return b"".join(tags)
