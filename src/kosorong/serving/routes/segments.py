"""Kosorong's own calls: segments in, a line of JSON out for each as soon as it is made."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from kosorong.audio.encode import encode_audio
from kosorong.audio.mark import mark_of
from kosorong.ports import FASTEST, SLOWEST, Speech, Translation, Voice
from kosorong.serving.errors import own_shape, problem_of
from kosorong.serving.schemas import Fields, SegmentRequest, dial_of
from kosorong.serving.services import Services, admitted, json_fields, json_lines, services
from kosorong.terms import MOST_TERMS, terms_of

blueprint = Blueprint("segments", __name__)

_LONGEST = 2_000
"""Characters of a segment; a sentence or two."""


def _segments(fields: Fields, work: Services, longest: int = _LONGEST) -> list[SegmentRequest]:
    rows = fields.items("segments", work.settings.segments)
    return [SegmentRequest.of(row, min(longest, work.settings.characters)) for row in rows]


@blueprint.post("/translate/segments")
@admitted
def translate_segments() -> ResponseReturnValue:
    """Translate segments: text, word links, confidence, provenance, warnings, doubts."""
    work, fields = services(), json_fields()
    dial, markup = dial_of(fields), fields.markup()
    # With markup a segment is a page, cut into sentences here.
    wanted = _segments(fields, work, _LONGEST if markup == "text" else work.settings.characters)
    fixed = terms_of(fields.words("terms", MOST_TERMS))
    translator = work.models.translator.with_terms(fixed)

    def translations() -> Iterator[Translation]:
        if markup == "text":
            yield from work.translate([segment.text for segment in wanted], dial, translator)
        else:
            for segment in wanted:
                document = work.translate_document(segment.text, markup, dial, translator)
                yield document.translation()

    def rows() -> Iterator[dict[str, Any]]:
        done = translations()
        for segment, translation in zip(wanted, done, strict=True):
            yield {
                "id": segment.id,
                "text": translation.text,
                "links": [[link.source, link.target, link.weight] for link in translation.links],
                "confidence": translation.confidence,
                "word_confidences": list(translation.word_confidences),
                "provenance": translation.provenance,
                "fingerprint": translator.fingerprint,
                "warnings": list(translation.warnings),
                "doubts": [[at.word, at.lemma, at.reason] for at in translation.doubts],
            }

    return json_lines(guarded(rows()))


@blueprint.post("/synthesize")
@admitted
def synthesize() -> ResponseReturnValue:
    """Speak segments: audio, length, word times, the voice's fingerprint, warnings."""
    work, fields = services(), json_fields()
    voice = work.models.voice(fields.word("voice", ""))
    speed = fields.number("speed", 1.0, SLOWEST, FASTEST)
    wanted = _segments(fields, work)

    def rows() -> Iterator[dict[str, Any]]:
        for segment in wanted:
            with work.admission.turn():
                speech = voice.speak(
                    segment.text, spoken=segment.spoken, speed=speed, seed=segment.seed
                )
            work.metrics.add_audio(len(speech.samples) / speech.sample_rate)
            yield {"id": segment.id, **_spoken(speech, voice)}

    response = json_lines(guarded(rows()))
    response.headers.extend(mark_of(voice).headers())
    return response


def _spoken(speech: Speech, voice: Voice) -> dict[str, Any]:
    audio = encode_audio(speech.samples, speech.sample_rate, ".flac", mark_of(voice).tags())
    return {
        "audio": base64.b64encode(audio).decode(),
        "duration_ms": _ms(len(speech.samples) / speech.sample_rate),
        "words": [
            {"text": word.text, "start_ms": _ms(word.start), "end_ms": _ms(word.end)}
            for word in speech.words
        ],
        "voice": voice.name,
        "fingerprint": voice.fingerprint,
        "warnings": list(speech.warnings),
    }


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def guarded(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield rows; an error after the first bytes have gone out becomes the last line."""
    try:
        yield from rows
    # Whatever it is, the status has been sent: only a row can tell of it.
    except Exception as error:
        yield {"error": own_shape(problem_of(error))}
