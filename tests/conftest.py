"""What every test can rely on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import hypothesis
import pytest

from kosorong.bundle import FOLDERS_VARIABLE

# These hold fixtures and no doctests; collected as modules, their equal names would clash.
collect_ignore_glob = ["conftest.py", "*/conftest.py", "*/*/conftest.py"]

# Where a service is installed and no training (scripts/elsewhere.py), tests that make toy models
# are skipped; anywhere else they fail, as they have to.
WITHOUT_TRAINING = "KOSORONG_TEST_WITHOUT_TRAINING" in os.environ
TRAINING = {"torch", "numba", "scipy", "yaml", "onnx", "matplotlib", "tensorboard", "sacrebleu"}

# On a busy machine a deadline fails good tests, and a failure must come back on the next run.
hypothesis.settings.register_profile("kosorong", deadline=None, derandomize=True)
hypothesis.settings.load_profile("kosorong")


@pytest.fixture(autouse=True)
def _own_bundles_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the bundles that the environment of whoever runs the tests names."""
    monkeypatch.delenv(FOLDERS_VARIABLE, raising=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Iterator[None]:
    """Skip a test whose fixtures want what only training installs."""
    with _without_training():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Skip a test that wants what only training installs."""
    with _without_training():
        return (yield)


@contextmanager
def _without_training() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if WITHOUT_TRAINING and (error.name or "").partition(".")[0] in TRAINING:
            pytest.skip(f"needs {error.name}")
        raise
