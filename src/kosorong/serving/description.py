"""The routes of the inference server as OpenAPI 3.1: one row for each, one schema for each body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from kosorong import __version__
from kosorong.markup.document import MARKUPS
from kosorong.ports import FASTEST, LANGUAGES, SLOWEST, SPELLINGS
from kosorong.serving.streaming import TYPES

Json: TypeAlias = dict[str, Any]

_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": "number"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_BINARY: Json = {"type": "string", "format": "binary"}
_ANY: Json = {"type": "object"}
_UNIT: Json = {"type": "number", "minimum": 0, "maximum": 1}
_SPEED: Json = {"type": "number", "minimum": SLOWEST, "maximum": FASTEST}
_JSON, _LINES, _FORM = "application/json", "application/x-ndjson", "multipart/form-data"


def _one_of(*words: str) -> Json:
    return {"type": "string", "enum": list(words)}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _named(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(needed: Json, **others: Json) -> Json:
    kept = {"required": list(needed)} if needed else {}
    return {"type": "object", "properties": {**needed, **others}, **kept}


_LANGUAGE, _SPELLING, _MARKUP = _one_of(*LANGUAGES), _one_of(*SPELLINGS), _one_of(*MARKUPS)
_ANY_LANGUAGE = _one_of(*LANGUAGES, "auto")
_WORDS = _list(_named("Word"))
_SCHEMAS: Json = {
    "Text": _object({"text": _TEXT}),
    "Word": _object({"text": _TEXT, "start_ms": _COUNT, "end_ms": _COUNT}),
    "ToTranslate": _object(
        {"segments": _list(_object({"id": _TEXT, "text": _TEXT}))},
        source=_LANGUAGE,
        target=_LANGUAGE,
        spelling=_SPELLING,
        strength=_UNIT,
        format=_MARKUP,
        terms={"type": "object", "additionalProperties": _TEXT},
    ),
    "Translated": _object(
        {"id": _TEXT, "text": _TEXT, "provenance": _TEXT, "fingerprint": _TEXT},
        links=_list(_list(_NUMBER)),
        confidence=_UNIT,
        word_confidences=_list(_UNIT),
        warnings=_list(_TEXT),
    ),
    "ToSpeak": _object(
        {"segments": _list(_object({"id": _TEXT, "text": _TEXT}, spoken=_TEXT, seed=_COUNT))},
        voice=_TEXT,
        speed=_SPEED,
    ),
    "Spoken": _object(
        {"id": _TEXT, "audio": _TEXT, "duration_ms": _COUNT, "words": _WORDS},
        voice=_TEXT,
        fingerprint=_TEXT,
        warnings=_list(_TEXT),
    ),
    "Recording": _object({"audio": _BINARY, "text": _TEXT}, voice=_TEXT),
    "Aligned": _object(
        {"voice": _TEXT, "duration_ms": _COUNT, "distance": _NUMBER, "words": _WORDS}
    ),
    "Spelling": _object(
        {"text": _TEXT, "verdict": _TEXT, "mended": _TEXT, "findings": _list(_ANY)},
        modern={"type": "boolean"},
    ),
    "Speech": _object(
        {"input": _TEXT},
        model=_TEXT,
        voice=_TEXT,
        instructions=_TEXT,
        response_format=_one_of(*TYPES),
        stream_format=_one_of("audio", "sse"),
        speed=_SPEED,
    ),
    "Captioned": _object(
        {"audio": _TEXT, "audio_format": _TEXT, "timestamps": _list(_ANY)}, warnings=_list(_TEXT)
    ),
    "Model": _object({"id": _TEXT, "object": _TEXT, "created": _COUNT, "owned_by": _TEXT}),
    "Models": _object({"object": _TEXT, "data": _list(_named("Model"))}),
    "Voices": _object({"voices": _list(_object({"id": _TEXT, "name": _TEXT}))}),
    "Translate": _object(
        {"q": _TEXT},
        source=_ANY_LANGUAGE,
        target=_LANGUAGE,
        format=_MARKUP,
        spelling=_SPELLING,
        alternatives={"type": "integer", "minimum": 0, "maximum": 10},
    ),
    "Translation": _object(
        {"translatedText": _TEXT}, detectedLanguage=_ANY, alternatives=_list(_TEXT)
    ),
    "File": _object({"file": _BINARY}, source=_ANY_LANGUAGE, target=_LANGUAGE),
    "FilePlace": _object({"translatedFileUrl": _TEXT}),
    "Suggestion": _object({"q": _TEXT, "s": _TEXT}, source=_LANGUAGE, target=_LANGUAGE),
    "Suggested": _object({"success": {"type": "boolean"}}),
    "Question": _object({"q": _TEXT}),
    "Detected": _list(_object({"confidence": _NUMBER, "language": _LANGUAGE})),
    "Languages": _list(_object({"code": _TEXT, "name": _TEXT, "targets": _list(_TEXT)})),
    "Health": _object({"status": _TEXT}),
    "Error": {
        "type": "object",
        "description": "`message`, `where` and `cure`, or `error` in the shape of the route's own "
        "clients.",
    },
}


@dataclass(frozen=True, slots=True)
class _Route:
    """One row.

    Attributes:
        path: Of the route, in OpenAPI's form.
        name: Of the operation.
        does: In a few words.
        takes: Name of the body's schema; none is taken where empty.
        gives: Name of the answer's schema, or `""` for bytes and text.
        media: Of the answer.
        form: Media type of the body.
        asks: Names of what stands behind `?`.
    """

    path: str
    name: str
    does: str
    takes: str = ""
    gives: str = ""
    media: tuple[str, ...] = (_JSON,)
    form: str = _JSON
    asks: tuple[str, ...] = ()


_ROUTES: dict[str, tuple[_Route, ...]] = {
    "original": (
        _Route("/tts-server/api/process-text", "process_text", "Korean to Jeju", "Text", "Texts"),
        _Route(
            *("/tts-server/api/process-audio", "process_audio", "Read Jeju aloud", "Text"),
            media=("audio/wav",),
        ),
    ),
    "segments": (
        _Route(
            *("/translate/segments", "translate_segments", "Translate, a line for each segment"),
            *("ToTranslate", "Translated", (_LINES,)),
        ),
        _Route(
            *("/synthesize", "synthesize", "Read aloud, a line for each segment"),
            *("ToSpeak", "Spoken", (_LINES,)),
        ),
        _Route(
            *("/align", "align", "Time the words of a recording", "Recording", "Aligned"),
            form=_FORM,
        ),
        _Route("/spelling", "spelling", "Is it written by the 제주어 표기법", "Text", "Spelling"),
        _Route("/lexicon", "lexicon", "Look a word up", gives="Rows", asks=("form",)),
    ),
    "openai": (
        _Route(
            *("/v1/audio/speech", "create_speech", "Read a text aloud", "Speech"),
            media=(*TYPES.values(), "text/event-stream"),
        ),
        _Route(
            *("/dev/captioned_speech", "captioned_speech", "Read aloud, and time the words"),
            *("Speech", "Captioned"),
        ),
        _Route("/v1/models", "list_models", "List the models", gives="Models"),
        _Route("/v1/models/{name}", "retrieve_model", "Describe a model", gives="Model"),
        _Route("/v1/audio/voices", "list_voices", "List the voices", gives="Voices"),
    ),
    "libretranslate": (
        _Route("/translate", "translate", "Translate a text", "Translate", "Translation"),
        _Route(
            *("/translate_file", "translate_file", "Translate a text file", "File", "FilePlace"),
            form=_FORM,
        ),
        _Route(
            *("/download_file/{key}", "download_file", "Fetch a translated file"),
            media=("application/octet-stream",),
        ),
        _Route("/suggest", "suggest", "Propose a better translation", "Suggestion", "Suggested"),
        _Route(
            *("/frontend/settings", "frontend_settings", "What programs ask before they begin"),
            gives="Any",
        ),
        _Route("/detect", "detect", "Say which language it is", "Question", "Detected"),
        _Route("/languages", "languages", "List the languages", gives="Languages"),
    ),
    "service": (
        _Route("/health", "health", "Say that requests are answered", gives="Health"),
        _Route("/metrics", "metrics", "Counts and times for Prometheus", media=("text/plain",)),
        _Route("/openapi.json", "openapi", "This description", gives="Any"),
    ),
}
_SCHEMAS |= {"Texts": _list(_TEXT), "Any": _ANY}
_SCHEMAS["Rows"] = {"type": "object", "properties": {"form": _TEXT, "rows": _list(_ANY)}}
_OPEN = ("health", "openapi", "download_file")
"""Operations for which nobody shows a token."""


def describe_routes(address: str) -> Json:
    """Return the description.

    Args:
        address: Where the server was asked, without a slash at its end.
    """
    paths = {row.path: _path(tag, row) for tag, rows in _ROUTES.items() for row in rows}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kosorong inference",
            "description": "Korean to Jeju and back; Jeju read aloud.",
            "version": __version__,
        },
        "servers": [{"url": address}],
        "tags": [{"name": tag} for tag in _ROUTES],
        "security": [{"token": []}, {}],
        "paths": paths,
        "components": {
            "schemas": _SCHEMAS,
            "responses": {"Error": _answer("Refused, or failed.", (_JSON,), _named("Error"))},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _path(tag: str, row: _Route) -> Json:
    gives = _named(row.gives) if row.gives else _BINARY
    answer = _answer(row.does, row.media, gives if row.media != ("text/plain",) else _TEXT)
    refused = {"$ref": "#/components/responses/Error"}
    operation: Json = {
        "operationId": row.name,
        "summary": row.does,
        "tags": [tag],
        "responses": {"200": answer, "4XX": refused, "5XX": refused},
    }
    if row.takes:
        content = {row.form: {"schema": _named(row.takes)}}
        operation["requestBody"] = {"required": True, "content": content}
    if row.name in _OPEN:
        operation["security"] = [{}]
    places = [("path", name) for name in re.findall(r"\{(\w+)\}", row.path)]
    places += [("query", name) for name in row.asks]
    if places:
        asked = {"required": True, "schema": _TEXT}
        operation["parameters"] = [{"name": name, "in": where, **asked} for where, name in places]
    return {"post" if row.takes else "get": operation}


def _answer(description: str, media: tuple[str, ...], schema: Json) -> Json:
    return {
        "description": description,
        "content": {kind: {"schema": schema} for kind in dict.fromkeys(media)},
    }
