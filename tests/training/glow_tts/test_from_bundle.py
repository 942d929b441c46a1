"""A training that starts from a voice bundle."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from kosorong.errors import KosorongError, TrainingError
from kosorong.training.export.onnx_graph import Storage
from kosorong.training.glow_tts.from_bundle import is_bundle, start_from_bundle
from kosorong.training.glow_tts.model import GlowTts, lengths_mask
from kosorong.training.toy import make_toy_voice, toy_acoustic


@pytest.mark.parametrize(("storage", "error"), [("float32", 1e-4), ("int8", 0.2)])
def test_the_model_says_again_what_the_bundle_says(
    tmp_path: Path, storage: Storage, error: float
) -> None:
    acoustic = toy_acoustic()
    bundle = make_toy_voice(tmp_path, storage=storage).path
    torch.manual_seed(5)
    model = GlowTts(acoustic.model.config, 58, 3).eval()
    speakers = [*acoustic.speakers, "new"]
    told = start_from_bundle(bundle, model, speakers)
    assert told == ["speakers kept: 2; new: new"]
    symbols, lengths = torch.tensor([[2, 7, 30, 9, 3]]), torch.tensor([5])
    mel = torch.randn(1, 80, 12)
    frames = torch.tensor([12])
    for speaker in (0, 1):
        who = torch.tensor([speaker])
        mask = lengths_mask(lengths)
        expected = acoustic.model.encoder(symbols, mask)[1]
        torch.testing.assert_close(model.encoder(symbols, mask)[1], expected, rtol=0.1, atol=error)
        theirs = acoustic.model.decoder(mel, lengths_mask(frames), acoustic.model.speakers(who))[0]
        own = model.decoder(mel, lengths_mask(frames), model.speakers(who))[0]
        torch.testing.assert_close(own, theirs, rtol=0.1, atol=error)


def test_a_bundle_of_other_sizes_is_refused_with_the_cure(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path).path
    with pytest.raises(TrainingError, match="do not fit the recipe"):
        start_from_bundle(bundle, GlowTts(type(toy_acoustic().model.config)(), 58, 2), ["one"])


@pytest.mark.parametrize(("storage", "error"), [("float32", 1e-3), ("int8", 0.4)])
def test_a_prior_told_frame_by_frame_and_its_pitch_are_read_back(
    tmp_path: Path, storage: Storage, error: float
) -> None:
    acoustic = toy_acoustic(frames=True)
    bundle = make_toy_voice(tmp_path, storage=storage, frames=True).path
    torch.manual_seed(5)
    model = GlowTts(acoustic.model.config, 58, 3).eval()
    start_from_bundle(bundle, model, [*acoustic.speakers, "new"])
    symbols, durations = torch.tensor([[2, 7, 30, 9, 3]]), torch.tensor([2, 4, 3, 5, 2])
    for speaker in (0, 1):
        own, theirs = (
            one.speak(symbols, torch.tensor([speaker]), noise_scale=0.0, durations=durations)[0]
            for one in (model, acoustic.model)
        )
        torch.testing.assert_close(own, theirs, rtol=0.1, atol=error)


def test_a_recipe_without_a_place_for_what_the_bundle_has_is_refused_by_its_key(
    tmp_path: Path,
) -> None:
    acoustic = toy_acoustic()
    bundle = make_toy_voice(tmp_path, frames=True, storage="float32").path
    model = GlowTts(acoustic.model.config, 58, 2)
    with pytest.raises(TrainingError, match=r"model\.frames\.blocks"):
        start_from_bundle(bundle, model, acoustic.speakers)


def test_a_bundle_of_more_layers_than_the_recipe_is_refused_by_its_key(tmp_path: Path) -> None:
    acoustic = toy_acoustic(frames=True)
    bundle = make_toy_voice(tmp_path, frames=True, storage="float32").path
    sizes = acoustic.model.config
    for key, fewer in (
        ("frames.blocks", replace(sizes, frames=replace(sizes.frames, blocks=1))),
        ("encoder.layers", replace(sizes, encoder=replace(sizes.encoder, layers=1))),
    ):
        with pytest.raises(TrainingError, match=key):
            start_from_bundle(bundle, GlowTts(fewer, 58, 2), acoustic.speakers)


def test_a_run_is_no_bundle(tmp_path: Path) -> None:
    assert not is_bundle(tmp_path)
    assert is_bundle(make_toy_voice(tmp_path).path)
    with pytest.raises(KosorongError):
        start_from_bundle(tmp_path / "nothing", toy_acoustic().model, ["one"])
