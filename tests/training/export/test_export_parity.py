from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from kosorong.errors import TrainingError
from kosorong.speech.runtime import Graph as Session
from kosorong.training.export.onnx_graph import WEIGHTS, GraphBuilder, WeightFile
from kosorong.training.export.parity import FLOAT_DB, cases, compare, ratio_db
from kosorong.training.export.voice import _write_graphs
from kosorong.training.toy import make_toy_voice, toy_acoustic, toy_vocoder


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graphs")
    _write_graphs(folder, toy_acoustic(), toy_vocoder(), [1, 0], "float32")
    return folder


@pytest.mark.parametrize("n_text", [1, 2, 3, 5, 40])
def test_the_encoder_equals_torch_for_any_length(graphs: Path, n_text: int) -> None:
    # The relative positions reach four symbols: shorter texts are where a band goes wrong.
    model = toy_acoustic().model
    symbols = torch.randint(2, 58, (1, n_text), generator=torch.Generator().manual_seed(n_text))
    mask, speaker = torch.ones(1, 1, n_text), model.speakers(torch.tensor([1]))
    with torch.no_grad():
        hidden, means = model.encoder(symbols, mask)
        durations = model.durations(hidden, mask, speaker)
    inputs = {"symbols": symbols.numpy(), "speaker": np.array(0)}
    made_means, made_durations = Session(graphs / "encoder.onnx").run(inputs)
    np.testing.assert_allclose(made_means, means[0].numpy().T, atol=1e-4)
    np.testing.assert_allclose(made_durations, durations[0].numpy(), atol=1e-5)


@pytest.mark.parametrize("n_mel", [2, 4, 50])
@pytest.mark.parametrize("voice", [0, 1])
def test_the_flow_equals_torch_both_ways_and_is_its_own_inverse(
    graphs: Path, n_mel: int, voice: int
) -> None:
    model = toy_acoustic().model
    latent = torch.randn(1, 80, n_mel, generator=torch.Generator().manual_seed(n_mel))
    speaker, mask = model.speakers(torch.tensor([1 - voice])), torch.ones(1, 1, n_mel)
    with torch.no_grad():
        mel = model.decoder.inverse(latent, mask, speaker)
    who = {"speaker": np.array(voice)}
    rows = np.ascontiguousarray(latent[0].numpy().T)
    made = Session(graphs / "decoder.onnx").run({"latent": rows, **who})[0]
    np.testing.assert_allclose(made, mel[0].numpy().T, atol=1e-5)
    assert np.abs(made - rows).max() > 0.1
    back = Session(graphs / "aligner.onnx").run({"mel": made, **who})[0]
    np.testing.assert_allclose(back, rows, atol=1e-4)


@pytest.mark.parametrize("n_mel", [1, 3, 40])
def test_the_vocoder_equals_torch(graphs: Path, n_mel: int) -> None:
    mel = torch.randn(1, 80, n_mel, generator=torch.Generator().manual_seed(n_mel)) - 4
    with torch.no_grad():
        expected = toy_vocoder().model.spectrum(mel)
    rows = np.ascontiguousarray(mel[0].numpy().T)
    made = Session(graphs / "vocoder.onnx").run({"mel": rows})
    for one, other in zip(made, expected, strict=True):
        np.testing.assert_allclose(one, other[0].numpy().T, rtol=1e-5, atol=1e-5)


def test_a_graph_of_other_weights_is_refused(tmp_path: Path) -> None:
    _write_graphs(tmp_path, toy_acoustic(seed=1), toy_vocoder(), [0, 1], "float32")
    wanted = cases(toy_acoustic(seed=0).model, toy_vocoder().model, [0, 1])
    with pytest.raises(TrainingError, match=r"encoder\.means") as raised:
        compare(tmp_path, wanted, 70.0)
    assert "vocoder.real" not in str(raised.value)


def test_float_weights_are_refused_where_they_are_cut_short(graphs: Path) -> None:
    wanted = cases(toy_acoustic().model, toy_vocoder().model, [1, 0])
    weights = (graphs / WEIGHTS).read_bytes()
    (graphs / WEIGHTS).write_bytes(bytes(len(weights)))
    try:
        with pytest.raises(TrainingError, match="does not do what the model does"):
            compare(graphs, wanted, 70.0)
    finally:
        (graphs / WEIGHTS).write_bytes(weights)


OUTPUTS = (
    ("encoder", "means"),
    ("encoder", "log_durations"),
    ("decoder", "mel"),
    ("aligner", "latent"),
    ("vocoder", "real"),
    ("vocoder", "imaginary"),
)


def _spoil(path: Path, output: str) -> None:
    """Make one output of a graph half a per mille too large."""
    model = onnx.load(path, load_external_data=False)
    last = next(node for node in model.graph.node if output in node.output)
    last.output[0] = "exact"
    model.graph.node.add(op_type="Constant", output=["factor"]).attribute.append(
        onnx.helper.make_attribute("value_float", 1.0005)
    )
    model.graph.node.add(op_type="Mul", input=["exact", "factor"], output=[output])
    path.write_bytes(model.SerializeToString())


@pytest.mark.parametrize(("graph", "output"), OUTPUTS)
def test_an_error_of_half_a_per_mille_in_any_output_is_refused(
    graphs: Path, tmp_path: Path, graph: str, output: str
) -> None:
    shutil.copytree(graphs, tmp_path, dirs_exist_ok=True)
    wanted = cases(toy_acoustic().model, toy_vocoder().model, [1, 0])
    assert compare(tmp_path, wanted, FLOAT_DB).keys() == {f"{a}.{b}" for a, b in OUTPUTS}
    _spoil(tmp_path / f"{graph}.onnx", output)
    with pytest.raises(TrainingError, match=rf"does: {graph}\.{output} [0-9.]+ dB, at least"):
        compare(tmp_path, wanted, FLOAT_DB)


@pytest.mark.parametrize("limit", ["FLOAT_DB", "SHIPPED_DB"])
def test_what_falls_short_of_the_tolerance_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(f"kosorong.training.export.voice.{limit}", 149.0)
    with pytest.raises(TrainingError, match="at least 149") as raised:
        make_toy_voice(tmp_path / "bundle")
    assert raised.value.cure
    assert not (tmp_path / "bundle").exists()


def test_the_ratio_is_that_of_powers() -> None:
    draw = np.random.default_rng(0)
    signal, noise = draw.normal(size=(2, 10_000)).astype(np.float32)
    assert ratio_db(signal, signal + 0.01 * noise) == pytest.approx(40, abs=0.3)
    assert ratio_db(signal, signal) == 150
    assert ratio_db(signal, signal[:5]) == -np.inf
    assert ratio_db(signal, signal * np.nan) == -np.inf


def test_an_unknown_layer_stops_the_export() -> None:
    from kosorong.training.export.acoustic_graphs import encoder_graph

    acoustic = toy_acoustic()
    acoustic.model.encoder.layers[0] = torch.nn.Identity()
    with pytest.raises(TypeError, match="expected TransformerLayer, not Identity"):
        encoder_graph(GraphBuilder("encoder", WeightFile(), "float32"), acoustic.model, [0])
