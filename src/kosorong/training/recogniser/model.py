"""The recogniser: a ConvNeXt at half the frame rate with connectionist temporal classification.

CTC: Graves et al. 2006. The second, intermediate loss halfway up: Lee and Watanabe 2021
(arXiv 2102.03216). Blocks: Liu et al. 2022. Recurrent layers would cost a CPU ten times as much.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kosorong.text.sound.symbols import BLANK_ID

SUBSAMPLING = 2
"""Mel frames of one output frame."""


@dataclass(frozen=True, slots=True)
class RecogniserConfig:
    """Size of a recogniser.

    Attributes:
        channels: Width (C).
        blocks: ConvNeXt blocks.
        expansion: Width of a block's inner layer over `channels`.
        kernel_size: Output frames each depthwise convolution sees; odd.
        dropout: Share of a block's inner channels left out, the same over a whole utterance: for
            convolutions stronger than elementwise dropout, and without its cost on a CPU.
        skip: Chance that the last block is left out for an utterance; earlier ones less
            (stochastic depth, Huang et al. 2016).
    """

    channels: int = 192
    blocks: int = 10
    expansion: int = 3
    kernel_size: int = 11
    dropout: float = 0.15
    skip: float = 0.1

    def __post_init__(self) -> None:
        if self.kernel_size % 2 == 0:
            raise ValueError(f"kernel_size must be odd, not {self.kernel_size}")


class RecogniserBlock(nn.Module):
    """Depthwise convolution, layer norm, two pointwise layers, residual.

    Args:
        config: Sizes.
        skip: Chance that this block is left out for an utterance in training.
    """

    def __init__(self, config: RecogniserConfig, skip: float) -> None:
        super().__init__()
        width, kernel = config.channels, config.kernel_size
        self.depthwise = nn.Conv1d(width, width, kernel, padding=kernel // 2, groups=width)
        self.norm = nn.LayerNorm(width)
        self.widen = nn.Linear(width, width * config.expansion)
        self.narrow = nn.Linear(width * config.expansion, width)
        self.scale = nn.Parameter(torch.full((width,), 0.2))
        self.dropout = config.dropout
        self.skip = skip

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, T, C) and mask (B, T, 1) -> (B, T, C)."""
        y = self.depthwise((x * mask).transpose(1, 2)).transpose(1, 2)
        y = F.gelu(self.widen(self.norm(y)))
        y = self.narrow(self._thin_out(y, self.dropout, y.shape[2]))
        return x + self._thin_out(self.scale * y, self.skip, 1)

    def _thin_out(self, y: Tensor, chance: float, channels: int) -> Tensor:
        if not self.training or chance == 0:
            return y
        kept = torch.rand(len(y), 1, channels, device=y.device) >= chance
        return y * (kept / (1.0 - chance)).to(y.dtype)


class Recogniser(nn.Module):
    """Normalised log-mels to log-probabilities of symbols.

    Outputs are ids of the acoustic model's symbol table; its blank is the blank of CTC.

    Args:
        config: Sizes.
        n_symbols: Rows of the symbol table.
        n_mels: M.

    >>> model = Recogniser(RecogniserConfig(channels=16, blocks=2), n_symbols=58).eval()
    >>> final, halfway = model(torch.zeros(1, 80, 20), torch.tensor([20]))
    >>> final.shape
    torch.Size([1, 10, 58])
    """

    def __init__(self, config: RecogniserConfig, n_symbols: int, n_mels: int = 80) -> None:
        super().__init__()
        width = config.channels
        self.config = config
        self.embed = nn.Conv1d(n_mels, width, 5, stride=SUBSAMPLING, padding=2)
        self.norm = nn.LayerNorm(width)
        last = max(1, config.blocks - 1)
        self.blocks = nn.ModuleList(
            RecogniserBlock(config, config.skip * i / last) for i in range(config.blocks)
        )
        self.halfway_norm = nn.LayerNorm(width)
        self.final_norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, n_symbols)
        # The halfway guess goes back into the stream (self-conditioning, Nozaki and Komatsu 2021).
        self.told = nn.Linear(n_symbols, width)

    def forward(self, mel: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Score the symbols of each output frame.

        Args:
            mel: (B, M, T_mel) normalised log-mel, see `data.normalise`.
            lengths: (B,) frames.

        Returns:
            Log-probabilities (B, ceil(T_mel / 2), symbols) of the last block and of the middle.
        """
        states, halfway = self.states(mel, lengths)
        return self.head(self.final_norm(states[-1])).float().log_softmax(-1), halfway

    def states(self, mel: Tensor, lengths: Tensor) -> tuple[list[Tensor], Tensor]:
        """Return what comes out of every block, and the log-probabilities of the middle.

        Args:
            mel: (B, M, T_mel) normalised log-mel.
            lengths: (B,) frames.

        Returns:
            (B, ceil(T_mel / 2), C) of each block in order, and (B, ceil(T_mel / 2), symbols).
        """
        x = self.norm(self.embed(mel).transpose(1, 2))
        steps = torch.arange(x.shape[1], device=x.device)
        mask = (steps[None] < output_lengths(lengths)[:, None])[:, :, None].to(x.dtype)
        middle = len(self.blocks) // 2
        halfway = x.new_zeros(())
        states = []
        for i, block in enumerate(self.blocks):
            if i == middle:
                halfway = self.head(self.halfway_norm(x)).float().log_softmax(-1)
                x = x + self.told(halfway.exp().to(x.dtype))
            x = block(x, mask)
            states.append(x)
        return states, halfway


def output_lengths(lengths: Tensor) -> Tensor:
    """Mel frames (B,) -> output frames (B,)."""
    return (lengths + SUBSAMPLING - 1) // SUBSAMPLING


def ctc_loss(scores: Tensor, lengths: Tensor, targets: Tensor, target_lengths: Tensor) -> Tensor:
    """Negative log-likelihood of the targets per symbol, nats.

    Args:
        scores: (B, T, symbols) log-probabilities.
        lengths: (B,) output frames.
        targets: All target ids end to end.
        target_lengths: (B,).
    """
    total = F.ctc_loss(
        scores.transpose(0, 1),
        targets,
        lengths,
        target_lengths,
        blank=BLANK_ID,
        reduction="sum",
        zero_infinity=True,
    )
    return total / target_lengths.sum()
