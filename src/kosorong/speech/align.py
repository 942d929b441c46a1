"""When the words of a recording sound, by the acoustic model's own alignment.

The forward flow turns the recording's mel into the latent that the text encoder's means predict;
the monotonic alignment search of Glow-TTS (Kim et al. 2020, algorithm 1) ties frames to symbols.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.mel import log_mel
from kosorong.config import MEL
from kosorong.errors import InputError, UsageError
from kosorong.ports import WordTime
from kosorong.speech.flow import FlowGraph
from kosorong.speech.glow_tts import EncodedText
from kosorong.speech.pieces import cut
from kosorong.speech.runtime import Float
from kosorong.speech.settings import Speaker
from kosorong.speech.voice import Engine
from kosorong.speech.word_times import word_frames, word_times
from kosorong.text.reading import Reading, read
from kosorong.text.sound.symbols import BLANK_ID, NO_WORD, intersperse

LONGEST_SECONDS = 120.0
"""Longest recording that is aligned; the search's memory grows with its square."""

# The model knows studio silence, some -10 nepers in every band. What stands above it in the
# quietest frames is noise of room and microphone.
# How found: what quiet frames of the learnt recordings hold; the figure is rounded.
_SILENCE = -10.0
# How found: tried by `kosorong evaluate alignment`, noise 20 dB below; values not on record.
_QUIETEST_PERCENT, _AUDIBLE, _OVERSUBTRACTED = 8, 1.2, 1.5
_NEVER = -1e30
# How found: bounds memory; decides nothing.
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Alignment:
    """A recording and when its words sound.

    Attributes:
        voice: The voice whose model was taken.
        seconds: Length of the recording.
        words: One entry for each white-space word of the text, in order.
        distance: Mean square, in nepers, of what parts the recording's log-mel from the voice's
            own reading in the same rhythm.
    """

    voice: str
    seconds: float
    words: tuple[WordTime, ...]
    distance: float


