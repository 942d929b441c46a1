"""A service that programs of others talk to; they live in a venv apart (`make strangers`)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import ROOT, Strangers

import toy_serving
from local_servers import clean_environment, free_port, running

toy_bundles_folder = toy_serving.toy_bundles_folder

_FAKES = ROOT / "tests" / "library" / "library_fakes.py"


@pytest.fixture
def strangers(tmp_path: Path) -> Strangers:
    """The programs of others, or a skip where they are not installed."""
    folder = Path(os.environ.get("KOSORONG_STRANGERS", ROOT / ".strangers")) / "bin"
    if not folder.is_dir():
        pytest.skip("no programs of others are installed: make strangers")
    return Strangers(folder, tmp_path)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a library of one person, whose worker makes books without a model."""
    folder, port = tmp_path_factory.mktemp("library"), free_port()
    environ = clean_environment(
        PYTHONWARNINGS="ignore", KOSORONG_DATA=str(folder / "data"), KOSORONG_SINGLE_USER="1"
    )
    command = [sys.executable, "-m", "kosorong", "api", "--port", str(port)]
    with running(command, port, folder / "log", environ):
        worker = [sys.executable, str(_FAKES), str(folder / "data"), "0"]
        with subprocess.Popen(worker, env=environ) as process:
            yield f"http://127.0.0.1:{port}"
            process.terminate()


@pytest.fixture(scope="session")
def inference(toy_bundles_folder: Path) -> Iterator[str]:
    """The address of an inference server with toy models."""
    with toy_serving.running_server(toy_bundles_folder) as address:
        yield address
