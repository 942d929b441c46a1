"""Mels that an acoustic model makes, beside the recordings."""

from pathlib import Path

import numpy as np
import pytest
import torch

from kosorong.training import start
from kosorong.training.common.spectral import log_mel
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.vocoder.experiment import VocoderExperiment, VocoderRecipe
from kosorong.training.vocoder.generated_mels import generated_mels
from kosorong.training.vocoder.model import VocosConfig

ACOUSTIC = """
kind: acoustic
main_speaker: one
batch_size: 4
model:
  speaker_channels: 4
  encoder: {channels: 16, inner: 16, layers: 1}
  durations: {inner: 16}
  decoder: {blocks: 2, hidden: 16, layers: 1}
loop: {steps: 3, schedule: {peak: 1e-3, warmup: 2}, validate_every: 3, draw_every: 99}
"""
SMALL = VocosConfig(channels=16, blocks=2)


@pytest.fixture(scope="module")
def run(tiny_corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("acoustic")
    (folder / "recipe.yaml").write_text(ACOUSTIC)
    start.train(
        "acoustic", folder / "recipe.yaml", tiny_corpus_folder, folder / "run", resume=False
    )
    return folder / "run"


def test_they_lie_frame_by_frame_beside_the_recordings(
    tiny_corpus: PackedCorpus, run: Path, tmp_path: Path
) -> None:
    made = generated_mels(tiny_corpus, run, tmp_path, 0.3)
    assert made.shape == tiny_corpus.mels.shape
    for split, same in (("train", False), ("valid", True), ("test", True)):
        index = tiny_corpus.of_split(split)[0]
        rows = slice(*tiny_corpus.starts[index : index + 2])
        assert np.array_equal(made[rows], tiny_corpus.mels[rows]) == same
    (kept,) = tmp_path.iterdir()
    stamp = kept.stat().st_mtime_ns
    np.testing.assert_array_equal(generated_mels(tiny_corpus, run, tmp_path, 0.3), made)
    assert kept.stat().st_mtime_ns == stamp


def test_a_segment_gets_the_mel_of_its_own_frames_at_its_own_level(
    tiny_corpus: PackedCorpus,
) -> None:
    """With the recordings' own mels in their place nothing changes but the segment's edges."""
    recipe = VocoderRecipe(
        model=SMALL, batch_size=4, segment_frames=16, made_by="run", made_from=2, made_share=1.0
    )
    experiment = VocoderExperiment(recipe, tiny_corpus, lambda: tiny_corpus.mels)
    audio, mel = experiment.batch(1)
    torch.testing.assert_close(mel, log_mel(audio))
    audio, mel = experiment.batch(2)
    error = (mel - log_mel(audio)).abs()[:, :, 3:-3]
    assert not torch.equal(mel, log_mel(audio))
    assert float(error.median()) < 0.01


def test_the_last_stage_of_a_vocoder_learns_from_them(
    tiny_corpus_folder: Path, run: Path, tmp_path: Path
) -> None:
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(
        f"kind: vocoder\nmade_by: {run}\nmade_from: 2\n"
        "model: {channels: 16, blocks: 2}\nbatch_size: 2\nsegment_frames: 16\n"
        "loop: {steps: 3, schedule: {peak: 1e-3, warmup: 2}, validate_every: 3, draw_every: 99}\n"
    )
    out = tmp_path / "run"
    assert start.train("vocoder", recipe, tiny_corpus_folder, out, resume=False) == 3
    assert list((tiny_corpus_folder / "made").glob("run-3-*.npy"))
