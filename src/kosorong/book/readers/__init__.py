"""Readers: a TXT, Markdown or EPUB file becomes a manuscript."""

from __future__ import annotations

from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.epub import read_epub
from kosorong.book.readers.markdown import read_markdown
from kosorong.book.readers.pictures import read_picture
from kosorong.book.readers.text import read_text
from kosorong.errors import InputError

__all__ = ["read_manuscript", "read_picture"]

_TEXT = frozenset({".txt", ".text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_EPUB = frozenset({".epub"})


def read_manuscript(
    path: Path, *, title: str | None = None, author: str | None = None, language: str | None = None
) -> Manuscript:
    """Read a manuscript; its ending says what kind of file it is.

    Args:
        path: A .txt, .md or .epub file.
        title: Replaces the title found in the file.
        author: Replaces the author found in the file.
        language: Replaces the language that the file declares; `ko` where it declares none.

    Raises:
        InputError: The file cannot be read as a manuscript; the message names the cure.
    """
    ending = path.suffix.lower()
    given = {"title": title or "", "author": author or "", "language": language or ""}
    if ending in _TEXT:
        return read_text(path, **given)
    if ending in _MARKDOWN:
        return read_markdown(path, **given)
    if ending in _EPUB:
        return read_epub(path, **given)
    raise InputError(
        f"Files of the kind {ending or '(no ending)'} are not read.",
        where=str(path),
        cure="Give a .txt, .md or .epub file.",
    )
