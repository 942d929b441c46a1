"""The trials in small: what they find, and the page they write."""

import os
import random
from pathlib import Path

import pytest
from chaos import killing, library, outages, report
from chaos.files import is_playable
from chaos.results import Row, load, result, save
from load import run

from kosorong.bundle import FOLDERS_VARIABLE


@pytest.mark.slow
@pytest.mark.skipif("KOSORONG_DATABASE_URL" in os.environ, reason="has a database of its own")
def test_a_book_outlives_kills_at_random_moments(tmp_path: Path, toy_bundles_folder: Path) -> None:
    settings = {FOLDERS_VARIABLE: str(toy_bundles_folder), "KOSORONG_VOICE": "toy"}
    plan = killing.Plan(kills=4, books=1, segments=12, seed=5, settings=settings)
    found = killing.run(plan, tmp_path, "pytest")
    assert [row for row in found.rows if not row.met] == []
    assert len(found.rows) == 4


@pytest.mark.slow
@pytest.mark.skipif("KOSORONG_DATABASE_URL" in os.environ, reason="has a database of its own")
def test_files_that_cannot_be_written_for_a_while_are_made_afterwards(
    tmp_path: Path, toy_bundles_folder: Path
) -> None:
    settings = {FOLDERS_VARIABLE: str(toy_bundles_folder), "KOSORONG_VOICE": "toy"}
    case = outages.Case("inference away", 3, lambda crew: crew.without("inference"), settings)
    row = outages.ride_out(case, tmp_path / "one", 5)
    assert row.met, row.measured
    assert "does not answer" in row.measured


def test_every_trial_under_load_is_run_where_none_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run.options_of([]).names == list(run.TRIALS)
    assert run.options_of(["load", "page"]).names == ["load", "page"]
    with pytest.raises(SystemExit):
        run.options_of(["laod"])
    assert "no trial 'laod'" in capsys.readouterr().err


def test_a_story_has_every_sentence_once() -> None:
    lines = library.story(random.Random(3), 2, 40).split("\n\n")
    assert len(lines) == len(set(lines)) == 40
    assert library.story(random.Random(3), 2, 40).split("\n\n") == lines


def test_the_page_has_every_result_in_the_order_of_the_issue(tmp_path: Path) -> None:
    for name, met in (("zebra", True), ("load", False), ("kills", True)):
        rows = [Row(f"{name} | one", "≥ 7", "8", met)]
        save(result(name, f"python {name}", 4, rows, ["a note"]), tmp_path)
    page = tmp_path / "page.md"
    assert report.write(tmp_path, page) == 1
    lines = page.read_text("utf-8").splitlines()
    table = [line.split(" ")[1] for line in lines if line.startswith("| ") and "\\|" in line]
    assert table == ["kills", "load", "zebra"]
    assert [line[3:] for line in lines if line.startswith("## ")] == table
    assert sum("**no**" in line for line in lines) == 1
    assert lines.count("- a note") == 3


def test_a_file_that_is_no_result_is_named(tmp_path: Path) -> None:
    path = tmp_path / "load.json"
    path.write_text('{"rows": 3}')
    with pytest.raises(SystemExit, match=r"load\.json is no result"):
        load(path)


def test_half_a_file_is_told_from_a_whole_one() -> None:
    assert is_playable(b"WEBVTT\n\n00:00.000 --> 00:01.000\n", "vtt")
    assert not is_playable(b"<html>", "vtt")
    assert not is_playable(b"RIFF", "m4b")
    assert not is_playable(b"PK", "epub")
