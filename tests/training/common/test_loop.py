"""The loop: a run that is stopped and resumed equals an unbroken one."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.optim import AdamW, Optimizer

from kosorong.audio.wav import read_audio
from kosorong.errors import StorageError, TrainingError
from kosorong.training.common import plots
from kosorong.training.common.arithmetic import Arithmetic
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.ema import MovingAverage
from kosorong.training.common.experiment import RECORDED, Experiment, LoopConfig
from kosorong.training.common.loop import Loop, seed_step
from kosorong.training.common.schedule import Schedule


class Toy(Experiment):
    """Regression on random data with dropout: any lost random state would show."""

    def __init__(self, spoil_at: int = 0) -> None:
        torch.manual_seed(0)
        self.model = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 1))
        self.optimizer = AdamW(self.model.parameters())
        self.spoil_at = spoil_at
        self.arithmetic = Arithmetic("cpu", "fp32")

    @property
    def modules(self) -> Mapping[str, nn.Module]:
        return {"model": self.model}

    @property
    def optimizers(self) -> Mapping[str, Optimizer]:
        return {"model": self.optimizer}

    @property
    def averaged(self) -> nn.Module:
        return self.model

    def train_step(self, step: int) -> dict[str, float]:
        seed_step(7, step)
        x = torch.randn(16, 4)
        loss = (self.model(x) - x.sum(1, keepdim=True)).square().mean()
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return {"loss": float("nan") if step == self.spoil_at else loss.item()}

    def validate(self, step: int) -> dict[str, float]:
        return {"error": abs(step - 6)}


CONFIG = LoopConfig(
    steps=12, schedule=Schedule(1e-2, 2, "cosine"), log_every=2, validate_every=3, draw_every=100
)


def weights(run: Path) -> dict[str, torch.Tensor]:
    found = CheckpointFolder(run / "checkpoints").newest()
    assert found is not None
    state = found[1]
    return {
        **state["modules"]["model"],
        **{f"a{k}": v for k, v in state["average"]["shadow"].items()},
    }


def equal(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


def test_stopped_and_resumed_equals_unbroken(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path / "whole").run(resume=False)

    class Stopping(Toy):
        def train_step(self, step: int) -> dict[str, float]:
            if step == 5:
                os.kill(os.getpid(), signal.SIGTERM)
            return super().train_step(step)

    assert Loop(Stopping(), CONFIG, tmp_path / "parts").run(resume=False) == 5
    assert Loop(Toy(), CONFIG, tmp_path / "parts").run(resume=True) == 12
    assert equal(weights(tmp_path / "whole"), weights(tmp_path / "parts"))


def test_killed_without_a_signal_and_resumed_equals_unbroken(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path / "whole").run(resume=False)
    program = textwrap.dedent(
        """
        import os, sys, signal
        sys.path.insert(0, sys.argv[2])
        from pathlib import Path
        from test_loop import CONFIG, Loop, Toy
        class Dying(Toy):
            def train_step(self, step):
                if step == 8:
                    os.kill(os.getpid(), signal.SIGKILL)
                return super().train_step(step)
        Loop(Dying(), CONFIG, Path(sys.argv[1])).run(resume=False)
        """
    )
    run = tmp_path / "parts"
    arguments = [sys.executable, "-c", program, str(run), str(Path(__file__).parent)]
    ended = subprocess.run(arguments, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    Loop(Toy(), CONFIG, run).run(resume=True)
    assert equal(weights(tmp_path / "whole"), weights(run))


def test_a_run_with_checkpoints_is_not_started_over(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path).run(resume=False)
    with pytest.raises(TrainingError, match="--resume"):
        Loop(Toy(), CONFIG, tmp_path).run(resume=False)


def test_the_best_checkpoint_is_kept_with_the_newest(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path).run(resume=False)
    folder = CheckpointFolder(tmp_path / "checkpoints")
    assert folder.best_or_newest()[1]["step"] == 6
    names = sorted(p.name for p in folder.folder.glob("*.pt"))
    assert names == ["best.pt", "step-000000009.pt", "step-000000012.pt"]


def test_where_validation_cannot_judge_the_newest_is_the_best(tmp_path: Path) -> None:
    class Unjudged(Toy):
        def is_judged(self, step: int) -> bool:
            return step < 9

    Loop(Unjudged(), CONFIG, tmp_path).run(resume=False)
    assert CheckpointFolder(tmp_path / "checkpoints").best_or_newest()[1]["step"] == 12


def test_a_damaged_newest_checkpoint_falls_back_with_a_warning(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path).run(resume=False)
    folder = CheckpointFolder(tmp_path / "checkpoints")
    newest = folder.folder / "step-000000012.pt"
    data = bytearray(newest.read_bytes())
    data[len(data) // 2] ^= 0xFF
    newest.write_bytes(data)
    with pytest.warns(UserWarning, match="damaged"):
        found = folder.newest()
    assert found is not None
    assert found[1]["step"] == 9


def test_a_full_disk_is_reported_and_earlier_checkpoints_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = CheckpointFolder(tmp_path)
    folder.save(1, {"step": 1})

    def full(state: object, file: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(StorageError, match="No space left"):
        folder.save(2, {"step": 2})
    monkeypatch.undo()
    found = folder.newest()
    assert found is not None
    assert found[1]["step"] == 1
    assert not list(tmp_path.glob("*.tmp"))


def test_a_loss_that_is_no_number_stops_the_run_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"loss is not a number.*Lower the learning rate"):
        Loop(Toy(spoil_at=4), CONFIG, tmp_path).run(resume=False)


def test_figures_stand_in_the_log(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path).run(resume=False)
    rows = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [r["step"] for r in rows if "train/loss" in r] == [2, 4, 6, 8, 10, 12]
    assert [r["validation/error"] for r in rows if "validation/error" in r] == [3, 0, 3, 6]


def test_pictures_and_sample_audio_are_files_and_stand_in_tensorboard(tmp_path: Path) -> None:
    class Showing(Toy):
        def draw(self, step: int, folder: Path) -> None:
            plots.draw_matrices(folder / f"matrix-{step:07d}.png", {"one": np.eye(3)})

        def sounds(self, step: int) -> dict[str, np.ndarray]:
            return {"hum": np.full(2205, 0.25, np.float32)}

    Loop(Showing(), replace(CONFIG, draw_every=6), tmp_path).run(resume=False)
    names = sorted(p.name for p in (tmp_path / "pictures").iterdir())
    assert names == [
        "hum-0000006.wav",
        "hum-0000012.wav",
        "losses.png",
        "matrix-0000006.png",
        "matrix-0000012.png",
    ]
    samples, rate = read_audio(tmp_path / "pictures" / "hum-0000012.wav")
    assert (rate, len(samples)) == (22_050, 2205)
    logged = b"".join(p.read_bytes() for p in (tmp_path / "tensorboard").glob("events*"))
    assert logged.count(b"RIFF") == 2
    assert logged.count(b"\x89PNG") == 2


def test_sample_audio_says_whether_the_network_or_a_person_made_it(tmp_path: Path) -> None:
    from reading_marks import PERSON, check

    class Humming(Toy):
        def sounds(self, step: int) -> dict[str, np.ndarray]:
            return {name: np.full(2205, 0.25, np.float32) for name in ("hum", RECORDED)}

    Loop(Humming(), replace(CONFIG, draw_every=6), tmp_path / "run").run(resume=False)
    folder = tmp_path / "run" / "pictures"
    said = check((folder / "hum-0000012.wav").read_bytes(), "")
    assert said["artist"] == "run 12 (합성 음성 · synthetic voice)"
    check((folder / f"{RECORDED}-0000012.wav").read_bytes(), "", PERSON)


def test_sample_audio_that_cannot_be_written_stops_no_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Humming(Toy):
        def sounds(self, step: int) -> dict[str, np.ndarray]:
            return {"hum": np.zeros(10, np.float32)}

    (tmp_path / "pictures" / "hum-0000006.wav").mkdir(parents=True)
    with pytest.warns(UserWarning, match="pictures of step 6 could not be written"):
        assert Loop(Humming(), replace(CONFIG, draw_every=6), tmp_path).run(resume=False) == 12


def test_moving_average_is_the_weighted_mean_of_the_past() -> None:
    layer = nn.Linear(1, 1, bias=False)
    nn.init.constant_(layer.weight, 0.0)
    average = MovingAverage(layer, 0.9)
    nn.init.constant_(layer.weight, 1.0)
    average.update()  # decay of the first update: 2 / 11
    assert average.shadow["weight"].item() == pytest.approx(9 / 11)
    with average.applied():
        assert layer.weight.item() == pytest.approx(9 / 11)
    assert layer.weight.item() == 1.0


def test_schedules_rise_and_fall() -> None:
    cosine = Schedule(peak=1.0, warmup=10, decay="cosine", floor=0.1)
    rates = [cosine.at(s, 110) for s in (1, 10, 60, 110)]
    assert rates == pytest.approx([0.1, 1.0, 0.55, 0.1])
    assert Schedule(1.0, 10, "constant").at(99, 100) == 1.0


@pytest.mark.parametrize(
    ("key", "message"),
    [("symbols", "other symbols"), ("mel", "other mel"), ("speakers", "other speakers")],
)
def test_a_run_of_other_symbols_mels_or_speakers_is_not_gone_on_with(
    tmp_path: Path, key: str, message: str
) -> None:
    class Described(Toy):
        made_for: object = ["a", "b"]

        @property
        def description(self) -> Mapping[str, object]:
            return {key: self.made_for}

    Loop(Described(), CONFIG, tmp_path).run(resume=False)
    other = Described()
    other.made_for = ["b", "a"]
    with pytest.raises(TrainingError, match=message) as raised:
        Loop(other, CONFIG, tmp_path).run(resume=True)
    assert "start_from" in raised.value.cure
    same = Described()
    same.made_for = ("a", "b")
    assert Loop(same, CONFIG, tmp_path).run(resume=True) == 12


def test_a_run_of_another_size_is_not_gone_on_with(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path).run(resume=False)
    other = Toy()
    other.model = nn.Sequential(nn.Linear(4, 9), nn.Dropout(0.5), nn.Linear(9, 1))
    other.optimizer = AdamW(other.model.parameters())
    with pytest.raises(TrainingError, match="do not fit the recipe"):
        Loop(other, CONFIG, tmp_path).run(resume=True)
