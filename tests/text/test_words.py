from __future__ import annotations

import pytest

from kosorong.errors import TableError, UsageError
from kosorong.text.tables import TEXT, TRANSLATION, Row
from kosorong.text.words import any_of, word_list, word_of


@pytest.mark.parametrize("word", ["가자", "[가나]다?", "가(?!나|다)", "{JOSA}{END}", "␣또는", "$"])
def test_words_and_shapes_of_words_are_taken(word: str) -> None:
    assert word_of(Row(("list", word, ""), 7, "words.tsv")) == word


@pytest.mark.parametrize(
    "word", ["", "가(나", "[가나", "가나]", "?가", "*", "[하-가]", "다|", "(가|)"]
)
def test_what_is_no_shape_of_a_word_is_named_with_its_line(word: str) -> None:
    with pytest.raises(TableError) as refused:
        word_of(Row(("list", word, ""), 7, "words.tsv"))
    assert refused.value.where == "words.tsv, line 7"


def test_a_list_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="no list nothing") as refused:
        word_list("phrases.nothing")
    assert "tens" in refused.value.cure


def test_parts_and_spaces_of_a_shape_are_filled_in() -> None:
    assert "도 안 |" in any_of("number_words.time-behind")
    assert "[이은]" in any_of("sound_words.bound-noun", TEXT, JOSA="[이은]", END="$")
    assert word_list("word_lists.irregular-s", TRANSLATION)[0] == "짓"
