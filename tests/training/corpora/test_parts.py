"""A corpus of some of another's utterances."""

from pathlib import Path

import pytest

from kosorong.errors import CorpusError
from kosorong.training.corpora.manifest import Utterance, read_manifest, write_manifest
from kosorong.training.corpora.parts import take_part

ROWS = [
    Utterance("a1", "ann", "train", 40.0, "a1.wav", "하나"),
    Utterance("a2", "ann", "train", 40.0, "a2.wav", "둘"),
    Utterance("a3", "ann", "valid", 40.0, "a3.wav", "셋"),
    Utterance("b1", "bob", "train", 40.0, "b1.wav", "넷"),
    Utterance("a1-1", "ann", "train", 10.0, "a1-1.wav", "하나,"),
    Utterance("a2-1", "ann", "train", 10.0, "a2-1.wav", "둘,"),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for row in ROWS:
        (folder / row.audio).write_bytes(row.id.encode())
    write_manifest(folder, ROWS)
    return folder


def test_a_speaker_is_left_out_or_taken_alone(corpus: Path, tmp_path: Path) -> None:
    assert [row.id for row in take_part(corpus, tmp_path / "rest", without=["ann"])] == ["b1"]
    assert {row.speaker for row in take_part(corpus, tmp_path / "own", only=["ann"])} == {"ann"}
    assert [row.id for row in read_manifest(tmp_path / "rest")] == ["b1"]
    assert (tmp_path / "rest" / "b1.wav").read_bytes() == b"b1"
    assert not (tmp_path / "rest" / "a1.wav").exists()


def test_minutes_count_recordings_that_teach_and_phrases_go_with_them(
    corpus: Path, tmp_path: Path
) -> None:
    rows = take_part(corpus, tmp_path / "part", only=["ann"], minutes=1.0)
    assert [row.id for row in rows] == ["a1", "a3", "a1-1"]


def test_recordings_with_numbers_in_their_names_are_no_phrases(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    names = ("story", "story-1", "story-2")
    rows = [Utterance(name, "ann", "train", 40.0, f"{name}.wav", f"글 {name}") for name in names]
    for row in rows:
        (folder / row.audio).write_bytes(b"")
    write_manifest(folder, rows)
    assert [row.id for row in take_part(folder, tmp_path / "part", minutes=1.0)] == ["story"]


def test_what_cannot_be_taken_is_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no speaker eve"):
        take_part(corpus, tmp_path / "part", only=["eve"])
    with pytest.raises(CorpusError, match="nothing is left"):
        take_part(corpus, tmp_path / "part", without=["ann", "bob"])
    with pytest.raises(CorpusError, match="its own corpus"):
        take_part(corpus, corpus, only=["ann"])
