"""The mel spectrogram, defined once.

Frame t is centred on sample (t + 1/2) * hop_length: the audio is padded by reflection with
(n_fft - hop_length) / 2 samples on both sides, so T_wav = T_mel * hop_length exactly. Magnitude
(not power) spectrum, periodic Hann window, Slaney's mel scale with area normalisation, natural
logarithm. The same definition as HiFi-GAN (Kong et al. 2020), for comparability.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL, MelConfig

Float = NDArray[np.float32]

# Slaney's Auditory Toolbox scale: linear below 1 kHz, logarithmic above.
_LINEAR_HZ_PER_MEL = 200.0 / 3.0
_BREAK_HZ = 1_000.0
_LOG_STEP = np.log(6.4) / 27.0


def hz_to_mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Convert Hz to Slaney mels.

    >>> hz_to_mel(np.array([0.0, 1000.0])).round(3).tolist()
    [0.0, 15.0]
    """
    linear = hz / _LINEAR_HZ_PER_MEL
    above = (
        _BREAK_HZ / _LINEAR_HZ_PER_MEL + np.log(np.maximum(hz, _BREAK_HZ) / _BREAK_HZ) / _LOG_STEP
    )
    return np.where(hz < _BREAK_HZ, linear, above)


def mel_to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Convert Slaney mels to Hz; the inverse of `hz_to_mel`."""
    break_mel = _BREAK_HZ / _LINEAR_HZ_PER_MEL
    above = _BREAK_HZ * np.exp(_LOG_STEP * (np.maximum(mel, break_mel) - break_mel))
    return np.where(mel < break_mel, mel * _LINEAR_HZ_PER_MEL, above)


@lru_cache(maxsize=4)
def filterbank(config: MelConfig = MEL) -> Float:
    """Return the triangular mel filters (M, n_fft / 2 + 1), each of unit area in Hz."""
    bins = np.fft.rfftfreq(config.n_fft, 1.0 / config.sample_rate)
    low, high = hz_to_mel(np.array([config.f_min, config.f_max]))
    edges = mel_to_hz(np.linspace(low, high, config.n_mels + 2))
    rising = (bins[None, :] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None, :]) / (edges[2:] - edges[1:-1])[:, None]
    weights = np.maximum(0.0, np.minimum(rising, falling))
    return (weights * (2.0 / (edges[2:] - edges[:-2]))[:, None]).astype(np.float32)


@lru_cache(maxsize=4)
def window(config: MelConfig = MEL) -> Float:
    """Return the periodic Hann window (win_length,)."""
    n = np.arange(config.win_length)
    return (0.5 - 0.5 * np.cos(2.0 * np.pi * n / config.win_length)).astype(np.float32)


def frame_count(n_samples: int, config: MelConfig = MEL) -> int:
    """Return T_mel for audio of `n_samples`."""
    return n_samples // config.hop_length


def magnitudes(audio: Float, config: MelConfig = MEL) -> Float:
    """Return the magnitude spectrum (n_fft / 2 + 1, T_mel) of audio (T_wav,) in [-1, 1]."""
    n_frames = frame_count(len(audio), config)
    side = (config.n_fft - config.hop_length) // 2
    if n_frames == 0:
        return np.zeros((config.n_fft // 2 + 1, 0), np.float32)
    whole = audio[: n_frames * config.hop_length]
    # Audio too short to be reflected is padded with silence.
    padded = np.pad(whole, side, mode="reflect") if len(whole) > side else np.pad(whole, side)
    frames = np.lib.stride_tricks.sliding_window_view(padded, config.n_fft)[:: config.hop_length]
    spectrum = np.fft.rfft(frames[:n_frames] * window(config), axis=1)
    return np.abs(spectrum).astype(np.float32).T


def log_mel(audio: Float, config: MelConfig = MEL) -> Float:
    """Return the log-mel spectrogram of audio.

    Args:
        audio: (T_wav,) float32 in [-1, 1] at `config.sample_rate` Hz; samples after the last
            whole hop are left out.
        config: The definition.

    Returns:
        (M, T_mel) natural logarithm of mel magnitudes, not below log(floor).

    >>> log_mel(np.zeros(2560, np.float32)).shape
    (80, 10)
    """
    mel = filterbank(config) @ magnitudes(audio, config)
    return np.asarray(np.log(np.maximum(mel, config.floor)), np.float32)


@lru_cache(maxsize=4)
def definition_hash(config: MelConfig = MEL) -> str:
    """Return a short hash of the definition, constants and filters; bundles carry it."""
    digest = hashlib.sha256(json.dumps(asdict(config), sort_keys=True).encode())
    digest.update(b"magnitude reflect hann-periodic slaney natural-log")
    digest.update(np.round(filterbank(config) * 1e6).astype(np.int64).tobytes())
    return digest.hexdigest()[:16]
