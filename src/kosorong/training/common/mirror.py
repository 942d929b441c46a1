"""A second place for what a run must not lose: a mounted drive, where machines may vanish."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kosorong.errors import StorageError
from kosorong.training.common.checkpoints import CheckpointFolder, copy_whole

BESIDE = ("recipe.yaml", "log.jsonl", "HOW-TO-RESUME.txt")
"""Small files of a run that are copied with its checkpoints."""


class Mirror:
    """Copies of a run's checkpoints in another folder.

    Trouble with the second place never stops a training: it is a warning, and the next checkpoint
    is copied as soon as the place is there again.

    Args:
        folder: The second place. Its parent must exist, or a drive that is not mounted would be
            "copied to" on the first disk.
        run: The run's folder.
        keep_last: Newest checkpoints kept there besides the best.

    Raises:
        StorageError: The parent is missing, the folder cannot be made, or it is the run's own.
    """

    def __init__(self, folder: Path, run: Path, keep_last: int) -> None:
        self.folder, self.run, self.keep_last = folder, run, keep_last
        if folder.resolve() == run.resolve():
            raise StorageError(
                "the second place is the run's own folder.",
                where=str(folder),
                cure="Choose a folder on another disk for --mirror.",
            )
        try:
            folder.mkdir(exist_ok=True)
            _ = self.checkpoints
        except OSError as error:
            raise StorageError(
                f"the second place for checkpoints cannot be used: {error}.",
                where=str(folder),
                cure="Mount the drive, or give --mirror a folder whose parent exists.",
            ) from error

    @property
    def checkpoints(self) -> CheckpointFolder:
        """The checkpoints there.

        Raises:
            OSError: The place has vanished.
        """
        inner = self.folder / "checkpoints"
        inner.mkdir(exist_ok=True)  # no parents: an unmounted drive must not come back as a folder
        return CheckpointFolder(inner, self.keep_last)

    def keep(self, checkpoint: Path, *, best: bool) -> None:
        """Copy a checkpoint and the small files beside it.

        Args:
            checkpoint: Just written in the run's folder.
            best: Mark the copy as the best one, too.
        """
        with self._warned():
            there = self.checkpoints
            copy = there.take(checkpoint)
            if best:
                there.mark_best(copy)
            for path in (self.run / name for name in BESIDE):
                if path.exists():
                    copy_whole(path, self.folder / path.name)

    def stand_in(
        self, step: int, state: dict[str, Any], error: StorageError, *, best: bool
    ) -> None:
        """Write a checkpoint here alone because the first place could not take it.

        Args:
            step: The step.
            state: What `CheckpointFolder.save` takes.
            error: What the first place said; raised where this place fails, too.
            best: Mark it as the best one, too.
        """
        try:
            there = self.checkpoints
            path = there.save(step, state)
            if best:
                there.mark_best(path)
        except (OSError, StorageError) as gone:
            raise error from gone
        warnings.warn(f"{error} It lies in the second place alone: {path}.", stacklevel=2)

    def bring_back(self) -> None:
        """Copy to the run's folder what a fresh one lacks: the best checkpoint and the log."""
        names = (*BESIDE, "checkpoints/best.pt", "checkpoints/best.sha256")
        with self._warned():
            for name in names:
                if (self.folder / name).exists() and not (self.run / name).exists():
                    copy_whole(self.folder / name, self.run / name)

    @contextmanager
    def _warned(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            warnings.warn(
                f"{self.folder}: the second place for checkpoints fails: {error}. The training "
                "goes on with the first alone. Free space there or mount it again; the next "
                "checkpoint is copied then.",
                stacklevel=3,
            )
