from __future__ import annotations

import importlib
import re
import sys
from importlib.resources import files
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
    (folder / "data").mkdir()
    (folder / "data" / "endings.tsv").write_text("korean\tjeju\n다\t저\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(fingerprint, "_PACKAGES", {"some_rules": ()})
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


def test_a_mended_row_of_a_table_changes_the_fingerprint(package: Path) -> None:
    before = fingerprint.joined_digest("bundle")
    (package / "data" / "endings.tsv").write_text("korean\tjeju\n다\t다\n", encoding="utf-8")
    fingerprint.rules_digest.cache_clear()
    assert fingerprint.joined_digest("bundle") != before
    fingerprint.rules_digest.cache_clear()


def test_what_a_translation_is_written_by_is_covered() -> None:
    covered = {
        name
        for package, only in fingerprint._PACKAGES.items()
        for name, _ in fingerprint._sources(package)
        if not only or name in only
    }
    written = {"grammar.py", "modern.py"}
    written |= {f"letters/{name}.py" for name in ("normalize", "particles", "hangul")}
    tables = {"sentence_endings", "linking_endings", "noun_particles", "copula", "particles"}
    assert written | {f"data/{name}.tsv" for name in tables} <= covered


@pytest.mark.parametrize("package", sorted(fingerprint._PACKAGES))
def test_every_module_and_table_that_is_named_is_there(package: str) -> None:
    named = set(fingerprint._PACKAGES[package])
    assert named <= {name for name, _ in fingerprint._sources(package)}


def test_what_translation_imports_of_text_is_covered() -> None:
    folder = Path(str(files("kosorong.translation")))
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    named = re.findall(r"from kosorong\.text\.([\w.]+) import", code)
    imported = {f"{name.replace('.', '/')}.py" for name in named}
    readers = {"tables.py", "words.py"}
    assert imported - readers <= set(fingerprint._PACKAGES["kosorong.text"])


def test_two_bundles_with_the_same_rules_differ() -> None:
    assert fingerprint.joined_digest("a") != fingerprint.joined_digest("b")
