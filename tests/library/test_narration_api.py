"""…/chapters/N/narration/: a person reads a whole chapter, no machine does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django_tasks_db import DatabaseBackend
from library_fakes import FakeParts
from library_people import client_of, make
from numpy.typing import NDArray
from rest_framework.test import APIClient

from hostile_sounds import AT_DOORS, float_wav, nothing_opened, scripted
from kosorong.audio.wav import decode_audio, wav_bytes
from kosorong.client.models import AlignedWords
from kosorong.errors import ServiceError
from kosorong.ports import WordTime
from kosorong_library.config import queue
from kosorong_library.library.models import Segment
from kosorong_library.studio import inference, narration, reconciler, tasks
from kosorong_library.studio.models import Consent, Narration, Recording

RATE = 22_050
TEXT = "혼저 옵서예. 하영 먹읍서. 오널은 ᄇᆞ름이 하영 불엄수다. 잘 갑서."


def spoken(text: str) -> NDArray[np.float64]:
    """Return a tone as long as a text, and silence after it."""
    tone = 0.1 * np.sin(0.06 * np.arange(len(text) * RATE // 8))
    return np.concatenate([tone, np.zeros(RATE // 2)])


def chapter_of(text: str = TEXT) -> NDArray[np.float32]:
    silence = np.zeros(RATE)
    parts = [spoken(one) for one in text.split(". ")]
    return np.concatenate([silence, *parts]).astype(np.float32)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Stand in for the aligner; return what it was asked."""
    asked = []

    def align(samples: NDArray[np.float32], rate: int, text: str) -> AlignedWords:
        asked.append((text, len(samples) / rate))
        words = text.split()
        each = len(samples) / rate / len(words)
        times = [WordTime(word, n * each, (n + 1) * each) for n, word in enumerate(words)]
        return AlignedWords(tuple(times), 0.5)

    monkeypatch.setattr(inference, "align", align)
    return asked


@pytest.fixture
def book(api: APIClient) -> dict[str, Any]:
    body = {"title": "말", "text": TEXT, "language": "jje", "narrated": True}
    return api.post("/api/books/", body).json()


@pytest.fixture
def path(book: dict[str, Any]) -> str:
    return f"/api/books/{book['id']}/chapters/0/narration/"


@pytest.fixture
def send(path: str) -> Callable[..., HttpResponse]:
    def put(client: APIClient, data: bytes | None = None, **more: Any) -> HttpResponse:
        sound = wav_bytes(chapter_of(), RATE) if data is None else data
        body = {"audio": SimpleUploadedFile("장.wav", sound), "consent": "true", **more}
        return client.put(path, body, format="multipart")

    return put


@pytest.fixture
def read(send: Callable[..., HttpResponse], work: Callable[[], int]) -> Callable[..., HttpResponse]:
    """Send a recording and do what a worker would."""

    def run(client: APIClient, data: bytes | None = None) -> HttpResponse:
        answer = send(client, data, speaker="할망")
        for row in Narration.objects.exclude(asked_at=None):
            tasks.align_narration.call(row.pk)
        work()
        return answer

    return run


def test_nothing_is_spoken_before_the_recording_is_there(
    api: APIClient, book: dict[str, Any], work: Callable[[], int], parts: FakeParts
) -> None:
    assert book["status"] == "paused"
    assert book["chapters"][0]["narration"] is None
    assert work() == 0
    assert parts.voice.read == []


def test_a_chapter_and_its_text_become_a_book_to_read_along(
    api: APIClient,
    book: dict[str, Any],
    path: str,
    read: Callable[..., HttpResponse],
    parts: FakeParts,
    asked: list[tuple[str, float]],
) -> None:
    answer = read(api)
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert api.get(path).json()["state"] == "done"
    shown = api.get(f"/api/books/{book['id']}/").json()
    assert (shown["status"], shown["problem"]) == ("done", "")
    assert shown["chapters"][0]["narration"] == "done"
    assert parts.voice.read == []
    rows = api.get(f"/api/books/{book['id']}/segments/").json()["results"]
    assert all(row["human"] and row["beside"].startswith("표") for row in rows)
    assert [text for text, _ in asked] == [row["text"] for row in rows]
    lengths = [len(one) / 8 for one in TEXT.split(". ")]
    assert [seconds for _, seconds in asked] == pytest.approx(lengths, abs=0.3)
    assert [word["text"] for word in rows[2]["words"]] == rows[2]["text"].split()
    data = b"".join(api.get(rows[2]["audio"]).streaming_content)
    samples, _ = decode_audio(data)
    assert len(samples) / RATE == pytest.approx(lengths[2], abs=0.3)


