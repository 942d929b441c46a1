from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from kosorong.config import MEL
from kosorong.errors import RecipeError
from kosorong.text.sound.symbols import BLANK_ID, SYMBOLS
from kosorong.training.common.loop import Loop, LoopConfig
from kosorong.training.common.recipes import load_recipe, parse_recipe
from kosorong.training.common.schedule import Schedule
from kosorong.training.corpora.manifest import Split, Utterance
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.recogniser.data import (
    SILENT,
    AugmentConfig,
    FramePlan,
    RecogniserData,
    augment,
    mask,
    normalise,
    sounds,
)
from kosorong.training.recogniser.experiment import RecogniserExperiment, RecogniserRecipe
from kosorong.training.recogniser.model import (
    Recogniser,
    RecogniserConfig,
    ctc_loss,
    output_lengths,
)

TEXTS = ("바다.", "나무", "달이 떠서", "돌하르방", "구름", "비", "눈이 와", "마당")
REPOSITORY = Path(__file__).parents[3]


def _corpus(repeats: int = 3) -> PackedCorpus:
    """Recordings whose mel shows each sound as a bump of its own."""
    utterances, mels = [], []
    draw = np.random.default_rng(5)
    for n in range(repeats * len(TEXTS)):
        text = TEXTS[n % len(TEXTS)]
        split: Split = "valid" if n < 2 else "train"
        columns = []
        for symbol in sounds(text):
            bump = -8 + 8 * np.exp(-0.5 * ((np.arange(MEL.n_mels) - 1.3 * symbol) / 1.5) ** 2)
            columns += [np.full(MEL.n_mels, -8.0)] * 3 + [bump] * 5
        mel = np.stack(columns) + 0.1 * draw.standard_normal((len(columns), MEL.n_mels))
        mels.append(mel.astype(np.float16))
        name = "lmy" if n % 2 else "kih"
        utterances.append(Utterance(f"u{n}", name, split, len(mel) / 86, "", text))
    starts = np.cumsum([0, *map(len, mels)])
    silence = np.zeros(int(starts[-1]) * MEL.hop_length, np.int16)
    return PackedCorpus(tuple(utterances), silence, np.concatenate(mels), starts)


def _recipe(steps: int = 4) -> RecogniserRecipe:
    return RecogniserRecipe(
        main_speaker="lmy",
        model=RecogniserConfig(channels=32, blocks=2, kernel_size=5, dropout=0.0, skip=0.0),
        augment=AugmentConfig(warp=0.0, time_masks=0.0, band_masks=0, noise=-4.0),
        batch_frames=400,
        loop=LoopConfig(
            steps=steps,
            schedule=Schedule(peak=1e-2, warmup=5),
            precision="fp32",
            validate_every=steps,
            draw_every=steps + 1,
            ema_decay=0,
        ),
    )


def test_targets_are_sounds_only() -> None:
    ids = sounds("달이, 떠서!")
    assert not SILENT & set(ids)
    assert len(ids) == 8


def test_normalised_mels_have_mean_0_and_variance_1() -> None:
    mel = np.random.default_rng(1).normal(-4, 3, (80, 200)).astype(np.float32)
    normal = normalise(mel)
    assert np.abs(normal.mean(1)).max() < 1e-4
    assert np.abs(normal.std(1) - 1).max() < 2e-2


def test_augmenting_without_room_changes_nothing_but_faint_noise() -> None:
    mel = np.random.default_rng(1).normal(-4, 1, (80, 50)).astype(np.float32)
    still = AugmentConfig(tempo=0, warp=0, tilt=0, noise=-30)
    assert np.allclose(augment(mel, still, np.random.default_rng(0)), mel, atol=1e-4)


def test_tempo_changes_the_length_by_at_most_its_share() -> None:
    mel = np.zeros((80, 200), np.float32)
    lengths = [
        augment(mel, AugmentConfig(tempo=0.2), np.random.default_rng(n)).shape[1] for n in range(30)
    ]
    assert 166 <= min(lengths) < 190
    assert 210 < max(lengths) <= 250


def test_masks_take_out_no_more_than_they_may() -> None:
    mel = np.ones((80, 300), np.float32)
    config = AugmentConfig(band_masks=2, band_mask_mels=10, time_masks=1.0, time_mask_frames=12)
    for seed in range(20):
        masked = mask(mel, config, np.random.default_rng(seed))
        assert (masked == 0).all(1).sum() <= 20
        assert (masked == 0).all(0).sum() <= 36
    assert (mel == 1).all()


