"""LibreTranslate's routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from flask import Blueprint, jsonify, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from kosorong.errors import UsageError
from kosorong.markup.document import Markup, said
from kosorong.ports import JEJU, KOREAN, LANGUAGES, SPELLINGS, Dial
from kosorong.serving.schemas import Fields, TooLargeError
from kosorong.serving.services import Services, admitted, json_fields, services

blueprint = Blueprint("libretranslate", __name__)

NAMES = {KOREAN: "Korean", JEJU: "Jeju"}

# Other ways to say it: by the rules, which translate what the model does not (just below full
# strength nothing else changes), closer to Korean, and in the other spelling.
_STRENGTHS = (0.999, 0.5, 0.25)
_MOST_ALTERNATIVES = 10
_LONGEST_SUGGESTION = 2_000
"""Characters; a sentence or two."""
_MARKUP_OF: dict[str, Markup] = {
    ".txt": "text",
    ".srt": "text",
    ".vtt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}


def _fields() -> Fields:
    """Return the fields of a form or of a JSON body."""
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        many = request.form.getlist("q")
        values: dict[str, Any] = dict(request.form.items())
        if len(many) > 1:
            values["q"] = many
        return Fields(values)
    return json_fields()


def _texts(fields: Fields, work: Services) -> list[str]:
    """Return the texts of `q`, which together keep to the limit."""
    value, limit = fields.values.get("q"), work.settings.characters
    if not isinstance(value, list):
        return [fields.text("q", limit)]
    if not value or len(value) > work.settings.segments:
        raise UsageError(
            f"{len(value)} texts cannot be taken.",
            where="q",
            cure=f"Send 1 to {work.settings.segments} texts.",
        )
    texts = [Fields({"q": text}).text("q", limit, "") for text in value]
    if sum(map(len, texts)) > limit:
        raise TooLargeError(
            f"the texts have more than {limit} characters together.",
            where="q",
            cure="Send them in several requests.",
        )
    return texts


@blueprint.post("/translate")
@admitted
def translate() -> ResponseReturnValue:
    """Translate one text or several."""
    work, fields = services(), _fields()
    texts = _texts(fields, work)
    source = fields.choice("source", (*LANGUAGES, "auto"), "auto")
    target = fields.choice("target", LANGUAGES, JEJU)
    spelling = fields.choice("spelling", SPELLINGS, "araea")
    markup = fields.markup()
    wanted = fields.whole("alternatives", 0, 0, _MOST_ALTERNATIVES)
    dial = Dial(source, target, spelling)
    rows = [_row(work, text, markup, dial, wanted) for text in texts]
    if isinstance(fields.values.get("q"), list):
        return jsonify({key: [row[key] for row in rows] for key in rows[0]})
    return jsonify(rows[0])


def _row(
    work: Services, text: str, markup: Markup, dial: Dial, alternatives: int
) -> dict[str, Any]:
    """Return the answer for one text; the source may be `auto`."""
    row: dict[str, Any] = {}
    if dial.source == "auto":
        best = _detected(work, said(text, markup))[0]
        row["detectedLanguage"], dial = best, replace(dial, source=best["language"])
    row["translatedText"] = first = work.translate_document(text, markup, dial).text
    if alternatives:
        others = islice(_others(work, text, markup, dial, {first}), alternatives)
        row["alternatives"] = list(others)
    return row


def _others(
    work: Services, text: str, markup: Markup, dial: Dial, known: set[str]
) -> Iterator[str]:
    """Yield other translations, none twice and none that is known."""
    (spelling,) = set(SPELLINGS) - {dial.spelling}
    dials = [replace(dial, strength=strength) for strength in _STRENGTHS]
    # Korean has no strength, and one spelling.
    wanted = (*dials, replace(dial, spelling=spelling)) if dial.target == JEJU else dials[:1]
    for other in wanted:
        translated = work.translate_document(text, markup, other).text
        if translated not in known:
            known.add(translated)
            yield translated


def _detected(work: Services, text: str) -> list[dict[str, Any]]:
    return [
        {"confidence": round(100 * share, 1), "language": language}
        for language, share in work.models.detector.shares(text)
    ]


@blueprint.post("/translate_file")
@admitted
def translate_file() -> ResponseReturnValue:
    """Translate a text file; the answer names where it can be fetched for some minutes."""
    work, fields = services(), Fields(request.form)
    name, text, markup = _file(work)
    dial = _dial(work, fields, said(text, markup))
    content = work.translate_document(text, markup, dial).text.encode()
    stem, dot, ending = name.rpartition(".")
    key = work.files.keep(f"{stem}_{dial.target}{dot}{ending}", content)
    return jsonify({"translatedFileUrl": f"{request.host_url}download_file/{key}"})


def _dial(work: Services, fields: Fields, text: str) -> Dial:
    source = fields.choice("source", (*LANGUAGES, "auto"), "auto")
    if source == "auto":
        source = str(_detected(work, text)[0]["language"])
    return Dial(source, fields.choice("target", LANGUAGES, JEJU))


def _file(work: Services) -> tuple[str, str, Markup]:
    """Return name, text and markup of the file that was sent.

    Raises:
        UsageError: There is none, or it is no text.
    """
    sent, kinds = request.files.get("file"), ", ".join(_MARKUP_OF)
    name = PurePosixPath((sent and sent.filename) or "").name
    markup = _MARKUP_OF.get(PurePosixPath(name).suffix.lower())
    if sent is None or markup is None:
        raise UsageError(
            f"{name!r} cannot be translated." if sent else "a file is needed here.",
            where="file",
            cure=f"Send multipart/form-data with a file of {kinds}.",
        )
    data = sent.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Korean Windows still writes.
        text = data.decode("cp949", errors="replace")
    return name, Fields({"file": text}).text("file", work.settings.characters), markup


@blueprint.get("/download_file/<key>")
def download_file(key: str) -> ResponseReturnValue:
    """Return a translated file."""
    file = services().files.get(key)
    if file is None:
        raise NotFound("There is no such file; it is kept for ten minutes.")
    return send_file(
        BytesIO(file.content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=file.name,
    )


@blueprint.post("/suggest")
def suggest() -> ResponseReturnValue:
    """Keep a better translation, for a person to look through."""
    work, fields = services(), _fields()
    texts = [fields.text(name, _LONGEST_SUGGESTION) for name in ("q", "s")]
    source = fields.choice("source", LANGUAGES, KOREAN)
    if fields.choice("target", LANGUAGES, JEJU) == source:
        raise UsageError(
            "it is the language of the text.", where="target", cure="Name the other language."
        )
    korean, jeju = texts if source == KOREAN else reversed(texts)
    work.suggestions.add(korean, jeju)
    return jsonify({"success": True})


@blueprint.get("/frontend/settings")
def frontend_settings() -> ResponseReturnValue:
    """Say what the pages and programs of LibreTranslate ask before they begin."""
    work = services()
    return jsonify(
        {
            "apiKeys": False,
            "charLimit": work.settings.characters,
            "filesTranslation": True,
            "frontendTimeout": 500,
            "keyRequired": False,
            "language": {
                "source": {"code": "auto", "name": "Auto Detect"},
                "target": {"code": JEJU, "name": NAMES[JEJU]},
            },
            "suggestions": work.suggestions.kept,
            "supportedFilesFormat": list(_MARKUP_OF),
        }
    )


@blueprint.post("/detect")
def detect() -> ResponseReturnValue:
    """Say which language a text is in, the likelier one first."""
    work = services()
    return jsonify(_detected(work, _fields().text("q", work.settings.characters)))


@blueprint.get("/languages")
def languages() -> ResponseReturnValue:
    """List the languages and what each can be translated to."""
    return jsonify(
        [
            {"code": language, "name": NAMES[language], "targets": list(LANGUAGES)}
            for language in LANGUAGES
        ]
    )
