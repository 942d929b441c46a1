"""Which of the words that are written alike cannot be meant where one stands."""

from __future__ import annotations

from collections.abc import Sequence

from kosorong.text.letters.hangul import nfc, nfd
from kosorong.translation.place import WordPlace
from kosorong.translation.transducer import Analysis

_ALTHOUGH = nfd("지만")
_CALL = nfd("야")
_NOMINAL = "\u11b7"
# 하다, 되다, 오다, 주다: nouns written as they are with -ㅁ are rare (함, 됨, 옴, 줌).
_OFTEN_NOMINAL = tuple(map(nfd, ("하", "되", "오", "주")))

_EITHER = frozenset(map(nfd, ["쓰", "달", "적", "짜", "싸", "세"]))
"""Korean stems of a verb that takes an object and of an adjective."""
_SEEMS = nfd("보")
"""Stem of a verb, to see, and behind a guess of an adjective, to seem (가나 보다)."""
HELPING = {nfd("불"), nfd("버리")}


def likely(analyses: Sequence[Analysis], word: str, place: WordPlace) -> list[Analysis]:
    """Return the analyses of a Korean word that its place does not rule out.

    Args:
        analyses: All of them.
        word: The word, bare, in jamo.
        place: Where it stands.
    """
    kept = _without_calls(_without_nominals(analyses), place)
    if word.endswith(_ALTHOUGH):
        kept = _only_that_noun(kept, place)
    return _leading(kept if any(r.known for r in kept) else list(analyses), place)


def _is_noun(analysis: Analysis) -> bool:
    return analysis.known and analysis.lexeme.pos == "n"


def _without_nominals(analyses: Sequence[Analysis]) -> list[Analysis]:
    """Leave out verbs in -ㅁ that are nouns of their own: 섬이다 is an island, no standing."""
    nouns = {r.lexeme.source for r in analyses if _is_noun(r)}
    return [
        r
        for r in analyses
        if r.lexeme.pos == "n"
        or r.lexeme.source in _OFTEN_NOMINAL
        or f"{r.lexeme.source}{_NOMINAL}" not in nouns
        or not (r.entry and _is_nominal(r))
    ]


def _without_calls(analyses: list[Analysis], place: WordPlace) -> list[Analysis]:
    """Leave out calling where the sentence says who somebody is: 그는 내 친구야."""
    copula = any(_is_noun(r) and r.entry and r.entry.final for r in analyses)
    if place.stop != "." or place.opens or not copula:
        return analyses
    return [r for r in analyses if not (r.kind == "particle" and r.form and r.form.open == _CALL)]


def _is_nominal(analysis: Analysis) -> bool:
    assert analysis.entry is not None  # noqa: S101 (of those with an ending)
    return (analysis.entry.korean[0].open or "").startswith(_NOMINAL)


def _only_that_noun(analyses: Sequence[Analysis], place: WordPlace) -> list[Analysis]:
    """Tell a noun and 만 from -지만: 바지만 is trousers only, and 거지만 in 먹은 거지만 a thing."""
    nouns = [r for r in analyses if _is_noun(r) and r.kind == "particle"]
    if not nouns or (place.described and not place.counted):
        return list(analyses)
    if place.counted or (place.opens and not place.stop):
        return nouns
    return [r for r in analyses if r.lexeme.pos != "n" or len(nfc(r.lexeme.source)) > 1]


def _leading(analyses: list[Analysis], place: WordPlace) -> list[Analysis]:
    """Return analyses without the bare noun where the word leads on to the next: 새 옷.

    Where a sentence closes a verb does so, and no adverb that it might be: 책을 보다.
    """
    bare = [r for r in analyses if r.entry is None]
    if place.stop == "." and not place.opens:
        closing = [r for r in analyses if r.known and r.entry is not None and r.entry.final]
        if any(r.lexeme.pos in "va" for r in closing):
            others = "nw" if place.wonders else "w"
            return [r for r in analyses if r.entry is not None or r.lexeme.pos not in others]
    if place.stop or not any(r.lexeme.pos == "w" for r in bare):
        return analyses
    return [r for r in analyses if r.entry is not None or r.lexeme.pos != "n"]


def by_object(analyses: list[Analysis], place: WordPlace) -> list[Analysis]:
    """Return analyses without the verb that has no object here, or without its adjective.

    적습니다 is to write with something to write, and to be few without.
    """
    other = "a" if place.acts else "v"
    kept = [r for r in analyses if r.lexeme.source not in _EITHER or r.lexeme.pos != other]
    # Jeju 불- is to blow, and to have done something for good behind another verb.
    helping = [r for r in kept if {r.lexeme.source, r.lexeme.target} == HELPING]
    if any(r.lexeme.source == _SEEMS and r.lexeme.pos == "a" for r in kept):
        meant = "a" if place.guesses else "nv"
        kept = [r for r in kept if r.lexeme.source != _SEEMS or r.lexeme.pos in meant]
    if helping:
        kept = helping if place.helps else [r for r in kept if r not in helping]
    return kept if any(r.known for r in kept) else analyses


def is_unclosed(core: str, text: str) -> bool:
    """Tell whether what a word became keeps an ending that is another's where a sentence closes.

    오지 is as it was before 않다, and 오주 at an end.
    """
    return any(core.endswith(end) and text.endswith(end) for end in ("지", "이다"))
