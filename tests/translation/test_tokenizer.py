from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.errors import BundleError
from kosorong.text.letters.normalize import normalize
from kosorong.translation.tokenizer import SPECIALS, WORD, JamoTokenizer

MERGES = [("ᆸ", "ᄂ"), ("ᆸᄂ", "ᅵ"), ("ᄒ", "ᆞ"), (WORD, "ᄒᆞ"), ("ᄂ", "ᅵ")]
TOKENIZER = JamoTokenizer("".join(map(chr, range(0x1100, 0x1200))) + "abc.,<>/s", MERGES, ("<to>",))


@given(st.text())
def test_every_canonical_text_comes_back_with_white_space_as_single_spaces(text: str) -> None:
    wanted = normalize(" ".join(normalize(text).split()))
    assert TOKENIZER.decode(TOKENIZER.encode(wanted)) == wanted


@given(st.text(alphabet="ᄒᆞ합니다 a海😀▁", max_size=30), st.integers())
def test_dropping_merges_changes_units_but_not_the_text(text: str, seed: int) -> None:
    wanted = normalize(" ".join(text.split()))
    units = TOKENIZER.encode(wanted, dropout=0.5, rng=random.Random(seed))
    assert TOKENIZER.decode(units) == wanted


def test_merges_cross_syllables_but_not_words() -> None:
    bni = unicodedata.normalize("NFD", "\u11b8니")
    assert TOKENIZER.encode("합니다") == ["▁", "ᄒ", "ᅡ", bni, "ᄃ", "ᅡ"]
    assert TOKENIZER.encode("ᄒᆞᆸ니다")[:2] == ["▁ᄒᆞ", bni]
    assert TOKENIZER.encode("합 니")[-3:] == ["ᆸ", "▁", bni[1:]]


def test_text_that_looks_like_a_special_is_only_text() -> None:
    assert not set(TOKENIZER.encode("<s> <to> </s>")) & {*SPECIALS, "<to>"}


def test_every_unit_has_an_index_of_its_own() -> None:
    assert len(set(TOKENIZER.vocabulary)) == len(TOKENIZER.vocabulary) == len(TOKENIZER.index)
    assert all(unit in TOKENIZER.index for unit in TOKENIZER.encode("ᄒᆞᆸ니다 海 abc😀"))


def test_words_follow_units() -> None:
    units = ["<to>", *TOKENIZER.encode("합니 다")]
    assert TOKENIZER.words(units) == [-1, 0, 0, 0, 0, 1, 1, 1][: len(units)]


def test_json_brings_the_same_tokenizer_back() -> None:
    again = JamoTokenizer.from_json(TOKENIZER.to_json())
    assert again.vocabulary == TOKENIZER.vocabulary
    assert again.encode("ᄒᆞᆸ니다") == TOKENIZER.encode("ᄒᆞᆸ니다")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}', "7"])
def test_other_json_is_refused_with_a_cure(text: str) -> None:
    with pytest.raises(BundleError) as raised:
        JamoTokenizer.from_json(text)
    assert raised.value.cure
