"""A translator, a voice and an aligner that live on an inference server."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.wav import decode_audio, wav_bytes
from kosorong.client.http import Server
from kosorong.errors import InputError, ServiceError, UsageError
from kosorong.ports import DOUBTS, JEJU, KOREAN, Dial, Doubt, Link, Speech, Translation, WordTime
from kosorong.terms import Terms
from kosorong.text.cleaning import clean

# Segments sent at once; the server takes 256.
_BATCH = 64
# What an answer may hold: more is no answer, and could fill a library's rows.
_LONGEST, _LONGEST_WARNING, _MOST_WARNINGS = 1_000_000, 2000, 100
_GROWS = 10
_LONGEST_MS = 24 * 3600 * 1000
_FASTEST = 192_000


class RemoteTranslator:
    """A `kosorong.ports.Translator` over HTTP.

    Args:
        server: Where it lives.
        terms: Words and names that it shall keep to.
    """

    def __init__(self, server: Server, terms: Terms | None = None) -> None:
        self._server, self._terms = server, terms or Terms()

    @cached_property
    def fingerprint(self) -> str:
        """A short hash that changes whenever outputs may change; asked for once.

        Raises:
            ServiceError: The server does not answer, or has no translator.
        """
        for model in _rows(self._server, "/v1/models", "data"):
            name = model.get("fingerprint")
            if model.get("kind") == "translator" and isinstance(name, str) and name:
                return "-".join(filter(None, (name, self._terms.digest)))
        raise _strange(self._server)

    def with_terms(self, terms: Terms) -> RemoteTranslator:
        """Return a translator on the same server that keeps to the user's terms."""
        return RemoteTranslator(self._server, terms)

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str = KOREAN,
        target: str = JEJU,
        spelling: str = "araea",
        strength: float = 1.0,
        markup: str = "text",
    ) -> list[Translation]:
        """Translate each text; see `kosorong.ports.Translator.translate`.

        Args:
            texts: Segments; with markup, pages of any length that the server takes.
            source: Language tag.
            target: Language tag.
            spelling: `araea` or `modern`.
            strength: 0 to 1.
            markup: `text`, `html` or `markdown`; what is markup comes back as it was, and links
                are between the words of what is said.

        Raises:
            InputError: The server cannot take a text or an option.
            ServiceError: It does not answer, fails, or has another translator by now.
        """
        dial = Dial(source, target, spelling, strength).options() | {"format": markup}
        if self._terms.entries:
            dial["terms"] = {term.korean: term.jeju for term in self._terms.entries}
        translations: list[Translation] = []
        for first in range(0, len(texts), _BATCH):
            translations += self._batch(texts[first : first + _BATCH], dial)
        return translations

    def _batch(self, texts: Sequence[str], dial: dict[str, Any]) -> list[Translation]:
        segments = [{"id": n, "text": text} for n, text in enumerate(texts)]
        rows = list(self._server.post_lines("/translate/segments", {"segments": segments, **dial}))
        _check(self._server, rows, len(texts), self.fingerprint)
        try:
            return [_translation(row, text) for row, text in zip(rows, texts, strict=True)]
        except (KeyError, TypeError, ValueError, OverflowError):
            raise _strange(self._server) from None


class RemoteVoice:
    """A `kosorong.ports.Voice` over HTTP.

    Args:
        server: Where it lives.
        name: Which voice; the server's default one where empty.
    """

    def __init__(self, server: Server, name: str = "") -> None:
        self._server, self._wanted = server, name

    @cached_property
    def _facts(self) -> dict[str, Any]:
        rows = _rows(self._server, "/v1/audio/voices", "voices")
        for row in rows:
            if self._wanted in ("", row.get("id")):
                rate = row.get("sample_rate")
                names = ("id", "fingerprint", "credit")
                has_names = all(isinstance(row.get(name), str) for name in names)
                if not has_names or type(rate) is not int or not 0 < rate <= _FASTEST:
                    raise _strange(self._server)
                return row
        raise UsageError(
            f"There is no voice {self._wanted!r}.",
            where=self._server.address,
            cure=f"Valid voices: {', '.join(str(row.get('id')) for row in rows)}.",
        )

    @property
    def name(self) -> str:
        """The voice's identifier, as `--voice` takes it."""
        return str(self._facts["id"])

    @property
    def fingerprint(self) -> str:
        """A short hash that changes whenever outputs may change; asked for once."""
        return str(self._facts["fingerprint"])

    @property
    def sample_rate(self) -> int:
        """Hz."""
        return int(self._facts["sample_rate"])

    @property
    def credit(self) -> str:
        """Licence and credit line that every export must carry."""
        return str(self._facts["credit"])

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        """Read one segment; see `kosorong.ports.Voice.speak`.

        Raises:
            InputError: The server cannot take the text or an option.
            ServiceError: It does not answer, fails, or has another voice by now.
        """
        segment: dict[str, Any] = {"id": 0, "text": text, "seed": seed}
        if spoken is not None:
            segment["spoken"] = spoken
        content = {"segments": [segment], "voice": self.name, "speed": speed}
        rows = list(self._server.post_lines("/synthesize", content))
        _check(self._server, rows, 1, self.fingerprint)
        try:
            return _speech(rows[0], self.sample_rate)
        except (KeyError, TypeError, ValueError, OverflowError, InputError):
            raise _strange(self._server) from None


