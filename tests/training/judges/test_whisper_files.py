"""Whisper's halves are joined once, and only the model that is expected is taken."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kosorong.errors import BundleError
from kosorong.training.judges.whisper_files import MODEL, cache_folder, joined

_HALVES = (b"first half, ", b"second half")
_CONFIG = b"{}"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


EXPECTED = {MODEL: _digest(b"".join(_HALVES)), "config.json": _digest(_CONFIG)}


@pytest.fixture
def packages(tmp_path: Path) -> list[Path]:
    folders = [tmp_path / "one", tmp_path / "two"]
    for n, (folder, half) in enumerate(zip(folders, _HALVES, strict=True), 1):
        folder.mkdir()
        (folder / f"{MODEL}.part{n}").write_bytes(half)
    (folders[1] / "config.json").write_bytes(_CONFIG)
    return folders


def test_halves_become_the_model(packages: list[Path], tmp_path: Path) -> None:
    folder = joined(packages, tmp_path / "cache" / "whisper", EXPECTED)
    assert (folder / MODEL).read_bytes() == b"first half, second half"
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", MODEL]


def test_what_is_whole_is_not_joined_again(packages: list[Path], tmp_path: Path) -> None:
    folder = joined(packages, tmp_path / "cache", EXPECTED)
    (packages[0] / f"{MODEL}.part1").unlink()
    assert joined(packages, folder, EXPECTED) == folder


def test_a_damaged_copy_is_joined_again(packages: list[Path], tmp_path: Path) -> None:
    folder = joined(packages, tmp_path / "cache", EXPECTED)
    (folder / MODEL).write_bytes(b"first half, ")
    joined(packages, folder, EXPECTED)
    assert (folder / MODEL).read_bytes() == b"first half, second half"


def test_another_model_is_refused_with_the_cure(packages: list[Path], tmp_path: Path) -> None:
    (packages[1] / f"{MODEL}.part2").write_bytes(b"another")
    with pytest.raises(BundleError, match="SHA-256") as raised:
        joined(packages, tmp_path / "cache", EXPECTED)
    assert "--force-reinstall" in raised.value.cure
    assert not (tmp_path / "cache" / MODEL).exists()


def test_a_missing_half_is_named(packages: list[Path], tmp_path: Path) -> None:
    (packages[1] / f"{MODEL}.part2").unlink()
    with pytest.raises(BundleError, match=r"model\.bin\.part2: a file of Whisper is missing"):
        joined(packages, tmp_path / "cache", EXPECTED)


def test_the_cache_lies_where_the_machine_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "kosorong"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == Path.home() / ".cache" / "kosorong"
