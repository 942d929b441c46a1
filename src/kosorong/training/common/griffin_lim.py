"""Audio of a log-mel without a vocoder: good enough to hear whether a training goes well."""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from kosorong.audio.mel import filterbank
from kosorong.config import MEL

_MOMENTUM = 0.99


@lru_cache(maxsize=1)
def _inverse_filters() -> Tensor:
    return torch.linalg.pinv(torch.from_numpy(filterbank()))


def griffin_lim(mel: Tensor, steps: int = 32) -> Tensor:
    """Find audio whose spectrum has the magnitudes of a mel.

    Phases start at random from a fixed seed and are taken from the nearest consistent spectrum
    again and again (Griffin and Lim 1984), with momentum (Perraudin, Balazs and Søndergaard 2013).

    Args:
        mel: (M, T_mel) natural logarithm of mel magnitudes; T_mel at least 3.
        steps: Iterations.

    Returns:
        (T_wav,) in [-1, 1], (T_mel - 1) * hop_length samples.

    >>> griffin_lim(torch.zeros(80, 5), steps=2).shape
    torch.Size([1024])
    """
    size, hop = MEL.n_fft, MEL.hop_length
    window = torch.hann_window(MEL.win_length)
    magnitude = (_inverse_filters() @ mel.detach().cpu().float().exp()).clamp_min(0.0)
    draw = torch.Generator().manual_seed(0)
    angles = torch.polar(
        torch.ones_like(magnitude), 2 * torch.pi * torch.rand(magnitude.shape, generator=draw)
    )
    before = torch.zeros_like(angles)
    for _ in range(steps):
        audio = torch.istft(magnitude * angles, size, hop, window=window)
        consistent = torch.stft(audio, size, hop, window=window, return_complex=True)
        moved = consistent - _MOMENTUM / (1 + _MOMENTUM) * before
        angles, before = moved / moved.abs().clamp_min(1e-12), consistent
    return torch.istft(magnitude * angles, size, hop, window=window).clamp(-1.0, 1.0)
