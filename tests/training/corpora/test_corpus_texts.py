"""Parallel text in the layouts that it is handed out in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kosorong.errors import CorpusError
from kosorong.training.corpora.parallel import Pair, read_manifest, write_manifest
from kosorong.training.corpora.texts import (
    import_aihub_text,
    import_corrections,
    import_jit,
)

OLD = Pair("talk-1", "집", "집", "dialogue", "araea", "talk-1")


@pytest.fixture
def jit(tmp_path: Path) -> Path:
    folder = tmp_path / "jit"
    folder.mkdir()
    for split, count in (("train", 4), ("dev", 2), ("test", 3)):
        for side, word in (("ko", "말"), ("je", "ㅁㆍㄹ")):
            lines = [f"{word} {split} {n} ." for n in range(count)]
            (folder / f"{side}.{split}").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_jit_keeps_its_own_split(jit: Path, tmp_path: Path) -> None:
    done = import_jit(jit, tmp_path / "corpus")
    assert done.counts == {"train": 4, "dev": 2, "test": 3}
    train = read_manifest(tmp_path / "corpus")
    assert [p.id for p in train] == [f"jit-train-{n}" for n in range(1, 5)]
    assert (train[0].korean, train[0].jeju) == ("말 train 0 .", "ᄆᆞᆯ train 0 .")
    assert [len(read_manifest(tmp_path / "corpus" / part)) for part in ("dev", "test")] == [2, 3]


def test_jit_with_files_of_different_length_writes_nothing(jit: Path, tmp_path: Path) -> None:
    (jit / "je.test").write_text("하나\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"ko\.test has 3 lines and je\.test has 1"):
        import_jit(jit, tmp_path / "corpus")
    assert not (tmp_path / "corpus").exists()


def test_jit_without_a_file_names_it(jit: Path, tmp_path: Path) -> None:
    (jit / "ko.dev").unlink()
    with pytest.raises(CorpusError, match="cannot be read") as raised:
        import_jit(jit, tmp_path / "corpus")
    assert raised.value.where.endswith("ko.dev")


def _correction(**change: Any) -> dict[str, Any]:
    return {
        "id": "b1-s2-c3",
        "korean": "바다에 갑니다.",
        "jeju": "바당에 감수다.",
        "spelling": "araea",
        "consent": True,
        "licence": "CC-BY-SA-4.0",
        "was": "바다에 갑니다.",
        "kind": "translation",
        "region": "구좌",
    } | change


def _write(path: Path, rows: list[Any]) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_corrections_join_the_corpus_that_is_there(tmp_path: Path) -> None:
    write_manifest([OLD], tmp_path / "corpus")
    rows = [
        _correction(),
        _correction(id="b2", spelling="modern"),
        _correction(jeju="바당에 가쿠다."),
    ]
    done = import_corrections(_write(tmp_path / "c.jsonl", rows), tmp_path / "corpus")
    assert (done.counts, done.refused) == ({"araea": 1, "modern": 1}, ())
    pairs = read_manifest(tmp_path / "corpus")
    assert [p.id for p in pairs] == ["talk-1", "correction-b1-s2-c3", "correction-b2"]
    assert pairs[1].jeju == "바당에 가쿠다."
    assert {p.style for p in pairs[1:]} == {"other"}
    import_corrections(_write(tmp_path / "c.jsonl", rows[:1]), tmp_path / "corpus")
    assert len(read_manifest(tmp_path / "corpus")) == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (_correction(consent=False), "agreed"),
        (_correction(consent="yes"), "agreed"),
        ({k: v for k, v in _correction().items() if k != "consent"}, "agreed"),
        (_correction(licence=None), "licence"),
        (_correction(licence="CC-BY-NC-SA-4.0"), "licence"),
        (_correction(jeju=" "), "jeju is missing"),
        (_correction(id=None), "id is missing"),
        (_correction(spelling="old"), "spelling"),
        (_correction(kind="reading"), "sounds"),
        ("{", "no JSON"),
        ("[]", "no JSON object"),
    ],
)
def test_a_correction_that_may_not_be_used_is_refused_by_line(
    tmp_path: Path, row: Any, reason: str
) -> None:
    source = _write(tmp_path / "c.jsonl", [_correction(), row])
    done = import_corrections(source, tmp_path / "corpus")
    assert len(done.refused) == 1
    assert f"{source}:2" in done.refused[0]
    assert reason in done.refused[0]
    assert len(read_manifest(tmp_path / "corpus")) == 1
    assert reason in (tmp_path / "corpus" / "refused.txt").read_text(encoding="utf-8")


def test_nothing_but_refused_corrections_is_an_error(tmp_path: Path) -> None:
    source = _write(tmp_path / "c.jsonl", [_correction(consent=False)])
    with pytest.raises(CorpusError, match="no correction"):
        import_corrections(source, tmp_path / "corpus")


def test_labels_of_aihub_become_pairs_without_their_sound(tmp_path: Path) -> None:
    utterances = [
        {
            "form": "이거 (하영)/(많이) 먹었어",
            "dialect_form": "이거 (하영)/(많이) 먹언",
            "standard_form": "이거 (하영)/(많이) 먹었어",
            "start": 0.0,
            "end": 1.5,
            "speaker_id": "1",
        },
        {"form": "그래", "dialect_form": "그래", "standard_form": "그래", "start": 2, "end": 3},
        {"form": "&name1& 왔어", "dialect_form": "&name1& 왔어", "start": 3, "end": 4},
    ]
    label = {"id": "DJDD20000001", "utterance": utterances}
    _write(tmp_path / "DJDD20000001.json", [label])
    done = import_aihub_text(tmp_path, tmp_path / "corpus")
    assert done.counts == {"pairs": 1, "the same in both": 1}
    assert len(done.refused) == 1
    (pair,) = read_manifest(tmp_path / "corpus")
    assert (pair.korean, pair.jeju) == ("이거 많이 먹었어", "이거 하영 먹언")
    assert (pair.spelling, pair.group) == ("modern", "aihub-DJDD20000001")


def test_labels_without_two_forms_are_an_error(tmp_path: Path) -> None:
    _write(tmp_path / "a.json", [{"utterance": []}])
    with pytest.raises(CorpusError, match="no utterance"):
        import_aihub_text(tmp_path, tmp_path / "corpus")
