"""A written segment becomes symbols that know their written word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.errors import UsageError
from kosorong.text.reading import read
from kosorong.text.sound.symbols import SYMBOLS

texts = st.text(
    st.one_of(
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.sampled_from("ㅎㆍㄴㅋㅠ·0137%$.,?!…'\"()-~ \n\t\u200b\u3000aZ漢☂\x00\ud800\u119e"),
    ),
    max_size=30,
)


def test_the_steps_of_a_reading() -> None:
    reading = read("책 3권을  ㅎㆍㄴ디 읽을 것!")
    assert reading.written_words == ("책", "3권을", "ㅎㆍㄴ디", "읽을", "것!")
    assert reading.spoken == "책 세 권을 ᄒᆞᆫ디 읽을 것!"
    assert reading.pronounced == "책 세 궈늘 ᄒᆞᆫ디 일글 껃!"
    assert reading.show("symbols") == "^책 세 궈늘 ᄒᆞᆫ디 일글 껃!$"
    assert reading.show("spoken") == reading.spoken
    assert reading.show("pronounced") == reading.pronounced


def test_an_unknown_step_names_the_valid_ones() -> None:
    with pytest.raises(UsageError, match="spoken, pronounced, ipa, symbols"):
        read("예").show("sound")


def test_a_number_of_several_spoken_words_belongs_to_its_written_word() -> None:
    reading = read("12:34 봄")
    said = [word for word in reading.words if word >= 0]
    assert set(said) == {0, 1}
    assert reading.spoken == "열두 시 삼십사 분 봄"


def test_a_word_with_nothing_to_say_has_no_symbols() -> None:
    reading = read("바당 — \u200b ☂ 하늘")
    assert len(reading.written_words) == 5
    assert {word for word in reading.words if word >= 0} == {0, 4}
    assert [unread.character for unread in reading.unread] == ["☂"]


@pytest.mark.parametrize("text", ["", "  ", "☂", "\u200b", "…", "***"])
def test_nothing_to_say_has_no_symbols(text: str) -> None:
    reading = read(text)
    assert reading.symbols == reading.words == ()


def test_the_jeju_ending_typed_with_a_lone_letter_is_one_word() -> None:
    assert read("ᄒᆞ염ㅅ저.").pronounced == "ᄒᆞ염쩌."


def test_a_respelling_word_for_word_keeps_its_places() -> None:
    reading = read("GPT 가라사대", "지피티 가라사대")
    assert reading.spoken == "지피티 가라사대"
    assert [word for word in reading.words if word >= 0] == [0] * 6 + [1] * 8


def test_a_respelling_of_other_length_is_dealt_out_by_place() -> None:
    reading = read("1987 하르방 이야기", "천 구백 팔십 칠 하르방 이야기")
    places = [word for word in reading.words if word >= 0]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2}
    assert reading.spoken == "천 구백 팔십 칠 하르방 이야기"


def test_a_respelling_can_say_what_has_no_reading() -> None:
    reading = read("☂ ☂", "우산")
    assert reading.spoken == "우산"
    assert {word for word in reading.words if word >= 0} <= {0, 1}
    assert reading.unread == ()


def test_a_respelling_may_hold_numbers() -> None:
    assert read("몇 시", "3시").spoken == "세 시"


def test_a_respelling_of_nothing_is_not_said() -> None:
    assert read("", "가").symbols == ()


@given(texts)
def test_any_text_reads_with_symbols_of_the_table(text: str) -> None:
    reading = read(text)
    assert len(reading.symbols) == len(reading.words)
    assert all(0 <= symbol < len(SYMBOLS) for symbol in reading.symbols)
    assert all(-1 <= word < len(reading.written_words) for word in reading.words)
    sounding = [word for word in reading.words if word >= 0]
    assert sounding == sorted(sounding)


@given(texts, texts)
def test_any_respelling_stays_in_order(text: str, spoken: str) -> None:
    reading = read(text, spoken)
    sounding = [word for word in reading.words if word >= 0]
    assert sounding == sorted(sounding)
    assert all(word < len(reading.written_words) for word in sounding)
