"""Readers: a file that people bring becomes a manuscript."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from kosorong.book.languages import with_language
from kosorong.book.manuscript import Manuscript, without_takes
from kosorong.book.readers.docx import read_docx
from kosorong.book.readers.elan import read_elan
from kosorong.book.readers.epub import read_epub
from kosorong.book.readers.hwpx import read_hwpx
from kosorong.book.readers.markdown import read_markdown
from kosorong.book.readers.pictures import read_picture
from kosorong.book.readers.refused import refuse_disguised, refuse_ending
from kosorong.book.readers.subtitles import read_subtitles
from kosorong.book.readers.text import read_text
from kosorong.book.readers.textgrid import read_textgrid
from kosorong.book.readers.webpage import read_html

__all__ = ["MANUSCRIPTS", "TRANSCRIPTS", "read_manuscript", "read_picture"]


class _Reader(Protocol):
    def __call__(self, path: Path, *, title: str, author: str, language: str) -> Manuscript: ...


_READERS: Mapping[str, _Reader] = {
    **dict.fromkeys((".txt", ".text"), read_text),
    **dict.fromkeys((".md", ".markdown"), read_markdown),
    ".epub": read_epub,
    ".docx": read_docx,
    ".hwpx": read_hwpx,
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    **dict.fromkeys((".srt", ".vtt"), read_subtitles),
    ".eaf": read_elan,
    ".textgrid": read_textgrid,
}
TRANSCRIPTS = frozenset({".eaf", ".textgrid"})
"""Endings of files that are read with the recording that they transcribe."""

MANUSCRIPTS = frozenset(_READERS) - TRANSCRIPTS
"""Endings of files that a voice reads."""


def read_manuscript(
    path: Path,
    *,
    title: str | None = None,
    author: str | None = None,
    language: str | None = None,
    recorded: bool = False,
) -> Manuscript:
    """Read a manuscript; its ending says what kind of file it is, its sentences the language.

    Args:
        path: A file whose ending is one of `MANUSCRIPTS` or `TRANSCRIPTS`.
        title: Replaces the title found in the file.
        author: Replaces the author found in the file.
        language: `ko` or `jje`; told by the sentences where it is not given.
        recorded: Subtitles are to be heard from their recording, as transcripts always are.

    Raises:
        InputError: The file cannot be read as a manuscript; the message names the cure.
    """
    ending = path.suffix.lower()
    reader = _READERS.get(ending)
    if reader is None:
        raise refuse_ending(ending, str(path))
    refuse_disguised(path)
    metadata = {"title": title or "", "author": author or "", "language": language or ""}
    manuscript = with_language(reader(path, **metadata), metadata["language"])
    return manuscript if recorded or ending in TRANSCRIPTS else without_takes(manuscript)
