import tracemalloc

import pytest

from kosorong.text.letters.hangul import nfd
from kosorong.translation.compact_tables import PackedMapping, Places, Strings
from kosorong.translation.lexemes import Lexeme, Lexemes, StemForms

WORDS = ["바당", "", "ᄃᆞᆯ", "half \ud800", "🙂 emoji", "바당밧"]


def test_strings_come_out_as_they_went_in() -> None:
    packed = Strings(WORDS)
    assert list(packed) == WORDS
    assert (packed[-1], packed[1:3]) == ("바당밧", WORDS[1:3])
    with pytest.raises(IndexError):
        packed[len(WORDS)]


def test_places_of_a_string_keep_their_order() -> None:
    places = Places([("나", 7), ("가", 3), ("나", 1), ("나", 7)])
    assert places.of("나") == [7, 1, 7]
    assert places.of("다") == []
    assert Places([]).of("가") == []


def test_a_packed_mapping_equals_the_dictionary_it_was_made_of() -> None:
    packed = PackedMapping(Strings(WORDS), lambda n: len(WORDS[n]))
    plain = {word: len(word) for word in WORDS}
    assert packed == plain
    assert plain == packed
    assert "바" not in packed
    with pytest.raises(KeyError):
        packed["바"]


def test_a_string_with_the_hash_of_another_is_not_taken_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kosorong.translation.compact_tables.hash", lambda key: 1, raising=False)
    packed = PackedMapping(Strings(WORDS), lambda n: n)
    assert [packed[word] for word in WORDS] == list(range(len(WORDS)))
    assert packed.get("바") is None


def test_lexemes_come_out_in_jamo_and_with_a_share() -> None:
    packed = Lexemes([("바다", "바당", "n", 0.9, 0.0), ("ᄃᆞᆯ리", "달리", "v", 0.0, -1.5)])
    plain = (
        Lexeme(nfd("바다"), nfd("바당"), "n", 0.9),
        Lexeme(nfd("ᄃᆞᆯ리"), nfd("달리"), "v", 0.01, -1.5),
    )
    assert packed == plain
    assert packed[1:] == list(plain[1:])
    assert packed != plain[:1]


def test_a_form_finds_every_lexeme_that_has_it() -> None:
    lexemes = [Lexeme("a", "x", "v", 1.0), Lexeme("b", "y", "n", 1.0)]
    forms = {"a": [("C", "ab"), ("I", "a b")], "b": [("B", "ab")]}
    found = StemForms(lexemes, lambda lexeme: forms[lexeme.source])
    assert found["ab"] == [("C", lexemes[0]), ("B", lexemes[1])]
    assert found["b"] == []
    assert found.spaced == {"a b"}


def test_fifty_thousand_rows_take_under_three_megabytes() -> None:
    tracemalloc.start()
    try:
        words = (f"제주말{n}" for n in range(50_000))
        packed = PackedMapping(Strings(words), lambda n: n)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(packed) == 50_000
    assert held < 3e6


def test_words_that_stay_follow_the_pairs_and_are_their_own_counterpart() -> None:
    packed = Lexemes([("바다", "바당", "n", 0.9, 0.0)], [("학교", "n", -0.4)])
    assert packed[1] == Lexeme(nfd("학교"), nfd("학교"), "n", 1.0, -0.4)
    assert len(packed) == 2
