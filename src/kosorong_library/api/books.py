"""Books, chapters and segments: one class a resource path, a method a verb."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong.audio.mark import Heard, Mark
from kosorong.text.cleaning import plain
from kosorong_library.accounts import limits
from kosorong_library.accounts.models import User
from kosorong_library.api import inputs, outputs, shelf
from kosorong_library.api.bodies import answer, answer_page, fields_of
from kosorong_library.api.events import events
from kosorong_library.api.permissions import BookPermission, MakerPermission
from kosorong_library.api.ranges import ranged
from kosorong_library.api.source_outputs import PreviewOutput
from kosorong_library.api.views import (
    FILES,
    SEEN_PATTERN,
    Pages,
    TextField,
    seconds_of,
    truth_of,
    wait_until,
    waiting,
)
from kosorong_library.library import (
    access,
    details,
    manuscripts,
    selectors,
    services,
    sources,
)
from kosorong_library.library.models import Book, Language, Segment, Wish
from kosorong_library.listening.selectors import position_of, settings_of
from kosorong_library.storage.files import reader_of
from kosorong_library.studio import damage, editing, remaking
from kosorong_library.studio.sound import Sound, book_sound, chapter_sound

_LONGEST_WAIT = 3600.0
_WAIT = waiting(_LONGEST_WAIT, "Answer when done, or after these seconds.")
SOUND = OpenApiResponse(OpenApiTypes.BINARY, description="Sound; takes range requests.")


def page_of(book: Book, request: Request) -> Response:
    """Return the answer that shows a book to its listener."""
    user = request.user
    place = position_of(user, book) if user.is_authenticated else None
    mine = access.is_owner(request, book)
    brief = truth_of(request, "brief")
    return answer(outputs.BookOutput, outputs.book_page(book, place, mine=mine, brief=brief))


class BookListApi(APIView):
    """The library (서재)."""

    permission_classes = (MakerPermission,)
    pagination_class = Pages
    parser_classes = FILES

    @extend_schema(parameters=shelf.PARAMETERS, responses=outputs.BookLine(many=True))
    def get(self, request: Request) -> Response:
        """List one's own books, those shared with this session, or everybody's; newest first."""
        found, sought = shelf.wanted(request)
        return answer_page(
            outputs.BookLine, found, request, self, lambda page: shelf.lines(request, page, sought)
        )

    @extend_schema(
        parameters=[_WAIT],
        request=inputs.DESCRIBED,
        responses={201: outputs.BookOutput},
    )
    def post(self, request: Request) -> Response:
        """Make a book; its production begins in the background."""
        seconds = seconds_of(request, _LONGEST_WAIT)
        book = self._create(request.user, inputs.given(request))
        if seconds:
            wait_until(lambda: _is_at_rest(book.pk), seconds)
            book.refresh_from_db()
        response = page_of(book, request)
        response.status_code = 201
        response.headers["Location"] = f"/api/books/{book.pk}/"
        return response

    def _create(self, owner: User, data: dict[str, Any]) -> Book:
        spelling = data.get("spelling") or settings_of(owner).get("spelling", "araea")
        with inputs.sent(data) as arrived:
            chosen = manuscripts.chosen(
                arrived, data["include"], data["leave_out"], data["foreign"]
            )
            return services.create_book(
                owner,
                chosen,
                title=data["title"],
                language=data["language"],
                voice=plain(data["voice"]),
                spelling=spelling,
                author=data["author"],
                strength=data["strength"],
                speed=data["speed"],
                narrated=data["narrated"],
            )


class BookPreviewApi(APIView):
    """What would become of a text or a file, before a book is made of it."""

    permission_classes = (MakerPermission,)
    parser_classes = FILES

    @extend_schema(request=inputs.DESCRIBED, responses=PreviewOutput)
    def post(self, request: Request) -> Response:
        """Read what would be sent to make a book, tell what is in it, and keep nothing."""
        if not settings.SINGLE_USER:
            limits.count((limits.PREVIEW, str(request.user.pk)))
        data = inputs.given(request)
        with limits.one_of(limits.PREVIEWS):
            with inputs.sent(data) as arrived:
                chosen = manuscripts.switched(arrived, data["include"], data["leave_out"])
            wanted = chosen.manuscript
            preview = sources.preview(wanted, data["title"], data["language"], data["foreign"])
        return answer(PreviewOutput, preview)


def _is_at_rest(number: int) -> bool:
    book = Book.objects.filter(pk=number).first()
    if book is None:
        return True
    progress = selectors.progress_of([number]).get(number, selectors.BookProgress())
    return selectors.status_of(book, progress) in selectors.AT_REST


class BookApi(APIView):
    """A book."""

    permission_classes = (MakerPermission,)

    @extend_schema(
        parameters=[OpenApiParameter("brief", bool, description="Without its text.")],
        responses=outputs.BookOutput,
    )
    def get(self, request: Request, book: int) -> Response:
        """Return a book."""
        return page_of(access.book_to_read(request, book), request)

    @extend_schema(request=inputs.BookChanges, responses=outputs.BookOutput)
    def patch(self, request: Request, book: int) -> Response:
        """Change what is said of a book, or how it is made; what that touches is made again."""
        book_row = access.book_to_change(request, book)
        details_, made = inputs.changes(request)
        if made:
            remaking.set_choices(book_row, made)
        if details_:
            details.set_details(book_row, details_)
        book_row.refresh_from_db()
        return page_of(book_row, request)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, book: int) -> Response:
        """Delete a book and its files."""
        services.delete_book(access.book_to_change(request, book))
        return Response(status=204)


class BookEventsApi(APIView):
    """Progress of a book, as it happens."""

    permission_classes = (BookPermission,)

    @extend_schema(responses={(200, "text/event-stream"): OpenApiTypes.ANY, 204: None})
    def get(self, request: Request, book: int) -> HttpResponseBase:
        """Stream `progress` events; the same can be had by asking for the book."""
        book_row = access.book_to_read(request, book)
        return events(book_row, request.headers.get("Last-Event-ID", ""))


class WishApi(APIView):
    """What its maker wants to happen with a book."""

    permission_classes = (MakerPermission,)
    wish: str

    @extend_schema(request=None, responses=outputs.BookOutput)
    def post(self, request: Request, book: int) -> Response:
        """Write the wish down."""
        book_row = access.book_to_change(request, book)
        return page_of(services.set_wish(book_row, self.wish), request)


class ProduceApi(WishApi):
    """Start, go on, or try again what failed."""

    wish = Wish.RUN


class PauseApi(WishApi):
    """Stop for now."""

    wish = Wish.PAUSE


class CancelApi(WishApi):
    """Stop for good; what is made stays, and producing again goes on."""

    wish = Wish.CANCEL


class SegmentApi(APIView):
    """A segment."""

    permission_classes = (MakerPermission,)

    class Input(serializers.Serializer):
        """New texts; a Korean original changed in `beside` is translated anew."""

        one_of = ("text", "beside", "spoken")
        text = TextField(required=False, most=2000, holds=SEEN_PATTERN)
        beside = TextField(required=False, most=2000, holds=SEEN_PATTERN)
        spoken = TextField(required=False, most=2000)

        def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
            """Want at least one text."""
            if not attrs:
                raise serializers.ValidationError("Send `text`, `beside` or `spoken`.")
            return attrs

    @extend_schema(responses=outputs.SegmentOutput)
    def get(self, request: Request, book: int, segment: int) -> Response:
        """Return a segment."""
        book_row = access.book_to_read(request, book)
        return answer(outputs.SegmentOutput, outputs.segment_line(book_row, segment))

    @extend_schema(request=Input, responses=outputs.SegmentOutput)
    def patch(self, request: Request, book: int, segment: int) -> Response:
        """Change a segment; it alone is made again."""
        book_row = access.book_to_change(request, book)
        row = selectors.segment_of(book_row, segment)
        fields = fields_of(self.Input, request.data)
        korean = book_row.language == Language.KOREAN
        columns = {
            "text": "target_text" if korean else "source_text",
            "beside": "source_text" if korean else "target_text",
            "spoken": "spoken_text",
        }
        changes = {columns[name]: value for name, value in fields.items()}
        editing.edit(row, changes, request.user)
        return answer(outputs.SegmentOutput, outputs.segment_line(book_row, segment))


class SegmentAudioApi(APIView):
    """The sound of a segment."""

    permission_classes = (BookPermission,)

    @extend_schema(responses={(200, "audio/flac"): SOUND})
    def get(self, request: Request, book: int, segment: int) -> HttpResponseBase:
        """Return the FLAC file of a segment."""
        # Asked for more often than anything else: one query knows whether and what.
        rows = Segment.objects.filter(book=book, pk=segment)
        take = ("key", "audio", "size", "voice", "credit", "synthetic")
        wanted = (*(f"take__{name}" for name in take), *(f"book__{name}" for name in access.SURE))
        columns = rows.values_list("problem", *wanted).first() or (None,) * (1 + len(take))
        problem, key, name, size, *heard = columns[: 1 + len(take)]
        book_says = columns[1 + len(take) :]
        if not book_says or not access.surely_reads(request, *book_says):
            access.book_to_read(request, book)
        if not key or not name:
            raise Http404
        try:
            length = damage.size_of_take(name, size)
        except damage.DamagedError:
            damage.found_in(key)
            raise
        if problem:
            damage.found_well(key)
        response = ranged(
            request,
            reader_of(name),
            length,
            etag=key[:32],
            content_type="audio/flac",
            more=Mark((Heard(*heard),)).headers(),
        )
        if request.query_params.get("v") == outputs.version_of(key):
            # The address carries the take's key: what it gives never changes.
            response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response


class BookAudioApi(APIView):
    """The sound of a book so far."""

    permission_classes = (BookPermission,)

    @extend_schema(responses={(200, "audio/wav"): SOUND})
    def get(self, request: Request, book: int) -> HttpResponseBase:
        """Return a WAV file that ends where the book is still being made."""
        book_row = access.book_to_read(request, book)
        rate = selectors.sample_rate_of(book_row)
        if rate is None:
            raise Http404
        return _wav(request, book_sound(book_row, rate))


class ChapterAudioApi(APIView):
    """The sound of a chapter so far."""

    permission_classes = (BookPermission,)

    @extend_schema(responses={(200, "audio/wav"): SOUND})
    def get(self, request: Request, book: int, chapter: int) -> HttpResponseBase:
        """Return a WAV file that ends where the chapter is still being made."""
        book_row = access.book_to_read(request, book)
        row = book_row.chapters.filter(Q(position=chapter)).first()
        rate = selectors.sample_rate_of(book_row)
        if row is None or rate is None:
            raise Http404
        return _wav(request, chapter_sound(row, rate))


def _wav(request: Request, sound: Sound) -> HttpResponseBase:
    if not sound.pieces:
        raise Http404
    return ranged(
        request,
        sound.read,
        sound.length,
        etag=sound.key[:32],
        content_type="audio/wav",
        more=sound.mark.headers(),
    )
