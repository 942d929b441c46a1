"""Numbers and signs with what stands around them: the whole reading, spaces and marks too.

The rows stand in forms.tsv.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kosorong.text.say.spoken import read_out, spell_out

ROWS = [
    pytest.param(written, said, id=f"{kind}: {written}")
    for kind, written, said in (
        line.split("\t")
        for line in Path(__file__)
        .with_name("forms.tsv")
        .read_text(encoding="utf-8")
        .splitlines()[1:]
    )
]


@pytest.mark.parametrize(("written", "said"), ROWS)
def test_it_is_said_so(written: str, said: str) -> None:
    assert spell_out(written) == said
    assert read_out(written)[1] == ()
