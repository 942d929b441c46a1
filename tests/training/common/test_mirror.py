"""The second place: copies whole, found when resuming, never the end of a training."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from test_loop import CONFIG, Toy, equal, weights

from kosorong.errors import StorageError, TrainingError
from kosorong.training.common import checkpoints, mirror
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.loop import Loop
from kosorong.training.common.mirror import Mirror


class LostError(Exception):
    """The machine is gone."""


class Vanishing(Toy):
    """Loses its machine in step 8; the last checkpoint is of step 6, which is the best one."""

    def train_step(self, step: int) -> dict[str, float]:
        if step == 8:
            raise LostError
        return super().train_step(step)


def no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_every_checkpoint_has_a_whole_copy_with_its_digest(tmp_path: Path) -> None:
    run, drive = tmp_path / "run", tmp_path / "drive"
    Loop(Toy(), CONFIG, run, "steps: 12\n", mirror=drive).run(resume=False)
    files = {p.relative_to(run) for p in (run / "checkpoints").iterdir()}
    assert {p.relative_to(drive) for p in (drive / "checkpoints").iterdir()} == files
    for name in [*files, Path("recipe.yaml")]:
        assert (drive / name).read_bytes() == (run / name).read_bytes()
    assert (drive / "log.jsonl").exists()


def test_a_lost_machine_goes_on_from_the_second_place(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path / "whole").run(resume=False)
    run, drive = tmp_path / "run", tmp_path / "drive"
    with pytest.raises(LostError):
        Loop(Vanishing(), CONFIG, run, mirror=drive).run(resume=False)
    run = tmp_path / "on another machine"
    assert Loop(Toy(), CONFIG, run, mirror=drive).run(resume=True) == 12
    assert equal(weights(tmp_path / "whole"), weights(run))
    assert CheckpointFolder(run / "checkpoints").best_or_newest()[1]["step"] == 6
    assert (run / "log.jsonl").read_text().startswith('{"step": 2')


def test_the_newest_good_one_of_both_places_is_found(tmp_path: Path) -> None:
    first, second = CheckpointFolder(tmp_path / "1"), CheckpointFolder(tmp_path / "2")
    first.save(3, {"step": 3})
    second.save(5, {"step": 5})
    second.save(9, {"step": 9}).write_bytes(b"torn")
    with pytest.warns(UserWarning, match="damaged"):
        found = first.newest(second)
    assert found is not None
    assert found[1]["step"] == 5
    second.take(first.save(5, {"step": 5}))
    with pytest.warns(UserWarning, match="damaged"):
        found = first.newest(second)
    assert found is not None
    assert found[0].parent == first.folder


def test_a_full_second_place_is_a_warning_and_its_copies_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, drive = tmp_path / "run", tmp_path / "drive"
    folder = CheckpointFolder(run / "checkpoints")
    second = Mirror(drive, run, 2)
    second.keep(folder.save(1, {"step": 1}), best=True)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", no_space)
        with pytest.warns(UserWarning, match=r"No space left.*goes on.*Free space"):
            second.keep(folder.save(2, {"step": 2}), best=True)
    assert [p.name for p in sorted((drive / "checkpoints").glob("*.pt"))] == [
        "best.pt",
        "step-000000001.pt",
    ]
    assert not list(drive.rglob("*.new"))
    second.keep(folder.save(3, {"step": 3}), best=False)
    assert second.checkpoints.newest()[1] == {"step": 3}


def test_a_vanished_second_place_is_a_warning_and_not_made_again(tmp_path: Path) -> None:
    run, drive = tmp_path / "run", tmp_path / "drive"

    class Unplugging(Toy):
        def train_step(self, step: int) -> dict[str, float]:
            if step == 5:
                shutil.rmtree(drive)
            return super().train_step(step)

    with pytest.warns(UserWarning, match=r"second place.*fails.*mount it again"):
        assert Loop(Unplugging(), CONFIG, run, mirror=drive).run(resume=False) == 12
    assert not drive.exists()
    assert weights(run)


def test_a_drive_that_is_not_mounted_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Mount the drive"):
        Loop(Toy(), CONFIG, tmp_path / "run", mirror=tmp_path / "nowhere" / "drive")
    with pytest.raises(StorageError, match="another disk"):
        Loop(Toy(), CONFIG, tmp_path / "run", mirror=tmp_path / "run")


def test_copies_of_another_run_are_not_written_over(tmp_path: Path) -> None:
    Loop(Toy(), CONFIG, tmp_path / "run", mirror=tmp_path / "drive").run(resume=False)
    with pytest.raises(TrainingError, match=r"drive: .*--resume"):
        Loop(Toy(), CONFIG, tmp_path / "new", mirror=tmp_path / "drive").run(resume=False)


def test_where_the_first_place_is_full_the_second_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, drive = tmp_path / "run", tmp_path / "drive"
    write = checkpoints._write

    def first_is_full(path: Path, state: dict[str, object]) -> None:
        if run in path.parents:
            raise StorageError("the checkpoint could not be written: full.", where=str(path))
        write(path, state)

    monkeypatch.setattr(checkpoints, "_write", first_is_full)
    with pytest.warns(UserWarning, match="in the second place alone"):
        Loop(Toy(), CONFIG, run, mirror=drive).run(resume=False)
    found = CheckpointFolder(drive / "checkpoints").newest()
    assert found is not None
    assert found[1]["step"] == 12
    monkeypatch.setattr(mirror.CheckpointFolder, "save", no_space)
    with pytest.raises(StorageError, match="full"):
        Mirror(drive, run, 2).stand_in(13, {}, StorageError("full."), best=False)


def test_figures_that_cannot_be_written_do_not_end_a_training(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").mkdir()
    (tmp_path / "pictures").write_text("in the way")
    config = replace(CONFIG, steps=2, draw_every=2)
    with pytest.warns(UserWarning, match="of step 2 could not be written") as caught:
        assert Loop(Toy(), config, tmp_path).run(resume=False) == 2
    said = " ".join(str(one.message) for one in caught)
    assert "figures of step 2" in said
    assert "pictures of step 2" in said


def test_best_is_copied_where_the_drive_knows_no_hard_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = CheckpointFolder(tmp_path)
    path = folder.save(1, {"weight": torch.ones(2)})
    monkeypatch.setattr(checkpoints.os, "link", no_space)
    folder.mark_best(path)
    assert (tmp_path / "best.pt").read_bytes() == path.read_bytes()
    assert folder.best_or_newest()[0].name == "best.pt"


def test_a_damaged_best_checkpoint_gives_way_to_the_newest(tmp_path: Path) -> None:
    folder = CheckpointFolder(tmp_path)
    folder.mark_best(folder.save(1, {"step": 1}))
    folder.save(2, {"step": 2})
    (tmp_path / "best.pt").write_bytes(b"torn")
    with pytest.warns(UserWarning, match="newest one instead"):
        assert folder.best_or_newest()[1]["step"] == 2


def test_a_damaged_newer_file_costs_good_ones_no_place(tmp_path: Path) -> None:
    folder = CheckpointFolder(tmp_path, keep_last=1)
    folder.save(12, {"step": 12}).write_bytes(b"torn")
    folder.save(10, {"step": 10})
    with pytest.warns(UserWarning, match="damaged"):
        found = folder.newest()
    assert found is not None
    assert found[1]["step"] == 10
