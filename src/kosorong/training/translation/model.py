"""The Transformer of Vaswani et al. 2017, "Attention is all you need", pre-norm, tied embeddings.

Shapes: B batch, S source tokens, T target tokens, D width, H heads, V vocabulary. Everything is
what a CTranslate2 `TransformerSpec` can serve: ReLU feed-forward layers, sinusoidal positions,
embeddings multiplied by √D, one table for source, target and output. Two heads of the last cross
attention are trained to follow word links (after Garg et al. 2019, "Jointly learning to align
and translate with Transformer models", section 4): head 0 into the text, head 1 into the hint.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

PAD_ID, BEGIN_ID, END_ID = 0, 1, 2


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Size of the model.

    Attributes:
        width: Channels (D), a multiple of `heads`.
        heads: Attention heads (H), at least 2.
        feed_forward: Channels inside the feed-forward layers.
        encoder_layers: Layers of the encoder.
        decoder_layers: Layers of the decoder; each costs time for every output token.
        dropout: Share of activations dropped in training.
        longest: Tokens of the longest text, either side.
    """

    width: int = 256
    heads: int = 4
    feed_forward: int = 768
    encoder_layers: int = 4
    decoder_layers: int = 2
    dropout: float = 0.3
    longest: int = 512

    def __post_init__(self) -> None:
        if self.width % self.heads or self.heads < 2:
            raise ValueError(f"width {self.width} needs 2 heads or more that divide it")


def sinusoids(length: int, width: int) -> Tensor:
    """Return the position encodings (length, D) of section 3.5, sines first, then cosines.

    >>> sinusoids(2, 4)[0].tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    half = width // 2
    rates = torch.exp(torch.arange(half) * (-math.log(10_000.0) / max(1, half - 1)))
    angles = torch.arange(length)[:, None] * rates[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class MultiHeadAttention(nn.Module):
    """Scaled dot-product attention with H heads (section 3.2)."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Attend from `x` to `memory`.

        Args:
            x: (B, T, D).
            memory: (B, S, D).
            mask: Booleans that broadcast to (B, H, T, S); False is not looked at.

        Returns:
            The result (B, T, D) and the scores before the softmax (B, H, T, S).
        """
        q, k, v = (
            self._split(self.query(x)),
            self._split(self.key(memory)),
            self._split(self.value(memory)),
        )
        scores = (q @ k.transpose(-1, -2)) / math.sqrt(q.shape[-1])
        scores = scores.masked_fill(~mask, -1e4)
        heads = self.dropout(scores.softmax(dim=-1)) @ v
        return self.out(heads.transpose(1, 2).flatten(2)), scores

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)  # (B, H, T, D/H)


class FeedForward(nn.Module):
    """Two layers with ReLU, on each position alone (section 3.3)."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.first = nn.Linear(width, inner)
        self.second = nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, T, D) of (B, T, D)."""
        out: Tensor = self.second(self.dropout(self.first(x).relu()))
        return out


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each after a layer norm and beside a residual."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(config.width)
        self.attention = MultiHeadAttention(config.width, config.heads, config.dropout / 2)
        self.feed_forward_norm = nn.LayerNorm(config.width)
        self.feed_forward = FeedForward(config.width, config.feed_forward, config.dropout)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return (B, S, D) of (B, S, D); `mask` as in `MultiHeadAttention`."""
        normed = self.attention_norm(x)
        x = x + self.dropout(self.attention(normed, normed, mask)[0])
        out: Tensor = x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))
        return out


class DecoderLayer(nn.Module):
    """Self-attention, cross-attention and feed-forward, pre-norm."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.self_norm = nn.LayerNorm(config.width)
        self.self_attention = MultiHeadAttention(config.width, config.heads, config.dropout / 2)
        self.cross_norm = nn.LayerNorm(config.width)
        self.cross_attention = MultiHeadAttention(config.width, config.heads, config.dropout / 2)
        self.feed_forward_norm = nn.LayerNorm(config.width)
        self.feed_forward = FeedForward(config.width, config.feed_forward, config.dropout)
        self.dropout = nn.Dropout(config.dropout)

    def forward(
        self, x: Tensor, memory: Tensor, causal: Tensor, seen: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return (B, T, D) and the scores of the cross attention (B, H, T, S)."""
        normed = self.self_norm(x)
        x = x + self.dropout(self.self_attention(normed, normed, causal)[0])
        attended, scores = self.cross_attention(self.cross_norm(x), memory, seen)
        x = x + self.dropout(attended)
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x))), scores


