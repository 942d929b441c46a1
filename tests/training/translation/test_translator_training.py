from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from toy_corpus import MONO, toy_pairs, toy_recipe

from kosorong.bundle import open_bundle
from kosorong.errors import TrainingError
from kosorong.training.common.recipes import load_recipe
from kosorong.training.corpora.parallel import Pair, import_mono, write_manifest
from kosorong.training.translation.batches import Encoder, Mixture, collate
from kosorong.training.translation.evaluate import (
    evaluate_bundle,
    evaluate_folds,
    evaluate_rules,
    figures_of,
)
from kosorong.training.translation.examples import Example
from kosorong.training.translation.export import (
    compare_weights,
    export_translator,
    load_run,
    parity_cases,
    renew_rules,
    save_weights,
)
from kosorong.training.translation.prepare import prepare_corpus
from kosorong.training.translation.recipe import Phase, TranslationRecipe
from kosorong.training.translation.report import report_of
from kosorong.training.translation.train import TranslationExperiment, train_pairs
from kosorong.translation.confidence import Calibration, Curve
from kosorong.translation.translator import NeuralTranslator

ORAL = Pair("o-1", "바다에 갑니다.", "바당에 감수다.", "oral", "araea", "o-1")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translation") / "run"
    train_pairs(toy_recipe(), [*toy_pairs(), ORAL], MONO, folder)
    return folder


def test_a_run_leaves_what_an_export_needs(run: Path) -> None:
    names = {path.name for path in run.iterdir()}
    assert {"checkpoints", "recipe.yaml", "tokenizer.json", "rules.json", "log.jsonl"} <= names
    model, tokenizer, recipe = load_run(run)
    assert recipe == toy_recipe()
    assert model.embedding.num_embeddings == len(tokenizer.vocabulary)


def test_a_resumed_run_equals_an_unbroken_one(tmp_path: Path) -> None:
    pairs = [*toy_pairs(), ORAL]
    constant = toy_recipe(6)
    schedule = replace(constant.loop.schedule, decay="constant")
    whole = replace(constant, loop=replace(constant.loop, schedule=schedule))
    half = replace(whole, loop=replace(whole.loop, steps=3))
    train_pairs(whole, pairs, MONO, tmp_path / "whole")
    train_pairs(half, pairs, MONO, tmp_path / "halves")
    with pytest.raises(TrainingError, match="--resume"):
        train_pairs(whole, pairs, MONO, tmp_path / "halves")
    train_pairs(whole, pairs, MONO, tmp_path / "halves", resume=True)
    one, two = (load_run(tmp_path / name)[0] for name in ("whole", "halves"))
    torch.testing.assert_close(one.embedding.weight, two.embedding.weight)


def test_loss_falls_on_a_toy_corpus(tmp_path: Path) -> None:
    recipe = toy_recipe(40)
    recipe = replace(recipe, loop=replace(recipe.loop, log_every=10))
    train_pairs(recipe, toy_pairs(), MONO, tmp_path / "run")
    rows = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    losses = [row["train/words"] for row in rows if "train/words" in row]
    assert losses[-1] < losses[0] - 1.0


def test_ctranslate2_gives_the_log_probabilities_of_the_model(run: Path, tmp_path: Path) -> None:
    model, tokenizer, _ = load_run(run)
    cases = parity_cases(tokenizer, model)
    for quantization, tolerance in ((None, 1e-4), ("int8", 0.1)):
        folder = tmp_path / str(quantization)
        save_weights(model, tokenizer.vocabulary, folder, quantization)
        parity = compare_weights(model, tokenizer.vocabulary, folder, cases)
        assert parity.tokens >= 4
        assert parity.mean < tolerance


