"""Loudness agrees with the standard's own figures; the limiter keeps its promise."""

import math
import time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kosorong.audio import loudness as module
from kosorong.audio.loudness import (
    LoudnessMeter,
    gain_towards,
    k_weighting,
    limit,
    loudness_of,
    peak_envelope,
)

RATE = 22_050


def loudness(sound: NDArray[np.float64], rate: int) -> float:
    return loudness_of(sound.astype(np.float32), rate)


def tone(
    seconds: float, rate: int, level: float = 1.0, hertz: float = 997.0
) -> NDArray[np.float64]:
    return level * np.sin(2 * np.pi * hertz / rate * np.arange(int(seconds * rate)))


def test_coefficients_at_48_khz_are_the_printed_ones() -> None:
    (shelf_b, shelf_a), (pass_b, pass_a) = k_weighting(48_000)
    assert shelf_b == pytest.approx([1.53512485958697, -2.69169618940638, 1.19839281085285])
    assert shelf_a == pytest.approx([1.0, -1.69065929318241, 0.73248077421585])
    assert pass_b == pytest.approx([1.0, -2.0, 1.0])
    assert pass_a == pytest.approx([1.0, -1.99004745483398, 0.99007225036621])


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_full_scale_tone_is_three_below_zero(rate: int) -> None:
    # BS.1770-4: a 0 dBFS, 997 Hz sine in one front channel reads -3.01 LKFS. The bilinear
    # transform bends the shelf a little at low rates.
    assert loudness(tone(5, rate), rate) == pytest.approx(-3.01, abs=0.06)


def test_gates_leave_silence_and_quiet_parts_out() -> None:
    # EBU Tech 3341, case 3, one channel: the -36 dBFS parts fall under the relative gate.
    rate = 48_000
    levels = [(10, -36), (60, -23), (10, -36)]
    sound = np.concatenate([tone(s, rate, 10 ** (db / 20), 1000) for s, db in levels])
    assert loudness(sound, rate) == pytest.approx(-23 - 3.01, abs=0.1)
    silence = np.zeros(rate * 20)
    assert loudness(np.concatenate([sound, silence]), rate) == pytest.approx(-26, abs=0.1)


def test_pieces_measure_like_the_whole() -> None:
    sound: NDArray[Any] = np.random.default_rng(3).standard_normal(70_001).astype(np.float32) * 0.1
    meter = LoudnessMeter(22_050)
    for start in range(0, len(sound), 333):
        meter.add(sound[start : start + 333])
    assert meter.integrated() == pytest.approx(loudness(sound, 22_050), abs=1e-9)


def test_convolution_equals_the_recursion() -> None:
    rate = 22_050
    sound = np.random.default_rng(4).standard_normal(rate)
    filtered = sound
    for b, a in k_weighting(rate):
        out = np.zeros(rate)
        for n in range(rate):
            past = [(k, n - k) for k in (0, 1, 2) if n >= k]
            out[n] = sum(b[k] * filtered[m] for k, m in past)
            out[n] -= sum(a[k] * out[m] for k, m in past[1:])
        filtered = out
    hop = rate // 10
    powers = (filtered**2)[: hop * 10].reshape(-1, hop).mean(axis=1)
    blocks = np.convolve(powers, np.ones(4) / 4, "valid")
    expected = -0.691 + 10 * math.log10(blocks.mean())
    assert loudness(sound, rate) == pytest.approx(expected, abs=1e-4)


def test_the_histogram_agrees_with_exact_gating() -> None:
    rng = np.random.default_rng(6)
    levels = np.repeat(10 ** (rng.uniform(-50, -5, 60) / 20), 4410)
    sound = (levels * rng.standard_normal(len(levels))).astype(np.float32)
    meter = LoudnessMeter(22_050)
    meter.add(sound)
    weigher = LoudnessMeter(22_050)
    hops = [
        (weigher._weigh(sound[start : start + 2205]) ** 2).mean()
        for start in range(0, len(sound) - 2204, 2205)
    ]
    blocks = np.convolve(hops, np.ones(4) / 4, "valid")
    loud = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    loud = loud[loud > loud.mean() / 10]
    assert meter.integrated() == pytest.approx(-0.691 + 10 * math.log10(loud.mean()), abs=0.01)


def test_silence_and_nothing_have_no_loudness() -> None:
    assert loudness(np.zeros(50_000), 22_050) == -math.inf
    assert loudness(np.zeros(0), 22_050) == -math.inf
    assert gain_towards(-math.inf) == 1.0


def test_a_very_short_sound_is_measured() -> None:
    assert loudness(tone(0.2, 48_000), 48_000) == pytest.approx(-3.0, abs=0.3)


def test_gain_is_bounded() -> None:
    assert gain_towards(-69.0) == pytest.approx(10 ** (18 / 20))


def test_measuring_is_two_hundred_times_faster_than_listening() -> None:
    sound: NDArray[Any] = (
        np.random.default_rng(5).standard_normal(22_050 * 60).astype(np.float32) * 0.1
    )
    started = time.perf_counter()
    loudness(sound, 22_050)
    assert time.perf_counter() - started < 60 / 200


def test_the_limiter_holds_the_ceiling_and_leaves_the_rest() -> None:
    rate = 22_050
    sound = tone(1, rate, 0.2, 300).astype(np.float32)
    sound[9000:9400] *= 8
    limited = limit(sound, rate, -2.0)
    assert peak_envelope(limited).max() <= 10 ** (-2 / 20) * 1.005
    away = np.r_[0:8700, 9700:rate]
    assert np.array_equal(limited[away], sound[away])
    assert np.abs(np.diff(limited)).max() <= np.abs(np.diff(sound)).max()


def test_a_quiet_sound_passes_untouched() -> None:
    sound = tone(0.1, 22_050, 0.5).astype(np.float32)
    assert limit(sound, 22_050) is sound
    assert len(limit(sound[:0], 22_050)) == 0


@pytest.mark.parametrize("gain", [0.5, 1.5, 4.0])
def test_looking_near_high_samples_only_limits_the_same(
    gain: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(3)
    sound = rng.standard_normal(RATE) * np.exp(-np.arange(RATE) / 3000)
    sound = (gain * sound / np.abs(sound).max()).astype(np.float32)
    quick = limit(sound, RATE, -6.0)
    monkeypatch.setattr(module, "_high_peaks", lambda samples, _: peak_envelope(samples))
    assert np.array_equal(quick, limit(sound, RATE, -6.0))


def test_a_sound_between_silence_is_measured_as_a_chapter_hears_it() -> None:
    sound = (0.1 * np.sin(0.1 * np.arange(RATE))).astype(np.float32)
    chapter = np.tile(np.pad(sound, round(0.35 * RATE)), 20)
    assert loudness_of(sound, RATE, 0.35) == pytest.approx(loudness_of(chapter, RATE), abs=0.3)
    assert loudness_of(sound, RATE) > loudness_of(sound, RATE, 0.35)
