from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import speech_fixtures
from hypothesis import given
from hypothesis import strategies as st

from kosorong.config import MEL
from kosorong.errors import InputError, UsageError
from kosorong.speech.align import Aligner, search, without_noise
from kosorong.speech.glow_tts import AcousticSpeech
from kosorong.speech.voice import Engine
from kosorong.speech.word_times import word_frames
from kosorong.text.reading import read
from kosorong.text.sound.symbols import intersperse
from kosorong.training.glow_tts.alignment import search_reference

float_voice_folder = speech_fixtures.float_voice_folder

TEXT = "바당에 감수다, 혼저 옵서."


@pytest.fixture(scope="module")
def engine(float_voice_folder: Path) -> Engine:
    return Engine.open(float_voice_folder)


@pytest.fixture(scope="module")
def aligner(engine: Engine) -> Aligner:
    return Aligner(engine)


@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(0, 30))
def test_the_path_is_that_of_the_textbook(seed: int, n_text: int, more: int) -> None:
    draw = np.random.default_rng(seed)
    # Whole numbers, so that neither sum rounds.
    means = draw.integers(-3, 4, (n_text, 4)).astype(np.float32)
    latent = draw.integers(-3, 4, (n_text + more, 4)).astype(np.float32)
    table = -0.5 * np.square(latent[None] - means[:, None]).sum(2)
    path = search(means, latent)
    rows = np.arange(len(latent))
    expected = search_reference(table.astype(np.float32))
    assert table[path, rows].sum() == table[expected, rows].sum()
    assert path[0] == 0
    assert path[-1] == n_text - 1
    assert set(np.diff(path).tolist()) <= {0, 1}


def test_a_long_path_crosses_blocks() -> None:
    means = np.eye(8, dtype=np.float32) * 4
    held = np.array([100, 30, 200, 1, 255, 2, 60, 90])
    latent = np.repeat(means, held, axis=0)
    assert np.bincount(search(means, latent)).tolist() == held.tolist()


def _spoken(engine: Engine, seed: int) -> tuple[AcousticSpeech, tuple[int, ...], tuple[int, ...]]:
    reading = read(TEXT)
    symbols, words = intersperse(reading.symbols), intersperse(reading.words, -1)
    return engine.acoustic.speak(symbols, 0, length_scale=2.0, seed=seed), symbols, words


@pytest.mark.parametrize("seed", range(3))
def test_word_borders_of_the_models_own_speech_come_back(
    engine: Engine, aligner: Aligner, seed: int
) -> None:
    made, symbols, words = _spoken(engine, seed)
    found = word_frames(words, aligner.durations(made.mel, symbols, 0))
    known = word_frames(words, made.durations)
    errors = [abs(a - b) for word in known for a, b in zip(known[word], found[word], strict=True)]
    assert len(errors) == 8
    # Frames of 11.6 ms; toy means lie as close together as the noise is wide.
    assert np.median(errors) <= 3
    assert max(errors) <= 10


def test_every_word_of_a_recording_is_timed_in_order(aligner: Aligner) -> None:
    draw = np.random.default_rng(0)
    samples = draw.normal(0, 0.05, 3 * MEL.sample_rate).astype(np.float32)
    made = aligner.align(samples, TEXT)
    assert [word.text for word in made.words] == TEXT.split()
    edges = [edge for word in made.words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert edges[-1] <= made.seconds == 3.0
    assert made.voice in {"toy", "toy2"}


def test_the_nearer_voice_is_chosen(
    engine: Engine, aligner: Aligner, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = read(TEXT)
    symbols = intersperse(reading.symbols)
    # What toys speak has no silence in it that noise could be told from.
    monkeypatch.setattr("kosorong.speech.align.without_noise", lambda mel: mel)
    for index, name in enumerate(("toy", "toy2")):
        mel = engine.acoustic.speak(symbols, index, length_scale=2.0, noise_scale=0.1).mel
        monkeypatch.setattr("kosorong.speech.align.log_mel", lambda _, mel=mel: mel.T)
        samples = np.zeros(len(mel) * MEL.hop_length, np.float32)
        chosen = aligner.align(samples, TEXT)
        asked = aligner.align(samples, TEXT, name)
        assert (chosen.voice, asked.voice) == (name, name)
        assert replace(chosen, voice="") == replace(asked, voice="")


@pytest.mark.parametrize(
    ("seconds", "text", "said"),
    [(0.05, TEXT, "too short"), (121, TEXT, "too long"), (1, "🐚", "nothing in the text")],
)
def test_what_cannot_be_aligned_is_said(
    aligner: Aligner, seconds: float, text: str, said: str
) -> None:
    samples = np.zeros(round(seconds * MEL.sample_rate), np.float32)
    with pytest.raises(InputError, match=said):
        aligner.align(samples, text)


def test_an_unknown_voice_lists_the_valid_ones(aligner: Aligner) -> None:
    with pytest.raises(UsageError, match="toy, toy2"):
        aligner.align(np.zeros(MEL.sample_rate, np.float32), TEXT, "nobody")


def test_steady_noise_is_taken_out_of_a_mel_and_speech_stays() -> None:
    draw = np.random.default_rng(0)
    mel = np.full((80, 200), -10.0, np.float32)
    mel[:, 60:140] = -3.0 + draw.normal(0, 0.3, (80, 80))
    noisy = np.log(np.exp(mel) + np.exp(draw.normal(-5.0, 0.2, mel.shape))).astype(np.float32)
    clean = without_noise(noisy)
    assert np.abs(clean - mel)[:, 60:140].mean() < 0.15
    quiet = np.concatenate([clean[:, :60], clean[:, 140:]], axis=1)
    assert np.median(quiet) < -8.0 < np.median(noisy[:, :60])
    np.testing.assert_array_equal(without_noise(mel), mel)
