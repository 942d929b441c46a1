from __future__ import annotations

import math

import pytest
import torch

from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.export.int8_calibration import duration_scales, rare_symbols
from kosorong.training.glow_tts.data import AcousticData
from kosorong.training.toy import toy_acoustic


@pytest.fixture
def data(tiny_corpus: PackedCorpus) -> AcousticData:
    return AcousticData(tiny_corpus, blanks=True, squeeze=2)


def test_the_scale_makes_the_training_lengths_right(data: AcousticData) -> None:
    model = toy_acoustic().model
    before = duration_scales(model, data, ["one", "two", "nobody"])
    assert before["nobody"] == 1.0
    assert abs(before["one"] - 1.0) > 0.2
    with torch.no_grad():
        # What the scale corrects: all durations longer by its own factor.
        model.durations.get_parameter("project.bias").add_(math.log(before["one"]))
    after = duration_scales(model, data, ["one"])
    assert after["one"] == pytest.approx(1.0, abs=0.04)


def test_only_the_training_split_counts(data: AcousticData) -> None:
    held_out = next(i for i in data.of_split("valid"))
    before = duration_scales(toy_acoustic().model, data, ["one"])
    data.texts[held_out] = data.texts[held_out] * 5
    assert duration_scales(toy_acoustic().model, data, ["one"]) == before


def test_symbols_that_hardly_occur_are_listed(data: AcousticData) -> None:
    rare = rare_symbols(data)
    assert rare["…"] == 0
    assert 0 < rare["?"] < 20
    assert "_" not in rare
    assert "*" not in rare