def test_exports_say_that_a_person_read(
    api: APIClient,
    book: dict[str, Any],
    read: Callable[..., HttpResponse],
    work: Callable[[], int],
) -> None:
    read(api)
    export = f"/api/books/{book['id']}/exports/vtt/?wait=0"
    api.get(export)
    work()
    text = b"".join(api.get(export).streaming_content).decode()
    assert "사람(할망)이 읽었습니다." in text
    assert "synthetic" not in text


def test_withdrawn_consent_leaves_nothing_of_it(
    api: APIClient,
    book: dict[str, Any],
    path: str,
    read: Callable[..., HttpResponse],
    work: Callable[[], int],
    files: Callable[[], list[str]],
) -> None:
    read(api)
    assert api.delete(path).status_code == 204
    assert [name for name in files() if "original" not in name] == []
    assert not Recording.objects.exists()
    assert Consent.objects.get().withdrawn_at is not None
    assert api.get(path).status_code == 404
    assert work() == 4
    assert Segment.objects.filter(take__synthetic=True).count() == 4


def test_another_recording_replaces_the_first(
    api: APIClient,
    read: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
) -> None:
    read(api)
    count = len(files())
    read(api)
    assert len(files()) == count
    assert Recording.objects.count() == 4


def test_a_deleted_book_takes_it_along(
    api: APIClient,
    book: dict[str, Any],
    read: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
) -> None:
    read(api)
    api.delete(f"/api/books/{book['id']}/")
    assert files() == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no sound", "decoded"),
        (wav_bytes(np.zeros(0, np.float32), RATE), "has 0 pauses"),
        (float_wav(np.full(RATE, np.nan)), "no numbers"),
        (float_wav(np.full(RATE, np.inf), 44_100), "no numbers"),
        (wav_bytes(np.zeros(RATE, np.float32), RATE), "pauses"),
        (wav_bytes(chapter_of("가나다라마바사."), RATE), "pauses"),
    ],
)
def test_what_cannot_be_cut_says_why(
    api: APIClient,
    path: str,
    read: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
    data: bytes,
    said: str,
) -> None:
    read(api, data)
    row = api.get(path).json()
    assert row["state"] == "failed"
    assert said in row["problem"]
    assert not [name for name in files() if name.startswith("takes")]


