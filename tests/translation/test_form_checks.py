from __future__ import annotations

import pytest

from kosorong.translation.form_checks import faults_of, mended
from kosorong.translation.rules import WordChange


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("좋습니다", "좋수다"),
        ("큽니다", "크우다"),
        ("산입니다", "산이우다"),
        ("먹으면서", "먹으멍"),
        ("살면서", "살멍"),
        ("먹겠습니다", "먹으쿠다"),
        ("마을을", "ᄆᆞ을을"),
        ("있습니까?", "잇수과?"),
        ("잡았다", "잡앗다"),
        ("먹었다", "먹엇다"),
        ("밥를", "밥를"),
        ("ᄆᆞ을", "마을"),
        ("마을", "ᄆᆞ을"),
        ("ᄀᆞ슬", "가을"),
        ("ᄀᆞ슬을", "가을을"),
        ("산ᄆᆞ을", "산마을"),
        ("저슬", "저을"),
        ("지을 집", "지을 집"),
        ("저을 것이니", "저을 거난"),
        ("ᄀᆞᆺ을", "갓을"),
        ("밧을", "밭을"),
        ("무스을", "무사을"),
        ("ᄆᆡ일", "매일"),
    ],
)
def test_sound_forms_pass_and_the_sources_own_faults_are_not_ours(source: str, output: str) -> None:
    assert faults_of(source, output) == []


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("큽니다", "크수다"),
        ("좋습니다", "좋우다"),
        ("먹으면서", "먹멍"),
        ("먹겠습니다", "먹쿠다"),
        ("먹었다", "먹앗다"),
        ("잡았다", "잡엇다"),
        ("부인을", "각씨을"),
        ("바다를", "바당를"),
        ("바당을", "바다을"),
        ("집으로", "집로로"),
        ("가실 것이다", "가을 것이다"),
        ("모을 수가", "마을 수가"),
        ("짓을 ᄒᆞ지", "지을 하지"),
        ("부실 지경", "부을 지경"),
        ("서울로", "서울레레"),
        ("갑니까?", "가수과?"),
        ("간다", "가\u11ab"),
    ],
)
def test_broken_forms_are_named(source: str, output: str) -> None:
    assert faults_of(source, output)


def test_a_broken_form_gives_way_to_the_source_word() -> None:
    changes = [WordChange((0, 1), "밥를"), WordChange((1, 2), "먹엄수다")]
    assert [one.text for one in mended(changes, "밥을 먹습니다")] == ["밥을", "먹엄수다"]


def test_a_noun_in_eul_gives_way_only_where_a_bound_noun_makes_it_a_verb() -> None:
    changes = [WordChange((0, 1), "가을"), WordChange((1, 2), "때"), WordChange((2, 3), "가을")]
    assert [one.text for one in mended(changes, "가실 때 ᄀᆞ슬")] == ["가실", "때", "가을"]
