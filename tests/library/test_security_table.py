"""The table of attacks names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs/explanation/security.md"


def test_each_attack_of_the_table_has_its_test() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and "| what" not in line]
    assert len(rows) > 30
    for row in rows:
        file, name = re.search(r"`(test_\w+\.py)::(test_\w+)`", row).groups()
        found = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob(file)]
        assert any(re.search(rf"^def {name}\(", text, re.MULTILINE) for text in found), row
