from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kosorong.bundle import (
    BundleInfo,
    find_bundle,
    installed,
    open_bundle,
    read_info,
    write_bundle,
)
from kosorong.errors import BundleError

INFO = BundleInfo(
    kind="translator",
    name="toy",
    languages=("ko", "jje"),
    licence="CC0-1.0",
    credit="nobody",
    trained_on=("nothing",),
    config={"beam": 2, "sizes": (1, 2)},
    quality={"chrF2": 1.5},
)


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    write_bundle(tmp_path / "toy", INFO, {"ct2/model.bin": b"weights", "a.json": b"{}"}, "# Toy\n")
    return tmp_path / "toy"


def test_a_bundle_reads_back_as_it_was_written(toy: Path) -> None:
    bundle = open_bundle(toy, "translator")
    assert bundle.info == replace(INFO, config={"beam": 2, "sizes": [1, 2]})
    assert bundle.file("ct2/model.bin").read_bytes() == b"weights"
    assert (toy / "README.md").read_text() == "# Toy\n"
    assert read_info(toy).name == "toy"


def test_fingerprint_follows_files_and_config_but_not_quality(tmp_path: Path, toy: Path) -> None:
    files = {"ct2/model.bin": b"weights", "a.json": b"{}"}
    own = open_bundle(toy, "translator").fingerprint
    same = write_bundle(tmp_path / "b", replace(INFO, quality={}), files, "")
    other = write_bundle(tmp_path / "c", replace(INFO, config={"beam": 3}), files, "")
    changed = write_bundle(tmp_path / "d", INFO, files | {"a.json": b"[]"}, "")
    assert same.fingerprint == own
    assert len({own, other.fingerprint, changed.fingerprint}) == 3


def test_writing_again_replaces_the_old_bundle_and_leaves_nothing_beside(toy: Path) -> None:
    write_bundle(toy, INFO, {"b.json": b"1"}, "")
    assert open_bundle(toy, "translator").files == ("b.json",)
    assert [p.name for p in toy.parent.iterdir()] == ["toy"]
    assert not (toy / "a.json").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    with pytest.raises(BundleError, match="no bundle"):
        write_bundle(tmp_path / "letters", INFO, {}, "")
    assert (tmp_path / "letters" / "dear.txt").exists()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda p: (p / "a.json").write_bytes(b"[]"), "a.json differs"),
        (lambda p: (p / "a.json").write_bytes(b"{} "), "a.json differs"),
        (lambda p: (p / "a.json").unlink(), "a.json is missing"),
        (lambda p: (p / "bundle.json").write_text("{"), "cannot be read"),
        (lambda p: (p / "bundle.json").unlink(), "no bundle.json"),
        (lambda p: _edit(p, "format", 99), "format 99"),
        (lambda p: _edit(p, "config", {"beam": 9}), "fingerprint"),
        (lambda p: _edit(p, "licence", None), "lacks licence"),
        (lambda p: _edit(p, "files", {"../a": {}}), "no file of a bundle"),
    ],
)
def test_damage_is_named_with_a_cure(toy: Path, damage: object, message: str) -> None:
    damage(toy)  # type: ignore[operator]
    with pytest.raises(BundleError, match=message) as raised:
        open_bundle(toy, "translator")
    assert raised.value.cure
    assert raised.value.where == str(toy)


def _edit(path: Path, key: str, value: object) -> None:
    manifest = path / "bundle.json"
    content = json.loads(manifest.read_text())
    content[key] = value
    manifest.write_text(json.dumps(content))


def test_another_kind_is_refused(toy: Path) -> None:
    with pytest.raises(BundleError, match="not 'voice'"):
        open_bundle(toy, "voice")


def test_unknown_files_are_refused(toy: Path) -> None:
    with pytest.raises(BundleError, match=r"no file 'x\.bin'"):
        open_bundle(toy, "translator").file("x.bin")


def test_installed_bundles_come_from_the_environment(
    toy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOSORONG_BUNDLES", str(toy.parent))
    assert toy in installed("translator")
    assert toy not in installed("voice")
    assert find_bundle("translator", "toy") == toy
    monkeypatch.setenv("KOSORONG_BUNDLES", str(toy))
    assert find_bundle("translator") == toy
    with pytest.raises(BundleError, match="'nobody'") as raised:
        find_bundle("translator", "nobody")
    assert "toy" in raised.value.cure
