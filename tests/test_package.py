"""What an index of packages and whoever cites it are told."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import yaml

import kosorong
from kosorong import extras

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_page_of_an_index_leads_to_no_file_that_is_not_there() -> None:
    page = (ROOT / PROJECT["readme"]).read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)|src=[\"']([^\"']+)", page)
    assert all("://" in (first or second) for first, second in links)


def test_version_and_licence_are_the_same_everywhere() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == PROJECT["version"] == kosorong.__version__
    assert cited["license"] in PROJECT["license"]


def test_the_engine_needs_no_web_server() -> None:
    optional = PROJECT["optional-dependencies"]
    assert set(optional["engine"]) < set(optional["serve"])
    named = " ".join([*optional["engine"], *PROJECT["dependencies"]]).lower()
    assert not re.search("flask|django|waitress|rest", named)


def test_a_cure_names_packages_that_an_index_has(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["numpy>=1", "flask>=3; extra == 'x'", 'onnx>=1; extra == "engine"']
    monkeypatch.setattr(extras, "requires", lambda name: lines)
    assert extras.how_to_install("engine") == "Install it with: pip install 'onnx>=1'."

    def absent(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(extras, "requires", absent)
    assert "engine" in extras.how_to_install("engine")
