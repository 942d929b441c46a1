"""What a reader writes down while it reads: chapters, and everything that is left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from kosorong.book.contents import set_aside
from kosorong.book.manuscript import (
    Chapter,
    Manuscript,
    Paragraph,
    ParagraphKind,
    Picture,
    Skipped,
    Take,
)
from kosorong.book.readers.headings import ends_sentence
from kosorong.book.readers.limits import MAX_PIECES
from kosorong.errors import InputError
from kosorong.text.cleaning import can_be_seen

MAX_TITLE = 200
"""Longest title or author kept, in characters."""

_HANJA = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_GLOSS = re.compile(rf"(?<=[가-힣])[(\[（［][{_HANJA}][{_HANJA}\s·,]{{0,30}}[)\]）］]")
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]{0,500}>|<!--.{0,500}?-->", re.DOTALL)
_SORTING = re.compile(r"\A(?:0\d{0,3}[_.\-\s]+(?=\D)|\d{1,3}(?:_+|[.\-]\s*)(?=[^\W\d_A-Za-z]|\W))")
_BREAK = re.compile(r"[\s*＊※◇◆○●□■☆★~=_\-–—─━.·#+]+")


@dataclass(slots=True)
class _Open:
    """A chapter that is still being written."""

    title: str
    level: int
    matter: str = ""
    where: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """True if there is something to read."""
        return any(paragraph.kind != "break" for paragraph in self.paragraphs)


@dataclass(slots=True)
class Draft:
    """A manuscript in the making.

    Attributes:
        name: The file's name, for messages and places.
        skipped: What is not read.
        warnings: What was decided or mended.
    """

    name: str
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _chapters: list[_Open] = field(default_factory=list)
    _here: _Open | None = None
    _pieces: int = 0
    _first_pictures: list[Picture] = field(default_factory=list)

    def skip(self, where: object, text: str, reason: str) -> None:
        """Record a text that is not read; blank ones are no loss."""
        if text.strip():
            self._count()
            self.skipped.append(Skipped(f"{self.name}:{where}", text.strip(), reason))

    def warn(self, message: str) -> None:
        """Record a decision or a repair, once."""
        if message not in self.warnings:
            self.warnings.append(message)

    def clean(self, where: object, text: str) -> str:
        """Return the text in NFC without Hanja that only repeat a reading; record those."""
        for match in _GLOSS.finditer(unicodedata.normalize("NFC", text)):
            self.skip(where, match[0], "Hanja beside its reading")
        return without_glosses(text)

    def open_chapter(self, title: str, level: int = 1, matter: str = "") -> None:
        """Begin a chapter; one of front or back matter is set aside."""
        self._here = _Open(plain(title), level, matter)
        self._chapters.append(self._here)

    def resume(self) -> None:
        """Go on with the last chapter that is not set aside; begin one if there is none."""
        text = (chapter for chapter in reversed(self._chapters) if not chapter.matter)
        self._here = next(text, None)
        if self._here is None:
            self.open_chapter("")

    def add(self, where: object, text: str, kind: ParagraphKind = "body") -> None:
        """Add a paragraph to the open chapter; ornaments become a break."""
        text = self.clean(where, text).strip()
        if not text:
            return
        here = self._opened()
        if is_break(text):
            kind = "break"
            if here.paragraphs and here.paragraphs[-1].kind == "break":
                self.skip(where, text, "ornament")  # one pause for several rows of stars
                return
        self._count()
        here.where = here.where or f"{self.name}:{where}"
        here.paragraphs.append(Paragraph(text, kind))

    def add_takes(self, where: object, takes: Sequence[Take]) -> None:
        """Add a paragraph of a transcript to the open chapter."""
        cleaned = (replace(take, text=self.clean(where, take.text).strip()) for take in takes)
        kept = tuple(take for take in cleaned if take.text)
        if not kept:
            return
        self._count()
        # A line feed keeps apart what has no mark at its end, as subtitles mostly have none.
        parts = [take.text + (" " if ends_sentence(take.text) else "\n") for take in kept]
        text = "".join(parts).strip()
        self._opened().paragraphs.append(Paragraph(text, "body", kept))

    def add_note(self, where: object, text: str) -> None:
        """Record a footnote or an endnote of the open chapter."""
        if not text.strip():
            return
        self._opened().notes.append(text.strip())
        self.skip(where, text, "footnote")

    def add_picture(self, name: str, media_type: str, alt: str) -> None:
        """Record a picture that stands here."""
        self._count()
        here = self._here
        place = len(here.paragraphs) if here else 0
        pictures = here.pictures if here else self._first_pictures
        pictures.append(Picture(name, media_type, alt, 0, place))

    def _opened(self) -> _Open:
        if self._here is None:
            self.open_chapter("")
        assert self._here is not None  # noqa: S101
        return self._here

    def finish(self, title: str, author: str, language: str) -> Manuscript:
        """Close the draft.

        Raises:
            InputError: There is nothing to read aloud.
        """
        kept = self._closed()
        all_chapters = [_chapter(number, chapter) for number, chapter in enumerate(kept, 1)]
        chapters = tuple(chapter for chapter in all_chapters if not chapter.matter)
        aside = tuple(chapter for chapter in all_chapters if chapter.matter)
        self.skipped += map(set_aside, aside)
        if not any(can_be_seen(line.text) for chapter in chapters for line in chapter.paragraphs):
            raise InputError(
                f"There is no text to read aloud{self._left_out()}.",
                where=self.name,
                cure="Give a file with text; pictures of pages must go through OCR first.",
                reason="no_words",
            )
        if len(chapters) == 1 and not chapters[0].title:
            chapters = (replace(chapters[0], title=title),)
        skipped, warnings = tuple(self.skipped), tuple(self.warnings)
        pictures = (*self._first_pictures, *_numbered_pictures(kept))
        return Manuscript(
            title,
            author,
            language,
            chapters,
            skipped=skipped,
            warnings=warnings,
            aside=aside,
            pictures=pictures,
        )

    def _count(self) -> None:
        self._pieces += 1
        if self._pieces > MAX_PIECES:
            raise InputError(
                f"The text has more than {MAX_PIECES:,} paragraphs and notes.",
                where=self.name,
                cure="Split it into volumes and make a book of each.",
            )

    def _closed(self) -> list[_Open]:
        """Return the chapters with text; notes of one without go to the chapter before."""
        kept: list[_Open] = []
        notes: list[str] = []
        for chapter in self._chapters:
            if chapter.has_text:
                chapter.notes[:0] = notes
                notes = []
                kept.append(chapter)
                continue
            for paragraph in chapter.paragraphs:
                self.skip(len(kept) + 1, paragraph.text, "ornament")
            (kept[-1].notes if kept else notes).extend(chapter.notes)
            pictures = kept[-1].pictures if kept else self._first_pictures
            end = len(kept[-1].paragraphs) if kept else 0
            pictures += [replace(picture, paragraph=end) for picture in chapter.pictures]
        return kept

    def _left_out(self) -> str:
        reasons = sorted({entry.reason for entry in self.skipped})
        return f"; left out were: {', '.join(reasons)}" if reasons else ""


def _chapter(number: int, chapter: _Open) -> Chapter:
    return Chapter(
        chapter.title,
        chapter.level,
        tuple(chapter.paragraphs),
        tuple(chapter.notes),
        number,
        chapter.matter,
        chapter.where,
    )


def _numbered_pictures(chapters: list[_Open]) -> Iterator[Picture]:
    for number, chapter in enumerate(chapters, 1):
        for picture in chapter.pictures:
            yield replace(picture, chapter=number)


def without_glosses(text: str) -> str:
    """Return the text in NFC without Hanja that only repeat a reading.

    >>> without_glosses("한라산(漢拏山)이")
    '한라산이'
    """
    return _GLOSS.sub("", unicodedata.normalize("NFC", text))


def is_break(text: str) -> bool:
    """Tell whether a line is an ornament between scenes, like * * *.

    >>> is_break("* * *"), is_break("…")
    (True, False)
    """
    return len(text) <= 80 and bool(_BREAK.fullmatch(text)) and text not in {".", "-"}


def plain(text: str) -> str:
    """Return a title as one line of plain text: no markup, no runs of white space.

    >>> plain(" <b>봄</b>   봄 ")
    '봄 봄'
    """
    text = " ".join(_TAG.sub("", text[: 10 * MAX_TITLE]).split())
    return unicodedata.normalize("NFC", text)[:MAX_TITLE].strip()


def first(*texts: str | None) -> str:
    """Return the first that is not blank, as plain text."""
    return next((plain(text) for text in texts if text and plain(text)), "")


def language_tag(*declared: str) -> str:
    """Return the primary language of the first tag that is not blank, `ko` if there is none.

    >>> language_tag("", "ko-KR"), language_tag("kor"), language_tag()
    ('ko', 'ko', 'ko')
    """
    tag = next((tag.strip() for tag in declared if tag.strip()), "ko")
    primary = tag.replace("_", "-").partition("-")[0].lower()
    return {"kor": "ko"}.get(primary, primary)


def title_from_name(stem: str) -> str:
    """Make a title of a file's name as people wrote it; a number that sorts files goes.

    >>> [title_from_name(name) for name in ("07_봄_봄", "바람의 노래", "100 년의 잠", "3.1 만세")]
    ['봄 봄', '바람의 노래', '100 년의 잠', '3.1 만세']
    """
    name = _SORTING.sub("", _unescaped(stem))
    return plain(name.replace("_", " ")) or plain(stem)


def _unescaped(name: str) -> str:
    """Return a name without the escapes of an address: %EB%B0%94 is 바."""
    try:
        return unquote(name, errors="strict") if "%" in name else name
    except UnicodeDecodeError:
        return name


def join_lines(lines: Sequence[str], joiner: str) -> str:
    """Join wrapped lines, each stripped unless they are joined without anything between."""
    return joiner.join(line.strip() if joiner else line for line in lines)
