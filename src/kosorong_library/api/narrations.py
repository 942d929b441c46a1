"""A person's recording of a whole chapter."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong.errors import InputError
from kosorong_library.api.bodies import answer, fields_of
from kosorong_library.api.permissions import MakerPermission
from kosorong_library.api.recordings import RecordingApi, sound_form
from kosorong_library.library import access
from kosorong_library.library.models import Chapter, State
from kosorong_library.studio import narration
from kosorong_library.studio.models import Narration

MOST_BYTES = 200 << 20
"""Half an hour of WAV at 48 kHz in mono, and some."""


class NarrationOutput(serializers.Serializer):
    """A recording of a chapter."""

    state = serializers.ChoiceField(State.choices)
    problem = serializers.CharField(help_text="Why it could not be cut or aligned.")
    speaker = serializers.CharField()
    licence = serializers.CharField()
    created_at = serializers.DateTimeField()


class NarrationApi(APIView):
    """A person's recording of a whole chapter."""

    permission_classes = (MakerPermission,)
    parser_classes = (MultiPartParser,)

    @extend_schema(responses=NarrationOutput)
    def get(self, request: Request, book: int, chapter: int) -> Response:
        """Return how far the recording of a chapter is; 404 where there is none."""
        return _shown(_narration(_chapter(request, book, chapter)))

    @extend_schema(request=sound_form(RecordingApi.Input), responses={202: NarrationOutput})
    def put(self, request: Request, book: int, chapter: int) -> Response:
        """Take a recording of a chapter; a worker cuts it into sentences and times its words."""
        row = _chapter(request, book, chapter)
        data = fields_of(RecordingApi.Input, request.data)
        if not 0 < data["audio"].size <= MOST_BYTES:
            raise InputError(
                f"the recording is empty, or has more than {MOST_BYTES >> 20} MiB.",
                where="audio",
                cure="Give half an hour at most, best as M4A, MP3 or Ogg.",
                reason="sound_too_large",
            )
        kept = narration.put(row, request.user, data["audio"], data["speaker"], data["licence"])
        return _shown(kept, 202)

    @extend_schema(request=None, responses={202: NarrationOutput})
    def post(self, request: Request, book: int, chapter: int) -> Response:
        """Try again what failed, such as while the inference server was away."""
        row = narration.try_again(_narration(_chapter(request, book, chapter)))
        return _shown(row, 202)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, book: int, chapter: int) -> Response:
        """Withdraw the consent: the recording goes, from files of the book too."""
        narration.withdraw(_narration(_chapter(request, book, chapter)))
        return Response(status=204)


def _chapter(request: Request, book: int, chapter: int) -> Chapter:
    book_row = access.book_to_change(request, book)
    row = book_row.chapters.select_related("book").filter(position=chapter).first()
    if row is None:
        raise Http404
    return row


def _narration(chapter: Chapter) -> Narration:
    rows = Narration.objects.select_related("consent", "chapter__book").filter(chapter=chapter)
    row = rows.first()
    if row is None:
        raise Http404
    return row


def _shown(row: Narration, status: int = 200) -> Response:
    content = {
        "state": row.state,
        "problem": row.problem,
        "speaker": row.consent.speaker,
        "licence": row.consent.licence,
        "created_at": row.created_at,
    }
    return answer(NarrationOutput, content, status)
