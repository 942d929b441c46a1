from __future__ import annotations

import pytest

from kosorong.speech.pieces import LONGEST, Piece, cut
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BOUNDARY_ID, END_ID, NO_WORD, START_ID


def _cut(text: str, longest: int = LONGEST) -> list[Piece]:
    reading = read(text)
    return cut(reading.symbols, reading.words, longest)


def _sounds(pieces: list[Piece]) -> list[tuple[int, int]]:
    pairs = [pair for p in pieces for pair in zip(p.symbols, p.words, strict=True)]
    return [pair for pair in pairs if pair[1] != NO_WORD]


LONG = "가나다라 마바사 아자차카, 타파하 거너더러 머버서. 어저처커 터퍼허 고노도로 모보소 오조초코."


@pytest.mark.parametrize("longest", [6, 10, 25, 40, 60, 1000])
def test_every_sound_is_in_one_piece_and_in_order(longest: int) -> None:
    whole = read(LONG)
    pieces = _cut(LONG, longest)
    assert _sounds(pieces) == _sounds([Piece(whole.symbols, whole.words, 0.0)])
    for piece in pieces:
        assert piece.symbols[0] == START_ID
        assert piece.symbols[-1] == END_ID
        assert len(piece.symbols) <= longest + 2
        assert BOUNDARY_ID not in (piece.symbols[1], piece.symbols[-2])


def test_what_fits_stays_whole() -> None:
    whole = read(LONG)
    assert _cut(LONG) == [Piece(whole.symbols, whole.words, 0.0)]


def test_a_stop_is_the_best_place_then_a_comma_then_a_word() -> None:
    assert [round(p.pause, 2) for p in _cut(LONG, 60)] == [0.42, 0.0]
    assert round(_cut(LONG, 40)[0].pause, 2) == 0.12
    assert _cut(LONG, 16)[0].pause == 0.0


def test_no_piece_is_a_crumb() -> None:
    pieces = _cut("가" * 151, 300)
    assert [len(p.symbols) - 2 for p in pieces] == [202, 100]


def test_a_word_without_end_is_cut_anywhere() -> None:
    assert all(len(p.symbols) <= LONGEST + 2 for p in _cut("가" * 2000))


def test_nothing_to_say_gives_no_piece() -> None:
    assert cut((), ()) == []
