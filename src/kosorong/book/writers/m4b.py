"""M4B: the whole book as AAC in one file, with chapters, cover and credits."""

from __future__ import annotations

import shutil
import tempfile
from array import array
from pathlib import Path
from typing import IO

from kosorong.audio.encode import AacEncoder
from kosorong.audio.mark import SOURCE_TAG
from kosorong.audio.mp4_tags import freeform
from kosorong.book.edition import Edition, Imprint
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

BIT_RATE = 64_000
# iTunes' kinds of media: 2 is an audiobook.
_AUDIOBOOK = (2).to_bytes(1, "big")
_COVER_KINDS = {"image/jpeg": 13, "image/png": 14}
_COPY = 1 << 20


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
    # The file without a name is gone with the process, however that ends.
    with edition.replacing(target) as part, tempfile.TemporaryFile(dir=part.parent) as media:
        movie = _encode(edition, media)
        head = file_type()
        sound = media_head(media.tell())
        start = len(head) + length(index(movie, 0)) + len(sound)
        media.seek(0)
        with part.open("wb") as file:
            file.write(head)
            file.writelines(index(movie, start))
            file.write(sound)
            shutil.copyfileobj(media, file, _COPY)
    return [target]


def _encode(edition: Edition, media: IO[bytes]) -> Movie:
    encoder = AacEncoder(edition.sample_rate, BIT_RATE)
    sizes = array("H")
    marks: list[Mark] = []
    at = 0
    for part in edition.parts:
        for samples in edition.sound(part):
            for packet in encoder.write(samples):
                media.write(packet)
                sizes.append(len(packet))
        marks.append(Mark(part.title, at, part.samples))
        at += part.samples
    for packet in encoder.finish():
        media.write(packet)
        sizes.append(len(packet))
    for mark in marks:
        media.write(chapter_text(mark.title))
    return Movie(
        sample_rate=edition.sample_rate,
        samples=at,
        frame=encoder.frame,
        priming=encoder.priming,
        config=encoder.config,
        bit_rate=BIT_RATE,
        sizes=sizes,
        marks=marks,
        language=edition.imprint.language if len(edition.imprint.language) == 3 else "kor",
        tags=_tags(edition.imprint),
    )


def _tags(imprint: Imprint) -> bytes:
    tags = [
        text_tag(b"\xa9nam", imprint.title),
        text_tag(b"\xa9alb", imprint.title),
        text_tag(b"\xa9ART", imprint.author),
        text_tag(b"aART", imprint.author),
        # Players look for the narrator under either name.
        text_tag(b"\xa9nrt", imprint.narrator),
        text_tag(b"\xa9wrt", imprint.narrator),
        text_tag(b"\xa9gen", "Audiobook"),
        text_tag(b"\xa9cmt", imprint.comment),
        text_tag(b"desc", imprint.description),
        text_tag(b"cprt", imprint.mark.copyright),
        freeform(SOURCE_TAG, imprint.mark.source),
        data_tag(b"stik", 21, _AUDIOBOOK),
    ]
    kind = _COVER_KINDS.get(imprint.cover_type)
    if imprint.cover and kind:
        tags.append(data_tag(b"covr", kind, imprint.cover))
    return b"".join(tags)
