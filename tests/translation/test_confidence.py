from __future__ import annotations

from pathlib import Path

import pytest

from kosorong.errors import BundleError
from kosorong.translation.confidence import Calibration, Curve, read_calibration


def test_a_calibration_survives_its_file(tmp_path: Path) -> None:
    made = Calibration(Curve(((0.2, 0.1), (0.9, 0.8))), Curve(), 0.4)
    assert Calibration.from_plain(made.to_plain()) == made
    assert Calibration.from_plain(None) == Calibration()


@pytest.mark.parametrize(
    "content",
    ["[]", "null", "{", '{"word": [], "segment": []}']
    + [f'{{"word": {w}, "segment": [], "by_rules": 0.3}}' for w in ("[[2, 1]]", "3", "[[1]]")]
    + ['{"word": [[0.5, 0.6], [0.4, 0.7]], "segment": [], "by_rules": 0.3}'],
)
def test_a_damaged_calibration_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "confidence.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BundleError) as raised:
        read_calibration(path)
    assert raised.value.where == str(path)
    assert "evaluate confidence" in raised.value.cure
