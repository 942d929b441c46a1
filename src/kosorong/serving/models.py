"""The models of one process: one translator, the voices of one bundle, one aligner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from kosorong.bundle import MANIFEST, Bundle, find_bundle
from kosorong.errors import UsageError
from kosorong.ports import Translator
from kosorong.speech.align import Aligner
from kosorong.speech.catalogue import open_voice
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.spelling.speller import Speller, speller_of
from kosorong.terms import Terms
from kosorong.translation.detection import Detector, RulesTranslate
from kosorong.translation.fingerprint import joined_digest
from kosorong.translation.translator import NeuralTranslator


class ServedTranslator(Translator, RulesTranslate, Protocol):
    """A translator that can also keep to terms and say what its rules alone make of a text."""

    def with_terms(self, terms: Terms) -> Translator:
        """Return a translator of the same bundle that keeps to a caller's terms."""
        ...

    def look_up(self, form: str) -> list[dict[str, Any]]:
        """Return the rows of its lexicon for a word in any form."""
        ...


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A bundle as callers see it.

    Attributes:
        name: Its identifier.
        kind: `voice` or `translator`.
        fingerprint: Short hash; changes whenever outputs may change.
        licence: SPDX expression.
        credit: Whom to name.
        created: When it was made, seconds since 1970.
    """

    name: str
    kind: str
    fingerprint: str
    licence: str
    credit: str
    created: int


class Models:
    """What a server answers with.

    Args:
        translator: Translates.
        engine: The loaded voice bundle.
        words: The translator's bundle, whose lexicon is asked about spelling.
    """

    def __init__(self, translator: ServedTranslator, engine: Engine, words: Bundle) -> None:
        self.translator: ServedTranslator = translator
        self.infos = tuple(map(describe, (engine.bundle, words)))
        self._words = words
        self._engine = engine
        settings = engine.settings
        self.voices: Mapping[str, OnnxVoice] = {
            speaker.name: OnnxVoice(engine, speaker.name) for speaker in settings.speakers
        }
        self.default = settings.default
        self.detector = Detector(translator)

    @classmethod
    def open(cls) -> Models:
        """Open the first installed translator and the bundle of the default voice.

        Raises:
            BundleError: One is missing or damaged.
        """
        engine = open_voice().engine
        translator = NeuralTranslator(find_bundle("translator"))
        return cls(translator, engine, translator.bundle)

    @cached_property
    def speller(self) -> Speller:
        """Looks after spelling; made when first asked for, which takes a second."""
        return speller_of(self._words)

    @cached_property
    def aligner(self) -> Aligner:
        """The aligner; loaded when first asked for, which most servers never are."""
        return Aligner(self._engine)

    def voice(self, name: str = "") -> OnnxVoice:
        """Return a voice by name, the default one for "".

        Raises:
            UsageError: There is no such voice.
        """
        try:
            return self.voices[name or self.default]
        except KeyError:
            raise UsageError(
                f"There is no voice {name!r}.",
                where="voice",
                cure=f"Valid voices: {', '.join(self.voices)}.",
            ) from None


def describe(bundle: Bundle) -> ModelInfo:
    """Return what callers see of an opened bundle."""
    info = bundle.info
    created = int(Path(bundle.path / MANIFEST).stat().st_mtime)
    own = bundle.fingerprint
    # The rules in code write a translation too: a client compares it with what a segment says.
    fingerprint = joined_digest(own) if info.kind == "translator" else own
    return ModelInfo(info.name, info.kind, fingerprint, info.licence, info.credit, created)
