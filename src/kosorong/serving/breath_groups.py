"""Texts of any length as breath groups: sentences or parts of one, with the silence after them."""

from __future__ import annotations

from dataclasses import dataclass

from kosorong.book.options import Pauses
from kosorong.book.timing import ends_sentence
from kosorong.text.cleaning import clean
from kosorong.text.segments.sentences import segments_of


@dataclass(frozen=True, slots=True)
class BreathGroup:
    """What is spoken in one go.

    Attributes:
        text: A sentence or a part of one.
        pause: Silence after it, seconds; 0 after the last.
    """

    text: str
    pause: float


_PAUSES = Pauses()


def breath_groups(text: str, pauses: Pauses = _PAUSES) -> list[BreathGroup]:
    r"""Cut a text where one breathes.

    Args:
        text: Paragraphs end at line feeds.
        pauses: Silence between breath groups.

    >>> [(one.text, round(one.pause, 2)) for one in breath_groups("가자. 어서!\n\n끝")]
    [('가자.', 0.42), ('어서!', 0.7), ('끝', 0.0)]
    """
    cut: list[BreathGroup] = []
    for line in clean(text).splitlines():
        parts = segments_of(line)
        for part in parts[:-1]:
            pause = pauses.sentence if ends_sentence(part) else pauses.clause
            cut.append(BreathGroup(part, pause))
        cut += [BreathGroup(part, pauses.paragraph) for part in parts[-1:]]
    return [*cut[:-1], *(BreathGroup(last.text, 0.0) for last in cut[-1:])]
