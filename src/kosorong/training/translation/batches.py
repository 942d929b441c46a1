"""Batches: examples as padded tensors, each batch a function of the step's number."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from kosorong.training.common import processes
from kosorong.training.translation.examples import Example
from kosorong.translation.prompt import hint_words, prompt, text_words
from kosorong.translation.tokenizer import BEGIN, END, JamoTokenizer

# How found: a guess, never tuned; no measurement is on record.
_VARIANTS = 6
# How found: a guess, never tuned; no measurement is on record.
_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of B examples.

    Attributes:
        source: Ids (B, S).
        target: Ids with begin and end (B, T + 1).
        links: Source tokens that belong to each predicted target token (B, 2, T, S), Boolean:
            first those of the text, then those of the hint.
    """

    source: Tensor
    target: Tensor
    links: Tensor

    def part(self) -> Batch:
        """Return the examples of this process, where several train together."""
        rows = list(processes.share(range(len(self.source))))
        return Batch(self.source[rows], self.target[rows], self.links[rows])

    def predicted(self) -> Tensor:
        """Return how many tokens each example predicts (B,)."""
        return (self.target[:, 1:] != 0).sum(1)

    def linked(self) -> Tensor:
        """Return how many rows of links each example has (B,)."""
        return self.links.any(dim=-1).sum((1, 2))


class Encoder:
    """Turns examples into ids, with BPE-dropout while training.

    Args:
        tokenizer: Units.
        dropout: Chance that a merge is passed over.
    """

    def __init__(self, tokenizer: JamoTokenizer, dropout: float = 0.0) -> None:
        self.tokenizer = tokenizer
        self.dropout = dropout
        self._variant = lru_cache(maxsize=400_000)(self._make_variant)

    def units(self, text: str, variant: int | None = None) -> list[str]:
        """Return the units of a text, spelled as in one of a few variants, or the usual way."""
        if variant is None or not self.dropout:
            return self.tokenizer.encode(text)
        return [unit for word in text.split() for unit in self._variant(word, variant)]

    def _make_variant(self, word: str, n: int) -> tuple[str, ...]:
        # Few variants, made once: merging anew for every batch costs more than the model does.
        rng = random.Random(f"{word} {n}")  # noqa: S311 (no secret)
        return tuple(self.tokenizer.encode(word, dropout=self.dropout, rng=rng))

    def encode(
        self, example: Example, rng: random.Random | None = None
    ) -> tuple[list[str], list[str]]:
        """Return the units of prompt and target.

        A word is spelled alike wherever it stands in an example, so that copying it is copying
        its units.
        """
        variant = None if rng is None else rng.randrange(_VARIANTS)
        source = prompt(
            lambda text: self.units(text, variant),
            example.source,
            example.hint,
            target=example.language,
            spelling=example.spelling,
            style=example.style,
        )
        return source, [BEGIN, *self.units(example.target, variant), END]


def collate(
    encoder: Encoder, examples: Sequence[Example], rng: random.Random | None = None
) -> Batch:
    """Return a batch of examples, padded to the longest."""
    units = [encoder.encode(example, rng) for example in examples]
    index = encoder.tokenizer.index
    source = _padded([[index[u] for u in s] for s, _ in units])
    target = _padded([[index[u] for u in t] for _, t in units])
    links = torch.zeros(len(units), 2, target.shape[1] - 1, source.shape[1], dtype=torch.bool)
    for row, (example, (s, t)) in enumerate(zip(examples, units, strict=True)):
        wanted = _by_word(encoder.tokenizer.words(t[1:]))
        for head, words, pairs in (
            (0, text_words(encoder.tokenizer, s), example.links),
            (1, hint_words(encoder.tokenizer, s), example.hint_links),
        ):
            for source_word, target_word in pairs:
                places = _by_word(words).get(source_word, [])
                _link_words(links[row, head], s, t[1:], places, wanted.get(target_word, []))
    return Batch(source, target, links)


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *([0] * (longest - len(row)))] for row in rows])


def _by_word(words: Sequence[int]) -> dict[int, list[int]]:
    """Return the places of each word's units."""
    places: dict[int, list[int]] = {}
    for n, word in enumerate(words):
        places.setdefault(word, []).append(n)
    return places


def _link_words(
    links: Tensor,
    source: Sequence[str],
    target: Sequence[str],
    places: Sequence[int],
    wanted: Sequence[int],
) -> None:
    """Link the units of two words: equal beginnings and ends one to one, the rest all to all."""
    if not places or not wanted:
        return
    left, right = [source[n] for n in places], [target[n] for n in wanted]
    first = _shared(left, right)
    last = min(_shared(left[::-1], right[::-1]), len(left) - first, len(right) - first)
    for n, unit in enumerate(wanted):
        if n < first:
            links[unit, places[n]] = True
        elif n >= len(wanted) - last:
            links[unit, places[n - len(wanted)]] = True
        else:
            links[unit, list(places)] = True


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many units two words begin with alike."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(left), len(right)))


class Mixture:
    """Draws batches from pools of examples.

    Args:
        pools: Examples by pool name; empty pools are left out.
        encoder: Turns examples into ids.
        letters: Letters of source, hint and target in a batch, about, padding included.
        seed: All draws follow from it and the step.
    """

    def __init__(
        self, pools: Mapping[str, Sequence[Example]], encoder: Encoder, letters: int, seed: int
    ) -> None:
        self.pools = {name: pool for name, pool in pools.items() if pool}
        self.encoder = encoder
        self.letters = letters
        self.seed = seed

    def batch(self, step: int, shares: Mapping[str, float]) -> Batch:
        """Return the batch of a step.

        Args:
            step: Its number.
            shares: How much of the batch comes from each pool, in any measure.
        """
        rng = random.Random(self.seed * 1_000_003 + step)  # noqa: S311 (no secret)
        names = [name for name in self.pools if shares.get(name, 0.0) > 0]
        weights = [shares[name] for name in names]
        # Neighbours in length are taken from more candidates than are needed, so that little
        # of the batch is padding.
        room = max(1, self.letters // 40) * _CANDIDATES
        drawn = [rng.choice(self.pools[name]) for name in rng.choices(names, weights, k=room)]
        drawn.sort(key=_length)
        start = rng.randrange(len(drawn))
        return collate(self.encoder, _fitting(drawn, start, self.letters), rng)


def _length(example: Example) -> int:
    return len(example.source) + len(example.hint) + len(example.target)


def _fitting(drawn: Sequence[Example], start: int, letters: int) -> list[Example]:
    """Return examples around `start`, longest last, whose padded letters stay in the budget."""
    chosen = [drawn[start]]
    for example in [*drawn[start + 1 :], *reversed(drawn[:start])]:
        longest = max(_length(example), _length(chosen[-1]), _length(chosen[0]))
        if longest * (len(chosen) + 1) > letters:
            break
        chosen.append(example)
    return chosen
