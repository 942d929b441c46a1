"""Kinds of files that are not read, by name, each with the way out."""

from __future__ import annotations

from pathlib import Path

from kosorong.book.readers.archive import Archive
from kosorong.errors import InputError

READ = ".txt, .md, .epub, .docx, .hwpx, .html, .srt or .vtt"
"""For people: the endings of manuscripts."""

READ_WITH_SOUND = ".eaf or .TextGrid"
"""For people: the endings of transcripts."""

_WORD = "Open it in Word, LibreOffice or Hancom Office and save it as .docx."
_HANGUL = "Open it in Hancom Office (한글) and save it as .hwpx (다른 이름으로 저장 → HWPX)."
_PDF = (
    "A PDF holds pages, not text in order: give the .docx, .hwpx or .txt that it was made from, or"
    " open it in Word or LibreOffice and save it as .docx."
)
_BOOK = "Convert it to .epub, for example with Calibre; a copy with DRM cannot be converted."
_SHEET = "Copy the text out of it into a document and save that as .docx or .hwpx."
_SOUND = "Give the transcript (.eaf, .TextGrid, .srt or .vtt), and the recording with --recording."
_PICTURE = "A picture must go through OCR first; give the text that comes of it."
_ARCHIVE = "Unpack it and give the manuscript that is in it."

_WAYS_OUT = {
    ".pdf": ("PDF", _PDF),
    ".hwp": ("HWP, the old format of Hancom Office", _HANGUL),
    ".hwt": ("HWT, a template of Hancom Office", _HANGUL),
    ".hml": ("HML, the old XML of Hancom Office", _HANGUL),
    ".hwtx": ("HWTX, a template of Hancom Office", _HANGUL),
    ".doc": ("DOC, the old format of Word", _WORD),
    ".docm": ("DOCM, a Word file with macros", _WORD),
    ".dot": ("DOT, a template of Word", _WORD),
    ".dotx": ("DOTX, a template of Word", _WORD),
    ".rtf": ("RTF", _WORD),
    ".odt": ("ODT, the format of LibreOffice", _WORD),
    ".fodt": ("FODT, the format of LibreOffice", _WORD),
    ".wpd": ("WPD", _WORD),
    ".pages": ("Pages", "Open it in Pages and export it as Word (.docx) or EPUB."),
    ".gdoc": ("a link to Google Docs", "Open it there and download it as Microsoft Word (.docx)."),
    ".tex": ("TeX", "Convert it, for example with: pandoc book.tex -o book.epub"),
    ".rst": ("reStructuredText", "Convert it, for example with: pandoc book.rst -o book.md"),
    ".mobi": ("MOBI", _BOOK),
    ".azw": ("AZW of Kindle", _BOOK),
    ".azw3": ("AZW3 of Kindle", _BOOK),
    ".fb2": ("FB2", _BOOK),
    ".mht": ("MHTML", "Save the page as .html, or copy its text into a .txt file."),
    ".mhtml": ("MHTML", "Save the page as .html, or copy its text into a .txt file."),
    ".xls": ("XLS, a table", _SHEET),
    ".xlsx": ("XLSX, a table", _SHEET),
    ".csv": ("CSV, a table", _SHEET),
    ".ppt": ("PPT, slides", _SHEET),
    ".pptx": ("PPTX, slides", _SHEET),
    ".smi": ("SMI subtitles", "Convert them to .srt, for example with Subtitle Edit."),
    ".ass": ("ASS subtitles", "Convert them to .srt, for example with Subtitle Edit."),
    ".ssa": ("SSA subtitles", "Convert them to .srt, for example with Subtitle Edit."),
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".gz"), ("an archive", _ARCHIVE)),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".heic", ".webp", ".bmp"),
        ("a picture", _PICTURE),
    ),
    **dict.fromkeys(
        (".wav", ".mp3", ".m4a", ".m4b", ".flac", ".ogg", ".opus", ".mp4", ".mkv", ".webm"),
        ("a recording", _SOUND),
    ),
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_NAME = "EncryptedPackage".encode("utf-16-le")
_HWP_NAME = "HwpSummaryInformation".encode("utf-16-le")
_HEADS = (
    (b"%PDF", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"HWP Document File", ".hwp"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)
_HEAD_BYTES = 1 << 20


_REASONS = {_HANGUL: "kind_hwp", _PDF: "kind_pdf", _WORD: "kind_doc"}


def refuse_ending(ending: str, where: str) -> InputError:
    """Return the error for a file of a kind that is not read.

    >>> refuse_ending(".hwp", "a.hwp").message
    'Files of the kind .hwp are not read (HWP, the old format of Hancom Office).'
    """
    name, cure = _WAYS_OUT.get(ending, ("", f"Give a {READ} file, or {READ_WITH_SOUND}."))
    known = f" ({name})" if name else ""
    return InputError(
        f"Files of the kind {ending or '(no ending)'} are not read{known}.",
        where=where,
        cure=cure,
        reason=_REASONS.get(cure, "wrong_kind"),
    )


def refuse_disguised(path: Path) -> None:
    """Refuse a file that is of another kind than its ending says, by its first bytes.

    Raises:
        InputError: It is a PDF, an old HWP or DOC, locked with a password, or the like.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return  # opening it says better what is wrong
    if head.startswith(_OLE):
        raise _ole(head, path)
    for mark, ending in _HEADS:
        if head.startswith(mark):
            name, cure = _WAYS_OUT[ending]
            raise _other(name, cure, path.name)


def refuse_other_archive(archive: Archive, kind: str) -> None:
    """Refuse an archive that is a book of another kind.

    Raises:
        InputError: It is an EPUB, DOCX, HWPX, ODT, XLSX or PPTX, but not of the kind wanted.
    """
    actual = _kind_of(archive)
    if not actual or actual == kind:
        return
    ending = f".{actual.lower()}"
    if ending in _WAYS_OUT:
        raise _other(*_WAYS_OUT[ending], archive.name)
    raise _other(actual, f"Give it the ending {ending}.", archive.name)


def _kind_of(archive: Archive) -> str:
    """Return what an archive is, by the files that only its kind has; "" where unknown."""
    media = archive.read("mimetype")[:80].strip() if archive.find("mimetype") else b""
    by_media = {
        b"application/epub+zip": "EPUB",
        b"application/hwp+zip": "HWPX",
        b"application/vnd.oasis.opendocument.text": "ODT",
    }
    if media in by_media:
        return by_media[media]
    by_name = {
        "word/document.xml": "DOCX",
        "Contents/header.xml": "HWPX",
        "xl/workbook.xml": "XLSX",
        "ppt/presentation.xml": "PPTX",
        "META-INF/container.xml": "EPUB",
    }
    return next((kind for name, kind in by_name.items() if archive.find(name)), "")


def _ole(head: bytes, path: Path) -> InputError:
    """Return the error for a file in the container that old office programs used."""
    if _LOCKED_NAME in head:
        return InputError(
            "The document is locked with a password.",
            where=path.name,
            cure="Open it in the program that made it and save it without a password.",
            reason="locked",
        )
    is_hwp = _HWP_NAME in head or b"HWP Document File" in head or path.suffix.lower() == ".hwpx"
    name, cure = _WAYS_OUT[".hwp" if is_hwp else ".doc"]
    return _other(name, cure, path.name)


def _other(name: str, cure: str, where: str) -> InputError:
    return InputError(
        f"The file is not what its ending says: it is {name}.",
        where=where,
        cure=cure,
        reason=_REASONS.get(cure, "wrong_kind"),
    )
