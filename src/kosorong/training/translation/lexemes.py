"""Learns pairs of stems: dictionary entries, weighed by what sentences attest.

Every tied pair of words that the grammar can read on both sides is counted for the stems and
for the endings that explain it. Of a headword's translations in the dictionary those win that
the sentences hold; one that no sentence holds must not be the only news of a word that
sentences know unchanged.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kosorong.text.letters.hangul import bare_word, nfc, nfd
from kosorong.training.corpora.parallel import Pair
from kosorong.training.translation.align import likeness
from kosorong.training.translation.compound_verbs import compound_verbs
from kosorong.training.translation.core_words import core_lemmas, decided_lemmas
from kosorong.training.translation.korean import is_adjective, korean_words
from kosorong.training.translation.rule_learning import WordPair
from kosorong.translation.grammar import Entry, Form, entries, tails_of
from kosorong.translation.inflection import bases, stem_guesses
from kosorong.translation.lexemes import Lexeme
from kosorong.translation.lexicon import Lexicon
from kosorong.translation.transducer import (
    KO_JJE,
    Transducer,
    folded,
    form_key,
    to_jeju_stem,
    to_korean_stem,
)

_DA, _PAST = nfd("다"), "\u11bb"
_HELPERS = {("불", "v")}
_POS = {"동사": "v", "형용사": "a", "보조 동사": "v", "보조 형용사": "a"}
# How found: a guess; that commonness counts gave 0.5 chrF2 from Jeju (docs/training-log.md).
_PRIOR, _COMMON = 0.3, 1_000
"""What it counts how often Korean sentences hold a stem, and from when on a stem is common."""
# How found: a guess, never tuned; no measurement is on record.
CORE_WEIGHT = 2.0
"""What a pair of the core words counts, in sentences."""
# How found: a guess, never tuned; no measurement is on record.
SAME_WEIGHT = 0.3
"""What it counts that many words are the same in both languages."""
# How found: a guess, never tuned; no measurement is on record.
NEAR, FAR = 0.2, 0.05
"""What it counts that sentences hold a counterpart: one that looks alike, one that does not."""
# How found: set so that only context brings it in; never tuned.
OTHER_SENSE = -6.0
"""What speaks against a sense that is meant only where something tells so, as a logarithm."""
# How found: a guess, never tuned; no measurement is on record.
_UNHEARD = 0.001
"""Weight of a form that other words were counted for; what was counted is passed over."""
# How found: a guess, never tuned; no measurement is on record.
_STEM_MATCH = 0.4
"""Likeness from which two stems that no dictionary pairs are taken for one another."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was counted.

    Attributes:
        lexemes: Stems of both languages, Korean first; their shares are weights yet.
        shares: Weights of pairs of endings by `form_key`.
        listed: Korean stems and parts of speech that a dictionary or the core words list.
    """

    lexemes: tuple[Lexeme, ...]
    shares: dict[str, float] = field(default_factory=dict)
    listed: frozenset[tuple[str, str]] = frozenset()

    def from_korean(self) -> tuple[Lexeme, ...]:
        """Return the pairs whose Korean side is known to exist.

        Any word can be cut so that a verb seems to stand in it (나는 then holds 나느-), and any
        form of a verb or noun could be a noun of its own (있는, 것이).
        """
        sure = [x for x in self.lexemes if (x.source, x.pos) in self.listed]
        grammar = Transducer(KO_JJE, sure)
        return (*sure, *(x for x in self.lexemes if self._is_new_noun(x, grammar)))

    def _is_new_noun(self, lexeme: Lexeme, grammar: Transducer) -> bool:
        if lexeme.pos != "n" or (lexeme.source, "n") in self.listed:
            return False
        return not any(r.known and r.entry for r in grammar.analyses(lexeme.source))


def lemma_pairs(dictionary: Iterable[Pair]) -> dict[tuple[str, str, str], int]:
    """Count stems that dictionaries pair, as (Korean, Jeju, part of speech)."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for pair in dictionary:
        korean, jeju = nfd(pair.korean.strip()), nfd(pair.jeju.strip())
        if " " in korean or " " in jeju:
            continue
        pos = _POS.get(pair.id.partition("|")[2].partition("#")[0], "")
        verb = korean.endswith(_DA) and jeju.endswith(_DA) and len(korean) > 4
        if verb and (pos or "jejudict" in pair.id or not pair.id.startswith("opendict")):
            korean, jeju = korean.removesuffix(_DA), jeju.removesuffix(_DA)
            pos = "a" if is_adjective(nfc(korean)) else pos or "v"
        elif pos:
            continue
        if not korean or not jeju:
            continue
        counts[korean, respelled(jeju) if pos else jeju, pos or "n"] += 1
    return counts


