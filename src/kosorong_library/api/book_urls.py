"""Addresses under /api/books/."""

from __future__ import annotations

from django.urls import include, path

from kosorong_library.api import books, corrections, edits, listening, sharing, shelf
from kosorong_library.api.costs import BookCostApi
from kosorong_library.api.covers import CoverApi
from kosorong_library.api.exports import ExportApi
from kosorong_library.api.feeds import FeedApi
from kosorong_library.api.korean_sounds import KoreanAudioApi
from kosorong_library.api.narrations import NarrationApi
from kosorong_library.api.recordings import RecordingApi
from kosorong_library.api.segment_lists import SegmentListApi
from kosorong_library.api.timelines import TimelineApi

_CORRECTION = [
    path("", corrections.CorrectionApi.as_view()),
    path("vote/", corrections.VoteApi.as_view()),
    path("accept/", corrections.AcceptApi.as_view()),
    path("decline/", corrections.DeclineApi.as_view()),
    path("keep/", corrections.KeepApi.as_view()),
    path("undo/", corrections.UndoApi.as_view()),
    path("everywhere/", corrections.EverywhereApi.as_view()),
]
urlpatterns = [
    path("", books.BookListApi.as_view()),
    path("preview/", books.BookPreviewApi.as_view()),
    path("choices/", shelf.BookChoicesApi.as_view()),
    path("<id:book>/", books.BookApi.as_view()),
    path("<id:book>/cost/", BookCostApi.as_view()),
    path("<id:book>/cover/", CoverApi.as_view()),
    path("<id:book>/events/", books.BookEventsApi.as_view()),
    path("<id:book>/audio/", books.BookAudioApi.as_view()),
    path("<id:book>/produce/", books.ProduceApi.as_view()),
    path("<id:book>/pause/", books.PauseApi.as_view()),
    path("<id:book>/cancel/", books.CancelApi.as_view()),
    path("<id:book>/timeline/", TimelineApi.as_view()),
    path("<id:book>/segments/", SegmentListApi.as_view()),
    path("<id:book>/segments/<id:segment>/", books.SegmentApi.as_view()),
    path("<id:book>/segments/<id:segment>/audio/", books.SegmentAudioApi.as_view()),
    path("<id:book>/segments/<id:segment>/korean/", KoreanAudioApi.as_view()),
    path("<id:book>/segments/<id:segment>/history/", edits.HistoryApi.as_view()),
    path("<id:book>/segments/<id:segment>/undo/", edits.UndoEditApi.as_view()),
    path("<id:book>/segments/<id:segment>/recording/", RecordingApi.as_view()),
    path("<id:book>/corrections/", corrections.CorrectionListApi.as_view()),
    path("<id:book>/corrections/<id:correction>/", include(_CORRECTION)),
    path("<id:book>/chapters/<id:chapter>/audio/", books.ChapterAudioApi.as_view()),
    path("<id:book>/chapters/<id:chapter>/narration/", NarrationApi.as_view()),
    path("<id:book>/exports/<str:format>/", ExportApi.as_view()),
    path("<id:book>/feed/", FeedApi.as_view()),
    path("<id:book>/share/", sharing.ShareApi.as_view()),
    path("<id:book>/report/", sharing.BookReportApi.as_view()),
    path("<id:book>/takedown/", sharing.TakeDownApi.as_view()),
    path("<id:book>/position/", listening.PositionApi.as_view()),
    path("<id:book>/bookmarks/", listening.BookmarkListApi.as_view()),
    path("<id:book>/bookmarks/<id:bookmark>/", listening.BookmarkApi.as_view()),
]
