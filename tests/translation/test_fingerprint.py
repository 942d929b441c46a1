from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from kosorong.translation import fingerprint


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two modules in the place of the rules."""
    folder = tmp_path / "some_rules"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "endings.py").write_text('FINALS = "C다 | C저"')
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(fingerprint, "_PACKAGES", {"some_rules": ""})
    monkeypatch.delitem(sys.modules, "some_rules", raising=False)
    importlib.invalidate_caches()
    fingerprint.rules_digest.cache_clear()
    return folder


def test_a_mended_ending_changes_the_fingerprint(package: Path) -> None:
    before = fingerprint.joined_digest("bundle")
    (package / "endings.py").write_text('FINALS = "C다 | C다"')
    fingerprint.rules_digest.cache_clear()
    assert fingerprint.joined_digest("bundle") != before
    fingerprint.rules_digest.cache_clear()


def test_the_same_rules_have_one_fingerprint_whatever_ends_their_lines(package: Path) -> None:
    before = fingerprint.joined_digest("bundle")
    text = (package / "endings.py").read_bytes()
    (package / "endings.py").write_bytes(text + b"\r\n")
    fingerprint.rules_digest.cache_clear()
    crlf = fingerprint.joined_digest("bundle")
    (package / "endings.py").write_bytes(text + b"\n")
    fingerprint.rules_digest.cache_clear()
    assert fingerprint.joined_digest("bundle") == crlf != before
    fingerprint.rules_digest.cache_clear()


def test_every_table_of_endings_is_covered() -> None:
    covered = {
        file.name
        for package in fingerprint._PACKAGES
        for file in (Path(importlib.import_module(package).__file__ or "").parent).iterdir()
    }
    assert {"endings.py", "noun_endings.py", "modern.py", "normalize.py"} <= covered


def test_two_bundles_with_the_same_rules_differ() -> None:
    assert fingerprint.joined_digest("a") != fingerprint.joined_digest("b")
