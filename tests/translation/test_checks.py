from __future__ import annotations

import pytest

from kosorong.translation.checks import has_markup, problem_of


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("3시 15분에 KTX를 탔다.", "3시 15분에 KTX를 탓저."),
        ("1,200원", "1,200원"),
        ("해(海)가 뜬다", "해(海)가 튼다"),
        ("쾅 쾅 쾅 쾅 쾅", "쾅 쾅 쾅 쾅 쾅"),
        ("네 😀", "예 😀"),
        ("응.", "기여게."),
        ("ㅋㅋㅋㅋㅋㅋ 좋아", "ㅋㅋㅋㅋㅋㅋ 좋아"),
        ("사람이 많다", "사ᄅᆞᆷ이 하다"),
    ],
)
def test_sound_translations_pass(source: str, output: str) -> None:
    assert problem_of(source, output) == ""


@pytest.mark.parametrize(
    ("source", "output", "problem"),
    [
        ("3권 있다", "권 잇저", "lost: 3"),
        ("1,200원", "1.200원", "lost"),
        ("가자", "7 글라", "invented: 7"),
        ("KTX 타자", "ktx 타게", "lost: KTX"),
        ("海 보자", "보게", "lost: 海"),
        ("네 😀", "예", "lost: 😀"),
        ("가자", "", "nothing legible"),
        ("가자", "글\ufffd", "nothing legible"),
        ("가자", "글라 " * 12, "letters became"),
        ("우리 모두 함께 바다에 가서 고기를 잡아 봅시다", "바당", "letters became"),
        ("우리 모두 함께 가자", "우리 모두 하하하하하", "repeats"),
        ("우리 모두 함께 가자", "우리 모두 \u1167", "no syllable"),
        ("우리 모두 함께 가서 봅시다", "경 경 경 경 경", "repeats"),
        ("우리 모두 함께 바다에 가서 봅시다", "이제 강 이제 강 이제 강 이제 강", "repeats"),
    ],
)
def test_losses_inventions_and_stammering_are_named(source: str, output: str, problem: str) -> None:
    assert problem in problem_of(source, output)


@pytest.mark.parametrize("text", ["<b>밥</b>", "밥&nbsp;", "a@b.kr 로", "https://a.kr/b 참고"])
def test_markup_and_addresses_are_seen(text: str) -> None:
    assert has_markup(text)
