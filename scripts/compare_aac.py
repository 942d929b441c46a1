"""Compare FFmpeg's AAC coders on the voice: is the quick one heard?

python scripts/compare_aac.py            the story of examples/, read by the bundled voice
python scripts/compare_aac.py FILE.wav   any other speech

Prints for each coder the processor's time, the bits, and the log-spectral distance of what is
decoded from what was encoded: root mean square over bins of the difference in dB of two power
spectra, mean over frames (1,024 samples, a quarter apart). Bins more than 60 dB below their frame's
highest are not heard beside it and count as that; frames of silence are left out. `takes` is what
books hold: an encoder for each take. Below stands how far the two coders are from each other, and
how far two encodings at neighbouring bit rates, for a scale.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from kosorong.audio.aac import BIT_RATE, FRAME, PRIMING
from kosorong.audio.encode import AacEncoder
from kosorong.audio.mel import log_mel
from kosorong.audio.wav import read_audio
from kosorong.book.sound import Level

Float = NDArray[np.float32]

STORY = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.txt"))[0]
N_FFT, HOP = 1024, 256
HEARD_DB = 60.0
BANDS = ((0, 2_000), (2_000, 4_000), (4_000, 8_000), (8_000, 11_025))


def voice_takes() -> tuple[list[Float], int]:
    """Return the story's sentences as the bundled voice reads them, and the rate in Hz."""
    from kosorong.book.manuscript import segments
    from kosorong.book.readers import read_manuscript
    from kosorong.cli.common import open_translator, open_voice

    translator, voice = open_translator(), open_voice()
    texts = [one.text for one in segments(read_manuscript(STORY))]
    made = (voice.speak(one.text, seed=n) for n, one in enumerate(translator.translate(texts)))
    return [speech.samples for speech in made], voice.sample_rate


def through(takes: Iterable[Float], rate: int, coder: str, bit_rate: int) -> tuple[Float, int]:
    """Encode each sound by an encoder of its own; return what is decoded, and bytes."""
    heard, size = [], 0
    for take in takes:
        encoder = AacEncoder(rate, bit_rate, coder)
        packets = [*encoder.write(take), *encoder.finish()]
        size += sum(map(len, packets))
        decoder = av.CodecContext.create("aac", "r")
        decoder.extradata = encoder.config
        frames = [frame for packet in packets for frame in decoder.decode(av.Packet(packet))]
        sound = np.concatenate([frame.to_ndarray()[0] for frame in frames])
        heard.append(sound[PRIMING : PRIMING + len(take)])
    return np.concatenate(heard), size


def spectra(sound: Float) -> NDArray[np.float64]:
    """Return power spectra in dB (frame, bin), bins that are not heard raised to the threshold."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, N_FFT)[::HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(N_FFT), axis=1)) ** 2
    decibels = 10.0 * np.log10(np.maximum(power, 1e-12))
    return np.maximum(decibels, decibels.max(axis=1, keepdims=True) - HEARD_DB)


def distances(left: Float, right: Float, rate: int) -> Iterator[float]:
    """Yield the log-spectral distance in dB, over all and in each band."""
    a, b = spectra(left), spectra(right)
    loud = a.max(axis=1)
    sounds = loud > loud.max() - HEARD_DB
    squares = (a - b)[sounds] ** 2
    hertz = np.arange(squares.shape[1]) * rate / N_FFT
    for low, high in ((0, rate), *BANDS):
        inside = (hertz >= low) & (hertz < high)
        yield float(np.sqrt(squares[:, inside].mean(axis=1)).mean())


def row(name: str, values: Iterable[float], rest: str = "") -> None:
    """Print one line of the table."""
    print(f"  {name:22}" + "".join(f"{value:9.2f}" for value in values) + rest)


def compare(takes: list[Float], rate: int) -> None:
    """Print the table."""
    level = Level(rate, -19.0)
    takes = [level.levelled(take, level.measured(take)) for take in takes]
    padded = [np.pad(take, (0, -len(take) % FRAME + FRAME)) for take in takes]
    whole = np.concatenate(padded)
    seconds = len(whole) / rate
    bands = "".join(f"{f'{low / 1000:g}-{high / 1000:g}k':>9}" for low, high in BANDS)
    print(
        f"AAC, {seconds:.0f} s of speech, {len(takes)} takes, {BIT_RATE // 1000} kbit/s asked for"
    )
    print(f"  distance, dB                all{bands}  log-mel   kbit/s   s/hour")
    found = {}
    for name, sounds, coder in (
        ("twoloop, one encoder", [whole], "twoloop"),
        ("fast, one encoder", [whole], "fast"),
        ("twoloop, takes", padded, "twoloop"),
        ("fast, takes", padded, "fast"),
    ):
        busy = time.process_time()
        heard, size = through(sounds, rate, coder, BIT_RATE)
        busy = time.process_time() - busy
        found[name] = heard
        mel = float(np.abs(log_mel(whole) - log_mel(heard)).mean())
        told = f"{mel:9.4f}{size * 8 / seconds / 1000:9.1f}{busy / seconds * 3600:9.1f}"
        row(name, distances(whole, heard, rate), told)
    print("  from each other")
    row("twoloop and fast", distances(found["twoloop, takes"], found["fast, takes"], rate))
    more, _ = through(padded, rate, "twoloop", BIT_RATE - 4_000)
    row("twoloop, 64 and 60", distances(found["twoloop, takes"], more, rate))


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="speech; the voice's")
    file = parser.parse_args().file
    if file is None:
        compare(*voice_takes())
    else:
        sound, rate = read_audio(file)
        step = 5 * rate
        compare([sound[at : at + step] for at in range(0, len(sound), step)], rate)


if __name__ == "__main__":
    main()
