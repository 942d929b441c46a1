from __future__ import annotations

import json
from pathlib import Path

import blind_sheet
import pytest


@pytest.fixture
def books(tmp_path: Path) -> Path:
    folder = tmp_path / "books"
    folder.mkdir()
    lines = ["짧다.", *(f"{n}번째 배가 바다로 천천히 나갔다." for n in range(40)), "길" * 90]
    (folder / "배.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_seed_draws_the_same_lines_of_fitting_length(books: Path) -> None:
    drawn = blind_sheet.drawn(books, "abc", 5)
    assert drawn == blind_sheet.drawn(books, "abc", 5)
    assert drawn != blind_sheet.drawn(books, "abd", 5)
    assert all(12 <= len(text) <= 60 for _, _, text in drawn)


def test_two_readers_are_counted_by_checkout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = {"seed": "s", "items": [[1, "this", "배", 2], [2, "other", "배", 2]]}
    (tmp_path / "key.json").write_text(json.dumps(key))
    for name, verdicts in (("A", ("ok", "wrong")), ("B", ("ok", "small"))):
        rows = "".join(f"{n}\t{verdict}\t\n" for n, verdict in enumerate(verdicts, 1))
        (tmp_path / f"{name}.tsv").write_text(rows)
    blind_sheet.score(tmp_path, [tmp_path / "A.tsv", tmp_path / "B.tsv"])
    told = capsys.readouterr().out
    assert "A  this   ok 1, small 0, korean 0, wrong 0  of 1" in told
    assert "agreement 1 of 2" in told


def test_an_unknown_verdict_is_named(tmp_path: Path) -> None:
    (tmp_path / "A.tsv").write_text("1\tfine\t\n")
    with pytest.raises(SystemExit, match="unknown verdicts fine"):
        blind_sheet.verdicts_of(tmp_path / "A.tsv")


def test_kappa_is_one_for_equal_readers_and_nothing_by_chance() -> None:
    assert blind_sheet.kappa(["ok", "wrong"], ["ok", "wrong"]) == 1.0
    assert blind_sheet.kappa(["ok", "ok", "wrong", "wrong"], ["ok", "wrong", "ok", "wrong"]) == 0.0
