"""Opens the ZIP archive of an EPUB, DOCX or HWPX without trusting it.

Nothing is unpacked to disk, names that climb out of the archive are refused, and what is read is
bounded by its declared size, its real size, its ratio and the sum of all reads.
"""

from __future__ import annotations

import lzma
import posixpath
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from kosorong.book.readers import limits
from kosorong.errors import InputError

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
_END = struct.Struct("<4s4H2LH")  # APPNOTE 4.3.16
_END64 = struct.Struct("<4sQ2H2L4Q")  # APPNOTE 4.3.14
_LOCATOR = struct.Struct("<4sLQL")  # APPNOTE 4.3.15
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


@contextmanager
def open_archive(path: Path, kind: str = "EPUB") -> Iterator[Archive]:
    """Open the archive of an EPUB, or of another kind of book, for reading.

    Raises:
        InputError: It is no archive, damaged, too large, or names files outside itself.
    """
    limits.check_size(path, limits.MAX_EPUB_BYTES)
    _check_directory(path)
    try:
        file = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise _damaged(path.name, error, kind) from error
    with file:
        yield Archive(file, path.name, kind)


class Archive:
    """The files of an EPUB, DOCX or HWPX.

    Args:
        file: The open archive.
        name: Name of the book's file, for messages.
        kind: What it is called in messages.

    Raises:
        InputError: There are too many files, or one has no name or lies outside the archive.
    """

    def __init__(self, file: zipfile.ZipFile, name: str, kind: str = "EPUB") -> None:
        self.name = name
        self._kind = kind
        self._file = file
        self._left = limits.MAX_READ_BYTES
        for info in file.infolist():
            self._refuse_nameless(info)
        infos = [info for info in file.infolist() if not info.is_dir()]
        if len(infos) > limits.MAX_ENTRIES:
            raise InputError(
                f"The {self._kind} holds {len(infos)} files; at most {limits.MAX_ENTRIES}"
                " are read.",
                where=name,
                cure="Split the book into volumes.",
            )
        for info in infos:
            self._refuse_outside(info.filename)
        self._infos = {info.filename: info for info in infos}
        self._aliases = _aliases(self._infos)
        self.has_duplicates = len(self._infos) < len(infos)

    def names(self) -> list[str]:
        """Return the names of all files."""
        return list(self._infos)

    def find(self, name: str) -> str:
        """Return the name under which a file stands, in whatever normal form or case, or ""."""
        if name in self._infos:
            return name
        return self._aliases.get(_folded(name), "")

    def follow(self, base: str, href: str) -> tuple[str, str]:
        """Return the name of the file that a link points to, as it is stored, and the fragment.

        Args:
            base: Name of the file the link stands in.
            href: The link, percent-encoded.

        Returns:
            ("", fragment) for a link to no file of the archive.
        """
        name, fragment = resolve(base, href)
        return self.find(name), fragment

    def read(self, name: str) -> bytes:
        """Return a file, unpacked.

        Raises:
            InputError: The file is missing, damaged, encrypted or too large.
        """
        info = self._infos[self.find(name)] if self.find(name) else None
        if info is None:
            raise InputError(
                f"The file is missing from the {self._kind}.",
                where=f"{self.name}:{name}",
                cure=_GET_ANEW,
            )
        self._refuse_bombs(info)
        try:
            with self._file.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except _BROKEN as error:
            raise _damaged(f"{self.name}:{name}", error, self._kind) from error
        if len(data) > info.file_size:
            raise _too_large(f"{self.name}:{name}", "more than it says")
        self._left -= len(data)
        return data

    def _refuse_nameless(self, info: zipfile.ZipInfo) -> None:
        """Refuse what no folder can hold; zipfile cuts a name at its first NUL."""
        name = info.orig_filename
        last = name.removesuffix("/").rsplit("/", 1)[-1]
        if "\0" in name or (not last.strip().strip(".") and name != "./"):
            raise InputError(
                f"A file of the {self._kind} has no name ({name[:80]!r}).",
                where=self.name,
                cure="Save the book anew in an editor, or get it again.",
                reason="damaged",
            )

    def _refuse_outside(self, name: str) -> None:
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or _DRIVE.match(name):
            raise InputError(
                f"A file of the {self._kind} lies outside it ({name[:80]!r}), as in an attack.",
                where=self.name,
                cure="Get the book from a source you trust.",
            )

    def _refuse_bombs(self, info: zipfile.ZipInfo) -> None:
        where = f"{self.name}:{info.filename}"
        if info.flag_bits & 0x1:
            raise InputError(
                "The file is encrypted with a password.",
                where=where,
                cure="Get the book without protection.",
                reason="locked",
            )
        size = info.file_size
        ratio = size / max(1, info.compress_size)
        if size > min(limits.MAX_MEMBER_BYTES, self._left):
            raise _too_large(where, f"{size / limits.MIB:.0f} MiB")
        if size > limits.MIN_RATIO_BYTES and ratio > limits.MAX_RATIO:
            raise _too_large(where, f"{ratio:.0f} times its size")


