"""A training looks at its corpus before it starts."""

import shutil
from pathlib import Path

import pytest

from kosorong.errors import CorpusError
from kosorong.training.corpora.manifest import read_manifest
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
