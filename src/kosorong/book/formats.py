"""The formats that a book leaves the house in: one table for command line, API and page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kosorong.book.edition import Edition

Writer = Callable[["Edition", Path], list[Path]]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that a book becomes.

    Attributes:
        behind: What stands behind the book's name: an ending, or that of a folder for chapters.
        ending: Of the one file that the library hands out, without its dot.
        media_type: Of that file.
        of_aac: Whether it is put together of the packets of takes.
    """

    behind: str
    ending: str
    media_type: str
    of_aac: bool = False


FORMATS: Mapping[str, Format] = {
    "m4b": Format(".m4b", "m4b", "audio/mp4", of_aac=True),
    "epub": Format(".epub", "epub", "application/epub+zip", of_aac=True),
    "mp3": Format("-mp3", "zip", "application/zip"),
    "vtt": Format("-vtt", "vtt", "text/vtt; charset=utf-8"),
    "vttplain": Format(".vtt", "vtt", "text/vtt; charset=utf-8"),
    "srt": Format(".srt", "srt", "application/x-subrip"),
    "textgrid": Format(".TextGrid", "TextGrid", "text/plain; charset=utf-8"),
    "eaf": Format(".eaf", "eaf", "application/xml"),
    "json": Format(".json", "json", "application/json"),
}
"""By name, which is that of the module of `kosorong.book.writers` that writes it."""


def write(name: str, edition: Edition, target: Path) -> list[Path]:
    """Write a book: `write_NAME` of the format's module.

    Args:
        name: Of `FORMATS`.
        edition: The book.
        target: The file, or the folder for its chapters' files.

    Returns:
        The files in order.

    Raises:
        StorageError: The disk is full, or the audio of a segment is damaged.
    """
    return _writer(name, f"write_{name}")(edition, target)


def write_one(name: str, edition: Edition, target: Path) -> Path:
    """Write a book as one file: `write_one` of the format's module, where it has chapters' files.

    Args:
        name: Of `FORMATS`.
        edition: The book.
        target: The file.

    Returns:
        The file.

    Raises:
        StorageError: The disk is full, or the audio of a segment is damaged.
    """
    made = _writer(name, f"write_{name}" if _is_one(name) else "write_one")(edition, target)
    return made[0]


def _is_one(name: str) -> bool:
    return FORMATS[name].behind == f".{FORMATS[name].ending}"


def _writer(name: str, function: str) -> Writer:
    # What writes is loaded when a book is written: who merely names formats needs no FFmpeg.
    writer: Writer = getattr(import_module(f"kosorong.book.writers.{name}"), function)
    return writer
