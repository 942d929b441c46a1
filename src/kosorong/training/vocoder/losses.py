"""What the vocoder is taught by.

Reconstruction: log-mel L1, multi-resolution STFT (Yamamoto et al. 2020, Parallel WaveGAN,
section 2.2) and anti-wrapped phase derivatives (APNet, Ai & Ling 2023, section III-C).
Adversarial: hinge losses and feature matching, as in Vocos (section 3.3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from kosorong.config import MEL
from kosorong.training.common.spectral import log_mel, stft


@dataclass(frozen=True, slots=True)
class LossConfig:
    """Weights of the vocoder's losses.

    Attributes:
        mel: Log-mel L1.
        stft: Log-magnitude L1 and spectral convergence, mean over resolutions.
        phase: Phase derivatives along time and frequency, mean over resolutions.
        adversarial: Hinge loss of the generator.
        features: Feature matching.
        mrd: Weight of the resolution discriminators over the period discriminators.
    """

    mel: float = 15.0
    stft: float = 1.5
    phase: float = 1.0
    adversarial: float = 1.0
    features: float = 2.0
    mrd: float = 0.3


RESOLUTIONS: tuple[tuple[int, int], ...] = ((2048, 512), (1024, 256), (512, 128), (256, 64))
"""(n_fft, hop_length), samples."""


def reconstruction_loss(
    synthetic: Tensor, target: Tensor, config: LossConfig
) -> tuple[Tensor, dict[str, Tensor]]:
    """Compare audio with audio.

    Args:
        synthetic: (B, T_wav) generated.
        target: (B, T_wav) recorded.
        config: Weights.

    Returns:
        The weighted sum () and its parts by name.
    """
    mel = F.l1_loss(log_mel(synthetic), log_mel(target))
    spectra = [(stft(synthetic, *r), stft(target, *r)) for r in RESOLUTIONS]
    magnitude = torch.stack([_magnitude_loss(m, t) for m, t in spectra]).mean()
    phase = torch.stack([_phase_loss(m, t) for m, t in spectra]).mean()
    total = config.mel * mel + config.stft * magnitude + config.phase * phase
    return total, {"mel": mel.detach(), "stft": magnitude.detach(), "phase": phase.detach()}


def stft_distance(synthetic: Tensor, target: Tensor) -> Tensor:
    """Multi-resolution STFT distance () of audio (B, T_wav): the measure reported for copies."""
    pairs = [(stft(synthetic, *r), stft(target, *r)) for r in RESOLUTIONS]
    return torch.stack([_magnitude_loss(m, t) for m, t in pairs]).mean()


def _magnitude_loss(synthetic: Tensor, target: Tensor) -> Tensor:
    """Spectral convergence plus log-magnitude L1 of complex (B, bins, frames)."""
    a, b = _safe_abs(synthetic), _safe_abs(target)
    convergence = torch.linalg.vector_norm(b - a) / torch.linalg.vector_norm(b)
    floor = MEL.floor * 10
    log_distance = F.l1_loss(a.clamp_min(floor).log(), b.clamp_min(floor).log())
    return convergence + log_distance


def _phase_loss(synthetic: Tensor, target: Tensor) -> Tensor:
    """Anti-wrapped phase differences along time and frequency, weighted by the target's loudness.

    Absolute phase cannot follow from a mel; its derivatives (instantaneous frequency, group
    delay) can.
    """
    loudness = _safe_abs(target)
    weight = loudness.pow(0.5)
    synthetic, target = (
        synthetic / _safe_abs(synthetic),
        target / loudness,
    )  # phases alone, as unit vectors
    total = synthetic.new_zeros((), dtype=torch.float32)
    for axis in (1, 2):
        n = synthetic.shape[axis]
        a = synthetic.narrow(axis, 1, n - 1) * synthetic.narrow(axis, 0, n - 1).conj()
        b = target.narrow(axis, 1, n - 1) * target.narrow(axis, 0, n - 1).conj()
        # 1 - cos of the difference: smooth, bounded and free of wrapping.
        cosine = (a * b.conj()).real
        w = weight.narrow(axis, 1, n - 1)
        total = total + ((1.0 - cosine) * w).sum() / w.sum()
    return total / 2


def _safe_abs(spectrum: Tensor) -> Tensor:
    return torch.sqrt(spectrum.real.square() + spectrum.imag.square() + 1e-12)


def discriminator_loss(real: Sequence[Tensor], fake: Sequence[Tensor]) -> Tensor:
    """Hinge loss () of discriminators on scores of any shape."""
    parts = [F.relu(1 - r).mean() + F.relu(1 + f).mean() for r, f in zip(real, fake, strict=True)]
    return torch.stack(parts).mean()


def generator_loss(fake: Sequence[Tensor]) -> Tensor:
    """Hinge loss () of the generator."""
    return torch.stack([F.relu(1 - f).mean() for f in fake]).mean()


def feature_loss(real: Sequence[Tensor], fake: Sequence[Tensor]) -> Tensor:
    """Mean L1 () between the discriminators' inner maps."""
    parts = [F.l1_loss(f, r.detach()) for r, f in zip(real, fake, strict=True)]
    return torch.stack(parts).mean()


def decibels(log_mel_l1: float) -> float:
    """Express a natural-log magnitude difference in dB.

    >>> round(decibels(1.0), 2)
    8.69
    """
    return log_mel_l1 * 20.0 / math.log(10.0)
