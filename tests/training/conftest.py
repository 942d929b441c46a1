"""A corpus of a few seconds, made once."""

from pathlib import Path

import numpy as np
import pytest

from kosorong.audio.wav import write_wav
from kosorong.config import MEL
from kosorong.training.corpora.packed import PackedCorpus

TEXTS = ("말 고라 봅서.", "어디 감수과?", "비가 왐수다.", "밥 먹읍서.", "잘 살암저.", "경 헙주.")


def voice_like(text: str, seed: int) -> np.ndarray:
    """Noise-excited tones, one for each letter: something an aligner can follow."""
    draw = np.random.default_rng(seed)
    pieces = []
    for letter in text:
        time = np.arange(MEL.sample_rate // 8) / MEL.sample_rate
        pitch = 150 + ord(letter) % 97 * 8
        tone = 0.2 * np.sin(2 * np.pi * pitch * time) + draw.normal(0, 0.01, len(time))
        pieces.append(tone * np.hanning(len(time)) ** 0.25)
    return np.concatenate(pieces).astype(np.float32)


@pytest.fixture(scope="session")
def tiny_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file list of two speakers, twelve utterances."""
    source = tmp_path_factory.mktemp("tiny-source")
    rows = []
    for speaker in ("one", "two"):
        for n, text in enumerate(TEXTS):
            name = f"{speaker}{n}.wav"
            write_wav(source / name, voice_like(text, n), MEL.sample_rate)
            rows.append(f"{name}|{text}|{speaker}")
    (source / "speech.list").write_text("\n".join(rows), encoding="utf-8")
    return source / "speech.list"


@pytest.fixture(scope="session")
def tiny_corpus_folder(tiny_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, imported."""
    from kosorong.training.corpora.importers import import_speech

    corpus = tmp_path_factory.mktemp("tiny-corpus")
    import_speech("filelist", tiny_source, corpus)
    manifest = corpus / "manifest.tsv"
    lines = manifest.read_text(encoding="utf-8").splitlines()
    # Too small for splits of its own: one sentence is validated on, one tested on.
    lines[6] = lines[6].replace("\ttrain\t", "\tvalid\t")
    lines[12] = lines[12].replace("\ttrain\t", "\ttest\t")
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return corpus


@pytest.fixture(scope="session")
def tiny_corpus(tiny_corpus_folder: Path) -> PackedCorpus:
    """The same, packed."""
    from kosorong.training.corpora.packed import pack

    return pack(tiny_corpus_folder)
