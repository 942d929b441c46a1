"""Pages of other sites: those that the setting names, and no others."""

from __future__ import annotations

import pytest
from asking import ask
from flask import Flask

from kosorong.errors import UsageError
from kosorong.serving.app import create_app
from kosorong.serving.models import Models
from kosorong.serving.settings import Settings, read_settings
from toy_serving import TOKEN

SITE = "https://books.example.org"
_ASKS = {
    "Origin": SITE,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization",
}


def server(models: Models, *origins: str, local: bool = False) -> Flask:
    return create_app(models, Settings(token=TOKEN, origins=frozenset(origins), local=local))


@pytest.mark.parametrize("origins", [(SITE,), ("*",)])
@pytest.mark.parametrize("local", [True, False])
def test_a_page_of_a_named_site_asks_and_reads(
    models: Models, origins: tuple[str, ...], local: bool
) -> None:
    app = server(models, *origins, local=local)
    before = ask(app, "OPTIONS", "/v1/audio/speech", headers=_ASKS)
    assert before.status_code == 204
    assert "Authorization" in before.headers["Access-Control-Allow-Headers"]
    headers = {"Origin": SITE, "Sec-Fetch-Site": "cross-site", "Authorization": f"Bearer {TOKEN}"}
    answer = ask(app, "GET", "/v1/models", headers=headers)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, SITE)
    assert answer.headers["Vary"] == "Origin"


def test_an_error_can_be_read_too(models: Models) -> None:
    answer = ask(server(models, SITE), "GET", "/v1/models", headers={"Origin": SITE})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (401, SITE)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{SITE}.evil.example", ""])
def test_no_other_page_reads_anything(models: Models, origin: str) -> None:
    for app in (server(models, SITE), server(models)):
        for method in ("OPTIONS", "GET"):
            answer = ask(app, method, "/v1/models", headers={**_ASKS, "Origin": origin})
            assert "Access-Control-Allow-Origin" not in answer.headers
            assert "Access-Control-Allow-Headers" not in answer.headers


def test_a_rebound_name_stays_refused(models: Models) -> None:
    headers = {"Origin": SITE, "Host": "evil.example"}
    answer = ask(server(models, SITE, local=True), "GET", "/health", headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("value", ["books.example.org", "https://a.example/path", "https://*"])
def test_what_is_no_origin_stops_the_start(value: str) -> None:
    with pytest.raises(UsageError, match="KOSORONG_INFERENCE_ORIGINS"):
        read_settings({"KOSORONG_INFERENCE_ORIGINS": value})
