"""How long a text is when it is read, and where a long sentence is cut."""

from __future__ import annotations

import pytest

from kosorong.text.segments.clauses import clusters, split_clauses, syllables


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        *(("돌", 1.0), ("ᄃᆞᆯ", 1.0), ("ㅋ", 1.0), ("漢", 1.0), ("本", 1.0), ("ب", 1.0)),
        *(("7", 2.0), ("①", 2.0), ("₩", 2.0), ("%", 2.0), ("°", 2.0), ("👍", 2.0), ("+", 2.0)),
        *(("x", 1.3), ("É", 1.3), ("б", 1.3)),
        *((".", 0.25), (",", 0.25), ("”", 0.25), ("-", 0.25)),
        *((" ", 0.0), ("\n", 0.0), ("\u3000", 0.0), ("", 0.0)),
    ],
)
def test_a_character_weighs_what_it_takes_to_say_it(text: str, weight: float) -> None:
    assert syllables(text) == weight


@pytest.mark.parametrize("text", ["ᄃᆞᆯ", "가\u0301", "👍🏽", "👩\u200d🌾", "\u2601\ufe0f"])
def test_a_letter_and_its_marks_are_one_unit(text: str) -> None:
    assert [end for end, _ in clusters(text)] == [len(text)]
    assert syllables(text) == syllables(text[0])


def test_units_can_be_asked_for_from_any_place() -> None:
    assert list(clusters("돌 담", 1)) == [(2, 0.0), (3, 1.0)]


@pytest.mark.parametrize(
    ("sentence", "limit", "pieces"),
    [
        ("바람이 분다.", 6, ["바람이 분다."]),
        ("  바람이 분다. ", 6, ["바람이 분다."]),
        ("", 6, []),
        ("   ", 6, []),
        ("가나다라마", 5, ["가나다라마"]),
        # pieces of about one length, not the longest first
        ("하나, 둘, 셋, 넷, 다섯, 여섯", 5, ["하나, 둘,", "셋, 넷,", "다섯, 여섯"]),
        ("가나다라마바사아자차카타파하", 5, ["가나다라마", "바사아자차", "카타파하"]),
        # a stop before a space, a comma before an ending
        ("가나다. 라마바 사아자차카", 7, ["가나다.", "라마바", "사아자차카"]),
        # an ending that leads on before a plain space
        (
            "바람이 세게 불고 비가 몹시 내려서 아무도 나가지 못했다",
            12,
            ["바람이 세게 불고", "비가 몹시 내려서", "아무도 나가지 못했다"],
        ),
        (
            "밤이 깊어 가는데 아무도 오지 않았다고 그가 말했다",
            11,
            ["밤이 깊어 가는데", "아무도 오지 않았다고", "그가 말했다"],
        ),
        # a particle before a plain space
        ("빨간 꽃과 파란 꽃이 밭에 가득 피었다", 9, ["빨간 꽃과 파란 꽃이", "밭에 가득 피었다"]),
        # nothing is cut off its bound noun
        ("그 일은 아무도 할 수 없을 것 같았다", 10, ["그 일은 아무도", "할 수 없을 것 같았다"]),
        # the mark that closes stays with what it closes
        ("돌담 옆(작은 길) 끝에 집이 있었다", 8, ["돌담 옆(작은 길)", "끝에 집이 있었다"]),
        (
            "그는 “안녕” 하며 손을 크게 흔들고 갔다",
            9,
            ["그는 “안녕” 하며", "손을 크게 흔들고 갔다"],
        ),
        # where no space is, behind a comma
        ("나무를,꽃을 심었다", 5, ["나무를,", "꽃을 심었다"]),
    ],
)
def test_a_long_sentence_is_cut_where_a_reader_would_breathe(
    sentence: str, limit: float, pieces: list[str]
) -> None:
    assert split_clauses(sentence, limit) == pieces


def test_a_short_piece_is_cut_off_only_for_want_of_better() -> None:
    # The comma is the best place, but behind it hardly anything would stand alone.
    assert split_clauses("자, 바다로 나가 물질을 하는 사람들", 8)[0] != "자,"


@pytest.mark.parametrize("limit", [2, 3, 5, 9, 14])
def test_no_piece_weighs_more_than_the_limit(limit: int) -> None:
    sentence = "값은 모두 1,234원이고, “정말로 싸다!”라며 A씨(42)가 웃었다고 한다"
    pieces = split_clauses(sentence, limit)
    assert all(syllables(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(sentence.split())
