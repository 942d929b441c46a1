"""Trains a translator: one run of one recipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import Tensor

from kosorong.errors import TrainingError
from kosorong.ports import JEJU, KOREAN
from kosorong.training.common import processes
from kosorong.training.common.arithmetic import Arithmetic
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.experiment import OneModel
from kosorong.training.common.loop import Loop, seed_step
from kosorong.training.common.recipes import dump_recipe
from kosorong.training.corpora.parallel import (
    HELD_OUT_STYLES,
    Pair,
    read_manifest,
    read_mono,
    without_styles,
)
from kosorong.training.translation.batches import Batch, Encoder, Mixture, collate
from kosorong.training.translation.examples import Example, Rules, hint_for
from kosorong.training.translation.korean import KOREAN_SOURCE
from kosorong.training.translation.model import Transformer, link_loss, word_loss
from kosorong.training.translation.prepare import Prepared, prepare_corpus
from kosorong.training.translation.recipe import TranslationRecipe
from kosorong.translation.tables import dump_tables
from kosorong.translation.tokenizer import JamoTokenizer

TOKENIZER_NAME = "tokenizer.json"
RULES_NAME = "rules.json"
SOURCES_NAME = "sources.txt"
# How found: bounds memory; decides nothing.
_VALIDATION_BATCH = 16


class TranslationExperiment(OneModel):
    """A Transformer on mixed batches of real, dictionary and synthetic examples.

    Args:
        recipe: How.
        prepared: What it learns from.
        held_out: Pairs that are only measured.
    """

    model: Transformer

    def __init__(
        self,
        recipe: TranslationRecipe,
        prepared: Prepared,
        held_out: Sequence[Example] = (),
    ) -> None:
        torch.manual_seed(recipe.loop.seed)
        self.recipe = recipe
        self.arithmetic = Arithmetic(recipe.loop.device, recipe.loop.precision)
        model = Transformer(recipe.model, len(prepared.tokenizer.vocabulary))
        self.model = model.to(self.arithmetic.device)
        self.encoder = Encoder(prepared.tokenizer, recipe.bpe_dropout)
        self.mixture = Mixture(prepared.pools, self.encoder, recipe.letters, recipe.loop.seed)
        self.held_out = list(held_out)
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), betas=(0.9, 0.98), weight_decay=recipe.weight_decay
        )

    def start_from(self, run: Path) -> None:
        """Take the averaged weights of another run of the same size and units.

        Raises:
            TrainingError: There is no checkpoint, or it is of another size.
        """
        _, state = CheckpointFolder(run / "checkpoints").best_or_newest()
        average = state["average"]
        try:
            self.model.load_state_dict(average["shadow"] if average else state["modules"]["model"])
        except RuntimeError as error:
            raise TrainingError(
                f"the model there has another size: {error}.",
                where=str(run),
                cure="Give both recipes the same `model`.",
            ) from error

    @property
    def description(self) -> Mapping[str, object]:
        """The model's size and vocabulary, which an export needs."""
        size = asdict(self.recipe.model)
        return {
            "kind": "translator",
            "model": size,
            "vocabulary": self.model.embedding.num_embeddings,
        }

    def train_step(self, step: int) -> dict[str, float]:
        """Learn from one batch."""
        seed_step(self.recipe.loop.seed, step)
        self.model.train()
        batch = self.mixture.batch(step, self.recipe.phase_at(step).shares())
        words, links = self._losses(batch.part(), self.recipe.label_smoothing)
        # Each loss is a mean over tokens, and counts with this process's share of them.
        words = words * processes.share_of(batch.predicted().tolist())
        links = links * processes.share_of(batch.linked().tolist())
        loss = words + self.recipe.alignment * links
        self.arithmetic.descend(loss, self.optimizer, self.model.parameters(), clip=1.0)
        return processes.sum_figures({"words": words, "links": links})

    @torch.no_grad()
    def validate(self, step: int) -> dict[str, float]:
        """Return the mean cross-entropy of the held-out examples, in all and by target."""
        self.model.eval()
        by_language = {
            language: self._mean_loss([e for e in self.held_out if e.language == language])
            for language in (JEJU, KOREAN)
        }
        known = {k: v for k, v in by_language.items() if v is not None}
        mean = sum(known.values()) / len(known) if known else 0.0
        return {"loss": mean, **known}

    def _mean_loss(self, examples: Sequence[Example]) -> float | None:
        total, tokens = 0.0, 0
        for start in range(0, len(examples), _VALIDATION_BATCH):
            batch = collate(self.encoder, examples[start : start + _VALIDATION_BATCH])
            n = int((batch.target[:, 1:] != 0).sum())
            total += float(self._losses(batch, 0.0)[0]) * n
            tokens += n
        return total / tokens if tokens else None

    def _losses(self, batch: Batch, smoothing: float) -> tuple[Tensor, Tensor]:
        batch = self.arithmetic.place(batch)
        with self.arithmetic.autocast():
            logits, scores = self.model(batch.source, batch.target[:, :-1])
        links = link_loss(scores, batch.links)
        return word_loss(logits, batch.target[:, 1:], smoothing), links


