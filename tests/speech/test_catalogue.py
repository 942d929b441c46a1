from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import speech_fixtures

from kosorong.bundle import FOLDERS_VARIABLE, BundleInfo, write_bundle
from kosorong.errors import BundleError, UsageError
from kosorong.speech.catalogue import installed_voices, open_voice
from kosorong.training.toy import make_toy_voice

toy_voice_folder = speech_fixtures.toy_voice_folder


@pytest.fixture
def own_voice(toy_voice_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDERS_VARIABLE, str(toy_voice_folder.parent))
    return toy_voice_folder


def _rewrite(source: Path, target: Path, **changes: object) -> Path:
    """Copy a bundle with a changed configuration and a right fingerprint."""
    content = json.loads((source / "bundle.json").read_text())
    info = BundleInfo(
        content["kind"],
        content["name"],
        ("jje",),
        content["licence"],
        content["credit"],
        config={**content["config"], **changes},
    )
    return write_bundle(target, info, {n: source / n for n in content["files"]}, "").path


def test_installed_voices_are_listed_default_first(own_voice: Path) -> None:
    mine = [entry for entry in installed_voices() if entry.path == own_voice]
    assert [(entry.name, entry.gender, entry.default) for entry in mine] == [
        ("toy", "female", True),
        ("toy2", "male", False),
    ]


def test_a_voice_opens_by_name_by_folder_and_by_default(own_voice: Path) -> None:
    assert open_voice("toy2").name == "toy2"
    assert open_voice(own_voice).name == "toy"
    assert open_voice(str(own_voice)).name == "toy"
    assert open_voice().name == "toy"
    assert open_voice("").name == "toy"


def test_an_unknown_voice_is_answered_with_the_valid_ones(own_voice: Path) -> None:
    with pytest.raises(UsageError, match="'nobody'") as raised:
        open_voice("nobody")
    assert "toy, toy2" in raised.value.cure


def test_a_folder_without_a_bundle_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"no bundle\.json"):
        open_voice(tmp_path / "nothing")


def test_no_voice_at_all_has_a_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kosorong.speech.catalogue.installed", lambda kind: [])
    with pytest.raises(BundleError, match="No voice") as raised:
        open_voice()
    assert FOLDERS_VARIABLE in raised.value.cure


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"symbols": "other"}, "another symbol table"),
        ({"mel": "other"}, "another mel"),
        ({"sample_rate": 16_000}, "another sample rate"),
        ({"context": None}, "configuration"),
        ({"voices": [{"name": "x"}]}, "configuration"),
        ({"substitutes": {"Q": "ᅩ"}}, "configuration"),
        ({"default": "nobody"}, "no voice 'nobody'"),
    ],
)
def test_a_bundle_made_for_something_else_is_refused(
    toy_voice_folder: Path, tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    folder = _rewrite(toy_voice_folder, tmp_path / "odd", **changes)
    with pytest.raises(BundleError, match=message) as raised:
        open_voice(folder)
    assert raised.value.where == str(folder)
    assert raised.value.cure


def test_a_broken_graph_is_no_traceback(toy_voice_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "broken"
    shutil.copytree(toy_voice_folder, copy)
    (copy / "decoder.onnx").write_bytes(b"not a graph")
    folder = tmp_path / "rewritten"
    with pytest.raises(BundleError, match=r"decoder\.onnx differs"):
        open_voice(copy)
    _rewrite(copy, folder)
    with pytest.raises(BundleError, match="cannot read the graph"):
        open_voice(folder)


def test_another_bundle_has_another_fingerprint(toy_voice_folder: Path, tmp_path: Path) -> None:
    same = make_toy_voice(tmp_path / "same")
    other = make_toy_voice(tmp_path / "other", seed=1)
    prints = [open_voice(path).fingerprint for path in (toy_voice_folder, same.path, other.path)]
    assert prints[0] == prints[1] != prints[2]
