"""What a book is to become: options, keys of finished work, names of files."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass

from kosorong.config import PAUSES
from kosorong.errors import UsageError
from kosorong.ports import JEJU, KOREAN

FORMATS = ("m4b", "epub", "mp3", "vtt")
SPELLINGS = ("araea", "modern")

# A name of 80 bytes leaves room for endings and counters on every file system.
_SLUG_BYTES = 80


# What XML 1.0 and tags may not hold: control characters, lone surrogates, noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


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
        return Pauses(**{name: PAUSES.at(speed, one) for name, one in asdict(self).items()})


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
            _one_of("format", name, FORMATS)
        _one_of("spelling", self.spelling, SPELLINGS)
        _one_of("language", self.language, ("", KOREAN, JEJU))
        _between("strength", self.strength, 0.0, 1.0)
        _between("speed", self.speed, 0.25, 4.0)
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
    if primary in (KOREAN, JEJU):
        return primary, ""
    if not primary:
        return KOREAN, ""
    return KOREAN, f"the file says its language is '{declared}'; it is read as Korean"


def clean(text: str) -> str:
    r"""Return a text without characters that no file of a book may hold.

    >>> clean("가\x00나\ud800\n다")
    '가나\n다'
    """
    return _FORBIDDEN.sub("", text)


def plain(text: str) -> str:
    r"""Return a clean text on one line.

    >>> plain(" 가\x00나\n다 ")
    '가나 다'
    """
    return clean(" ".join(text.split()))


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


def key_of(*parts: object) -> str:
    """Return a hash of everything a piece of work depends on.

    >>> key_of("speech", "가", 1.0) == key_of("speech", "가", 1.5)
    False
    """
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def translation_key(text: str, source: str, target: str, translator: str, dial: object) -> str:
    """Return the key of one translated segment.

    Args:
        text: The source text.
        source: Its language.
        target: The other language.
        translator: The translator's fingerprint.
        dial: Spelling and strength, where the target is Jeju.
    """
    return key_of("translation", text, source, target, translator, dial)


def speech_key(text: str, voice: str, speed: float) -> str:
    """Return the key of one spoken segment: its text, the voice's fingerprint, the speed."""
    return key_of("speech", text, voice, float(speed))


def noise_seed(text: str, voice: str, speed: float, spoken: str = "") -> int:
    """Return the seed of a segment's noise, 31 bits.

    Args:
        text: The written segment.
        voice: The voice's fingerprint; what stands behind `+`, the tables of words, does not count:
            a segment whose reading a mended table leaves alone sounds as it did.
        speed: The speed.
        spoken: What is said instead of the text, where that is given.

    >>> noise_seed("가", "v+1", 1.0) == noise_seed("가", "v+2", 1.0) < 2**31
    True
    """
    key = speech_key(text, voice.partition("+")[0], speed)
    return int((key_of(key, spoken) if spoken else key)[:8], 16) & 0x7FFF_FFFF
