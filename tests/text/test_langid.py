import pytest

from kosorong.text.langid import language_of, points, script_of
from word_pairs import pairs


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        *(("할머니가 마당에서 고추를 말린다.", "ko"), ("비가 오니까 집에 있자.", "ko")),
        *(("漢拏山에 올랐다.", "ko"), ("KTX를 타고 서울에 갔다.", "ko"), ("ㅋㅋㅋ", "ko")),
        *(("할망이 마당의서 고치 ᄆᆞᆯ렴쩌.", "jje"), ("이디 왕 앚읍서.", "jje")),
        *(("어디 감수과?", "jje"), ("하영 먹엉 가쿠다게.", "jje"), ("경 허난 어떵 헙니까?", "jje")),
        *(("The wind was cold.", "latin"), ("Il était une fois un roi.", "latin")),
        *(("風が吹いています。", "japanese"), ("今天的风很大，我们不去了。", "cjk")),
        *(("Ветер дует с моря.", "cyrillic"), ("الريح باردة", "arabic"), ("ลมพัดแรง", "thai")),
        *(
            ("1948. 5. 3.", ""),
            ("* * *", ""),
            ("OK!", ""),
            ("漢拏山", ""),
            ("", ""),
            ("New York", ""),
        ),
    ],
)
def test_a_sentence_is_told_by_its_letters_words_and_endings(sentence: str, language: str) -> None:
    assert language_of(sentence) == language


def test_a_korean_sentence_with_a_foreign_quotation_is_korean() -> None:
    assert language_of("그는 “I have a dream that one day”라고 크게 말했다고 한다.") == "ko"


def test_scripts_have_their_unicode_names() -> None:
    assert [script_of(c) for c in "aéжかカ海ש가"] == [
        *("latin", "latin", "cyrillic", "japanese", "japanese", "cjk", "hebrew", "hangul")
    ]


def test_signs_of_both_languages_add_up() -> None:
    assert points("바당에 가요.") == points("바당에") + points("가요.")
    assert points("ᄇᆞᄅᆞᆷ") > points("보름")


WORTH = """
바당 2.8 바당은 4.0 감수다 2.0 감수과? 2.0 왓다 2.0 거우다 2.0 하르방이 2.0 무사는 2.0 경 2.0
경허난 4.0 ᄒᆞᆫ저 6.0 ᄆᆡ일 4.0 게 0.8 어멍 2.8
할머니 -2.0 사람 -2.0 그래서 -2.0 갑니까 -2.0 먹는다 -0.8 있구나 -0.8 것이다 -0.8 에서는 -0.8
밥 0.0 봤다 0.0 기 0.0 ABC 0.0 123 0.0
"""


@pytest.mark.parametrize(("word", "worth"), pairs(WORTH))
def test_a_word_is_worth_what_its_letters_its_ending_and_the_table_say(
    word: str, worth: str
) -> None:
    assert points(word) == pytest.approx(float(worth))
    assert points(f"“{word}”,") == pytest.approx(float(worth))


def test_a_word_of_the_table_counts_with_a_particle_too_but_not_a_syllable_alone() -> None:
    assert points("하르방이") == points("하르방")
    assert points("할머니는") < 0
    assert points("경은") == 0 < points("경")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("밥", "ko"),  # what tells nothing is Korean
        ("게", "jje"),
        ("漢字漢字漢字漢", ""),
        ("漢字漢字漢字漢字", "cjk"),
        ("Hello there", ""),
        ("Hello there you", "latin"),
        ("ж", ""),
        ("жук", "cyrillic"),
        ("가 abcd", ""),  # a fifth of the letters, no more
        ("밥물 abcd", "ko"),
        ("좋다 this is it", "latin"),
        ("ㅋㅋ", "ko"),
    ],
)
def test_few_foreign_letters_tell_nothing_and_few_korean_ones_are_not_enough(
    sentence: str, language: str
) -> None:
    assert language_of(sentence) == language
