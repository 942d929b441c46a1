"""The text side of Glow-TTS: encoder and duration predictor (paper, section 3.3 and appendix A)."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class TextEncoder(nn.Module, ABC):
    """Role: symbols (B, T_text) -> hidden states (B, C, T_text) and prior means (B, M, T_text)."""

    @abstractmethod
    def forward(self, symbols: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Encode symbols.

        Args:
            symbols: (B, T_text) indices of the symbol table.
            mask: (B, 1, T_text), 1 inside each item's length.

        Returns:
            Hidden states (B, C, T_text) and prior means (B, M, T_text).
        """


class DurationPredictor(nn.Module, ABC):
    """Role: hidden states (B, C, T_text) -> logarithms of durations (B, T_text) in frames."""

    @abstractmethod
    def forward(self, hidden: Tensor, mask: Tensor, speaker: Tensor) -> Tensor:
        """Predict log durations.

        Args:
            hidden: (B, C, T_text); gradients should be stopped before.
            mask: (B, 1, T_text).
            speaker: (B, G) speaker embedding.

        Returns:
            (B, T_text) natural logarithm of frames.
        """


class ChannelNorm(nn.LayerNorm):
    """Layer norm over the channels of (B, C, T)."""

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, T) -> (B, C, T)."""
        return super().forward(x.transpose(1, 2)).transpose(1, 2)


class PreNet(nn.Module):
    """Three convolutions with ReLU, norm and dropout, added to their input (appendix A.1).

    Args:
        channels: C.
        dropout: Share of values dropped.
        layers: Convolutions.
        kernel_size: Symbols; odd.
    """

    def __init__(
        self, channels: int, dropout: float, layers: int = 3, kernel_size: int = 5
    ) -> None:
        super().__init__()
        self.convolutions = nn.ModuleList(
            nn.Conv1d(channels, channels, kernel_size, padding=kernel_size // 2)
            for _ in range(layers)
        )
        self.norms = nn.ModuleList(ChannelNorm(channels) for _ in range(layers))
        self.project = nn.Conv1d(channels, channels, 1)
        self.dropout = dropout
        # Starts as the identity, so that the residual path carries the embedding.
        for parameter in self.project.parameters():
            nn.init.zeros_(parameter)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, C, T_text) -> (B, C, T_text)."""
        y = x
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            y = F.dropout(F.relu(norm(convolution(y * mask))), self.dropout, self.training)
        return (x + self.project(y)) * mask


class RelativeAttention(nn.Module):
    """Self-attention that knows relative positions (Shaw et al. 2018) within a window.

    Args:
        channels: C.
        heads: H; C must be a multiple.
        window: Largest distance with an embedding of its own, symbols; beyond it there is none.
        dropout: Of the attention weights.
    """

    def __init__(self, channels: int, heads: int, window: int, dropout: float) -> None:
        super().__init__()
        if channels % heads:
            raise ValueError(f"{channels} channels cannot be split into {heads} heads")
        self.heads, self.window, self.dropout = heads, window, dropout
        self.depth = channels // heads
        self.query, self.key, self.value, self.out = (
            nn.Conv1d(channels, channels, 1) for _ in range(4)
        )
        spread = self.depth**-0.5
        self.key_positions = nn.Parameter(torch.randn(2 * window + 1, self.depth) * spread)
        self.value_positions = nn.Parameter(torch.randn(2 * window + 1, self.depth) * spread)
        for layer in (self.query, self.key, self.value):
            nn.init.xavier_uniform_(layer.weight)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, C, T_text) -> (B, C, T_text)."""
        q, k, v = (self._split(f(x)) for f in (self.query, self.key, self.value))
        q = q / math.sqrt(self.depth)
        length = x.shape[2]
        distance = torch.arange(length, device=x.device)
        distance = distance[None] - distance[:, None] + self.window  # (T, T), j - i + window
        near = (distance >= 0) & (distance <= 2 * self.window)
        index = distance.clamp(0, 2 * self.window).expand(*q.shape[:2], -1, -1)
        by_position = q @ self.key_positions.t().to(q.dtype)  # (B, H, T, 2 * window + 1)
        scores = q @ k.transpose(2, 3) + torch.gather(by_position, 3, index) * near
        scores = scores.float().masked_fill(mask[:, :, None] == 0, -1e4)  # (B, H, T, T)
        weights = F.dropout(scores.softmax(-1).to(q.dtype), self.dropout, self.training)
        out = weights @ v + self._by_distance(weights) @ self.value_positions.to(q.dtype)
        return self.out(out.transpose(2, 3).flatten(1, 2))

    def _split(self, x: Tensor) -> Tensor:
        """(B, C, T) -> (B, H, T, D)."""
        return x.unflatten(1, (self.heads, self.depth)).transpose(2, 3)

    def _by_distance(self, weights: Tensor) -> Tensor:
        """(B, H, T, T) -> (B, H, T, 2 * window + 1), the weights at each near distance."""
        length = weights.shape[-1]
        column = torch.arange(length, device=weights.device)[:, None]
        column = column + torch.arange(-self.window, self.window + 1, device=weights.device)
        inside = (column >= 0) & (column < length)
        index = column.clamp(0, length - 1).expand(*weights.shape[:2], -1, -1)
        return torch.gather(weights, 3, index) * inside


class FeedForward(nn.Module):
    """Two convolutions with ReLU between.

    Args:
        channels: C.
        inner: Channels between.
        kernel_size: Symbols; odd.
        dropout: Share of values dropped.
    """

    def __init__(self, channels: int, inner: int, kernel_size: int, dropout: float) -> None:
        super().__init__()
        pad = kernel_size // 2
        self.widen = nn.Conv1d(channels, inner, kernel_size, padding=pad)
        self.narrow = nn.Conv1d(inner, channels, kernel_size, padding=pad)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, C, T_text) -> (B, C, T_text)."""
        y = F.dropout(F.relu(self.widen(x * mask)), self.dropout, self.training)
        return self.narrow(y * mask) * mask


