from __future__ import annotations

from pathlib import Path

import pytest

from kosorong.errors import CorpusError
from kosorong.training.corpora.parallel import (
    Pair,
    import_mono,
    import_pairs,
    read_manifest,
    read_mono,
    split_folds,
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "talk_dialogues_araea.tsv").write_text(
        "talk-1-1\t하나\tㅎㆍ나\ntalk-1-2\t둘\t둘\ntalk-2-1\t셋\t싓\n", encoding="utf-8"
    )
    (folder / "talk_dialogues_modern.tsv").write_text("talk-1-1\t하나\t호나\n", encoding="utf-8")
    (folder / "words.lex.tsv").write_text("w-1|명사\t바다\t바당\n", encoding="utf-8")
    (folder / "oral_history_dev.tsv").write_text("oral-1\t가서\t강\n", encoding="utf-8")
    (folder / "said.pron.tsv").write_text("x\t바당\tp a\n", encoding="utf-8")
    return folder


def test_files_become_one_manifest_in_canonical_form(source: Path, tmp_path: Path) -> None:
    counts = import_pairs(source, tmp_path / "corpus")
    assert counts == {"dialogue": 4, "lexicon": 1, "oral": 1}
    pairs = read_manifest(tmp_path / "corpus")
    assert Pair("talk-1-1", "하나", "ᄒᆞ나", "dialogue", "araea", "talk-1") in pairs
    assert Pair("talk-1-1", "하나", "호나", "dialogue", "modern", "talk-1") in pairs
    assert {p.spelling for p in pairs if p.style == "lexicon"} == {"lost"}


@pytest.mark.parametrize("line", ["one\ttwo", "a\tb\tc\td", "a\t\tc"])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.tsv").write_text(f"a\tb\tc\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"x\.tsv:2"):
        import_pairs(tmp_path / "x.tsv", tmp_path / "corpus")


def test_missing_corpora_tell_the_cure(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="corpus import"):
        read_manifest(tmp_path)
    with pytest.raises(CorpusError, match=r"no \.tsv file"):
        import_pairs(tmp_path, tmp_path / "corpus")
    assert read_mono(tmp_path) == []


def test_korean_sentences_are_kept_once_where_they_are_usable(tmp_path: Path) -> None:
    text = "오늘 날씨가 좋다\n오늘 날씨가 좋다\n하나\nthis is English\n" + "길다 " * 40
    (tmp_path / "daily.txt").write_text(text, encoding="utf-8")
    assert import_mono([tmp_path / "daily.txt"], tmp_path / "corpus") == 1
    assert read_mono(tmp_path / "corpus") == [("daily", "오늘 날씨가 좋다")]


def _corpus() -> list[Pair]:
    lines = [
        Pair(f"t-{unit}-{n}", f"말 {unit} {n}", f"ᄆᆞᆯ {unit} {n}", "dialogue", spelling, f"t-{unit}")
        for unit in range(11)
        for n in range(3)
        for spelling in ("araea", "modern")
    ]
    proverbs = [Pair("p-1", "말 3, 1!", "x", "proverb"), Pair("p-2", "콩", "콩", "proverb")]
    return [*lines, *proverbs, Pair("o-1", "가서", "강", "oral")]


def test_folds_keep_units_and_spellings_together_and_cover_everything() -> None:
    folds = split_folds(_corpus(), 5)
    for fold in folds:
        held = {p.group for p in fold.test}
        assert held.isdisjoint(p.group for p in fold.train)
        assert {p.spelling for p in fold.test} == {"araea", "modern"}
    tested = [(p.id, p.spelling) for fold in folds for p in fold.test]
    assert len(tested) == len(set(tested)) == 66


def test_held_out_texts_and_styles_that_only_measure_are_never_trained_on() -> None:
    for fold in split_folds(_corpus(), 5):
        assert all(p.style != "oral" for p in fold.train)
        # Proverb p-1 says, punctuation apart, what line 3-1 says.
        seen = any(p.id == "p-1" for p in fold.train)
        assert seen == all(p.group != "t-3" for p in fold.test)
        assert any(p.id == "p-2" for p in fold.train)


def test_more_folds_than_units_are_refused() -> None:
    with pytest.raises(CorpusError, match="11 groups"):
        split_folds(_corpus(), 12)
