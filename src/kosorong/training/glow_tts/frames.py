"""A prior that says something else of every frame of a symbol, and tells the flow of it.

The paper's prior has one mean for all frames of a symbol, so that what a burst does within its
symbol, and how it leans on its neighbours, is left to the couplings. This network reads the text
encoder's hidden states frame by frame, along an alignment, with the place of each frame in its
symbol, and adds to the symbol's mean. It may also tell the couplings what it made of the text, as
RAD-TTS does (Shih et al. 2021). The alignment search keeps to the symbols' means, and to the flow
that is told nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

PLACES = 6
"""Numbers that tell where in its symbol a frame stands; `kosorong.speech.glow_tts.places` is the
same in numpy."""


@dataclass(frozen=True, slots=True)
class FramesConfig:
    """Size of the frame-wise prior.

    Attributes:
        blocks: Residual convolutions; 0 means none, one mean for a whole symbol as in the paper.
        channels: Width (W).
        kernel_size: Folded frames each convolution sees; odd.
        dropout: Share of values dropped.
        tells_flow: The couplings are told the text frame by frame.
        pitch: The prior is told the pitch of every symbol, which a predictor of its own says.
    """

    blocks: int = 0
    channels: int = 192
    kernel_size: int = 5
    dropout: float = 0.1
    tells_flow: bool = False
    pitch: bool = False

    @property
    def told(self) -> int:
        """Channels of what the couplings are told; 0 for nothing."""
        return self.channels if self.blocks and self.tells_flow else 0


class FrameBlock(nn.Module):
    """Convolution, norm, GELU and a pointwise layer, added to their input."""

    def __init__(self, config: FramesConfig) -> None:
        super().__init__()
        width, size = config.channels, config.kernel_size
        self.convolution = nn.Conv1d(width, width, size, padding=size // 2)
        self.norm = nn.LayerNorm(width)
        self.project = nn.Conv1d(width, width, 1)
        self.dropout = config.dropout
        # Zero weights: the block starts as the identity.
        for parameter in self.project.parameters():
            nn.init.zeros_(parameter)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, W, T) -> (B, W, T)."""
        y = self.norm(self.convolution(x * mask).transpose(1, 2)).transpose(1, 2)
        return x + self.project(F.dropout(F.gelu(y), self.dropout, self.training))


class FramePrior(nn.Module):
    """What the prior's means gain, frame by frame.

    Args:
        config: Sizes; at least one block.
        hidden: C of the text encoder's hidden states.
        n_mels: M.
        squeeze: Neighbouring frames folded into one, as the flow does.
        speaker_channels: G.
    """

    def __init__(
        self, config: FramesConfig, hidden: int, n_mels: int, squeeze: int, speaker_channels: int
    ) -> None:
        super().__init__()
        self.squeeze = squeeze
        width = config.channels
        self.start = nn.Conv1d(squeeze * (hidden + PLACES), width, 3, padding=1)
        self.speaker = nn.Linear(speaker_channels, width)
        self.blocks = nn.ModuleList(FrameBlock(config) for _ in range(config.blocks))
        self.norm = nn.LayerNorm(width)
        self.mean = nn.Conv1d(width, squeeze * n_mels, 1)
        # Zero weights: the prior starts as the paper's.
        for parameter in self.mean.parameters():
            nn.init.zeros_(parameter)

    def forward(
        self, hidden: Tensor, alignment: Tensor, mask: Tensor, speaker: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Read the text along an alignment.

        Args:
            hidden: (B, C, T_text) of the text encoder.
            alignment: (B, T_text, T_mel) 0/1.
            mask: (B, 1, T_mel).
            speaker: (B, G).

        Returns:
            What is added to the means, (B, M, T_mel), and what the text says of each folded frame,
            (B, W, T_mel / squeeze).
        """
        placed = places(alignment).to(hidden.dtype)
        x = torch.cat([hidden @ alignment.to(hidden.dtype), placed], 1) * mask
        x, narrow = self._fold(x), mask[:, :, self.squeeze - 1 :: self.squeeze]
        x = self.start(x) + self.speaker(speaker)[:, :, None]
        for block in self.blocks:
            x = block(x, narrow)
        x = self.norm(x.transpose(1, 2)).transpose(1, 2) * narrow
        return self._unfold(self.mean(x)).float(), x

    def _fold(self, x: Tensor) -> Tensor:
        """(B, C, T) -> (B, squeeze * C, T / squeeze)."""
        batch, channels, length = x.shape
        x = x.view(batch, channels, length // self.squeeze, self.squeeze)
        return x.permute(0, 3, 1, 2).reshape(batch, channels * self.squeeze, -1)

    def _unfold(self, x: Tensor) -> Tensor:
        """(B, squeeze * M, T) -> (B, M, squeeze * T)."""
        batch, channels, length = x.shape
        x = x.view(batch, self.squeeze, channels // self.squeeze, length)
        return x.permute(0, 2, 3, 1).reshape(batch, channels // self.squeeze, -1)


def places(alignment: Tensor) -> Tensor:
    """Tell where in its symbol each frame stands.

    Args:
        alignment: (B, T_text, T_mel) 0/1.

    Returns:
        (B, PLACES, T_mel): the share of the symbol that is over, nearness to its begin and its end,
        its length, distance from its middle, and whether begin or end is nearer.
    """
    frames = alignment.sum(2)
    starts = frames.cumsum(1) - frames
    start = (starts[:, None] @ alignment)[:, 0]
    length = (frames[:, None] @ alignment)[:, 0].clamp_min(1.0)
    middle = torch.arange(alignment.shape[2], device=alignment.device) + 0.5
    # Frames behind the end of an item have no symbol: they stand at its end.
    gone = torch.minimum(middle[None] - start, length)
    left = length - gone
    share = gone / length
    rows = (
        share,
        torch.exp(-gone / 2),
        torch.exp(-left / 2),
        length.log() / 3,
        (share - 0.5).abs() * 2,
        torch.exp(-gone / 6) - torch.exp(-left / 6),
    )
    return torch.stack(rows, 1)
