"""Another run's weights: rows of symbols and speakers by name, sizes that differ refused."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import torch

from kosorong.audio.mel import definition_hash
from kosorong.errors import RecipeError, TrainingError
from kosorong.text.sound.symbols import SYMBOLS, SYMBOLS_HASH
from kosorong.training import start
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.glow_tts.frames import FramesConfig
from kosorong.training.glow_tts.model import (
    DecoderConfig,
    DurationConfig,
    EncoderConfig,
    GlowTts,
    GlowTtsConfig,
)
from kosorong.training.glow_tts.transfer import start_from

SIZES = GlowTtsConfig(
    EncoderConfig(channels=16, inner=16, layers=1),
    DurationConfig(inner=16),
    DecoderConfig(blocks=2, hidden=16, layers=1),
    speaker_channels=4,
)
OLD = ("_", "a", "b", "ᅩ", "ᆞ")


def trained(
    run: Path,
    table: tuple[str, ...] = OLD,
    sizes: GlowTtsConfig = SIZES,
    **description: object,
) -> GlowTts:
    """Leave a run of two speakers in which nobody ever said ᆞ."""
    torch.manual_seed(1)
    model = GlowTts(sizes, len(table), 2)
    place = [name for name, _ in model.named_parameters()].index("encoder.embed.weight")
    moments = torch.ones(len(table), 16)
    moments[table.index("ᆞ")] = 0.0
    state = {
        "step": 5,
        "modules": {"model": model.state_dict()},
        "average": {},
        "optimizers": {"model": {"state": {place: {"exp_avg_sq": moments}}, "param_groups": []}},
        "description": {
            "model": asdict(sizes),
            "speakers": ["kim", "lee"],
            "symbols": "of another version",
            "symbol_table": list(table),
            "mel": definition_hash(),
            **description,
        },
    }
    CheckpointFolder(run / "checkpoints").save(5, state)
    return model


def test_rows_follow_their_names_and_new_ones_their_nearest(tmp_path: Path) -> None:
    old = trained(tmp_path)
    torch.manual_seed(2)
    symbols = ("b", "ᆢ", "ᆞ", "_", "c")
    new = GlowTts(SIZES, len(symbols), 3)
    fresh = new.encoder.embed.weight.detach().clone()
    lines = start_from(tmp_path, new, symbols, ["jeju", "lee", "kim"])
    rows, before = new.encoder.embed.weight, old.encoder.embed.weight
    assert torch.equal(rows[0], before[2])
    assert torch.equal(rows[2], before[3])  # ᆞ was in the table, but unheard: as ᅩ
    assert torch.equal(rows[3], before[0])
    assert torch.equal(rows[1], fresh[1])  # the nearest of ᆢ, ᅭ, is not there
    assert torch.equal(rows[4], fresh[4])
    speakers = new.speakers.weight
    assert torch.equal(speakers[1:], old.speakers.weight.flip(0))
    assert torch.allclose(speakers[0], old.speakers.weight.mean(0))
    mixes: list[Any] = [one.decoder.mixes[1] for one in (new, old)]
    assert torch.equal(mixes[0].weight, mixes[1].weight)
    assert lines == [
        "symbols kept: 2; ᆞ from ᅩ; new: ᆢ c",
        "speakers kept: 2; new: jeju",
    ]


def test_a_prior_that_is_told_the_pitch_starts_as_one_that_was_not(tmp_path: Path) -> None:
    frames = FramesConfig(blocks=1, channels=16, tells_flow=True)
    old = trained(tmp_path, sizes=replace(SIZES, frames=frames)).eval()
    new = GlowTts(replace(SIZES, frames=replace(frames, pitch=True)), len(OLD), 2).eval()
    start_from(tmp_path, new, OLD, ["kim", "lee"])
    for model in (old, new):
        assert model.frames is not None
        torch.manual_seed(2)
        torch.nn.init.normal_(model.frames.mean.weight, 0.0, 0.1)
    symbols, speaker = torch.tensor([[1, 2, 3]]), torch.tensor([1])
    durations = torch.tensor([4, 4, 4])
    said = [
        model.speak(symbols, speaker, noise_scale=0.0, durations=durations)[0]
        for model in (old, new)
    ]
    torch.testing.assert_close(*said)


def test_a_size_that_differs_is_named_by_its_key(tmp_path: Path) -> None:
    trained(tmp_path)
    wide = GlowTtsConfig(
        EncoderConfig(channels=16, inner=32, layers=1, dropout=0.3),
        SIZES.durations,
        SIZES.decoder,
        speaker_channels=4,
    )
    with pytest.raises(RecipeError, match=r"model\.encoder\.inner is 32, but 16.*Set model"):
        start_from(tmp_path, GlowTts(wide, 5, 2), OLD, ["kim"])


@pytest.mark.parametrize("key", ["tells_flow", "pitch"])
def test_a_recipe_without_a_part_of_the_run_is_refused_by_its_key(tmp_path: Path, key: str) -> None:
    frames = FramesConfig(blocks=1, channels=16, tells_flow=True, pitch=True)
    trained(tmp_path, sizes=replace(SIZES, frames=frames))
    less = replace(SIZES, frames=replace(frames, **{key: False}))
    with pytest.raises(RecipeError, match=f"frames.{key}"):
        start_from(tmp_path, GlowTts(less, len(OLD), 2), OLD, ["kim", "lee"])


def test_what_is_no_run_to_start_from_is_refused(tmp_path: Path) -> None:
    model = GlowTts(SIZES, 5, 2)
    with pytest.raises(TrainingError, match="no training run"):
        start_from(tmp_path / "none", model, OLD, ["kim"])
    trained(tmp_path / "mel", mel="another")
    with pytest.raises(TrainingError, match="another mel definition"):
        start_from(tmp_path / "mel", model, OLD, ["kim"])


def test_checkpoints_of_older_versions_have_the_table_that_their_hash_names(tmp_path: Path) -> None:
    trained(tmp_path, SYMBOLS, symbols=SYMBOLS_HASH)
    path = tmp_path / "checkpoints" / "step-000000005.pt"
    state = torch.load(path, weights_only=True)
    del state["description"]["symbol_table"]
    CheckpointFolder(tmp_path / "old" / "checkpoints").save(5, state)
    lines = start_from(tmp_path / "old", GlowTts(SIZES, len(SYMBOLS), 1), SYMBOLS, ["kim"])
    assert lines[0].startswith(f"symbols kept: {len(SYMBOLS) - 1}; ᆞ from ᅩ")
    state["description"]["symbols"] = "another"
    CheckpointFolder(tmp_path / "older" / "checkpoints").save(5, state)
    with pytest.raises(TrainingError, match="does not name its symbols"):
        start_from(tmp_path / "older", GlowTts(SIZES, len(SYMBOLS), 1), SYMBOLS, ["kim"])


def test_a_recipe_starts_from_a_run_and_resumes_without_it(
    tiny_corpus_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = trained(tmp_path / "korean", SYMBOLS)
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(
        f"main_speaker: one\nstart_from: {tmp_path / 'korean'}\nbatch_size: 2\n"
        "model:\n  speaker_channels: 4\n  encoder: {channels: 16, inner: 16, layers: 1}\n"
        "  durations: {inner: 16}\n  decoder: {blocks: 2, hidden: 16, layers: 1}\n"
        "loop: {steps: 1, schedule: {peak: 1e-9, warmup: 0}, precision: fp32, device: cpu}\n"
    )
    start.train("acoustic", recipe, tiny_corpus_folder, tmp_path / "run", resume=False)
    assert "speakers kept: 0; new: one, two" in capsys.readouterr().err
    found = CheckpointFolder(tmp_path / "run" / "checkpoints").newest()
    assert found is not None
    model = found[1]["modules"]["model"]
    for name in ("decoder.norms.0.log_scale", "encoder.mean.weight"):
        assert torch.allclose(model[name], first.state_dict()[name], atol=1e-6)
    assert found[1]["description"]["symbol_table"] == list(SYMBOLS)
    (tmp_path / "korean").rename(tmp_path / "gone")
    assert start.train("acoustic", recipe, tiny_corpus_folder, tmp_path / "run", resume=True) == 1
