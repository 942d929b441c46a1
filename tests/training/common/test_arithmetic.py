"""Device, precision and the optimiser's step; GPUs are played by the CPU."""

from pathlib import Path

import pytest
import torch
from test_loop import CONFIG, Toy, equal, weights
from torch import nn
from torch.optim import SGD

from kosorong.errors import RecipeError, TrainingError
from kosorong.training.common.arithmetic import Arithmetic, choose_device, choose_precision
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.experiment import LoopConfig
from kosorong.training.common.loop import Loop
from kosorong.training.common.recipes import parse_recipe

GPU = torch.device("cuda", 0)


@pytest.mark.parametrize(("native", "chosen"), [(True, "bf16"), (False, "fp16")])
def test_auto_is_bf16_where_the_gpu_has_it_and_fp16_where_not(
    monkeypatch: pytest.MonkeyPatch, native: bool, chosen: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: native)
    assert choose_precision("auto", GPU) == chosen
    assert choose_precision("fp32", GPU) == "fp32"
    assert choose_precision("auto", torch.device("cpu")) == "bf16"


def test_auto_takes_the_gpu_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setenv("LOCAL_RANK", "3")
    assert choose_device("auto") == torch.device("cuda", 3)
    assert choose_device("cpu") == torch.device("cpu")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device("auto") == torch.device("cpu")
    with pytest.raises(TrainingError, match="device: auto"):
        choose_device("cuda")


def test_a_recipe_names_device_and_precision() -> None:
    config = parse_recipe({"device": "cpu", "precision": "fp16"}, LoopConfig)
    assert (config.device, config.precision) == ("cpu", "fp16")
    with pytest.raises(RecipeError, match="Valid: auto, bf16, fp16, fp32"):
        parse_recipe({"precision": "int4"}, LoopConfig)


def stepped(precision: str, factor: float = 1.0, scale: float | None = None) -> tuple[float, float]:
    """Return the norm of one step's gradient and the weight after it; the gradient is `factor`."""
    weight = nn.Parameter(torch.zeros(1))
    arithmetic = Arithmetic("cpu", precision)  # type: ignore[arg-type]
    if scale is not None:
        state = arithmetic.state_dict()
        arithmetic.load_state_dict({**state, "scale": scale})
    norm = arithmetic.descend((weight * factor).sum(), SGD([weight], 1.0), [weight], clip=2.0)
    return norm, float(weight.detach())


@pytest.mark.parametrize("precision", ["fp32", "bf16", "fp16"])
def test_a_step_clips_the_true_gradient_whatever_its_scale(precision: str) -> None:
    assert stepped(precision, 1.5) == (1.5, -1.5)
    assert stepped(precision, 8.0) == pytest.approx((8.0, -2.0))


def test_a_step_that_overflows_is_left_out_and_the_scale_falls() -> None:
    weight = nn.Parameter(torch.ones(1))
    arithmetic = Arithmetic("cpu", "fp16")
    before = arithmetic.state_dict()["scale"]
    loss = (weight * float("inf")).sum()
    assert arithmetic.descend(loss, SGD([weight], 1.0), [weight], clip=1.0) == 0.0
    assert float(weight.detach()) == 1.0
    assert arithmetic.state_dict()["scale"] < before  # type: ignore[operator]


def test_gradients_that_are_no_numbers_at_any_scale_end_the_run() -> None:
    with pytest.raises(TrainingError, match="precision: fp32"):
        stepped("fp16", float("nan"), scale=2.0**-8)


def test_the_scale_is_part_of_the_checkpoint(tmp_path: Path) -> None:
    class Half(Toy):
        def __init__(self) -> None:
            super().__init__()
            self.arithmetic = Arithmetic("cpu", "fp16")

        def train_step(self, step: int) -> dict[str, float]:
            x = torch.ones(4, 4) * step
            loss = (self.model(x) - 1).square().mean()
            clip = 1.0
            return {
                "gradient": self.arithmetic.descend(
                    loss, self.optimizer, self.model.parameters(), clip
                )
            }

    Loop(Half(), CONFIG, tmp_path).run(resume=False)
    found = CheckpointFolder(tmp_path / "checkpoints").newest()
    assert found is not None
    assert found[1]["arithmetic"]["_growth_tracker"] == 12
    again = Half()
    Loop(again, CONFIG, tmp_path).restore()
    assert again.arithmetic.state_dict()["_growth_tracker"] == 12


def test_checkpoints_of_older_versions_go_on(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path / "whole").run(resume=False)
    folder = CheckpointFolder(tmp_path / "whole" / "checkpoints")
    state = torch.load(folder.folder / "step-000000009.pt", weights_only=True)
    del state["arithmetic"]
    CheckpointFolder(tmp_path / "old" / "checkpoints").save(9, state)
    assert Loop(Toy(), CONFIG, tmp_path / "old").run(resume=True) == 12
    assert equal(weights(tmp_path / "whole"), weights(tmp_path / "old"))
