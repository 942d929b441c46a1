"""LibreTranslate's routes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from kosorong.errors import UsageError
from kosorong.markup.document import Markup, said
from kosorong.ports import JEJU, KOREAN, LANGUAGES, SPELLINGS, Dial
from kosorong.serving.schemas import Fields, TooLargeError
from kosorong.serving.services import Services, admitted, json_fields, services

blueprint = Blueprint("libretranslate", __name__)

NAMES = {KOREAN: "Korean", JEJU: "Jeju"}

# The rules translate what the model does not: just below full strength nothing else changes.
_BY_RULES = 0.999
_MOST_ALTERNATIVES = 10


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
    translations = [
        work.translate_document(text, markup, replace(dial, strength=strength)).text
        for strength in ((1.0, _BY_RULES) if alternatives else (1.0,))
    ]
    row["translatedText"] = translations[0]
    if alternatives:
        row["alternatives"] = [other for other in translations[1:] if other != translations[0]]
    return row


def _detected(work: Services, text: str) -> list[dict[str, Any]]:
    return [
        {"confidence": round(100 * share, 1), "language": language}
        for language, share in work.models.detector.shares(text)
    ]


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
