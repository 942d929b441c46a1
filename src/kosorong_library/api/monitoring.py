"""Readiness, metrics and the operator's page."""

from __future__ import annotations

import hmac
from dataclasses import asdict, dataclass

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from kosorong import __version__
from kosorong_library.api.bodies import answer
from kosorong_library.api.permissions import IsAdmin
from kosorong_library.config.errors import shape
from kosorong_library.monitoring import metrics, selectors


class ReadyApi(APIView):
    """Whether this process can do its work."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    class Output(serializers.Serializer):
        """`ready`."""

        status = serializers.CharField()

    @extend_schema(responses=Output)
    def get(self, request: Request) -> HttpResponseBase:
        """Ask database, storage and queue; 503 and which of them is not well."""
        problems = {name: problem for name, problem in selectors.checks().items() if problem}
        if problems:
            words = f"The service is not ready: {', '.join(sorted(problems))}; its log says more."
            # What is wrong may name hosts and folders: that is for the log, not for everybody.
            selectors.tell(problems)
            return shape(words, 503, {"checks": sorted(problems)})
        return answer(self.Output, {"status": "ready"})


@dataclass(frozen=True, slots=True)
class Watcher:
    """A program that shows the token of the metrics; it may read them and nothing else."""

    is_authenticated: bool = True
    is_admin: bool = True


class MetricsToken(BaseAuthentication):
    """`Authorization: Bearer` with what `KOSORONG_METRICS_TOKEN` says."""

    def authenticate(self, request: Request) -> tuple[Watcher, None] | None:
        """Return the watcher; None where another token, or none, is shown."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        wanted = settings.METRICS_TOKEN
        same = hmac.compare_digest(token.strip().encode(), wanted.encode())
        return (Watcher(), None) if wanted and scheme.lower() == "bearer" and same else None

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return "Bearer"


class MetricsApi(APIView):
    """Counts and times, for Prometheus."""

    authentication_classes = (MetricsToken, *APIView.authentication_classes)
    permission_classes = (IsAdmin,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Return the page."""
        work, room = selectors.work(), selectors.room()
        values = {
            **{f"segments_{name}": getattr(work, name) for name in ("waiting", "ready", "held")},
            "segments_failed": work.failed,
            "exports_waiting": work.exports,
            "tasks_waiting": work.tasks,
            "workers": work.workers,
            "books_producing": work.books,
            **{f"{name}_bytes": value for name, value in asdict(room).items()},
        }
        counted = apps.get_app_config("watch").requests
        page = "\n".join((*counted.lines(), *metrics.gauges(values), ""))
        return HttpResponse(page, content_type="text/plain; version=0.0.4; charset=utf-8")


class WatchOutput(serializers.Serializer):
    """How the service is."""

    version = serializers.CharField()
    inference = serializers.BooleanField()
    checks = serializers.DictField()
    work = serializers.DictField()
    room = serializers.DictField()
    failures = serializers.ListField()
    waited_for = serializers.ListField()


def _state() -> dict[str, object]:
    return {
        "version": __version__,
        "inference": selectors.is_inference_there(),
        "checks": selectors.checks(),
        "work": asdict(selectors.work()),
        "room": asdict(selectors.room()),
        "failures": [asdict(failure) for failure in selectors.failures()],
        "waited_for": selectors.waited_for(),
    }


class WatchApi(APIView):
    """How the service is, for admins."""

    permission_classes = (IsAdmin,)

    @extend_schema(responses=WatchOutput)
    def get(self, request: Request) -> Response:
        """Return queue, failures, disk and memory."""
        return answer(WatchOutput, _state())


class WatchPage(APIView):
    """The same, for people: a page without scripts that comes anew by itself."""

    permission_classes = (IsAdmin,)

    def handle_exception(self, exc: Exception) -> HttpResponseBase:
        """Send whoever did not log in to where that is done."""
        if isinstance(exc, NotAuthenticated):
            return HttpResponseRedirect("/login?next=/watch/")
        return super().handle_exception(exc)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Return the page."""
        return render(request, "watch/watch.html", _state())
