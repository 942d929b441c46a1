import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kosorong.text.segments.clauses import clusters, split_clauses, syllables
from kosorong.text.segments.quotes import quoted_spans
from kosorong.text.segments.sentences import SEGMENT_SYLLABLES, segments_of, split_sentences

PIECES = st.sampled_from(
    [*" .,!?…\"'“”‘’()「」\n\t03다요고며ㅋabA~漢·", "ᄒᆞᆫ", "ᆞ", "😀", "\u200d", "\ufe0f", "습니다 "]
)
PARAGRAPHS = st.lists(PIECES, max_size=120).map("".join)


def without_space(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("비가 왔다. 바람도 불었다!", ["비가 왔다.", "바람도 불었다!"]),
        ("정말이냐?! 그럼… 가자.", ["정말이냐?!", "그럼… 가자."]),
        ("그는 떠났다… 아무도 몰랐다.", ["그는 떠났다…", "아무도 몰랐다."]),
        ("돌아오려나······. 해가 졌다.", ["돌아오려나······.", "해가 졌다."]),
        ("길이는 3.5미터다. 값은 1,200.5원.", ["길이는 3.5미터다.", "값은 1,200.5원."]),
        ("2023.4.1. 서귀포에서 썼다. 끝.", ["2023.4.1. 서귀포에서 썼다.", "끝."]),
        ("2023. 4. 1. 서귀포에서 썼다.", ["2023. 4. 1. 서귀포에서 썼다."]),
        ("1. 물을 끓인다. 2. 국수를 넣는다.", ["1. 물을 끓인다.", "2.", "국수를 넣는다."]),
        ("가. 목적은 이렇다.", ["가. 목적은 이렇다."]),
        ("Dr. 한과 J. K. 롤링은 vs. 없이 썼다.", ["Dr. 한과 J. K. 롤링은 vs. 없이 썼다."]),
        ("밭에 갔다.돌이 많았다.", ["밭에 갔다.", "돌이 많았다."]),
        ("첫 줄\n둘째 줄", ["첫 줄", "둘째 줄"]),
        ("잘 먹었습니다 다음에 또 올게요 안녕", ["잘 먹었습니다", "다음에 또 올게요", "안녕"]),
        ("아침에 다니다 보니 늦었다.", ["아침에 다니다 보니 늦었다."]),
        ("좋다ㅋㅋ 또 보자ㅎㅎ", ["좋다ㅋㅋ", "또 보자ㅎㅎ"]),
        ("최고예요!😀 또 와요~ 진짜로", ["최고예요!😀", "또 와요~", "진짜로"]),
        ("예 . 맞수다 .", ["예 .", "맞수다 ."]),
        ("   ", []),
        ("", []),
        ("***", ["***"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(paragraph: str, sentences: list[str]) -> None:
    assert split_sentences(paragraph) == sentences


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("ᄒᆞᆫ저 들어옵서. 무사 경 ᄒᆞ염수과?", ["ᄒᆞᆫ저 들어옵서.", "무사 경 ᄒᆞ염수과?"]),
        ("오늘 날 좋수다 바당에 가쿠다 경헙서", ["오늘 날 좋수다", "바당에 가쿠다", "경헙서"]),
        ("“이레 오라.” ᄒᆞ멍 웃었다.", ["“이레 오라.” ᄒᆞ멍 웃었다."]),
        ("몰르쿠다마씀 나도", ["몰르쿠다마씀", "나도"]),
    ],
)
def test_jeju_endings_end_sentences(paragraph: str, sentences: list[str]) -> None:
    assert split_sentences(paragraph) == sentences


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ('"일어나. 해 떴다." 하고 흔들었다.', ['"일어나. 해 떴다." 하고 흔들었다.']),
        ('"가자!"라고 외쳤다. 뛰었다.', ['"가자!"라고 외쳤다.', "뛰었다."]),
        ("“왔니?” 어머니가 물었다.", ["“왔니?”", "어머니가 물었다."]),
        ("“갔어.” “언제?”", ["“갔어.”", "“언제?”"]),
        ("‘왜 그랬을까.’ 하는 생각뿐이었다.", ["‘왜 그랬을까.’ 하는 생각뿐이었다."]),
        ("「누구냐.」 문이 열렸다.", ["「누구냐.」", "문이 열렸다."]),
        ("쨍그랑! 하는 소리가 났다.", ["쨍그랑! 하는 소리가 났다."]),
        ("그는 (왜일까? 모른다.) 웃었다.", ["그는 (왜일까? 모른다.) 웃었다."]),
        ("It's Tom's. 그렇다.", ["It's Tom's.", "그렇다."]),
        ('"닫히지 않은 말. 다음 말.', ['"닫히지 않은 말.', "다음 말."]),
    ],
)
def test_a_quotation_stays_with_the_verb_that_closes_it(
    paragraph: str, sentences: list[str]
) -> None:
    assert split_sentences(paragraph) == sentences


def test_quotation_marks_are_paired_and_apostrophes_are_none() -> None:
    assert quoted_spans("“a ‘b’” c) (d") == [(0, 6)]
    assert quoted_spans("don't 'go'") == [(6, 9)]


