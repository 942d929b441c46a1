"""The vocoder: Vocos (Siuzdak 2023, arXiv 2306.00814), a ConvNeXt at frame rate and an ISTFT."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kosorong.config import MEL, MelConfig


@dataclass(frozen=True, slots=True)
class VocosConfig:
    """Size of a Vocos generator.

    Attributes:
        channels: Width of the backbone (C).
        blocks: ConvNeXt blocks.
        expansion: Width of a block's inner layer over `channels`.
        kernel_size: Frames each depthwise convolution sees; odd.
    """

    channels: int = 256
    blocks: int = 8
    expansion: int = 3
    kernel_size: int = 7

    def __post_init__(self) -> None:
        if self.kernel_size % 2 == 0:
            raise ValueError(f"kernel_size must be odd, not {self.kernel_size}")


class VocoderGenerator(nn.Module, ABC):
    """Role: log-mel (B, M, T_mel) -> audio (B, T_wav), T_wav = T_mel * hop_length, in [-1, 1]."""

    @abstractmethod
    def forward(self, mel: Tensor) -> Tensor:
        """Make audio from mels.

        Args:
            mel: (B, M, T_mel) log-mel as `kosorong.audio.mel` defines it.

        Returns:
            (B, T_wav) audio.
        """


class ConvNeXtBlock(nn.Module):
    """Depthwise convolution, layer norm, two pointwise layers with GELU, layer scale, residual.

    The published block (Liu et al. 2022) in one dimension.

    Args:
        channels: C.
        inner: Width between the pointwise layers.
        kernel_size: Frames.
        scale: Start of the layer scale.
    """

    def __init__(self, channels: int, inner: int, kernel_size: int, scale: float) -> None:
        super().__init__()
        self.depthwise = nn.Conv1d(
            channels, channels, kernel_size, padding=kernel_size // 2, groups=channels
        )
        self.norm = nn.LayerNorm(channels, eps=1e-6)
        self.widen = nn.Linear(channels, inner)
        self.narrow = nn.Linear(inner, channels)
        self.scale = nn.Parameter(torch.full((channels,), scale))

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, T_mel) -> (B, C, T_mel)."""
        y = self.norm(self.depthwise(x).transpose(1, 2))
        y = self.narrow(F.gelu(self.widen(y)))
        return x + (self.scale * y).transpose(1, 2)


class Vocos(VocoderGenerator):
    """The frame-rate generator.

    >>> vocos = Vocos(VocosConfig(channels=16, blocks=2))
    >>> vocos(torch.zeros(1, 80, 5)).shape
    torch.Size([1, 1280])
    """

    def __init__(self, config: VocosConfig, mel: MelConfig = MEL) -> None:
        super().__init__()
        width = config.channels
        self.config = config
        self.mel = mel
        self.embed = nn.Conv1d(
            mel.n_mels, width, config.kernel_size, padding=config.kernel_size // 2
        )
        self.norm = nn.LayerNorm(width, eps=1e-6)
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(width, width * config.expansion, config.kernel_size, 1 / config.blocks)
            for _ in range(config.blocks)
        )
        self.final_norm = nn.LayerNorm(width, eps=1e-6)
        self.head = nn.Linear(width, mel.n_fft + 2)
        self.window: Tensor
        self.register_buffer("window", torch.hann_window(mel.win_length), persistent=False)
        self.apply(_initialise)

    def spectrum(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """(B, M, T_mel) -> real and imaginary spectrum, each (B, n_fft / 2 + 1, T_mel)."""
        x = self.norm(self.embed(mel).transpose(1, 2)).transpose(1, 2)
        for block in self.blocks:
            x = block(x)
        x = self.head(self.final_norm(x.transpose(1, 2))).transpose(1, 2).float()
        log_magnitude, phase = x.chunk(2, dim=1)
        # A loud frame's magnitude is below n_fft / 4; the bound stops an untrained exponential.
        magnitude = torch.exp(log_magnitude.clamp(max=math.log(self.mel.n_fft / 4)))
        return magnitude * torch.cos(phase), magnitude * torch.sin(phase)

    def forward(self, mel: Tensor) -> Tensor:
        """See `VocoderGenerator.forward`."""
        real, imaginary = self.spectrum(mel)
        return inverse_stft(torch.complex(real, imaginary), self.window, self.mel)


def inverse_stft(spectrum: Tensor, window: Tensor, mel: MelConfig = MEL) -> Tensor:
    """Overlap-add the inverse transform with `same` padding.

    Args:
        spectrum: (B, n_fft / 2 + 1, T_mel) complex.
        window: (win_length,).
        mel: The transform's constants.

    Returns:
        (B, T_mel * hop_length).
    """
    n_frames = spectrum.shape[2]
    frames = torch.fft.irfft(spectrum, mel.n_fft, dim=1) * window[:, None]
    envelope = window.square()[None, :, None].expand(1, -1, n_frames)
    length = (n_frames - 1) * mel.hop_length + mel.n_fft
    added = _overlap_add(frames, length, mel)
    weight = _overlap_add(envelope, length, mel)
    side = (mel.n_fft - mel.hop_length) // 2
    return (added / weight.clamp_min(1e-3))[:, side : length - side]


def _overlap_add(frames: Tensor, length: int, mel: MelConfig) -> Tensor:
    """(B, n_fft, T_mel) -> (B, length)."""
    folded = F.fold(frames, (1, length), kernel_size=(1, mel.n_fft), stride=(1, mel.hop_length))
    return folded[:, 0, 0]


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Conv1d | nn.Linear):
        nn.init.trunc_normal_(module.weight, std=0.02)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
