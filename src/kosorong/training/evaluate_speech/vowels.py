"""Whether arae-a is a vowel of its own: its formants beside the same voice's ㅗ and ㅏ.

Each place is a word in a sentence, said three times: with ㆍ, with ㅗ and with ㅏ, all else alike
(ᆢ with ㅛ and ㅑ). How far a formant has come from ㅗ to ㅏ is its way: 0 at ㅗ, 1 at ㅏ. Where
ㅗ and ㅏ themselves are too near to one another the way says nothing, and the place is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL
from kosorong.ports import NoProgress, Progress
from kosorong.speech.settings import Speaker
from kosorong.speech.voice import Engine
from kosorong.text.letters.hangul import LONE_ARAEA, LONE_DOUBLE_ARAEA
from kosorong.text.reading import read
from kosorong.text.sound.symbols import BLANK_ID, SYMBOLS, intersperse
from kosorong.training.evaluate_speech.formants import CEILINGS, formants_at

Float = NDArray[np.float64]

BETWEEN = 0.15
"""Least way from both neighbours at which a vowel counts as one of its own."""

FRAMES = ("이거 {} 이우다.", "저디 {} 하영 봤수다.")
"""Sentences around the words."""

WORDS = (
    *("ᄆᆞᆷ", "ᄆᆞ음", "ᄆᆞ쉬", "ᄆᆞ르", "ᄆᆞᆯ른", "ᄇᆞᆯ써", "ᄇᆞ름", "ᄇᆞᆰ은", "ᄇᆞᆯ리", "ᄑᆞᆺ"),
    *("ᄑᆞ리", "ᄀᆞ을", "ᄀᆞᆯ갱이", "ᄀᆞ레", "ᄀᆞ치", "ᄏᆞᆸ", "ᄒᆞᆨ", "ᄒᆞ루"),
    *("ᄃᆞᆨ", "ᄃᆞ슨", "ᄃᆞᆯ빗", "ᄐᆞᆨ", "ᄂᆞ물", "ᄂᆞᆷ", "ᄉᆞᆯ", "ᄉᆞ이", "ᄊᆞᆯ", "ᄌᆞ냑"),
    *("ᄌᆞᆷ", "ᄎᆞᆷ지름", "ᄎᆞᆯ", "ᄄᆞᆷ", "ᄈᆞᆯ른", "ᄁᆞᆯ", "ᄋᆞ덥"),
)
"""Words that are reported; the shares of the mixture were chosen on others (`CHOSEN_ON`)."""

CHOSEN_ON = (
    *("ᄆᆞᆯ", "ᄃᆞᆯ", "ᄒᆞᆫ", "ᄑᆞᆯ", "ᄇᆞᆷ", "ᄉᆞᆯ찐", "ᄀᆞᆺ", "ᄎᆞᆷ", "ᄌᆞᆷ녀", "ᄂᆞᆯ", "ᄏᆞᆫ"),
    *("ᄌᆞᆨ", "ᄀᆞᆯ", "ᄇᆞ래", "ᄒᆞ나", "ᄉᆞ뭇", "ᄃᆞ리", "ᄆᆞᆮ", "ᄐᆞ다", "ᄒᆞᄊᆞᆯ"),
)
"""Words on which the shares were chosen."""

GLIDED = ("ᄋᆢ답", "ᄋᆢᆯ", "ᄋᆢᆺ", "ᄋᆢ라", "ᄋᆢ름", "ᄋᆢᆼ", "ᄋᆢ피", "ᄋᆢ망진")

_SETS = {LONE_ARAEA: ("ᅩ", "ᅡ"), LONE_DOUBLE_ARAEA: ("ᅭ", "ᅣ")}
_SEEDS = 5
# The part of a vowel, and of the blank behind it, that is looked at, and how often.
_PART, _LOOKS = (0.25, 0.75), 5
_AROUND = 0.1
_NEAR = np.array([100.0, 200.0])
# No F1 and F2 of a vowel from ㅗ to ㅏ lies beyond: there F1 and F2 were taken for one.
_LOWEST, _HIGHEST = np.array([200.0, 500.0]), np.array([1100.0, 2600.0])


@dataclass(frozen=True, slots=True)
class VowelPlace:
    """One vowel in one sentence.

    Attributes:
        word: As written.
        sentence: The sentence.
        hertz: (3, 3) F1 to F3 of the vowel below, of itself and of the vowel above.
        seconds: How long the three last, medians.
    """

    word: str
    sentence: str
    hertz: Float
    seconds: tuple[float, float, float]

    @property
    def measurable(self) -> bool:
        """Whether the neighbours are far enough from one another, in F1 and F2."""
        apart = np.abs(self.hertz[2] - self.hertz[0])[:2]
        return bool(np.isfinite(self.hertz[:, :2]).all() and (apart >= _NEAR).all())

    @property
    def way(self) -> Float:
        """How far F1 and F2 have come from the one neighbour to the other, (2,)."""
        low, own, high = self.hertz[:, :2]
        way: Float = (own - low) / (high - low)
        return way

    @property
    def between(self) -> bool:
        """Whether both formants keep their distance from both neighbours."""
        return bool(((self.way >= BETWEEN) & (self.way <= 1.0 - BETWEEN)).all())


@dataclass(frozen=True, slots=True)
class VowelReport:
    """What was measured of one voice and one vowel.

    Attributes:
        voice: Its name.
        vowel: The vowel.
        places: All places.
    """

    voice: str
    vowel: str
    places: tuple[VowelPlace, ...]

    @property
    def measured(self) -> tuple[VowelPlace, ...]:
        """The places that say something."""
        return tuple(place for place in self.places if place.measurable)

    @property
    def share(self) -> float:
        """Share of measured places at which the vowel is one of its own."""
        return self.own / max(1, len(self.measured))

    @property
    def own(self) -> int:
        """Places at which it was measured and is."""
        return sum(place.between for place in self.measured)

    def text(self) -> str:
        """Return the figures, some lines."""
        low, high = _SETS[self.vowel]
        if not self.measured:
            count = len(self.places)
            return f"{self.voice}, {self.vowel}: nothing to be measured at {count} places"
        hertz = np.median([place.hertz for place in self.measured], axis=0)
        way = np.median([place.way for place in self.measured], axis=0)
        seconds = np.median([place.seconds for place in self.places], axis=0) * 1000
        rows = [
            f"  {name}: F1 {f1:.0f}, F2 {f2:.0f}, F3 {f3:.0f} Hz, {ms:.0f} ms"
            for name, (f1, f2, f3), ms in zip((low, self.vowel, high), hertz, seconds, strict=True)
        ]
        close = [place.word for place in self.measured if not place.between]
        head = (
            f"{self.voice}, {self.vowel}: between {low} and {high} at {100 * self.share:.1f} % of "
            f"{len(self.measured)} measurable places, at {self.own} of all {len(self.places)} said;"
            f" median way F1 {way[0]:.2f}, F2 {way[1]:.2f}"
        )
        return "\n".join([head, *rows, f"  not between: {', '.join(close) or 'none'}"])


def evaluate_vowels(
    bundle: Path,
    *,
    words: Sequence[str] = WORDS,
    glided: Sequence[str] = GLIDED,
    progress: Progress | None = None,
) -> list[VowelReport]:
    """Measure ㆍ and ᆢ of every voice of a bundle.

    A word with two such vowels is left out: each leans on the other, which stays as it is.

    Args:
        bundle: A voice bundle.
        words: Words with ㆍ.
        glided: Words with ᆢ.
        progress: Shown on the way.
    """
    progress, engine = progress or NoProgress(), Engine.open(bundle)
    kinds = [(LONE_ARAEA, _with_one(words)), (LONE_DOUBLE_ARAEA, _with_one(glided))]
    speakers = engine.settings.speakers
    progress.start(len(speakers) * len(FRAMES) * sum(len(some) for _, some in kinds), unit="place")
    reports = []
    for speaker in speakers:
        for vowel, some in kinds:
            places = []
            for word in some:
                for frame in FRAMES:
                    places.append(_place(engine, speaker, vowel, word, frame.format(word)))
                    progress.advance()
            if places:
                reports.append(VowelReport(speaker.name, vowel, tuple(places)))
    progress.close()
    return reports


def _with_one(words: Sequence[str]) -> list[str]:
    """Return the words with no more than one vowel that is mixed.

    >>> _with_one(["ᄑᆞᆺ", "ᄑᆞᆯᄃᆞ지", "ᄋᆢᄃᆞᆸ"])
    ['ᄑᆞᆺ']
    """
    vowels = {SYMBOLS.index(vowel) for vowel in _SETS}
    return [word for word in words if sum(symbol in vowels for symbol in read(word).symbols) <= 1]


def _place(engine: Engine, speaker: Speaker, vowel: str, word: str, sentence: str) -> VowelPlace:
    low, high = _SETS[vowel]
    symbols = read(sentence).symbols
    at = symbols.index(SYMBOLS.index(vowel))
    hertz, seconds = [], []
    for variant in (low, vowel, high):
        changed = (*symbols[:at], SYMBOLS.index(variant), *symbols[at + 1 :])
        looks = [_said(engine, speaker, changed, at, seed) for seed in range(_SEEDS)]
        seen = np.concatenate([look for look, _ in looks])
        seen = seen[np.isfinite(seen[:, :2]).all(axis=1)]
        hertz.append(np.median(seen, axis=0) if len(seen) else np.full(3, np.nan))
        seconds.append(looks[0][1])
    return VowelPlace(word, sentence, np.array(hertz), (seconds[0], seconds[1], seconds[2]))


def _said(
    engine: Engine, speaker: Speaker, symbols: Sequence[int], at: int, seed: int
) -> tuple[Float, float]:
    """Say symbols; return the formants (N, 3) of the one at a place, and its seconds."""
    settings = engine.settings
    last = at
    if settings.blanks:
        symbols = intersperse(symbols, BLANK_ID)
        at, last = 2 * at + 1, 2 * at + 2
    acoustic = engine.acoustic.speak(
        symbols,
        speaker.index,
        length_scale=speaker.duration_scale,
        noise_scale=settings.noise_scale,
        seed=seed,
    )
    ends = np.cumsum(acoustic.durations) * MEL.hop_length / MEL.sample_rate
    start, length = ends[at - 1], ends[last] - ends[at - 1]
    times = start + length * np.linspace(*_PART, _LOOKS)
    # Only the vowel's surroundings are made into sound.
    first = max(0, round((start - _AROUND) * MEL.sample_rate))
    last_sample = round((start + length + _AROUND) * MEL.sample_rate)
    stop = min(last_sample, len(acoustic.mel) * MEL.hop_length)
    samples = np.concatenate(list(engine.vocoder.stream(acoustic.mel, first, stop)))
    ceiling = CEILINGS.get(speaker.gender, CEILINGS["male"])
    formants = formants_at(samples, MEL.sample_rate, times - first / MEL.sample_rate, ceiling)
    return tracked(formants), float(length)


def tracked(hertz: Float) -> Float:
    """Return formants (N, 3), looks that took another resonance for F1 or F2 as NaN.

    >>> tracked(np.array([[500.0, 1200.0, 2500.0], [450.0, 3300.0, 4300.0]]))[:, 0].tolist()
    [500.0, nan]
    """
    inside = (hertz[:, :2] >= _LOWEST) & (hertz[:, :2] <= _HIGHEST)
    return np.where(inside.all(axis=1, keepdims=True), hertz, np.nan)