def test_a_long_quotation_is_broken_between_its_sentences() -> None:
    said = "“" + " ".join(["오늘은 바람이 몹시 불어서 배가 나가지 못한다."] * 4) + "” 하고 말했다."
    assert split_sentences(said) == [said]
    assert len(segments_of(said)) == 3
    assert segments_of(said)[-1].endswith("” 하고 말했다.")


@given(PARAGRAPHS, st.sampled_from([2, 6, 20, SEGMENT_SYLLABLES]))
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_and_no_segment_is_too_long(paragraph: str, limit: int) -> None:
    place = 0
    for segment in segments_of(paragraph, limit=limit):
        assert segment == segment.strip() != ""
        while paragraph[place].isspace():
            place += 1
        assert paragraph.startswith(segment, place)
        place += len(segment)
        assert syllables(segment) <= limit or len(list(clusters(segment))) == 1
    assert paragraph[place:].strip() == ""
    assert without_space("".join(split_sentences(paragraph))) == without_space(paragraph)


def test_long_sentences_are_cut_at_commas_then_endings_then_spaces() -> None:
    by_comma = "아침 일찍 밭에 나가서 검질을 매고, 저녁 늦게야 집에 돌아왔다."
    assert split_clauses(by_comma, 15)[0].endswith("매고,")
    by_ending = "할머니는 물질을 나가고 할아버지는 집에서 그물을 손질했다."
    assert split_clauses(by_ending, 15)[0].endswith("나가고")
    by_jeju = "하르방은 밧디 강 검질 매멍 할망은 바당에서 물질을 ᄒᆞ엿수다."
    assert split_clauses(by_jeju, 16)[0].endswith("매멍")
    assert split_clauses("가나다라마바사 아자차카타파하", 8) == ["가나다라마바사", "아자차카타파하"]


def test_a_text_without_spaces_is_cut_hard_but_never_inside_a_syllable() -> None:
    segments = segments_of("ᄒᆞᆫ" * 10_000)
    assert all(len(segment) % 3 == 0 for segment in segments)
    assert max(syllables(segment) for segment in segments) <= SEGMENT_SYLLABLES
    assert "".join(segments) == "ᄒᆞᆫ" * 10_000


def test_figures_and_latin_letters_weigh_more_than_syllables() -> None:
    assert syllables("삼천") == 2
    assert syllables("3000") == 8
    assert syllables("ᄒᆞᆫ저") == 2
    assert syllables("CD") > 2


@pytest.mark.parametrize(
    "flood",
    ["가", " ", "\n", ".", '"', "(", "“그는 갔다. ", "요 ", "1. ", "ᄒ", "\u0301", "ㅋ", "다\t"],
)
def test_no_flood_of_one_mark_takes_long(flood: str) -> None:
    text = flood * (20_000 // len(flood))
    start = time.process_time()
    assert without_space("".join(segments_of(text))) == without_space(text)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "label",
    [
        *(
            "그림 1.",
            "표 2-3.",
            "부록 가.",
            "1-1.",
            "1-2-3.",
            "Ⅳ.",
            "877화.",
            "제1장.",
            "第一章.",
            "사진 12.",
        ),
        *("[그림 3.]", "Q1.", "Chapter 2.", "EP 3.", "예제 5.", "별표 1.", "외전 2."),
    ],
)
def test_a_label_stays_with_its_sentence(label: str) -> None:
    assert split_sentences(f"{label} 섬의 모습이다. 크다.") == [f"{label} 섬의 모습이다.", "크다."]
    text = f"바람이 분다. {label} 섬의 모습이다."
    assert split_sentences(text) == ["바람이 분다.", f"{label} 섬의 모습이다."]


def test_a_word_that_only_looks_like_a_label_ends_its_sentence() -> None:
    assert split_sentences("나는 1장. 너는 2장.") == ["나는 1장.", "너는 2장."]
    assert split_sentences("그래. 예. 그는 웃었다.") == ["그래.", "예.", "그는 웃었다."]


@pytest.mark.parametrize("marks", ["()", "[]", "（）"])
def test_a_sentence_in_brackets_within_a_sentence_ends_nothing(marks: str) -> None:
    within = f"그는 {marks[0]}정말로 갔다.{marks[1]} 하고 말했다."
    assert list(split_sentences(within)) == [within]
    between = f"그가 갔다. {marks[0]}끝났다.{marks[1]} 그리고 왔다."
    assert list(split_sentences(between)) == [
        "그가 갔다.", f"{marks[0]}끝났다.{marks[1]}", "그리고 왔다."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("‘I’m’ 했다", [(0, 4)]),
        ("'I'm' 했다", [(0, 4)]),
        ("‘가’ ‘나’", [(0, 2), (4, 6)]),
        ("rock'n'roll", []),
        ("“가 ‘나’ 다”", [(0, 8)]),
        ("(가 [나] 다)", [(0, 8)]),
        ("{가}", [(0, 2)]),
        ("«가»", [(0, 2)]),
        ("(가", []),
    ],
)
def test_outer_quotations_are_found_and_an_apostrophe_closes_none(
    text: str, spans: list[tuple[int, int]]
) -> None:
    assert list(quoted_spans(text)) == spans
