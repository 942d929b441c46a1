"""Where what was heard differs from what was said, letter by letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kosorong.text.letters.jamo import ARAEA, ARAEA_I, DOUBLE_ARAEA, SILENT, typed_letter

Pair = tuple[str, str]
"""A jamo that was said and what was heard for it; empty where nothing was said, or heard."""

ALIKE: Mapping[str, str] = {
    ARAEA: "ㅗㅓㅏ",
    DOUBLE_ARAEA: "ㅛㅕㅑ",
    ARAEA_I: "ㅔㅐ",
}
"""What counts as right for a vowel that no judge can write, as letters that are typed."""

# An edit costs so much, and one more where the two are not of a kind: of all cheapest ways the
# one that pairs onsets with onsets.
_EDIT, _UNLIKE = 1000, 1


def aligned(heard: Sequence[str], wanted: Sequence[str]) -> list[Pair]:
    """Pair two rows of jamo with the fewest edits, letters of a kind together.

    Args:
        heard: What a judge heard.
        wanted: What should be heard.

    >>> [pair for pair in aligned("ㄱㅏ", "ㅂㅏㄴ") if pair[0] != pair[1]]
    [('ㅂ', 'ㄱ'), ('ㄴ', '')]
    """
    costs = _costs(heard, wanted)
    pairs: list[Pair] = []
    row, column = len(wanted), len(heard)
    while row or column:
        here = costs[row][column]
        pair = _cost(wanted[row - 1], heard[column - 1]) if row and column else 0
        if row and column and here == costs[row - 1][column - 1] + pair:
            row, column = row - 1, column - 1
            pairs.append((wanted[row], heard[column]))
        elif row and here == costs[row - 1][column] + _EDIT:
            row -= 1
            pairs.append((wanted[row], ""))
        else:
            column -= 1
            pairs.append(("", heard[column]))
    return pairs[::-1]


def wrong(pair: Pair) -> bool:
    """Tell whether a pair is an error.

    >>> wrong(("ㆍ", "ㅗ")), wrong(("ㅗ", "ㆍ")), wrong(("ㆍ", ""))
    (False, True, True)
    """
    wanted, heard = pair
    return wanted != heard and not (
        heard and typed_letter(heard) in ALIKE.get(typed_letter(wanted), "")
    )


def edits(heard: Sequence[str], wanted: Sequence[str]) -> int:
    """Return how many letters must be changed, put in or left out.

    >>> edits("ㄱㅏ", "ㅂㅏㄴ")
    2
    """
    return _costs(heard, wanted)[-1][-1] // _EDIT


def misheard_onsets(heard: Sequence[str], wanted: Sequence[str]) -> list[Pair]:
    """Return the onsets that were heard as something else, or not at all; as typed letters.

    >>> misheard_onsets("ㄱㅕㄹㅇㅣ", "ㅂㅕㄹㅇㅣ"), misheard_onsets("ㅕㄹ", "ㅂㅕㅁ")
    ([('ㅂ', 'ㄱ')], [('ㅂ', '')])
    """
    pairs = aligned(heard, wanted)
    vowels = [_is_vowel(place) for place, _ in pairs if place]
    at, errors = 0, []
    for pair in pairs:
        if not pair[0]:
            continue
        at += 1
        onset = _is_onset(pair[0], before_vowel=vowels[at : at + 1] == [True])
        # A silent onset that is not written down, 이거를 for 이걸을, is nobody's mishearing.
        if onset and wrong(pair) and pair != (SILENT, ""):
            errors.append((typed_letter(pair[0]), typed_letter(pair[1])))
    return errors


def _costs(heard: Sequence[str], wanted: Sequence[str]) -> list[list[int]]:
    """Return the cheapest way to every pair of places, (said + 1, heard + 1)."""
    rows = [[_EDIT * n for n in range(len(heard) + 1)]]
    for letter in wanted:
        above, row = rows[-1], [rows[-1][0] + _EDIT]
        for n, other in enumerate(heard):
            row.append(
                min(above[n] + _cost(letter, other), above[n + 1] + _EDIT, row[n] + _EDIT),
            )
        rows.append(row)
    return rows


def _cost(wanted: str, heard: str) -> int:
    if not wrong((wanted, heard)):
        return 0
    return _EDIT if _is_vowel(wanted) == _is_vowel(heard) else _EDIT + _UNLIKE


def _is_vowel(jamo: str) -> bool:
    return "\u1160" <= jamo <= "\u11a7" or "\u314f" <= jamo <= "\u3163" or jamo in (ARAEA, ARAEA_I)


def _is_onset(jamo: str, *, before_vowel: bool) -> bool:
    """Tell an onset: a conjoining jamo says it itself, a typed letter stands before a vowel."""
    return "\u1100" <= jamo <= "\u115f" or ("\u3131" <= jamo <= "\u314e" and before_vowel)
