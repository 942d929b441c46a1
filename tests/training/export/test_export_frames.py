"""The frame-wise prior as a graph, and in the voice that is served."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from kosorong.speech.align import Aligner
from kosorong.speech.flow import FlowGraph
from kosorong.speech.glow_tts import AcousticModel, places
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.training.export.acoustic_graphs import frames_graph
from kosorong.training.export.onnx_graph import GraphBuilder, Storage, WeightFile
from kosorong.training.export.parity import FLOAT_DB, cases, compare
from kosorong.training.export.voice import _write_graphs
from kosorong.training.glow_tts import frames
from kosorong.training.toy import make_toy_voice, toy_acoustic, toy_vocoder

SYMBOLS = [2, 7, 30, 9, 40, 3]
FRAMES = np.array([2, 1, 5, 3, 1, 4])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graphs")
    _write_graphs(folder, toy_acoustic(frames=True), toy_vocoder(), [1, 0], "float32")
    return folder


def test_places_are_the_same_in_numpy_and_torch() -> None:
    alignment = torch.eye(len(FRAMES)).repeat_interleave(torch.from_numpy(FRAMES), 1)[None]
    np.testing.assert_allclose(
        places(FRAMES), frames.places(alignment)[0].T.numpy(), rtol=1e-5, atol=1e-6
    )


def test_the_graphs_of_a_model_with_frames_are_the_model(folder: Path) -> None:
    wanted = cases(toy_acoustic(frames=True).model, toy_vocoder().model, [1, 0])
    found = compare(folder, wanted, FLOAT_DB)
    assert {"encoder.hidden", "frames.prior", "frames.text"} <= found.keys()


@pytest.mark.parametrize("voice", [0, 1])
def test_the_served_prior_is_the_trained_one(folder: Path, voice: int) -> None:
    model = toy_acoustic(frames=True).model
    acoustic = AcousticModel(folder, squeeze=2)
    served = acoustic.prior(acoustic.encode(SYMBOLS, voice), FRAMES, voice)
    assert served.text is not None
    alignment = torch.eye(len(FRAMES)).repeat_interleave(torch.from_numpy(FRAMES), 1)[None]
    with torch.no_grad():
        hidden, means = model.encoder(torch.tensor([SYMBOLS]), torch.ones(1, 1, len(SYMBOLS)))
        mask = torch.ones(1, 1, int(FRAMES.sum()))
        speaker = model.speakers(torch.tensor([1 - voice]))
        assert model.pitch is not None
        pitch = model.pitch(hidden, torch.ones(1, 1, len(SYMBOLS)), speaker)
        trained, text = model.along(hidden, means @ alignment, alignment, mask, speaker, pitch)
        mel = model.decoder.inverse(trained, mask, speaker, text)
    assert text is not None
    np.testing.assert_allclose(served.means, trained[0].T.numpy(), rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(served.text, text[0].T.numpy(), rtol=1e-3, atol=1e-3)
    decoded = acoustic.decode(served.means, voice, served.text)
    np.testing.assert_allclose(decoded, mel[0].T.numpy(), rtol=1e-3, atol=5e-3)
    assert np.abs(decoded - acoustic.decode(served.means, voice)).max() > 0.01
    plain = np.repeat(acoustic.encode(SYMBOLS, voice).means, FRAMES, axis=0)
    assert np.abs(served.means - plain).max() > 0.01


def test_a_voice_with_frames_speaks_and_one_without_is_read_as_before(tmp_path: Path) -> None:
    framed = make_toy_voice(tmp_path / "framed", frames=True).path
    plain = make_toy_voice(tmp_path / "plain").path
    assert (framed / "frames.onnx").is_file()
    assert not (plain / "frames.onnx").is_file()
    for path in (framed, plain):
        made = OnnxVoice(Engine.open(path)).speak("바당이 ᄇᆞᆰ다.")
        assert np.isfinite(made.samples).all()
        assert len(made.words) == 2


@pytest.mark.parametrize("storage", ["float32", "int8"])
def test_a_recording_is_aligned_by_the_flow_that_is_told_nothing(
    tmp_path: Path, storage: Storage
) -> None:
    engine = Engine.open(make_toy_voice(tmp_path, frames=True, storage=storage).path)
    samples = np.concatenate(
        [stretch.samples for stretch in OnnxVoice(engine).stream("바당이 곱다.")]
    )
    words = Aligner(engine).align(samples, "바당이 곱다.", voice="toy").words
    assert [word.text for word in words] == ["바당이", "곱다."]
    assert 0 <= words[0].start < words[0].end <= words[1].start < words[1].end
    mel = np.random.default_rng(0).normal(-4, 1, (8, 80)).astype(np.float32)
    flow = FlowGraph(tmp_path / "aligner.onnx")
    width = 24
    told = flow.run(mel, 0, np.zeros((4, width), np.float32))[0]
    np.testing.assert_allclose(flow.run(mel, 0)[0], told, atol=1e-5)


def test_a_model_without_frames_has_no_such_graph() -> None:
    with pytest.raises(ValueError, match="no frame-wise prior"):
        frames_graph(GraphBuilder("frames", WeightFile(), "float32"), toy_acoustic().model, [0])
