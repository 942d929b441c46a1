"""Hanja beside Hangul: what only repeats the other, and what does not."""

from __future__ import annotations

import pytest

from kosorong.text.say.glosses import hangul_gloss, hanja_gloss
from kosorong.text.say.hanja import read_run, without_reading


@pytest.mark.parametrize(
    ("text", "start", "end", "is_gloss"),
    [
        ("漢(가나다)", 0, 1, True),
        ("漢(가나다라)", 0, 1, False),  # too long to be said of one sign
        ("漢字(가나다라마)", 0, 2, True),
        ("漢字(가나다라마바)", 0, 2, False),
        ("가나漢(가나다)", 2, 3, True),
        ("가나漢(가나다라)", 2, 3, False),
        ("漢字 가나", 0, 2, False),
        # marks of titles: it has to sound like the Hanja
        ("女人《여인》", 0, 2, True),
        ("濟州《제시》", 0, 2, False),
        ("濟州《제주도》", 0, 2, False),
        ("濟州島《제주시》", 0, 3, True),  # one of three may be another
        ("濟州島《제국시》", 0, 3, False),
        ("天𪚥女男《천거녀북》", 0, 4, True),  # what has no reading is no difference
    ],
)
def test_hangul_in_brackets_says_the_hanja_before_it(
    text: str, start: int, end: int, is_gloss: bool
) -> None:
    assert (hangul_gloss(text, start, end) is not None) is is_gloss


@pytest.mark.parametrize(
    ("text", "at", "repeats"),
    [
        ("도량(度量)", 2, True),
        ("도량《度量》", 2, True),
        ("가나《度量》", 2, False),
        ("도 량《度量》", 3, True),
        ("도량 (度·量)", 3, True),
        ("가 (漢字)", 2, False),
        ("(漢字)", 0, False),
        ("가(나다)", 1, False),
    ],
)
def test_hanja_in_brackets_are_silent_where_they_repeat_what_stands_before(
    text: str, at: int, repeats: bool
) -> None:
    assert hanja_gloss(text, at) == (len(text) if repeats else 0)


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("人々", "인인"),
        ("佐々木", "좌좌목"),
        ("樂", "낙"),  # typed as a sign of compatibility
        ("解消論", "해소론"),
        ("可能性論", "가능성론"),
        ("不知", "부지"),
        ("不安", "불안"),
    ],
)
def test_a_run_is_read_with_its_repetitions_suffixes_and_double_readings(
    run: str, said: str
) -> None:
    assert read_run(run) == (said, ())


def test_a_sign_without_a_reading_is_named_with_a_part_of_its_word() -> None:
    why = "Hanja without a reading in the table"
    assert without_reading("𪚥", 0) == why
    assert without_reading("天𪚥地", 1) == f"{why}; the word 天𪚥地 is said without it"
    long = "天" * 20 + "𪚥" + "地" * 20
    part = "天" * 10 + "𪚥" + "地" * 9
    assert without_reading(long, 20) == f"{why}; the word {part} is said without it"
