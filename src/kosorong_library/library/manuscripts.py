"""From what somebody sends to a manuscript, by the engine's readers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from django.core.files.uploadedfile import UploadedFile

from kosorong.book import contents
from kosorong.book.languages import refuse_foreign, without_foreign
from kosorong.book.manuscript import Manuscript
from kosorong.book.options import slug_of
from kosorong.book.readers import MANUSCRIPTS, TRANSCRIPTS, read_manuscript
from kosorong.book.readers.refused import refuse_ending
from kosorong.errors import InputError
from kosorong.text.cleaning import clean, plain
from kosorong_library.config.scratch import scratch

_UNFIT = re.compile(r'[/\\:*"<>|]')
_NAME_BYTES = 200  # leaves room for the ending on every file system

_FOREIGN_CURE = (
    "Send `foreign` as `read` to have it made all the same, or as `skip` to pass over its foreign"
    " sentences."
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent, on disk for as long as it is being read.

    Attributes:
        path: The file, under a name made from theirs.
        manuscript: What the readers made of it.
    """

    path: Path
    manuscript: Manuscript


@contextmanager
def pasted(text: str, title: str, language: str) -> Iterator[Sent]:
    """Read a text.

    Args:
        text: As it was pasted.
        title: Of the book; found in the text where empty.
        language: `ko`, `jje`, or "" to have it told by the sentences.

    Raises:
        InputError: There is nothing to read in it.
    """
    kept = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    with scratch() as folder:
        path = folder / f"{slug_of(title) if title else '글'}.txt"
        path.write_text(kept, encoding="utf-8")
        manuscript = _read(path, title, language)
        lost = len(text) - text.count("\r\n") - len(kept)
        if lost:
            warning = f"{lost} control characters or halves of characters were left out of the text"
            manuscript = replace(manuscript, warnings=(*manuscript.warnings, warning))
        yield Sent(path, manuscript)


@contextmanager
def uploaded(file: UploadedFile, title: str, language: str) -> Iterator[Sent]:
    """Read a file.

    Args:
        file: Of `kosorong.book.readers.MANUSCRIPTS`.
        title: Replaces the one found in the file.
        language: Replaces the one that the file declares.

    Raises:
        InputError: It cannot be read; the message names the cure.
    """
    name = PurePosixPath((file.name or "").replace("\\", "/"))
    ending = name.suffix.lower()
    where = plain(name.name)[:100]
    if ending in TRANSCRIPTS:
        raise InputError(
            "A transcript is heard from its recording.",
            where=where,
            cure="Make the book on the command line: kosorong book FILE --recording SOUND.",
            reason="transcript",
        )
    if ending not in MANUSCRIPTS:
        raise refuse_ending(plain(ending)[:20], where)
    with scratch() as folder:
        path = folder / f"{_file_name(name.stem)}{ending}"
        with path.open("wb") as target:
            for piece in file.chunks():
                target.write(piece)
        yield Sent(path, _read(path, title, language))


def switched(sent: Sent, include: str, leave_out: str) -> Sent:
    """Return what somebody sent with chapters taken in or left out.

    Args:
        sent: What was sent.
        include: Chapters to read besides, as `kosorong.book.contents.switched` takes them.
        leave_out: Chapters not to read.

    Raises:
        UsageError: There is no such chapter.
        InputError: No chapter would be read.
    """
    manuscript = contents.switched(sent.manuscript, include=include, leave_out=leave_out)
    return Sent(sent.path, manuscript)


def chosen(sent: Sent, include: str, leave_out: str, foreign: str) -> Sent:
    """Return what is to be read of what somebody sent: chapters first, then sentences.

    Args:
        sent: What was sent.
        include: Chapters to read besides, as `switched` takes them.
        leave_out: Chapters not to read.
        foreign: What becomes of foreign sentences, `read` or `skip`; "" to refuse a foreign book.

    Raises:
        UsageError: There is no such chapter.
        InputError: No chapter would be read, or it is foreign and nobody said what to do.
    """
    manuscript = switched(sent, include, leave_out).manuscript
    if not foreign:
        refuse_foreign(manuscript, _FOREIGN_CURE)
    elif foreign == "skip":
        manuscript = without_foreign(manuscript)
    return Sent(sent.path, manuscript)


def _file_name(stem: str) -> str:
    """Return a file's name as its owner wrote it, as far as every disk takes it.

    >>> _file_name("바람의 노래 (상)"), _file_name("a:b"), _file_name("..")
    ('바람의 노래 (상)', 'a b', 'book')
    """
    kept = plain(_UNFIT.sub(" ", unicodedata.normalize("NFC", stem)))
    short = kept.encode("utf-8", "ignore")[:_NAME_BYTES].decode("utf-8", "ignore")
    return short.strip(". ") or "book"


def _read(path: Path, title: str, language: str) -> Manuscript:
    try:
        return read_manuscript(path, title=title, language=language)
    except InputError as error:
        # Where we put it says nothing to whoever sent it.
        where = error.where.replace(f"{path.parent}/", "")
        raise InputError(
            error.message, where=where, cure=error.cure, reason=error.reason
        ) from error
