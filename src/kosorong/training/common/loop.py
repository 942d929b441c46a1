"""The training loop: steps, logs, validation, checkpoints, a clean stop."""

from __future__ import annotations

import json
import signal
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import torch

from kosorong.audio.mark import Heard, Mark
from kosorong.audio.wav import write_wav
from kosorong.config import MEL
from kosorong.errors import StorageError, TrainingError
from kosorong.training.common import plots, processes
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.ema import MovingAverage
from kosorong.training.common.experiment import RECORDED, Experiment, LoopConfig
from kosorong.training.common.mirror import Mirror

# What the rows of weights stand for, by the description's keys.
_IDENTITY = {"symbols": "symbols", "mel": "mel spectrograms", "speakers": "speakers"}
_OTHER_MODEL = (
    "Go on with the recipe and the corpus of this run; to carry its weights to other symbols or "
    "speakers, start a new run with start_from."
)


class Loop:
    """Runs an experiment until its last step or a signal.

    Args:
        experiment: What is trained.
        config: How long, and what is written.
        run: The run's folder: checkpoints/, pictures/, tensorboard/, log.jsonl.
        recipe_text: The recipe as YAML, kept beside the run.
        mirror: A second place that checkpoints are copied to.
    """

    def __init__(
        self,
        experiment: Experiment,
        config: LoopConfig,
        run: Path,
        recipe_text: str = "",
        mirror: Path | None = None,
    ) -> None:
        self.experiment = experiment
        self.config = config
        self.run_folder = run
        self.step = 0
        self.best = float("inf")
        self.stopping = False
        self._saved, self._saved_at = -1, 0.0
        self._is_first = processes.rank() == 0
        run.mkdir(parents=True, exist_ok=True)
        self.checkpoints = CheckpointFolder(run / "checkpoints", config.keep_last)
        self.mirror = Mirror(mirror, run, config.keep_last) if mirror is not None else None
        averaged = experiment.averaged
        self.average = (
            MovingAverage(averaged, config.ema_decay)
            if averaged is not None and config.ema_decay > 0
            else None
        )
        if recipe_text and self._is_first:
            (run / "recipe.yaml").write_text(recipe_text, encoding="utf-8")

    def restore(self) -> bool:
        """Load the newest good checkpoint of both places; return whether there was one.

        Raises:
            TrainingError: It is of another model, for other symbols, mels or speakers.
        """
        newest = self.checkpoints.newest(self.mirror.checkpoints if self.mirror else None)
        if newest is None:
            return False
        if self.mirror is not None and self._is_first:
            self.mirror.bring_back()
        path, state = newest
        self._refuse_another_model(path, state.get("description", {}))
        try:
            for name, module in self.experiment.modules.items():
                module.load_state_dict(state["modules"][name])
        except (KeyError, RuntimeError) as error:
            raise TrainingError(
                f"the weights do not fit the recipe: {str(error).splitlines()[0]}",
                where=str(path),
                cure=_OTHER_MODEL,
            ) from error
        for name, optimizer in self.experiment.optimizers.items():
            optimizer.load_state_dict(state["optimizers"][name])
        if self.average is not None:
            self.average.load_state_dict(state["average"])
        self.experiment.arithmetic.load_state_dict(state.get("arithmetic", {}))
        self.step = int(state["step"])
        self.best = float(state["best"])
        return True

    def _refuse_another_model(self, path: Path, description: Mapping[str, object]) -> None:
        """Weights may fit and mean something else: the tenth symbol, the second speaker."""
        own = self.experiment.description
        for key in (key for key in _IDENTITY if key in own and key in description):
            # Lists may come back as tuples.
            if _plain(description[key]) != _plain(own[key]):
                raise TrainingError(
                    f"the run was trained with other {_IDENTITY[key]}.",
                    where=str(path),
                    cure=_OTHER_MODEL,
                )

    def run(self, *, resume: bool) -> int:
        """Train; return the last finished step.

        Args:
            resume: Go on from the newest good checkpoint.

        Raises:
            TrainingError: Checkpoints are there and `resume` is off, or the loss is not finite.
        """
        if not resume:
            self._refuse_to_start_over()
        if resume and self.restore():
            self._say(f"resuming after step {self.step}")
        else:
            # After the restore, for a model's data-dependent start is part of its weights.
            self.experiment.prepare(0)
        for module in self.experiment.modules.values():
            processes.same_start(module.state_dict().values())
        with self._signals():
            self._steps()
        return self.step

    def _refuse_to_start_over(self) -> None:
        for folder in (self.checkpoints, *((self.mirror.checkpoints,) if self.mirror else ())):
            if folder.steps():
                raise TrainingError(
                    "this run has checkpoints already.",
                    where=str(folder.folder.parent),
                    cure="Add --resume to go on with it, or choose another --out and --mirror.",
                )

    def _steps(self) -> None:
        config, started, first = self.config, time.monotonic(), self.step
        self._saved_at = shown_at = started
        sums: dict[str, list[float]] = {}
        while self.step < config.steps and not self.stopping:
            self._set_learning_rate(self.step + 1)
            figures = self.experiment.train_step(self.step + 1)
            self.step += 1
            if self.average is not None:
                self.average.update()
            for key, value in figures.items():
                sums.setdefault(key, []).append(value)
            if self.step % config.log_every == 0:
                pace = (time.monotonic() - started) / (self.step - first)
                shown_at = self._log(sums, pace, shown_at)
                sums = {}
            if self._is_first:
                self._keep_and_show()
            self.stopping = processes.any_of(self.stopping)
        if self._saved != self.step and self._is_first:
            self.save()

    def _keep_and_show(self) -> None:
        """Validate, save and draw where it is time to: the first process's work."""
        config = self.config
        if self.step % config.validate_every == 0 or self.step == config.steps:
            self._validate()
        elif time.monotonic() - self._saved_at > config.checkpoint_minutes * 60:
            self.save()
        if self.step % config.draw_every == 0:
            self._draw()

    def save(self, *, best: bool = False) -> None:
        """Write a checkpoint of the present step, and its copy in the second place.

        Args:
            best: Keep it as the best one, whatever is saved later.

        Raises:
            StorageError: It could be written in no place.
        """
        state = self._state()
        try:
            path = self.checkpoints.save(self.step, state)
        except StorageError as error:
            if self.mirror is None:
                raise
            self.mirror.stand_in(self.step, state, error, best=best)
        else:
            if best:
                self.checkpoints.mark_best(path)
            if self.mirror is not None:
                self.mirror.keep(path, best=best)
        self._saved = self.step
        self._saved_at = time.monotonic()

    def _state(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "best": self.best,
            "modules": {k: m.state_dict() for k, m in self.experiment.modules.items()},
            "optimizers": {k: o.state_dict() for k, o in self.experiment.optimizers.items()},
            "average": self.average.state_dict() if self.average is not None else {},
            "arithmetic": self.experiment.arithmetic.state_dict(),
            "description": dict(self.experiment.description),
        }

    @contextmanager
    def _averaged(self) -> Iterator[None]:
        if self.average is None:
            yield
        else:
            with self.average.applied():
                yield

    def _validate(self) -> None:
        with self._averaged():
            figures = self.experiment.validate(self.step)
        criterion = next(iter(figures.values()), float("inf"))
        better = criterion < self.best or not self.experiment.is_judged(self.step)
        self.best = min(self.best, criterion)
        self.save(best=better)
        text = "  ".join(f"{k} {v:.4f}" for k, v in figures.items())
        self._say(f"step {self.step}  validation: {text}{'  (best)' if better else ''}")
        self._record({f"validation/{k}": v for k, v in figures.items()})

    def _draw(self) -> None:
        folder = self.run_folder / "pictures"
        with self._spared("pictures"), self._averaged():
            folder.mkdir(exist_ok=True)
            self.experiment.draw(self.step, folder)
            board = self.run_folder / "tensorboard"
            for picture in folder.glob(f"*-{self.step:07d}.png"):
                plots.tensorboard_picture(board, picture, self.step)
            for name, samples in self.experiment.sounds(self.step).items():
                path = folder / f"{name}-{self.step:07d}.wav"
                write_wav(path, samples, MEL.sample_rate, self._tags(name))
                plots.tensorboard_sound(board, name, samples, self.step)
            plots.draw_log(self.run_folder / "log.jsonl", folder / "losses.png")

    def _tags(self, name: str) -> dict[str, str]:
        """Return the tags of a sample; whom the corpus names, a training does not know."""
        is_synthetic = name != RECORDED
        who = Heard(
            f"{self.run_folder.name} {self.step}" if is_synthetic else name, "", is_synthetic
        )
        return {"title": name, **Mark((who,)).tags()}

    @contextmanager
    def _spared(self, what: str) -> Iterator[None]:
        """Warn where `what` cannot be written: only a lost checkpoint is worth a training's end."""
        try:
            yield
        except (OSError, StorageError) as error:
            warnings.warn(
                f"{self.run_folder}: {what} of step {self.step} could not be written: {error}. "
                "Free some space there; the training goes on.",
                stacklevel=3,
            )

    def _log(self, sums: dict[str, list[float]], pace: float, shown_at: float) -> float:
        means = {k: sum(v) / len(v) for k, v in sums.items()}
        bad = [k for k, v in means.items() if v != v]
        if bad:
            raise TrainingError(
                f"{', '.join(bad)} is not a number at step {self.step}.",
                where=str(self.run_folder),
                cure="Lower the learning rate, and go on from the last checkpoint with --resume.",
            )
        self._record({f"train/{k}": v for k, v in means.items()} | {"train/seconds": pace})
        now = time.monotonic()
        if now - shown_at < 60 and self.step > self.config.log_every:
            return shown_at
        left = pace * (self.config.steps - self.step) / 60
        text = "  ".join(f"{k} {v:.4f}" for k, v in means.items())
        self._say(
            f"step {self.step}/{self.config.steps}  {text}  {pace:.2f} s/step  {left:.0f} min left"
        )
        return now

    def _record(self, figures: dict[str, float]) -> None:
        if not self._is_first:
            return
        line = {"step": self.step, **{k: round(v, 6) for k, v in figures.items()}}
        with self._spared("figures"):
            with (self.run_folder / "log.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            plots.tensorboard_scalars(self.run_folder / "tensorboard", figures, self.step)

    def _say(self, text: str) -> None:
        if self._is_first:
            print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)

    def _set_learning_rate(self, step: int) -> None:
        rate = self.config.schedule.at(step, self.config.steps)
        for optimizer in self.experiment.optimizers.values():
            for group in optimizer.param_groups:
                group["lr"] = rate * group.get("rate_scale", 1.0)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(number: int, frame: FrameType | None) -> None:
            self._say(f"{signal.Signals(number).name}: saving after this step")
            self.stopping = True

        previous = {s: signal.signal(s, stop) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)


def seed_step(seed: int, step: int) -> None:
    """Seed torch's generators for one step, as a function of (seed, step) and the process."""
    torch.manual_seed((seed * 1_000_003 + step + processes.rank() * 1_000_000_007) % 2**63)


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
