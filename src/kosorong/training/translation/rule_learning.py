"""Learns rule tables from aligned sentence pairs: what is attested, how often, in what part.

Every tied pair of words is cut at every place whose beginnings correspond (equal, or a
headword and its translation); the rests are counted as word ends. Stems are then counted with
the ends that explain the rest of the word. Nothing but the pairs handed in is counted, so that
a table learnt in a fold knows nothing of the held-out lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kosorong.text.letters.hangul import bare_word, nfd
from kosorong.text.words import word_list
from kosorong.training.translation.align import Tie
from kosorong.translation.rules import LONGEST_PART, RuleTranslator
from kosorong.translation.tables import Kind, RulePart, RuleTable

# How found: a guess, never tuned; no measurement is on record.
_SURE = 0.3
# How found: a guess; that ties are weighed at all gave 0.7 chrF2 (docs/training-log.md).
_DOUBT = 1.0
"""What stands against a pair of words before it is counted."""
# How found: a guess, never tuned; no measurement is on record.
_LEAST_STEM, _LEAST_END = 0.3, 1.0
_PARTICLES = frozenset(map(nfd, word_list("word_lists.particles", "kosorong.training.translation")))

Counts = defaultdict[str, defaultdict[str, float]]


@dataclass(frozen=True, slots=True)
class WordPair:
    """One or two words of each side that were tied.

    Attributes:
        source: Bare source words, NFC, joined by a space.
        target: Bare target words.
        weight: What the pair counts.
    """

    source: str
    target: str
    weight: float


def tied_words(
    source: str, target: str, ties: Sequence[Tie], weight: float = 1.0
) -> Iterator[WordPair]:
    """Yield the tied words of a sentence pair that are sure enough, without punctuation.

    Words that merely stood beside each other count by how sure their tie is.
    """
    left, right = source.split(), target.split()
    for tie in ties:
        a, b = _bare(left[slice(*tie.source)]), _bare(right[slice(*tie.target)])
        if tie.score >= _SURE and a and b:
            yield WordPair(a, b, weight * min(1.0, tie.score))


def _bare(words: Iterable[str]) -> str:
    return " ".join(bare_word(word) for word in words).strip()


def learn_table(
    pairs: Sequence[WordPair],
    dictionary: Mapping[str, set[str]],
    grammar: RuleTable | None = None,
    *,
    pieces: bool = True,
    sound: Callable[[str, str, float], bool] = lambda source, target, weight: True,
) -> RuleTable:
    """Count a table from tied words.

    Args:
        pairs: Tied words of one direction.
        dictionary: Headwords and translations in jamo, see `dictionary_of`.
        grammar: A table whose grammar the learnt one shall have too.
        pieces: Whether to learn beginnings and ends of words, or whole words only.
        sound: Tells whether words, their counterpart and what the pair counts are to be kept.
    """
    parts = grammar or RuleTable()
    if pieces:
        parts = _with_pieces(parts, pairs, dictionary)
    # A phrase that its parts give anyway need not be kept.
    by_parts = RuleTranslator(parts)
    counted = _phrases(pairs)
    phrases = {
        source: part
        for source, (part, weight) in counted.items()
        if by_parts.translate(source) != part.text and sound(source, part.text, weight)
    }
    return replace(parts, phrases=phrases)


def _with_pieces(
    table: RuleTable, pairs: Sequence[WordPair], dictionary: Mapping[str, set[str]]
) -> RuleTable:
    single = [
        WordPair(nfd(p.source), nfd(p.target), p.weight) for p in pairs if " " not in p.source
    ]
    ends = _shares(*_count_ends(single, dictionary))
    stems = _shares(*_count_stems(single, ends))
    return replace(
        table,
        stems={
            k: RulePart(t, s, "word")
            for k, (t, s, n) in stems.items()
            if n >= _LEAST_STEM or t == k
        },
        ends={k: RulePart(t, s, _kind(k, t)) for k, (t, s, n) in ends.items() if n >= _LEAST_END},
    )


def _count_ends(
    pairs: Iterable[WordPair], dictionary: Mapping[str, set[str]]
) -> tuple[Counts, defaultdict[str, float]]:
    counts: Counts = defaultdict(lambda: defaultdict(float))
    totals: defaultdict[str, float] = defaultdict(float)
    for pair in pairs:
        for cut in range(max(0, len(pair.source) - LONGEST_PART), len(pair.source) + 1):
            end = pair.source[cut:]
            totals[end] += pair.weight
            for rest in set(_rests(pair, cut, dictionary)):
                counts[end][rest] += pair.weight
    return counts, totals


def _rests(pair: WordPair, cut: int, dictionary: Mapping[str, set[str]]) -> Iterator[str]:
    stem = pair.source[:cut]
    for target in {stem, *dictionary.get(stem, ())} if cut >= 2 else ():
        if pair.target.startswith(target) and len(pair.target) - len(target) <= LONGEST_PART:
            yield pair.target[len(target) :]


def _count_stems(
    pairs: Iterable[WordPair], ends: Mapping[str, tuple[str, float, float]]
) -> tuple[Counts, defaultdict[str, float]]:
    counts: Counts = defaultdict(lambda: defaultdict(float))
    totals: defaultdict[str, float] = defaultdict(float)
    for pair in pairs:
        for cut in range(2, len(pair.source) + 1):
            end = ends.get(pair.source[cut:])
            if end is None:
                continue
            totals[pair.source[:cut]] += pair.weight
            text, share, _ = end
            if pair.target.endswith(text) and len(pair.target) > len(text):
                stem = pair.target[: len(pair.target) - len(text)]
                counts[pair.source[:cut]][stem] += pair.weight * share
    return counts, totals


def _shares(counts: Counts, totals: Mapping[str, float]) -> dict[str, tuple[str, float, float]]:
    """Return the commonest target of each source, its share and its count."""
    shares: dict[str, tuple[str, float, float]] = {}
    for source, targets in counts.items():
        target, n = max(targets.items(), key=lambda item: (item[1], item[0] == source, item[0]))
        shares[source] = (target, n / (totals[source] + _DOUBT), n)
    return shares


def _phrases(pairs: Iterable[WordPair]) -> dict[str, tuple[RulePart, float]]:
    counts: Counts = defaultdict(lambda: defaultdict(float))
    for pair in pairs:
        counts[pair.source][pair.target] += pair.weight
    totals = {source: sum(targets.values()) for source, targets in counts.items()}
    shares = _shares(counts, totals)
    return {k: (RulePart(t, s, "word"), n) for k, (t, s, n) in shares.items() if s >= 0.3}


def _kind(source: str, target: str) -> Kind:
    return "particle" if source in _PARTICLES or target in _PARTICLES else "ending"
