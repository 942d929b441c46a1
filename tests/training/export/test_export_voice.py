from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from kosorong.audio.mel import definition_hash
from kosorong.bundle import find_bundle
from kosorong.errors import TrainingError
from kosorong.speech.catalogue import open_voice
from kosorong.text.sound.symbols import SYMBOLS_HASH
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.export.checkpoints import load_acoustic, load_vocoder
from kosorong.training.export.onnx_graph import INT8_LIMIT
from kosorong.training.export.voice import VoiceChoice, export_voice
from kosorong.training.toy import make_toy_voice, toy_acoustic, toy_vocoder

VOICES = (VoiceChoice("mine", "two", "male"),)


def _save(run: Path, name: str, module: Any, description: Any) -> Path:
    """Write a checkpoint whose average is the model and whose last weights are all zero."""
    state = module.state_dict()
    folder = CheckpointFolder(run / "checkpoints")
    folder.save(
        7,
        {
            "step": 7,
            "modules": {name: {k: v * 0 for k, v in state.items()}},
            "average": {"updates": 7, "shadow": state},
            "description": description,
        },
    )
    return run


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    acoustic, vocoder = toy_acoustic(), toy_vocoder()
    description = {
        "model": asdict(acoustic.model.config),
        "speakers": list(acoustic.speakers),
        "symbols": SYMBOLS_HASH,
        "mel": definition_hash(),
    }
    own = {"model": asdict(vocoder.model.config), "mel": definition_hash()}
    return (
        _save(tmp_path / "acoustic", "model", acoustic.model, description),
        _save(tmp_path / "vocoder", "generator", vocoder.model, own),
    )


def test_two_runs_become_a_voice_that_speaks(
    runs: tuple[Path, Path], tmp_path: Path, tiny_corpus: PackedCorpus
) -> None:
    bundle = export_voice(*runs, tmp_path / "bundle", voices=VOICES, corpus=tiny_corpus)
    assert bundle.info.licence == "CC-BY-NC-SA-4.0"
    assert "Selvas" in bundle.info.credit
    assert bundle.info.quality["acoustic_steps"] == 7
    assert min(bundle.info.quality["float32_parity_db"].values()) > 70
    assert min(bundle.info.quality["deviation_db"].values()) > 12
    assert "ᆞ" in bundle.info.quality["rare_symbols"]
    (voice,) = bundle.config["voices"]
    assert (voice["name"], voice["speaker"], voice["index"]) == ("mine", "two", 0)
    assert voice["duration_scale"] != 1.0
    assert len(open_voice(bundle.path).speak("가자").samples) > 2_000
    card = (bundle.path / "README.md").read_text(encoding="utf-8")
    assert "Selvas" in card
    assert "`mine` | male" in card


def test_the_averaged_weights_are_taken(runs: tuple[Path, Path]) -> None:
    acoustic, vocoder = load_acoustic(runs[0]), load_vocoder(runs[1])
    assert acoustic.speakers == ("one", "two")
    assert not acoustic.model.training
    for loaded, toy in (
        (acoustic.model, toy_acoustic().model),
        (vocoder.model, toy_vocoder().model),
    ):
        own = toy.state_dict()
        assert all((value == own[key]).all() for key, value in loaded.state_dict().items())


def test_float_bundles_keep_to_the_model_more_closely(tmp_path: Path) -> None:
    small, exact = (
        make_toy_voice(tmp_path / storage, storage=storage) for storage in ("int8", "float16")
    )
    for key, value in small.info.quality["deviation_db"].items():
        assert exact.info.quality["deviation_db"][key] >= value
    sizes = [bundle.file("weights.bin").stat().st_size for bundle in (small, exact)]
    assert sizes[0] < sizes[1]


@pytest.mark.parametrize("shipped", [True, False])
def test_int8_products_cannot_overflow_without_vnni(tmp_path: Path, shipped: bool) -> None:
    folder = find_bundle("voice") if shipped else make_toy_voice(tmp_path / "toy").path
    found = 0
    for path in folder.glob("*.onnx"):
        model = onnx.load(path)
        weights = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
        for node in model.graph.node:
            if node.op_type == "MatMulInteger":
                found += 1
                assert np.abs(weights[node.input[1]].astype(int)).max() <= INT8_LIMIT
    assert found > 10


def test_an_export_is_the_same_twice(tmp_path: Path) -> None:
    first, second = (make_toy_voice(tmp_path / name) for name in ("a", "b"))
    assert first.fingerprint == second.fingerprint


def test_unusable_runs_are_told_apart(runs: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no training run"):
        export_voice(tmp_path / "nothing", runs[1], tmp_path / "b")
    with pytest.raises(TrainingError, match="no speaker lmy, kih") as raised:
        export_voice(*runs, tmp_path / "b")
    assert "one, two" in raised.value.cure
    with pytest.raises(TrainingError, match="other symbols"):
        export_voice(runs[1], runs[1], tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_checkpoint_of_another_shape_is_refused(runs: tuple[Path, Path]) -> None:
    description = {"model": {"channels": 24, "blocks": 2}, "mel": definition_hash()}
    _save(runs[1], "generator", toy_vocoder().model, description)
    with pytest.raises(TrainingError, match="do not fit"):
        load_vocoder(runs[1])
