"""The grammar suite: our own sentences, and what Jeju grammar asks of their translation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from grammar_items import HEADER, Item, Outcome, expanded, judged, load

from kosorong.bundle import find_bundle
from kosorong.translation.translator import NeuralTranslator

SUBJECTS = {
    "adjectives",
    "araea",
    "connectives",
    "copula",
    "dial",
    "formulas",
    "homographs",
    "honorifics",
    "jje-ko",
    "levels",
    "modern",
    "names",
    "negation",
    "particles",
    "quotations",
    "reader-connectives",
    "reader-endings",
    "reader-jje-ko",
    "reader-negation",
    "reader-particles",
    "reader-stems",
    "reader-tense",
    "reader-words",
    "requests",
    "tense",
}
BLIND = 1 / 3  # of the suite is by a reader who had not seen the rules
LISTS = {"list-adjectives": 152, "list-kim": 27, "list-not": 93, "list-requests": 20}
PASSED, FAILED_OF_A_LIST = 0.95, 0.02


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return load()


@pytest.fixture(scope="module")
def outcomes(items: list[Item]) -> list[Outcome]:
    return judged(NeuralTranslator(find_bundle("translator")), items)


def faults_by_kind(outcomes: Iterable[Outcome]) -> str:
    """Return the failures, those of one kind together, the most first."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.fault:
            kinds[outcome.item.kind].append(outcome.text)
    ordered = sorted(kinds.items(), key=lambda one: -len(one[1]))
    return "\n".join(
        f"{kind}: {len(texts)}\n    " + "\n    ".join(texts) for kind, texts in ordered
    )


def test_every_subject_has_its_items(items: list[Item]) -> None:
    counts = Counter(item.subject for item in items)
    assert SUBJECTS | set(LISTS) == set(counts)
    assert sum(counts[subject] for subject in SUBJECTS) >= 800
    blind = sum(counts[subject] for subject in SUBJECTS if subject.startswith("reader-"))
    assert blind >= BLIND * sum(counts[subject] for subject in SUBJECTS)
    assert {name: counts[name] for name in LISTS} == LISTS


def test_no_item_stands_twice(items: list[Item]) -> None:
    ids = Counter(item.id for item in items)
    sentences = Counter((item.way, item.spelling, item.strength, item.source) for item in items)
    assert [one for one, count in ids.items() if count > 1] == []
    assert [one for one, count in sentences.items() if count > 1] == []


def test_the_suite_passes(outcomes: list[Outcome]) -> None:
    suite = [one for one in outcomes if one.item.subject in SUBJECTS]
    passed = sum(not one.fault for one in suite) / len(suite)
    assert passed >= PASSED, f"{passed:.1%} passed\n{faults_by_kind(suite)}"


@pytest.mark.parametrize("name", sorted(LISTS))
def test_next_to_nothing_of_a_list_fails(outcomes: list[Outcome], name: str) -> None:
    listed = [one for one in outcomes if one.item.subject == name]
    failed = sum(bool(one.fault) for one in listed) / len(listed)
    assert failed <= FAILED_OF_A_LIST, f"{failed:.1%} failed\n{faults_by_kind(listed)}"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a-01\tko-jje\taraea\t1\t밥.\t밥\t", "7 fields, not 8"),
        ("a-01\tko-en\taraea\t1\t밥.\t밥\t\twhy", "way is one of"),
        ("a-01\tko-jje\taraea\t1\t밥.\t밥\t\t", "why may not be empty"),
        ("a-01\tko-jje\taraea\t1\t밥.\t(밥\t\twhy", "a.tsv, a-01"),
        ("a-01\tko-jje\taraea\t1\t밥.\t{rice}\t\twhy", "no pattern is named rice"),
    ],
)
def test_a_row_that_is_no_item_is_named(tmp_path: Path, row: str, told: str) -> None:
    (tmp_path / "patterns.tsv").write_text("name\tregex\n", encoding="utf-8")
    (tmp_path / "a.tsv").write_text("\t".join(HEADER) + f"\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        load(tmp_path)


def test_a_named_coda_is_a_class_of_syllables() -> None:
    rule = expanded("{ㅁ}수다", {})
    made = next(item for item in load() if item.kind == "tense-progressive").must[0].pattern
    assert "감" in rule
    assert "각" not in rule
    assert made.search("지금 먹엄수다.")
    assert not made.search("지금 먹읍서.")
