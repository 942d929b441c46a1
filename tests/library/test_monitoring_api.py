"""Watching: ids from page to inference, metrics, readiness, the operator's page."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong.logs import HEADER, JsonLines, following
from kosorong_library.accounts.models import Role, User
from kosorong_library.library.models import Segment, State
from kosorong_library.monitoring import selectors


@pytest.fixture(autouse=True)
def _counted_anew(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def admin_api(owner: User, api: APIClient) -> APIClient:
    owner.role = Role.ADMIN
    owner.save()
    return api


class _Health(BaseHTTPRequestHandler):
    heard: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        self.heard.append(self.headers.get(HEADER))
        body = json.dumps({"status": "ok", "voices": []}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: str) -> None:
        pass


@pytest.fixture
def heard(settings: Settings) -> Iterator[list[str | None]]:
    """Give the ids that an inference server hears."""
    _Health.heard.clear()
    with HTTPServer(("127.0.0.1", 0), _Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.INFERENCE_URL = f"http://127.0.0.1:{server.server_port}"
        yield _Health.heard
        server.shutdown()


def test_one_id_goes_from_the_page_to_the_inference_server(
    api: APIClient, heard: list[str | None]
) -> None:
    answer = api.get("/api/voices/", headers={HEADER: "page-0123-abcd"})
    assert answer[HEADER] == "page-0123-abcd"
    assert heard == ["page-0123-abcd"]


@pytest.mark.parametrize("sent", ["", "a b c d e f g", "x" * 65, "short", "line\\nbreak-123"])
def test_an_id_that_could_forge_a_line_is_replaced(api: APIClient, sent: str) -> None:
    given = api.get("/api/health/", headers={HEADER: sent})[HEADER]
    assert given != sent
    assert len(given) == 16


def test_a_log_line_carries_the_id_and_what_was_asked(
    api: APIClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "kosorong.request"):
        api.get("/api/books/?search=secret", headers={HEADER: "page-0123-abcd"})
    record = caplog.records[-1]
    with following("page-0123-abcd"):
        line = json.loads(JsonLines().format(record))
    assert (line["request"], line["status"], line["path"]) == (
        "page-0123-abcd",
        200,
        "/api/books/",
    )
    assert "secret" not in json.dumps(line)


def test_readiness_tells_which_part_is_not_well(
    nobody: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert nobody.get("/api/ready/").json() == {"status": "ready"}
    monkeypatch.setattr(selectors, "_storage", lambda: "bucket of nobody at 10.0.0.1")
    answer = nobody.get("/api/ready/")
    assert answer.status_code == 503
    assert answer.json()["extra"] == {"checks": ["storage"]}
    assert "10.0.0.1" not in answer.content.decode()
    assert nobody.post("/api/ready/").status_code == 405


def test_metrics_are_for_admins_and_for_whoever_has_the_token(
    api: APIClient, nobody: APIClient, other: APIClient, settings: Settings, owner: User
) -> None:
    assert nobody.get("/metrics").status_code == 401
    assert other.get("/metrics").status_code == 403
    assert api.get("/metrics").status_code == 403
    settings.METRICS_TOKEN = "m" * 40
    for token, status in (("m" * 40, 200), ("n" * 40, 401), ("", 401)):
        answer = nobody.get("/metrics", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status
    # It opens nothing else.
    given = {"Authorization": f"Bearer {'m' * 40}"}
    assert nobody.get("/api/watch/", headers=given).status_code == 401
    assert nobody.get("/watch/", headers=given).status_code == 401


def test_metrics_count_requests_and_work(admin_api: APIClient, book: dict[str, Any]) -> None:
    admin_api.get(f"/api/books/{book['id']}/")
    page = admin_api.get("/metrics").content.decode()
    values = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
    label = 'route="api/books/<id:book>/",method="GET",status="200"'
    assert int(values[f"kosorong_library_requests_total{{{label}}}"]) >= 1
    assert values["kosorong_library_segments_waiting"] == str(book["segments"]["total"])
    assert float(values["kosorong_library_disk_free_bytes"]) > 0
    # Every line of values belongs to a line that says what kind they are.
    kinds = {line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")}
    names = {key.partition("{")[0] for key in values}
    endings = ("_bucket", "_sum", "_count")
    assert {n.removesuffix(next((e for e in endings if n.endswith(e)), "")) for n in names} <= kinds


def test_the_operator_sees_queue_failures_disk_and_memory(
    admin_api: APIClient, book: dict[str, Any], heard: list[str | None]
) -> None:
    first = Segment.objects.filter(book=book["id"]).first()
    Segment.objects.filter(pk=first.pk).update(state=State.FAILED, problem="<b>cannot be read</b>")
    seen = admin_api.get("/api/watch/").json()
    assert seen["inference"] is True
    assert set(seen["checks"].values()) == {""}
    assert seen["work"]["failed"] == 1
    assert seen["failures"][0]["book"] == book["id"]
    assert seen["room"]["disk_total"] > seen["room"]["disk_free"] > 0
    page = admin_api.get("/watch/").content.decode()
    assert "코소롱 살펴보기" in page
    assert "&lt;b&gt;cannot be read" in page
    assert "<script" not in page
    assert "style=" not in page


def test_the_operators_page_is_for_admins(
    nobody: APIClient, other: APIClient, api: APIClient
) -> None:
    assert nobody.get("/watch/")["Location"] == "/login?next=/watch/"
    for client, status in ((nobody, 401), (other, 403), (api, 403)):
        assert client.get("/api/watch/").status_code == status
    assert other.get("/watch/").status_code == 403
    assert api.post("/api/watch/").status_code in {403, 405}


def test_a_library_whose_queue_is_away_is_still_seen(
    admin_api: APIClient, heard: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise ConnectionError

    monkeypatch.setattr(selectors.queue, "length", away)
    monkeypatch.setattr(selectors.queue, "outages", lambda: (ConnectionError,))
    seen = admin_api.get("/api/watch/").json()
    assert seen["work"]["tasks"] == -1


def test_the_page_of_a_machine_of_ones_own_needs_no_log_in(
    nobody: APIClient, settings: Settings, heard: list[str | None]
) -> None:
    settings.SINGLE_USER = True
    User.objects.create_user("machine", role=Role.ADMIN).set_unusable_password()
    assert nobody.get("/watch/", headers={"Host": "localhost"}).status_code == 200


def test_the_style_of_the_page_is_a_file_of_ours() -> None:
    from django.contrib.staticfiles import finders

    assert Path(finders.find("watch/watch.css")).is_file()
