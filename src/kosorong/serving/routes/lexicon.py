"""What a word is in Jeju, with what speaks for it."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from kosorong.serving.schemas import Fields
from kosorong.serving.services import admitted, services

blueprint = Blueprint("lexicon", __name__)


@blueprint.get("/lexicon")
@admitted
def lexicon() -> ResponseReturnValue:
    """Return the rows of the lexicon for a word in any form, Korean or Jeju."""
    work = services()
    form = Fields(request.args).text("form", work.settings.characters)
    with work.admission.turn():
        rows = work.models.translator.look_up(form)
    return jsonify({"form": form, "rows": rows})
