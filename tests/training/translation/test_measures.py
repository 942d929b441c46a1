"""Preservation, strength, confidence and the published table, measured on toys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kosorong.bundle import find_bundle
from kosorong.errors import CorpusError
from kosorong.ports import Translation
from kosorong.training.corpora.parallel import Pair, write_manifest
from kosorong.training.translation.baselines import measure_jit, table_of_jit
from kosorong.training.translation.calibration import (
    HeldOutJudgement,
    Judged,
    calibrate,
    draw,
    expected_error,
    fit,
    isotonic,
    read_honestly,
)
from kosorong.training.translation.linking import error_rate, linked_pairs, parse_linked
from kosorong.training.translation.preservation import (
    Held,
    carried_names,
    even_lines,
    names,
    preserved,
    sentences_of,
)
from kosorong.training.translation.strength import steps_of
from kosorong.translation.translator import NeuralTranslator


@pytest.fixture(scope="module")
def bundled() -> NeuralTranslator:
    return NeuralTranslator(find_bundle("translator"))


def test_sentences_with_numbers_are_taken_at_even_steps(tmp_path: Path) -> None:
    lines = [f"{n}번 갔다" if n % 2 else "그냥 갔다" for n in range(40)]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    found = sentences_of([tmp_path / "a.txt"], 4)
    assert [held.where for held in found] == ["a.txt:2", "a.txt:12", "a.txt:22", "a.txt:32"]
    with pytest.raises(CorpusError, match="no sentence"):
        sentences_of([])
    with pytest.raises(CorpusError, match="cannot be read"):
        sentences_of([tmp_path / "none.txt"])


def test_lines_of_several_files_are_taken_alike(tmp_path: Path) -> None:
    for name in "ab":
        text = "\n".join(f"문장 {n}" for n in range(30))
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = even_lines([tmp_path / "a.txt", tmp_path / "b.txt"], 7)
    assert len(found) == 7
    assert [where[0] for where, _ in found] == ["a"] * 3 + ["b"] * 4


def test_every_loss_is_listed_with_its_place() -> None:
    held = [Held("x:1", "3시에 KTX를"), Held("name 1", "영수가", "영수")]
    made = [Translation("3시에 를", provenance="nmt:1"), Translation("영신", provenance="rules")]
    found = preserved("toys", held, lambda texts: made)
    assert found.failures == (("x:1", ("KTX",)), ("name 1", ("영수",)))
    assert found.made == (("nmt", 1), ("rules", 1))
    assert "0 of 2" in found.text


def test_names_are_all_different_and_carried_with_their_particle() -> None:
    assert len(set(names())) == 200
    texts = {held.name: held.text for held in carried_names()}
    assert all(name in text for name, text in texts.items())


def test_every_step_of_the_dial_changes_more_and_breaks_nothing(bundled: NeuralTranslator) -> None:
    texts = ["바다에 갔습니다.", "바람이 많이 붑니다.", "할머니와 집으로 가겠습니다."]
    steps = steps_of(bundled, [(str(n), text) for n, text in enumerate(texts)])
    assert [step.sound for step in steps] == [1.0] * 4
    changed = [step.changed for step in steps]
    assert changed == sorted(changed)
    assert changed[0] == 0.0 < changed[-1]
    assert "100.0 % of 3 sentences pass" in steps[0].text


def test_isotonic_curves_rise_and_calibrate() -> None:
    rng = np.random.default_rng(0)
    raw = rng.uniform(0.6, 1.0, 2_000)
    right = (rng.uniform(size=2_000) < (raw - 0.6) * 2).astype(float)
    curve = isotonic(raw, right)
    shares = [share for _, share in curve.points]
    assert shares == sorted(shares)
    sure = np.array([curve.at(one) for one in raw.tolist()])
    assert expected_error(raw, right) > 0.3
    assert expected_error(sure, right) < 0.05


def test_each_fold_is_read_by_the_curves_of_the_others(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)

    def judged(n: int) -> Judged:
        raw = rng.uniform(0.5, 1.0, n)
        return Judged(raw, (rng.uniform(size=n) < raw / 2).astype(float))

    parts = [HeldOutJudgement(judged(400), judged(100), (0.25, 0.35)) for _ in range(3)]
    readings = read_honestly(parts)
    assert [reading.name for reading in readings] == ["words", "segments"]
    assert expected_error(readings[0].after, readings[0].right) < 0.1
    assert "raw" in readings[0].text
    assert fit(parts).by_rules == 0.3
    draw(readings, tmp_path / "confidence.png")
    assert (tmp_path / "confidence.png").read_bytes().startswith(b"\x89PNG")


def test_folds_that_are_missing_are_named(tmp_path: Path) -> None:
    pairs = [Pair(f"t-{n}-1", "말", "ᄆᆞᆯ", "dialogue", "araea", f"t-{n}") for n in range(5)]
    write_manifest(pairs, tmp_path)
    with pytest.raises(CorpusError, match="bundle is missing"):
        calibrate(tmp_path, tmp_path / "folds")


def test_the_jit_parts_are_measured_beside_the_published_figures(
    bundled: NeuralTranslator, tmp_path: Path
) -> None:
    pairs = [Pair(f"jit-test-{n}", "바다에 갔다 .", "바당에 갓다 .", "other") for n in range(2)]
    for part in ("dev", "test"):
        write_manifest(pairs, tmp_path / part)
    table = table_of_jit(measure_jit(bundled, tmp_path))
    assert table.count("| test |") == 2
    assert "| 43.3 |" in table
    assert "| 67.7 |" in table
    with pytest.raises(CorpusError, match="no test part"):
        measure_jit(bundled, tmp_path / "none")


def test_links_made_by_hand_name_words_that_are_there() -> None:
    assert len(linked_pairs()) == 100
    assert len({pair.korean for pair in linked_pairs()}) == 100
    for line in ("가\t나", "가 나\t다\t=", "가\t나\t0-1", "가\t나\t0+0"):
        with pytest.raises(CorpusError):
            parse_linked(line, "here:1")


def test_the_error_rate_counts_possible_links_as_no_error() -> None:
    pair = parse_linked("가 나\t다 라\t0-0 1-1 1?0", "")
    assert error_rate("x", [({(0, 0), (1, 1), (1, 0)}, pair)]).rate == 0.0
    assert error_rate("x", [({(0, 0)}, pair)]).recall == 0.5
    assert "alignment error rate 0.000" in error_rate("x", [(set(pair.sure), pair)]).text
