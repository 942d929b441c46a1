"""Fixtures of an inference server with toy models, in the process and as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from kosorong.bundle import FOLDERS_VARIABLE
from kosorong.serving.app import create_app
from kosorong.serving.models import Models
from kosorong.serving.settings import Settings
from toy_bundles import make_toy_translator

TOKEN = "haenyeo-1932"  # noqa: S105  # opens nothing but toys


@pytest.fixture(scope="session")
def toy_bundles_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the voice bundle `toy-voice` and the translator `untrained`."""
    from kosorong.training.toy import make_toy_voice

    folder = tmp_path_factory.mktemp("toy-bundles")
    make_toy_voice(folder / "toy-voice")
    make_toy_translator(folder / "untrained", tmp_path_factory.mktemp("toy-weights"))
    return folder


@pytest.fixture(scope="session")
def models(toy_bundles_folder: Path) -> Models:
    """The models of both bundles."""
    patch = pytest.MonkeyPatch()
    with patch.context() as patched:
        patched.setenv(FOLDERS_VARIABLE, str(toy_bundles_folder))
        return Models.open()


@pytest.fixture
def app(models: Models, tmp_path: Path) -> Flask:
    """A server that wants no token."""
    return create_app(models, Settings(suggestions=str(tmp_path / "suggestions.jsonl")))


@contextmanager
def running_server(bundles: Path, *arguments: str, **settings: str) -> Iterator[str]:
    """Run `kosorong inference` on a free port of loopback; yield its address."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("KOSORONG_")}
    environ |= {FOLDERS_VARIABLE: str(bundles), "OMP_NUM_THREADS": "1", **settings}
    command = [sys.executable, "-m", "kosorong", "inference", "--port", "0", *arguments]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            lines = []
            for line in process.stderr:
                lines.append(line)
                if found := re.search(r"listening at (\S+)", line):
                    yield found[1]
                    break
            else:
                raise AssertionError("".join(lines))
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def server_address(toy_bundles_folder: Path) -> Iterator[str]:
    """The address of a server that wants a token, in a process of its own."""
    with running_server(toy_bundles_folder, KOSORONG_INFERENCE_TOKEN=TOKEN) as address:
        yield address
