"""Takes are encoded once: their packets stand one after another, whatever stood before."""

import itertools
from collections.abc import Iterator

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from kosorong.audio.aac import (
    FRAME,
    PRIMING,
    Packets,
    dump,
    encode_take,
    frames_of,
    load,
    silence,
)
from kosorong.audio.encode import AacEncoder

RATE = 22_050


def noisy(seconds: float, seed: int, level: float = 0.3) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    wave = np.sin(2 * np.pi * (150 + 40 * seed) / RATE * np.arange(round(seconds * RATE)))
    return (level * wave + 0.03 * rng.standard_normal(len(wave))).astype(np.float32)


def decoded(*parts: Packets) -> NDArray[np.float32]:
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


def test_a_take_has_a_packet_for_each_frame_and_ends_in_silence() -> None:
    for samples in (1, FRAME - 1, FRAME, FRAME + 1, 50_000):
        packets = encode_take(noisy(samples / RATE, 1), RATE)
        assert len(packets.sizes) == frames_of(samples)
        assert sum(packets.sizes) == len(packets.data)
        assert 2 * FRAME <= frames_of(samples) * FRAME - samples < 3 * FRAME
    assert encode_take(np.zeros(0, np.float32), RATE) == Packets()


def test_a_take_sounds_the_same_behind_any_other() -> None:
    take = encode_take(noisy(0.7, 2), RATE)
    alone = decoded(take)
    for before in (noisy(0.5, 3, 0.9), noisy(0.31, 5, 0.01), np.full(3000, 0.9, np.float32)):
        left = encode_take(before, RATE)
        both = decoded(left, take)[len(left.sizes) * FRAME :]
        # The frame before a take may still ring from the take before it, far below hearing.
        assert np.abs(both[: len(alone)] - alone).max() < 2e-3


def test_a_take_is_where_it_belongs_and_between_takes_is_silence() -> None:
    sound = noisy(0.4, 4)
    heard = decoded(encode_take(sound, RATE), silence(7, RATE), encode_take(sound, RATE))
    second = (frames_of(len(sound)) + 7) * FRAME
    for start in (0, second):
        at = heard[start : start + len(sound)]
        assert np.corrcoef(at, sound)[0, 1] > 0.99
    assert np.abs(heard[second - 6 * FRAME : second - FRAME]).max() < 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_the_same_sound_gives_the_same_packets(seed: int) -> None:
    assert encode_take(noisy(0.3, seed), RATE) == encode_take(noisy(0.3, seed), RATE)


@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize("count", [0, 1, 2, 4, 99, 2**32 - 1])
def test_a_kept_file_whose_count_was_spoilt_holds_nothing(count: int, trusted: bool) -> None:
    kept = dump(encode_take(noisy(0.03, 1), RATE), "a")
    assert len(load(kept, "a").sizes) == 3
    spoilt = kept[:4] + count.to_bytes(4, "little") + kept[8:]
    assert load(spoilt, "a", trusted=trusted) is None


@pytest.mark.parametrize("at", [8, 9, 13, -1])
def test_a_kept_file_that_was_spoilt_anywhere_holds_nothing(at: int) -> None:
    kept = bytearray(dump(encode_take(noisy(0.03, 1), RATE), "a"))
    kept[at] ^= 0x40
    assert load(bytes(kept), "a") is None


def test_no_kept_file_is_longer_or_shorter_than_its_sizes_say_even_if_trusted() -> None:
    kept = dump(encode_take(noisy(0.03, 1), RATE), "a")
    assert load(kept + b"x", "a", trusted=True) is None
    assert load(kept[:-1], "a", trusted=True) is None
    assert load(kept[:11], "a", trusted=True) is None


def test_no_packet_names_the_encoder() -> None:
    assert b"Lavc" not in encode_take(noisy(0.3, 1), RATE).data


def windows(packets: Packets) -> Iterator[int]:
    """How each packet's window is shaped (ISO/IEC 14496-3, 4.5.2.3.2)."""
    at = 0
    for size in packets.sizes:
        yield packets.data[at + 2] >> 6
        at += size


def test_any_take_may_follow_any_other_by_the_rules_of_windows() -> None:
    only_long, start, short, stop = range(4)
    burst = np.concatenate([np.full(60, 0.9), np.zeros(2000), np.full(40, -0.9)])
    for sound in (burst, burst[::-1], np.full(5000, 0.9), noisy(0.5, 6), np.pad(burst, 700)):
        shapes = list(windows(encode_take(sound.astype(np.float32), RATE)))
        assert shapes[0] in (only_long, start)
        assert shapes[-1] in (only_long, stop)
        allowed = {only_long: (only_long, start), start: (short,), stop: (only_long, start)}
        allowed[short] = (short, stop)
        assert all(right in allowed[left] for left, right in itertools.pairwise(shapes))
