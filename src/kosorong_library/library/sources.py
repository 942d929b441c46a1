"""What the source of a book holds: before the book is made, and kept with it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from kosorong.book.account import account_of
from kosorong.book.languages import foreign_in, languages_of, without_foreign
from kosorong.book.manuscript import Manuscript
from kosorong.book.options import original_language
from kosorong.book.overview import left_out_of, lines_of, samples_of
from kosorong.text.cleaning import clean, plain
from kosorong_library.library.models import MAX_TITLE, Language

OUTCOMES = ("translated", "kept", "asked")
"""What would become of a text: made into Jeju, read as it is, or asked about first."""


class ContributorOutput(serializers.Serializer):
    """Somebody who made the source."""

    name = serializers.CharField()
    roles = serializers.ListField(
        child=serializers.CharField(), help_text="MARC relator codes: aut, trl, ill, …"
    )
    file_as = serializers.CharField()


class AboutOutput(serializers.Serializer):
    """What a source tells of itself; everything may be empty."""

    subtitle = serializers.CharField()
    contributors = ContributorOutput(many=True)
    publisher = serializers.CharField()
    date = serializers.CharField(help_text="As it is written there.")
    rights = serializers.CharField()
    description = serializers.CharField()
    subjects = serializers.ListField(child=serializers.CharField())
    series = serializers.CharField()
    series_number = serializers.CharField()
    identifiers = serializers.ListField(child=serializers.CharField())


class LineOutput(serializers.Serializer):
    """A chapter of the source."""

    number = serializers.IntegerField(help_text="As `include` and `leave_out` take it.")
    title = serializers.CharField()
    level = serializers.IntegerField()
    matter = serializers.CharField(help_text="licence, imprint, index, …; empty for the text.")
    read = serializers.BooleanField(help_text="Whether it is read as things stand.")
    characters = serializers.IntegerField(help_text="White space not counted.")
    foreign = serializers.FloatField(help_text="Share of sentences in neither Korean nor Jeju.")
    first = serializers.CharField(help_text="The words that it begins with.")


class PassageOutput(serializers.Serializer):
    """A passage that is not read."""

    where = serializers.CharField()
    text = serializers.CharField()
    reason = serializers.CharField()


class LeftOutOutput(serializers.Serializer):
    """What is left out for one reason."""

    reason = serializers.CharField()
    count = serializers.IntegerField(help_text="Places.")
    characters = serializers.IntegerField()
    samples = PassageOutput(many=True)


class AccountOutput(serializers.Serializer):
    """How many characters are read, and how many are left out for each reason."""

    read = serializers.IntegerField()
    left_out = serializers.DictField(child=serializers.IntegerField())


class LanguagesOutput(serializers.Serializer):
    """In which language the sentences are that would be read."""

    told = serializers.ChoiceField(
        ("", *Language.values), help_text="By the sentences; empty where most are in neither."
    )
    shares = serializers.DictField(
        child=serializers.FloatField(), help_text="ko, jje, latin, cjk, … → share of the sentences."
    )
    foreign = serializers.FloatField(help_text="Share in neither Korean nor Jeju.")
    samples = PassageOutput(many=True, help_text="Of what is in neither.")


class SourceOutput(serializers.Serializer):
    """What the source of a book holds."""

    about = AboutOutput()
    chapters = LineOutput(many=True)
    account = AccountOutput()


class PreviewOutput(SourceOutput):
    """What would become of a text or a file."""

    title = serializers.CharField()
    author = serializers.CharField()
    language = serializers.ChoiceField(
        Language.choices, help_text="That it would be taken to be in."
    )
    languages = LanguagesOutput()
    outcome = serializers.ChoiceField(
        OUTCOMES,
        help_text="Translated to Jeju, kept as the Jeju that it is, or refused (`foreign_book`) "
        "until `foreign` says what becomes of it.",
    )
    left_out = LeftOutOutput(many=True, help_text="Inside of chapters, by reason.")
    warnings = serializers.ListField(child=serializers.CharField())


def title_of(manuscript: Manuscript, given: str) -> str:
    """Return the title of a book: as it was typed, else the manuscript's."""
    return (plain(given) or plain(manuscript.title) or "제목 없음")[:MAX_TITLE]


def author_of(manuscript: Manuscript) -> str:
    """Return the author of a book."""
    return plain(manuscript.author)[:MAX_TITLE]


def source_of(manuscript: Manuscript) -> dict[str, Any]:
    """Return what is kept of a manuscript beside what is read (`SourceOutput`)."""
    told = {
        "about": asdict(manuscript.about),
        "chapters": [asdict(line) for line in lines_of(manuscript)],
        "account": account_of(manuscript),
    }
    return dict(_cleaned(told))


def preview(manuscript: Manuscript, title: str, language: str, foreign: str) -> dict[str, Any]:
    """Return what would become of a manuscript (`PreviewOutput`); makes nothing.

    Args:
        manuscript: What was sent, its chapters switched.
        title: As it was typed.
        language: Of the original, as whoever sent it says; "" where they say nothing.
        foreign: What becomes of foreign sentences, `read` or `skip`; "" where nobody said it.

    Raises:
        InputError: Without its foreign sentences nothing is left.
    """
    found = languages_of(manuscript)
    spoken, assumed = original_language(manuscript.language, language)
    made = without_foreign(manuscript) if foreign == "skip" else manuscript
    samples = samples_of(foreign_in(manuscript)) if found.foreign else ()
    told = {
        # Chapters keep their numbers: those without a Korean or Jeju sentence are not gone yet.
        **source_of(manuscript),
        "account": account_of(made),
        "title": title_of(manuscript, title),
        "author": author_of(manuscript),
        "language": spoken,
        "languages": {
            "told": found.told,
            "shares": {name: round(share, 4) for name, share in found.shares.items()},
            "foreign": round(found.foreign, 4),
            "samples": [asdict(one) for one in samples],
        },
        "outcome": _outcome(spoken, asks=not found.told and not foreign),
        "left_out": [asdict(one) for one in left_out_of(made)],
        "warnings": [*manuscript.warnings, *([assumed] if assumed else [])],
    }
    return dict(_cleaned(told))


def _outcome(language: str, *, asks: bool) -> str:
    if asks:
        return "asked"
    return "kept" if language == Language.JEJU else "translated"


def _cleaned(value: Any) -> Any:
    """Return data without characters that neither a database nor JSON may hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(one) for one in value]
    return value