class TransformerLayer(nn.Module):
    """Attention and feed-forward, each added to its input and normalised after."""

    def __init__(
        self, channels: int, inner: int, heads: int, kernel_size: int, window: int, dropout: float
    ) -> None:
        super().__init__()
        self.attention = RelativeAttention(channels, heads, window, dropout)
        self.feed_forward = FeedForward(channels, inner, kernel_size, dropout)
        self.norm_1 = ChannelNorm(channels)
        self.norm_2 = ChannelNorm(channels)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, C, T_text) -> (B, C, T_text)."""
        y = F.dropout(self.attention(x, mask), self.dropout, self.training)
        x = self.norm_1(x + y) * mask
        y = F.dropout(self.feed_forward(x, mask), self.dropout, self.training)
        return self.norm_2(x + y) * mask


class RelativeEncoder(TextEncoder):
    """Embedding, pre-net, relative-position Transformer, projection to the prior's means.

    Args:
        n_symbols: Rows of the symbol table.
        n_mels: M.
        channels: C.
        inner: Channels of the feed-forward layers.
        heads: H.
        layers: Transformer layers.
        kernel_size: Of the feed-forward layers, symbols.
        window: Of the relative positions, symbols.
        dropout: Share of values dropped.
        prenet_dropout: The same in the pre-net; the paper's is a half.
    """

    def __init__(
        self,
        n_symbols: int,
        n_mels: int,
        *,
        channels: int = 128,
        inner: int = 512,
        heads: int = 2,
        layers: int = 4,
        kernel_size: int = 3,
        window: int = 4,
        dropout: float = 0.1,
        prenet_dropout: float = 0.5,
    ) -> None:
        super().__init__()
        self.scale = math.sqrt(channels)
        self.embed = nn.Embedding(n_symbols, channels)
        nn.init.normal_(self.embed.weight, 0.0, channels**-0.5)
        self.prenet = PreNet(channels, prenet_dropout)
        self.layers = nn.ModuleList(
            TransformerLayer(channels, inner, heads, kernel_size, window, dropout)
            for _ in range(layers)
        )
        self.mean = nn.Conv1d(channels, n_mels, 1)

    def forward(self, symbols: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """See `TextEncoder.forward`."""
        x = self.embed(symbols).transpose(1, 2) * self.scale * mask
        x = self.prenet(x, mask)
        for layer in self.layers:
            x = layer(x, mask)
        return x, self.mean(x) * mask


class ConvolutionalDurations(DurationPredictor):
    """Two convolutions, each with ReLU, layer norm and dropout, and a projection (section 3.3).

    Args:
        channels: C of the hidden states.
        speaker_channels: G.
        inner: Channels of the convolutions.
        kernel_size: Symbols; odd.
        dropout: Share of values dropped.
    """

    def __init__(
        self,
        channels: int,
        speaker_channels: int,
        *,
        inner: int = 192,
        kernel_size: int = 3,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        pad = kernel_size // 2
        self.convolution_1 = nn.Conv1d(channels + speaker_channels, inner, kernel_size, padding=pad)
        self.convolution_2 = nn.Conv1d(inner, inner, kernel_size, padding=pad)
        self.norm_1 = ChannelNorm(inner)
        self.norm_2 = ChannelNorm(inner)
        self.project = nn.Conv1d(inner, 1, 1)
        self.dropout = dropout

    def forward(self, hidden: Tensor, mask: Tensor, speaker: Tensor) -> Tensor:
        """See `DurationPredictor.forward`."""
        x = torch.cat([hidden, speaker[:, :, None].expand(-1, -1, hidden.shape[2])], 1)
        for convolution, norm in (
            (self.convolution_1, self.norm_1),
            (self.convolution_2, self.norm_2),
        ):
            x = F.dropout(norm(F.relu(convolution(x * mask))), self.dropout, self.training)
        return (self.project(x * mask) * mask)[:, 0].float()