def respelled(stem: str) -> str:
    """Return a Jeju verb's stem with its ᄒᆞ- restored."""
    for lost in ("허", "하"):
        if stem.endswith(nfd(lost)) and len(stem) > 2:
            return stem.removesuffix(nfd(lost)) + nfd("ᄒᆞ")
    return stem


class _Stems:
    """Known stems by form, of one language."""

    def __init__(self, lemmas: Iterable[tuple[str, str]], *, jeju: bool) -> None:
        self.jeju = jeju
        self._by_form: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for stem, pos in lemmas:
            if pos == "n":
                self._by_form["B", self.key(stem)].add((stem, pos))
                continue
            for slot, forms in bases(stem, jeju).items():
                for form in forms:
                    self._by_form[slot, self.key(form)].add((stem, pos))

    def key(self, text: str) -> str:
        return folded(text) if self.jeju else text

    def of(self, slot: str, head: str, pos: str) -> set[tuple[str, str]]:
        wanted = {"": ("v", "a"), "n": ("n",)}.get(pos, (pos,))
        return {x for x in self._by_form.get((slot, self.key(head)), ()) if x[1] in wanted}


def learn_lexemes(pairs: Sequence[WordPair], dictionary: Sequence[Pair], words: Lexicon) -> Learnt:
    """Count stems and endings.

    Args:
        pairs: Tied words, Korean to Jeju.
        dictionary: Dictionary entries.
        words: The lexicon.
    """
    counter = _Counter(lemma_pairs(dictionary), words)
    for pair in pairs:
        if " " not in pair.source and " " not in pair.target:
            counter.count(nfd(pair.source), nfd(pair.target), pair.weight)
    held = _held(word for pair in pairs for word in pair.target.split())
    kept = _kept(word for pair in pairs for word in pair.source.split())
    known = frozenset((k, p) for k, _, p in counter.listed if p == "n" or _may_be_stem(k))
    return Learnt(counter.lexemes(held, kept), counter.shares(), known)


def _may_be_stem(korean: str) -> bool:
    return not korean.endswith(_PAST) or korean.endswith(nfd("있"))


Held = Counter[tuple[str, bool]]
"""How often texts hold a stem; verbs and nouns apart."""


def _held(words: Iterable[str]) -> Held:
    return _stems_of(words, [(f, e) for e in entries() for f in e.jeju], jeju=True)


def _kept(words: Iterable[str]) -> Held:
    return _stems_of(words, [(f, e) for e in entries() for f in e.korean], jeju=False)


def _stems_of(words: Iterable[str], forms: Sequence[tuple[Form, Entry]], *, jeju: bool) -> Held:
    tails: defaultdict[str, set[str]] = defaultdict(set)
    for form, _ in forms:
        for slot, tail in tails_of(form):
            tails[folded(tail) if jeju else tail].add(slot)
    tails[""].add("B")
    longest = max(map(len, tails))
    stems: Held = Counter()
    for word, n in Counter(map(bare_word, words)).items():
        text = folded(nfd(word)) if jeju else nfd(word)
        seen = set()
        for cut in range(max(2, len(text) - longest), len(text) + 1):
            for slot in tails.get(text[cut:], ()):
                if slot == "B":
                    seen.add((text[:cut], False))
                else:
                    for stem in stem_guesses(text[:cut], slot, jeju=jeju):
                        seen.add((folded(stem) if jeju else stem, True))
        for held in seen:
            stems[held] += n
    return stems


