"""Numbers tuned by hand say how they were found."""

from pathlib import Path

import pytest
import tuned


def test_every_number_that_decides_says_how_it_was_found() -> None:
    numbers = list(tuned.tuned())
    assert len(numbers) > 100
    assert [one.place for one in numbers if not one.found] == []


def test_what_is_fixed_is_still_there() -> None:
    for place in tuned.FIXED:
        file, _, names = place.partition(":")
        assert f"{names.split(',')[0]}" in (tuned.SOURCE / file).read_text(encoding="utf-8"), place


def test_a_number_without_a_word_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tuned, "SOURCE", tmp_path)
    monkeypatch.setattr(tuned, "ROOMS", ("text",))
    monkeypatch.setattr("sys.argv", ["tuned.py"])
    (tmp_path / "text").mkdir()
    lines = ["# How found: a guess.", "_A = 0.5", "# How found: the same.", "_B = {'x': 2.0}"]
    (tmp_path / "text" / "one.py").write_text("\n".join([*lines, "", "_C = -3.0", "_D = 'x'"]))
    assert tuned.main() == 1
    said = capsys.readouterr().out
    assert "text/one.py:_B = {'x': 2.0}: a guess." in said
    assert "text/one.py:_C = -3.0: NOTHING SAYS HOW" in said
    assert "3 numbers, 2 of them guesses or set by hand, 1 say nothing" in said
