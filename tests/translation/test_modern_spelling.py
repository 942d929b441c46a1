from __future__ import annotations

import pytest

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
