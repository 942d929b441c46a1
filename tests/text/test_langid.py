import pytest

from kosorong.text.langid import language_of, points, script_of


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
