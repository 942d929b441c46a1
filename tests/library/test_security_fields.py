"""Scripts and their like in every text field that the description of the API names."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from library_fakes import spelled
from library_people import client_of, make
from library_world import drained, let_go
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.api.pages import _schema
from kosorong_library.library.models import Book
from kosorong_library.studio import inference

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


def _fields(schema: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a JSON body, each with its schema."""
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema", {})
    body = schema["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], body)
    return body.get("properties", {})


def _value(field: dict[str, Any], name: str) -> Any:
    kinds = {"integer": 1, "number": 1.0, "boolean": True, "array": [1]}
    if "$ref" in field or "allOf" in field or "oneOf" in field or "enum" in field:
        return HOSTILE
    return HOSTILE if field.get("type") == "string" else kinds.get(field.get("type"), HOSTILE)


def _operations() -> Iterator[tuple[str, str, str]]:
    schema = _schema()
    for path, verbs in schema["paths"].items():
        for verb, operation in verbs.items():
            fields = _fields(schema, operation)
            texts = [name for name, field in fields.items() if _value(field, name) == HOSTILE]
            for name in texts:
                yield verb, path, name


def test_every_text_field_takes_it_as_data_or_says_no(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.REGISTRATION = "open"
    # The speller stands in the inference server, which tests of the library do without.
    monkeypatch.setattr(inference, "spell", spelled)
    admin = client_of(make("chief", "admin"))
    known = {"book": ready["id"], "segment": segments[0]["id"], "chapter": 0}
    asked = list(_operations())
    assert len(asked) > 30
    for verb, path, name in asked:
        filled = re.sub(r"{(\w+)}", lambda found: str(known.get(found[1], 1)), path)
        for client in (api, admin):
            body = {"segment": segments[0]["id"], "text": "눈", "term": "눈", "spoken": "누운"}
            answer = getattr(client, verb)(filled, {**body, name: HOSTILE})
            kind = answer.headers.get("Content-Type", "application/json")
            assert kind == "application/json", (verb, path, name)
            assert drained(answer) < 500, (verb, path, name)


def test_pages_that_we_write_show_it_as_letters(
    api: APIClient, work: Callable[[], int], settings: Settings, tmp_path: Path
) -> None:
    """The operator's page and the admin site; the page itself is tried in a browser."""
    settings.DATA = tmp_path
    api.post("/api/books/", {"title": HOSTILE, "text": "못읽는다. 눈이 왔다."})
    work()
    assert Book.objects.get().title
    admin = client_of(make("chief", "admin"))
    for path in ("/watch/", "/admin/library/book/", "/admin/accounts/user/", "/api/docs/"):
        page = admin.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;" in admin.get("/admin/library/book/").content.decode()


@pytest.mark.parametrize("kind", ["vtt", "epub"])
def test_files_hold_it_as_letters(api: APIClient, work: Callable[[], int], kind: str) -> None:
    import zipfile
    from io import BytesIO

    # Its first sentence is in no language: to be read all the same.
    sent = {"title": HOSTILE, "text": f"{HOSTILE} 눈이 왔다.", "foreign": "read"}
    book = api.post("/api/books/", sent).json()
    work()
    address = f"/api/books/{book['id']}/exports/{kind}/"
    api.get(address, {"wait": 0})
    work()
    answer = api.get(address)
    data = b"".join(answer.streaming_content)
    let_go(answer)
    # What stands beside WEBVTT is a remark, which no player shows.
    texts = [data.partition(b"\n")[2]]
    if kind == "epub":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            texts = [archive.read(one) for one in archive.namelist() if one.endswith("ml")]
    assert texts
    assert not any(b"<script>alert" in one or b"<img src=x" in one for one in texts)