def test_the_same_step_gives_the_same_batch() -> None:
    data = RecogniserData(_corpus())
    one, two = (
        data.batch([3, 5], AugmentConfig(), np.random.default_rng((1, 7))) for _ in range(2)
    )
    assert torch.equal(one.mel, two.mel)
    assert one.target_lengths.tolist() == [len(data.targets[3]), len(data.targets[5])]


def test_an_epoch_holds_every_training_utterance_once() -> None:
    data = RecogniserData(_corpus())
    plan = FramePlan(data, 300, seed=3)
    seen = [i for s in range(1, plan.steps_per_epoch + 1) for i in plan.indices(s)]
    assert sorted(seen) == data.of_split("train")


def test_padding_does_not_change_the_scores() -> None:
    torch.manual_seed(0)
    model = Recogniser(RecogniserConfig(channels=16, blocks=3), len(SYMBOLS)).eval()
    mel = torch.randn(1, 80, 40)
    padded = torch.cat([mel, torch.zeros(1, 80, 31)], 2)
    alone, _ = model(mel, torch.tensor([40]))
    together, _ = model(padded, torch.tensor([40]))
    assert torch.allclose(alone, together[:, :20], atol=1e-5)


def test_scores_are_log_probabilities_at_half_the_frame_rate() -> None:
    model = Recogniser(RecogniserConfig(channels=16, blocks=2), len(SYMBOLS))
    for scores in model(torch.randn(2, 80, 41), torch.tensor([41, 30])):
        assert scores.shape == (2, 21, len(SYMBOLS))
        assert torch.allclose(scores.exp().sum(-1), torch.ones(2, 21), atol=1e-5)
    assert output_lengths(torch.tensor([41, 30, 1])).tolist() == [21, 15, 1]


def test_loss_of_one_frame_and_one_symbol_is_its_log_probability() -> None:
    scores = torch.randn(1, 1, len(SYMBOLS)).log_softmax(-1)
    loss = ctc_loss(scores, torch.tensor([1]), torch.tensor([20]), torch.tensor([1]))
    assert loss.item() == pytest.approx(-scores[0, 0, 20].item(), rel=1e-5)


def test_loss_of_two_frames_sums_over_the_three_paths() -> None:
    scores = torch.randn(1, 2, len(SYMBOLS)).log_softmax(-1)
    p = scores[0].exp()
    paths = p[0, 9] * p[1, 9] + p[0, 9] * p[1, BLANK_ID] + p[0, BLANK_ID] * p[1, 9]
    loss = ctc_loss(scores, torch.tensor([2]), torch.tensor([9]), torch.tensor([1]))
    assert loss.item() == pytest.approx(-paths.log().item(), rel=1e-4)


def test_a_small_recogniser_learns_bumps(tmp_path: Path) -> None:
    torch.manual_seed(0)
    recipe = _recipe(60)
    experiment = RecogniserExperiment(recipe, _corpus())
    Loop(experiment, recipe.loop, tmp_path).run(resume=False)
    figures = experiment.validate(60)
    assert figures["error"] < 0.6  # untrained: 1.0
    assert set(figures) == {"error", "error_main"}


def test_pictures_are_written(tmp_path: Path) -> None:
    experiment = RecogniserExperiment(_recipe(), _corpus(1))
    experiment.draw(1, tmp_path)
    assert (tmp_path / "heard-0000001.png").stat().st_size > 1000


def test_the_recipe_in_the_repository_is_valid() -> None:
    recipe = load_recipe(REPOSITORY / "recipes/recogniser/small.yaml", RecogniserRecipe)
    assert recipe.main_speaker == "lmy"


def test_unknown_keys_of_a_recipe_are_named() -> None:
    with pytest.raises(RecipeError, match=r"Valid keys: .*batch_frames"):
        parse_recipe({"main_speaker": "lmy", "batchframes": 3}, RecogniserRecipe)


def test_an_even_kernel_is_refused() -> None:
    with pytest.raises(RecipeError, match="odd"):
        parse_recipe({"main_speaker": "a", "model": {"kernel_size": 4}}, RecogniserRecipe)
