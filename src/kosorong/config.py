"""The constants every part shares, as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MelConfig:
    """The one definition of Kosorong's mel spectrogram.

    A change of any field changes `kosorong.audio.mel.definition_hash`, and every bundle and
    checkpoint made before refuses to work with it.

    Attributes:
        sample_rate: Hz.
        n_fft: Samples of one transform.
        win_length: Samples of the Hann window.
        hop_length: Samples between frames.
        n_mels: Mel channels (M).
        f_min: Lower edge of the first mel filter, Hz.
        f_max: Upper edge of the last mel filter, Hz.
        floor: Smallest mel magnitude before the logarithm.
    """

    sample_rate: int = 22_050
    n_fft: int = 1024
    win_length: int = 1024
    hop_length: int = 256
    n_mels: int = 80
    f_min: float = 0.0
    f_max: float = 8_000.0
    floor: float = 1e-5

    @property
    def frames_per_second(self) -> float:
        """Mel columns in one second of audio."""
        return self.sample_rate / self.hop_length


MEL = MelConfig()


@dataclass(frozen=True, slots=True)
class PauseTable:
    """How long it is quiet at speed 1, in every voice, seconds.

    Attributes:
        comma: At a comma.
        stop: At the end of a sentence.
        before: Kept before a segment's speech.
        after: Kept behind it.
    """

    comma: float = 0.3
    stop: float = 0.6
    before: float = 0.06
    after: float = 0.12

    def between(self, heard: float) -> float:
        """Return the silence between two segments at which a pause of `heard` seconds is heard.

        >>> round(PAUSES.between(0.6), 2)
        0.42
        """
        return heard - self.before - self.after

    def at(self, speed: float, between: float) -> float:
        """Return a silence between two segments in faster or slower speech, seconds.

        What is heard, the silence kept around speech with it, is as much shorter as the speech.

        >>> round(PAUSES.at(2.0, 0.42), 2), PAUSES.at(4.0, 0.12)
        (0.12, 0.0)
        """
        return max(0.0, self.between((between + self.before + self.after) / speed))


PAUSES = PauseTable()
