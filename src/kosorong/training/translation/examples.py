"""Training examples: real pairs with honest hints, dictionary entries, synthetic pairs.

The hint of a real pair comes from rules that never saw that pair: the corpus is cut into
parts, and each part is translated by a table counted from the others. A hint that knew the
answer would teach the model to copy it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kosorong.ports import JEJU, KOREAN
from kosorong.training.corpora.parallel import Pair, unique_pairs
from kosorong.training.translation.align import Tie, WordAligner, dictionary_of
from kosorong.training.translation.core_words import (
    adverbs,
    core_words,
    lexicon,
    senses_told_apart,
    set_phrases,
)
from kosorong.training.translation.korean import korean_readings
from kosorong.training.translation.lexemes import (
    CORE_WEIGHT,
    best_of,
    core_nouns,
    learn_lexemes,
    turned_lexemes,
    with_korean_words,
    with_korean_words_of_jeju,
)
from kosorong.training.translation.quality import words_of
from kosorong.training.translation.rule_learning import WordPair, learn_table, tied_words
from kosorong.training.translation.soundness import Soundness
from kosorong.training.translation.spelling import restore_araea, with_araea_do
from kosorong.translation.lexicon import Lexicon
from kosorong.translation.links import links_from_changes
from kosorong.translation.modern import modern_spelling
from kosorong.translation.rules import RuleTranslator, WordChange
from kosorong.translation.tables import RuleTable
from kosorong.translation.transducer import JJE_KO, KO_JJE

# How found: by how close each is to speech; a guess, never tuned; no measurement is on record.
STYLE_WEIGHTS = {"dialogue": 1.0, "proverb": 1.0, "example": 0.7, "gloss": 0.5, "other": 1.0}
"""What a sentence pair of each style counts when rules are learnt."""
# How found: a guess, never tuned; no measurement is on record.
_MODERN_SHARE = 0.3
# How found: with an eye on docs/reference/translation-quality.md; no grid is on record.
SURE_NOUN = 0.65
"""Share from which a Korean noun is replaced: below it more were right as they stood."""
# How found: a guess, never tuned; no measurement is on record.
# How found: 2 cost dialogues in the modern spelling 0.3 chrF2, 0.5 changed nothing.
ADVERB_WEIGHT = 1.0
"""What an adverb of the lexicon counts towards Korean, in sentences."""
ALTERNATIVES = 1
"""Counterparts of a stem that are kept."""


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to learn.

    Attributes:
        source: Source text.
        target: Target text.
        hint: The source translated by rules, or nothing.
        language: Language tag of the target.
        spelling: Spelling of the Jeju side.
        style: A key of `kosorong.translation.prompt.STYLE_TAGS`.
        links: Source word and target word that belong together.
        hint_links: Word of the hint and target word that belong together.
    """

    source: str
    target: str
    hint: str
    language: str
    spelling: str = "araea"
    style: str = "dialogue"
    links: tuple[tuple[int, int], ...] = ()
    hint_links: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Rules:
    """Tables of both directions.

    Attributes:
        to_jeju: Korean to Jeju with arae-a.
        to_korean: Jeju, in any spelling, to Korean.
    """

    to_jeju: RuleTable
    to_korean: RuleTable

    # A translator takes its table apart when it is made: once, not for every sentence.
    @cached_property
    def _into_jeju(self) -> RuleTranslator:
        return RuleTranslator(self.to_jeju)

    @cached_property
    def _into_korean(self) -> RuleTranslator:
        return RuleTranslator(self.to_korean)

    def changes(self, text: str, language: str) -> list[WordChange]:
        """Translate a text word by word into a language."""
        translator = self._into_korean if language == KOREAN else self._into_jeju
        return translator.changes(text)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A pair, what it counts, and its ties.

    Attributes:
        pair: The pair, with arae-a restored or as it was.
        weight: What it counts in rules.
        ties: Word ties, Korean to Jeju.
    """

    pair: Pair
    weight: float
    ties: tuple[Tie, ...]


def align_pairs(pairs: Sequence[Pair]) -> tuple[list[Aligned], list[Pair]]:
    """Restore spellings, tie words, and return sentences and dictionary entries apart.

    Sentences that were printed without arae-a are there twice, restored and as printed.
    """
    known = [p for p in pairs if p.style == "lexicon" or p.style in STYLE_WEIGHTS]
    restored = restore_araea(known)
    lexicon = unique_pairs([p for p in [*restored, *known] if p.style == "lexicon"])
    both = [(p, r) for p, r in zip(known, restored, strict=True) if p.style in STYLE_WEIGHTS]
    aligner = WordAligner(dictionary_of((p.korean, p.jeju) for p in lexicon))
    ties = aligner.align_all([(r.korean, r.jeju) for _, r in both])
    sentences: list[Aligned] = []
    for (printed, spelled), tied in zip(both, ties, strict=True):
        # Restoring changes letters, never words, so one alignment serves both.
        for pair in dict.fromkeys((spelled, printed)):
            sentences.append(Aligned(pair, STYLE_WEIGHTS[pair.style], tuple(tied)))
    return sentences, lexicon


def learn_rules(
    aligned: Sequence[Aligned], dictionary: Sequence[Pair], words: Lexicon | None = None
) -> Rules:
    """Count the tables of both directions.

    Args:
        aligned: Sentence pairs.
        dictionary: Dictionary entries.
        words: The lexicon; that of the package where None.
    """
    words = words or lexicon()
    core = [WordPair(korean, jeju, CORE_WEIGHT) for korean, jeju in core_words()]
    turned_adverbs = [WordPair(j, k, ADVERB_WEIGHT * worth) for k, j, worth in adverbs(words)]
    phrases = [WordPair(korean, jeju, CORE_WEIGHT) for korean, jeju in set_phrases(words)]
    full = _word_pairs([a for a in aligned if a.pair.spelling == "araea"])
    forward = [*map(with_araea_do, full), *core, *phrases]
    backward = [WordPair(p.target, p.source, p.weight) for p in _word_pairs(aligned)]
    backward += [*_of_one_meaning(core), *turned_adverbs]
    learnt = learn_lexemes(forward, [p for p in dictionary if p.spelling == "araea"], words)
    chosen = best_of(
        learnt.from_korean(), most=ALTERNATIVES, sure_noun=SURE_NOUN, core=core_nouns(words)
    )
    to_jeju = RuleTable(
        way=KO_JJE,
        lexemes=with_korean_words(chosen, words),
        shares=learnt.shares,
        attested=words_of(a.pair.jeju for a in aligned if a.pair.spelling == "araea"),
        choices={word: " ".join(stem) for word, stem in korean_readings().items()},
        senses=senses_told_apart(words),
    )
    to_korean = RuleTable(
        way=JJE_KO,
        lexemes=with_korean_words_of_jeju(
            best_of(turned_lexemes(learnt.lexemes), most=ALTERNATIVES)
        ),
        shares=learnt.shares,
        attested=words_of(a.pair.korean for a in aligned),
    )
    return Rules(
        # Pieces of words without grammar made fewer words right than leaving them alone.
        learn_table(forward, {}, to_jeju, pieces=False, sound=Soundness(to_jeju, to_korean, words)),
        learn_table(
            backward,
            dictionary_of((p.jeju, p.korean) for p in dictionary),
            to_korean,
            sound=Soundness(to_korean, to_jeju, words),
        ),
    )


def _of_one_meaning(core: Sequence[WordPair]) -> Iterator[WordPair]:
    """Yield core words seen from Jeju, where no two Korean words share one."""
    many = Counter(pair.target for pair in core)
    for pair in core:
        if many[pair.target] == 1:
            yield WordPair(pair.target, pair.source, pair.weight)


def _word_pairs(aligned: Sequence[Aligned]) -> list[WordPair]:
    return [
        pair for a in aligned for pair in tied_words(a.pair.korean, a.pair.jeju, a.ties, a.weight)
    ]


@dataclass(frozen=True, slots=True)
class Hint:
    """A text translated by rules.

    Attributes:
        text: The translation.
        words: Source word and word of the hint that belong together.
    """

    text: str
    words: tuple[tuple[int, int], ...]


def hint_for(rules: Rules, text: str, language: str, spelling: str = "araea") -> Hint:
    """Translate a text by the rules into a language and spelling."""
    changes = rules.changes(text, language)
    hint = " ".join(change.text for change in changes)
    if language == JEJU and spelling == "modern":
        hint = modern_spelling(hint)
    return Hint(hint, tuple((link.source, link.target) for link in links_from_changes(changes)))


def example_of(
    source: str,
    target: str,
    hint: Hint,
    language: str,
    links: Sequence[tuple[int, int]],
    *,
    spelling: str = "araea",
    style: str,
) -> Example:
    """Return an example whose hint is linked to the target through the source."""
    words = {s: [h for s2, h in hint.words if s2 == s] for s, _ in hint.words}
    hint_links = {(h, t) for s, t in links for h in words.get(s, ())}
    return Example(
        source,
        target,
        hint.text,
        language,
        spelling,
        style,
        tuple(links),
        tuple(sorted(hint_links)),
    )


def real_examples(
    aligned: Sequence[Aligned], lexicon: Sequence[Pair], *, parts: int = 5, seed: int = 1
) -> list[Example]:
    """Return both directions of every sentence pair, hints from the other parts' rules."""
    groups = sorted({a.pair.group for a in aligned})
    random.Random(seed).shuffle(groups)  # noqa: S311 (no secret)
    part_of = {group: n % parts for n, group in enumerate(groups)}
    examples: list[Example] = []
    for part in range(parts):
        rules = learn_rules([a for a in aligned if part_of[a.pair.group] != part], lexicon)
        mine = [a for a in aligned if part_of[a.pair.group] == part]
        examples += [example for a in mine for example in _both_ways(a, rules)]
    return examples


