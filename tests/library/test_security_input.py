"""Hostile texts, types and files in every field that takes something."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.library.models import Book

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
HOSTILE = (
    SCRIPT,
    "'; DROP TABLE library_book; --",
    '" OR 1=1 --',
    "%' UNION SELECT digest FROM accounts_token --",
    "{{7*7}}{% debug %}${7*7}",
    "../../../../etc/passwd\x00.txt",
    "\u202e\u0000\ud7ff\uffff\U0001f34a",
    "a\r\nSet-Cookie: x=1",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_data_in_every_field_of_a_book(
    api: APIClient, work: Callable[[], int], text: str
) -> None:
    body = {"title": text, "text": f"{text} 눈이 왔다.", "voice": text[:100]}
    answer = api.post("/api/books/", body)
    assert answer.status_code in {201, 400}, answer.content
    assert answer["Content-Type"] == "application/json"
    work()
    for params in ({"search": text}, {"language": text}, {"page": text}, {"page_size": text}):
        found = api.get("/api/books/", params)
        assert found.status_code in {200, 400, 404}
        assert set(found.json()) in ({"message", "extra"}, {"count", "next", "previous", "results"})
    assert Book.objects.count() <= 1


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_data_in_every_field_of_a_segment_and_a_place(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], text: str
) -> None:
    one = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/"
    for field in ("text", "beside", "spoken"):
        assert api.patch(one, {field: text}).status_code in {200, 400}
    place = {"segment": text, "audio_ms": text, "client_time": text}
    assert api.put(f"/api/books/{ready['id']}/position/", place).status_code == 400


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_data_at_every_door(nobody: APIClient, text: str) -> None:
    doors = {
        "login/": {"name": text, "password": text},
        "register/": {"name": text, "password": text, "mail": text, "code": text, "pin": text},
        "password/reset/": {"mail": text},
        "password/reset/confirm/": {"key": text, "password": text},
    }
    for path, body in doors.items():
        answer = nobody.post(f"/api/accounts/{path}", body)
        assert answer.status_code in {202, 400, 401, 403, 404, 409, 429}, (path, answer.content)
        assert answer["Content-Type"].startswith(("application/json",)) or not answer.content


WRONG: tuple[Any, ...] = (None, 1, 1.5, True, [], {}, [[]], {"a": {}}, [None], "", 10**400, -1)


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_a_wrong_type_is_told_and_never_a_fault(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], value: None
) -> None:
    number = ready["id"]
    asked = [
        ("post", "/api/books/", {"title": value, "text": value}),
        ("post", "/api/books/", {"text": "눈", "language": value, "voice": value}),
        ("post", "/api/books/preview/", {"text": "눈", "include": value, "leave_out": value}),
        ("patch", f"/api/books/{number}/segments/{segments[0]['id']}/", {"text": value}),
        ("put", f"/api/books/{number}/position/", {"segment": value, "audio_ms": value}),
        ("post", "/api/tokens/", {"name": value}),
        ("patch", "/api/accounts/me/", {"mail": value, "password": value}),
        ("post", "/api/books/", value),
    ]
    for method, path, body in asked:
        answer = getattr(api, method)(path, body)
        assert answer.status_code < 500, (path, answer.content)
        if answer.status_code >= 400:
            assert set(answer.json()) == {"message", "extra"}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"text": NaN}', b'{"a":' * 50_000, b'"' + b"a" * 99],
)
def test_a_body_that_is_no_json_is_told(api: APIClient, body: bytes) -> None:
    answer = api.generic("POST", "/api/books/", body, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json()) == {"message", "extra"}


@pytest.mark.parametrize("path", ["/api/books/", "/api/books/preview/"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_a_body_that_is_too_large_is_refused_by_its_header(
    api: APIClient, settings: Settings, kind: str, path: str
) -> None:
    settings.JSON_BYTES = settings.UPLOAD_BYTES = 100
    answer = api.generic("POST", path, b"x" * 101, content_type=kind)
    assert answer.status_code == 413
    assert answer.json()["extra"] == {"limit": 100}


def _zip(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def _nameless() -> bytes:
    entry = zipfile.ZipInfo("x")
    entry.filename = ""
    return _zip((entry, b"x"))


_ENTITY = (
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>'
    '<container><rootfiles><rootfile full-path="&y;"/></rootfiles></container>'
)
FILES = {
    "a.exe": b"MZ",
    "a.epub": b"not a zip",
    "bomb.epub": _zip(("META-INF/container.xml", b"<a>" + b"0" * (64 << 20) + b"</a>")),
    "entity.epub": _zip(("META-INF/container.xml", _ENTITY)),
    "path.epub": _zip(("../../../../tmp/evil.txt", b"x"), ("/etc/evil", b"x")),
    "nameless.epub": _nameless(),
    "..%2f..%2fa.pdf": b"%PDF",
    "a\x00.txt.exe": b"MZ",
}


@pytest.mark.parametrize("path", ["/api/books/", "/api/books/preview/"])
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_with_its_cure(
    api: APIClient, files: Callable[[], list[str]], name: str, path: str
) -> None:
    file = SimpleUploadedFile(name, FILES[name])
    answer = api.post(path, {"file": file}, format="multipart")
    assert answer.status_code == 400, answer.content
    told = answer.json()
    assert set(told) == {"message", "extra"}
    # Where we put it says nothing to whoever sent it.
    assert "kosorong-" not in told["message"]
    assert "root:" not in answer.content.decode()
    assert files() == []
    assert Book.objects.count() == 0


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil.txt", "..\\..\\evil.txt", "a/b.txt"])
def test_a_name_of_a_file_leads_nowhere(
    api: APIClient, files: Callable[[], list[str]], name: str
) -> None:
    file = SimpleUploadedFile("x.txt", "눈이 왔다.".encode())
    file._name = name
    assert api.post("/api/books/", {"file": file}, format="multipart").status_code == 201
    (kept,) = files()
    assert re.fullmatch(r"books/\w{12}/original\.txt", kept)
