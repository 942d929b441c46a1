"""When the words of a recording sound."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from kosorong.audio.wav import decode_audio
from kosorong.config import MEL
from kosorong.errors import UsageError
from kosorong.serving.schemas import Fields
from kosorong.serving.services import admitted, services
from kosorong.speech.align import LONGEST_SECONDS

blueprint = Blueprint("align", __name__)

_LONGEST = 2_000
"""Characters of a text; two minutes of speech have fewer."""


@blueprint.post("/align")
@admitted
def align() -> ResponseReturnValue:
    """Time the words of a recording; `multipart/form-data` with `audio` and `text`."""
    work, fields = services(), Fields(request.form)
    audio = request.files.get("audio")
    if audio is None:
        raise UsageError(
            "a recording is needed here.",
            where="audio",
            cure="Send multipart/form-data with the file as audio and its words as text.",
        )
    text, voice = fields.text("text", _LONGEST), fields.word("voice", "")
    with work.admission.turn():
        samples, _ = decode_audio(audio.read(), MEL.sample_rate, most_seconds=LONGEST_SECONDS + 1)
        alignment = work.models.aligner.align(samples, text, voice)
    return jsonify(
        {
            "voice": alignment.voice,
            "duration_ms": round(alignment.seconds * 1000),
            "distance": round(alignment.distance, 4),
            "words": [
                {
                    "text": word.text,
                    "start_ms": round(word.start * 1000),
                    "end_ms": round(word.end * 1000),
                }
                for word in alignment.words
            ],
        }
    )
