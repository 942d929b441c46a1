from __future__ import annotations

from pathlib import Path

import pytest

from kosorong.errors import InputError
from kosorong.terms import MOST_TERMS, Term, parse_terms, read_terms, terms_of


def test_a_term_without_a_translation_is_kept() -> None:
    assert parse_terms("한라산\n바다\t바당\r\n\n# 말\n").entries == (
        Term("한라산", "한라산"),
        Term("바다", "바당"),
    )


def test_typed_arae_a_becomes_the_canonical_form() -> None:
    assert parse_terms("말\tㅁㆍㄹ").entries[0].jeju == "ᄆᆞᆯ"


def test_longer_terms_come_first_and_both_ways() -> None:
    terms = parse_terms("산\t뫼\n산나물\t산ᄂᆞ물")
    assert [source for source, _ in terms.towards("jje")] == ["산나물", "산"]
    assert ("뫼", "산") in terms.towards("ko")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("바다\t바당\t더", "3 columns"),
        ("\t바당", "no term"),
        ("!\t?", "needs a letter"),
        ("가" * 61, "more than 60"),
        ("산\t오름", "stands twice"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text(f"# names\n산\t산\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=message) as raised:
        read_terms(path)
    assert raised.value.where == f"{path}:3"
    assert raised.value.cure


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_terms(tmp_path / "none.tsv")
    (tmp_path / "cp949.tsv").write_bytes("바다\t바당".encode("cp949"))
    with pytest.raises(InputError, match="cannot be read"):
        read_terms(tmp_path / "cp949.tsv")


def test_too_many_terms_are_refused() -> None:
    with pytest.raises(InputError, match="more than 5000"):
        parse_terms("\n".join(f"말{n}" for n in range(MOST_TERMS + 1)))


def test_terms_of_a_request_name_their_word() -> None:
    assert terms_of({"바다": "바당", "산": ""}).entries == (Term("바다", "바당"), Term("산", "산"))
    with pytest.raises(InputError) as raised:
        terms_of({" ": "x"})
    assert raised.value.where == "terms[' ']"
