"""Verbs of two parts that no source holds, made of their first: 찾아가- is ᄎᆞᆽ아가-."""

from __future__ import annotations

from collections.abc import Mapping

from kosorong.text.letters.hangul import nfd
from kosorong.text.words import word_list
from kosorong.training.translation.korean import korean_words
from kosorong.translation.inflection import bases
from kosorong.translation.lexemes import Lexeme
from kosorong.translation.transducer import to_jeju_stem

_SECOND = tuple(map(nfd, word_list("word_lists.second-verbs", "kosorong.training.translation")))


def compound_verbs(
    pairs: Mapping[tuple[str, str, str], Lexeme], decided: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[tuple[str, str, str], Lexeme]:
    """Return verbs of two parts by their first, where no source turns them.

    Args:
        pairs: Pairs of stems by Korean stem as written, part of speech and Jeju stem.
        decided: What the lexicon says of a stem and part of speech.
    """
    turned = {x[:2] for x, pair in pairs.items() if pair.target != to_jeju_stem(pair.source)}
    firsts = {
        bases(nfd(stem))["I"][0]: bases(nfd(targets[0]), jeju=True)["I"][0]
        for (stem, pos), targets in decided.items()
        if pos == "v" and len(targets) == 1
    }
    found: dict[tuple[str, str, str], Lexeme] = {}
    for word, pos in korean_words():
        source = nfd(word)
        last = next((s for s in _SECOND if source.endswith(s)), "")
        first = source.removesuffix(last)
        if pos != "v" or not last or first not in firsts or (word, pos) in {*decided, *turned}:
            continue
        target = firsts[first] + last
        if target != to_jeju_stem(source):
            found[word, pos, target] = Lexeme(source, target, pos, 1.0)
    return found
