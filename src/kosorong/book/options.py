"""What a book is to become: formats, pauses, settings, the name of its files."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass

from kosorong.book.formats import FORMATS
from kosorong.config import PAUSES
from kosorong.errors import UsageError
from kosorong.ports import FASTEST, KOREAN, LANGUAGES, SLOWEST, SPELLINGS

# A name of 80 bytes leaves room for endings and counters on every file system.
_SLUG_BYTES = 80


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after a segment, in seconds; the longest that applies is taken.

    Attributes:
        clause: Where a long sentence was cut.
        sentence: After a sentence inside a paragraph.
        paragraph: After a paragraph.
        heading: After a heading.
        scene: At an ornament between scenes.
        chapter: After the last segment of a chapter.
    """

    clause: float = PAUSES.between(PAUSES.comma)
    sentence: float = PAUSES.between(PAUSES.stop)
    paragraph: float = 0.7
    heading: float = 1.0
    scene: float = 1.5
    chapter: float = 1.5

    def at(self, speed: float) -> Pauses:
        """Return the silence between segments that are spoken faster or slower.

        >>> round(Pauses().at(0.5).sentence, 2)
        1.02
        """
        return Pauses(**{name: PAUSES.at(speed, seconds) for name, seconds in asdict(self).items()})


@dataclass(frozen=True, slots=True)
class BookOptions:
    """How a manuscript is to be made into a book.

    Attributes:
        formats: Of `m4b`, `epub`, `mp3`, `vtt`.
        title: Replaces the manuscript's title.
        author: Replaces the manuscript's author.
        slug: Name of the files, without ending; made from the title where empty.
        language: Language of the original, `ko` or `jje`; the manuscript's own where empty.
        spelling: `araea` or `modern`, for Jeju made by translation.
        strength: 0 (Korean) to 1 (full Jeju), for Jeju made by translation.
        speed: 1.0 is the voice's own pace.
        jobs: Segments spoken at the same time.
        rights: Licence of the text, as the colophon is to print it.
        pauses: Silence between segments at speed 1, seconds.
        loudness: Integrated loudness of each chapter, LUFS.

    Raises:
        UsageError: A value that cannot be taken.
    """

    formats: tuple[str, ...] = ("m4b", "epub")
    title: str = ""
    author: str = ""
    slug: str = ""
    language: str = ""
    spelling: str = "araea"
    strength: float = 1.0
    speed: float = 1.0
    jobs: int = 1
    rights: str = ""
    pauses: Pauses = Pauses()
    loudness: float = -19.0

    @property
    def silences(self) -> Pauses:
        """Silence between segments at the book's speed, seconds."""
        return self.pauses.at(self.speed)

    def __post_init__(self) -> None:
        for name in self.formats or ("none",):
            _one_of("format", name, tuple(FORMATS))
        _one_of("spelling", self.spelling, SPELLINGS)
        _one_of("language", self.language, ("", *LANGUAGES))
        _between("strength", self.strength, 0.0, 1.0)
        _between("speed", self.speed, SLOWEST, FASTEST)
        _between("jobs", self.jobs, 1, 64)
        _between("loudness", self.loudness, -40.0, -10.0)
        if self.slug and self.slug != slug_of(self.slug):
            raise UsageError(
                f"the name '{self.slug}' cannot be a file's name.",
                cure=f"Use '{slug_of(self.slug)}'.",
            )


def _one_of(what: str, value: str, valid: tuple[str, ...]) -> None:
    if value not in valid:
        named = ", ".join(name for name in valid if name)
        raise UsageError(f"there is no {what} '{value}'.", cure=f"Choose from {named}.")


def _between(what: str, value: float, low: float, high: float) -> None:
    # Written so that a NaN falls through to the error.
    if not low <= value <= high:
        raise UsageError(f"{what} cannot be {value}.", cure=f"Give {low:g} to {high:g}.")


def original_language(declared: str, option: str) -> tuple[str, str]:
    """Return the original's language and a warning where it had to be assumed.

    >>> original_language("ko-KR", "")
    ('ko', '')
    >>> original_language("en", "")[0]
    'ko'
    """
    if option:
        return option, ""
    primary = declared.split("-", maxsplit=1)[0].lower()
    if primary in LANGUAGES:
        return primary, ""
    if not primary:
        return KOREAN, ""
    return KOREAN, f"the file says its language is '{declared}'; it is read as Korean"


def slug_of(title: str) -> str:
    """Return a file name made from a title: letters and digits of any script, and hyphens.

    >>> slug_of("  바람의 집: 제1권 / A ")
    '바람의-집-제1권-A'
    >>> slug_of("../..")
    'book'
    """
    kept = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", title)).strip("-_")
    short = kept.encode("utf-8", "ignore")[:_SLUG_BYTES].decode("utf-8", "ignore")
    return short.strip("-_") or "book"
