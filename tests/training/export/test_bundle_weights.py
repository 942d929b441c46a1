"""A bundle's vocoder, read back."""

from pathlib import Path

import pytest
import torch

from kosorong.errors import KosorongError
from kosorong.training.export.checkpoints import load_vocoder
from kosorong.training.export.onnx_graph import Storage
from kosorong.training.export.voice import write_voice
from kosorong.training.toy import (
    TOY_ORIGIN,
    TOY_VOICES,
    make_toy_voice,
    toy_acoustic,
    toy_vocoder,
)


def test_the_vocoder_of_a_bundle_is_the_one_that_was_exported(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path, storage="float32").path
    mel = torch.randn(1, 80, 12) - 4
    torch.testing.assert_close(
        load_vocoder(bundle).model(mel), toy_vocoder().model(mel), rtol=1e-4, atol=1e-5
    )


@pytest.mark.parametrize("storage", ["float32", "int8"])
def test_exported_again_it_gives_the_same_graph(tmp_path: Path, storage: Storage) -> None:
    first = make_toy_voice(tmp_path / "first", storage=storage)
    again = write_voice(
        toy_acoustic(),
        load_vocoder(first.path),
        tmp_path / "again",
        voices=TOY_VOICES,
        origin=TOY_ORIGIN,
        name="toy-voice",
        storage=storage,
    )
    for name in ("vocoder.onnx", "weights.bin"):
        assert again.file(name).read_bytes() == first.file(name).read_bytes()


def test_a_folder_that_is_neither_run_nor_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KosorongError, match="no training run"):
        load_vocoder(tmp_path)