def resolve(base: str, href: str) -> tuple[str, str]:
    """Return the name in the archive and the fragment that a link points to.

    Args:
        base: Name of the file the link stands in.
        href: The link, percent-encoded.

    Returns:
        ("", fragment) for a link that leaves the archive.

    >>> resolve("OEBPS/content.opf", "text/a%20b.xhtml#c1")
    ('OEBPS/text/a b.xhtml', 'c1')
    """
    address, _, fragment = href.strip().partition("#")
    fragment = unquote(fragment)
    if not address:
        return base, fragment
    if _SCHEME.match(address) or address.startswith("//"):
        return "", fragment
    joined = posixpath.join(posixpath.dirname(base), unquote(address.partition("?")[0]))
    # A URL that climbs above the root stays at the root (URL standard, shorten a path).
    return posixpath.normpath("/" + joined).lstrip("/"), fragment


def _aliases(infos: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Return names folded, and those that a tool stored as UTF-8 without saying so."""
    aliases: dict[str, str] = {}
    for name in infos:
        aliases.setdefault(_folded(name), name)
        try:
            aliases.setdefault(_folded(name.encode("cp437").decode("utf-8")), name)
        except UnicodeError:
            continue
    return aliases


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _check_directory(path: Path) -> None:
    """Refuse a list of files that would fill the memory when it is opened."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            tail_start = file.seek(max(0, size - (1 << 16) - _END.size))
            tail = file.read()
            at = tail.rfind(b"PK\5\6")
            length = _END.unpack_from(tail, at)[5] if 0 <= at <= len(tail) - _END.size else 0
            locator = tail_start + at - _LOCATOR.size
            if at >= 0 and locator >= 0:
                file.seek(locator)
                mark, _, offset, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
                if mark == b"PK\6\7":
                    file.seek(offset)
                    length = max(length, _END64.unpack(file.read(_END64.size))[8])
    except (OSError, struct.error, ValueError, OverflowError):
        return  # zipfile says better what is wrong with it
    if limits.MAX_DIRECTORY_BYTES < length < 0xFFFFFFFF and length <= size:
        raise _too_large(path.name, f"a list of files of {length / limits.MIB:.0f} MiB")


_GET_ANEW = "Get the book again; this copy is incomplete."


def _damaged(where: str, error: Exception, kind: str) -> InputError:
    if isinstance(error, NotImplementedError):
        what = f"The archive is packed in a way {kind} does not allow ({error})."
    else:
        what = f"The archive is damaged or no {kind} at all ({error})."
    cure = "Get the book again, or save it anew in an editor."
    return InputError(what, where=where, cure=cure, reason="damaged")


def _too_large(where: str, how_much: str) -> InputError:
    return InputError(
        f"The file unpacks to {how_much}; at most {limits.MAX_MEMBER_BYTES // limits.MIB} MiB"
        f" a file and {limits.MAX_READ_BYTES // limits.MIB} MiB in all are read.",
        where=where,
        cure="If the book is real, split it into volumes.",
    )
