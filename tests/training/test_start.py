"""A training looks at its corpus before it starts."""

import shutil
from pathlib import Path

import pytest

from kosorong.errors import CorpusError
from kosorong.training import start
from kosorong.training.common import processes
from kosorong.training.corpora.manifest import read_manifest
from kosorong.training.corpora.packed import pack
from kosorong.training.start import train


def test_a_corpus_that_cannot_be_packed_is_reported_whole(
    tiny_corpus_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, run = tmp_path / "corpus", tmp_path / "run"
    shutil.copytree(tiny_corpus_folder, corpus, ignore=shutil.ignore_patterns("packed"))
    lost = [u.id for u in read_manifest(corpus)][2:4]
    for utterance in read_manifest(corpus)[2:4]:
        (corpus / utterance.audio).unlink()
    recipe = tmp_path / "vocoder.yaml"
    recipe.write_text("kind: vocoder\nmodel: {channels: 16, blocks: 2}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=f"{lost[0]}.wav: cannot be read"):
        train("vocoder", recipe, corpus, run, resume=False)
    assert "12 utterances, 2 speakers" in capsys.readouterr().err
    report = (run / "check.txt").read_text(encoding="utf-8")
    assert "2 missing" in report
    assert all(name in report for name in lost)
    assert not (run / "checkpoints").exists()


def test_the_second_of_two_processes_neither_checks_nor_writes_nor_tells(
    tiny_corpus_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    corpus, run = tmp_path / "corpus", tmp_path / "run"
    shutil.copytree(tiny_corpus_folder, corpus)
    manifest = corpus / "manifest.tsv"
    text = manifest.read_text(encoding="utf-8").replace("말 고라 봅서.", "가나다라마바사 " * 40, 1)
    manifest.write_text(text, encoding="utf-8")
    recipe = tmp_path / "acoustic.yaml"
    small = "encoder: {channels: 16, inner: 16, layers: 1}, decoder: {blocks: 1, hidden: 8}"
    recipe.write_text(f"main_speaker: one\nmodel: {{{small}}}\n", encoding="utf-8")
    pack(corpus)  # the first process has done that
    monkeypatch.setattr(processes, "rank", lambda: 1)
    monkeypatch.setattr(processes, "any_of", lambda flag: flag)
    with processes.first_alone():
        start._BUILDERS["acoustic"](recipe, corpus, run)
    start._say_how_to_resume(run, "kosorong train")
    assert not run.exists()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(processes, "rank", lambda: 0)
    start._BUILDERS["acoustic"](recipe, corpus, run)
    start._say_how_to_resume(run, "kosorong train")
    assert {path.name for path in run.iterdir()} == {"check.txt", "check.png", "HOW-TO-RESUME.txt"}
    assert "left out: " in capsys.readouterr().err