class Transformer(nn.Module):
    """Encoder and decoder over one vocabulary.

    Args:
        config: Size.
        vocabulary: Units (V); 0 is padding, 1 begins and 2 ends a text.

    >>> model = Transformer(ModelConfig(8, 2, 16, 1, 1), vocabulary=12)
    >>> logits, scores = model(torch.tensor([[3, 4, 2]]), torch.tensor([[1, 5]]))
    >>> tuple(logits.shape), tuple(scores.shape)
    ((1, 2, 12), (1, 2, 2, 3))
    """

    positions: Tensor

    def __init__(self, config: ModelConfig, vocabulary: int) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(vocabulary, config.width, padding_idx=PAD_ID)
        nn.init.normal_(self.embedding.weight, std=config.width**-0.5)
        self.register_buffer("positions", sinusoids(config.longest, config.width), persistent=False)
        self.encoder = nn.ModuleList(EncoderLayer(config) for _ in range(config.encoder_layers))
        self.encoder_norm = nn.LayerNorm(config.width)
        self.decoder = nn.ModuleList(DecoderLayer(config) for _ in range(config.decoder_layers))
        self.decoder_norm = nn.LayerNorm(config.width)
        self.projection_bias = nn.Parameter(torch.zeros(vocabulary))
        self.dropout = nn.Dropout(config.dropout)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        self._start_by_copying()

    def _start_by_copying(self) -> None:
        """Let the last cross attention hand on what it looks at.

        With tied embeddings an attended token then votes for itself from the first step: most
        of a translation is copied from the text or the hint, and this need not be learnt.
        """
        last = self.decoder[-1]
        assert isinstance(last, DecoderLayer)  # noqa: S101 (for the type checker)
        nn.init.eye_(last.cross_attention.value.weight)
        nn.init.eye_(last.cross_attention.out.weight)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Return the memory (B, S, D) and its mask (B, 1, 1, S) of source ids (B, S)."""
        mask = (source != PAD_ID)[:, None, None, :]
        x = self._embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        return self.encoder_norm(x), mask

    def decode(self, target: Tensor, memory: Tensor, seen: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits (B, T, V) and the last cross-attention scores (B, H, T, S).

        Args:
            target: Ids (B, T), beginning with `BEGIN_ID`.
            memory: (B, S, D) from `encode`.
            seen: Its mask (B, 1, 1, S).
        """
        length = target.shape[1]
        causal = torch.ones(length, length, dtype=torch.bool, device=target.device).tril()
        x = self._embed(target)
        scores = torch.zeros(())
        for layer in self.decoder:
            x, scores = layer(x, memory, causal, seen)
        logits = nn.functional.linear(
            self.decoder_norm(x), self.embedding.weight, self.projection_bias
        )
        return logits, scores

    def forward(self, source: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits (B, T, V) and scores (B, H, T, S) of source (B, S) and target (B, T)."""
        memory, seen = self.encode(source)
        return self.decode(target, memory, seen)

    def _embed(self, ids: Tensor) -> Tensor:
        x = self.embedding(ids) * math.sqrt(self.config.width) + self.positions[: ids.shape[1]]
        out: Tensor = self.dropout(x)
        return out

    @torch.no_grad()
    def greedy(self, source: Tensor, longest: int = 128) -> list[list[int]]:
        """Return the ids that follow one another as the likeliest, without begin and end.

        Args:
            source: Ids (B, S).
            longest: Tokens after which a text is cut.
        """
        memory, seen = self.encode(source)
        target = torch.full((source.shape[0], 1), BEGIN_ID, device=source.device)
        done = torch.zeros(source.shape[0], dtype=torch.bool, device=source.device)
        while target.shape[1] <= longest and not bool(done.all()):
            logits, _ = self.decode(target, memory, seen)
            chosen = logits[:, -1].argmax(dim=-1).masked_fill(done, PAD_ID)
            done |= chosen == END_ID
            target = torch.cat([target, chosen[:, None]], dim=1)
        return [[i for i in row if i not in (PAD_ID, BEGIN_ID, END_ID)] for row in target.tolist()]


def word_loss(logits: Tensor, target: Tensor, smoothing: float) -> Tensor:
    """Return the mean cross-entropy of the tokens to be predicted.

    Args:
        logits: (B, T, V).
        target: Ids (B, T), `PAD_ID` where there is none.
        smoothing: Share of probability spread over the vocabulary (section 5.4).
    """
    return nn.functional.cross_entropy(
        logits.float().flatten(0, 1),
        target.flatten(),
        ignore_index=PAD_ID,
        label_smoothing=smoothing,
    )


def link_loss(scores: Tensor, links: Tensor) -> Tensor:
    """Return the mean negative log of the attention that falls on linked words.

    How the attention spreads over a word's tokens is left to the model, so that a head can
    walk through a word while copying it.

    Args:
        scores: Cross-attention scores of the last layer (B, H, T, S), H at least 2.
        links: True where head 0 or head 1 may look, (B, 2, T, S); rows without any True are
            passed over.
    """
    followed = scores[:, :2].float().log_softmax(dim=-1)
    known = links.any(dim=-1)
    inside = followed.masked_fill(~links, -1e4).logsumexp(dim=-1)
    return -(inside * known).sum() / known.sum().clamp(min=1)
