"""Addresses of the service."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from kosorong_library.api import (
    catalogues,
    converters,  # noqa: F401  # makes <id:…> known
    edits,
    pages,
    terms,
)
from kosorong_library.api.corrections import TrainingApi
from kosorong_library.api.exports import VoiceListApi
from kosorong_library.api.lexicon import LexiconApi
from kosorong_library.api.listening import SettingsApi
from kosorong_library.api.monitoring import MetricsApi, ReadyApi, WatchApi, WatchPage
from kosorong_library.api.recordings import TermsApi
from kosorong_library.api.sharing import ReportApi, ReportListApi, SharedApi
from kosorong_library.api.spelling import SpellingApi
from kosorong_library.config import errors

urlpatterns = [
    path("api/books/", include("kosorong_library.api.book_urls")),
    path("api/", include("kosorong_library.api.account_urls")),
    path("api/shared/", SharedApi.as_view()),
    path("api/reports/", ReportListApi.as_view()),
    path("api/reports/<id:report>/", ReportApi.as_view()),
    path("api/corrections/export/", TrainingApi.as_view()),
    path("api/terms/", terms.TermListApi.as_view()),
    path("api/terms/preview/", terms.TermPreviewApi.as_view()),
    path("api/terms/<id:term>/", terms.TermApi.as_view()),
    path("api/pronunciations/", edits.PronunciationListApi.as_view()),
    path("api/pronunciations/preview/", edits.PreviewApi.as_view()),
    path("api/pronunciations/<id:pronunciation>/", edits.PronunciationApi.as_view()),
    path("api/lexicon/", LexiconApi.as_view()),
    path("api/spelling/", SpellingApi.as_view()),
    path("api/recordings/terms/", TermsApi.as_view()),
    path("api/settings/", SettingsApi.as_view()),
    path("api/voices/", VoiceListApi.as_view()),
    path("api/health/", pages.HealthApi.as_view()),
    path("api/ready/", ReadyApi.as_view()),
    path("api/watch/", WatchApi.as_view()),
    path("metrics", MetricsApi.as_view()),
    path("watch/", WatchPage.as_view()),
    path("api/schema/", pages.SchemaApi.as_view(), name="schema"),
    path("api/docs/", pages.DocsApi.as_view()),
    re_path(r"^api(?:/|$)", pages.missing),
    path("opds/", catalogues.CatalogueApi.as_view()),
    path("opds/v2/", catalogues.CatalogueJsonApi.as_view()),
    path("opds/search.xml", catalogues.SearchApi.as_view()),
    # Where readers of feeds and catalogues look for one: the page is none.
    re_path(r"^(?:rss|feed|atom|opds)(?:/|$)", pages.missing),
    # What the admin site does not name, browsers look for here.
    path("favicon.ico", RedirectView.as_view(url="/favicon.svg", permanent=True)),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("admin/", admin.site.urls),
    re_path(r"", pages.page),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