class Aligner:
    """Aligns recordings with a voice bundle; may be used from several threads.

    Args:
        engine: A loaded bundle.
        threads: Threads that share one run of the flow.

    Raises:
        BundleError: The bundle has no aligner.
    """

    def __init__(self, engine: Engine, *, threads: int = 1) -> None:
        self._engine = engine
        self._flow = FlowGraph(engine.bundle.path / "aligner.onnx", threads)

    def align(self, samples: Float, text: str, voice: str = "") -> Alignment:
        """Time the words of a recording.

        Args:
            samples: (T_wav,) at the bundle's sample rate, one text from beginning to end.
            text: What is said.
            voice: Whose model to take; where empty, the voice that comes nearest to the recording.

        Raises:
            InputError: The recording is too long, or too short for the text, or the text says
                nothing.
            UsageError: The bundle has no such voice.
        """
        seconds = len(samples) / MEL.sample_rate
        if seconds > LONGEST_SECONDS:
            raise InputError(
                f"{seconds:.0f} s of sound are too long to be aligned.",
                where="audio",
                cure=f"Cut it into parts of at most {LONGEST_SECONDS:.0f} s.",
            )
        reading, speakers = read(text), self._speakers(voice)
        symbols, words = self._pieces(reading)
        if len(samples) < MEL.n_fft:
            raise _too_short()
        mel = without_noise(log_mel(samples)).T
        mel = np.ascontiguousarray(mel[: len(mel) // self._squeeze * self._squeeze])
        alignments = [self._follow(mel, symbols, speaker) for speaker in speakers]
        distance, name, frames = min(alignments, key=lambda alignment: alignment[0])
        spans = {
            word: (start * MEL.hop_length / MEL.sample_rate, end * MEL.hop_length / MEL.sample_rate)
            for word, (start, end) in word_frames(words, frames).items()
        }
        times = word_times(reading.written_words, spans, seconds)
        return Alignment(name, seconds, times, distance)

    def durations(self, mel: Float, symbols: Sequence[int], speaker: int) -> NDArray[np.int64]:
        """Return the frames (T_text,) of each symbol in a mel.

        Args:
            mel: (T_mel, M) log-mel; T_mel is a multiple of the bundle's squeeze.
            symbols: Ids (T_text,), with blanks where the model wants them.
            speaker: Index of the bundle's speaker.

        Raises:
            InputError: There are fewer frames than symbols.
        """
        return self._tie(mel, symbols, speaker)[0]

    @property
    def _squeeze(self) -> int:
        return self._engine.settings.squeeze

    def _speakers(self, voice: str) -> tuple[Speaker, ...]:
        settings = self._engine.settings
        if not voice:
            return settings.speakers
        speaker = settings.speaker(voice)
        if speaker is None:
            names = ", ".join(known.name for known in settings.speakers)
            raise UsageError(
                f"There is no voice {voice!r}.", where="voice", cure=f"Valid voices: {names}."
            )
        return (speaker,)

    def _pieces(self, reading: Reading) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return symbols and their words as the voice would say them, piece after piece."""
        blanks = self._engine.settings.blanks
        symbols: tuple[int, ...] = ()
        words: tuple[int, ...] = ()
        for piece in cut(reading.symbols, reading.words) if reading.symbols else ():
            symbols += intersperse(piece.symbols, BLANK_ID) if blanks else piece.symbols
            words += intersperse(piece.words, NO_WORD) if blanks else piece.words
        if not symbols:
            raise InputError(
                "nothing in the text can be read.", where="text", cure="Give a text in Hangul."
            )
        return symbols, words

    def _follow(
        self, mel: Float, symbols: Sequence[int], speaker: Speaker
    ) -> tuple[float, str, NDArray[np.int64]]:
        """Return distance, name and durations of one voice.

        The flow's volume differs between speakers and is no output of the graph, so that voices
        are compared by the likelihood of the mel, not of the latent.
        """
        frames, encoded = self._tie(mel, symbols, speaker.index)
        acoustic = self._engine.acoustic
        prior = acoustic.prior(encoded, frames, speaker.index)
        own = acoustic.decode(prior.means, speaker.index, prior.text)
        return float(np.mean(np.square(own - mel))), speaker.name, frames

    def _tie(
        self, mel: Float, symbols: Sequence[int], speaker: int
    ) -> tuple[NDArray[np.int64], EncodedText]:
        if len(mel) < len(symbols):
            raise _too_short()
        encoded = self._engine.acoustic.encode(symbols, speaker)
        path = search(encoded.means, self._flow.run(mel, speaker)[0])
        return np.bincount(path, minlength=len(symbols)).astype(np.int64), encoded


def _too_short() -> InputError:
    return InputError(
        "the sound is too short for the text.",
        where="audio",
        cure="Give the whole recording, and the text of this recording only.",
    )


def search(means: Float, latent: Float) -> NDArray[np.int64]:
    """Find the most likely monotonic path of frames through symbols.

    It starts at the first symbol, ends at the last, never goes back and gives every symbol at
    least one frame. One vectorised step a frame; the table is made a block of frames at a time.

    Args:
        means: (T_text, M) of unit Gaussians.
        latent: (T_mel, M); T_mel >= T_text.

    Returns:
        (T_mel,) the symbol of each frame.

    >>> search(np.array([[0.0], [5.0]], np.float32), np.array([[0], [1], [6]], np.float32)).tolist()
    [0, 0, 1]
    """
    n_mel, n_text = len(latent), len(means)
    stepped = np.zeros((n_mel, n_text), np.bool_)
    best = np.full(n_text + 1, _NEVER)
    # Place 0 stands before the first symbol; the first frame steps out of it.
    best[0] = 0.0
    lengths = 0.5 * np.square(means).sum(axis=1)
    for first in range(0, n_mel, _BLOCK):
        # What all symbols of a frame share, the latent's own length, does not change the path.
        rows = latent[first : first + _BLOCK] @ means.T - lengths
        for t, row in enumerate(rows, start=first):
            np.greater(best[:-1], best[1:], out=stepped[t])
            best[1:] = np.maximum(best[1:], best[:-1]) + row
            best[0] = _NEVER
    return _trace(stepped)


def _trace(stepped: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Follow the steps back: (T_mel, T_text), True where the symbol before was left."""
    n_mel, n_text = stepped.shape
    path = np.zeros(n_mel, np.int64)
    symbol = n_text - 1
    for t in range(n_mel - 1, -1, -1):
        path[t] = symbol
        if symbol > 0 and (stepped[t, symbol] or symbol == t):
            symbol -= 1
    return path


def without_noise(mel: Float) -> Float:
    """Take steady noise out of a log-mel (M, T_mel): spectral subtraction (Berouti et al. 1979).

    The noise of a band is what its quietest frames hold. A recording as quiet as a studio's comes
    back as it is.

    >>> quiet = np.full((80, 100), -10.0, np.float32)
    >>> bool((without_noise(quiet) == quiet).all())
    True
    """
    noise = np.percentile(mel, _QUIETEST_PERCENT, axis=1, keepdims=True)
    heard = noise > _SILENCE + _AUDIBLE
    if not heard.any():
        return mel
    left = np.exp(mel) - np.where(heard, _OVERSUBTRACTED * np.exp(noise), 0.0)
    floor = np.where(heard, np.exp(_SILENCE), np.exp(mel))
    return np.asarray(np.log(np.maximum(left, floor)), np.float32)
