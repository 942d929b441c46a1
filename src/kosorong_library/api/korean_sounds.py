"""A sentence of a book as it sounds in Korean."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from kosorong.audio.mark import Mark
from kosorong_library.api.books import SOUND
from kosorong_library.api.permissions import BookPermission
from kosorong_library.api.ranges import ranged
from kosorong_library.library import access
from kosorong_library.library.selectors import segment_of
from kosorong_library.storage.files import reader_of, size_of
from kosorong_library.studio.korean_sound import korean_sound_of


class KoreanAudioApi(APIView):
    """The Korean of a segment, spoken by the voice of its book."""

    permission_classes = (BookPermission,)

    @extend_schema(responses={(200, "audio/flac"): SOUND})
    def get(self, request: Request, book: int, segment: int) -> HttpResponseBase:
        """Return a FLAC file; it is spoken when somebody who is logged in first asks for it."""
        row = segment_of(access.book_to_read(request, book), segment)
        sound = korean_sound_of(row, make=request.user.is_authenticated)
        name = sound.audio.name
        return ranged(
            request,
            reader_of(name),
            size_of(name),
            etag=sound.key[:32],
            content_type="audio/flac",
            more=Mark((sound.heard,)).headers(),
        )
