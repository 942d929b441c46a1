"""`POST /spelling`."""

from __future__ import annotations

from asking import post
from flask import Flask


def test_a_word_is_told_with_its_clause_and_what_would_be_right(app: Flask) -> None:
    said = post(app, "/spelling", {"text": "ᄒᆞᆫ저 먹었수다"}).get_json()
    assert (said["verdict"], said["mended"]) == ("wrong", "ᄒᆞᆫ저 먹엇수다")
    (wrong,) = (one for one in said["findings"] if one["verdict"] == "wrong")
    assert (wrong["word"], wrong["clause"], wrong["right"]) == ("먹었수다", "제18항", ["먹엇수다"])
    assert said["text"][wrong["start"] : wrong["end"]] == "먹었수다"


def test_without_a_lexicon_what_no_rule_tells_is_unsure(app: Flask) -> None:
    said = post(app, "/spelling", {"text": "구젱기"}).get_json()
    assert [one["verdict"] for one in said["findings"]] == ["unsure"]
