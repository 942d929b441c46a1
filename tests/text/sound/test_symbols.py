"""The symbol table is frozen and every sound has its place in it."""

import hashlib

import pytest

from kosorong.text.letters.normalize import normalize
from kosorong.text.sound import symbols
from kosorong.text.sound.symbols import NO_WORD, SYMBOLS, SYMBOLS_HASH, decode, encode, intersperse


def test_the_table_is_the_one_models_were_trained_with() -> None:
    assert SYMBOLS_HASH == "e477aa4a9606f2e00bd1bc2b849859beab082af1b772280c92bcc258e9053566"
    assert hashlib.sha256("\0".join(SYMBOLS).encode()).hexdigest() == SYMBOLS_HASH


def test_the_table_has_each_symbol_once() -> None:
    assert len(set(SYMBOLS)) == len(SYMBOLS) == 5 + 5 + 18 + 23 + 7
    assert SYMBOLS[symbols.PAD_ID] == "_"
    assert SYMBOLS[symbols.BOUNDARY_ID] == " "


def test_each_symbol_knows_its_word() -> None:
    encoded = encode(["감", "아.", "예"])
    assert decode(encoded.symbols) == "^감 아. 예$"
    assert encoded.words == (-1, 0, 0, 0, -1, 1, -1, -1, 2, -1)


def test_the_silent_onset_has_no_symbol() -> None:
    assert len(encode(["아"]).symbols) == 3


def test_onsets_and_codas_are_told_apart() -> None:
    _, onset, _, coda, _ = encode(["각"]).symbols
    assert onset != coda


def test_spaces_within_a_word_are_boundaries() -> None:
    encoded = encode(["삼 년"])
    assert decode(encoded.symbols) == "^삼 년$"
    assert encoded.words[1:-1] == (0, 0, 0, NO_WORD, 0, 0, 0)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (["", "감", "", "아", ""], "^감 아$"),
        (["감..", "아"], "^감. 아$"),
        (["감?!"], "^감?!$"),
        (["감", ","], "^감 ,$"),
        (["“감”", "a"], "^감$"),
    ],
)
def test_marks_and_boundaries_count_once(words: list[str], written: str) -> None:
    assert decode(encode(words).symbols) == written


@pytest.mark.parametrize("words", [[], [""], ["..."], ["A", "—"]])
def test_nothing_to_say_is_empty(words: list[str]) -> None:
    assert encode(words) == symbols.Encoded((), ())


def test_arae_a_has_its_own_vowels() -> None:
    word = normalize("ㅎㆍ나ㅇㆍㆍ")
    assert decode(encode([word]).symbols) == f"^{word}$"
    assert len(set(encode([normalize("ㅇㆍㅇㆍㆍ아오요")]).symbols)) == 7


def test_arae_a_with_i_is_two_vowels() -> None:
    assert encode([normalize("ㅁㆎㄹ")]).symbols == encode([normalize("ㅁㆍ일")]).symbols


def test_blanks_stand_around_every_symbol() -> None:
    encoded = encode(["감"])
    ids = intersperse(encoded.symbols)
    words = intersperse(encoded.words, NO_WORD)
    assert len(ids) == len(words) == 2 * len(encoded.symbols) + 1
    assert ids[1::2] == encoded.symbols
    assert set(ids[::2]) == {symbols.BLANK_ID}
    assert decode(ids) == "^감$"


def test_an_id_outside_the_table_is_an_error() -> None:
    with pytest.raises(IndexError):
        decode([len(SYMBOLS)])
