"""Takes are encoded once: their packets stand one after another, whatever stood before."""

import av
import numpy as np
import pytest

from kosorong.audio.aac import FRAME, PRIMING, Packets, encode_take, frames_of, silence
from kosorong.audio.encode import AacEncoder

RATE = 22_050


def noisy(seconds, seed, level=0.3):
    rng = np.random.default_rng(seed)
    wave = np.sin(2 * np.pi * (150 + 40 * seed) / RATE * np.arange(round(seconds * RATE)))
    return (level * wave + 0.03 * rng.standard_normal(len(wave))).astype(np.float32)


def decoded(*parts: Packets):
    """Decode packets as one stream, the encoder's delay taken out."""
    context = av.CodecContext.create("aac", "r")
    context.extradata = AacEncoder(RATE).config
    frames = []
    for part in (*parts, silence(1, RATE)):
        at = 0
        for size in part.sizes:
            frames += context.decode(av.Packet(part.data[at : at + size]))
            at += size
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])[PRIMING:]


def test_a_take_has_a_packet_for_each_frame_and_ends_in_silence():
    for samples in (1, FRAME - 1, FRAME, FRAME + 1, 50_000):
        packets = encode_take(noisy(samples / RATE, 1), RATE)
        assert len(packets.sizes) == frames_of(samples)
        assert sum(packets.sizes) == len(packets.data)
        assert FRAME <= frames_of(samples) * FRAME - samples < 2 * FRAME
    assert encode_take(np.zeros(0, np.float32), RATE) == Packets()


def test_a_take_sounds_the_same_behind_any_other():
    take = encode_take(noisy(0.7, 2), RATE)
    alone = decoded(take)
    for before in (noisy(0.5, 3, 0.9), noisy(0.31, 5, 0.01), np.full(3000, 0.9, np.float32)):
        left = encode_take(before, RATE)
        both = decoded(left, take)[len(left.sizes) * FRAME :]
        # The frame before a take may still ring from the take before it, far below hearing.
        assert np.abs(both[: len(alone)] - alone).max() < 2e-3


def test_a_take_is_where_it_belongs_and_between_takes_is_silence():
    sound = noisy(0.4, 4)
    heard = decoded(encode_take(sound, RATE), silence(7, RATE), encode_take(sound, RATE))
    second = (frames_of(len(sound)) + 7) * FRAME
    for start in (0, second):
        at = heard[start : start + len(sound)]
        assert np.corrcoef(at, sound)[0, 1] > 0.99
    assert np.abs(heard[second - 6 * FRAME : second - FRAME]).max() < 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_the_same_sound_gives_the_same_packets(seed):
    assert encode_take(noisy(0.3, seed), RATE) == encode_take(noisy(0.3, seed), RATE)


def test_no_packet_names_the_encoder():
    assert b"Lavc" not in encode_take(noisy(0.3, 1), RATE).data
