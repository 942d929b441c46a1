"""A few corrections into a trained model: it learns them and forgets nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from toy_corpus import MONO, toy_pairs, toy_recipe

from kosorong.training.corpora.parallel import Pair
from kosorong.training.translation.examples import Example
from kosorong.training.translation.export import load_run
from kosorong.training.translation.prepare import Prepared, prepare_corpus
from kosorong.training.translation.recipe import Phase
from kosorong.training.translation.train import TranslationExperiment, train_pairs, with_others

DEEDS = (
    ("삽니다.", "살암수다."),
    ("웁니다.", "울엄수다."),
    ("봅니다.", "봠수다."),
    ("놉니다.", "놀암수다."),
)
PLACES = (
    ("바다에서", "바당이서"),
    ("집에서", "집이서"),
    ("밭에서", "밧디서"),
    ("산에서", "산이서"),
)


def _corrections() -> list[Pair]:
    return [
        Pair(f"correction-{n}-{m}", f"{p} {d}", f"{jp} {jd}", "other", "araea", f"c-{n}-{m}")
        for n, (p, jp) in enumerate(PLACES)
        for m, (d, jd) in enumerate(DEEDS)
    ]


def _loss(run: Path, pairs: list[Pair]) -> float:
    """Return the cross-entropy of the Jeju side of pairs, without hints."""
    model, tokenizer, recipe = load_run(run)
    examples = [Example(p.korean, p.jeju, "", "jje") for p in pairs]
    experiment = TranslationExperiment(recipe, Prepared(tokenizer, None, {}), examples)
    experiment.model.load_state_dict(model.state_dict())
    return experiment.validate(0)["loss"]


def test_tuning_learns_corrections_held_back_and_does_not_forget(tmp_path: Path) -> None:
    torch.manual_seed(0)
    base = replace(toy_recipe(150), hint=False, synthetic=0)
    old, corrections = toy_pairs(), _corrections()
    # One place and deed of each is held back; their parts are seen in other corrections.
    held = [c for n, c in enumerate(corrections) if n % 5 == 0]
    given = [c for c in corrections if c not in held]
    train_pairs(base, old, MONO, tmp_path / "base")
    tuned = replace(
        base,
        loop=replace(base.loop, steps=60),
        phases=(Phase(1.0, other=1.5, dialogue=1.5, sentence=0.2),),
        start_from=str(tmp_path / "base"),
    )
    train_pairs(tuned, [*old, *given], MONO, tmp_path / "tuned")
    dialogues = [p for p in old if p.style == "dialogue"]
    assert _loss(tmp_path / "tuned", held) < _loss(tmp_path / "base", held) - 0.3
    assert _loss(tmp_path / "tuned", dialogues) < _loss(tmp_path / "base", dialogues) + 0.02


def test_corrections_are_drawn_from_a_pool_of_their_own() -> None:
    pairs = [*toy_pairs(), *_corrections()]
    pools = with_others(prepare_corpus(pairs, MONO, toy_recipe())).pools
    assert {e.style for e in pools["other"]} == {"other"}
    assert "other" not in {e.style for e in pools["sentence"]}
    assert pools["sentence"]
