"""Bundles made by the commands themselves: import, train, export, on a corpus of seconds."""

from pathlib import Path

import numpy as np
import pytest
from running import run_command

from kosorong.audio.wav import write_wav
from kosorong.bundle import FOLDERS_VARIABLE
from kosorong.config import MEL

SENTENCES = (
    ("바다에 갑니다.", "바당에 감수다."),
    ("집에 사람이 있습니다.", "집이 사ᄅᆞᆷ이 잇수다."),
    ("어서 오십시오.", "ᄒᆞᆫ저 옵서."),
    ("밭에 말이 많습니다.", "밧디 ᄆᆞᆯ이 하우다."),
    ("산에 갑니까?", "산에 감수과?"),
    ("비가 옵니다.", "비가 왐수다."),
)

ACOUSTIC = """
kind: acoustic
main_speaker: one
batch_size: 4
model:
  speaker_channels: 4
  encoder: {channels: 16, inner: 16, layers: 1}
  durations: {inner: 16}
  decoder: {blocks: 2, hidden: 16, layers: 1}
loop: {steps: 4, schedule: {peak: 1e-3, warmup: 2}, validate_every: 4, draw_every: 99}
"""
VOCODER = """
kind: vocoder
model: {channels: 16, blocks: 2}
batch_size: 2
segment_frames: 16
loop: {steps: 3, schedule: {peak: 1e-3, warmup: 2}, validate_every: 3, draw_every: 99}
"""
TRANSLATION = """
model: {width: 32, heads: 4, feed_forward: 48, encoder_layers: 2, decoder_layers: 1, longest: 128}
loop:
  steps: 8
  schedule: {peak: 3e-3, warmup: 4}
  precision: fp32
  validate_every: 99
  draw_every: 99
vocabulary: 400
letters: 400
parts: 1
synthetic: 6
"""


def _write_sources(folder: Path) -> None:
    draw = np.random.default_rng(0)
    speech, text = [], []
    for speaker, step in (("one", 5), ("two", 9)):
        for n, (korean, jeju) in enumerate(SENTENCES):
            time = np.arange(MEL.sample_rate // 8) / MEL.sample_rate
            tones = [np.sin(2 * np.pi * (150 + ord(c) % 97 * step) * time) for c in jeju]
            audio = 0.2 * np.concatenate(tones) + draw.normal(0, 0.01, len(time) * len(jeju))
            write_wav(folder / f"{speaker}{n}.wav", audio.astype(np.float32), MEL.sample_rate)
            speech.append(f"{speaker}{n}.wav|{jeju}|{speaker}")
            text.append(f"jejulife-{n}-{speaker}\t{korean}\t{jeju}")
    (folder / "speech.list").write_text("\n".join(speech), encoding="utf-8")
    (folder / "jejuprov_life_dialogues_araea.tsv").write_text("\n".join(text), encoding="utf-8")
    mono = "".join(f"{korean}\n" for korean, _ in SENTENCES)
    (folder / "tatoeba_kor.txt").write_text(mono, encoding="utf-8")
    for name, recipe in (("a", ACOUSTIC), ("v", VOCODER), ("t", TRANSLATION)):
        (folder / f"{name}.yaml").write_text(recipe, encoding="utf-8")


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources, imported corpora, runs and, in `bundles/`, both bundles."""
    folder = tmp_path_factory.mktemp("workshop")
    _write_sources(folder)
    speech, text = folder / "speech", folder / "text"
    steps = [
        ("corpus", "import", "filelist", folder / "speech.list", speech),
        ("corpus", "import", "tsv", folder / "jejuprov_life_dialogues_araea.tsv", text),
        ("corpus", "import", "mono", folder / "tatoeba_kor.txt", text),
    ]
    for model, recipe, data in (
        ("acoustic", "a", speech),
        ("vocoder", "v", speech),
        ("translation", "t", text),
    ):
        where = ("--recipe", folder / f"{recipe}.yaml", "--data", data, "--out", folder / model)
        steps.append(("train", model, *where))
    voices = ("--voice", "one:female", "--voice", "two", "--vocoder", folder / "vocoder")
    bundles = folder / "bundles"
    calibrated = ("--data", speech, "--licence", "CC0-1.0", "--credit", "Tones, nobody's voice")
    steps.append(("export", folder / "acoustic", "-o", bundles / "voice", *voices, *calibrated))
    steps.append(("export", folder / "translation", "-o", bundles / "translator"))
    for step in steps:
        assert run_command(*step) == 0, step
    return folder


@pytest.fixture
def bundles(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bundles, installed for one test."""
    folder = workshop / "bundles"
    monkeypatch.setenv(FOLDERS_VARIABLE, str(folder))
    return folder