def held_out_examples(pairs: Sequence[Pair], rules: Rules, *, hint: bool) -> list[Example]:
    """Return both directions of pairs that only measure."""
    examples = []
    for p in pairs:
        to_jeju = hint_for(rules, p.korean, JEJU, "araea").text if hint else ""
        to_korean = hint_for(rules, p.jeju, KOREAN).text if hint else ""
        examples.append(Example(p.korean, p.jeju, to_jeju, JEJU))
        examples.append(Example(p.jeju, p.korean, to_korean, KOREAN))
    return examples


def train_pairs(
    recipe: TranslationRecipe,
    pairs: Sequence[Pair],
    mono: Sequence[tuple[str, str]],
    run: Path,
    *,
    resume: bool = False,
    mirror: Path | None = None,
) -> Prepared:
    """Train on the pairs given and leave checkpoints, units and rules in the folder `run`."""
    start = Path(recipe.start_from) if recipe.start_from else None
    tokenizer = JamoTokenizer.load(start / TOKENIZER_NAME) if start else None
    learnt = without_styles(pairs, recipe.leave_out) if recipe.leave_out else pairs
    prepared = with_others(prepare_corpus(learnt, mono, recipe, tokenizer))
    if processes.rank() == 0:
        run.mkdir(parents=True, exist_ok=True)
        (run / TOKENIZER_NAME).write_text(prepared.tokenizer.to_json(), encoding="utf-8")
        tables = {JEJU: prepared.rules.to_jeju, KOREAN: prepared.rules.to_korean}
        (run / RULES_NAME).write_text(dump_tables(tables), encoding="utf-8")
        (run / SOURCES_NAME).write_text(sources_of(recipe, learnt, mono), encoding="utf-8")
    measured = [p for p in pairs if p.style in HELD_OUT_STYLES]
    held_out = held_out_examples(measured, prepared.rules, hint=recipe.hint)
    experiment = TranslationExperiment(recipe, prepared, held_out)
    if start is not None:
        experiment.start_from(start)
    Loop(experiment, recipe.loop, run, dump_recipe(recipe), mirror).run(resume=resume)
    return prepared


def with_others(prepared: Prepared) -> Prepared:
    """Return what a run learns from with pairs of no named style in a pool of their own.

    So a few hundred corrections can be drawn as often as thousands of older sentences.
    """
    sentences = prepared.pools["sentence"]
    pools = {
        **prepared.pools,
        "sentence": [e for e in sentences if e.style != "other"],
        "other": [e for e in sentences if e.style == "other"],
    }
    return replace(prepared, pools=pools)


def sources_of(
    recipe: TranslationRecipe, pairs: Sequence[Pair], mono: Sequence[tuple[str, str]]
) -> str:
    """Return what a run learns from, a line each, for the model card."""
    counts = Counter(
        f"{p.style} ({p.id.split('-')[0]})" for p in pairs if p.style not in HELD_OUT_STYLES
    )
    lines = [f"{name}: {n} pairs" for name, n in counts.items()]
    names = sorted({source for source, _ in mono if not recipe.sources or source in recipe.sources})
    if names and recipe.synthetic:
        lines.append(f"{recipe.synthetic} Korean sentences drawn from {', '.join(names)}")
    lines.append(KOREAN_SOURCE)
    return "\n".join(lines) + "\n"


def train_translator(
    recipe: TranslationRecipe,
    data: Path,
    run: Path,
    *,
    resume: bool = False,
    mirror: Path | None = None,
) -> None:
    """Train on a corpus folder, as `kosorong train translation` does.

    Raises:
        CorpusError: `data` holds no imported corpus.
        TrainingError: The run is there already and `resume` is off.
    """
    train_pairs(recipe, read_manifest(data), read_mono(data), run, resume=resume, mirror=mirror)
