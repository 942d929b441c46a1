"""`kosorong say`: a sound for each word of a list, and again only what changed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

import toy_serving
from kosorong.audio.wav import read_audio, write_wav
from kosorong.bundle import FOLDERS_VARIABLE
from kosorong.cli import main
from kosorong.errors import InputError
from kosorong.wordlist.rows import read_rows

toy_bundles_folder = toy_serving.toy_bundles_folder

_LIST = (
    "id\tjeju\tkorean\tsound\tspeaker\tvillage\tlicence\n"
    "barang\tᄇᆞ름\t바람\t\t\t\t\n"
    "halmang\t할망\t할머니\ttake.wav\t김할망\t한림\tCC BY 4.0\n"
    "\t\t어서\t\t\t\t\n"
)


@pytest.fixture(autouse=True)
def _bundles(toy_bundles_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDERS_VARIABLE, str(toy_bundles_folder))
    tone = 0.3 * np.sin(np.arange(8000) / 10)
    write_wav(tmp_path / "take.wav", tone.astype(np.float32), 16_000)


def made(folder: Path, text: str = _LIST, *options: str) -> list[dict[str, str]]:
    (folder / "words.tsv").write_text(text, encoding="utf-8")
    assert main(["say", str(folder / "words.tsv"), "-o", str(folder / "out"), *options]) == 0
    manifest = (folder / "out" / "manifest.tsv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(manifest), delimiter="\t"))


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "out").glob("*.mp3")}


def test_each_row_has_a_sound_and_the_manifest_says_who_is_heard(tmp_path: Path) -> None:
    machine, person, translated = made(tmp_path)
    assert (machine["made_by"], machine["voice"], machine["korean"]) == ("machine", "toy", "바람")
    assert machine["licence"]
    wanted = ("person", "김할망", "한림", "CC BY 4.0")
    assert tuple(person[name] for name in ("made_by", "voice", "village", "licence")) == wanted
    assert (translated["jeju"], translated["korean"]) == ("ᄒᆞᆫ저", "어서")
    for row in (machine, person, translated):
        assert len(read_audio(tmp_path / "out" / row["file"])[0]) > 1000
    samples, rate = read_audio(tmp_path / "out" / person["file"])
    assert len(samples) / rate == pytest.approx(0.5, abs=0.1)


def test_again_only_what_changed_is_made_and_what_is_gone_goes(tmp_path: Path) -> None:
    made(tmp_path)
    before = times(tmp_path)
    made(tmp_path)
    assert times(tmp_path) == before
    made(tmp_path, _LIST.replace("ᄇᆞ름", "ᄇᆞ롬").replace("\t\t어서\t\t\t\t\n", ""))
    after = times(tmp_path)
    assert after["halmang.mp3"] == before["halmang.mp3"]
    assert after["barang.mp3"] > before["barang.mp3"]
    assert set(after) == {"halmang.mp3", "barang.mp3"}


def test_another_take_of_a_person_is_taken(tmp_path: Path) -> None:
    made(tmp_path)
    before = times(tmp_path)
    write_wav(tmp_path / "take.wav", np.full(9000, 0.1, np.float32), 16_000)
    made(tmp_path)
    assert times(tmp_path)["halmang.mp3"] > before["halmang.mp3"]


def test_the_licence_of_the_voice_is_said_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path)
    assert "toy" in capsys.readouterr().err.splitlines()[0]
    made(tmp_path, _LIST, "--quiet")
    assert capsys.readouterr().err == ""


def test_words_that_are_written_alike_have_a_sound_each(tmp_path: Path) -> None:
    rows = made(tmp_path, "jeju\tkorean\n배\t선박\n배\t과일\n", "--format", "wav")
    assert [row["file"] for row in rows] == ["배.wav", "배-2.wav"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no column"),
        ("word\n바람\n", "names no column"),
        ("jeju\tjeju\nᄇᆞ름\tx\n", "one twice"),
        ("jeju\n", "no word"),
        ("jeju\n🐚\n", "nothing in the row"),
        ("jeju\n" + "가" * 3000, "too long"),
        ("jeju\tsound\n가\tnone.wav\n", "is not there"),
        ("jeju\tsound\n가\t.\n", "is not there"),
        ("id\tjeju\na\t가\na\t나\n", "is taken"),
        ("jeju\n가\t나\n", "more cells"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_with_its_line(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "words.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_rows(tmp_path / "words.tsv")


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "a\\b", ".", "con:", "a" * 300])
def test_no_id_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "words.tsv").write_text(f"id\tjeju\n{name}\t가\n", encoding="utf-8")
    (row,) = read_rows(tmp_path / "words.tsv")
    assert Path(row.id).name == row.id
    assert not row.id.startswith(".")


def test_a_manifest_that_somebody_wrote_takes_nothing_away_elsewhere(tmp_path: Path) -> None:
    made(tmp_path)
    manifest = tmp_path / "out" / "manifest.tsv"
    with manifest.open("a", encoding="utf-8") as file:
        file.write("x\t../words.tsv\t\t\t\t\t\t\t1\n")
    made(tmp_path)
    assert (tmp_path / "words.tsv").exists()
