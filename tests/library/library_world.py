"""A library with one of everything, and everybody who might ask for it."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponseBase
from django.urls import get_resolver
from library_people import client_of, make
from rest_framework.test import APIClient

from kosorong.audio.wav import wav_bytes
from kosorong.book.covers import draw_cover
from kosorong_library.accounts.models import Invitation, User
from kosorong_library.library.models import Book, Report
from kosorong_library.studio.models import Correction

ROLES = ("nobody", "listener", "maker", "corrector", "admin", "owner")
"""Who asks: the owner last, who may delete what the others are to be refused."""
SHELVES = ("private", "unlisted", "linked", "public")
"""How a book is shared: `linked` is unlisted, and whoever asks opened its link."""
VERBS = ("get", "post", "put", "patch", "delete")
RATE = 22_050
TEXT = "눈이 왔다. 바람도 불었다.\n\n돌담 위에 새가 앉았다."


def routes() -> dict[str, Any]:
    """Return every address of the resolver with its view; those of the admin site as one."""
    return dict(sorted(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: Iterable[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        path = prefix + str(one.pattern)
        if path == "admin/":
            yield path, None
        elif hasattr(one, "url_patterns"):
            yield from _walk(one.url_patterns, path)
        else:
            yield path, getattr(one.callback, "cls", one.callback)


def verbs_of(view: Any) -> list[str]:
    """Return the verbs that a view answers; a plain function only shows something."""
    return [verb for verb in VERBS if hasattr(view, verb)] or ["get"]


def picture() -> SimpleUploadedFile:
    """Return a cover that somebody may bring."""
    return SimpleUploadedFile("겉.png", draw_cover("겉", ""))


def sound() -> SimpleUploadedFile:
    """Return a second of a tone as an upload."""
    tone = (0.1 * np.sin(0.06 * np.arange(RATE))).astype(np.float32)
    return SimpleUploadedFile("말.wav", wav_bytes(tone, RATE))


@dataclass
class World:
    """Who asks, and the number of each thing by the shelf it stands on."""

    clients: dict[str, APIClient]
    numbers: dict[str, dict[str, Any]]

    def path(self, route: str, shelf: str) -> str:
        """Return an address with numbers in it."""
        known = self.numbers[shelf]
        book = known["told" if "narration" in route else "book"]
        filled = {**known, "book": book, "format": "vtt"}
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(filled[found[1]]), route)


def _story(
    owner: APIClient, proposer: APIClient, work: Callable[[], int], **choices: Any
) -> dict[str, Any]:
    """Make a book with a correction, a bookmark, a recording, an edit; return the numbers."""
    book = owner.post("/api/books/", {"title": "겨울", "text": TEXT, **choices}).json()["id"]
    work()
    path = f"/api/books/{book}/"
    lines = [one["id"] for one in owner.get(f"{path}segments/").json()["results"]]
    Book.objects.filter(pk=book).update(visibility="public", licence="CC BY 4.0")
    proposed = {"segment": lines[0], "text": "ᄇᆞ름 ᄇᆞᆯ안."}
    correction = proposer.post(f"{path}corrections/", proposed).json()["id"]
    owner.patch(f"{path}segments/{lines[1]}/", {"text": "ᄇᆞ름도 불언."})
    body = {"audio": sound(), "consent": "true"}
    sent = owner.put(f"{path}segments/{lines[1]}/recording/", body, format="multipart")
    assert sent.status_code == 200, sent.content
    mark = owner.post(f"{path}bookmarks/", {"segment": lines[0]}).json()["id"]
    work()
    owner.get(f"{path}exports/vtt/?wait=0")
    work()
    return {
        "book": book,
        "segment": lines[1],
        "chapter": 0,
        "correction": correction,
        "bookmark": mark,
    }


def _told(owner: APIClient) -> int:
    """Make a book that a person reads; return its number."""
    body = {"title": "말", "text": "혼저 옵서.", "language": "jje", "narrated": True}
    book = owner.post("/api/books/", body).json()["id"]
    body = {"audio": sound(), "consent": "true"}
    sent = owner.put(f"/api/books/{book}/chapters/0/narration/", body, format="multipart")
    assert sent.status_code == 202, sent.content
    return book


def _everybodys_place(clients: dict[str, APIClient], numbers: dict[str, Any]) -> None:
    body = {"segment": numbers["segment"], "audio_ms": 1, "client_time": "2026-01-01T00:00:00Z"}
    for name in ROLES[1:]:
        put = clients[name].put(f"/api/books/{numbers['book']}/position/", body)
        assert put.status_code == 200, put.content


def build(owner: User, work: Callable[[], int]) -> World:
    """Return the world."""
    people = {name: make(name, name) for name in ("listener", "maker", "corrector", "admin")}
    users = {"nobody": None, **people, "owner": owner}
    clients = {name: client_of(user) for name, user in users.items()}
    mine = clients["owner"]
    guest = client_of(make("guest", "maker"))
    shared = {"user": people["maker"].pk}
    shared["token"] = mine.post("/api/tokens/", {"name": "program"}).json()["id"]
    spoken = {"term": "돌담", "spoken": "돌땀"}
    shared["pronunciation"] = mine.post("/api/pronunciations/", spoken).json()["id"]
    fixed = {"korean": "돌담", "jeju": "잣담"}
    shared["term"] = mine.post("/api/terms/", fixed).json()["id"]
    clients["admin"].post("/api/accounts/invitations/", {})
    shared["invitation"] = Invitation.objects.get().pk
    # What somebody complained of may be looked at by admins: it stands apart.
    bad = mine.post("/api/books/", {"text": "나쁜 말."}).json()["id"]
    shared["report"] = Report.objects.create(book_id=bad, reason="other").pk
    numbers = {}
    for shelf in SHELVES:
        known = {**shared, **_story(mine, guest, work), "told": _told(mine)}
        _everybodys_place(clients, known)
        numbers[shelf] = known
        asked = "unlisted" if shelf == "linked" else shelf
        for book in (known["book"], known["told"]):
            path = f"/api/books/{book}/share/"
            told = mine.put(path, {"visibility": asked, "licence": "CC BY 4.0"}).json()
            if shelf == "linked":
                key = {"key": told["link"].partition("#")[2]}
                for client in clients.values():
                    assert client.post("/api/shared/", key).status_code == 200
    assert Correction.objects.filter(state="open").count() == len(SHELVES)
    return World(clients, numbers)


def drained(answer: HttpResponseBase) -> int:
    """Read and close an answer that is streamed."""
    if answer.streaming:
        io.BytesIO(b"".join(answer.streaming_content))
    let_go(answer)
    return answer.status_code


def let_go(answer: HttpResponseBase) -> None:
    """Close an answer that is streamed, read to its end or not."""
    # The end of a request closes its connection to a database: here that is the test's own.
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)