def _both_ways(aligned: Aligned, rules: Rules) -> Iterator[Example]:
    pair = aligned.pair
    style = "example" if pair.style == "gloss" else pair.style
    links = tuple(_links(aligned.ties))
    spellings = {pair.spelling: pair.jeju}
    if pair.spelling == "araea" and modern_spelling(pair.jeju) != pair.jeju:
        spellings["modern"] = modern_spelling(pair.jeju)
    for spelling, jeju in spellings.items():
        if spelling != "lost":
            hint = hint_for(rules, pair.korean, JEJU, spelling)
            yield example_of(pair.korean, jeju, hint, JEJU, links, spelling=spelling, style=style)
        hint = hint_for(rules, jeju, KOREAN)
        yield example_of(jeju, pair.korean, hint, KOREAN, turned(links), style=style)


def turned(links: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return links seen from the other side.

    >>> turned([(0, 1), (2, 0)])
    ((0, 2), (1, 0))
    """
    return tuple(sorted((target, source) for source, target in links))


def _links(ties: Sequence[Tie]) -> Iterator[tuple[int, int]]:
    for tie in ties:
        for k in range(*tie.source):
            yield from ((k, j) for j in range(*tie.target))


def lexicon_examples(lexicon: Sequence[Pair], rules: Rules) -> list[Example]:
    """Return both directions of dictionary entries; towards Jeju only those with arae-a right."""
    examples: list[Example] = []
    for pair in lexicon:
        if pair.spelling == "araea":
            hint = hint_for(rules, pair.korean, JEJU)
            examples.append(example_of(pair.korean, pair.jeju, hint, JEJU, (), style="lexicon"))
        hint = hint_for(rules, pair.jeju, KOREAN)
        examples.append(example_of(pair.jeju, pair.korean, hint, KOREAN, (), style="lexicon"))
    return examples


def synthetic_examples(
    sentences: Sequence[str], rules: Rules, *, noise: float, seed: int = 1
) -> list[Example]:
    """Return pairs that the rules make of Korean sentences, both directions.

    Towards Jeju the target is what the rules made and the hint a spoilt copy of it; towards
    Korean the target is the real sentence. Three in ten are there in the modern spelling too.

    Args:
        sentences: Korean sentences.
        rules: Tables of both directions.
        noise: Chance that a word of the hint is the Korean word instead.
        seed: Seeds the noise.
    """
    rng = random.Random(seed)  # noqa: S311 (no secret)
    examples: list[Example] = []
    for korean in sentences:
        changes = rules.changes(korean, JEJU)
        jeju = " ".join(change.text for change in changes)
        links = tuple((link.source, link.target) for link in links_from_changes(changes))
        hint = _spoilt(korean, changes, noise, rng)
        back = hint_for(rules, jeju, KOREAN)
        forth = example_of(korean, jeju, hint, JEJU, links, style="synthetic")
        examples.append(forth)
        examples.append(example_of(jeju, korean, back, KOREAN, turned(links), style="synthetic"))
        if rng.random() < _MODERN_SHARE:
            examples.append(_modernised(forth))
    return examples


def _spoilt(korean: str, changes: Sequence[WordChange], noise: float, rng: random.Random) -> Hint:
    words = korean.split()
    kept = [
        WordChange(c.source, " ".join(words[slice(*c.source)])) if rng.random() < noise else c
        for c in changes
    ]
    links = links_from_changes(kept)
    return Hint(" ".join(c.text for c in kept), tuple((k.source, k.target) for k in links))


def _modernised(example: Example) -> Example:
    return replace(
        example,
        target=modern_spelling(example.target),
        hint=modern_spelling(example.hint),
        spelling="modern",
    )
