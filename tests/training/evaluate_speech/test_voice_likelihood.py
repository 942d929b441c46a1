"""A bundle tells the likelihood that the model it was made of has."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from kosorong.errors import BundleError
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, intersperse
from kosorong.training.evaluate_speech.flow import Flow
from kosorong.training.evaluate_speech.speakers import BundleTalker
from kosorong.training.toy import make_toy_voice, toy_acoustic

TEXT = "바다가 보여요."


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_toy_voice(tmp_path_factory.mktemp("toy") / "voice", storage="float32").path


def _mel(frames: int) -> np.ndarray:
    draw = np.random.default_rng(3)
    return (draw.standard_normal((80, frames)) - 4).astype(np.float32)


@pytest.mark.parametrize("voice", ["toy", "toy2"])
def test_a_bundle_tells_the_likelihood_and_the_alignment_of_its_model(
    bundle: Path, voice: str
) -> None:
    mel, model = _mel(91), toy_acoustic().model
    symbols = intersperse(read(TEXT).symbols, BLANK_ID)
    with torch.no_grad():
        expected = model.likelihood(
            torch.tensor([symbols]),
            torch.tensor([len(symbols)]),
            torch.from_numpy(mel[:, :90])[None],
            torch.tensor([90]),
            torch.tensor([["toy", "toy2"].index(voice)]),
        )
    fit = BundleTalker(bundle).fit(TEXT, voice, mel)
    assert fit is not None
    assert fit.nll == pytest.approx(float(expected.nll), abs=1e-4)
    assert fit.symbols == symbols
    assert list(fit.aligned) == expected.alignment[0].sum(1).long().tolist()
    assert len(fit.predicted) == len(symbols)


def test_the_volume_is_the_determinant_of_the_whole_flow(bundle: Path) -> None:
    flow, mel = Flow(bundle), _mel(2).T.copy()
    latent, volume = flow.run(mel, 0)
    step = 1e-2
    columns = []
    for place in range(mel.size):
        moved = mel.copy()
        moved.flat[place] += step
        columns.append((flow.run(moved, 0)[0] - latent).ravel() / step)
    assert volume == pytest.approx(np.linalg.slogdet(np.array(columns, np.float64))[1], rel=2e-2)


def test_a_recording_too_short_for_the_text_has_no_likelihood(bundle: Path) -> None:
    assert BundleTalker(bundle).fit(TEXT, "toy", _mel(10)) is None


def test_a_bundle_without_the_graph_that_is_expected_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="no aligner"):
        Flow(tmp_path)
    value = onnx.helper.make_tensor_value_info("mel", onnx.TensorProto.FLOAT, [1])
    graph = onnx.helper.make_graph([], "empty", [value], [value])
    onnx.save(onnx.helper.make_model(graph), tmp_path / "aligner.onnx")
    with pytest.raises(BundleError, match="0 couplings"):
        Flow(tmp_path)
