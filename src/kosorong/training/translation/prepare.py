"""From pairs and Korean sentences to everything a run learns from."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kosorong.errors import CorpusError
from kosorong.training.corpora.parallel import HELD_OUT_STYLES, Pair
from kosorong.training.translation.bpe import learn_tokenizer
from kosorong.training.translation.examples import (
    Example,
    Rules,
    align_pairs,
    learn_rules,
    lexicon_examples,
    real_examples,
    synthetic_examples,
)
from kosorong.training.translation.recipe import TranslationRecipe
from kosorong.translation.prompt import TAGS
from kosorong.translation.tokenizer import JamoTokenizer


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run learns from.

    Attributes:
        tokenizer: Units, learnt from the training texts.
        rules: Tables counted from all training pairs; what serving will use.
        pools: Examples by pool name.
    """

    tokenizer: JamoTokenizer
    rules: Rules
    pools: dict[str, list[Example]]


def prepare_corpus(
    pairs: Sequence[Pair],
    mono: Sequence[tuple[str, str]],
    recipe: TranslationRecipe,
    tokenizer: JamoTokenizer | None = None,
) -> Prepared:
    """Prepare a run; nothing but `pairs` and `mono` is looked at.

    Args:
        pairs: Training pairs; styles that only measure are passed over.
        mono: Korean sentences with their source.
        recipe: How.
        tokenizer: Units to use; learnt from the training texts where None.

    Raises:
        CorpusError: There is no sentence pair.
    """
    aligned, lexicon = align_pairs([p for p in pairs if p.style not in HELD_OUT_STYLES])
    if not aligned:
        raise CorpusError(
            "There is no sentence pair to learn from.",
            cure="Import a corpus of sentence pairs: kosorong corpus import tsv SRC DEST.",
        )
    seed = recipe.loop.seed
    rules = learn_rules(aligned, lexicon)
    real = real_examples(aligned, lexicon, parts=recipe.parts, seed=seed)
    sentences = choose_sentences(mono, recipe)
    pools = {
        "dialogue": [e for e in real if e.style == "dialogue"],
        "sentence": [e for e in real if e.style != "dialogue"],
        "lexicon": lexicon_examples(lexicon, rules),
        "synthetic": synthetic_examples(sentences, rules, noise=recipe.noise, seed=seed),
    }
    if not recipe.hint:
        pools = {
            name: [replace(e, hint="", hint_links=()) for e in pool] for name, pool in pools.items()
        }
    if tokenizer is not None:
        return Prepared(tokenizer, rules, pools)
    # Real pairs stand a few times, so that merges follow Jeju as much as Korean.
    texts = [text for e in [*real * 3, *pools["synthetic"]] for text in (e.source, e.target)]
    tokenizer = learn_tokenizer(texts, recipe.vocabulary, TAGS)
    return Prepared(tokenizer, rules, pools)


def choose_sentences(mono: Sequence[tuple[str, str]], recipe: TranslationRecipe) -> list[str]:
    """Return the recipe's number of Korean sentences, drawn evenly from its sources."""
    usable = [text for source, text in mono if not recipe.sources or source in recipe.sources]
    rng = random.Random(recipe.loop.seed)  # noqa: S311 (no secret)
    return rng.sample(usable, min(recipe.synthetic, len(usable)))