@dataclass(frozen=True, slots=True)
class AlignedWords:
    """When the words of a recording sound.

    Attributes:
        words: One entry for each white-space word of the text, in order.
        distance: Mean square, in nepers, of what parts the recording's log-mel from the nearest
            voice's own reading in the same rhythm.
    """

    words: tuple[WordTime, ...]
    distance: float


class RemoteAligner:
    """Times the words of recordings over HTTP.

    Args:
        server: Where the models live.
    """

    def __init__(self, server: Server) -> None:
        self._server = server

    def align(self, samples: NDArray[np.float32], sample_rate: int, text: str) -> AlignedWords:
        """Time the words of a recording of at most two minutes.

        Args:
            samples: (T_wav,) in [-1, 1].
            sample_rate: Hz.
            text: What is said.

        Raises:
            InputError: The recording is too long or too short for the text.
            ServiceError: The server does not answer, or has no aligner.
        """
        answer = self._server.post_form("/align", {"text": text}, wav_bytes(samples, sample_rate))
        try:
            return AlignedWords(_words(answer), _number(answer["distance"]))
        except (KeyError, TypeError, ValueError, OverflowError):
            raise _strange(self._server) from None


def _rows(server: Server, path: str, key: str) -> list[dict[str, Any]]:
    rows = server.get(path).get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _strange(server)
    return rows


def _check(server: Server, rows: list[dict[str, Any]], count: int, fingerprint: str) -> None:
    """Raise where lines are missing, or where another model made them than the one asked for."""
    if [row.get("id") for row in rows] != list(range(count)):
        raise ServiceError(
            f"{len(rows)} of {count} segments came back.",
            where=server.address,
            cure="Try again; the server's log says more.",
        )
    if any(row.get("fingerprint") != fingerprint for row in rows):
        raise ServiceError(
            "the server has another model by now.",
            where=server.address,
            cure="Start this work again, so that one model does all of it.",
        )


def _strange(server: Server) -> ServiceError:
    return ServiceError(
        "this is no answer of an inference server of this version.",
        where=server.address,
        cure="Run the same version of kosorong on both sides.",
    )


def _text(value: object, most: int = _LONGEST) -> str:
    """Return a text that a file may hold and a row can take.

    Raises:
        TypeError: It is none.
        ValueError: It is too long, or holds what no text does.
    """
    if not isinstance(value, str):
        raise TypeError(type(value))
    if len(value) > most or clean(value) != value:
        raise ValueError(len(value))
    return value


def _number(value: object) -> float:
    """Return a finite number.

    Raises:
        TypeError: It is none.
        ValueError: It is infinite, or not a number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(type(value))
    if not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def _place(value: object, count: int) -> int:
    if type(value) is not int:
        raise TypeError(type(value))
    if not 0 <= value < count:
        raise ValueError(value)
    return value


def _list(value: object, most: int = _LONGEST) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(type(value))
    if len(value) > most:
        raise ValueError(len(value))
    return value


def _warnings(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(_text(line, _LONGEST_WARNING) for line in _list(row["warnings"], _MOST_WARNINGS))


def _translation(row: dict[str, Any], source: str) -> Translation:
    # A translation is about as long as its original: what is far longer is none.
    text = _text(row["text"], _GROWS * len(source) + _LONGEST_WARNING)
    words = (len(source) + 1, len(text) + 1)
    triples = _list(row["links"], words[0] + words[1])
    links = tuple(
        Link(_place(s, words[0]), _place(t, words[1]), _number(weight)) for s, t, weight in triples
    )
    return Translation(
        text,
        links,
        _number(row["confidence"]),
        _text(row["provenance"], _LONGEST_WARNING),
        _warnings(row),
        tuple(map(_number, _list(row["word_confidences"], words[1]))),
        _doubts(row["doubts"], words[0]),
    )


def _doubts(rows: object, words: int) -> tuple[Doubt, ...]:
    triples = _list(rows, words)
    doubts = tuple(Doubt(_place(n, words), _text(lemma), reason) for n, lemma, reason in triples)
    if any(doubt.reason not in DOUBTS for doubt in doubts):
        raise ValueError(rows)
    return doubts


def _speech(row: dict[str, Any], sample_rate: int) -> Speech:
    audio = base64.b64decode(row["audio"], validate=True)
    samples, rate = decode_audio(audio, sample_rate)
    return Speech(samples, rate, _words(row), _warnings(row))


def _words(row: dict[str, Any]) -> tuple[WordTime, ...]:
    return tuple(
        WordTime(_text(word["text"]), _seconds(word["start_ms"]), _seconds(word["end_ms"]))
        for word in _list(row["words"])
    )


def _seconds(value: object) -> float:
    milliseconds = _number(value)
    if not 0 <= milliseconds <= _LONGEST_MS:
        raise ValueError(value)
    return milliseconds / 1000
