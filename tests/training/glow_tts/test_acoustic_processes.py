"""Real processes: killed ones go on as if nothing had been, two are one at the same batch."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from kosorong.training import start
from kosorong.training.common.checkpoints import CheckpointFolder

pytestmark = pytest.mark.slow

RECIPE = """
kind: acoustic
main_speaker: one
batch_size: 4
prior_steps: 4
backward_weight: 1.0
backward_noise: {noise}
model:
  speaker_channels: 4
  encoder: {{channels: 16, inner: 16, layers: 1, dropout: {dropout}, prenet_dropout: {dropout}}}
  durations: {{inner: 16, dropout: {dropout}}}
  decoder: {{blocks: 2, hidden: 16, layers: 1, dropout: {dropout}}}
loop:
  steps: {steps}
  schedule: {{peak: 1e-3, warmup: 2, decay: constant}}
  device: cpu
  precision: fp32
  log_every: 1
  validate_every: 1000
  draw_every: 1000000
  checkpoint_minutes: 0
"""


def recipe(folder: Path, *, steps: int, dropout: float = 0.1, noise: float = 0.3) -> Path:
    path = folder / f"recipe-{steps}.yaml"
    path.write_text(RECIPE.format(steps=steps, dropout=dropout, noise=noise))
    return path


def started(
    recipe: Path, data: Path, run: Path, environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    words = ["train", "acoustic", "--recipe", recipe, "--data", data, "--out", run]
    return subprocess.Popen(
        [sys.executable, "-m", "kosorong", *map(str, words)],
        env={**os.environ, "OMP_NUM_THREADS": "1", **(environment or {})},
        stderr=subprocess.PIPE,
    )


def newest(run: Path) -> tuple[int, dict[str, torch.Tensor]]:
    found = CheckpointFolder(run / "checkpoints").newest()
    assert found is not None
    state = found[1]
    average = {f"average of {name}": value for name, value in state["average"]["shadow"].items()}
    return state["step"], {**state["modules"]["model"], **average}


def test_a_run_killed_at_any_moment_and_resumed_equals_the_unbroken(
    tiny_corpus_folder: Path, tmp_path: Path
) -> None:
    run, data = tmp_path / "killed", tiny_corpus_folder
    process = started(recipe(tmp_path, steps=100_000), data, run)
    for _ in range(6_000):
        if list(run.glob("checkpoints/step-*.pt")) or process.poll() is not None:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    _, said = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, said.decode()
    steps = newest(run)[0] + 3
    again = recipe(tmp_path, steps=steps)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as in the other process: sums round by the number of threads
    try:
        start.train("acoustic", again, data, run, resume=True)
        start.train("acoustic", again, data, tmp_path / "whole", resume=False)
    finally:
        torch.set_num_threads(threads)
    (reached, resumed), (_, whole) = newest(run), newest(tmp_path / "whole")
    assert reached == steps
    assert all(torch.equal(resumed[name], whole[name]) for name in whole)


def test_two_machines_train_one_model_and_say_how_to_go_on(
    tiny_corpus_folder: Path, tmp_path: Path
) -> None:
    """As `torchrun` starts them on two hosts, by two addresses of this one."""
    made = recipe(tmp_path, steps=2, dropout=0.0, noise=0.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--nnodes",
        "2",
        "--nproc-per-node",
        "1",
    ]
    words += ["--master-addr", "127.0.0.1", "--master-port", port, "-m", "kosorong"]
    at = len(words) - 2
    train = ["train", "acoustic", "--recipe", made, "--data", tiny_corpus_folder]
    pair = [
        subprocess.Popen(
            [
                *words[:at],
                *("--node-rank", number, "--local-addr", f"127.0.0.{1 + int(number)}"),
                *words[at:],
                *map(str, [*train, "--out", tmp_path / "two"]),
            ],
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stderr=subprocess.PIPE,
        )
        for number in ("0", "1")
    ]
    for process in pair:
        _, said = process.communicate(timeout=600)
        assert process.returncode == 0, said.decode()
    assert newest(tmp_path / "two")[0] == 2
    told = (tmp_path / "two" / "HOW-TO-RESUME.txt").read_text()
    assert f"--nnodes 2 --node-rank 0 --master-addr 127.0.0.1 --master-port {port}" in told
    assert "--nproc-per-node 1" in told


def curve(run: Path) -> list[tuple[int, float, float, float]]:
    rows = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    keys = ("nll", "duration", "backward")
    return [(r["step"], *(r[f"train/{k}"] for k in keys)) for r in rows if "train/nll" in r]


def test_two_processes_give_the_curve_of_one_at_the_same_batch(
    tiny_corpus_folder: Path, tmp_path: Path
) -> None:
    """Without dropout and noise, whose draws differ, losses agree to 1e-3 over eight steps."""
    data, made = tiny_corpus_folder, recipe(tmp_path, steps=8, dropout=0.0, noise=0.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    # What torchrun tells its processes.
    meeting = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "WORLD_SIZE": "2"}
    pair = [
        started(made, data, tmp_path / "two", {**meeting, "RANK": n, "LOCAL_RANK": n})
        for n in ("0", "1")
    ]
    start.train("acoustic", made, data, tmp_path / "one", resume=False)
    told = []
    for process in pair:
        _, said = process.communicate(timeout=300)
        assert process.returncode == 0, said.decode()
        told.append("corpus: 12 utterances" in said.decode())
    assert told == [True, False]  # checked, and told of, once
    one, two = curve(tmp_path / "one"), curve(tmp_path / "two")
    assert [row[0] for row in two] == list(range(1, 9))  # written by the first process alone
    for left, right in zip(one, two, strict=True):
        assert right == pytest.approx(left, rel=1e-3)
    assert "torchrun" in (tmp_path / "two" / "HOW-TO-RESUME.txt").read_text()
