"""Corrections of speakers become rows of the lexicon, and what they change is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kosorong.bundle import find_bundle, open_bundle
from kosorong.cli import main
from kosorong.translation.applying import Applied, apply_corrections
from kosorong.translation.corrections import read_corrections
from kosorong.translation.lexicon import COLUMNS, Lexicon, parse_lexicon
from kosorong.translation.tables import RuleTable, parse_tables

HEAD = "\t".join(COLUMNS) + "\n"
YARD = "마당\tn\t\t\t마당\t\t\t\t2\tnone\n"
TIMES = "배\tn\tboat\t타고\t베\t\t\t\t3\tprov:1\n배\tn\ttimes\t<num\t배\t\t\t\t2\tnone\n"


@pytest.fixture(scope="module")
def table() -> RuleTable:
    bundle = open_bundle(find_bundle("translator", ""), "translator")
    return parse_tables(bundle.file("rules.json").read_text(encoding="utf-8"))["jje"]


def line(korean: str, jeju: str, **more: object) -> str:
    row = {"id": f"c{len(korean)}{len(jeju)}", "korean": korean, "jeju": jeju, "consent": True}
    return json.dumps({**row, "licence": "CC-BY-SA-4.0", **more}, ensure_ascii=False)


def applied(table: RuleTable, old: str, *lines: str) -> Applied:
    corrections, refused = read_corrections(lines, "corrections.jsonl")
    assert not refused
    return apply_corrections(corrections, old, table, "lexicon.tsv")


def rows_of(result: Applied, korean: str) -> list[tuple[str, tuple[str, ...]]]:
    words = Lexicon(parse_lexicon(result.text, "lexicon.tsv"))
    return [(row.jeju, row.variants) for row in words if row.korean == korean]


@pytest.mark.parametrize(
    ("korean", "jeju", "word", "form"),
    [
        ("마당을 쓸었습니다.", "올레를 쓸엇수다.", "마당", "올레"),
        ("동생이 자꾸 보챈다.", "아시가 자꾸 보대낀다.", "보채다", "보대끼다"),
        ("마당에서 비둘기가 웁니다.", "마당서 구구새가 울엄수다.", "비둘기", "구구새"),
    ],
)
def test_a_corrected_word_becomes_what_its_row_says_whatever_ending_it_had(
    table: RuleTable, korean: str, jeju: str, word: str, form: str
) -> None:
    result = applied(table, HEAD + YARD, line(korean, jeju))
    assert rows_of(result, word)[0][0] == form
    assert (len(result.before), len(result.after)) == (0, 1)


def test_what_is_learnt_of_a_word_holds_in_its_other_forms(table: RuleTable) -> None:
    other = line("마당에 감이 열렸다.", "올레에 감이 ᄋᆢᆯ렷저.", id="other")
    first = applied(table, HEAD + YARD, line("마당을 쓸었습니다.", "올레를 쓸엇수다."), other)
    assert "other" not in {x.id for x in first.before}
    assert "마당: 마당 → 올레" in first.changes


def test_no_form_of_a_row_is_lost_and_its_evidence_names_who_said_so(table: RuleTable) -> None:
    old = HEAD + "마당\tn\t\t\t마당\t마당이 | 무뚱\t\t\t3\tprov:7\ta note\n"
    result = applied(table, old, line("마당을 쓸었다.", "무뚱을 쓸엇저.", id="8c", by="고 영희"))
    (row,) = parse_lexicon(result.text, "lexicon.tsv")
    assert (row.jeju, row.variants) == ("무뚱", ("마당이",))
    assert (row.evidence, row.note) == (("prov:7", "correction:8c:고_영희"), "a note")


def test_a_correction_mends_the_sense_that_its_sentence_tells_of(table: RuleTable) -> None:
    result = applied(table, HEAD + TIMES, line("배를 타고 갔다.", "풍선을 타고 갓저."))
    assert rows_of(result, "배") == [("풍선", ("베",)), ("배", ())]


def test_a_form_of_a_place_stands_beside_the_usual_one(table: RuleTable) -> None:
    old = HEAD + "바다\tn\t\t\t바당\t\t\t\t3\tprov:4\n"
    result = applied(table, old, line("바다에 갑니다.", "바르에 감수다.", region="구좌읍"))
    (row,) = parse_lexicon(result.text, "lexicon.tsv")
    assert (row.jeju, row.places) == ("바당", (("바르", "구좌읍"),))
    assert [row.said_in(place) for place in ("구좌", "구좌읍", "대정")] == ["바르", "바르", ""]
    assert len(result.after) == 1


def test_of_two_forms_the_one_that_more_people_wrote_comes_first(table: RuleTable) -> None:
    result = applied(
        table,
        HEAD + YARD,
        line("마당을 쓸었다.", "올레를 쓸엇저.", id="1"),
        line("마당에 갔다.", "무뚱에 갓저.", id="2", votes=2),
    )
    assert rows_of(result, "마당") == [("무뚱", ("올레",))]


@pytest.mark.parametrize(
    ("korean", "jeju", "more", "why"),
    [
        ("바다에 갑니다.", "바당에 가키여.", {}, "ending"),
        ("바다에 갑니다.", "정말로 바당에 감수다.", {}, "cannot be told"),
        ("바다에 갑니다.", "바당에 감수다.", {"spelling": "modern"}, "araea"),
    ],
)
def test_what_is_no_matter_of_a_word_is_named_with_its_line(
    table: RuleTable, korean: str, jeju: str, more: dict[str, object], why: str
) -> None:
    result = applied(table, HEAD + YARD, line(korean, jeju, **more))
    assert result.text == HEAD + YARD
    assert not result.changes
    (left,) = result.unlearnt
    assert why in str(left)
    assert "corrections.jsonl:1" in str(left)


def test_the_command_tells_what_changed_and_how_many_sentences_come_out_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, corrections = tmp_path / "own.tsv", tmp_path / "corrections.jsonl"
    own.write_text(HEAD + YARD, encoding="utf-8")
    lines = [line("마당을 쓸었습니다.", "올레를 쓸엇수다."), '{"id": 1}', "{", ""]
    corrections.write_text("\n".join(lines), encoding="utf-8")
    assert main(["lexicon", "apply", str(corrections), "--to", str(own)]) == 0
    out, err = capsys.readouterr()
    assert "마당: 마당 → 올레" in out
    assert "1 of 1 corrected sentences would now come out as corrected, 0 before." in out
    assert "corrections.jsonl:2: nobody agreed" in err
    assert "corrections.jsonl:3: this is no JSON" in err
    corrections.write_text("{}", encoding="utf-8")
    assert main(["lexicon", "apply", str(corrections), "--to", str(own)]) == 2
