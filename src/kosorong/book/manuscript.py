"""What a reader makes of a file: chapters, paragraphs and, from them, segments.

>>> chapter = Chapter("첫째 날", 1, (Paragraph("눈이 왔다. 바람도 불었다."),))
>>> [s.text for s in segments(Manuscript("겨울", "", "ko", (chapter,)))]
['눈이 왔다.', '바람도 불었다.']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kosorong.ports import WordTime
from kosorong.text.segments.sentences import SEGMENT_SYLLABLES, segments_of

ParagraphKind = Literal["body", "heading", "quote", "verse", "list", "break"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something of the source that will not be read aloud.

    Attributes:
        where: File and line, or file inside the EPUB.
        text: What was left out, whole.
        reason: Why, for example `footnote` or `page number`.
    """

    where: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Take:
    """Where in the recording of a transcript a text is heard.

    Attributes:
        text: What is said.
        begin: Seconds from the beginning of the recording.
        end: Seconds, later than `begin`.
        words: One entry for each white-space word, in seconds from `begin`; none where the
            transcript times no words.
    """

    text: str
    begin: float
    end: float
    words: tuple[WordTime, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text that is read in one go.

    Attributes:
        text: The text; a line feed inside it ends a line of verse.
        kind: `break` stands for an ornament between scenes and is not spoken.
        takes: Of a transcript, the parts of the text as they are heard in its recording.
    """

    text: str
    kind: ParagraphKind = "body"
    takes: tuple[Take, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter in reading order.

    Attributes:
        title: Plain text, "" where the source has none.
        level: 1 for the outermost level of the table of contents.
        paragraphs: In reading order, the heading among them if it is printed.
        notes: Footnotes and endnotes, listed and not read.
        number: Place in the source from 1, chapters that are set aside counted.
        matter: Kind of front or back matter (`licence`, `imprint`, …), "" for the text itself.
        where: File, and file inside the EPUB, that it begins in; "" where unknown.
    """

    title: str
    level: int
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    number: int = 0
    matter: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the source, kept for the exports; its bytes stay in the file.

    Attributes:
        name: Name inside the file, as `kosorong.book.readers.read_picture` takes it.
        media_type: For example `image/png`.
        alt: The text that stands for it.
        chapter: Number of its chapter, 0 before the first.
        paragraph: Index of the paragraph that it stands before, or in.
    """

    name: str
    media_type: str
    alt: str
    chapter: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who made the source.

    Attributes:
        name: Plain text.
        roles: MARC relator codes (`aut`, `trl`, `ill`, …); none where the source tells none.
        file_as: The name as lists sort it, "" where the source does not tell.
    """

    name: str
    roles: tuple[str, ...] = ()
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a source tells of itself beside title, author and language; plain text.

    Attributes:
        subtitle: Second title.
        contributors: Authors, translators, illustrators and others, in the source's order.
        publisher: Of the source.
        date: Of publication, as written.
        rights: Licence or holder.
        description: What the book is about.
        subjects: Keywords.
        series: Name of the series.
        series_number: Place in the series, as written.
        identifiers: ISBN and others, as written.
    """

    subtitle: str = ""
    contributors: tuple[Contributor, ...] = ()
    publisher: str = ""
    date: str = ""
    rights: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: str = ""
    series_number: str = ""
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text as it will be read, with the account of what will not.

    Attributes:
        title: Plain text.
        author: Plain text, "" where unknown.
        language: `ko`, `jje` or the tag that the file declares.
        chapters: What is read, at least one.
        cover: Bytes of the cover picture.
        cover_type: Media type of the cover, for example `image/jpeg`.
        skipped: What is not read.
        warnings: What the reader decided or mended.
        aside: Chapters that are not read; `kosorong.book.contents.switched` takes them in.
        about: What the source tells of itself.
        pictures: All pictures but the cover, in order.
    """

    title: str
    author: str
    language: str
    chapters: tuple[Chapter, ...]
    cover: bytes | None = None
    cover_type: str = ""
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    aside: tuple[Chapter, ...] = ()
    about: About = About()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """The unit that is translated, spoken and timed.

    Attributes:
        index: Place in the whole manuscript, from 0.
        chapter: Index of the chapter, from 0.
        paragraph: Index of the paragraph inside its chapter, from 0.
        text: At most about 15 s of speech.
        ends_paragraph: True for the last segment of its paragraph.
        kind: Kind of its paragraph.
        take: Where it is heard in the recording of a transcript.
    """

    index: int
    chapter: int
    paragraph: int
    text: str
    ends_paragraph: bool
    kind: ParagraphKind = "body"
    take: Take | None = None


def has_takes(manuscript: Manuscript) -> bool:
    """Tell whether a manuscript is a transcript, to be heard from its recording."""
    return any(p.takes for chapter in manuscript.chapters for p in chapter.paragraphs)


def without_takes(manuscript: Manuscript) -> Manuscript:
    """Return a manuscript that a voice reads, whatever recording it was written down from."""
    chapters = tuple(
        replace(chapter, paragraphs=tuple(replace(p, takes=()) for p in chapter.paragraphs))
        for chapter in manuscript.chapters
    )
    return replace(manuscript, chapters=chapters)


def segments(manuscript: Manuscript, *, limit: int = SEGMENT_SYLLABLES) -> Iterator[Segment]:
    """Yield the segments of a manuscript in reading order, one paragraph held at a time.

    Args:
        manuscript: What a reader returned.
        limit: Most syllables of a segment.

    Yields:
        Segments; paragraphs of the kind `break` give none, and their index is passed over.
    """
    index = 0
    for number, chapter in enumerate(manuscript.chapters):
        for place, paragraph in enumerate(chapter.paragraphs):
            if paragraph.kind == "break":
                continue
            takes = paragraph.takes
            texts = [t.text for t in takes] or segments_of(paragraph.text, limit=limit)
            for i, text in enumerate(texts):
                take = takes[i] if takes else None
                last = i == len(texts) - 1
                yield Segment(index, number, place, text, last, paragraph.kind, take)
                index += 1
