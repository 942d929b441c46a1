"""Readers: a TXT, Markdown or EPUB file becomes a manuscript."""

from __future__ import annotations

from pathlib import Path

from kosorong.book.languages import with_language
from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.epub import read_epub
from kosorong.book.readers.markdown import read_markdown
from kosorong.book.readers.text import read_text
from kosorong.errors import InputError

_TEXT = frozenset({".txt", ".text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_EPUB = frozenset({".epub"})
_READERS = ((_TEXT, read_text), (_MARKDOWN, read_markdown), (_EPUB, read_epub))


def read_manuscript(
    path: Path, *, title: str | None = None, author: str | None = None, language: str | None = None
) -> Manuscript:
    """Read a manuscript; its ending says what kind of file it is, its sentences the language.

    Args:
        path: A .txt, .md or .epub file.
        title: Replaces the title found in the file.
        author: Replaces the author found in the file.
        language: `ko` or `jje`; told by the sentences where it is not given.

    Raises:
        InputError: The file cannot be read as a manuscript; the message names the cure.
    """
    ending = path.suffix.lower()
    given = {"title": title or "", "author": author or "", "language": language or ""}
    for endings, read in _READERS:
        if ending in endings:
            return with_language(read(path, **given), given["language"])
    raise InputError(
        f"Files of the kind {ending or '(no ending)'} are not read.",
        where=str(path),
        cure="Give a .txt, .md or .epub file.",
    )
