"""Which words of a translation a speaker should look at first, and why."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kosorong.ports import Doubt
from kosorong.translation.masks import Mask
from kosorong.translation.rules import WordChange


def doubts_of(
    masked: Mask, changes: Sequence[WordChange], decided: Container[str]
) -> tuple[Doubt, ...]:
    """Return the doubted words of a text, in order.

    Args:
        masked: The text as the rules read it; what stands in for something is never doubted.
        changes: What the rules made of it.
        decided: Words of which somebody said what they become, staying among it.

    >>> change = WordChange((0, 1), "뚜껑을", "뚜껑", "unknown_word")
    >>> doubts_of(Mask("뚜껑을 열다", "뚜껑을 열다"), [change], ())
    (Doubt(word=0, lemma='뚜껑', reason='unknown_word'),)
    """
    sources = masked.sources()
    words = masked.text.split()
    stands = {stand for stand, _, _ in masked.stands}
    return tuple(
        Doubt(sources[change.source[0]].start, change.lemma, change.doubt)
        for change in changes
        if change.doubt
        and not (change.doubt == "stands" and change.lemma in decided)
        and not any(stand in words[change.source[0]] for stand in stands)
    )
