"""What int8 arithmetic costs and gains; `scripts/bench.py int8` calls this.

The bundle's graphs run as they are and with their int8 products done in float on the same weights,
on this processor and as on one without VNNI (`plain_processor.py`). Both hear the same symbols,
durations and noise. What the rounding of weights adds stands in the bundle as `deviation_db`.

python scripts/bench_int8.py FOLDER    speaks with both kinds of graphs and writes FOLDER/*.npz
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from bench_speech import in_jeju, story
from numpy.typing import NDArray
from onnx import TensorProto, helper
from plain_processor import lacking, plain_processor

from kosorong.audio.mel import log_mel
from kosorong.config import MEL
from kosorong.speech.catalogue import open_voice
from kosorong.speech.glow_tts import AcousticModel
from kosorong.speech.vocoder import Vocoder
from kosorong.speech.voice import Engine
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, intersperse
from kosorong.training.evaluate_speech.distances import cepstra, cepstral_distortion, straight
from kosorong.training.export.parity import ratio_db

Float = NDArray[np.float32]
KINDS = ("int8", "float")
_NOISE = 0.333


def in_float(source: Path, target: Path) -> None:
    """Write a graph whose int8 products are float products of the same weights."""
    model = onnx.load(source, load_external_data=False)
    nodes = []
    for node in model.graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            values, scale, zero = node.output
            nodes.append(helper.make_node("Identity", node.input, [values]))
            nodes.append(helper.make_node("Constant", [], [scale], value_float=1.0))
            nodes.append(helper.make_node("Constant", [], [zero], value_float=0.0))
        elif node.op_type == "MatMulInteger":
            wide = f"{node.output[0]}.weight"
            nodes.append(helper.make_node("Cast", [node.input[1]], [wide], to=TensorProto.FLOAT))
            nodes.append(helper.make_node("MatMul", [node.input[0], wide], node.output))
        else:
            nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    target.write_bytes(model.SerializeToString())


@dataclass(frozen=True, slots=True)
class Told:
    """What both kinds of graphs are to make.

    Attributes:
        symbols: Of each sentence, (T_text,).
        mels: Of each sentence, (T_mel, M), by float graphs.
        durations: Of each sentence, (T_text,), by float graphs.
    """

    symbols: list[NDArray[np.int64]]
    mels: list[Float]
    durations: list[NDArray[np.int64]]


def _prepare(engine: Engine, texts: Sequence[str], folder: Path) -> Told:
    """Write float graphs and what they say; the second process finds both and says the same."""
    graphs, said = folder / "graphs", folder / "told.npz"
    settings = engine.settings
    if not said.exists():
        shutil.copytree(engine.bundle.path, graphs)
        for graph in engine.bundle.path.glob("*.onnx"):
            in_float(graph, graphs / graph.name)
        exact = AcousticModel(graphs, squeeze=settings.squeeze)
        scale = settings.speakers[0].duration_scale
        arrays: dict[str, NDArray[Any]] = {}
        for n, text in enumerate(texts):
            symbols = intersperse(read(text).symbols, BLANK_ID)
            made = exact.speak(symbols, 0, length_scale=scale)
            arrays[f"symbols {n}"] = np.array(symbols)
            arrays[f"mels {n}"], arrays[f"durations {n}"] = made.mel, made.durations
        np.savez(said, **arrays)
    with np.load(said) as file:
        kinds = ("symbols", "mels", "durations")
        return Told(*([file[f"{kind} {n}"] for n in range(len(texts))] for kind in kinds))


def speak(folder: Path) -> None:
    """Let both kinds of graphs make the same sentences; write what came out and the time taken."""
    engine = open_voice().engine
    texts = (folder / "texts.txt").read_text(encoding="utf-8").splitlines()
    told = _prepare(engine, texts, folder)
    for kind, place in zip(KINDS, (engine.bundle.path, folder / "graphs"), strict=True):
        acoustic = AcousticModel(place, squeeze=engine.settings.squeeze)
        vocoder = Vocoder(place, context=engine.settings.context)
        vocoder.audio(acoustic.decode(told.mels[0], 0))
        made: dict[str, NDArray[Any]] = {}
        started = time.process_time()
        for n, (symbols, mel) in enumerate(zip(told.symbols, told.mels, strict=True)):
            encoded = acoustic.encode(symbols.tolist(), 0)
            prior = acoustic.prior(encoded, told.durations[n], 0)
            noise = np.random.default_rng(n).standard_normal(prior.means.shape, np.float32)
            made[f"durations {n}"] = np.exp(encoded.log_durations)
            latent = prior.means + np.float32(_NOISE) * noise
            made[f"mel {n}"] = acoustic.decode(latent, 0, prior.text)
            made[f"audio {n}"] = vocoder.audio(mel)
        seconds = sum(map(len, told.mels)) / MEL.frames_per_second
        made["factor"] = np.array((time.process_time() - started) / seconds)
        np.savez(folder / f"{kind}.npz", **made)


def int8() -> None:
    """Print gain and difference, with VNNI where this processor has it and without."""
    texts = in_jeju(story())
    print(f"int8 arithmetic against float, {len(texts)} sentences, the same weights")
    sounds = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "texts.txt").write_text("\n".join(texts), encoding="utf-8")
        words = [sys.executable, __file__, name]
        subprocess.run(words, check=True)
        sounds.append(_tell("this processor", folder))
        if lacking():
            print(f"  without VNNI: not measured here, {lacking()} is missing")
            return
        with plain_processor() as environment:
            subprocess.run(words, check=True, env=dict(environment))
        sounds.append(_tell("without VNNI and AVX-512", folder))
    same = all(np.array_equal(a, b) for a, b in zip(*sounds, strict=True))
    print(f"  int8 audio of the same mels on both: {'equal to the bit' if same else 'different'}")


def _tell(where: str, folder: Path) -> list[Float]:
    made: dict[str, Mapping[str, Float]] = {}
    for kind in KINDS:
        with np.load(folder / f"{kind}.npz") as file:
            made[kind] = dict(file)
    factors = [float(made[kind]["factor"]) for kind in KINDS]
    print(f"  {where}")
    print(
        f"    real-time factor, processor time   {factors[0]:.4f}, float {factors[1]:.4f}: "
        f"{factors[1] / factors[0]:.2f} times as fast"
    )
    for what in ("durations", "mel", "audio"):
        levels = [ratio_db(*pair) for pair in _pairs(made, what)]
        middle, least = np.median(levels), min(levels)
        print(f"    {what:10} below the signal    {middle:6.1f} dB, least {least:.1f}")
    mels = [(log_mel(exact), log_mel(rounded)) for exact, rounded in _pairs(made, "audio")]
    apart = np.mean([np.abs(exact - rounded).mean() for exact, rounded in mels])
    print(f"    vocoder: log-mel distance          {apart:.4f} nats")
    print(f"    vocoder: mel-cepstral distortion   {np.mean([*map(_distortion, mels)]):.3f} dB")
    return [rounded for _, rounded in _pairs(made, "audio")]


def _pairs(made: Mapping[str, Mapping[str, Float]], what: str) -> list[tuple[Float, Float]]:
    """Return what the float graphs and what the int8 graphs made of each sentence."""
    names = [name for name in made["float"] if name.startswith(f"{what} ")]
    return [(made["float"][name], made["int8"][name]) for name in names]


def _distortion(mels: tuple[Float, Float]) -> float:
    first, second = map(cepstra, mels)
    return cepstral_distortion(first, second, straight(len(first)))


if __name__ == "__main__":
    speak(Path(sys.argv[1]))
