"""The two calls of the system that Kosorong follows, for its clients as they are."""

from __future__ import annotations

import numpy as np
from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from kosorong.audio.mark import mark_of
from kosorong.audio.wav import wav_bytes
from kosorong.ports import Dial
from kosorong.serving.breath_groups import breath_groups
from kosorong.serving.services import admitted, json_fields, services
from kosorong.serving.speakable import need_sound
from kosorong.serving.streaming import stream_speech

blueprint = Blueprint("original", __name__, url_prefix="/tts-server/api")


@blueprint.post("/process-text")
@admitted
def process_text() -> ResponseReturnValue:
    """Translate Korean to Jeju: a JSON list with one text."""
    work = services()
    text = json_fields().text("text", work.settings.characters)
    document = work.translate_document(text, "text", Dial())
    return jsonify([_survives_repr(document.text)])


def _survives_repr(text: str) -> str:
    r"""Return a text that Python's `repr` writes as it is but for one quotation mark on each side.

    The client takes the text out of `str` of the list by its two first and last characters.

    >>> repr([_survives_repr('"a" \'b\'\nc')])[2:-2]
    '"a" ’b’ c'
    """
    line = " ".join(text.split())
    return line.replace("'", "’") if '"' in line else line


@blueprint.post("/process-audio")
@admitted
def process_audio() -> ResponseReturnValue:
    """Read Jeju aloud: a WAV file."""
    work = services()
    text = json_fields().text("text", work.settings.characters)
    need_sound(text)
    voice = work.models.voice()
    parts = [sound.samples for sound in stream_speech(voice, breath_groups(text), work.admission)]
    samples = np.concatenate(parts)
    work.metrics.add_audio(len(samples) / voice.sample_rate)
    mark = mark_of(voice)
    sound = wav_bytes(samples, voice.sample_rate, mark.tags())
    return Response(sound, mimetype="audio/wav", headers=mark.headers())