def test_an_export_that_differs_writes_nothing(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kosorong.training.translation.export._FLOAT_TOLERANCE", 1e-12)
    with pytest.raises(TrainingError, match="differs"):
        export_translator(run, tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_rules_are_learnt_anew_into_a_bundle_whose_weights_stay(run: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    before = export_translator(run, bundle)
    weights = (bundle / "ct2" / "model.bin").read_bytes()
    more = [replace(toy_pairs()[0], id=f"toy-9-{n}", korean="하마", jeju="ᄒᆞ메") for n in range(4)]
    write_manifest([*toy_pairs(), *more], tmp_path / "corpus")
    confidence = tmp_path / "confidence.json"
    confidence.write_text(json.dumps(Calibration(by_rules=0.75).to_plain()), encoding="utf-8")
    after = renew_rules(bundle, tmp_path / "corpus", bundle, towards=("ko",), confidence=confidence)
    assert after.fingerprint != before.fingerprint
    assert (bundle / "ct2" / "model.bin").read_bytes() == weights
    made = NeuralTranslator(bundle).translate(["하마"])[0]
    assert (made.text, made.provenance, made.confidence) == ("ᄒᆞ메", "rules", 0.75)


def test_a_bundle_is_served_and_measured(run: Path, tmp_path: Path) -> None:
    bundle = export_translator(run, tmp_path / "bundle")
    assert bundle.info.licence == "CC-BY-SA-4.0"
    assert "우리말샘" in bundle.info.credit
    assert "dialogue (toy): 20 pairs" in bundle.info.trained_on
    assert "20 pairs" in (tmp_path / "bundle" / "README.md").read_text(encoding="utf-8")
    assert open_bundle(tmp_path / "bundle", "translator").fingerprint == bundle.fingerprint
    made = NeuralTranslator(tmp_path / "bundle").translate(["바다에 갑니다."])[0]
    assert made.text
    assert made.provenance.startswith(("nmt:", "rules"))
    write_manifest([*toy_pairs()[:5], ORAL], tmp_path / "corpus")
    lines = evaluate_bundle(tmp_path / "bundle", tmp_path / "corpus")
    figures = figures_of(lines)
    assert {f.task for f in figures} == {
        "dialogue araea ko-jje",
        "dialogue araea jje-ko",
        "oral araea ko-jje",
        "oral araea jje-ko",
        "oral modern ko-jje",
    }
    rules = [f.chrf for f in figures if f.system == "rules"]
    copy = [f.chrf for f in figures if f.system == "copy"]
    assert sum(rules) > sum(copy)
    report = report_of(lines, toy_pairs(), "the toys")
    assert "copy chrF2 / BLEU" in report
    assert "| dialogue araea ko-jje | model |" in report
    assert ORAL.jeju not in report


def test_an_export_carries_its_calibration_and_licence(run: Path, tmp_path: Path) -> None:
    curves = Calibration(Curve(((0.1, 0.2), (0.9, 0.4))), Curve(((0.1, 0.3),)), 0.25)
    (tmp_path / "confidence.json").write_text(json.dumps(curves.to_plain()), encoding="utf-8")
    bundle = export_translator(
        run, tmp_path / "bundle", confidence=tmp_path / "confidence.json", licence="CC0-1.0"
    )
    assert bundle.info.licence == "CC0-1.0"
    assert Calibration.from_plain(bundle.config["calibration"]) == curves
    made = NeuralTranslator(tmp_path / "bundle").translate(["바다에 갑니다.", "집에 갑니다."])
    assert {one.confidence for one in made} <= {0.25, 0.3}
    assert all(0.2 <= c <= 0.4 for one in made for c in one.word_confidences)


def test_folds_are_trained_once_and_measured_on_what_they_never_saw(tmp_path: Path) -> None:
    write_manifest(toy_pairs(), tmp_path / "corpus")
    (tmp_path / "daily.txt").write_text("\n".join(text for _, text in MONO), encoding="utf-8")
    import_mono([tmp_path / "daily.txt"], tmp_path / "corpus")
    recipe = toy_recipe(2)
    lines = evaluate_folds(recipe, tmp_path / "corpus", tmp_path / "out", folds=2)
    assert sorted({line.id for line in lines}) == sorted(
        p.id for p in toy_pairs() if p.style == "dialogue"
    )
    stamp = (tmp_path / "out" / "fold-0-bundle" / "bundle.json").stat().st_mtime_ns
    again = evaluate_folds(recipe, tmp_path / "corpus", tmp_path / "out", folds=2)
    assert again == lines
    assert (tmp_path / "out" / "fold-0-bundle" / "bundle.json").stat().st_mtime_ns == stamp


def test_rules_alone_are_measured_on_what_they_never_saw(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write_manifest(toy_pairs(), corpus)
    lines = evaluate_rules(corpus, folds=2)
    dialogues = sorted(pair.id for pair in toy_pairs() if pair.style == "dialogue")
    for way in ("ko-jje", "jje-ko"):
        assert sorted(line.id for line in lines if line.task.endswith(way)) == dialogues
    assert {line.provenance for line in lines} == {"rules"}
    first = evaluate_rules(corpus, folds=2, only=[0])
    assert 0 < len(first) < len(lines)
    score = {(f.task, f.system): f.chrf for f in figures_of(lines)}
    for task in {line.task for line in lines}:
        # Endings and verbs of every fold stand in the other one, places do not.
        assert score[task, "rules"] > score[task, "copy"] + 10


def test_a_fold_that_a_signal_stopped_is_not_measured_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_manifest(toy_pairs(), tmp_path / "corpus")
    (tmp_path / "daily.txt").write_text("\n".join(text for _, text in MONO), encoding="utf-8")
    import_mono([tmp_path / "daily.txt"], tmp_path / "corpus")
    recipe = toy_recipe(4)
    plain = TranslationExperiment.train_step

    def stopped(self: TranslationExperiment, step: int) -> dict[str, float]:
        if step == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return plain(self, step)

    with monkeypatch.context() as patch:
        patch.setattr(TranslationExperiment, "train_step", stopped)
        with pytest.raises(TrainingError, match="stopped at step 2 of 4"):
            evaluate_folds(recipe, tmp_path / "corpus", tmp_path / "out", folds=2)
    assert not (tmp_path / "out" / "fold-0-bundle").exists()
    assert evaluate_folds(recipe, tmp_path / "corpus", tmp_path / "out", folds=2)


def test_batches_follow_from_the_step_and_stay_near_their_budget() -> None:
    recipe = toy_recipe()
    prepared = prepare_corpus(toy_pairs(), MONO, recipe)
    shares = recipe.phases[0].shares()
    one, two = (
        Mixture(prepared.pools, Encoder(prepared.tokenizer, 0.1), 600, seed=7) for _ in range(2)
    )
    a, b = one.batch(3, shares), two.batch(3, shares)
    assert torch.equal(a.source, b.source)
    assert torch.equal(a.links, b.links)
    assert not torch.equal(a.source[:1, :6], one.batch(4, shares).source[:1, :6])
    assert 1 <= a.source.shape[0] <= 60


def test_equal_beginnings_are_linked_one_to_one_and_the_rest_to_the_whole_word() -> None:
    prepared = prepare_corpus(toy_pairs(), MONO, toy_recipe())
    encoder = Encoder(prepared.tokenizer)
    example = Example(
        "바다에 간다", "바당에 간다", "", "jje", links=((0, 0), (1, 1)), hint_links=()
    )
    batch = collate(encoder, [example])
    units, target = encoder.encode(example)
    text = batch.links[0, 0]
    first, same = units.index(encoder.units("바다에")[0]), encoder.units("간다")
    assert text[0].nonzero().flatten().tolist() == [first]
    start, place = len(target) - 2 - len(same), len(units) - 1 - len(same)
    for n in range(len(same)):
        assert text[start + n].nonzero().flatten().tolist() == [place + n]
    assert not text[-1].any()
    assert not batch.links[0, 1].any()


def test_phases_follow_one_another_and_must_reach_the_end() -> None:
    recipe = TranslationRecipe(phases=(Phase(0.5, synthetic=1.0), Phase(1.0, dialogue=1.0)))
    half = recipe.loop.steps // 2
    assert recipe.phase_at(half).synthetic == 1.0
    assert recipe.phase_at(half + 1).dialogue == 1.0
    with pytest.raises(ValueError, match=r"1\.0"):
        TranslationRecipe(phases=(Phase(0.5),))


def test_the_recipes_of_the_repository_are_valid() -> None:
    folder = Path(__file__).parents[3] / "recipes" / "translation"
    recipes = [load_recipe(path, TranslationRecipe) for path in sorted(folder.glob("*.yaml"))]
    assert len(recipes) >= 2


def test_a_second_stage_starts_from_the_first_ones_weights_and_units(
    run: Path, tmp_path: Path
) -> None:
    first, tokenizer, recipe = load_run(run)
    still = replace(recipe.loop, steps=1, schedule=replace(recipe.loop.schedule, peak=0.0))
    second = replace(recipe, loop=still, start_from=str(run), vocabulary=300)
    train_pairs(second, toy_pairs(), MONO, tmp_path / "second")
    made, units, _ = load_run(tmp_path / "second")
    assert units.vocabulary == tokenizer.vocabulary
    torch.testing.assert_close(made.embedding.weight, first.embedding.weight)
    wide = replace(second, model=replace(recipe.model, width=64))
    with pytest.raises(TrainingError, match="another size"):
        train_pairs(wide, toy_pairs(), MONO, tmp_path / "wide")


def test_left_out_styles_teach_nothing_under_any_name(tmp_path: Path) -> None:
    pairs = toy_pairs()
    copy = replace(pairs[0], id="ex-copy", style="example")
    recipe = replace(toy_recipe(1), leave_out=("dialogue",), phases=(Phase(1.0, sentence=1.0),))
    prepared = train_pairs(recipe, [*pairs, copy], [], tmp_path / "run")
    sources = {e.source for pool in prepared.pools.values() for e in pool}
    assert pairs[0].korean not in sources
    assert "사랑하면서 산다." in sources
