"""Several corpora as one."""

from pathlib import Path

import numpy as np
import pytest
from tones import speech

from kosorong.audio.wav import write_wav
from kosorong.errors import CorpusError
from kosorong.training.corpora.check import check_corpus
from kosorong.training.corpora.joins import join
from kosorong.training.corpora.manifest import (
    Split,
    Utterance,
    read_layout,
    read_manifest,
    write_layout,
    write_manifest,
)
from kosorong.training.corpora.packed import pack
from kosorong.training.corpora.phones import read_phones, write_phones
from kosorong.training.corpora.rows import Phone


def row(name: str, speaker: str, text: str, split: Split = "train") -> Utterance:
    return Utterance(name, speaker, split, 1.0, f"audio/{speaker}/{name}.wav", text)


def corpus(folder: Path, layout: str, *rows: Utterance) -> Path:
    for n, one in enumerate(rows):
        (folder / one.audio).parent.mkdir(parents=True, exist_ok=True)
        sound = speech(0.5, silence=0.1, pitch=150 + 10 * n + len(layout))
        write_wav(folder / one.audio, sound, 22_050)
    write_layout(folder, layout)
    write_manifest(folder, rows)
    return folder


@pytest.fixture
def read(tmp_path: Path) -> Path:
    rows = (
        row("104_1", "104", "집에 갑니다"),
        row("104_2", "104", "비가 옵니다", "valid"),
        row("205_1", "205", "눈이 옵니다", "test"),
    )
    return corpus(tmp_path / "zeroth", "zeroth", *rows)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    rows = (
        row("halmang-1", "halmang", "어디 감수과?"),
        row("halmang-2", "halmang", "비가 옵니다."),
        row("halmang-3", "halmang", "눈이, 옵니다.", "valid"),
    )
    return corpus(tmp_path / "mine", "folder", *rows)


def test_corpora_become_one_that_can_be_trained_on(read: Path, own: Path, tmp_path: Path) -> None:
    dest = tmp_path / "all"
    done = join([read, own], dest)
    rows = read_manifest(dest)
    assert tuple(rows) == done.utterances
    assert [u.id for u in rows] == [u.id for u in (*read_manifest(read), *read_manifest(own))]
    assert {u.speaker for u in rows} == {"104", "205", "halmang"}
    assert done.renamed == ()
    heard = [pack(folder) for folder in (read, own, dest)]
    assert np.array_equal(heard[2].samples, np.concatenate([heard[0].samples, heard[1].samples]))


def test_what_is_held_out_stays_so_and_no_text_is_in_two_splits(
    read: Path, own: Path, tmp_path: Path
) -> None:
    done = join([own, read], tmp_path / "all")
    assert {u.id: u.split for u in done.utterances} == {
        "104_1": "train",
        "104_2": "valid",
        "205_1": "test",
        "halmang-1": "train",
        "halmang-2": "valid",
        "halmang-3": "test",
    }
    assert done.moved == 2
    assert "in two splits" not in {f.kind for f in check_corpus(tmp_path / "all").findings}


def test_equal_names_are_kept_apart_by_their_corpus(read: Path, tmp_path: Path) -> None:
    other = corpus(
        tmp_path / "other",
        "folder",
        row("104_1", "104", "하나"),
        row("104_1-1", "104", "하나,"),
        row("9", "eve", "둘"),
    )
    done = join([read, other], tmp_path / "all")
    assert [(u.id, u.speaker) for u in done.utterances] == [
        ("zeroth-104_1", "zeroth-104"),
        ("zeroth-104_2", "zeroth-104"),
        ("zeroth-205_1", "205"),
        ("other-104_1", "other-104"),
        ("other-104_1-1", "other-104"),
        ("other-9", "eve"),
    ]
    assert done.renamed == ("zeroth: 104 is zeroth-104", "other: 104 is other-104")
    assert len({u.audio for u in done.utterances}) == len(done.utterances)


def test_folders_of_one_name_and_of_any_signs_are_told_apart(tmp_path: Path) -> None:
    folders = [tmp_path / where / "내  책;" for where in ("a", "b", "c")]
    for folder in folders:
        corpus(folder, "folder", row("1", "eve", f"{folder.parent.name} 글"))
    done = join(folders, tmp_path / "all")
    assert [u.speaker for u in done.utterances] == ["내__책_-eve", "내__책_-2-eve", "내__책_-3-eve"]
    assert pack(tmp_path / "all").utterances == done.utterances


def test_a_joined_corpus_remembers_all_it_is_made_of(read: Path, own: Path, tmp_path: Path) -> None:
    join([read, own], tmp_path / "all")
    assert read_layout(tmp_path / "all") == "folder+zeroth"
    old = corpus(tmp_path / "old", "", row("1", "eve", "셋"))
    join([tmp_path / "all", old], tmp_path / "more")
    assert read_layout(tmp_path / "more") == "folder+unknown+zeroth"
    twin = corpus(tmp_path / "twin", "zeroth", row("1", "eve", "셋"))
    join([read, twin], tmp_path / "zeroths")
    assert read_layout(tmp_path / "zeroths") == "zeroth"


def test_times_of_sounds_come_along_under_the_new_ids(
    read: Path, own: Path, tmp_path: Path
) -> None:
    times = {"104_1": [Phone("a", 0.1, 0.2)], "gone": [Phone("b", 0.0, 0.1)]}
    write_phones(read / "phones.tsv", times)
    join([read, own], tmp_path / "all")
    assert read_phones(tmp_path / "all" / "phones.tsv") == {"104_1": times["104_1"]}
    twin = corpus(tmp_path / "twin", "zeroth", row("104_1", "eve", "셋"))
    join([read, twin], tmp_path / "all")
    assert read_phones(tmp_path / "all" / "phones.tsv") == {"zeroth-104_1": times["104_1"]}
    join([own, twin], tmp_path / "all")
    assert not (tmp_path / "all" / "phones.tsv").exists()


def test_what_cannot_be_joined_is_told(read: Path, own: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="one corpus"):
        join([read], tmp_path / "all")
    with pytest.raises(CorpusError, match="stands twice"):
        join([read, tmp_path / "mine" / ".." / "zeroth"], tmp_path / "all")
    with pytest.raises(CorpusError, match="its own folder"):
        join([read, own], own)
    with pytest.raises(CorpusError, match="no manifest"):
        join([read, tmp_path], tmp_path / "all")
    assert not (tmp_path / "all").exists()
    third = corpus(tmp_path / "c", "folder", row("zeroth-104_1", "eve", "하나"))
    twin = corpus(tmp_path / "twin", "folder", row("104_1", "ann", "둘"))
    with pytest.raises(CorpusError, match="zeroth-104_1") as caught:
        join([read, third, twin], tmp_path / "all")
    assert "folder" in caught.value.cure
    (own / "audio/halmang/halmang-1.wav").unlink()
    with pytest.raises(CorpusError, match="missing"):
        join([read, own], tmp_path / "all")
    assert not (tmp_path / "all" / "manifest.tsv").exists()
