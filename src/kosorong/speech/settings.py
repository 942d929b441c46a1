"""What a voice bundle's `config` says, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, get_args

from kosorong.audio.mel import definition_hash
from kosorong.bundle import Bundle
from kosorong.config import MEL
from kosorong.errors import BundleError
from kosorong.text.mood import Mood
from kosorong.text.sound.symbols import SYMBOLS, SYMBOLS_HASH

_CURE = "Install the bundle again, or export it again with this version of kosorong."


StandIn: TypeAlias = tuple[tuple[int, float], ...]
"""Symbol ids whose readings are mixed, with their shares, which sum up to 1."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of a bundle.

    Attributes:
        name: As `--voice` takes it.
        gender: `female`, `male` or "".
        index: What the graphs call it.
        duration_scale: Factor on predicted durations that makes lengths right on average.
        stand_ins: Symbol ids the model never learnt, and what stands for each.
        tone: (M,) added to its log-mels, nepers, so that they are as bright as recordings; or ().
        melody: Quantiles of what the slopes of F0 at the ends of sentences are asked to be, by the
            sentence's mood, semitones a second.
    """

    name: str
    gender: str
    index: int
    duration_scale: float
    stand_ins: Mapping[int, StandIn] = field(default_factory=dict)
    tone: tuple[float, ...] = ()
    melody: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """What serving needs to know of a voice bundle.

    Attributes:
        sample_rate: Hz.
        blanks: Whether blanks stand between all symbols.
        squeeze: Frames the flow folds into one.
        context: Frames to either side that one output frame of the vocoder depends on.
        noise_scale: Standard deviation of the latent's noise.
        default: Name of the voice taken where none is named.
        speakers: The voices.
    """

    sample_rate: int
    blanks: bool
    squeeze: int
    context: int
    noise_scale: float
    default: str
    speakers: tuple[Speaker, ...]

    def speaker(self, name: str = "") -> Speaker | None:
        """Return a voice by name, the default one for "", None where there is no such voice."""
        wanted = name or self.default
        return next((speaker for speaker in self.speakers if speaker.name == wanted), None)


def read_settings(bundle: Bundle) -> VoiceSettings:
    """Read and check the configuration of an opened voice bundle.

    Raises:
        BundleError: It was made for other symbols or mels, or lacks something.
    """
    config, where = bundle.config, str(bundle.path)
    for key, own, what in (
        ("symbols", SYMBOLS_HASH, "another symbol table"),
        ("mel", definition_hash(), "another mel spectrogram"),
        ("sample_rate", MEL.sample_rate, "another sample rate"),
    ):
        if config.get(key) != own:
            raise BundleError(f"The bundle was made for {what}.", where=where, cure=_CURE)
    try:
        settings = _parse(config)
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(
            f"The bundle's configuration cannot be used ({error!r}).", where=where, cure=_CURE
        ) from error
    if settings.speaker() is None:
        raise BundleError(f"The bundle has no voice {settings.default!r}.", where=where, cure=_CURE)
    return settings


def _parse(config: Mapping[str, Any]) -> VoiceSettings:
    return VoiceSettings(
        sample_rate=int(config["sample_rate"]),
        blanks=bool(config["blanks"]),
        squeeze=int(config["squeeze"]),
        context=int(config["context"]),
        noise_scale=float(config["noise_scale"]),
        default=str(config["default"]),
        speakers=tuple(
            Speaker(
                str(voice["name"]),
                str(voice["gender"]),
                int(voice["index"]),
                float(voice["duration_scale"]),
                _stand_ins(config, voice),
                _tone(voice),
                _melody(voice),
            )
            for voice in config["voices"]
        ),
    )


def _tone(voice: Mapping[str, Any]) -> tuple[float, ...]:
    tone = tuple(float(level) for level in voice.get("tone", ()))
    if len(tone) not in (0, MEL.n_mels):
        raise ValueError(f"a tone has {MEL.n_mels} values, not {len(tone)}")
    return tone


def _melody(voice: Mapping[str, Any]) -> dict[str, tuple[float, ...]]:
    melody = {mood: tuple(map(float, slopes)) for mood, slopes in voice.get("melody", {}).items()}
    if set(melody) - set(get_args(Mood)):
        raise ValueError(f"no mood is called {', '.join(set(melody) - set(get_args(Mood)))}")
    return melody


def _stand_ins(config: Mapping[str, Any], voice: Mapping[str, Any]) -> dict[int, StandIn]:
    # Bundles of older versions name one substitute where newer ones name a mixture.
    alike = {**config.get("substitutes", {}), **config["homophones"]}
    parts = {symbol: {other: 1.0} for symbol, other in alike.items()}
    parts |= voice.get("mixtures", {})
    for symbol, shares in parts.items():
        if abs(sum(shares.values()) - 1.0) > 1e-6 or min(shares.values()) <= 0.0:
            raise ValueError(f"the shares of {symbol} do not sum up to 1")
    return {
        SYMBOLS.index(symbol): tuple(
            (SYMBOLS.index(other), float(share)) for other, share in shares.items()
        )
        for symbol, shares in parts.items()
    }
