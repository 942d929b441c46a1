"""The graphs of a Glow-TTS: text to prior means and durations, latent to mel, mel to latent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from onnx import TensorProto
from torch import Tensor, nn

from kosorong.training.export.onnx_graph import GraphBuilder
from kosorong.training.export.torch_side import layer_norm, members, pointwise, values, wide
from kosorong.training.glow_tts.decoder import (
    ActNorm,
    AffineCoupling,
    GroupedInvertibleConvolution,
)
from kosorong.training.glow_tts.encoder import (
    ChannelNorm,
    ConvolutionalDurations,
    PreNet,
    RelativeAttention,
    RelativeEncoder,
    TransformerLayer,
)
from kosorong.training.glow_tts.frames import PLACES, FrameBlock
from kosorong.training.glow_tts.model import GlowTts


def encoder_graph(graph: GraphBuilder, model: GlowTts, speakers: Sequence[int]) -> None:
    """Fill a graph with text encoder and duration predictor.

    Inputs: `symbols` (1, T_text) int64, `speaker` () int64, an index into `speakers`. Outputs:
    `means` (T_text, M), `log_durations` (T_text,), natural logarithm of frames, and, where there is
    a frame-wise prior, `hidden` (T_text, C), which it reads, and `pitch` (T_text,), if it is told.

    Args:
        graph: An empty graph.
        model: The acoustic model.
        speakers: The model's indices of the speakers to export.
    """
    symbols = graph.input("symbols", [1, "T_text"], TensorProto.INT64)
    speaker = graph.input("speaker", [], TensorProto.INT64)
    encoder = model.encoder
    x = _embed(graph, encoder, graph.op("Squeeze", symbols, graph.constant([0])))
    x = _prenet(graph, encoder.prenet, x)
    for index, layer in enumerate(members(encoder.layers, TransformerLayer)):
        x = _transformer_layer(graph, f"encoder.{index}", layer, x)
    # The projection to mels and the durations are a sliver of the work: float costs nothing.
    means = pointwise(graph, "encoder.mean", encoder.mean, x, arithmetic="float")
    table = graph.weight("speakers", values(model.speakers.weight)[list(speakers)])
    who = graph.op("Gather", table, speaker, axis=0)
    durations = _number(graph, "durations", model.durations, x, who)
    graph.output("means", means, ["T_text", model.n_mels])
    graph.output("log_durations", durations, ["T_text"])
    if model.frames is not None:
        graph.output("hidden", x, ["T_text", model.config.encoder.channels])
    if model.pitch is not None:
        graph.output("pitch", _number(graph, "pitch", model.pitch, x, who), ["T_text"])


def frames_graph(graph: GraphBuilder, model: GlowTts, speakers: Sequence[int]) -> None:
    """Fill a graph with the frame-wise prior.

    Inputs: `means` (T_mel, M) and `hidden` (T_mel, C), each symbol's as often as it has frames,
    the pitch, where it is told, behind the hidden states,
    `places` (T_mel, PLACES), `speaker` () int64; T_mel is a multiple of the squeeze. Output:
    `prior` (T_mel, M) and, where the couplings are told of it, `text` (T_mel / squeeze, W).

    Args:
        graph: An empty graph.
        model: The acoustic model; it has a frame-wise prior.
        speakers: The model's indices of the speakers to export.

    Raises:
        ValueError: It has none.
    """
    prior = model.frames
    if prior is None:
        raise ValueError("the model has no frame-wise prior")
    channels, squeeze = model.config.encoder.channels, model.decoder.squeeze
    channels += model.config.frames.pitch
    means = graph.input("means", ["T_mel", model.n_mels])
    hidden = graph.input("hidden", ["T_mel", channels])
    where = graph.input("places", ["T_mel", PLACES])
    speaker = graph.input("speaker", [], TensorProto.INT64)
    x = graph.op("Concat", hidden, where, axis=1)
    # Channels-last, neighbouring frames are neighbours in memory: squeezing is a reshape.
    x = graph.op("Reshape", x, graph.constant([-1, squeeze * (channels + PLACES)]))
    vectors = prior.speaker(model.speakers.weight[list(speakers)])
    table = graph.weight("frames.speaker", values(vectors) + values(prior.start.bias))
    bias = graph.op("Gather", table, speaker, axis=0)
    x = graph.convolve(x, "frames.start", values(prior.start.weight), bias)
    for index, block in enumerate(members(prior.blocks, FrameBlock)):
        name = f"frames.{index}"
        y = layer_norm(graph, f"{name}.norm", block.norm, wide(graph, name, block.convolution, x))
        y = pointwise(graph, f"{name}.project", block.project, graph.op("Gelu", y))
        x = graph.op("Add", x, y)
    x = layer_norm(graph, "frames.norm", prior.norm, x)
    gained = pointwise(graph, "frames.mean", prior.mean, x, arithmetic="float")
    gained = graph.op("Reshape", gained, graph.constant([-1, model.n_mels]))
    graph.output("prior", graph.op("Add", means, gained), ["T_mel", model.n_mels])
    if model.config.frames.told:
        graph.output("text", x, ["T_folded", model.config.frames.told])


def decoder_graph(graph: GraphBuilder, model: GlowTts, speakers: Sequence[int]) -> None:
    """Fill a graph with the inverse flow.

    Inputs: `latent` (T_mel, M), T_mel a multiple of the squeeze, `speaker` () int64 and, where the
    couplings are told of it, `text` (T_mel / squeeze, W). Output: `mel` (T_mel, M). The arguments
    are those of `encoder_graph`.
    """
    x, conditions = _flow_start(graph, "latent", model, speakers)
    width = model.n_mels * model.decoder.squeeze
    for index, (norm, mix, coupling) in reversed(list(enumerate(_flow_blocks(model)))):
        name = f"decoder.{index}"
        kept, changed = graph.halves(x, width // 2)
        shift, log_scale = _affine(graph, name, coupling, kept, conditions[index])
        factor = graph.op("Exp", graph.op("Neg", log_scale))
        changed = graph.op("Mul", graph.op("Sub", changed, shift), factor)
        x = graph.op("Concat", kept, changed, axis=1)
        scale = np.exp(-values(norm.log_scale).ravel())
        weight = mix.weight.double().inverse()
        matrix = _mixing(graph, f"{name}.unmix", mix, weight, width)
        # The inverse convolution and ActNorm are one affine map: columns scaled after mixing.
        scales = graph.weight(f"{name}.unmix.scale", scale, "float32")
        bias = graph.weight(f"{name}.unmix.bias", -values(norm.bias).ravel() * scale, "float32")
        x = graph.op("Add", graph.op("MatMul", x, graph.op("Mul", matrix, scales)), bias)
    graph.output("mel", _flow_end(graph, x, model.n_mels), ["T_mel", model.n_mels])


def aligner_graph(graph: GraphBuilder, model: GlowTts, speakers: Sequence[int]) -> None:
    """Fill a graph with the forward flow, which aligning needs.

    Inputs: `mel` (T_mel, M), T_mel a multiple of the squeeze, `speaker` () int64 and, where the
    couplings are told of it, `text` (T_mel / squeeze, W). Output: `latent` (T_mel, M). The
    arguments are those of `encoder_graph`.
    """
    x, conditions = _flow_start(graph, "mel", model, speakers)
    width = model.n_mels * model.decoder.squeeze
    for index, (norm, mix, coupling) in enumerate(_flow_blocks(model)):
        name = f"decoder.{index}"
        scale = np.exp(values(norm.log_scale).ravel())
        scales = graph.weight(f"{name}.mix.scale", scale, "float32")
        bias = graph.weight(f"{name}.mix.bias", values(norm.bias).ravel(), "float32")
        x = graph.op("Add", graph.op("Mul", x, scales), bias)
        x = graph.op("MatMul", x, _mixing(graph, f"{name}.mix", mix, mix.weight, width))
        kept, changed = graph.halves(x, width // 2)
        shift, log_scale = _affine(graph, name, coupling, kept, conditions[index])
        changed = graph.op("Add", graph.op("Mul", changed, graph.op("Exp", log_scale)), shift)
        x = graph.op("Concat", kept, changed, axis=1)
    graph.output("latent", _flow_end(graph, x, model.n_mels), ["T_mel", model.n_mels])


def _embed(graph: GraphBuilder, encoder: RelativeEncoder, symbols: str) -> str:
    table = graph.weight("encoder.embed", values(encoder.embed.weight) * encoder.scale)
    return graph.op("Gather", table, symbols, axis=0)


def _prenet(graph: GraphBuilder, prenet: PreNet, x: str) -> str:
    y = x
    convolutions = members(prenet.convolutions, nn.Conv1d)
    layers = zip(convolutions, members(prenet.norms, ChannelNorm), strict=True)
    for index, (convolution, norm) in enumerate(layers):
        name = f"encoder.prenet.{index}"
        y = wide(graph, name, convolution, y)
        y = graph.op("Relu", layer_norm(graph, f"{name}.norm", norm, y))
    return graph.op("Add", x, pointwise(graph, "encoder.prenet.project", prenet.project, y))


def _transformer_layer(graph: GraphBuilder, name: str, layer: TransformerLayer, x: str) -> str:
    y = _attention(graph, f"{name}.attention", layer.attention, x)
    x = layer_norm(graph, f"{name}.norm_1", layer.norm_1, graph.op("Add", x, y))
    y = graph.op("Relu", wide(graph, f"{name}.widen", layer.feed_forward.widen, x))
    y = wide(graph, f"{name}.narrow", layer.feed_forward.narrow, y)
    return layer_norm(graph, f"{name}.norm_2", layer.norm_2, graph.op("Add", x, y))


def _attention(graph: GraphBuilder, name: str, layer: RelativeAttention, x: str) -> str:
    shape = graph.constant([0, layer.heads, layer.depth])
    parts = []
    for part, scale in (("query", layer.depth**-0.5), ("key", 1.0), ("value", 1.0)):
        own = getattr(layer, part)
        weight, bias = values(own.weight)[:, :, 0].T * scale, values(own.bias) * scale
        y = graph.op("Reshape", graph.linear(x, f"{name}.{part}", weight, bias), shape)
        parts.append(graph.op("Transpose", y, perm=[1, 0, 2]))  # (H, T, D)
    query, key, value = parts
    near = graph.weight(f"{name}.key_positions", values(layer.key_positions))
    by_position = graph.op("MatMul", query, graph.op("Transpose", near, perm=[1, 0]))
    scores = graph.op("MatMul", query, graph.op("Transpose", key, perm=[0, 2, 1]))
    scores = graph.op("Add", scores, _to_band(graph, by_position, layer))
    weights = graph.op("Softmax", scores, axis=-1)  # (H, T, T)
    near = graph.weight(f"{name}.value_positions", values(layer.value_positions))
    by_distance = graph.op("MatMul", _from_band(graph, weights, layer), near)
    out = graph.op("Add", graph.op("MatMul", weights, value), by_distance)
    out = graph.op("Transpose", out, perm=[1, 0, 2])
    out = graph.op("Reshape", out, graph.constant([0, layer.heads * layer.depth]))
    return pointwise(graph, f"{name}.out", layer.out, out)


def _to_band(graph: GraphBuilder, x: str, layer: RelativeAttention) -> str:
    """(H, T, 2 * window + 1) by distance -> (H, T, T) around the diagonal, zero elsewhere.

    Rows widened to T + 2 * window + 1 and read again as rows of T + 2 * window slide one place
    further with each row, so that entry d of row i comes to stand in column i + d - window.
    """
    heads, reach = graph.constant([layer.heads]), 2 * layer.window
    length = graph.op("Shape", x, start=1, end=2)
    zero = graph.constant([0])
    pads = graph.op("Concat", *[zero] * 5, length, axis=0)
    flat = graph.op("Reshape", graph.op("Pad", x, pads), graph.constant([layer.heads, -1]))
    wide = graph.op("Add", length, graph.constant([reach]))
    count = graph.op("Mul", length, wide)
    flat = graph.op("Slice", flat, zero, count, graph.constant([1]))
    shape = graph.op("Concat", heads, length, wide, axis=0)
    band = graph.op("Reshape", flat, shape)
    stop = graph.op("Add", length, graph.constant([layer.window]))
    return graph.op("Slice", band, graph.constant([layer.window]), stop, graph.constant([2]))


def _from_band(graph: GraphBuilder, x: str, layer: RelativeAttention) -> str:
    """(H, T, T) -> (H, T, 2 * window + 1): the reverse of `_to_band`."""
    window, zero = layer.window, graph.constant([0])
    length = graph.op("Shape", x, start=1, end=2)
    sides = graph.constant([0, 0, window, 0, 0, window])
    flat = graph.op("Reshape", graph.op("Pad", x, sides), graph.constant([layer.heads, -1]))
    flat = graph.op("Pad", flat, graph.op("Concat", *[zero] * 3, length, axis=0))
    wide = graph.op("Add", length, graph.constant([2 * window + 1]))
    shape = graph.op("Concat", graph.constant([layer.heads]), length, wide, axis=0)
    return graph.slice(graph.op("Reshape", flat, shape), 0, 2 * window + 1, 2)


def _number(
    graph: GraphBuilder, name: str, layer: ConvolutionalDurations, hidden: str, speaker: str
) -> str:
    """Fill in what says one number of every symbol."""
    rows = graph.op("Shape", hidden, start=0, end=1)
    shape = graph.op("Concat", rows, graph.op("Shape", speaker), axis=0)
    x = graph.op("Concat", hidden, graph.op("Expand", speaker, shape), axis=1)
    for index, (convolution, norm) in enumerate(
        ((layer.convolution_1, layer.norm_1), (layer.convolution_2, layer.norm_2))
    ):
        x = graph.op("Relu", wide(graph, f"{name}.{index}", convolution, x))
        x = layer_norm(graph, f"{name}.{index}.norm", norm, x)
    x = pointwise(graph, f"{name}.project", layer.project, x, arithmetic="float")
    return graph.op("Squeeze", x, graph.constant([1]))


def _flow_blocks(
    model: GlowTts,
) -> list[tuple[ActNorm, GroupedInvertibleConvolution, AffineCoupling]]:
    decoder = model.decoder
    norms, couplings = members(decoder.norms, ActNorm), members(decoder.couplings, AffineCoupling)
    mixes = members(decoder.mixes, GroupedInvertibleConvolution)
    return list(zip(norms, mixes, couplings, strict=True))


def _flow_start(
    graph: GraphBuilder, name: str, model: GlowTts, speakers: Sequence[int]
) -> tuple[str, list[list[str]]]:
    """Return the folded input (T, M * squeeze) and what each gate of each coupling is told.

    That is the speaker's row and the gate's bias, and, where the couplings are told of it, the text
    frame by frame.
    """
    x = graph.input(name, ["T_mel", model.n_mels])
    speaker = graph.input("speaker", [], TensorProto.INT64)
    # Channels-last, neighbouring frames are neighbours in memory: squeezing is a reshape.
    folded = graph.op("Reshape", x, graph.constant([-1, model.n_mels * model.decoder.squeeze]))
    vectors = model.speakers.weight[list(speakers)]
    width = model.config.frames.told
    text = graph.input("text", ["T_text", width]) if width else ""
    conditions = []
    for index, (_, _, coupling) in enumerate(_flow_blocks(model)):
        body = coupling.body
        bias = np.concatenate([values(gate.bias) for gate in members(body.gates, nn.Conv1d)])
        table = graph.weight(f"decoder.{index}.told", values(body.speaker(vectors)) + bias)
        row = graph.op("Gather", table, speaker, axis=0)
        if body.text is not None:
            weight = values(body.text.weight)[:, :, 0].T
            row = graph.op("Add", graph.linear(text, f"decoder.{index}.text", weight, None), row)
        count = len(body.gates)
        conditions.append(graph.ops("Split", count, row, axis=-1, num_outputs=count))
    return folded, conditions


def _flow_end(graph: GraphBuilder, x: str, n_mels: int) -> str:
    return graph.op("Reshape", x, graph.constant([-1, n_mels]))


def _affine(
    graph: GraphBuilder, name: str, coupling: AffineCoupling, kept: str, condition: Sequence[str]
) -> tuple[str, str]:
    """Return shift and logarithm of the scale, each (T, C / 2)."""
    body = coupling.body
    # In and out of the coupling stay float: the flow multiplies what these two layers say.
    x = pointwise(graph, f"{name}.start", coupling.start, kept, arithmetic="float")
    skipped = []
    gates, outs = members(body.gates, nn.Conv1d), members(body.outs, nn.Conv1d)
    for index, (gate, out) in enumerate(zip(gates, outs, strict=True)):
        layer = f"{name}.{index}"
        y = graph.convolve(x, f"{layer}.gate", values(gate.weight), condition[index])
        tanh, sigmoid = graph.halves(y, body.channels)
        y = graph.op("Mul", graph.op("Tanh", tanh), graph.op("Sigmoid", sigmoid))
        y = pointwise(graph, f"{layer}.out", out, y)
        if index + 1 < len(gates):
            residual, y = graph.halves(y, body.channels)
            x = graph.op("Add", x, residual)
        skipped.append(y)
    total = graph.op("Sum", *skipped) if len(skipped) > 1 else skipped[0]
    return graph.halves(
        pointwise(graph, f"{name}.end", coupling.end, total, arithmetic="float"),
        coupling.end.out_channels // 2,
    )


def _mixing(
    graph: GraphBuilder, name: str, layer: GroupedInvertibleConvolution, weight: Tensor, width: int
) -> str:
    """Return the matrix (C, C) by which rows (T, C) are multiplied for one grouped convolution.

    Only its 4 x 4 kernel is stored; the matrix is made when the graph is loaded.
    """
    half, groups = layer.group // 2, width // layer.group
    kernel = values(weight).T.reshape(2, 1, half, 2, 1, half)
    eye = np.eye(groups, dtype=np.float32).reshape(1, groups, 1, 1, groups, 1)
    small = graph.weight(name, kernel, "float32")
    same = graph.weight(f"eye.{groups}", eye, "float32")
    return graph.op("Reshape", graph.op("Mul", small, same), graph.constant([width, width]))