def test_a_recording_as_long_as_one_may_be_is_taken_and_a_longer_one_is_not(
    api: APIClient, path: str, read: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = chapter_of()
    monkeypatch.setattr(narration, "LONGEST_SECONDS", len(samples) / RATE)
    read(api)
    assert api.get(path).json()["state"] == "done"
    for seconds in (0.5, 3.0):  # what is a little too long is decoded, what is more is not
        read(api, wav_bytes(np.pad(samples, (0, int(seconds * RATE))), RATE))
        row = api.get(path).json()
        assert row["state"] == "failed"
        assert "longer than" in row["problem"]


@pytest.mark.parametrize(
    ("text", "weight"),
    [("혼저 옵서.", 4.0), ("ᄒᆞᆫ저", 2.0), ("3 A", 1.4), ("물 3잔", 2.7), ("…", 1.0), ("", 1.0)],
)
def test_a_sentence_weighs_its_syllables_and_something_for_other_letters(
    text: str, weight: float
) -> None:
    assert narration.weight(text) == pytest.approx(weight)


@pytest.mark.parametrize("name", AT_DOORS)
def test_a_script_sent_as_a_chapter_opens_nothing(
    api: APIClient,
    path: str,
    read: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
    tmp_path: Path,
    name: str,
) -> None:
    with nothing_opened(tmp_path) as port:
        read(api, scripted(name, tmp_path, port))
    row = api.get(path).json()
    # A QuickTime file is read, and what it refers to is not: nothing is heard in it.
    said = "has 0 pauses" if name == "quicktime" else "cannot be decoded"
    assert (row["state"], said in row["problem"]) == ("failed", True)
    assert "No such" not in row["problem"]
    assert "Invalid" not in row["problem"]
    assert not [name for name in files() if name.startswith("takes")]


def test_an_aligner_that_fails_halfway_leaves_no_files(
    api: APIClient,
    path: str,
    read: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(samples: NDArray[np.float32], rate: int, text: str) -> None:
        raise ServiceError("the server does not answer.")

    real = inference.align
    monkeypatch.setattr(inference, "align", away)
    read(api)
    assert api.get(path).json()["state"] == "failed"
    assert not [name for name in files() if name.startswith("takes")]
    monkeypatch.setattr(inference, "align", real)
    assert api.post(path).status_code == 202
    tasks.align_narration.call(Narration.objects.get().pk)
    assert api.get(path).json()["state"] == "done"
    assert api.post(path).status_code == 409


def test_a_text_changed_meanwhile_is_not_overwritten(
    api: APIClient,
    book: dict[str, Any],
    path: str,
    send: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(api)
    real = inference.align

    def align(samples: NDArray[np.float32], rate: int, text: str) -> AlignedWords:
        Segment.objects.filter(position=0).update(source_text="다르다.")
        return real(samples, rate, text)

    monkeypatch.setattr(inference, "align", align)
    assert tasks.align_narration.call(Narration.objects.get().pk) is False
    assert "changed meanwhile" in api.get(path).json()["problem"]
    assert not [name for name in files() if name.startswith("takes")]


def test_a_chapter_that_is_not_translated_yet_waits(api: APIClient) -> None:
    book = api.post("/api/books/", {"text": "눈이 왔다.", "narrated": True}).json()
    body = {"audio": SimpleUploadedFile("a.wav", b"x"), "consent": "true"}
    path = f"/api/books/{book['id']}/chapters/0/narration/"
    assert api.put(path, body, format="multipart").status_code == 409


@pytest.mark.parametrize(
    "more", [{"consent": "false"}, {"licence": "mine"}, {"audio": ""}, {"speaker": "가" * 101}]
)
def test_a_bad_body_is_told(
    api: APIClient, send: Callable[..., HttpResponse], more: dict[str, str]
) -> None:
    answer = send(api, **more)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}
    assert send(api, b"").status_code == 400


def test_same_questions(
    api: APIClient,
    book: dict[str, Any],
    path: str,
    send: Callable[..., HttpResponse],
    other: APIClient,
    nobody: APIClient,
    ask_the_same: Callable[..., None],
) -> None:
    ask_the_same(path, "get", ("patch",), number=book["id"])
    ask_the_same(path, "post", (), number=book["id"])
    ask_the_same(path, "delete", (), number=book["id"])
    assert api.get(f"/api/books/{book['id']}/chapters/9/narration/").status_code == 404
    assert (send(other).status_code, send(nobody).status_code) == (404, 401)
    assert send(client_of(make("ear", "listener"))).status_code == 403


def test_a_recording_is_taken_while_the_queue_is_away(
    api: APIClient,
    send: Callable[..., HttpResponse],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def away(*_arguments: Any) -> None:
        raise ConnectionError("refused")

    monkeypatch.setattr(queue, "outages", lambda: (ConnectionError,))
    monkeypatch.setattr(DatabaseBackend, "enqueue", away)
    assert send(api).status_code < 300
    assert Narration.objects.get().asked_at is not None
    assert "the queue cannot be reached" in caplog.text
    monkeypatch.undo()
    reconciler.ask_again()
    assert queue.waiting(tasks.align_narration.module_path) == 1
