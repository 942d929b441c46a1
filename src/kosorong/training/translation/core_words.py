"""What is known of words before any sentence is read: the lexicon, and whole words.

Sentences hold few words and fewer forms of each. `data/lexicon.tsv` says what a word's senses are
in Jeju, whatever else is attested; `data/core_words.tsv` holds forms that stand as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from kosorong.text.letters.hangul import has_araea
from kosorong.text.tables import read_table
from kosorong.text.words import word_list
from kosorong.translation.lexicon import LEXICON_NAME, Lexicon, parse_lexicon

_PACKAGE = "kosorong.training.translation"
_WHOLE = ("word", "formula")
_LIKELY = 2
"""Weight from which a row of the lexicon decides."""
_RARER = 0.3
"""What a variant counts beside the commonest form, or another sense beside the first: a guess."""


def lexicon_text() -> str:
    """Return the lexicon as it is written: what a bundle takes along."""
    file = files(_PACKAGE).joinpath("data", LEXICON_NAME)
    return file.read_text(encoding="utf-8-sig")


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that the rules are learnt with.

    >>> [sense.jeju for sense in lexicon().senses("바다", "n")]
    ['바당']
    """
    return Lexicon(parse_lexicon(lexicon_text(), LEXICON_NAME))


@cache
def _whole() -> tuple[tuple[str, str], ...]:
    found = []
    for row in read_table(_PACKAGE, "core_words", ("korean", "jeju", "kind")):
        korean, jeju, kind = row.cells
        if kind not in _WHOLE or not jeju:
            raise row.refuse(f"kind is {kind!r}, jeju {jeju!r}.", f"Valid: {', '.join(_WHOLE)}.")
        found.append((korean, jeju))
    return tuple(found)


def core_lemmas(words: Lexicon) -> Iterator[tuple[str, str, str, float]]:
    """Yield stems and nouns as (Korean, Jeju, part of speech, what the pair counts of 1)."""
    for sense in words:
        if sense.pos in "van":
            first = words.senses(sense.stem, sense.pos)[0] is sense
            worth = 1.0 if first and sense.weight >= _LIKELY else _RARER
            for n, target in enumerate(sense.targets):
                yield sense.stem, target, sense.pos, worth * (_RARER if n else 1.0)


def decided_lemmas(words: Lexicon) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return what a Korean lemma becomes, by lemma and part of speech, whatever else is attested.

    Of several senses the first is the one that is meant where nothing tells which.

    >>> decided_lemmas(lexicon())["섬", "n"]
    ('섬',)
    """
    open_ = frozenset(word_list("word_lists.told-by-context", _PACKAGE))
    found: dict[tuple[str, str], dict[str, None]] = {}
    for sense in words:
        sure = sense.weight >= _LIKELY or sense.near
        if sense.pos in "vanw" and sure and sense.korean not in open_:
            found.setdefault((sense.stem, sense.pos), {})[sense.targets[0]] = None
    return {lemma: tuple(targets) for lemma, targets in found.items()}


def senses_told_apart(words: Lexicon) -> dict[str, list[tuple[str, str]]]:
    """Return the words of several counterparts, and each sense's counterpart and cues.

    >>> [target for target, _ in senses_told_apart(lexicon())["배 n"]]
    ['베', '베', '베', '배']
    """
    decided = decided_lemmas(words)
    return {
        f"{stem} {pos}": [(sense.targets[0], sense.near) for sense in words.senses(stem, pos)]
        for (stem, pos), targets in decided.items()
        if len(targets) > 1
    }


def core_words() -> Iterator[tuple[str, str]]:
    """Yield whole words as (Korean, Jeju).

    >>> dict(core_words())["내가"]
    '나가'
    """
    yield from _whole()


def adverbs(words: Lexicon) -> Iterator[tuple[str, str, float]]:
    """Yield adverbs and the like as (Korean, Jeju, what the pair counts of 1)."""
    for sense in words:
        for n, target in enumerate(sense.targets if sense.pos == "w" else ()):
            if target != sense.korean:
                # What holds arae-a is no Korean word.
                yield sense.korean, target, _RARER if n and not has_araea(target) else 1.0


def set_phrases(words: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield set phrases of the lexicon as (Korean, Jeju); what they mean back, grammar tells."""
    there = dict(_whole())
    for sense in words:
        if sense.pos == "f" and sense.weight >= _LIKELY and sense.korean not in there:
            yield sense.korean, sense.jeju
