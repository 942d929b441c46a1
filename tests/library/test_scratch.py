"""Folders for files on their way."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from kosorong_library.config import scratch

_HOLD = """
import time
from kosorong_library.config.scratch import scratch
with scratch() as folder:
    (folder / "half.m4b").write_bytes(b"x")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def age(folder: Path) -> None:
    for one in folder.iterdir():
        os.utime(one, (time.time() - 3600,) * 2)


def test_a_folder_goes_with_its_block(temporary: Path) -> None:
    with scratch.scratch() as folder:
        (folder / "a").write_text("x")
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_has_stays(
    temporary: Path,
) -> None:
    words = [sys.executable, "-c", _HOLD]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline().strip()
        age(temporary)
        assert scratch.clear() == 0
        holder.kill()
        holder.wait()
    assert scratch.clear() == 1
    assert list(temporary.iterdir()) == []


def test_a_folder_that_was_made_just_now_is_left_alone(temporary: Path) -> None:
    (temporary / "kosorong-work-new").mkdir()
    assert scratch.clear() == 0
