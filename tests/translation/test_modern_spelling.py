from __future__ import annotations

import pytest

from kosorong.text.letters.hangul import nfd
from kosorong.translation.modern import modern_spelling


@pytest.mark.parametrize(
    ("full", "modern"),
    [
        ("ᄒᆞᆫ저 옵서", "혼저 옵서"),
        ("살앗수다", "살았수다"),
        ("잇수과?", "있수과?"),
        ("경 헷주", "경 했주"),
        ("뒈엇저", "되었저"),
        ("못 웃곡 옷 입곡", "못 웃곡 옷 입곡"),
        ("무사 마씀?", "무사 마씀?"),
    ],
)
def test_letters_are_written_as_the_modern_texts_do(full: str, modern: str) -> None:
    assert modern_spelling(full) == modern


@pytest.mark.parametrize(
    "stem",
    [
        "시간이 엇수다",
        "돈이 엇주마는",
        "맛엇수다",
        "옷을 벗곡",
        "노를 젓는다",
        "웃나",
        "첫날",
        "맛난 거",
        "끈을 잇는다",
    ],
)
def test_a_stem_in_sios_is_no_past(stem: str) -> None:
    assert "ᆻ" not in nfd(modern_spelling(stem))


@pytest.mark.parametrize(
    ("full", "modern"),
    [
        ("먹엇수게", "먹었수게"),
        ("갓주마씀", "갔주마씀"),
        ("낫저", "났저"),
        ("밧디 갓당 왓저", "밭디 갔당 왔저"),
        ("어둡덴", "어둡덴"),
        ("부치렌", "부치렌"),
        ("안 뒌덴", "안 된댄"),
    ],
)
def test_the_past_and_quotations_are_written_as_the_province_does(full: str, modern: str) -> None:
    assert modern_spelling(full) == modern
