"""The notebook runs from top to bottom on a corpus of seconds, losing its machine on the way."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "examples" / "train_on_colab.ipynb"

LOOP = "loop: {steps: 4, log_every: 1, validate_every: 2, draw_every: 4, precision: auto}\n"
ACOUSTIC = """
main_speaker: one
batch_size: 4
model:
  speaker_channels: 4
  encoder: {channels: 16, inner: 16, layers: 1}
  durations: {inner: 16}
  decoder: {blocks: 2, hidden: 16, layers: 1}
"""
VOCODER = "model: {channels: 32, blocks: 2}\nbatch_size: 4\nsegment_frames: 16\n"


def run(notebook: nbformat.NotebookNode, settings: dict[str, object]) -> None:
    """Run the cells with other settings."""
    (first,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", ())]
    # Paths as text, as papermill gives them.
    lines = (
        f"{name} = {(str(value) if isinstance(value, Path) else value)!r}"
        for name, value in settings.items()
    )
    first.source += "\n" + "\n".join(lines)
    NotebookClient(notebook, timeout=1200, kernel_name="python3").execute()


def test_the_notebook_trains_loses_its_machine_goes_on_and_speaks(
    tiny_source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("acoustic", ACOUSTIC), ("vocoder", VOCODER)):
        (tmp_path / f"{name}.yaml").write_text(text + LOOP)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    work, drive = tmp_path / "machine", tmp_path / "drive"
    run(
        notebook,
        {
            "DRIVE": drive,
            "WORK": work,
            "RECORDINGS": tiny_source,
            "LAYOUT": "filelist",
            "SPEAKER": "one",
            "ACOUSTIC": tmp_path / "acoustic.yaml",
            "VOCODER": tmp_path / "vocoder.yaml",
            "LICENCE": "CC0-1.0",
            "CREDIT": "Nobody",
            "TRAINED_ON": "Tones",
            "PLAY_A_LOST_MACHINE": True,
        },
    )
    # The lost run came back with its log, and no step was trained twice.
    rows = [json.loads(line) for line in (work / "acoustic/log.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows if "train/nll" in row] == [1, 2, 3, 4]
    assert (drive / "corpus.tar").stat().st_size > 100_000
    assert (drive / "acoustic" / "checkpoints" / "best.pt").exists()
    assert (work / "sentence.wav").stat().st_size > 10_000
    assert "<audio" in str(notebook.cells[-1].outputs)