class _Counter:
    def __init__(self, listed: Mapping[tuple[str, str, str], int], words: Lexicon) -> None:
        self.core = {(nfd(k), nfd(j), p): worth for k, j, p, worth in core_lemmas(words)}
        self.listed = listed = {**dict.fromkeys(self.core, 1), **listed}
        self.korean = _Stems({(k, p) for k, _, p in listed}, jeju=False)
        self.jeju = _Stems({(j, p) for _, j, p in listed}, jeju=True)
        self.pairs: defaultdict[tuple[str, str, str], float] = defaultdict(float)
        self.endings: defaultdict[str, float] = defaultdict(float)
        self.tails: defaultdict[str, list[tuple[str, Form, Entry]]] = defaultdict(list)
        for entry in entries():
            for form in entry.korean:
                for slot, tail in tails_of(form):
                    self.tails[tail].append((slot, form, entry))
        self.longest = max(map(len, self.tails))

    def count(self, korean: str, jeju: str, weight: float) -> None:
        """Count one tied pair for all that explains it, best explained first."""
        ways = [*self._ways(korean, jeju)]
        if not ways:
            return
        best = max(worth for worth, _, _ in ways)
        chosen = {(lemma, key) for worth, lemma, key in ways if worth > best - 0.15}
        for lemma, key in chosen:
            self.pairs[lemma] += weight / len(chosen)
            self.endings[key] += weight / len(chosen)

    def _ways(self, korean: str, jeju: str) -> Iterator[tuple[float, tuple[str, str, str], str]]:
        if (korean, jeju, "n") in self.listed or (likeness(korean, jeju) > 0.6):
            yield self._worth(korean, jeju, "n") + 0.1, (korean, jeju, "n"), ""
        for cut in range(max(1, len(korean) - self.longest), len(korean)):
            for slot, form, entry in self.tails.get(korean[cut:], ()):
                for k, pos in self._korean_stems(slot, korean[:cut], form.pos):
                    yield from self._jeju_ways(k, pos, jeju, entry)

    def _korean_stems(self, slot: str, head: str, pos: str) -> set[tuple[str, str]]:
        known = self.korean.of(slot, head, pos)
        if known or len(head) < 2:
            return known
        if slot == "B":
            return {(head, "n")}
        return {
            (stem, pos or ("a" if is_adjective(nfc(stem)) else "v"))
            for stem in stem_guesses(head, slot)
        }

    def _jeju_ways(
        self, korean: str, pos: str, jeju: str, entry: Entry
    ) -> Iterator[tuple[float, tuple[str, str, str], str]]:
        for form in entry.jeju:
            if form.pos not in ("", pos) and not (form.pos == "n" == pos):
                continue
            for slot, tail in tails_of(form):
                if not folded(jeju).endswith(folded(tail)) or len(tail) >= len(jeju):
                    continue
                head = jeju[: len(jeju) - len(tail)]
                stems = {s for s, _ in self.jeju.of(slot, head, pos)}
                if not stems:
                    stems = {head} if slot == "B" else set(stem_guesses(head, slot, jeju=True))
                for stem in stems:
                    worth = self._worth(korean, stem, pos)
                    if worth > 0:
                        yield worth + 0.03 * len(tail), (korean, stem, pos), form_key(entry, form)

    def _worth(self, korean: str, jeju: str, pos: str) -> float:
        known = 0.5 if (korean, jeju, pos) in self.listed else 0.0
        like = likeness(korean, jeju)
        return known + like if known or like >= _STEM_MATCH else 0.0

    def lexemes(self, held: Held, kept: Held) -> tuple[Lexeme, ...]:
        """Return pairs of stems with their weights.

        Args:
            held: Stems that Jeju sentences hold.
            kept: Stems that Korean sentences hold.
        """
        weights: defaultdict[tuple[str, str, str], float] = defaultdict(float)
        for (korean, jeju, pos), n in self.listed.items():
            seen = held[folded(jeju), pos != "n"]
            # A short noun that looks otherwise is often another word: 연기 is not 네, yes.
            alike = pos != "n" or likeness(korean, jeju) >= _STEM_MATCH
            worth = NEAR if alike else FAR
            weights[korean, jeju, pos] = 0.02 * n + worth * math.log1p(seen)
        for lemma, worth in self.core.items():
            weights[lemma] += CORE_WEIGHT * worth
        for way, count in self.pairs.items():
            if count >= 0.4:
                weights[way] += count
        for korean, pos in {(k, p) for k, _, p in weights}:
            same = to_jeju_stem(korean) if pos != "n" else korean
            seen = held[folded(same), pos != "n"]
            weights[korean, same, pos] += SAME_WEIGHT + 0.3 * math.log1p(seen)
        for jeju, pos in {(j, p) for _, j, p in weights}:
            same = to_korean_stem(jeju) if pos != "n" else jeju
            seen = kept[same, pos != "n"]
            if seen:
                weights[same, jeju, pos] += 0.3 * math.log1p(seen)
        return tuple(Lexeme(k, j, p, w) for (k, j, p), w in weights.items())

    def shares(self) -> dict[str, float]:
        """Return the weights of pairs of endings: the grammar's own and what was counted."""
        weights: dict[str, float] = {}
        for entry in entries():
            for form in entry.jeju:
                key = form_key(entry, form)
                weights[key] = form.weight + (self.endings[key] if form.weight > _UNHEARD else 0.0)
        return weights


