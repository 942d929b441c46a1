"""Exports a run as a bundle that CTranslate2 serves, checked against the model it came from."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import torch
from ctranslate2.specs import TransformerSpec, common_spec
from torch import Tensor, nn

from kosorong.bundle import CARD, Bundle, BundleInfo, open_bundle, write_bundle
from kosorong.errors import TrainingError
from kosorong.ports import JEJU, KOREAN, LANGUAGES
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.common.recipes import load_recipe
from kosorong.training.corpora.parallel import HELD_OUT_STYLES, read_manifest
from kosorong.training.translation.core_words import lexicon_text
from kosorong.training.translation.examples import align_pairs, learn_rules
from kosorong.training.translation.model import (
    DecoderLayer,
    EncoderLayer,
    FeedForward,
    ModelConfig,
    MultiHeadAttention,
    Transformer,
)
from kosorong.training.translation.recipe import TranslationRecipe
from kosorong.training.translation.train import RULES_NAME, SOURCES_NAME, TOKENIZER_NAME
from kosorong.translation.confidence import CONFIG_KEY, read_calibration
from kosorong.translation.lexicon import LEXICON_NAME
from kosorong.translation.tables import dump_tables
from kosorong.translation.tokenizer import BEGIN, END, JamoTokenizer

WEIGHTS_FOLDER = "ct2"
LICENCE = "CC-BY-SA-4.0"
CREDIT = (
    "우리말샘 (National Institute of Korean Language), CC BY-SA 2.0 KR; "
    "Jeju Special Self-Governing Province (제주특별자치도), 공공누리 출처표시"
)
# How found: what float arithmetic may differ by; set by hand.
_FLOAT_TOLERANCE = 1e-3
# How found: what eight bits may differ by; set by hand.
_INT8_TOLERANCE = 0.05


def transformer_spec(model: Transformer, vocabulary: Sequence[str]) -> TransformerSpec:
    """Return a trained model as CTranslate2 knows it.

    Args:
        model: On the CPU.
        vocabulary: V units in the order of their ids.
    """
    config = model.config
    spec = TransformerSpec.from_config(
        (config.encoder_layers, config.decoder_layers),
        config.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=-1,
        alignment_heads=1,
    )
    table, positions = _array(model.embedding.weight), _array(model.positions)
    for side, embeddings in (
        (spec.encoder, spec.encoder.embeddings[0]),
        (spec.decoder, spec.decoder.embeddings),
    ):
        embeddings.weight = table
        side.scale_embeddings = True
        side.position_encodings.encodings = positions
    for target, layer in zip(spec.encoder.layer, model.encoder, strict=True):
        _encoder_layer(target, layer)  # type: ignore[arg-type]
    for target, layer in zip(spec.decoder.layer, model.decoder, strict=True):
        _decoder_layer(target, layer)  # type: ignore[arg-type]
    _norm(spec.encoder.layer_norm, model.encoder_norm)
    _norm(spec.decoder.layer_norm, model.decoder_norm)
    spec.decoder.projection.weight = table
    spec.decoder.projection.bias = _array(model.projection_bias)
    spec.register_source_vocabulary(list(vocabulary))
    spec.register_target_vocabulary(list(vocabulary))
    spec.config.bos_token, spec.config.eos_token = BEGIN, END
    spec.config.decoder_start_token = BEGIN
    spec.config.unk_token = vocabulary[0]
    spec.config.add_source_bos = spec.config.add_source_eos = False
    return spec


def _encoder_layer(target: Any, layer: EncoderLayer) -> None:
    _attention(target.self_attention, layer.attention, layer.attention_norm, own=True)
    _feed_forward(target.ffn, layer.feed_forward, layer.feed_forward_norm)


def _decoder_layer(target: Any, layer: DecoderLayer) -> None:
    _attention(target.self_attention, layer.self_attention, layer.self_norm, own=True)
    _attention(target.attention, layer.cross_attention, layer.cross_norm, own=False)
    _feed_forward(target.ffn, layer.feed_forward, layer.feed_forward_norm)


def _attention(target: Any, layer: MultiHeadAttention, norm: nn.LayerNorm, *, own: bool) -> None:
    """Copy an attention; CTranslate2 keeps the matrices that read one input together."""
    _norm(target.layer_norm, norm)
    if own:
        _linear(target.linear[0], layer.query, layer.key, layer.value)
    else:
        _linear(target.linear[0], layer.query)
        _linear(target.linear[1], layer.key, layer.value)
    _linear(target.linear[-1], layer.out)


def _feed_forward(target: Any, layer: FeedForward, norm: nn.LayerNorm) -> None:
    _norm(target.layer_norm, norm)
    _linear(target.linear_0, layer.first)
    _linear(target.linear_1, layer.second)


def _norm(target: Any, norm: nn.LayerNorm) -> None:
    target.gamma, target.beta = _array(norm.weight), _array(norm.bias)


def _linear(target: Any, *layers: nn.Linear) -> None:
    target.weight = np.concatenate([_array(layer.weight) for layer in layers])
    target.bias = np.concatenate([_array(layer.bias) for layer in layers])


def _array(tensor: Tensor) -> np.ndarray[Any, np.dtype[np.float32]]:
    # A copy: quantising works in place and would spoil the model it is compared with.
    return tensor.detach().float().cpu().numpy().copy()


def save_weights(
    model: Transformer, vocabulary: Sequence[str], folder: Path, quantization: str | None = "int8"
) -> None:
    """Write a model as a CTranslate2 folder."""
    folder.mkdir(parents=True, exist_ok=True)
    spec = transformer_spec(model, vocabulary)
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(folder))


@dataclass(frozen=True, slots=True)
class Parity:
    """How far served log-probabilities are from the trained model's.

    Attributes:
        largest: Largest difference of a token's log-probability.
        mean: Mean difference of a token's log-probability.
        tokens: How many tokens were compared.
    """

    largest: float
    mean: float
    tokens: int


def compare_weights(
    model: Transformer,
    vocabulary: Sequence[str],
    folder: Path,
    cases: Sequence[tuple[Sequence[str], Sequence[str]]],
) -> Parity:
    """Compare log-probabilities of given outputs.

    Args:
        model: The trained model.
        vocabulary: Its units.
        folder: What `save_weights` wrote.
        cases: Source units and target units, without begin and end.
    """
    served = ctranslate2.Translator(str(folder), device="cpu", inter_threads=1, intra_threads=1)
    scores = served.score_batch([list(s) for s, _ in cases], [list(t) for _, t in cases])
    differences: list[float] = []
    for (source, target), score in zip(cases, scores, strict=True):
        own = _log_probabilities(model, vocabulary, source, target)
        differences += [abs(a - b) for a, b in zip(own, score.log_probs, strict=True)]
    return Parity(max(differences), sum(differences) / len(differences), len(differences))


@torch.no_grad()
def _log_probabilities(
    model: Transformer, vocabulary: Sequence[str], source: Sequence[str], target: Sequence[str]
) -> list[float]:
    index = {unit: n for n, unit in enumerate(vocabulary)}
    ids = [index[u] for u in (BEGIN, *target, END)]
    model.eval()
    logits, _ = model(torch.tensor([[index[u] for u in source]]), torch.tensor([ids[:-1]]))
    chosen = logits[0].log_softmax(dim=-1).gather(1, torch.tensor(ids[1:])[:, None])
    return [float(value) for value in chosen[:, 0]]


def load_run(run: Path) -> tuple[Transformer, JamoTokenizer, TranslationRecipe]:
    """Return the averaged model of a run's newest checkpoint, its units and its recipe.

    Raises:
        TrainingError: The run has no checkpoint of a translator.
    """
    checkpoint = CheckpointFolder(run / "checkpoints").newest()
    if checkpoint is None or checkpoint[1]["description"].get("kind") != "translator":
        raise TrainingError(
            "This run has no checkpoint of a translator.",
            where=str(run),
            cure="Train one: kosorong train translation --recipe R --data DEST --out RUN.",
        )
    state = checkpoint[1]
    description = state["description"]
    model = Transformer(ModelConfig(**description["model"]), int(description["vocabulary"]))
    model.load_state_dict(
        state["average"]["shadow"] if state["average"] else state["modules"]["model"]
    )
    recipe = load_recipe(run / "recipe.yaml", TranslationRecipe)
    return model.eval(), JamoTokenizer.load(run / TOKENIZER_NAME), recipe


def export_translator(
    run: Path,
    bundle: Path,
    *,
    name: str = "kosorong-jeju",
    quality: Mapping[str, Any] | None = None,
    confidence: Path | None = None,
    licence: str = LICENCE,
    credit: str = CREDIT,
) -> Bundle:
    """Write a run as a bundle; gated on parity with the trained model.

    Args:
        run: Folder of the run.
        bundle: Folder of the bundle.
        name: Its identifier.
        quality: Measured figures, for the model card.
        confidence: File of a calibration (`kosorong evaluate confidence`).
        licence: SPDX expression of the weights; what they learnt from decides it.
        credit: Whom every export must credit.

    Raises:
        BundleError: The calibration is damaged.
        TrainingError: The run has no checkpoint, or the export differs from it.
    """
    model, tokenizer, recipe = load_run(run)
    calibration = None if confidence is None else read_calibration(confidence)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / WEIGHTS_FOLDER
        parity = _checked(model, tokenizer, folder)
        files: dict[str, Path | bytes] = {
            f"{WEIGHTS_FOLDER}/{file.name}": file for file in sorted(folder.iterdir())
        }
        files |= {TOKENIZER_NAME: run / TOKENIZER_NAME, RULES_NAME: run / RULES_NAME}
        files[LEXICON_NAME] = lexicon_text().encode()
        info = BundleInfo(
            kind="translator",
            name=name,
            languages=LANGUAGES,
            licence=licence,
            credit=credit,
            trained_on=tuple((run / SOURCES_NAME).read_text(encoding="utf-8").splitlines()),
            config={
                "beam": recipe.beam,
                "hint": recipe.hint,
                "longest": recipe.model.longest,
                "style": recipe.style,
                "least_confidence": recipe.least_confidence,
                "network_towards": list(recipe.network_towards),
                **({CONFIG_KEY: calibration.to_plain()} if calibration else {}),
            },
            quality={**(quality or {}), "int8_log_probability_error": round(parity.mean, 4)},
        )
        return write_bundle(bundle, info, files, card(info, recipe))


def renew_rules(
    old: Path,
    data: Path,
    bundle: Path,
    *,
    towards: Sequence[str] | None = None,
    confidence: Path | None = None,
) -> Bundle:
    """Write a bundle anew with rules learnt from a corpus; its weights stay.

    Args:
        old: The translator's bundle; may be `bundle` itself.
        data: Corpus folder.
        bundle: Folder of the new one.
        towards: Languages towards which the network is asked; None leaves that as it is.
        confidence: File of a calibration; None leaves that as it is.

    Raises:
        BundleError: There is no translator's bundle, or the calibration is damaged.
        CorpusError: The corpus is missing or damaged.
    """
    opened = open_bundle(old, "translator")
    pairs = [pair for pair in read_manifest(data) if pair.style not in HELD_OUT_STYLES]
    rules = learn_rules(*align_pairs(pairs))
    tables = dump_tables({JEJU: rules.to_jeju, KOREAN: rules.to_korean})
    config = dict(opened.config)
    if towards is not None:
        config["network_towards"] = list(towards)
    if confidence is not None:
        config[CONFIG_KEY] = read_calibration(confidence).to_plain()
    files: dict[str, Path | bytes] = {name: opened.file(name) for name in opened.files}
    files |= {RULES_NAME: tables.encode(), LEXICON_NAME: lexicon_text().encode()}
    info = replace(opened.info, config=config)
    return write_bundle(bundle, info, files, (old / CARD).read_text(encoding="utf-8"))


def _checked(model: Transformer, tokenizer: JamoTokenizer, folder: Path) -> Parity:
    cases = parity_cases(tokenizer, model)
    exact = folder.with_name("exact")
    save_weights(model, tokenizer.vocabulary, exact, quantization=None)
    _gate(compare_weights(model, tokenizer.vocabulary, exact, cases).largest, _FLOAT_TOLERANCE)
    save_weights(model, tokenizer.vocabulary, folder)
    parity = compare_weights(model, tokenizer.vocabulary, folder, cases)
    _gate(parity.mean, _INT8_TOLERANCE)
    return parity


def _gate(difference: float, tolerance: float) -> None:
    if not difference <= tolerance:
        raise TrainingError(
            f"The export differs from the model by {difference:.4f} in log-probability, "
            f"more than {tolerance}.",
            cure="Nothing was written. Check the versions of torch and ctranslate2.",
        )


_PARITY_TEXTS = ("바다에 가면 바람이 많습니다.", "12시에 KTX를 탔어요!", "ᄒᆞᆫ저 옵서.", "밥")


def parity_cases(tokenizer: JamoTokenizer, model: Transformer) -> list[tuple[list[str], list[str]]]:
    """Return prompts and what the model itself makes of them."""
    cases = []
    for text in _PARITY_TEXTS:
        source = ["<to-jje>", "<araea>", "<dialogue>", *tokenizer.encode(text), END]
        ids = torch.tensor([[tokenizer.index[unit] for unit in source]])
        target = [tokenizer.vocabulary[n] for n in model.eval().greedy(ids, longest=32)[0]]
        cases.append((source, target))
    return cases


def card(info: BundleInfo, recipe: TranslationRecipe) -> str:
    """Return the model card of a translator, Markdown."""
    size = recipe.model
    figures = "\n".join(f"| {k} | {v} |" for k, v in info.quality.items())
    corpora = "\n".join(f"- {line}" for line in info.trained_on) or "- not stated"
    return f"""# {info.name}: Korean ⇄ Jeju

Rules learnt from sentences, dictionaries and counts of Korean words, and one Transformer for both
directions and both spellings of Jeju (제주어) that reads what they made as a hint. Where the
network is unsure, and towards every language that `network_towards` in `bundle.json` does not
name, the rules translate alone.

- Encoder {size.encoder_layers} and decoder {size.decoder_layers} layers, width {size.width},
  {size.heads} heads, feed-forward {size.feed_forward}; about {recipe.vocabulary} units of byte
  pairs over jamo; CTranslate2, int8.
- Trained {recipe.loop.steps} steps on real pairs, dictionary entries and {recipe.synthetic}
  Korean sentences with synthetic Jeju made by the rules.

## Trained on
{corpora}

## Quality
| figure | value |
|---|---|
{figures}

## Limits
Little real text stands behind it: it may choose a word of another region, or keep a Korean word
that has a Jeju one. It is no authority on Jeju.

## Licence
{info.licence}. Credit: {info.credit}.
"""
