"""Long texts in pieces that the model can take, and their translations joined again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kosorong.ports import Doubt, Link, Translation
from kosorong.translation.links import shifted

# How found: a guess, never tuned; no measurement is on record.
_LONGEST_PIECE = 120


def pieces_of(text: str, longest: int = _LONGEST_PIECE) -> list[str]:
    """Cut a text between words into pieces, after punctuation where there is some.

    >>> pieces_of("가 나, 다 라", longest=6)
    ['가 나,', '다 라']
    """
    pieces: list[str] = []
    words = text.split()
    while words:
        end, length = 0, -1
        while end < len(words) and (end == 0 or length + 1 + len(words[end]) <= longest):
            length += 1 + len(words[end])
            end += 1
        if end < len(words):
            stops = [n for n in range(end // 2, end) if words[n][-1] in ".,?!;:…"]
            end = stops[-1] + 1 if stops else end
        pieces.append(" ".join(words[:end]))
        words = words[end:]
    return pieces or [""]


def joined(parts: Sequence[tuple[str, Translation]]) -> Translation:
    """Join the translations of a text's pieces; the least sure one gives its confidence."""
    if len(parts) == 1:
        return parts[0][1]
    links: list[Link] = []
    doubts: list[Doubt] = []
    source = target = 0
    for piece, translation in parts:
        links += shifted(translation.links, source, target)
        doubts += [replace(doubt, word=doubt.word + source) for doubt in translation.doubts]
        source += len(piece.split())
        target += len(translation.text.split())
    translations = [translation for _, translation in parts]
    return replace(
        min(translations, key=lambda translation: translation.confidence),
        text=" ".join(translation.text for translation in translations),
        links=tuple(links),
        provenance="+".join(dict.fromkeys(t.provenance for t in translations)),
        warnings=tuple(dict.fromkeys(w for t in translations for w in t.warnings)),
        word_confidences=tuple(c for t in translations for c in t.word_confidences),
        doubts=tuple(doubts),
    )