def best_of(
    lexemes: Iterable[Lexeme],
    *,
    most: int = 1,
    sure_noun: float = 0.0,
    core: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Lexeme, ...]:
    """Return the likeliest counterparts of each stem, weights turned into shares.

    Args:
        lexemes: Pairs with their weights.
        most: How many are kept of each stem.
        sure_noun: Share below which a noun is rather left as it is, core nouns apart.
        core: Pairs of nouns, in jamo.
    """
    by_source: defaultdict[tuple[str, str], list[Lexeme]] = defaultdict(list)
    for lexeme in lexemes:
        by_source[lexeme.source, lexeme.pos].append(lexeme)
    best: list[Lexeme] = []
    for mine in by_source.values():
        total = sum(x.share for x in mine)
        mine.sort(key=lambda x: (-x.share, x.target != x.source, x.target))
        kept = mine
        known = any((x.source, x.target) in core for x in mine if x.target != x.source)
        if mine[0].pos == "n" and not known and mine[0].share < sure_noun * total:
            kept = [x for x in mine if x.target == x.source] or mine
        best += [replace(x, share=x.share / total) for x in kept[:most]]
    return tuple(best)


def core_nouns(words: Lexicon) -> frozenset[tuple[str, str]]:
    """Return the pairs of nouns of the lexicon, in jamo."""
    return frozenset((nfd(k), nfd(j)) for k, j, pos, _ in core_lemmas(words) if pos == "n")


def turned_lexemes(lexemes: Iterable[Lexeme]) -> tuple[Lexeme, ...]:
    """Return pairs of stems seen from Jeju."""
    return tuple(replace(x, source=x.target, target=x.source) for x in lexemes)


def with_korean_words(lexemes: Iterable[Lexeme], words: Lexicon) -> tuple[Lexeme, ...]:
    """Return pairs of stems seen from Korean, each with its prior, and all other Korean words.

    What no source turns stays as it is, and is known as a word: it is not cut into others.
    """
    decided = decided_lemmas(words)
    pairs = {(nfc(x.source), x.pos, x.target): x for x in lexemes}
    pairs = {k: x for k, x in pairs.items() if k[:2] not in decided}
    pairs |= compound_verbs(pairs, decided)
    there = {k[:2] for k in pairs}
    for word, pos in dict.fromkeys([*decided, *korean_words()]):
        if (word, pos) not in there:
            source = nfd(word)
            same = to_jeju_stem(source) if pos in "va" else source
            targets = map(nfd, decided.get((word, pos), ())) if (word, pos) in decided else (same,)
            kind = "a" if pos == "v" and word.endswith("있") else pos
            for n, target in enumerate(targets):
                pairs[word, pos, target] = Lexeme(
                    source, target, kind, 1.0, OTHER_SENSE if n else 0.0
                )
    return tuple(replace(x, prior=x.prior + prior_of(k[0], x.pos)) for k, x in pairs.items())


def with_korean_words_of_jeju(lexemes: Iterable[Lexeme]) -> tuple[Lexeme, ...]:
    """Return pairs of stems seen from Jeju, and Korean words, which Jeju texts hold too."""
    pairs = [replace(x, prior=0.5 * prior_of(nfc(x.target), x.pos)) for x in lexemes]
    there = {(x.source, x.pos) for x in pairs}
    for (word, pos), _ in korean_words().items():
        target = nfd(word)
        source = to_jeju_stem(target) if pos in "va" else target
        # 불- helps another verb, and is to blow where none stands before it: the place decides.
        if (source, pos) not in there or (word, pos) in _HELPERS:
            pairs.append(Lexeme(source, target, pos, 1.0, prior_of(word, pos)))
    return tuple(pairs)


def prior_of(word: str, pos: str) -> float:
    """Return what speaks against meeting a Korean stem (as written), as a logarithm."""
    seen = korean_words().get((word, pos), 0)
    return round(min(0.0, _PRIOR * math.log((seen + 1) / _COMMON)), 1)
