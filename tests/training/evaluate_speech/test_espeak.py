"""The floor: espeak-ng, where a machine has it."""

import re
from pathlib import Path

import numpy as np
import pytest

from kosorong.config import MEL
from kosorong.errors import ServiceError
from kosorong.training.corpora.sound import speech_level
from kosorong.training.evaluate_speech.espeak import EspeakTalker

installed = EspeakTalker.of_machine()
needs_espeak = pytest.mark.skipif(
    installed is None, reason="espeak-ng is not installed (Debian: apt-get install espeak-ng)"
)


@needs_espeak
def test_the_floor_speaks_korean_levelled_like_a_recording() -> None:
    assert installed is not None
    assert re.fullmatch(r"espeak-ng \d[\w.-]*, voice ko", installed.name)
    short, long = (
        installed.say(text, "anybody", 0)
        for text in ("비가 와요.", "바다 위로 비가 와서 새 3마리가 돌아갔어요.")
    )
    assert 1.5 * len(short) < len(long)
    assert len(short) > 0.5 * MEL.sample_rate
    assert speech_level(long) == pytest.approx(-23.0, abs=0.5)
    assert np.array_equal(short, installed.say("비가 와요.", "another", 5))


def test_a_program_that_fails_is_named(tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(ServiceError, match=r"espeak-ng failed.*status 3"):
        EspeakTalker(str(program))


def test_a_machine_without_it_has_no_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert EspeakTalker.of_machine() is None
