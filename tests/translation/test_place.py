from __future__ import annotations

import pytest

from kosorong.translation.place import WordPlace, place_of


def place(sentence: str, word: int = -1) -> WordPlace:
    words = sentence.split()
    return place_of(words, len(words) + 1 + word if word < 0 else word + 1)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("할머니는 절에 가세요.", True),
        ("선생님께서 오세요.", True),
        ("많이 드세요.", False),
        ("바람이 부니 조심하세요.", False),
        ("할머니가 왔어요. 앉으세요.", False),
        ("할머니가 오시면 드리세요.", False),
        ("날씨가 추우세요.", False),
        ("우리 어머니는 시장에 가세요.", True),
    ],
)
def test_respect_for_somebody_else_makes_a_request_a_statement(sentence: str, told: bool) -> None:
    assert place(sentence).told is told


@pytest.mark.parametrize(
    ("sentence", "word", "stop"),
    [
        ("비가 왔다 그쳤다.", 1, ""),
        ("비가 왔다, 그쳤다.", 1, ","),
        ("비가 왔다. 그쳤다.", 1, "."),
        ("“비가 왔다.” 하고 말했다.", 1, "."),
        ("“비가 왔다” 하고 말했다.", 1, "."),
        ("비가 왔다", 1, "."),
    ],
)
def test_a_word_closes_a_sentence_before_a_stop_or_a_quotation_mark(
    sentence: str, word: int, stop: str
) -> None:
    assert place(sentence, word).stop == stop


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("그는 간다 한다.", True),
        ("같이 가자 하고 나섰다.", True),
        ("문을 열었다 닫았다 한다.", False),
        ("그는 간다 할머니.", False),
        ("산이 높다 하늘까지.", False),
    ],
)
def test_what_stands_before_a_form_of_hada_may_be_a_quotation(sentence: str, said: bool) -> None:
    words = sentence.split()
    place_of_verb = next(
        n for n in range(len(words) - 1, 0, -1) if words[n - 1].endswith(("다", "자"))
    )
    assert place_of(words, place_of_verb).said is said


def test_an_object_before_a_word_is_seen() -> None:
    assert place("편지를 자주 적습니다.").acts
    assert not place("나이가 적습니다.").acts
    assert not place("밥을 먹었다. 나이가 적습니다.").acts
