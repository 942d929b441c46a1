"""Voice bundles: an acoustic model and a vocoder as graphs over one weight file."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onnx import ModelProto

from kosorong.audio.mel import definition_hash
from kosorong.bundle import Bundle, BundleInfo, write_bundle
from kosorong.config import MEL
from kosorong.errors import TrainingError
from kosorong.ports import GUESS, JEJU, KOREAN
from kosorong.text.letters.hangul import LONE_ARAEA, LONE_DOUBLE_ARAEA
from kosorong.text.sound.symbols import SYMBOLS_HASH
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.export.acoustic_graphs import (
    aligner_graph,
    decoder_graph,
    encoder_graph,
    frames_graph,
)
from kosorong.training.export.card import voice_card
from kosorong.training.export.checkpoints import (
    TrainedAcoustic,
    TrainedVocoder,
    load_acoustic,
    load_vocoder,
)
from kosorong.training.export.int8_calibration import duration_scales, rare_symbols
from kosorong.training.export.onnx_graph import WEIGHTS, GraphBuilder, Storage, WeightFile
from kosorong.training.export.parity import FLOAT_DB, SHIPPED_DB, cases, compare
from kosorong.training.export.toned import write_toned
from kosorong.training.export.vocoder_graph import vocoder_graph
from kosorong.training.glow_tts.data import AcousticData
from kosorong.training.glow_tts.transfer import HOMOPHONES

ARAEA = (0.35, 0.25, 0.4)
"""Shares of ㅗ, ㅓ and ㅏ in the arae-a of a voice for which none were chosen."""


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """A speaker of the training who becomes a voice.

    Attributes:
        name: As `--voice` will take it.
        speaker: Name in the training corpus.
        gender: `female`, `male` or "".
        araea: Shares of ㅗ, ㅓ and ㅏ in an arae-a that nobody in the training said.
    """

    name: str
    speaker: str
    gender: str = ""
    araea: tuple[float, float, float] = ARAEA


@dataclass(frozen=True, slots=True)
class Origin:
    """What a voice owes to whom.

    Attributes:
        licence: SPDX expression of the weights.
        credit: The line that every export carries.
        trained_on: Corpora, one a line.
    """

    licence: str
    credit: str
    trained_on: tuple[str, ...]


# The shares were chosen by `kosorong evaluate vowels --chosen-on`.
VOICES = (
    VoiceChoice("lmy", "lmy", "female", (0.3, 0.35, 0.35)),
    VoiceChoice("kih", "kih", "male", (0.4, 0.0, 0.6)),
)

MIXED = {LONE_ARAEA: "ᅩᅥᅡ", LONE_DOUBLE_ARAEA: "ᅭᅧᅣ"}
"""Vowels that speakers of Korean do not say, and those that they are mixed of."""

EMOTIONTTS = Origin(
    "CC-BY-NC-SA-4.0",
    "Synthetic voice trained on emotiontts_open_db (Selvas AI, KAIST), CC BY-NC-SA 4.0",
    ("emotiontts_open_db, Selvas AI and KAIST: 1,193 utterances, 36 speakers, 91 minutes",),
)


_KIM_2022 = (
    "Kim, Soung-U. 2022. Jejuan DoReCo dataset. In Seifart, Frank, Ludger Paschen and Matthew "
    "Stave (eds.). Language Documentation Reference Corpus (DoReCo) 1.2. Berlin & Lyon: "
    "Leibniz-Zentrum Allgemeine Sprachwissenschaft & laboratoire Dynamique Du Langage "
    "(UMR5596, CNRS & Université Lyon 2). https://doi.org/10.34847/nkl.06ebrk38"
)

DORECO = Origin(
    "CC-BY-4.0",
    "Synthetic voice trained on the Jejuan DoReCo dataset (Kim Soung-U 2022, "
    "https://doi.org/10.34847/nkl.06ebrk38), CC BY 4.0",
    (_KIM_2022,),
)

KNOWN_ORIGINS = {"emotiontts": EMOTIONTTS, "doreco": DORECO}
"""By the layout a corpus was imported from."""


def export_voice(
    acoustic_run: Path,
    vocoder_run: Path,
    bundle: Path,
    *,
    voices: Sequence[VoiceChoice] = VOICES,
    corpus: PackedCorpus | None = None,
    origin: Origin = EMOTIONTTS,
    name: str = "kosorong-voice",
    storage: Storage = "int8",
    noise_scale: float = 0.333,
) -> Bundle:
    """Export the averaged weights of two runs' best checkpoints as one voice bundle.

    Args:
        acoustic_run: Folder of an acoustic training.
        vocoder_run: Folder of a vocoder training.
        bundle: Folder to write; a bundle there is replaced.
        voices: Which speakers become voices; the first is the default.
        corpus: What the acoustic model was trained on, to measure pace and tone; without it
            durations are left as predicted, some ten per cent short, and the sound as it is.
        origin: Licence and credit.
        name: Of the bundle.
        storage: `int8`, or `float16` for float arithmetic; `float32` for looking into things.
        noise_scale: Standard deviation of the latent's noise.

    Raises:
        TrainingError: A run is not usable, lacks a speaker, or a graph differs from its model.
    """
    acoustic, vocoder = load_acoustic(acoustic_run), load_vocoder(vocoder_run)
    scales: Mapping[str, float] = {}
    quality: dict[str, object] = {}
    unheard = tuple(MIXED)
    if corpus is not None:
        decoder = acoustic.model.config.decoder
        blanks = acoustic.model.config.blanks
        data = AcousticData(corpus, blanks=blanks, squeeze=decoder.squeeze)
        scales = duration_scales(acoustic.model, data, [voice.speaker for voice in voices])
        rare = rare_symbols(data)
        quality["rare_symbols"] = rare
        unheard = tuple(vowel for vowel in MIXED if vowel in rare)
    return write_voice(
        acoustic,
        vocoder,
        bundle,
        voices=voices,
        origin=origin,
        name=name,
        storage=storage,
        noise_scale=noise_scale,
        scales=scales,
        quality=quality,
        unheard=unheard,
        corpus=corpus,
    )


def write_voice(
    acoustic: TrainedAcoustic,
    vocoder: TrainedVocoder,
    bundle: Path,
    *,
    voices: Sequence[VoiceChoice],
    origin: Origin,
    name: str,
    storage: Storage,
    noise_scale: float = 0.333,
    scales: Mapping[str, float] | None = None,
    quality: Mapping[str, object] | None = None,
    unheard: Collection[str] = tuple(MIXED),
    corpus: PackedCorpus | None = None,
) -> Bundle:
    """Write a voice bundle from models in memory; see `export_voice`.

    Args:
        acoustic: The acoustic model.
        vocoder: The vocoder.
        bundle: Folder to write.
        voices: Which speakers become voices.
        origin: Licence and credit.
        name: Of the bundle.
        storage: How weights are stored.
        noise_scale: Standard deviation of the latent's noise.
        scales: Factor on predicted durations by speaker; 1.0 where missing.
        quality: More figures to keep in the bundle.
        unheard: Vowels of `MIXED` that nobody in the training said.
        corpus: Recordings of the speakers, to measure tones; without it they get none.

    Raises:
        TrainingError: A speaker is missing, or a graph differs from its model.
    """
    with tempfile.TemporaryDirectory() as folder:
        files, figures = _checked_graphs(Path(folder), acoustic, vocoder, voices, storage)
        info = BundleInfo(
            kind="voice",
            name=name,
            languages=(JEJU, KOREAN),
            licence=origin.licence,
            credit=origin.credit + (GUESS if unheard else ""),
            trained_on=origin.trained_on,
            config=_config(acoustic, vocoder, voices, noise_scale, scales or {}, unheard),
            quality={**figures, **(quality or {})},
        )
        if corpus is not None:
            return write_toned(bundle, info, files, corpus)
        return write_bundle(bundle, info, files, voice_card(info))


def _checked_graphs(
    folder: Path,
    acoustic: TrainedAcoustic,
    vocoder: TrainedVocoder,
    voices: Sequence[VoiceChoice],
    storage: Storage,
) -> tuple[dict[str, Path], dict[str, object]]:
    """Write the graphs of a bundle; return its files by name, and how near they are to the model.

    Raises:
        TrainingError: A speaker is missing, or a graph differs from its model.
    """
    speakers = _indices(acoustic, voices)
    wanted = cases(acoustic.model, vocoder.model, speakers)
    exact, shipped = folder / "float32", folder / storage
    # The float32 graphs are made to be compared, even where they are not shipped.
    _write_graphs(exact, acoustic, vocoder, speakers, "float32")
    parity = compare(exact, wanted, FLOAT_DB)
    _write_graphs(shipped, acoustic, vocoder, speakers, storage)
    figures: dict[str, object] = {
        "acoustic_steps": acoustic.step,
        "vocoder_steps": vocoder.step,
        "storage": storage,
        "float32_parity_db": parity,
        "deviation_db": compare(shipped, wanted, SHIPPED_DB),
    }
    return {path.name: path for path in sorted(shipped.iterdir())}, figures


def _indices(acoustic: TrainedAcoustic, voices: Sequence[VoiceChoice]) -> list[int]:
    missing = [v.speaker for v in voices if v.speaker not in acoustic.speakers]
    if missing or not voices:
        raise TrainingError(
            f"the model has no speaker {', '.join(missing) or 'chosen'}.",
            cure=f"Its speakers: {', '.join(acoustic.speakers)}.",
        )
    return [acoustic.speakers.index(v.speaker) for v in voices]


def _write_graphs(
    folder: Path,
    acoustic: TrainedAcoustic,
    vocoder: TrainedVocoder,
    speakers: Sequence[int],
    storage: Storage,
) -> None:
    """Write all graphs and the weights that they share."""
    folder.mkdir(exist_ok=True)
    weights = WeightFile()
    models: dict[str, ModelProto] = {}
    parts = {"encoder": encoder_graph, "decoder": decoder_graph, "aligner": aligner_graph}
    if acoustic.model.frames is not None:
        parts["frames"] = frames_graph
    for name, fill in parts.items():
        graph = GraphBuilder(name, weights, storage)
        fill(graph, acoustic.model, speakers)
        models[name] = graph.model()
    graph = GraphBuilder("vocoder", weights, storage)
    vocoder_graph(graph, vocoder.model)
    models["vocoder"] = graph.model()
    for name, model in models.items():
        (folder / f"{name}.onnx").write_bytes(model.SerializeToString(deterministic=True))
    (folder / WEIGHTS).write_bytes(weights.content)


def mixtures(
    shares: Sequence[float], vowels: Collection[str] = tuple(MIXED)
) -> dict[str, dict[str, float]]:
    """Return what a bundle says of mixed vowels.

    >>> mixtures((0.5, 0.0, 0.5), ["ᆞ"])
    {'ᆞ': {'ᅩ': 0.5, 'ᅡ': 0.5}}
    """
    return {
        vowel: {part: share for part, share in zip(MIXED[vowel], shares, strict=True) if share}
        for vowel in vowels
    }


def _config(
    acoustic: TrainedAcoustic,
    vocoder: TrainedVocoder,
    voices: Sequence[VoiceChoice],
    noise_scale: float,
    scales: Mapping[str, float],
    unheard: Collection[str],
) -> dict[str, object]:
    sizes = vocoder.model.config
    return {
        "sample_rate": MEL.sample_rate,
        "mel": definition_hash(),
        "symbols": SYMBOLS_HASH,
        "blanks": acoustic.model.config.blanks,
        "squeeze": acoustic.model.config.decoder.squeeze,
        # Each block's convolution and the first one reach this far to either side.
        "context": (sizes.blocks + 1) * (sizes.kernel_size // 2),
        "noise_scale": noise_scale,
        "default": voices[0].name,
        "voices": [
            {
                "name": voice.name,
                "speaker": voice.speaker,
                "gender": voice.gender,
                "index": index,
                "duration_scale": scales.get(voice.speaker, 1.0),
                "mixtures": mixtures(voice.araea, unheard),
            }
            for index, voice in enumerate(voices)
        ],
        "homophones": HOMOPHONES,
    }
