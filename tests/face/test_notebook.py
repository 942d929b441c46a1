"""The notebook for linguists runs from top to bottom and shows what it says."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import toy_serving
from kosorong.bundle import FOLDERS_VARIABLE

pytestmark = pytest.mark.slow

toy_bundles_folder = toy_serving.toy_bundles_folder
ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "examples" / "jeju_for_linguists.ipynb"


def test_the_notebook_shows_words_sounds_and_times(
    toy_bundles_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDERS_VARIABLE, str(toy_bundles_folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
    shown = {cell.id: str(cell.get("outputs")) for cell in notebook.cells}
    assert "data:audio/mpeg" in shown["speak"]
    assert "<table>" in shown["align"]
    assert "→" in shown["links"]
