"""Narrow discriminators: periods (HiFi-GAN, Kong et al. 2020) and resolutions (UnivNet, 2021)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm

from kosorong.training.common.spectral import stft

Judged = tuple[list[Tensor], list[Tensor]]
"""Scores, and inner maps for feature matching."""

_SLOPE = 0.1


@dataclass(frozen=True, slots=True)
class DiscriminatorConfig:
    """Size of the discriminators.

    Attributes:
        width: Channels of the first layer; the published models use 32.
        largest: Channels of the widest layer; the published period discriminator uses 1,024.
        periods: Samples between the columns that a period discriminator folds audio into.
        resolutions: n_fft of the resolution discriminators, samples; hops are a quarter of it.
    """

    width: int = 8
    largest: int = 128
    periods: tuple[int, ...] = (2, 3, 5, 7, 11)
    resolutions: tuple[int, ...] = (512, 1024, 2048)


class PeriodDiscriminator(nn.Module):
    """Judges audio folded to (T_wav / period, period).

    Args:
        period: Samples.
        config: Widths.
    """

    def __init__(self, period: int, config: DiscriminatorConfig) -> None:
        super().__init__()
        self.period = period
        widths = [1, *(min(config.largest, config.width * 4**i) for i in range(4))]
        self.layers = nn.ModuleList(
            weight_norm(nn.Conv2d(a, b, (5, 1), (3, 1), padding=(2, 0)))
            for a, b in pairwise(widths)
        )
        self.layers.append(weight_norm(nn.Conv2d(widths[-1], widths[-1], (5, 1), padding=(2, 0))))
        self.score = weight_norm(nn.Conv2d(widths[-1], 1, (3, 1), padding=(1, 0)))

    def forward(self, audio: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(B, T_wav) -> score (B, T') and inner maps."""
        pad = -audio.shape[1] % self.period
        x = F.pad(audio[:, None], (0, pad), mode="reflect")
        x = x.reshape(audio.shape[0], 1, -1, self.period)  # (B, 1, T_wav / period, period)
        return _judge(x, self.layers, self.score)


class ResolutionDiscriminator(nn.Module):
    """Judges the log-magnitude spectrum at one resolution.

    Args:
        n_fft: Samples.
        config: Widths.
    """

    def __init__(self, n_fft: int, config: DiscriminatorConfig) -> None:
        super().__init__()
        self.n_fft = n_fft
        w = config.width * 2
        self.layers = nn.ModuleList(
            [
                weight_norm(nn.Conv2d(1, w, (7, 5), (2, 1), padding=(3, 2))),
                weight_norm(nn.Conv2d(w, w, (5, 3), (2, 2), padding=(2, 1))),
                weight_norm(nn.Conv2d(w, w * 2, (5, 3), (2, 1), padding=(2, 1))),
                weight_norm(nn.Conv2d(w * 2, w * 2, (3, 3), (2, 2), padding=1)),
                weight_norm(nn.Conv2d(w * 2, w * 2, (3, 3), padding=1)),
            ]
        )
        self.score = weight_norm(nn.Conv2d(w * 2, 1, (3, 3), padding=1))

    def forward(self, audio: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(B, T_wav) -> score (B, T') and inner maps."""
        spectrum = stft(audio, self.n_fft, self.n_fft // 4)
        power = spectrum.real.square() + spectrum.imag.square()
        x = 0.5 * torch.log(power + 1e-6)[:, None]  # (B, 1, bins, frames)
        return _judge(x, self.layers, self.score)


class Discriminators(nn.Module):
    """All discriminators of one kind, judged together.

    Args:
        members: Period or resolution discriminators.
    """

    def __init__(self, members: list[nn.Module]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, audio: Tensor) -> Judged:
        """(B, T_wav) -> all scores, all inner maps."""
        scores: list[Tensor] = []
        maps: list[Tensor] = []
        for member in self.members:
            score, inner = member(audio)
            scores.append(score)
            maps.extend(inner)
        return scores, maps


def period_discriminators(config: DiscriminatorConfig) -> Discriminators:
    """Build one discriminator for each of `config.periods`."""
    return Discriminators([PeriodDiscriminator(p, config) for p in config.periods])


def resolution_discriminators(config: DiscriminatorConfig) -> Discriminators:
    """Build one discriminator for each of `config.resolutions`."""
    return Discriminators([ResolutionDiscriminator(n, config) for n in config.resolutions])


def _judge(x: Tensor, layers: nn.ModuleList, score: nn.Module) -> tuple[Tensor, list[Tensor]]:
    maps: list[Tensor] = []
    for layer in layers:
        x = F.leaky_relu(layer(x), _SLOPE)
        maps.append(x)
    return score(x).flatten(1), maps
