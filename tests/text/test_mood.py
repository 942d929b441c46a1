"""What a sentence wants of its hearer."""

import pytest

from kosorong.text.mood import asking, moods_of
from kosorong.text.reading import read


def mood(sentence: str) -> str:
    return list(moods_of(sentence.split()).values())[-1]


@pytest.mark.parametrize(
    "sentence",
    [
        "어디 감수과.",
        "이디가 ᄒᆞᆨ교우꽈",
        "이것도 먹쿠과.",
        "저 사름은 누게과.",
        "밥은 먹읍디가.",
        "무사 경 울엄시니.",
        "무신 거 ᄒᆞ염신고.",
        "바당에 감신가.",
        "그디 갓수과게.",
        "어떻게 지내십니까.",
        "이제 갈까요",
        "“어디 감디?”",
        "어떵 ᄒᆞ코.",
        "무사 밥 안 먹어시냐.",
        "이거 누게고.",
        "어느 집이과.",
        "어디 감수과 .",
        "어디 감수과…",
        "범인인가",
    ],
)
def test_a_question_is_told_by_its_ending_or_its_mark(sentence: str) -> None:
    assert mood(sentence) == "question"


@pytest.mark.parametrize(
    "sentence",
    [
        "오늘은 창고에 신고.",
        "관청에 신고.",
        "할머니와 언니, 그리고 어머니.",
        "이 얼마나 먼 길인가.",
        "그 사람은 누군가.",
        "빨간 사과.",
        "병원은 내과.",
        "비가 오니까.",
        "무사 경 말헴수과!",
        "바당이 ᄇᆞᆰ다.",
        "아버지가",
        "나타났다, 여우가.",
        "벚나무는 장미과.",
        "호랑이는 고양이과.",
        "누구나 좋아하는 원고.",
        "언제나 쓰던 문고.",
        "대회 참가자.",
        "생선 가게",
        "그는 자주.",
        "그분이 우리 선생님이세요.",
        "바다 전문가",
    ],
)
def test_what_only_looks_like_a_question_tells(sentence: str) -> None:
    assert mood(sentence) == "statement"


@pytest.mark.parametrize(
    "sentence",
    [
        "ᄀᆞ치 가게.",
        "ᄒᆞᆫ저 옵서!",
        "이레 오게마씀.",
        "같이 갑시다.",
        "우리 가자.",
        "그만 하자.",
        "ᄀᆞ치 ᄒᆞ게.",
        "이제 집에 돌아가자.",
        "어서 오세요.",
    ],
)
def test_a_proposal_is_told_by_its_ending(sentence: str) -> None:
    assert mood(sentence) == "suggestion"


def test_every_sentence_of_a_segment_has_its_mood_and_one_that_goes_on_has_none() -> None:
    assert moods_of(["비", "왐수과?", "예,", "ᄒᆞᆫ저", "글라.", "경허민,"]) == {
        1: "question",
        4: "suggestion",
    }


def test_a_question_without_its_mark_is_spoken_as_one_with_it() -> None:
    assert read("어디 감수과.").symbols == read("어디 감수과?").symbols
    assert read("어디 감수과").symbols == read("어디 감수과?").symbols
    assert read("어디 감수과 .").symbols == read("어디 감수과 ?").symbols
    assert read("어디 감수다.").symbols != read("어디 감수다?").symbols
    assert read("어디 감수과.").pronounced.endswith(".")


def test_every_sentence_has_its_mood_at_its_last_word() -> None:
    said = ["가카?", "갔다!", "이제", "가게마씀.", "눈이", "왔다"]
    assert moods_of(said) == {0: "question", 1: "statement", 3: "suggestion", 5: "statement"}
    assert moods_of(["."]) == {0: "statement"}
    assert moods_of(["가면,"]) == {}


@pytest.mark.parametrize(
    ("sounds", "asked"),
    [
        (["감수과"], ["감수과?"]),
        (["감수과."], ["감수과?"]),
        (["감수과…"], ["감수과?"]),
        (["감수과.”"], ["감수과?”"]),
        (["감수과.)"], ["감수과?)"]),
        (["감수과", "."], ["감수과", "?"]),
        (["감수과", "”."], ["감수과", "”?"]),
        (["감수과.", "”"], ["감수과?", "”"]),
        (["감수과.", "."], ["감수과?", "."]),
        (["감수과", "나"], ["감수과?", "나"]),
        (["감수과", ".", "나"], ["감수과", "?", "나"]),
        (["감수과.", "나."], ["감수과?", "나."]),
        (["감수과?"], ["감수과?"]),
        (["감수과!"], ["감수과!"]),
        (["감수과?!"], ["감수과?!"]),
    ],
)
def test_the_mark_of_a_question_stands_where_its_stop_stood(
    sounds: list[str], asked: list[str]
) -> None:
    assert asking(sounds, {0: "question"}) == asked


def test_only_questions_get_the_mark_of_one() -> None:
    moods = moods_of(["가카", ".", "오게.", "왓저."])
    assert asking(["가카", ".", "오게.", "왓저."], moods) == ["가카", "?", "오게.", "왓저."]
    assert asking(["오게."], {0: "suggestion"}) == ["오게."]


@pytest.mark.parametrize("behind", ["마씀", "마씸", "마씨", "마시", "양", "예", "게", "원"])
def test_politeness_behind_an_ending_leaves_it_what_it_is(behind: str) -> None:
    assert mood(f"이디 감신가{behind}.") == "question"
    assert mood(f"ᄒᆞᆫ저 글라{behind}.") == "suggestion"


@pytest.mark.parametrize("beside", ["ᄀᆞ치", "혼디", "이제", "우리", "어서"])
def test_a_word_that_calls_to_something_makes_a_shop_a_proposal(beside: str) -> None:
    assert mood(f"{beside} 가게.") == "suggestion"
    assert mood("여기 가게.") == "statement"
    assert mood("가게.") == "statement"


@pytest.mark.parametrize(
    ("said", "moods"),
    [
        (["감수과?)", "예"], {0: "question", 1: "statement"}),
        (["감수과.", "”", "예"], {0: "question", 2: "statement"}),
        (["", "감수과", "", "."], {1: "question"}),
        (["가!?"], {0: "question"}),
        (["?", "가"], {0: "question", 1: "statement"}),
        ([], {}),
        (["", ""], {}),
    ],
)
def test_marks_close_sentences_and_what_says_nothing_has_no_mood(
    said: list[str], moods: dict[int, str]
) -> None:
    assert moods_of(said) == moods
