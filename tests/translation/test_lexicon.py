"""The lexicon: rows are checked, looked up from both sides, mended and put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kosorong.bundle import find_bundle, open_bundle
from kosorong.cli import main
from kosorong.errors import TableError
from kosorong.training.translation.core_words import lexicon, lexicon_text
from kosorong.translation.lexicon import (
    COLUMNS,
    Lexicon,
    lexicon_of,
    merged_lexicon,
    parse_lexicon,
)

HEAD = "# a remark\n" + "\t".join(COLUMNS) + "\n"
BOAT = "배\tn\tboat\t\t베\t\t\t\t3\tprov:1\n"
TIMES = "배\tn\ttimes\t<num\t배\t\t\t\t2\tnone\n"
EAT = "먹다\tv\t\t\t먹다\t먹으다 | 멕다\t\t\t3\tprov:2 prov:3\ta note\n"


def rows_of(*rows: str) -> Lexicon:
    return Lexicon(parse_lexicon(HEAD + "".join(rows), "lexicon.tsv"))


def test_the_first_sense_of_a_word_is_the_one_that_is_meant_where_nothing_tells() -> None:
    assert [s.jeju for s in rows_of(BOAT, TIMES).senses("배", "n")] == ["베", "배"]


def test_a_verb_is_named_by_its_stem_with_all_its_forms() -> None:
    (eat,) = rows_of(EAT).senses("먹", "v")
    assert eat.targets == ("먹", "먹으", "멕")
    assert (eat.evidence, eat.note) == (("prov:2", "prov:3"), "a note")


@pytest.mark.parametrize("word", ["먹다", "먹", "멕다", "먹으"])
def test_a_row_is_found_by_either_language_with_or_without_its_ending(word: str) -> None:
    assert [s.korean for s in rows_of(BOAT, EAT).of_word(word)] == ["먹다"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("배\tx\t\t\t베\t\t\t\t3\n", "pos is 'x'"),
        ("배\tn\t\t\t\t\t\t\t3\n", "jeju is empty"),
        ("배\tn\t\t\t베\t\t\t\t9\n", "weight is '9'"),
        ("배\tn\t\t\t베\t\t\tloud\t3\n", "register is 'loud'"),
        ("먹\tv\t\t\t먹다\t\t\t\t3\n", "lacks its 다"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(row: str, told: str) -> None:
    with pytest.raises(TableError, match=told) as refused:
        rows_of(BOAT, row)
    assert "line 4" in str(refused.value)


def test_words_that_only_certain_lines_speak_for_are_left_out_with_all_their_senses() -> None:
    lexicon = rows_of(BOAT, TIMES, EAT)
    assert [s.korean for s in lexicon.without({"prov:1"})] == ["먹다"]
    assert len(lexicon.without({"prov:2"})) == 3


def test_a_row_of_the_same_sense_is_replaced_and_others_follow_their_word() -> None:
    pear = "배\tn\tpear\t\t베\t\t\t\t3\tprov:9\n"
    better = "배\tn\ttimes\t\t베기\t\t\t\t3\tprov:8\n"
    text, changes = merged_lexicon(HEAD + EAT + BOAT + TIMES, HEAD + pear + better)
    assert text == HEAD + EAT + BOAT + better + pear
    assert changes == ["배: + 베", "배: 배 → 베기"]
    assert merged_lexicon(text, HEAD + pear) == (text, [])


def test_a_new_word_stands_in_the_order_of_the_alphabet() -> None:
    text, _ = merged_lexicon(HEAD + EAT + TIMES, HEAD + "바다\tn\t\t\t바당\t\t\t\t3\tprov:4\n")
    assert [row.korean for row in parse_lexicon(text, "lexicon.tsv")] == ["먹다", "바다", "배"]


def test_a_file_is_put_in_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, rows = tmp_path / "own.tsv", tmp_path / "rows.tsv"
    own.write_text(HEAD + BOAT, encoding="utf-8")
    rows.write_text(HEAD + TIMES + "바다\tn\n", encoding="utf-8")
    assert main(["lexicon", "apply", str(rows), "--to", str(own)]) == 1
    assert own.read_text(encoding="utf-8") == HEAD + BOAT
    assert "rows.tsv, line 4" in capsys.readouterr().err
    rows.write_text(HEAD + TIMES, encoding="utf-8")
    assert main(["lexicon", "apply", str(rows), "--to", str(own)]) == 0
    assert own.read_text(encoding="utf-8") == HEAD + BOAT + TIMES
    assert "배: + 배" in capsys.readouterr().out


def test_a_word_is_shown_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon", "show", "바당"]) == 0
    assert "바다 → 바당" in capsys.readouterr().out
    assert main(["lexicon", "show", "바당에서 헤엄쳤다"]) == 0
    out = capsys.readouterr().out
    assert "바다 → 바당" in out
    assert "[Jeju Special Self-Governing Province, 공공누리 type 1]" in out
    assert main(["lexicon", "show", "뷁뷁"]) == 2
    assert "has no 뷁뷁" in capsys.readouterr().err


def test_the_bundle_takes_the_lexicon_along_that_speakers_mend() -> None:
    bundle = open_bundle(find_bundle("translator", ""), "translator")
    assert bundle.file("lexicon.tsv").read_text(encoding="utf-8") == lexicon_text()
    assert len(lexicon_of(bundle)) == len(lexicon()) > 3_000


def test_no_two_rows_are_of_one_sense_and_every_row_says_what_speaks_for_it() -> None:
    keys = [sense.key for sense in lexicon()]
    assert len(set(keys)) == len(keys)
    assert [s.korean for s in lexicon() if not s.evidence] == []
    assert [s.korean for s in lexicon() if s.jeju in s.variants] == []
