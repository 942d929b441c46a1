"""Addresses under /api/books/."""

from __future__ import annotations

from django.urls import path

from kosorong_library.library import apis
from kosorong_library.listening.apis import PositionApi
from kosorong_library.studio.apis import ExportApi

urlpatterns = [
    path("", apis.BookListApi.as_view()),
    path("<id:book>/", apis.BookApi.as_view()),
    path("<id:book>/events/", apis.BookEventsApi.as_view()),
    path("<id:book>/audio/", apis.BookAudioApi.as_view()),
    path("<id:book>/produce/", apis.ProduceApi.as_view()),
    path("<id:book>/pause/", apis.PauseApi.as_view()),
    path("<id:book>/cancel/", apis.CancelApi.as_view()),
    path("<id:book>/segments/", apis.SegmentListApi.as_view()),
    path("<id:book>/segments/<id:segment>/", apis.SegmentApi.as_view()),
    path("<id:book>/segments/<id:segment>/audio/", apis.SegmentAudioApi.as_view()),
    path("<id:book>/chapters/<id:chapter>/audio/", apis.ChapterAudioApi.as_view()),
    path("<id:book>/exports/<str:format>/", ExportApi.as_view()),
    path("<id:book>/position/", PositionApi.as_view()),
]
