"""What a score hides: intervals, arae-a, endings, invented words, lengths, the worst lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sacrebleu.metrics import CHRF

from kosorong.text.letters.hangul import (
    LONE_ARAEA,
    LONE_DOUBLE_ARAEA,
    bare_word,
    has_araea,
    nfc,
    nfd,
)
from kosorong.training.corpora.parallel import Pair

# How found: the usual number of bootstrap resamples.
RESAMPLES = 1_000
_BECAME = str.maketrans(
    "\u1161\u1169\u1173\u1165\u1163\u116d\u1167", LONE_ARAEA * 4 + LONE_DOUBLE_ARAEA * 3
)


@dataclass(frozen=True, slots=True)
class Quality:
    """Outputs of one system beside what people wrote.

    Attributes:
        chrf: chrF2 on NFC text, 0 to 100.
        low: Lower end of its 95 % interval, by resampling lines.
        high: Upper end.
        signature: sacreBLEU's, which names every setting of the score.
        araea: F1 over the words that hold ᆞ or ᆢ, counted line by line; None where neither side
            has one.
        spelled: Of the words that are the reference's but for ᆞ or ᆢ, the share that has them
            right; None where there is none.
        endings: Share of the lines whose last two syllables are the reference's.
        attested: Share of the words that stand in a Jeju source or in the line's own input.
        length: Letters of the outputs over letters of the references.
    """

    chrf: float
    low: float
    high: float
    signature: str
    araea: float | None
    spelled: float | None
    endings: float
    attested: float
    length: float


def quality_of(
    sources: Sequence[str],
    outputs: Sequence[str],
    references: Sequence[str],
    known: Mapping[str, int],
) -> Quality:
    """Judge outputs.

    Args:
        sources: Inputs.
        outputs: What the system made of each.
        references: What a person made of each.
        known: Words of the target language's sources and how often they stand there
            (`words_of`); a reference's own words are not counted for its line.
    """
    produced, wanted = [nfc(text) for text in outputs], [nfc(text) for text in references]
    metric = CHRF()
    score = metric.corpus_score(produced, [wanted], n_bootstrap=RESAMPLES)
    scores = json.loads(score.format(signature=str(metric.get_signature()), is_json=True))
    middle, spread = scores["confidence_mean"], scores["confidence_var"]
    return Quality(
        chrf=round(score.score, 2),
        low=round(middle - spread, 2),
        high=round(middle + spread, 2),
        signature=scores["signature"],
        araea=araea_f1(produced, wanted),
        spelled=araea_spelled(produced, wanted),
        endings=_share(_ending(a) == _ending(b) for a, b in zip(produced, wanted, strict=True)),
        attested=_attested(sources, outputs, references, known),
        length=sum(map(len, produced)) / max(1, sum(map(len, wanted))),
    )


def araea_f1(outputs: Iterable[str], references: Iterable[str]) -> float | None:
    """Return F1 over words with arae-a, counted line by line; None where there is none.

    >>> araea_f1(["ᄒᆞᆫ저 옵서", "ᄆᆞᆯ"], ["ᄒᆞᆫ저 오라", "말"])
    0.6666666666666666
    """
    right = produced = wanted = 0
    for output, reference in zip(outputs, references, strict=True):
        ours, theirs = _with_araea(output), _with_araea(reference)
        right += (ours & theirs).total()
        produced += ours.total()
        wanted += theirs.total()
    return 2 * right / (produced + wanted) if produced + wanted else None


def araea_spelled(outputs: Iterable[str], references: Iterable[str]) -> float | None:
    """Return how many of the words that are right but for arae-a have it right, too.

    >>> araea_spelled(["ᄒᆞᆫ저 말 타라"], ["ᄒᆞᆫ저 ᄆᆞᆯ 타라"])
    0.5
    """
    right = matched = 0
    for output, reference in zip(outputs, references, strict=True):
        ours, theirs = Counter(_words(output)), Counter(_words(reference))
        same = ours & theirs
        right += sum(n for word, n in same.items() if has_araea(nfd(word)))
        ours, theirs = ours - same, theirs - same
        # Where one side has arae-a, the other has one of the vowels that it became.
        for some, others in ((ours, theirs), (theirs, ours)):
            vowels = {_one_vowel(word) for word in others}
            matched += sum(
                n for w, n in some.items() if has_araea(nfd(w)) and _one_vowel(w) in vowels
            )
    return right / (right + matched) if right + matched else None


def _one_vowel(word: str) -> str:
    return nfd(word).translate(_BECAME)


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Count the words of texts, without punctuation around them.

    >>> words_of(["가자, 가자!"])["가자"]
    2
    """
    return Counter(word for text in texts for word in _words(text))


def jeju_words(pairs: Iterable[Pair]) -> Counter[str]:
    """Count the words of the Jeju side of pairs."""
    return words_of(pair.jeju for pair in pairs)


def worst(scored: Mapping[str, tuple[str, str]], count: int = 20) -> list[tuple[str, float]]:
    """Return the identifiers of the lines with the lowest chrF2, lowest first.

    Args:
        scored: Identifier -> output and reference.
        count: How many.
    """
    metric = CHRF()
    scores = {
        name: metric.sentence_score(nfc(output), [nfc(reference)]).score
        for name, (output, reference) in scored.items()
    }
    return sorted(scores.items(), key=lambda item: (item[1], item[0]))[:count]


def _attested(
    sources: Sequence[str],
    outputs: Sequence[str],
    references: Sequence[str],
    known: Mapping[str, int],
) -> float:
    def attested() -> Iterable[bool]:
        for source, output, reference in zip(sources, outputs, references, strict=True):
            theirs, own = set(_words(source)), words_of([reference])
            for word in _words(output):
                yield word in theirs or known.get(word, 0) > own[word]

    return _share(attested())


def _words(text: str) -> list[str]:
    return [core for word in text.split() if (core := bare_word(word))]


def _with_araea(text: str) -> Counter[str]:
    return Counter(word for word in _words(text) if has_araea(nfd(word)))


def _ending(text: str) -> str:
    words = _words(text)
    # Two written syllables; one of old Hangul is several letters long.
    letters = nfd(words[-1]) if words else ""
    starts = [n for n, letter in enumerate(letters) if "\u1100" <= letter <= "\u115f"]
    return letters[starts[-2] :] if len(starts) > 1 else letters


def _share(flags: Iterable[bool]) -> float:
    counted = [1.0 if flag else 0.0 for flag in flags]
    return sum(counted) / len(counted) if counted else 0.0
