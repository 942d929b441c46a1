"""Checkpoints: written atomically, checked when read, the newest good one found."""

from __future__ import annotations

import hashlib
import os
import shutil
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch

from kosorong.errors import StorageError, TrainingError


class CheckpointFolder:
    """The checkpoints of one run: `step-000001234.pt`, each beside its SHA-256.

    Args:
        folder: Where they lie; made if missing.
        keep_last: How many of the newest are kept; `best.pt` is kept besides.
    """

    def __init__(self, folder: Path, keep_last: int = 3) -> None:
        self.folder = folder
        self.keep_last = keep_last
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, step: int, state: dict[str, Any]) -> Path:
        """Write a checkpoint; a reader never sees half of one.

        Raises:
            StorageError: The disk is full or not writable; earlier checkpoints are untouched.
        """
        path = self.folder / f"step-{step:09d}.pt"
        _write(path, state)
        self._prune(path)
        return path

    def take(self, source: Path) -> Path:
        """Copy a checkpoint of another folder into this one; a reader never sees half of one.

        Raises:
            OSError: The disk is full, gone or not writable; what was here is untouched.
        """
        path = self.folder / source.name
        _digest_path(path).unlink(missing_ok=True)  # it must never stand beside another file
        copy_whole(source, path)
        copy_whole(_digest_path(source), _digest_path(path))
        self._prune(path)
        return path

    def mark_best(self, path: Path) -> None:
        """Keep the checkpoint at `path` as `best.pt`, whatever is saved later."""
        best = self.folder / "best.pt"
        for source, target in ((path, best), (_digest_path(path), _digest_path(best))):
            temporary = target.with_suffix(target.suffix + ".new")
            temporary.unlink(missing_ok=True)
            try:
                os.link(source, temporary)
            except OSError:  # mounted drives often know no hard links
                copy_whole(source, target)
            else:
                temporary.replace(target)

    def newest(self, second: CheckpointFolder | None = None) -> tuple[Path, dict[str, Any]] | None:
        """Return the newest checkpoint that reads back whole, or None where there is none.

        A damaged one is passed over with a warning.

        Args:
            second: A folder with copies, which may hold newer ones; of two copies of one step the
                one here is read first.
        """
        places = [*(second.steps() if second else ()), *self.steps()]
        for path in sorted(places, key=lambda path: path.name)[::-1]:
            try:
                return path, read_checkpoint(path)
            except TrainingError as error:
                warnings.warn(f"{error} Going back to the one before.", stacklevel=2)
        return None

    def best_or_newest(self) -> tuple[Path, dict[str, Any]]:
        """Return the best checkpoint if a whole one is marked, else the newest.

        Raises:
            TrainingError: There is none.
        """
        best = self.folder / "best.pt"
        if best.exists():
            try:
                return best, read_checkpoint(best)
            except TrainingError as error:
                warnings.warn(f"{error} Taking the newest one instead.", stacklevel=2)
        newest = self.newest()
        if newest is None:
            raise TrainingError(
                "no checkpoint here.",
                where=str(self.folder),
                cure="Start the training first: kosorong train.",
            )
        return newest

    def steps(self) -> list[Path]:
        """Return the checkpoints' files, oldest first, without looking into them."""
        return sorted(self.folder.glob("step-*.pt"))

    def _prune(self, newest: Path) -> None:
        # Files of later steps are what a run fell back from: not counted, or they would cost the
        # good ones their place.
        older = [path for path in self.steps() if path.name < newest.name]
        for old in older[: len(older) - max(0, self.keep_last - 1)]:
            old.unlink(missing_ok=True)
            _digest_path(old).unlink(missing_ok=True)


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Read one checkpoint onto the CPU.

    Raises:
        TrainingError: It is missing or damaged.
    """
    digest = _digest_path(path)
    try:
        if digest.exists() and digest.read_text().strip() != _sha256(path):
            raise TrainingError("the checkpoint is damaged (SHA-256 differs).", where=str(path))
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError) as error:
        raise TrainingError(f"the checkpoint cannot be read: {error}.", where=str(path)) from error
    if not isinstance(state, dict):
        raise TrainingError("this is no checkpoint.", where=str(path))
    return state


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that `target` is the old one or the whole new one at any moment.

    Raises:
        OSError: As the system says it; `target` is untouched.
    """
    temporary = target.with_suffix(target.suffix + ".new")
    try:
        with source.open("rb") as read, temporary.open("wb") as written:
            shutil.copyfileobj(read, written, 1024 * 1024)
            written.flush()
            os.fsync(written.fileno())
        temporary.replace(target)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _write(path: Path, state: dict[str, Any]) -> None:
    temporary = path.with_suffix(".tmp")
    try:
        with temporary.open("wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        _digest_path(path).write_text(_sha256(temporary) + "\n")
        temporary.replace(path)
    except (OSError, RuntimeError) as error:
        temporary.unlink(missing_ok=True)
        raise StorageError(
            f"the checkpoint could not be written: {error}.",
            where=str(path),
            cure="Free some space; the training goes on from the checkpoint before with --resume.",
        ) from error


def _digest_path(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
