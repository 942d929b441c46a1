"""Books on Django's admin site: looked at, taken down."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from kosorong_library.library.models import Book
from kosorong_library.library.services import delete_book


@admin.register(Book)
class BookPage(admin.ModelAdmin):
    """Books."""

    list_display = ("title", "author", "owner", "language", "wish", "created_at")
    list_filter = ("language", "wish")
    list_select_related = ("owner",)
    search_fields = ("title", "author", "owner__username")
    fields = ("title", "author", "owner", "language", "voice", "wish", "warnings", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: the page makes books."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Book | None = None) -> bool:
        """Return False: what is made of a book would not follow."""
        return False

    def delete_model(self, request: HttpRequest, obj: Book) -> None:
        """Delete a book with its files."""
        delete_book(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Book]) -> None:
        """Delete books with their files."""
        for book in queryset:
            delete_book(book)
