from __future__ import annotations

import pytest

from kosorong.config import PAUSES
from kosorong.serving.breath_groups import breath_groups


def test_pauses_follow_what_ends() -> None:
    made = breath_groups("가자. 어서 가자!\n\n다음 날이었다.\n")
    assert [one.pause for one in made] == [PAUSES.between(PAUSES.stop), 0.7, 0.0]


def test_a_long_sentence_is_cut_with_short_pauses() -> None:
    made = breath_groups("바람이 불고 " * 40)
    assert len(made) == 3
    assert {one.pause for one in made[:-1]} == {PAUSES.between(PAUSES.comma)}


@pytest.mark.parametrize("text", ["", " \n\n", "\x00"])
def test_nothing_makes_no_passages(text: str) -> None:
    assert breath_groups(text) == []
