"""How much a manuscript may weigh, and reading files within that.

The text of a long novel is 2 MB; the limits stop mistakes and attacks, not books.
"""

from __future__ import annotations

from pathlib import Path

from kosorong.errors import InputError

MIB = 1 << 20

MAX_TEXT_BYTES = 16 * MIB
"""Largest TXT or Markdown file, about five million letters."""

MAX_LINES = 500_000
"""Most lines of a TXT or Markdown file."""

MAX_EPUB_BYTES = 256 * MIB
"""Largest EPUB, most of it pictures."""

MAX_ENTRIES = 20_000
"""Most files inside an EPUB."""

MAX_DIRECTORY_BYTES = 8 * MIB
"""Largest list of files of an EPUB."""

MAX_MEMBER_BYTES = 16 * MIB
"""Largest text file or cover inside an EPUB, unpacked."""

MAX_READ_BYTES = 64 * MIB
"""Most that is unpacked from one EPUB; pictures but the cover are never unpacked."""

MAX_RATIO = 200
"""Most times that a file inside an EPUB may grow when it is unpacked."""

MIN_RATIO_BYTES = 1 * MIB
"""A file that unpacks to less than this may grow as much as it likes."""


MAX_DEPTH = 256
"""Deepest nesting of elements in a package, contents or container file."""


MAX_TREE_PARTS = 300_000
"""Most elements, attributes and texts in a package, contents or container file: 20,000 files."""

MAX_ELEMENTS = 150_000
"""Most elements in one document of an EPUB."""

MAX_OFFICE_ELEMENTS = 800_000
"""Most elements in one document of a DOCX, HWPX or EAF; a long novel has three hundred thousand."""

MAX_PIECES = 200_000
"""Most paragraphs, and things left out, of one manuscript; a long novel has ten thousand."""


def read_bytes(path: Path, limit: int) -> bytes:
    """Return a whole file.

    Raises:
        InputError: The file is missing, cannot be read or is larger than `limit` bytes.
    """
    check_size(path, limit)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    if not data.strip(b"\0 \t\r\n"):
        raise InputError("The file is empty.", where=str(path), cure="Give a file with text in it.")
    return data


def split_lines(text: str, where: str) -> list[str]:
    """Return the lines of a text.

    Raises:
        InputError: There are more than `MAX_LINES`.
    """
    if text.count("\n") >= MAX_LINES:
        raise InputError(
            f"The file has more than {MAX_LINES:,} lines.",
            where=where,
            cure="Split it into volumes and make a book of each.",
        )
    return text.split("\n")


def too_many_elements(limit: int, where: str) -> InputError:
    """Return the error for a document with more than so many elements."""
    return InputError(
        f"The document has more than {limit:,} elements.",
        where=where,
        cure="If the book is real, split it into volumes.",
    )


def check_size(path: Path, limit: int) -> None:
    """Raise InputError if `path` is no file or larger than `limit` bytes."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error
    if not path.is_file():
        raise InputError("This is not a file.", where=str(path), cure="Give the file itself.")
    if size > limit:
        raise InputError(
            f"The file has {size / MIB:.0f} MiB; at most {limit / MIB:.0f} MiB are read.",
            where=str(path),
            cure="Split it into volumes and make a book of each.",
        )


def _unreadable(path: Path, error: OSError) -> InputError:
    reason = error.strerror or type(error).__name__
    return InputError(
        f"The file cannot be read ({reason}).",
        where=str(path),
        cure="Check the path and the permissions.",
    )
