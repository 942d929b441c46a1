"""Bodies go in and out one way: by the serializer that describes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from library_answers import see_described
from rest_framework import serializers

from kosorong_library.api import bodies

ROOM = Path(bodies.__file__).parent


class Word(serializers.Serializer):
    """A word."""

    text = serializers.CharField()
    note = serializers.CharField(required=False)


class Line(serializers.Serializer):
    """A line."""

    words = Word(many=True)


def test_fields_are_checked_before_anybody_has_them() -> None:
    assert bodies.fields_of(Word, {"text": "물"}) == {"text": "물"}
    with pytest.raises(serializers.ValidationError):
        bodies.fields_of(Word, {"note": "물"})


def test_rows_are_shown_by_their_serializer_and_mappings_as_they_are() -> None:
    class Row:
        text = "물"

    assert bodies.shown(Word, Row()) == {"text": "물"}
    assert bodies.shown(Word, [{"text": 1}, Row()]) == [{"text": 1}, {"text": "물"}]
    assert bodies.answer(Word, Row(), 201).status_code == 201


@pytest.mark.parametrize("content", [{}, {"text": "물", "other": 1}])
def test_an_answer_with_other_names_than_described_is_noticed(content: dict[str, object]) -> None:
    with pytest.raises(AssertionError, match="Word"):
        see_described(Line(), {"words": [content]})
    see_described(Line(), {"words": [{"text": "물"}]})


def test_nobody_in_the_room_of_http_reads_or_writes_a_body_another_way() -> None:
    another = re.compile(r"is_valid\(|Response\(\{[^}]|(?<!request)\.data\b|paginate_queryset\(")
    strays = {
        path.name: line.strip()
        for path in ROOM.glob("*.py")
        if path != Path(bodies.__file__)
        for line in path.read_text(encoding="utf-8").splitlines()
        if another.search(line)
    }
    # A file that is not built yet is told of in the form of an error; the description of the API
    # describes itself.
    assert set(strays) <= {"exports.py", "pages.py"}, strays
