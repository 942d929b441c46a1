"""Addresses under /api/books/."""

from __future__ import annotations

from django.urls import include, path

from kosorong_library.library import apis, share_apis
from kosorong_library.listening import apis as listening
from kosorong_library.studio import correction_apis, edit_apis
from kosorong_library.studio.apis import ExportApi
from kosorong_library.studio.narration_apis import NarrationApi
from kosorong_library.studio.recording_apis import RecordingApi

_CORRECTION = [
    path("", correction_apis.CorrectionApi.as_view()),
    path("vote/", correction_apis.VoteApi.as_view()),
    path("accept/", correction_apis.AcceptApi.as_view()),
    path("decline/", correction_apis.DeclineApi.as_view()),
    path("keep/", correction_apis.KeepApi.as_view()),
    path("undo/", correction_apis.UndoApi.as_view()),
    path("everywhere/", correction_apis.EverywhereApi.as_view()),
]
urlpatterns = [
    path("", apis.BookListApi.as_view()),
    path("preview/", apis.BookPreviewApi.as_view()),
    path("<id:book>/", apis.BookApi.as_view()),
    path("<id:book>/events/", apis.BookEventsApi.as_view()),
    path("<id:book>/audio/", apis.BookAudioApi.as_view()),
    path("<id:book>/produce/", apis.ProduceApi.as_view()),
    path("<id:book>/pause/", apis.PauseApi.as_view()),
    path("<id:book>/cancel/", apis.CancelApi.as_view()),
    path("<id:book>/segments/", apis.SegmentListApi.as_view()),
    path("<id:book>/segments/<id:segment>/", apis.SegmentApi.as_view()),
    path("<id:book>/segments/<id:segment>/audio/", apis.SegmentAudioApi.as_view()),
    path("<id:book>/segments/<id:segment>/history/", edit_apis.HistoryApi.as_view()),
    path("<id:book>/segments/<id:segment>/undo/", edit_apis.UndoEditApi.as_view()),
    path("<id:book>/segments/<id:segment>/recording/", RecordingApi.as_view()),
    path("<id:book>/corrections/", correction_apis.CorrectionListApi.as_view()),
    path("<id:book>/corrections/<id:correction>/", include(_CORRECTION)),
    path("<id:book>/chapters/<id:chapter>/audio/", apis.ChapterAudioApi.as_view()),
    path("<id:book>/chapters/<id:chapter>/narration/", NarrationApi.as_view()),
    path("<id:book>/exports/<str:format>/", ExportApi.as_view()),
    path("<id:book>/share/", share_apis.ShareApi.as_view()),
    path("<id:book>/report/", share_apis.BookReportApi.as_view()),
    path("<id:book>/takedown/", share_apis.TakeDownApi.as_view()),
    path("<id:book>/position/", listening.PositionApi.as_view()),
    path("<id:book>/bookmarks/", listening.BookmarkListApi.as_view()),
    path("<id:book>/bookmarks/<id:bookmark>/", listening.BookmarkApi.as_view()),
]
