"""Alignment measured at the joins of recordings."""

import wave
from pathlib import Path

import numpy as np
import pytest

from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.training.corpora.manifest import Split, Utterance, write_manifest
from kosorong.training.evaluate_speech.borders import (
    Borders,
    evaluate_borders,
    evaluate_known,
    sounding,
)
from kosorong.training.toy import make_toy_voice

RATE = MEL.sample_rate


def burst(silence: float, sound: float, after: float) -> np.ndarray:
    draw = np.random.default_rng(0)
    tone = 0.3 * draw.normal(0, 0.3, int(sound * RATE))
    quiet = [np.zeros(int(seconds * RATE)) for seconds in (silence, after)]
    return np.concatenate([quiet[0], tone, quiet[1]]).astype(np.float32)


def corpus(folder: Path, count: int, split: Split) -> Path:
    rows = []
    for n in range(count):
        audio = burst(0.12, 1.2, 0.18)
        audio = audio[: len(audio) // MEL.hop_length * MEL.hop_length]
        with wave.open(str(folder / f"{n}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((audio * 32767).astype("<i2").tobytes())
        rows.append(Utterance(f"u{n}", "someone", split, 1.5, f"{n}.wav", "바다가 보여요."))
    write_manifest(folder, rows)
    return folder


def test_a_recording_sounds_from_its_first_to_its_last_loud_frame() -> None:
    start, end = sounding(burst(0.3, 0.5, 0.2))
    assert (start, end) == (pytest.approx(0.3, abs=0.006), pytest.approx(0.8, abs=0.006))


def test_every_joined_recording_has_two_borders(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path / "voice").path
    told = evaluate_borders(bundle, corpus(tmp_path, 7, "test"), noise_db=30.0)
    (others,) = told
    assert (others.speaker, len(others.starts), len(others.ends)) == ("", 6, 6)
    # The first word begins where the whole begins: whatever the model, not far off.
    assert min(others.starts) < 0.5
    assert "other speakers: 12 borders" in others.text()


def test_too_few_recordings_are_an_error(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path / "voice").path
    with pytest.raises(CorpusError, match="fewer than 3"):
        evaluate_borders(bundle, corpus(tmp_path, 2, "test"))


def test_every_word_of_synthetic_speech_has_two_borders(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path / "voice", storage="float32").path
    told = evaluate_known(bundle, corpus(tmp_path, 2, "test"))
    assert [one.speaker for one in told] == ["toy", "toy2"]
    assert [len(one.starts) for one in told] == [4, 4]  # two words, twice
    # The first word begins, and the last one ends, near where the sound does: speech is brought to
    # the level of recordings, which is not that of what an untrained model makes.
    assert min(told[0].starts) < 0.1
    with pytest.raises(CorpusError, match="no held-out text"):
        evaluate_known(bundle, corpus(tmp_path, 2, "train"))


def test_the_text_tells_median_and_95th_percentile() -> None:
    text = Borders("lmy", (0.01, 0.02), (0.03, 0.1)).text()
    assert text == (
        "lmy: 4 borders, median 25 ms, 95th percentile 89 ms "
        "(starts median 15 ms, 95th percentile 20 ms, ends median 65 ms, 95th percentile 96 ms)"
    )
