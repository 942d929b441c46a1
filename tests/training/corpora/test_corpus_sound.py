"""Recordings are trimmed, levelled, cut out and judged."""

import wave
from pathlib import Path

import numpy as np
import pytest
from tones import RATE, speech

from kosorong.audio.wav import decode_audio, write_wav
from kosorong.errors import CorpusError
from kosorong.training.corpora.sound import clipped_share, cut_wav, level, speech_level, trim


def test_edges_are_trimmed_to_a_margin() -> None:
    assert len(trim(speech())) / RATE == pytest.approx(1.0 + 0.12 + 0.18, abs=0.03)


def test_speech_is_brought_to_one_level_and_never_clips() -> None:
    for factor in (0.01, 0.5, 4.0):
        out = level(trim(speech() * factor))
        loud = out[np.abs(out) > 0.01]
        assert 20 * np.log10(np.sqrt(np.mean(loud**2))) == pytest.approx(-23.0, abs=0.5)
        assert speech_level(out) == pytest.approx(-23.0, abs=0.5)
    with pytest.raises(CorpusError, match="silent"):
        trim(speech() * 0.002)
    spiky = speech()
    spiky[RATE] = 30.0
    assert np.abs(level(spiky)).max() <= 0.951


def test_clipping_is_seen_in_what_was_cut_off_and_in_nothing_else() -> None:
    draw = np.random.default_rng(0)
    noise = draw.normal(0, 0.2, RATE).astype(np.float32)
    for clean in (noise, speech() * 4, speech(pitch=100, rate=48_000), np.zeros(0, np.float32)):
        assert clipped_share(clean) == 0.0
    assert clipped_share(np.clip(speech() * 20, -1, 1)) > 0.3
    # Cut off by a microphone and made softer afterwards.
    assert clipped_share(np.clip(speech() * 5, -0.8, 0.8) * np.float32(0.7)) > 0.05


def test_a_piece_is_cut_from_a_file_of_any_form(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    whole = np.concatenate([speech(pitch=p) for p in (200, 300, 400)])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.repeat((whole * 32767).astype("<i2"), 2).tobytes())
    piece, rate = decode_audio(cut_wav(path, 2.0, 4.0))
    assert rate == RATE
    np.testing.assert_allclose(piece, whole[2 * RATE : 4 * RATE], atol=1e-4)
    with pytest.raises(CorpusError, match=r"5.0 s to 9.0 s do not lie within .*6.00 s"):
        cut_wav(path, 5.0, 9.0)


def test_a_file_that_is_no_wav_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, speech(), RATE)
    path.write_bytes(path.read_bytes()[:30])
    with pytest.raises(CorpusError, match="Convert it"):
        cut_wav(path, 0.0, 0.5)
