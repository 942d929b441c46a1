"""What is answered about the source of a book, before it is made and after."""

from __future__ import annotations

from rest_framework import serializers

from kosorong_library.library.models import Language
from kosorong_library.library.sources import OUTCOMES


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
