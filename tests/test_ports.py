"""What the whole house agrees on stands in `kosorong.ports`, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from test_boundaries import loaded_by

SOURCE = Path(__file__).parents[1] / "src"


def test_the_ports_need_no_package() -> None:
    assert loaded_by("import kosorong.ports").isdisjoint(("numpy", "av"))


@pytest.mark.parametrize(
    "written",
    [
        r"\"araea\", \"modern\"",
        r"[(\[]\"ko\", \"jje\"[)\],]|KOREAN(, JEJU)? = \"ko\"",
        r"\b0?\.25, ?4(\.0)?\b",
        r"class Dial\b",
    ],
    ids=["spellings", "languages", "speeds", "dial"],
)
def test_it_is_written_nowhere_else(written: str) -> None:
    files = (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    found = {p for p in files if re.search(written, p.read_text(encoding="utf-8"))}
    assert found <= {SOURCE / "kosorong" / "ports.py"}
