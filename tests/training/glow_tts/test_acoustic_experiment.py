"""Training of the acoustic model on a corpus of seconds."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from kosorong.audio.mel import definition_hash
from kosorong.errors import CorpusError
from kosorong.speech.melody import SEMITONES
from kosorong.training import start
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.corpora.contours import contours
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.glow_tts.data import AcousticData, BatchPlan
from kosorong.training.glow_tts.experiment import AcousticExperiment, AcousticRecipe
from kosorong.training.glow_tts.frames import FramesConfig
from kosorong.training.glow_tts.model import (
    DecoderConfig,
    DurationConfig,
    EncoderConfig,
    GlowTtsConfig,
)
from kosorong.training.vocoder.model import Vocos, VocosConfig

SMALL = GlowTtsConfig(
    encoder=EncoderConfig(channels=16, inner=16, layers=1),
    durations=DurationConfig(inner=16),
    decoder=DecoderConfig(blocks=2, hidden=16, layers=1),
    speaker_channels=4,
)

RECIPE = """
kind: acoustic
main_speaker: one
batch_size: 4
prior_steps: 4
backward_weight: 1.0
backward_from: 3
speaker_weights: {one: 2.0}
late_from: 5
late_speaker_weights: {two: 0.0}
model:
  speaker_channels: 4
  encoder: {channels: 16, inner: 16, layers: 1}
  durations: {inner: 16}
  decoder: {blocks: 2, hidden: 16, layers: 1}
loop:
  steps: 6
  schedule: {peak: 1e-3, warmup: 2}
  log_every: 2
  validate_every: 3
  draw_every: 6
"""


def test_a_plan_follows_from_the_step_and_weighs_speakers(tiny_corpus: PackedCorpus) -> None:
    data = AcousticData(tiny_corpus, blanks=True, squeeze=2)
    plan = BatchPlan(data, 4, seed=1, weights={"one": 2.0, "two": 0.0})
    assert plan.steps_per_epoch == 2 or plan.steps_per_epoch == 3
    assert plan.indices(7) == BatchPlan(data, 4, 1, {"one": 2.0, "two": 0.0}).indices(7)
    seen = [i for step in range(1, 9) for i in plan.indices(step)]
    assert {data.corpus.utterances[i].speaker for i in seen} == {"one"}
    assert all(data.corpus.utterances[i].split == "train" for i in seen)


def test_batches_are_padded_and_cut_to_the_squeeze(tiny_corpus: PackedCorpus) -> None:
    data = AcousticData(tiny_corpus, blanks=True, squeeze=2)
    batch = data.batch([0, 1])
    assert batch.mel.shape[2] == int(batch.mel_lengths.max())
    assert (batch.mel_lengths % 2 == 0).all()
    for row, length in zip(batch.symbols, batch.text_lengths, strict=True):
        assert (row[length:] == 0).all()
        assert (row[:length:2] == 1).all()  # blanks stand at every other place


def test_texts_that_cannot_fit_their_audio_are_left_out_by_name(
    tiny_corpus_folder: Path, tmp_path: Path
) -> None:
    import shutil

    from kosorong.training.corpora.packed import pack

    corpus = tmp_path / "corpus"
    shutil.copytree(tiny_corpus_folder, corpus)
    manifest = corpus / "manifest.tsv"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("말 고라 봅서.", "가나다라마바사 " * 40, 1), encoding="utf-8")
    data = AcousticData(pack(corpus), blanks=True, squeeze=2)
    assert len(data.refused) == 1
    assert "do not fit" in data.refused[0]
    assert "one0" in data.refused[0]


def test_a_corpus_of_nothing_usable_is_an_error(
    tiny_corpus: PackedCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AcousticData, "_unusable", lambda self, index: "no symbols in its text")
    with pytest.raises(CorpusError, match="no utterance can be used"):
        AcousticData(tiny_corpus, blanks=True, squeeze=2)


def test_training_writes_checkpoints_pictures_and_how_to_go_on(
    tiny_corpus_folder: Path, tmp_path: Path
) -> None:
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(RECIPE)
    run = tmp_path / "run"
    assert start.train("acoustic", recipe, tiny_corpus_folder, run, resume=False) == 6
    _, state = CheckpointFolder(run / "checkpoints").best_or_newest()
    assert state["description"]["speakers"] == ["one", "two"]
    assert torch.isfinite(state["average"]["shadow"]["encoder.embed.weight"]).all()
    pictures = {p.name for p in (run / "pictures").iterdir()}
    assert pictures == {
        "durations-0000006.png",
        "losses.png",
        "sentence-0000006.png",
        "sentence-0000006.wav",
    }
    assert "--resume" in (run / "HOW-TO-RESUME.txt").read_text()
    told = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert ["train/backward" in line for line in told if line["step"] in (2, 4)] == [False, True]
    assert list((run / "tensorboard").glob("events*"))
    assert start.train("acoustic", recipe, tiny_corpus_folder, Path(run), resume=True) == 6


def test_a_model_that_is_told_the_pitch_learns_from_how_the_recordings_run(
    tiny_corpus: PackedCorpus, tmp_path: Path
) -> None:
    frames = FramesConfig(blocks=1, channels=16, tells_flow=True, pitch=True)
    recipe = AcousticRecipe(main_speaker="one", model=replace(SMALL, frames=frames))
    experiment = AcousticExperiment(recipe, tiny_corpus, kept=tmp_path)
    index = experiment.data.of_split("train")[0]
    whole = np.load(next(tmp_path.glob("contours-*.npy")))
    batch = experiment.data.batch([index])
    start, length = int(tiny_corpus.starts[index]), int(batch.mel_lengths[0])
    np.testing.assert_allclose(
        batch.contour[0].numpy() * SEMITONES, whole[start : start + length], atol=1e-5
    )
    assert {"nll", "search", "pitch"} <= experiment.train_step(1).keys()
    assert "pitch" in experiment.validate(1)
    plain = AcousticData(tiny_corpus, blanks=True, squeeze=2)
    assert not plain.batch([index]).contour.any()


def test_the_pitch_of_recordings_is_tracked_once(
    tiny_corpus: PackedCorpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = contours(tiny_corpus, tmp_path)
    monkeypatch.setattr("kosorong.training.corpora.contours.track", None)
    np.testing.assert_array_equal(contours(tiny_corpus, tmp_path), once)


def test_samples_are_heard_through_a_vocoder_where_it_is_trained(
    tiny_corpus: PackedCorpus, tmp_path: Path
) -> None:
    recipe = AcousticRecipe(
        main_speaker="one", model=SMALL, heard_through=str(tmp_path / "vocoder")
    )
    experiment = AcousticExperiment(recipe, tiny_corpus)
    with pytest.warns(UserWarning, match="sample audio without a vocoder"):
        plain = experiment.sounds(1)["sentence"]
    state = {
        "step": 3,
        "modules": {"generator": Vocos(VocosConfig(channels=16, blocks=1)).state_dict()},
        "average": {},
        "description": {"model": {"channels": 16, "blocks": 1}, "mel": definition_hash()},
    }
    CheckpointFolder(tmp_path / "vocoder" / "checkpoints").save(3, state)
    heard = experiment.sounds(1)["sentence"]
    assert len(heard) % 256 == 0
    assert abs(len(heard) - len(plain)) <= 2048
    assert not np.allclose(heard[:2048], plain[:2048])
