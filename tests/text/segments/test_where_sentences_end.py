"""Where a sentence ends and where it only seems to, a case of each kind; `|` parts sentences."""

from __future__ import annotations

import pytest

from kosorong.text.segments.sentences import follows_quotation, segments_of, split_sentences

ENDS = """
비가 왔다.!
끝났다.|나도 갔다
끝났나!|나도 갔다
끝났나？|나도 갔다
끝났다。|나도 갔다
정말?!|그래
정말⁉|그래
정말！|그래
그랬다...|가자.
그랬다‥|가자
그랬다···|가자
그랬다ㆍㆍㆍ|가자
그랬다….|“가자.”
그래…|“가자.”
좋다ㅠㅠ|그래
좋다ㅋㅋ|그래
와요~|그래
와요♥|그래
갑니다|그래서
좋수다|가게
맞지요|그래
갔어요|“네”
가나다.”)|라마
“갔다.”|“왔다.” 하고 말했다.
“가자.”|말했다.
나는 3.|그는 4.
아.|나
ABC.|물
1234.|물
첫 줄|2. 둘째 줄
첫 줄 2.|둘째
그는, (정말로 갔다.)|웃었다.
(정말로 갔다.)|웃었다.
그는 웃었다.|(정말로 갔다.)|왔다.
"""

SEEMS = """
갔다 왔다
갔다...나도
음… 가자.
그럼... 가자.
끝‥ 가자
끝··· 가자
1.가자
갔음.나도
좋다ㅋ 그래
ㅋㅋ 좋다
와~ 그래
a.m. 3시다.
오전 9 a.m. 회의다.
Fig. 2를 보라.
Smith Jr. 가 왔다.
나는 A. B다.
pp. 3을 보라.
이름은 J.K. 롤링이다.
길이는 3. 5미터
2023. 4. 1 일
3.1. 운동
12. 3. 가자.
3. 물을 끓인다.
(1. 가자.
가. 나
사. 나
A. 물
iv. 물
제3절. 시작이다.
3장. 시작이다.
第三節. 시작이다.
쨍! 하는 소리
쨍! 하고 울렸다.
쨍! 했다.
왜? 라고 물었다.
“왜?” 라며 웃었다.
“왜?”, 하고 웃었다.
“가자.”는 말
“가자.”고 했다.
갑니다 라고 했다
그는 (정말로 갔다.) 웃었다.
그는 [정말로 갔다.] 웃었다.
그는 （정말로 갔다.） 웃었다.
그는   (정말로 갔다.) 웃었다.
*** 가나다.
가나다. ***
... 가나다.
"""


@pytest.mark.parametrize("marked", ENDS.strip().splitlines())
def test_a_sentence_ends_here(marked: str) -> None:
    sentences = marked.split("|")
    assert split_sentences(marked.replace("줄|", "줄\n").replace("|", " ")) == sentences


@pytest.mark.parametrize("whole", SEEMS.strip().splitlines())
def test_no_sentence_ends_inside(whole: str) -> None:
    assert split_sentences(whole) == [whole]


@pytest.mark.parametrize("mark", ["。", "！", "？", "!", "?", "다."])
def test_a_sentence_may_follow_without_a_space(mark: str) -> None:
    assert split_sentences(f"끝났{mark}나도 갔다") == [f"끝났{mark}", "나도 갔다"]


@pytest.mark.parametrize("mark", [":", ";", ",", "음.", "x."])
def test_and_behind_other_marks_it_goes_on(mark: str) -> None:
    assert split_sentences(f"끝났{mark}나도 갔다") == [f"끝났{mark}나도 갔다"]


def test_a_bracket_that_opened_long_ago_is_no_aside() -> None:
    far = "그는 (" + "가" * 301
    assert len(split_sentences(f"{far}갔다.) 웃었다.")) == 2
    near = "그는 (" + "가" * 200
    assert len(split_sentences(f"{near}갔다.) 웃었다.")) == 1


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("하고 웃었다.", True),
        (", 하며 갔다.", True),
        ("라고 했다", True),
        ("하늘이 맑다", False),
        ("그는 웃었다.", False),
        ("", False),
    ],
)
def test_what_goes_on_after_a_quotation_is_known(text: str, follows: bool) -> None:
    assert follows_quotation(text) is follows


def test_a_long_quotation_is_opened_and_a_short_one_stays_whole() -> None:
    sentence = "바람이 몹시 불어서 배가 나가지 못한다."
    short = f"“{sentence} {sentence}” 하고 말했다."
    assert segments_of(short) == [short]
    long = f"“{' '.join([sentence] * 3)}” 하고 말했다."
    assert segments_of(long) == [f"“{sentence} {sentence}", f"{sentence}” 하고 말했다."]
    # What a segment may hold at most bounds that too.
    assert segments_of(short, limit=20) == [f"“{sentence}", f"{sentence}”", "하고 말했다."]


def test_a_long_sentence_without_a_quotation_is_cut_into_clauses() -> None:
    clause = "아침 일찍 밭에 나가서 검질을 매고"
    sentence = ", ".join([clause] * 8) + " 돌아왔다."
    segments = segments_of(sentence)
    assert len(segments) == 2
    assert all(segment.endswith(("매고,", "돌아왔다.")) for segment in segments)
