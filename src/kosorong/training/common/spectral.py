"""Spectra in torch: the same mel definition as `kosorong.audio.mel`, differentiable."""

from __future__ import annotations

from functools import lru_cache

import torch
import torch.nn.functional as F
from torch import Tensor

from kosorong.audio import mel as reference
from kosorong.config import MEL, MelConfig


@lru_cache(maxsize=16)
def _window(length: int, device: torch.device) -> Tensor:
    return torch.hann_window(length, device=device)


@lru_cache(maxsize=8)
def _filters(config: MelConfig, device: torch.device) -> Tensor:
    return torch.from_numpy(reference.filterbank(config)).to(device)


def stft(audio: Tensor, n_fft: int, hop_length: int) -> Tensor:
    """Complex spectrum of audio, frames centred as in `kosorong.audio.mel`.

    Args:
        audio: (B, T_wav).
        n_fft: Samples of a transform and of its Hann window.
        hop_length: Samples between frames.

    Returns:
        (B, n_fft / 2 + 1, T_wav // hop_length) complex.
    """
    side = (n_fft - hop_length) // 2
    padded = F.pad(audio[:, None], (side, side), mode="reflect")[:, 0]
    return torch.stft(
        padded,
        n_fft,
        hop_length,
        window=_window(n_fft, audio.device),
        center=False,
        return_complex=True,
    )


def log_mel(audio: Tensor, config: MelConfig = MEL) -> Tensor:
    """Audio (B, T_wav) -> log-mel (B, M, T_mel); equals the numpy definition."""
    magnitude = _magnitude(stft(audio, config.n_fft, config.hop_length))
    mel = _filters(config, audio.device) @ magnitude
    return torch.log(mel.clamp_min(config.floor))


def _magnitude(spectrum: Tensor) -> Tensor:
    # The small constant keeps the gradient of the square root finite at silence.
    return torch.sqrt(spectrum.real.square() + spectrum.imag.square() + 1e-12)
