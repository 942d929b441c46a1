"""Toy voices, made once."""

from pathlib import Path

import pytest

from kosorong.speech.voice import Engine, OnnxVoice


@pytest.fixture(scope="session")
def toy_voice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kosorong.training.toy import make_toy_voice

    return make_toy_voice(tmp_path_factory.mktemp("voices") / "toy-voice").path


@pytest.fixture(scope="session")
def float_voice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kosorong.training.toy import make_toy_voice

    folder = tmp_path_factory.mktemp("float-voices") / "toy-voice"
    return make_toy_voice(folder, storage="float32").path


@pytest.fixture(scope="session")
def toy_voice(toy_voice_folder: Path) -> OnnxVoice:
    return OnnxVoice(Engine.open(toy_voice_folder))
