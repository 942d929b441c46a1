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

import bisect
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kosorong.book.contents import set_aside
from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, Picture, Skipped, Take
from kosorong.errors import InputError
from kosorong.ports import JEJU, KOREAN, WordTime
from kosorong.text.langid import language_of, points
from kosorong.text.segments.sentences import split_sentences

FOREIGN_LANGUAGE = "foreign language"
"""Reason of what is in neither Korean nor Jeju; kind of a chapter that is nothing else."""

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
_WINDOW = 5_000  # characters; a paragraph of more than four such is looked at in four places
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


def languages_of(manuscript: Manuscript, *, sample: int = _SAMPLE) -> Languages:
    """Tell the languages of a manuscript by its sentences; of a long one by a part of them.

    Args:
        manuscript: What is to be made.
        sample: Most paragraphs that are looked at.
    """
    spoken = [paragraph.text for part in manuscript.chapters for paragraph in part.paragraphs]
    sentences = [
        sentence
        for text in spoken[:: 1 + len(spoken) // sample]
        for part in _windows(text)
        for sentence in split_sentences(part)
    ]
    languages = [language_of(sentence) for sentence in sentences]
    if not any(languages):  # too short each: 2 words of English
        sentences = [" ".join(sentences)]
        languages = [language_of(sentences[0])]
    counts = Counter(language for language in languages if language)
    total = counts.total() or 1
    shares = {name: count / total for name, count in counts.most_common()}
    native = counts[KOREAN] + counts[JEJU]
    if native < _HALF * counts.total():
        return Languages(shares, "")
    if counts[JEJU] <= _HALF * native:
        return Languages(shares, KOREAN)
    weight = sum(points(s) for s, language in zip(sentences, languages, strict=True) if language)
    return Languages(shares, JEJU, weight > _SURE)


def _windows(text: str) -> list[str]:
    """Return a paragraph, or four parts of one that is longer than a chapter should be."""
    if len(text) <= 4 * _WINDOW:
        return [text]
    quarter = len(text) // 4
    return [text[at : at + _WINDOW] for at in range(quarter // 2, 4 * quarter, quarter)]


def with_language(manuscript: Manuscript, chosen: str = "") -> Manuscript:
    """Settle the language of the original; what is odd about it is warned of.

    Args:
        manuscript: As it was read; its language is what the file declares.
        chosen: What its maker says that it is, "" where they say nothing.
    """
    languages = languages_of(manuscript)
    declared = chosen or manuscript.language
    language = declared
    warnings = list(manuscript.warnings)
    if (
        not chosen
        and languages.told
        and declared != JEJU
        and (languages.told == KOREAN or languages.sure)
    ):
        language = languages.told
    if languages.told and languages.told != declared and languages.sure:
        read = NAMES.get(language, language)
        warnings.append(f"Its sentences are {languages.words()}; it is read as {read}.")
    if not languages.told:
        warnings.append(f"Neither Korean nor Jeju: its sentences are {languages.words()}.")
    elif languages.foreign >= _MENTIONED:
        warnings.append(f"Some sentences are neither Korean nor Jeju: {languages.words()}.")
    return replace(manuscript, language=language, warnings=tuple(warnings))


def refuse_foreign(manuscript: Manuscript, cure: str) -> None:
    """Raise InputError if most sentences of a manuscript are neither Korean nor Jeju.

    Args:
        manuscript: What is to be made.
        cure: How to have it made all the same.
    """
    languages = languages_of(manuscript)
    if not languages.told:
        raise InputError(
            f"This is neither Korean nor Jeju: its sentences are {languages.words()}. They would be"
            " read as Korean reads foreign words; what has no such reading would be left out.",
            where=manuscript.title,
            cure=cure,
            reason="foreign_book",
        )


def without_foreign(manuscript: Manuscript) -> Manuscript:
    """Return a manuscript without its foreign sentences, which are listed.

    Headings stay where something under them does. Of a transcript, an utterance that is partly
    foreign is cut where its words are timed, and stays whole where they are not.

    Raises:
        InputError: Nothing is left.
    """
    skipped: list[Skipped] = []
    chapters, aside = list[Chapter](), list[Chapter]()
    places: dict[int, list[int]] = {}
    for number, source in enumerate(manuscript.chapters, 1):
        kept, left = _apart(source, number)
        chapter = replace(source, number=source.number or number)
        places[chapter.number] = [place for place, _ in kept]
        paragraphs = tuple(paragraph for _, paragraph in kept)
        if any(paragraph.kind not in ("heading", "break") for paragraph in paragraphs) or not left:
            chapters.append(replace(chapter, paragraphs=paragraphs))
        else:
            # It keeps its place in the contents, as one that was switched off does.
            aside.append(replace(chapter, matter=FOREIGN_LANGUAGE))
            left = [set_aside(aside[-1])]
        skipped += left
    if not chapters:
        raise InputError(
            "There is no sentence in Korean or Jeju.",
            where=manuscript.title,
            cure="Give a Korean or Jeju text, or have foreign sentences read as well.",
            reason="no_words",
        )
    listed = (*manuscript.skipped, *skipped)
    pictures = tuple(
        _moved(picture, places.get(picture.chapter)) for picture in manuscript.pictures
    )
    return replace(
        manuscript,
        chapters=tuple(chapters),
        skipped=listed,
        pictures=pictures,
        aside=(*manuscript.aside, *aside),
    )


def _moved(picture: Picture, kept: list[int] | None) -> Picture:
    """Return a picture at its place among the paragraphs of its chapter that are kept."""
    if kept is None:
        return picture
    return replace(picture, paragraph=bisect.bisect_left(kept, picture.paragraph))


def foreign_in(manuscript: Manuscript) -> Iterator[Skipped]:
    """Yield what `without_foreign` would leave out, a chapter looked at a time."""
    for number, chapter in enumerate(manuscript.chapters, 1):
        yield from _apart(chapter, number)[1]


def _apart(chapter: Chapter, number: int) -> tuple[list[tuple[int, Paragraph]], list[Skipped]]:
    """Return what is kept of a chapter, with its index there, and what is left out."""
    kept: list[tuple[int, Paragraph]] = []
    left: list[Skipped] = []
    for place, paragraph in enumerate(chapter.paragraphs):
        if paragraph.kind in ("heading", "break"):
            kept.append((place, paragraph))
            continue
        takes: list[Take] = []
        native, foreign = "", ""
        for text, take in _stretches(paragraph):
            parts, native_part, unsaid = _parted(text, take)
            takes += parts
            native += native_part
            foreign += unsaid
        if native.strip():
            kept.append((place, replace(paragraph, text=native.strip(), takes=tuple(takes))))
        if foreign.strip():
            where = f"chapter {number}, paragraph {place + 1}"
            left.append(Skipped(where, foreign.strip(), FOREIGN_LANGUAGE))
    return kept, left


def _stretches(paragraph: Paragraph) -> Iterator[tuple[str, Take | None]]:
    """Yield the text of a paragraph, that of a transcript take by take."""
    if not paragraph.takes:
        yield paragraph.text, None
        return
    begins: list[int] = []
    end = 0
    for take in paragraph.takes:
        begins.append(paragraph.text.index(take.text, end))
        end = begins[-1] + len(take.text)
    for take, begin, after in zip(paragraph.takes, begins, [*begins[1:], None], strict=True):
        yield paragraph.text[begin:after], take


def _parted(text: str, take: Take | None) -> tuple[list[Take], str, str]:
    """Return the native takes of a stretch, its native text and its foreign text."""
    groups = [
        (foreign, "".join(group))
        for foreign, group in itertools.groupby(_pieces(text), _is_foreign)
    ]
    cut = take is None or len(take.words) == len(text.split())
    if not cut and not all(foreign for foreign, _ in groups):
        return [take] if take else [], text, ""
    sides = {True: "", False: ""}
    takes: list[Take] = []
    words = list(take.words) if take else []
    for foreign, piece in groups:
        count = len(piece.split())
        if take and not foreign and count:
            takes.append(_part(take, piece.strip(), words[:count]) if len(groups) > 1 else take)
        del words[:count]
        sides[foreign] += piece
    return takes, sides[False], sides[True]


def _part(take: Take, text: str, words: list[WordTime]) -> Take:
    """Return the part of a take that some of its words are."""
    begin, end = words[0].start, words[-1].end
    shifted = (replace(word, start=word.start - begin, end=word.end - begin) for word in words)
    return Take(text, take.begin + begin, take.begin + end, tuple(shifted))


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
    return language_of(sentence) not in (KOREAN, JEJU, "")
