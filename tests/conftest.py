"""What every test can rely on."""

from __future__ import annotations

import hypothesis
import pytest

from kosorong.bundle import FOLDERS_VARIABLE

# These hold fixtures and no doctests; collected as modules, their equal names would clash.
collect_ignore_glob = ["conftest.py", "*/conftest.py", "*/*/conftest.py"]

# On a busy machine a deadline fails good tests, and a failure must come back on the next run.
hypothesis.settings.register_profile("kosorong", deadline=None, derandomize=True)
hypothesis.settings.load_profile("kosorong")


@pytest.fixture(autouse=True)
def _own_bundles_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the bundles that the environment of whoever runs the tests names."""
    monkeypatch.delenv(FOLDERS_VARIABLE, raising=False)
