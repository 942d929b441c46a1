"""Every format of the one table is written, by the command line and by the library."""

from importlib import import_module
from pathlib import Path

import pytest
from book_fakes import make, manuscript

from kosorong.book.edition import Edition
from kosorong.book.formats import FORMATS, write, write_one
from kosorong.book.options import BookOptions
from kosorong.errors import UsageError


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_a_module_that_writes_it(name: str) -> None:
    module = import_module(f"kosorong.book.writers.{name}")
    form = FORMATS[name]
    assert callable(getattr(module, f"write_{name}"))
    assert hasattr(module, "write_one") == (form.behind != f".{form.ending}")


def test_a_format_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(
        UsageError, match="Choose from m4b, epub, mp3, vtt, vttplain, srt, textgrid, eaf, json"
    ):
        BookOptions(formats=("wma",))


def test_every_format_can_be_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ones = []

    def both(name: str, edition: Edition, target: Path) -> list[Path]:
        ones.append(write_one(name, edition, tmp_path / f"one.{FORMATS[name].ending}"))
        return write(name, edition, target)

    monkeypatch.setattr("kosorong.book.produce.write", both)
    book = make(tmp_path / "out", manuscript(), slug="book", formats=tuple(FORMATS))
    assert {name: path.name for name, path in book.paths.items()} == {
        name: f"book{form.behind}" for name, form in FORMATS.items()
    }
    assert [one.name for one in ones] == [f"one.{form.ending}" for form in FORMATS.values()]
    assert all(one.stat().st_size > 100 for one in ones)
