"""A ladder stands between recording and voice, and a judge says where words are lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kosorong.audio.mel import log_mel
from kosorong.config import MEL
from kosorong.speech.evenness import gain_of
from kosorong.training.evaluate_speech.ladder import Tied, climb
from kosorong.training.evaluate_speech.speakers import BundleTalker, Talker
from kosorong.training.evaluate_speech.understood import (
    HeldOutRecording,
    Listened,
    Understood,
    listen,
)
from kosorong.training.evaluate_speech.understood_report import Judgement
from kosorong.training.judges import HeardText, Judge
from kosorong.training.judges.judge import spoken_jamo
from kosorong.training.toy import make_toy_voice

TEXT = "바다가 보여요."


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_toy_voice(tmp_path_factory.mktemp("toy") / "voice", storage="float32").path


def _audio(seconds: float = 1.0) -> np.ndarray:
    draw = np.random.default_rng(5)
    length = round(seconds * MEL.frames_per_second) * MEL.hop_length
    return (0.1 * draw.standard_normal(length)).astype(np.float32)


def test_a_bundles_latent_goes_back_to_the_recording(bundle: Path) -> None:
    talker, mel = BundleTalker(bundle), log_mel(_audio())
    rungs = climb(talker, TEXT, "toy", mel)
    assert list(rungs) == ["copy", "latent", "half", "durations"]
    length = len(rungs["latent"])
    # The flow is undone: what was a recording's latent sounds as its mel does, at one level.
    copy = rungs["copy"][:length] * gain_of(mel.T[: length // MEL.hop_length])
    assert np.abs(rungs["latent"] - copy)[: -4 * MEL.n_fft].max() < 1e-2
    for lower in ("half", "durations"):
        assert len(rungs[lower]) == length
        assert np.abs(rungs[lower] - rungs["latent"]).max() > 1e-2


def test_the_priors_means_stand_in_the_recordings_own_durations(bundle: Path) -> None:
    talker, mel = BundleTalker(bundle), log_mel(_audio())
    tied, fit = talker.tie(TEXT, "toy2", mel), talker.fit(TEXT, "toy2", mel)
    assert tied is not None
    assert fit is not None
    assert fit.aligned == tuple(tied.frames.tolist())
    assert tied.frames.sum() == len(tied.means) == len(tied.latent)
    first = int(tied.frames[0])
    assert (tied.means[:first] == tied.means[0]).all()
    assert (tied.means[first] != tied.means[0]).any()


def test_a_recording_too_short_for_its_text_has_no_rung_but_the_copy(bundle: Path) -> None:
    assert list(climb(BundleTalker(bundle), TEXT, "toy", log_mel(_audio(0.1)))) == ["copy"]


class _Halving:
    """A model of another layout: its latent is the mel, and it counts what it is asked."""

    def copy(self, mel: np.ndarray) -> None:
        return None

    def tie(self, text: str, speaker: str, mel: np.ndarray) -> Tied:
        means = np.zeros_like(mel.T)
        return Tied((1,), np.array([len(means)]), mel.T, means, 0, condition=text)

    def sound(self, tied: Tied, latent: np.ndarray) -> np.ndarray:
        assert tied.condition == TEXT
        return latent.mean(1)


def test_another_acoustic_model_has_the_same_rungs() -> None:
    mel = np.full((80, 6), 4.0, np.float32)
    rungs = climb(_Halving(), TEXT, "any", mel)
    assert {name: float(audio[0]) for name, audio in rungs.items()} == {
        "latent": 4.0,
        "half": 2.0,
        "durations": 0.0,
    }


class _Scripted(Judge):
    """Hears what the loudness of a sound stands for."""

    name, recipe = "script", "by loudness"

    def __init__(self, lines: dict[float, str]) -> None:
        self._lines = lines

    def said(self, text: str) -> tuple[str, ...]:
        return spoken_jamo(text)

    def hear(self, audio: np.ndarray) -> HeardText:
        text = self._lines[round(float(audio[0]), 2)]
        return HeardText(text, spoken_jamo(text))


class _Loud(Talker):
    """Each speaker has a loudness; odd seeds are louder by a tenth."""

    name = "loud"

    def say(self, text: str, speaker: str, seed: int) -> np.ndarray:
        loud = {"one": 0.3, "two": 0.5}[speaker] + 0.1 * (seed >= 10_000)
        return np.full(MEL.n_fft, loud, np.float32)


@pytest.fixture
def judgement() -> Judgement:
    lines = {0.2: "별로네요", 0.3: "결로네요", 0.4: "결로레요", 0.5: "별", 0.6: "별로네"}
    recording = HeldOutRecording("u1", "별로네요.", np.full(MEL.n_fft, 0.2, np.float32))
    judge = _Scripted(lines)
    found = listen(_Loud(), judge, "one", [recording] * 3, others=["two"], seeds=2)
    return Judgement(judge.name, judge.recipe, judge.stranger, (found,))


def test_every_noise_counts_in_the_error(judgement: Judgement) -> None:
    (found,) = judgement.speakers
    assert set(found.tallies) == {"recorded", "served", "served by two"}
    assert [(t.wrong, t.said) for t in found.tallies["served"]] == [(3, 18)] * 3
    assert [t.wrong for t in found.tallies["recorded"]] == [0, 0, 0]


def test_confused_onsets_are_counted_in_one_reading(judgement: Judgement) -> None:
    told = [(c.said, c.heard, c.served, c.recorded) for c in judgement.speakers[0].confusions()]
    assert told == [("ㅂ", "ㄱ", 3.0, 0.0), ("ㄴ", "ㄹ", 1.5, 0.0)]


def test_the_report_tells_the_worst_and_the_other_voice(judgement: Judgement) -> None:
    text = judgement.text()
    assert "별로네요. | 별로네요 | 결로레요" in text
    assert "ㅂ→ㄱ 3.0; 0" in text
    assert "two ÷ one, the same texts" in text
    assert "as served, 2 seeds" in text
    assert judgement.figures()["one, script ratio, served / recorded"].startswith("∞")
    plain = judgement.plain()["speakers"]["one"]
    assert plain["rungs"]["served"]["ratio"]["value"] is None
    assert plain["sentences"][0]["heard"]["served"][1] == {"text": "결로레요", "wrong": 2}


def test_a_sentence_that_cannot_be_tied_is_left_out_of_its_rungs_alone() -> None:
    said, right = tuple("별로"), (HeardText("별로", tuple("별로")),)
    rungs = [("recorded", "served"), ("recorded", "latent", "served"), ("recorded", "served")]
    wrong = {"recorded": (0,), "latent": (1,), "served": (2,)}
    found = Understood(
        "one",
        1,
        tuple(
            Listened(f"u{n}", "별로", said, dict.fromkeys(some, right), {r: wrong[r] for r in some})
            for n, some in enumerate(rungs)
        ),
    )
    assert [len(found.tallies[rung]) for rung in ("recorded", "latent", "served")] == [3, 1, 3]
    assert len(found.base("latent")) == 1
    text = Judgement("judge", "recipe", False, (found,)).text()
    assert "without 2 of 3 sentences that could not be tied to their text" in text
