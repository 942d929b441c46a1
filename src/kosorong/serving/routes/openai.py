"""OpenAI's speech routes, and Kokoro's captioned speech beside them."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, TypeAlias

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from kosorong.audio.encode import stream_audio
from kosorong.audio.mark import Mark, mark_of
from kosorong.errors import UsageError
from kosorong.ports import FASTEST, SLOWEST
from kosorong.serving.breath_groups import breath_groups
from kosorong.serving.instructions import dial_in
from kosorong.serving.models import ModelInfo
from kosorong.serving.schemas import Fields
from kosorong.serving.services import Services, admitted, json_fields, services
from kosorong.serving.speakable import need_sound
from kosorong.serving.stock import is_stock_model, is_stock_voice
from kosorong.serving.streaming import TYPES, StreamedSound, encoded, stream_speech
from kosorong.speech.voice import OnnxVoice
from kosorong.text.say.spoken import Unread

blueprint = Blueprint("openai", __name__)

_UNREAD_LISTED = 20
# Files that say their length at the beginning, which readers believe.
_WHOLE = ("flac", "wav")
_PART = 1 << 16  # bytes of a file that are sent at a time
_Parts: TypeAlias = Iterator[bytes]


@dataclass(frozen=True, slots=True)
class _Request:
    """What is to be read, and how it is to be sent.

    Attributes:
        text: What is read, as it is.
        voice: Reads it.
        form: A key of `TYPES`.
        speed: 1.0 is the voice's own pace.
        unread: Characters that will not be said.
        stands: What of ours stands for a name from elsewhere.
    """

    text: str
    voice: OnnxVoice
    form: str
    speed: float
    unread: tuple[Unread, ...]
    stands: tuple[str, ...] = ()

    @property
    def mark(self) -> Mark:
        """What the sound says of itself; of bare samples only the headers can."""
        return mark_of(self.voice)

    def headers(self) -> dict[str, str]:
        """Return what the answer says of itself."""
        stands = {"X-Kosorong-Stands-For": ", ".join(self.stands)} if self.stands else {}
        return {**self.mark.headers(), **stands}

    def sounds(self, work: Services) -> Iterator[StreamedSound]:
        """Return the speech; its beginning is made at once, so that an error is an answer."""
        sounds = stream_speech(
            self.voice, breath_groups(self.text), work.admission, speed=self.speed
        )
        first = next(sounds)
        return _counted(chain([first], sounds), self.voice.sample_rate, work)

    def bytes(self, sounds: Iterator[StreamedSound]) -> Iterator[bytes]:
        """Yield the sound file as it grows, without empty parts."""
        first = next(sounds)
        samples = (sound.samples for sound in chain([first], sounds))
        tags, rate = self.mark.tags(), self.voice.sample_rate
        chunks = encoded(samples, rate, self.form, length=first.length, metadata=tags)
        return (part for part in chunks if part)

    def file(self, sounds: Iterator[StreamedSound]) -> tuple[int, _Parts]:
        """Return the length of the whole sound file in bytes, and its parts."""
        # On the disk: an hour of sound is more than a small machine has memory for.
        with TemporaryDirectory(prefix="kosorong-") as folder:
            path = Path(folder) / f"sound.{self.form}"
            samples = (sound.samples for sound in sounds)
            stream_audio(path, samples, self.voice.sample_rate, self.mark.tags())
            file = path.open("rb")
        return os.fstat(file.fileno()).st_size, _parts(file)


def _parts(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from iter(partial(file.read, _PART), b"")


def _counted(sounds: Iterator[StreamedSound], rate: int, work: Services) -> Iterator[StreamedSound]:
    for sound in sounds:
        work.metrics.add_audio(len(sound.samples) / rate)
        yield sound


def _read(fields: Fields, work: Services) -> _Request:
    model, stands = _model_of(fields, work)
    voice, others = _voice(fields, work)
    form = fields.choice("response_format", tuple(TYPES), "mp3")
    speed = fields.number("speed", 1.0, SLOWEST, FASTEST)
    dial = dial_in(fields.word("instructions", "", work.settings.characters))
    text = fields.text("input", work.settings.characters)
    if model.kind == "translator":
        text = work.translate_document(text, "text", dial).text
    return _Request(text, voice, form, speed, need_sound(text, "input"), (*stands, *others))


def _model_of(fields: Fields, work: Services) -> tuple[ModelInfo, tuple[str, ...]]:
    """Return the model that is asked for, and what stands for a name from elsewhere."""
    name, infos = fields.word("model", ""), work.models.infos
    known = next((offered for offered in infos if offered.name == name), None)
    if known is not None:
        return known, ()
    usual = next(offered for offered in infos if offered.kind == "voice")
    if not name:
        return usual, ()
    if work.settings.stock_names and is_stock_model(name):
        return usual, (f"model {name} is {usual.name}",)
    valid = ", ".join(offered.name for offered in infos)
    raise UsageError(f"There is no model {name!r}.", where="model", cure=f"Valid: {valid}.")


def _voice(fields: Fields, work: Services) -> tuple[OnnxVoice, tuple[str, ...]]:
    value = fields.values.get("voice")
    # Newer clients send {"id": …}.
    named = Fields({"voice": value.get("id")}) if isinstance(value, dict) else fields
    name = named.word("voice", "")
    if name in work.models.voices or not (work.settings.stock_names and is_stock_voice(name)):
        return work.models.voice(name), ()
    voice = work.models.voice()
    return voice, (f"voice {name} is {voice.name}",)


@blueprint.post("/v1/audio/speech")
@admitted
def speech() -> ResponseReturnValue:
    """Read a text aloud: a sound file, or server-sent events with its parts."""
    work, fields = services(), json_fields()
    wanted = _read(fields, work)
    form = fields.choice("stream_format", ("audio", "sse"), "audio")
    sounds = wanted.sounds(work)
    headers = wanted.headers()
    if form == "sse":
        return Response(_events(wanted, sounds), mimetype="text/event-stream", headers=headers)
    parts, length = _sent(wanted, sounds, streams=_streams(fields))
    response = Response(parts, mimetype=TYPES[wanted.form], headers=headers)
    if length:
        response.headers["Content-Length"] = str(length)
    if wanted.unread:
        response.headers["X-Kosorong-Unread"] = json.dumps(_unread(wanted.unread))
    return response


def _sent(
    wanted: _Request, sounds: Iterator[StreamedSound], *, streams: bool
) -> tuple[Iterator[bytes], int]:
    """Return the parts of an answer, and how many bytes they have where that is known."""
    first = next(sounds)
    sounds = chain([first], sounds)
    # A WAV file of one sentence states its length before it is made.
    states_it = wanted.form == "wav" and first.length
    if wanted.form not in _WHOLE or streams or states_it:
        return wanted.bytes(sounds), 0
    length, parts = wanted.file(sounds)
    return parts, length


def _streams(fields: Fields) -> bool:
    """Say whether a caller asks for a sound while it is made; both of these words are in use."""
    return "stream_format" in fields.values or fields.values.get("stream") is True


def _events(wanted: _Request, sounds: Iterator[StreamedSound]) -> Iterator[str]:
    for part in wanted.bytes(sounds):
        yield _event({"type": "speech.audio.delta", "audio": base64.b64encode(part).decode()})
    # Nothing here counts tokens; clients of the type want the fields.
    usage = {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}
    done = {"type": "speech.audio.done", "usage": usage}
    yield _event({**done, "unread": _unread(wanted.unread)} if wanted.unread else done)


def _event(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content)}\n\n"


def _unread(unread: tuple[Unread, ...]) -> list[dict[str, str]]:
    listed = unread[:_UNREAD_LISTED]
    return [{"character": sign.character, "reason": sign.reason} for sign in listed]


@blueprint.post("/dev/captioned_speech")
@admitted
def captioned_speech() -> ResponseReturnValue:
    """Read a text aloud: the whole file in base64, and when each word sounds."""
    work, fields = services(), json_fields()
    wanted = _read(fields, work)
    sounds = list(wanted.sounds(work))
    audio = b"".join(wanted.bytes(iter(sounds)))
    response = jsonify(
        {
            "audio": base64.b64encode(audio).decode(),
            "audio_format": wanted.form,
            "timestamps": [
                {
                    "word": word.text,
                    "start_time": round(word.start, 4),
                    "end_time": round(word.end, 4),
                }
                for sound in sounds
                for word in sound.words
            ],
            "warnings": list(dict.fromkeys(w for sound in sounds for w in sound.warnings)),
        }
    )
    response.headers.extend(wanted.headers())
    return response


def _model(model: ModelInfo) -> dict[str, Any]:
    return {
        "id": model.name,
        "object": "model",
        "created": model.created,
        "owned_by": "kosorong",
        "kind": model.kind,
        "fingerprint": model.fingerprint,
        "licence": model.licence,
        "credit": model.credit,
    }


@blueprint.get("/v1/models")
def models() -> ResponseReturnValue:
    """List the models."""
    return jsonify(
        {"object": "list", "data": [_model(offered) for offered in services().models.infos]}
    )


@blueprint.get("/v1/models/<path:name>")
def model(name: str) -> ResponseReturnValue:
    """Describe one model."""
    for offered in services().models.infos:
        if offered.name == name:
            return jsonify(_model(offered))
    raise NotFound(f"There is no model {name!r}.")


@blueprint.get("/v1/audio/voices")
def voices() -> ResponseReturnValue:
    """List the voices, the default one first; their names alone for `?legacy=true`."""
    models = services().models
    if request.args.get("legacy") == "true":
        names = sorted(models.voices, key=lambda name: name != models.default)
        return jsonify({"voices": names})
    rows = [
        {
            "id": voice.name,
            "name": voice.name,
            "gender": voice.speaker.gender,
            "default": voice.name == models.default,
            "fingerprint": voice.fingerprint,
            "sample_rate": voice.sample_rate,
            "credit": voice.credit,
        }
        for voice in models.voices.values()
    ]
    return jsonify({"voices": sorted(rows, key=lambda row: not row["default"])})
