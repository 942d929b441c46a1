"""Whether a text is written by the 제주어 표기법."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from kosorong.serving.services import admitted, json_fields, services

blueprint = Blueprint("spelling", __name__)


@blueprint.post("/spelling")
@admitted
def spelling() -> ResponseReturnValue:
    """Say of every word whether it is right, by which rule not, and what would be."""
    work = services()
    text = json_fields().text("text", work.settings.characters)
    with work.admission.turn():
        found = work.models.speller.spell(text)
    return jsonify(asdict(found))
