"""What the command says of marks: how long, how many were softened, how many spoken through."""

from __future__ import annotations

from pathlib import Path

import pytest

from kosorong.training.evaluate_speech.evenness import Evenness, evaluate_evenness
from kosorong.training.toy import make_toy_voice


@pytest.mark.parametrize(("dip", "told"), [(1.0, (14, 0)), (-300.0, (0, 14))])
def test_marks_that_were_softened_or_spoken_through_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dip: float, told: tuple[int, int]
) -> None:
    # A toy's voice says nothing: here it is quiet nowhere, and everywhere or nowhere soft.
    monkeypatch.setattr("kosorong.speech.evenness._QUIET_DB", -300.0)
    monkeypatch.setattr("kosorong.speech.evenness._DIP_DB", dip)
    bundle = make_toy_voice(tmp_path / "voice").path
    for found in evaluate_evenness(bundle):
        assert (found.softened, found.through) == told
        assert f"{told[0]} softened by slopes, {told[1]} spoken through" in found.text()


def test_a_voice_that_pauses_at_all_marks_is_told_so() -> None:
    found = Evenness("one", (0.3,), (0.6,), (-23.0,))
    assert "0 softened by slopes, 0 spoken through" in found.text()


def test_brightness_is_told_of_held_out_recordings_and_of_all() -> None:
    bright, alike = (2.0,) * 6, (0.25,) * 6
    told = Evenness("one", (0.3,), (0.6,), (-23.0,), bright, alike).text().splitlines()
    assert told[-2].startswith("  held-out recordings")
    assert told[-2].endswith("all together +2.0 dB")
    assert told[-1].startswith("  all recordings")
    assert told[-1].endswith("all together +0.2 dB")
