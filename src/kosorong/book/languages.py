"""Which language a manuscript is in, before anything is made of it; its foreign sentences.

>>> from kosorong.book.manuscript import Chapter, Manuscript, Paragraph
>>> book = Manuscript("", "", "ko", (Chapter("", 1, (Paragraph("그는 갔다. Call me Ishmael."),)),))
>>> languages_of(book).shares
{'ko': 0.5, 'latin': 0.5}
>>> apart = without_foreign(book)
>>> [p.text for p in apart.chapters[0].paragraphs], [s.text for s in apart.skipped]
(['그는 갔다.'], ['Call me Ishmael.'])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, Skipped
from kosorong.errors import InputError
from kosorong.ports import JEJU, KOREAN
from kosorong.text.segments.sentences import split_sentences
from kosorong.text.tongue import points, tongue_of

FOREIGN = ("read", "skip")
"""What becomes of foreign sentences: read as Korean reads foreign words, or passed over."""

NAMES = {
    KOREAN: "Korean",
    JEJU: "Jeju",
    "latin": "a language in Latin letters",
    "japanese": "Japanese",
    "cjk": "Chinese",
}
"""Languages and scripts as messages name them; other scripts by their own name."""

_SAMPLE = 1_000  # paragraphs looked at, spread over the whole
_HALF = 0.5
_SURE = 3.0  # points for Jeju of a whole text that says nothing of its language
_MENTIONED = 0.02  # share of foreign sentences from which on they are spoken of


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a manuscript.

    Attributes:
        shares: Language or script → share of the sentences that can be told, largest first.
        told: `ko`, `jje`, or "" where most are neither.
        sure: True where a text that is told to be Jeju has signs enough.
    """

    shares: Mapping[str, float]
    told: str
    sure: bool = True

    @property
    def foreign(self) -> float:
        """Share of sentences that are neither Korean nor Jeju."""
        return sum(share for name, share in self.shares.items() if name not in (KOREAN, JEJU))

    def words(self) -> str:
        """Return the shares as words, the largest three."""
        named = list(self.shares.items())[:3]
        return ", ".join(f"{share:.0%} {NAMES.get(name, name)}" for name, share in named)


def languages_of(manuscript: Manuscript) -> Languages:
    """Tell the languages of a manuscript by its sentences; of a long one by a part of them."""
    spoken = [one.text for part in manuscript.chapters for one in part.paragraphs]
    sentences = [
        one for text in spoken[:: 1 + len(spoken) // _SAMPLE] for one in split_sentences(text)
    ]
    tongues = [tongue_of(sentence) for sentence in sentences]
    if not any(tongues):  # too short each: 2 words of English
        sentences = [" ".join(sentences)]
        tongues = [tongue_of(sentences[0])]
    found = Counter(tongue for tongue in tongues if tongue)
    total = found.total() or 1
    shares = {name: count / total for name, count in found.most_common()}
    native = found[KOREAN] + found[JEJU]
    if native < _HALF * found.total():
        return Languages(shares, "")
    if found[JEJU] <= _HALF * native:
        return Languages(shares, KOREAN)
    weight = sum(points(s) for s, tongue in zip(sentences, tongues, strict=True) if tongue)
    return Languages(shares, JEJU, weight > _SURE)


def with_language(manuscript: Manuscript, given: str = "") -> Manuscript:
    """Settle the language of the original; what is odd about it is warned of.

    Args:
        manuscript: As it was read; its language is what the file declares.
        given: What its maker says that it is, "" where they say nothing.
    """
    found = languages_of(manuscript)
    declared = given or manuscript.language
    language = declared
    warnings = list(manuscript.warnings)
    if not given and found.told and declared != JEJU and (found.told == KOREAN or found.sure):
        language = found.told
    if found.told and found.told != declared and found.sure:
        read = NAMES.get(language, language)
        warnings.append(f"Its sentences are {found.words()}; it is read as {read}.")
    if not found.told:
        warnings.append(f"Neither Korean nor Jeju: its sentences are {found.words()}.")
    elif found.foreign >= _MENTIONED:
        warnings.append(f"Some sentences are neither Korean nor Jeju: {found.words()}.")
    return replace(manuscript, language=language, warnings=tuple(warnings))


def refuse_foreign(manuscript: Manuscript, cure: str) -> None:
    """Raise InputError if most sentences of a manuscript are neither Korean nor Jeju.

    Args:
        manuscript: What is to be made.
        cure: How to have it made all the same.
    """
    found = languages_of(manuscript)
    if not found.told:
        raise InputError(
            f"This is neither Korean nor Jeju: its sentences are {found.words()}. They would be"
            " read as Korean reads foreign words; what has no such reading would be left out.",
            where=manuscript.title,
            cure=cure,
            reason="foreign_book",
        )


def without_foreign(manuscript: Manuscript) -> Manuscript:
    """Return a manuscript without its foreign sentences, which are listed.

    Headings stay where something under them does.

    Raises:
        InputError: Nothing is left.
    """
    skipped: list[Skipped] = []
    chapters = []
    for number, chapter in enumerate(manuscript.chapters, 1):
        kept, left = _apart(chapter, number)
        if any(one.kind not in ("heading", "break") for one in kept) or not left:
            chapters.append(replace(chapter, paragraphs=tuple(kept)))
        else:
            whole = "\n".join(one.text for one in chapter.paragraphs)
            left = [Skipped(f"chapter {number}", whole, "foreign language")]
        skipped += left
    if not chapters:
        raise InputError(
            "There is no sentence in Korean or Jeju.",
            where=manuscript.title,
            cure="Give a Korean or Jeju text, or have foreign sentences read as well.",
            reason="no_words",
        )
    listed = (*manuscript.skipped, *skipped)
    return replace(manuscript, chapters=tuple(chapters), skipped=listed)


def _apart(chapter: Chapter, number: int) -> tuple[list[Paragraph], list[Skipped]]:
    """Return what is kept of a chapter, and what is left out."""
    kept: list[Paragraph] = []
    left: list[Skipped] = []
    for place, paragraph in enumerate(chapter.paragraphs, 1):
        if paragraph.kind in ("heading", "break"):
            kept.append(paragraph)
            continue
        native, foreign = "", ""
        for piece in _pieces(paragraph.text):
            if _is_foreign(piece):
                foreign += piece
            else:
                native += piece
        if native.strip():
            kept.append(replace(paragraph, text=native.strip()))
        if foreign.strip():
            where = f"chapter {number}, paragraph {place}"
            left.append(Skipped(where, foreign.strip(), "foreign language"))
    return kept, left


def _pieces(text: str) -> Iterator[str]:
    """Yield the sentences of a text with the white space after them."""
    start = end = 0
    for sentence in split_sentences(text):
        at = text.index(sentence, end)
        if at > start:
            yield text[start:at]
            start = at
        end = at + len(sentence)
    yield text[start:]


def _is_foreign(sentence: str) -> bool:
    return tongue_of(sentence) not in (KOREAN, JEJU, "")
