"""Which of the words that are written alike cannot be meant where one stands."""

from __future__ import annotations

from collections.abc import Sequence

from kosorong.text.letters.hangul import nfc, nfd
from kosorong.translation.place import WordPlace
from kosorong.translation.transducer import Analysis

_ALTHOUGH = nfd("지만")
_NOMINAL = "\u11b7"
# 하다, 되다, 오다, 주다: nouns written as they are with -ㅁ are rare (함, 됨, 옴, 줌).
_OFTEN_NOMINAL = tuple(map(nfd, ("하", "되", "오", "주")))


def likely(analyses: Sequence[Analysis], word: str, place: WordPlace) -> list[Analysis]:
    """Return the analyses of a Korean word that its place does not rule out.

    Args:
        analyses: All of them.
        word: The word, bare, in jamo.
        place: Where it stands.
    """
    kept = _without_nominals(analyses)
    if word.endswith(_ALTHOUGH):
        kept = _only_that_noun(kept, place)
    return kept if any(r.known for r in kept) else list(analyses)


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


def _is_nominal(analysis: Analysis) -> bool:
    assert analysis.entry is not None  # noqa: S101 (of those with an ending)
    return (analysis.entry.korean[0].open or "").startswith(_NOMINAL)


def _only_that_noun(analyses: Sequence[Analysis], place: WordPlace) -> list[Analysis]:
    """Tell a noun and 만 from -지만: 바지만 is trousers only, and 거지만 in 먹은 거지만 a thing."""
    nouns = [r for r in analyses if _is_noun(r) and r.kind == "particle"]
    if not nouns or place.described:
        return list(analyses)
    if place.counted or (place.opens and not place.stop):
        return nouns
    return [r for r in analyses if r.lexeme.pos != "n" or len(nfc(r.lexeme.source)) > 1]
