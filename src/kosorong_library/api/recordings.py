"""A person's own recording of a segment."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import OpenApiRequest, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong.errors import InputError
from kosorong_library.api.bodies import answer, fields_of
from kosorong_library.api.permissions import MakerPermission
from kosorong_library.api.views import ConsentField, TextField
from kosorong_library.library import access
from kosorong_library.library import selectors as library
from kosorong_library.library.models import Segment
from kosorong_library.studio import recordings
from kosorong_library.studio.models import Recording

MOST_BYTES = 32 << 20
"""Two minutes of WAV at 48 kHz in stereo, and some."""


_KINDS = "audio/wav, audio/mpeg, audio/mp4, audio/webm, audio/ogg"


def sound_form(kind: type[serializers.Serializer]) -> dict[str, OpenApiRequest]:
    """Describe a form with a sound, `audio`."""
    return {"multipart/form-data": OpenApiRequest(kind, {"audio": {"contentType": _KINDS}})}


class RecordingOutput(serializers.Serializer):
    """A recording, without its sound, which is the segment's own."""

    speaker = serializers.CharField()
    licence = serializers.CharField()
    agreed = serializers.CharField(help_text="What whoever sent it agreed to.")
    duration_ms = serializers.IntegerField()
    distance = serializers.FloatField(help_text="From the text as a voice would say it.")
    warnings = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()


class TermsOutput(serializers.Serializer):
    """What whoever sends a recording agrees to."""

    words = serializers.CharField()
    licences = serializers.ListField(child=serializers.CharField())


class TermsApi(APIView):
    """What whoever sends a recording agrees to."""

    @extend_schema(responses=TermsOutput)
    def get(self, request: Request) -> Response:
        """Return the words and the licences to choose from."""
        content = {"words": recordings.CONSENT_TEXT, "licences": recordings.LICENCES}
        return answer(TermsOutput, content)


class RecordingApi(APIView):
    """A person's own recording of a segment."""

    permission_classes = (MakerPermission,)
    parser_classes = (MultiPartParser,)

    class Input(serializers.Serializer):
        """The sound (WAV, MP3, M4A, WebM, Ogg, FLAC or AAC), and the consent to its use."""

        audio = serializers.FileField(allow_empty_file=True)
        consent = ConsentField()
        speaker = TextField(required=False, default="", most=100)
        licence = serializers.ChoiceField(recordings.LICENCES, default=recordings.LICENCES[0])

    @extend_schema(responses=RecordingOutput)
    def get(self, request: Request, book: int, segment: int) -> Response:
        """Return what is known of a recording; 404 where a machine reads."""
        return _shown(_recording(_segment(request, book, segment)))

    @extend_schema(request=sound_form(Input), responses=RecordingOutput)
    def put(self, request: Request, book: int, segment: int) -> Response:
        """Let a recording take the segment's place; its words are timed."""
        row = _segment(request, book, segment)
        data = fields_of(self.Input, request.data)
        file = data["audio"]
        if file.size > MOST_BYTES:
            raise InputError(
                f"the recording has more than {MOST_BYTES >> 20} MiB.",
                where="audio",
                cure="Record one sentence at a time.",
                reason="sound_too_large",
            )
        return _shown(
            recordings.put(row, request.user, file.read(), data["speaker"], data["licence"])
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request, book: int, segment: int) -> Response:
        """Withdraw the consent: the recording goes, from files of the book too."""
        recordings.withdraw(_recording(_segment(request, book, segment)))
        return Response(status=204)


def _segment(request: Request, book: int, segment: int) -> Segment:
    return library.segment_of(access.book_to_change(request, book), segment)


def _recording(segment: Segment) -> Recording:
    rows = Recording.objects.select_related("take", "consent", "segment", "segment__book")
    row = rows.filter(segment=segment).first()
    if row is None:
        raise Http404
    return row


def _shown(row: Recording) -> Response:
    content = {
        "speaker": row.consent.speaker,
        "licence": row.consent.licence,
        "agreed": row.consent.words,
        "duration_ms": row.take.milliseconds,
        "distance": row.distance,
        "warnings": row.take.warnings,
        "created_at": row.created_at,
    }
    return answer(RecordingOutput, content)
