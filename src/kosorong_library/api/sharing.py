"""Who else may read a book: sharing, links, reports, take-downs."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong_library.accounts import limits
from kosorong_library.accounts.invitations import qr
from kosorong_library.api.accounts import PersonApi
from kosorong_library.api.bodies import answer, answer_page, fields_of
from kosorong_library.api.permissions import IsAdmin, MakerPermission
from kosorong_library.api.views import Pages, TextField, page_address
from kosorong_library.library import access, sharing
from kosorong_library.library.bounds import LICENCES, MAX_CREDIT, MAX_WORDS
from kosorong_library.library.models import Book, Complaint, Report, Visibility


class ShareOutput(serializers.Serializer):
    """Who may read a book besides its owner."""

    visibility = serializers.ChoiceField(Visibility.choices)
    licence = serializers.CharField()
    attribution = serializers.CharField()
    link = serializers.CharField(allow_null=True, help_text="Opens an unlisted book.")
    qr = serializers.CharField(allow_null=True, help_text="The link as a QR code, SVG.")
    licences = serializers.ListField(child=serializers.CharField())


def _shown(request: Request, book: Book) -> Response:
    link = f"{page_address(request)}shared#{book.share_key}" if book.share_key else None
    content = {
        "visibility": book.visibility,
        "licence": book.licence,
        "attribution": book.attribution,
        "link": link,
        "qr": link and qr(link),
        "licences": LICENCES,
    }
    return answer(ShareOutput, content)


class ShareApi(APIView):
    """Who may read a book besides its owner."""

    permission_classes = (MakerPermission,)

    class Input(serializers.Serializer):
        """Who may read it, and what its text is under."""

        visibility = serializers.ChoiceField(Visibility.choices)
        licence = serializers.ChoiceField(("", *LICENCES), required=False)
        attribution = TextField(required=False, most=MAX_CREDIT)

    @extend_schema(responses=ShareOutput)
    def get(self, request: Request, book: int) -> Response:
        """Return how a book of one's own is shared."""
        return _shown(request, access.book_to_change(request, book))

    @extend_schema(request=Input, responses=ShareOutput)
    def put(self, request: Request, book: int) -> Response:
        """Say who may read the book."""
        book_row = access.book_to_change(request, book)
        fields = fields_of(self.Input, request.data)
        kept = {"licence": book_row.licence, "attribution": book_row.attribution}
        return _shown(request, sharing.set_sharing(book_row, **{**kept, **fields}))

    @extend_schema(request=None, responses=ShareOutput)
    def post(self, request: Request, book: int) -> Response:
        """Make another link; the one before opens nothing any more."""
        return _shown(request, sharing.renew_link(access.book_to_change(request, book)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, book: int) -> Response:
        """Take the book back: it is its owner's alone again."""
        book_row = access.book_to_change(request, book)
        sharing.set_sharing(book_row, Visibility.PRIVATE, book_row.licence, book_row.attribution)
        return Response(status=204)


class SharedApi(APIView):
    """What a link opens."""

    permission_classes = (AllowAny,)

    class Input(serializers.Serializer):
        """What stands behind `#` in the link."""

        key = TextField(most=100)

    class Output(serializers.Serializer):
        """The book."""

        book = serializers.IntegerField()

    @extend_schema(request=Input, responses=Output)
    def post(self, request: Request) -> Response:
        """Let this session read the book; 404 where the link was revoked."""
        fields = fields_of(self.Input, request.data)
        book = sharing.open_link(request.session, fields["key"])
        return answer(self.Output, {"book": book.pk})


class ReportOutput(serializers.Serializer):
    """What somebody wrote of a book."""

    id = serializers.IntegerField()
    book = serializers.IntegerField()
    title = serializers.CharField()
    reason = serializers.ChoiceField(Complaint.choices)
    words = serializers.CharField()
    by = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    taken_down = serializers.BooleanField(help_text="For it, and still.")


def _told(row: Report) -> dict[str, Any]:
    return {
        "id": row.pk,
        "book": row.book_id,
        "title": row.book.title,
        "reason": row.reason,
        "words": row.words,
        "by": row.reporter.username if row.reporter else None,
        "created_at": row.created_at,
        "closed_at": row.closed_at,
        "taken_down": row.taken_down and row.book.taken_down_at is not None,
    }


class BookReportApi(APIView):
    """A word to the operator: this book should not be shown."""

    permission_classes = (AllowAny,)

    class Input(serializers.Serializer):
        """Why."""

        reason = serializers.ChoiceField(Complaint.choices)
        words = TextField(required=False, default="", most=MAX_WORDS)

    @extend_schema(request=Input, responses={201: None})
    def post(self, request: Request, book: int) -> Response:
        """Report a book that one can read."""
        book_row = access.book_to_read(request, book)
        fields = fields_of(self.Input, request.data)
        limits.count((limits.REPORT, limits.address_of(request)))
        reporter = request.user if request.user.is_authenticated else None
        sharing.report(book_row, reporter, **fields)
        return Response({}, status=201)


class ReportListApi(PersonApi):
    """What was reported."""

    permission_classes = (IsAdmin,)
    pagination_class = Pages

    class Filter(serializers.Serializer):
        """Which."""

        state = serializers.ChoiceField(("open", "closed"), required=False, default="open")

    @extend_schema(
        parameters=[
            OpenApiParameter("state", str, enum=("open", "closed")),
        ],
        responses=ReportOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        """List reports that nobody has looked at yet, or the others; newest first."""
        fields = fields_of(self.Filter, request.query_params)
        is_open = fields["state"] == "open"
        rows = Report.objects.select_related("book", "reporter").filter(closed_at__isnull=is_open)
        return answer_page(ReportOutput, rows, request, self, lambda page: [*map(_told, page)])


WHY = OpenApiParameter("why", str, description="What its owner is told.")


class ReportApi(PersonApi):
    """A report."""

    permission_classes = (IsAdmin,)

    @extend_schema(parameters=[WHY], responses={204: None})
    def delete(self, request: Request, report: int) -> Response:
        """Close a report and leave the book as it is; its owner is told."""
        row = Report.objects.select_related("book").filter(pk=report).first()
        if row is None:
            raise Http404
        sharing.close_report(row, request.user, _why(request))
        return Response(status=204)


class TakeDownApi(PersonApi):
    """An operator's last word on a book."""

    permission_classes = (IsAdmin,)

    class Input(serializers.Serializer):
        """What its owner is told."""

        why = TextField(required=False, default="", most=MAX_WORDS)

    @extend_schema(request=Input, responses={204: None})
    def put(self, request: Request, book: int) -> Response:
        """Keep a book that was shown or reported from everybody but its owner."""
        fields = fields_of(self.Input, request.data)
        book_row = sharing.shown_or_reported(book)
        sharing.take_down(book_row, request.user, fields["why"])
        return Response(status=204)

    @extend_schema(parameters=[WHY], responses={204: None})
    def delete(self, request: Request, book: int) -> Response:
        """Let its owner show it again."""
        sharing.put_back(sharing.shown_or_reported(book), _why(request))
        return Response(status=204)


def _why(request: Request) -> str:
    """Return what the owner is told, behind `?why=`."""
    fields = fields_of(TakeDownApi.Input, request.query_params)
    return str(fields["why"])
