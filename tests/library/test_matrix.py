"""Every address × everybody: `who_may_what.tsv` says what each is answered, and it is so.

A row is an address and a verb; for what belongs to a book, and how the book is shared: `private`,
`unlisted` and its link not opened, `linked` and opened, `public`. An address without a row fails;
the failure shows the row as it would be.
"""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from library_fakes import spelled
from library_world import (
    ROLES,
    SHELVES,
    VERBS,
    World,
    build,
    drained,
    picture,
    routes,
    sound,
    verbs_of,
)
from numpy.typing import NDArray
from pytest_django import Settings

from kosorong.client.models import AlignedWords
from kosorong.ports import WordTime
from kosorong_library.accounts.models import User
from kosorong_library.studio import inference

TABLE = Path(__file__).with_name("who_may_what.tsv")
BODIES = {
    "post api/accounts/login/": {"name": "owner", "password": "pass-word-1"},
    "post api/accounts/register/": {"name": "새사람", "password": "한라산 백록담 노루 셋"},
    "post api/accounts/close/": {"password": "pass-word-1"},
    "patch api/accounts/me/": {"mail": "a@example.com", "password": "pass-word-1"},
    "post api/accounts/password/": {"old": "pass-word-1", "password": "한라산 백록담 노루 셋"},
    "post api/accounts/password/reset/": {"mail": "a@example.com"},
    "post api/accounts/password/reset/confirm/": {"key": "x.y", "password": "한라산 백록담 노루"},
    "patch api/accounts/users/<id:user>/": {"role": "listener"},
    "post api/accounts/invitations/": {"note": "이웃"},
    "post api/tokens/": {"name": "another"},
    "post api/shared/": {"key": "nothing"},
    "patch api/settings/": {"speed": 1.5},
    "post api/accounts/mail/confirm/": {"key": "x.y"},
    "post api/terms/": {"korean": "눈", "jeju": "눈"},
    "post api/terms/preview/": {"korean": "눈", "jeju": "눈"},
    "post api/pronunciations/": {"term": "눈", "spoken": "누운"},
    "post api/pronunciations/preview/": {"term": "눈", "spoken": "누운"},
    "get api/lexicon/": {"form": "바당"},
    "post api/spelling/": {"text": "ᄒᆞᆫ저 옵서."},
    "post api/books/": {"text": "눈이 왔다."},
    "post api/books/preview/": {"text": "눈이 왔다."},
    "patch api/books/<id:book>/": {"author": "고은실"},
    "post api/books/<id:book>/cost/": {"strength": 0.5},
    "patch api/books/<id:book>/segments/<id:segment>/": {"text": "ᄇᆞ름."},
    "post api/books/<id:book>/corrections/": {"segment": "segment", "text": "ᄇᆞ름 ᄂᆞ려."},
    "patch api/books/<id:book>/corrections/<id:correction>/": {"consent": True},
    "post api/books/<id:book>/corrections/<id:correction>/everywhere/": {"segments": ["segment"]},
    "put api/books/<id:book>/share/": {"visibility": "private"},
    "post api/books/<id:book>/report/": {"reason": "other"},
    "put api/books/<id:book>/takedown/": {"why": "남의 글"},
    "post api/books/<id:book>/bookmarks/": {"segment": "segment"},
    "put api/books/<id:book>/position/": {
        "segment": "segment",
        "audio_ms": 5,
        "client_time": "2026-01-02T00:00:00Z",
    },
}
"""What is sent: right in itself, so that only who asks decides."""
UPLOADS = ("recording/", "narration/")


@pytest.fixture
def world(
    settings: Settings,
    tmp_path: Path,
    owner: User,
    work: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    def align(samples: NDArray[np.float32], rate: int, text: str) -> AlignedWords:
        words = text.split()
        each = len(samples) / rate / len(words)
        times = [WordTime(word, n * each, (n + 1) * each) for n, word in enumerate(words)]
        return AlignedWords(tuple(times), 0.5)

    monkeypatch.setattr(inference, "align", align)
    monkeypatch.setattr(inference, "voices", list)
    monkeypatch.setattr(inference, "spell", spelled)
    monkeypatch.setattr(inference, "look_up", lambda form: {"form": form, "rows": []})
    settings.REGISTRATION = "open"
    settings.DATA = tmp_path
    built = build(owner, work)
    # What is asked is taken back, and with it what would wait for a commit: files stay.
    monkeypatch.setattr(transaction, "on_commit", lambda act: None)
    return built


def _filled(value: Any, numbers: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(one, numbers) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, numbers) for one in value]
    return numbers["segment"] if value == "segment" else value


def _ask(world: World, role: str, verb: str, route: str, shelf: str) -> int:
    """Return what somebody is answered; what it changed is taken back."""
    client, path = world.clients[role], world.path(route, shelf)
    if verb == "put" and route.endswith(UPLOADS):
        body, kind = {"audio": sound(), "consent": "true"}, "multipart"
    elif verb == "put" and route.endswith("cover/"):
        body, kind = {"cover": picture()}, "multipart"
    else:
        numbers = world.numbers[shelf]
        body, kind = _filled(BODIES.get(f"{verb} {route}"), numbers), "json"
    cookies = dict(client.cookies)
    with transaction.atomic():
        answer = (
            client.get(path, body) if verb == "get" else getattr(client, verb)(path, body, kind)
        )
        status = drained(answer)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return status


def _rows(world: World) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield verb, address, shelf, and what each is answered there."""
    for route, view in routes().items():
        plain = route.replace("^", "").replace("(?:/|$)", "/")
        # Of several beginnings, the first.
        plain = re.sub(r"\(\?:(\w+)[^)]*\)", r"\1", plain)
        for verb in verbs_of(view):
            of_book = "<id:book>" in route
            for shelf in SHELVES if of_book else SHELVES[:1]:
                said = [str(_ask(world, role, verb, plain, shelf)) for role in ROLES]
                yield verb, route, shelf if of_book else "-", said


def _table() -> dict[tuple[str, ...], list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    assert rows[0] == ["verb", "address", "book", *ROLES]
    return {(*row[:2], shelf): row[3:] for row in rows[1:] for shelf in row[2].split()}


def test_everybody_is_answered_as_the_table_says(world: World) -> None:
    wanted, seen, wrong = _table(), set(), []
    for verb, route, shelf, said in _rows(world):
        seen.add((verb, route, shelf))
        if wanted.get((verb, route, shelf)) != said:
            wrong.append("\t".join((verb, route, shelf, *said)))
    assert not wrong, "\n".join(wrong)
    assert set(wanted) - seen == set(), "these addresses are no more"


def test_a_verb_that_an_address_does_not_know_is_refused_with_those_it_does(world: World) -> None:
    for route, view in routes().items():
        if not hasattr(view, "http_method_names"):
            continue
        known = set(verbs_of(view))
        for verb in set(VERBS) - known:
            client = world.clients["admin"]
            answer = getattr(client, verb)(world.path(route, "public"))
            assert answer.status_code == 405, (verb, route)
            told = {one.strip().lower() for one in answer["Allow"].split(",")}
            assert told - {"head", "options"} == known, (verb, route)
