"""Making books: fair, resumable, and nothing twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from django.db import OperationalError
from django.utils import timezone
from library_fakes import FakeParts
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong.audio.wav import decode_audio
from kosorong.book.sound import Level
from kosorong.errors import StorageError
from kosorong.ports import Speech
from kosorong_library.config import processes, queue
from kosorong_library.library import selectors
from kosorong_library.library.models import Book, Segment, State
from kosorong_library.studio import claims, pace, reconciler, takes, tasks, workers
from kosorong_library.studio.models import Take, lufs_of
from kosorong_library.studio.production import Production

STORY = " ".join(f"{n}번째 날에 눈이 왔다." for n in ("첫", "두", "세", "네", "다섯", "여섯"))


def new(api: APIClient, title: str, text: str = STORY) -> int:
    return api.post("/api/books/", {"title": title, "text": text}).json()["id"]


def state(api: APIClient, number: int) -> dict[str, Any]:
    return api.get(f"/api/books/{number}/").json()


def test_the_first_batch_of_a_book_is_one_segment(api: APIClient, parts: FakeParts) -> None:
    number = new(api, "하나")
    assert tasks.produce_batch.call() == 1
    assert state(api, number)["status"] == "producing"
    assert tasks.produce_batch.call() == pace.BATCH


@pytest.mark.parametrize(("lease", "longer"), [(90.0, False), (0.03, True)])
def test_a_claim_is_lengthened_when_a_third_of_it_is_over(
    api: APIClient, parts: FakeParts, monkeypatch: pytest.MonkeyPatch, lease: float, longer: bool
) -> None:
    new(api, "하나")
    tasks.produce_batch.call()
    monkeypatch.setattr(pace, "LEASE", timedelta(seconds=lease))
    speak, until = parts.voice.speak, []

    def spoken(*args: Any, **choices: Any) -> Speech:
        held = Segment.objects.filter(state=State.WAITING).exclude(claimed_by="")
        until.append(held.order_by("-position").values_list("claimed_until", flat=True).first())
        time.sleep(0.02)
        return speak(*args, **choices)

    monkeypatch.setattr(parts.voice, "speak", spoken)
    assert tasks.produce_batch.call() == pace.BATCH
    assert (len(set(until)) > 1) == longer
    assert until == sorted(until)


def test_books_take_turns_and_a_new_one_comes_first(api: APIClient, parts: FakeParts) -> None:
    long, second = new(api, "긴 책"), new(api, "둘째")
    for _ in range(3):
        tasks.produce_batch.call()
    short = new(api, "새 책")
    served = []
    for _ in range(3):
        before = {b.pk: b.segments.filter(state="done").count() for b in Book.objects.all()}
        tasks.produce_batch.call()
        served += [
            b.pk
            for b in Book.objects.all()
            if b.segments.filter(state="done").count() > before[b.pk]
        ]
    assert served == [short, second, long]


def test_a_task_hands_its_ticket_on_before_it_works(api: APIClient, parts: FakeParts) -> None:
    new(api, "하나")
    path = tasks.produce_batch.module_path
    before = queue.waiting(path)
    tasks.produce_batch.call()
    assert queue.waiting(path) == before + 1
    for _ in range(20):
        tasks.start()
    assert queue.waiting(path) == 8


def test_a_sentence_known_anywhere_is_made_once(
    api: APIClient, work: Callable[[], int], parts: FakeParts
) -> None:
    new(api, "하나", "눈이 왔다.")
    number = new(api, "둘", "눈이 왔다. 눈이 왔다.")
    work()
    assert state(api, number)["status"] == "done"
    assert len(parts.voice.read) == 1
    assert parts.translator.calls == [["눈이 왔다."]]


def test_a_sentence_that_is_with_the_packer_is_not_spoken_again(
    api: APIClient, parts: FakeParts
) -> None:
    number = new(api, "하나", "비가 왔다. " + "눈이 왔다. " * 3)
    tasks.produce_batch.call()
    assert tasks.produce_batch.call() == 3
    assert state(api, number)["status"] == "done"
    assert len(parts.voice.read) == 2


def test_a_segment_is_packed_while_the_next_is_spoken(
    api: APIClient, parts: FakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    new(api, "하나")
    tasks.produce_batch.call()
    begun, waited, speak, really = threading.Event(), [], parts.voice.speak, Level.packets

    def spoken(*args: Any, **choices: Any) -> Speech:
        if len(parts.voice.read) == 2:
            begun.set()
        return speak(*args, **choices)

    def packed(*args: Any) -> Any:
        waited.append(begun.wait(10))
        return really(*args)

    monkeypatch.setattr(parts.voice, "speak", spoken)
    monkeypatch.setattr(Level, "packets", packed)
    assert tasks.produce_batch.call() == pace.BATCH
    assert all(waited)


def test_sound_that_cannot_be_kept_puts_its_segment_off_and_no_other(
    api: APIClient, parts: FakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = new(api, "하나")
    tasks.produce_batch.call()
    really, calls = takes.keep, []

    def full(name: str, file: Any) -> Any:
        calls.append(name)
        if len(calls) == 1:
            raise StorageError("the disk is full.")
        return really(name, file)

    monkeypatch.setattr(takes, "keep", full)
    assert tasks.produce_batch.call() == pace.BATCH - 1
    assert "disk is full" in state(api, number)["problem"]


def test_a_take_in_which_nothing_is_heard_is_never_made_loud(
    api: APIClient, work: Callable[[], int], parts: FakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = parts.voice.speak

    def breathed(*args: Any, **choices: Any) -> Speech:
        speech = speak(*args, **choices)
        return replace(speech, samples=speech.samples * np.float32(3e-4))

    monkeypatch.setattr(parts.voice, "speak", breathed)
    number = new(api, "하나", "눈이 왔다.")
    work()
    assert lufs_of(Take.objects.get().lufs) == -np.inf
    answer = api.get(f"/api/books/{number}/audio/")
    sound, _ = decode_audio(b"".join(answer.streaming_content))
    assert 0 < np.abs(sound).max() < 1e-4
    assert Book.objects.get().segments.filter(state=State.DONE).count() == 1
    monkeypatch.setattr(Level, "packets", None)
    api.get(f"/api/books/{number}/exports/m4b/", {"wait": 0})
    work()
    assert api.get(f"/api/books/{number}/exports/m4b/", {"wait": 0}).status_code == 200


def test_pause_cancel_and_going_on(
    api: APIClient, work: Callable[[], int], parts: FakeParts
) -> None:
    number = new(api, "하나")
    tasks.produce_batch.call()
    for wish, status in (("pause", "paused"), ("cancel", "cancelled")):
        assert api.post(f"/api/books/{number}/{wish}/").json()["status"] == status
        assert work() == 0
    assert api.post(f"/api/books/{number}/produce/").json()["status"] == "producing"
    work()
    assert state(api, number)["status"] == "done"
    assert len(parts.voice.read) == 6
    assert api.post(f"/api/books/{number}/cancel/").json()["status"] == "done"


@pytest.mark.parametrize("wish", ["produce", "pause", "cancel"])
def test_same_questions(book: dict[str, Any], ask_the_same: Callable[..., None], wish: str) -> None:
    path = f"/api/books/{book['id']}/{wish}/"
    ask_the_same(path, "post", ("get", "put", "patch", "delete"), number=book["id"])


def test_a_pause_in_the_middle_of_a_batch_gives_the_rest_back(
    api: APIClient, parts: FakeParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "WISH_SECONDS", 0.0)
    number = new(api, "하나")
    tasks.produce_batch.call()
    speak = parts.voice.speak

    def speak_and_pause(text: str, **settings: Any) -> Speech:
        api.post(f"/api/books/{number}/pause/")
        return speak(text, **settings)

    parts.voice.speak = speak_and_pause
    assert tasks.produce_batch.call() == 1
    assert not Segment.objects.exclude(claimed_by="").exists()


def test_a_text_that_cannot_be_read_fails_alone_and_says_why(
    api: APIClient, work: Callable[[], int], parts: FakeParts
) -> None:
    number = new(api, "하나", "눈이 왔다. 못읽는 글이다. 바람도 불었다.")
    work()
    book = state(api, number)
    assert (book["status"], book["segments"]["failed"]) == ("failed", 1)
    assert "Write it otherwise." in book["problem"]
    one = Segment.objects.get(state=State.FAILED)
    path = f"/api/books/{number}/segments/{one.pk}/"
    api.patch(path, {"text": "읽을 수 있는 글이다."})
    work()
    assert state(api, number)["status"] == "done"


def test_a_server_that_is_away_is_waited_for(
    api: APIClient, work: Callable[[], int], parts: FakeParts
) -> None:
    number = new(api, "하나", "눈이 왔다.")
    parts.voice.broken = "away"
    assert work() == 0
    book = state(api, number)
    assert (book["status"], book["segments"]["failed"]) == ("producing", 0)
    assert "does not answer" in book["problem"]
    assert work() == 0
    Segment.objects.update(not_before=timezone.now())
    parts.voice.broken = ""
    assert work() == 1
    assert (state(api, number)["status"], state(api, number)["problem"]) == ("done", "")


def test_a_fault_of_ours_is_seen_and_tried_again(
    api: APIClient, work: Callable[[], int], parts: FakeParts, caplog: pytest.LogCaptureFixture
) -> None:
    number = new(api, "하나", "눈이 왔다.")
    speak, parts.voice.speak = parts.voice.speak, None
    assert work() == 0
    assert "fault of its own" in state(api, number)["problem"]
    assert "broken off" in caplog.text
    parts.voice.speak = speak
    api.post(f"/api/books/{number}/produce/")
    assert work() == 1


def test_what_was_changed_meanwhile_is_not_overwritten(
    api: APIClient, parts: FakeParts, files: Callable[[], list[str]]
) -> None:
    number = new(api, "하나", "눈이 왔다.")
    claim = claims.claim()
    one = claim.segments[0]
    api.patch(f"/api/books/{number}/segments/{one.pk}/", {"text": "눈 왓저."})
    assert Production(claim, cast(Any, parts)).run() == 0
    assert [name for name in files() if name.startswith("takes")] == []
    assert tasks.produce_batch.call() == 1
    assert parts.voice.read[-1] == "눈 왓저."


def test_a_book_deleted_meanwhile_leaves_nothing(
    api: APIClient, parts: FakeParts, files: Callable[[], list[str]]
) -> None:
    number = new(api, "하나")
    claim = claims.claim()
    speak = parts.voice.speak

    def speak_and_delete(text: str, **settings: Any) -> Speech:
        api.delete(f"/api/books/{number}/")
        return speak(text, **settings)

    parts.voice.speak = speak_and_delete
    assert Production(claim, cast(Any, parts)).run() == 0
    assert files() == []


def test_two_workers_never_hold_the_same_segment(api: APIClient, parts: FakeParts) -> None:
    new(api, "하나")
    tasks.produce_batch.call()
    first, second = claims.claim(), claims.claim()
    assert {s.pk for s in first.segments}.isdisjoint(s.pk for s in second.segments)
    assert claims.claim() is None


def test_a_claim_that_ran_out_is_claimed_again(api: APIClient, parts: FakeParts) -> None:
    new(api, "하나", "눈이 왔다.")
    claims.claim()
    assert not claims.is_work_waiting()
    Segment.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert tasks.produce_batch.call() == 1


def test_a_starting_worker_frees_what_the_dead_held_and_lost(
    api: APIClient, parts: FakeParts, tmp_path: Path
) -> None:
    new(api, "하나", "눈이 왔다.")
    name = claims.claim().name
    host = name.split(":")[0]
    queue.DBTaskResult.objects.all().delete()
    Segment.objects.update(claimed_by=f"{host}:4194304:abc")
    orphan = tmp_path / "files" / "takes" / "ab" / "abc.flac"
    orphan.parent.mkdir(parents=True)
    for path, age in ((orphan, 7200), (orphan.with_name("abd.flac"), 0)):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - age,) * 2)
    reconciler.begin()
    assert claims.is_work_waiting()
    assert tasks.tickets() == 1
    assert [path.name for path in orphan.parent.iterdir()] == ["abd.flac"]


def test_tasks_of_the_dead_are_forgotten_and_those_of_others_are_not(
    api: APIClient, parts: FakeParts
) -> None:
    new(api, "하나", "눈이 왔다.")
    host = processes.worker_name().rpartition(":")[0]
    row = queue.DBTaskResult.objects.get()
    for name in (f"{host}:4194304:a", f"{host}:1:b", "elsewhere:4194304:c"):
        row.pk, row.status, row.worker_ids = uuid.uuid4(), "RUNNING", [name]
        row.started_at = timezone.now()
        row.save(force_insert=True)
    reconciler.begin()
    left = queue.DBTaskResult.objects.running().values_list("worker_ids", flat=True)
    assert sorted(left) == [["elsewhere:4194304:c"], [f"{host}:1:b"]]
    queue.DBTaskResult.objects.update(started_at=timezone.now() - timedelta(days=2))
    queue.prune()
    assert not queue.DBTaskResult.objects.running().exists()


def test_what_was_in_hand_when_the_database_broke_away_is_given_back(
    api: APIClient, ready: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    api.get(f"/api/books/{ready['id']}/exports/vtt/?wait=0")
    queue.DBTaskResult.objects.all().delete()
    stopped, tries = threading.Event(), []

    def work(name: str, worker: str, stopped: threading.Event, *, main: bool) -> None:
        tries.append(queue.waiting(tasks.build_export.module_path))
        if len(tries) == 1:
            tasks.build_export.enqueue(1)
            queue.DBTaskResult.objects.update(
                status="RUNNING", worker_ids=[worker], started_at=timezone.now()
            )
            raise OperationalError("gone")
        assert not queue.DBTaskResult.objects.running().exists()
        stopped.set()

    monkeypatch.setattr(workers, "_work_on_table", work)
    monkeypatch.setattr(workers, "_PAUSE_SECONDS", 0)
    # The test's own transaction is on this connection.
    monkeypatch.setattr(workers.connections, "close_all", lambda: None)
    workers.keep_working("exports", stopped, main=False)
    assert tries == [0, 1]


def test_a_database_without_room_is_told_in_the_book(
    api: APIClient, work: Callable[[], int], parts: FakeParts
) -> None:
    number = new(api, "하나", "눈이 왔다.")

    def speak(text: str, **settings: Any) -> None:
        raise OperationalError("database or disk is full")

    parts.voice.speak = speak
    assert work() == 0
    assert "disk of the database is full" in state(api, number)["problem"]


def test_a_request_that_finds_no_room_says_so(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **choices: Any) -> None:
        raise OperationalError(1114, "The table 'library_book' is full")

    monkeypatch.setattr("kosorong_library.library.services.create_book", full)
    answer = api.post("/api/books/", {"title": "하나", "text": "눈이 왔다."})
    assert answer.status_code == 507
    assert "disk of the database is full" in answer.json()["message"]


def test_a_disk_without_room_is_told_without_our_folders(
    api: APIClient, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "files").write_text("no folder")
    answer = api.post("/api/books/", {"title": "하나", "text": "눈이 왔다."})
    assert answer.status_code == 507
    assert "KOSORONG_STORAGE" in answer.json()["message"]
    assert str(tmp_path) not in answer.json()["message"]


def test_a_worker_that_lives_long_tidies_every_hour(tmp_path: Path) -> None:
    orphan = tmp_path / "files" / "takes" / "ab" / "abc.flac"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"x")
    os.utime(orphan, (time.time() - 7200,) * 2)
    now, one = time.monotonic(), reconciler.Reconciler()
    one.go_round(now + 60)
    assert orphan.exists()
    one.go_round(now + reconciler.TIDY_EVERY + 1)
    assert not orphan.exists()


def test_work_without_a_ticket_gets_one(api: APIClient, parts: FakeParts) -> None:
    new(api, "하나", "눈이 왔다.")
    queue.DBTaskResult.objects.all().delete()
    reconciler.look()
    reconciler.look()
    assert tasks.tickets() == 1
    tasks.produce_batch.call()
    queue.DBTaskResult.objects.all().delete()
    reconciler.look()
    assert tasks.tickets() == 0


def test_time_left_counts_the_turns_of_others(api: APIClient, parts: FakeParts) -> None:
    number = new(api, "하나")
    assert state(api, number)["seconds_left"] is None
    tasks.produce_batch.call()
    Segment.objects.filter(state=State.DONE).update(cost=2.0)
    assert state(api, number)["seconds_left"] == 10.0
    new(api, "둘", "눈이 왔다. 바람이 불었다.")
    assert state(api, number)["seconds_left"] == 14.0


def test_time_left_is_shared_by_the_workers_that_are_there(
    api: APIClient, parts: FakeParts
) -> None:
    number = new(api, "하나")
    tasks.produce_batch.call()
    Segment.objects.filter(state=State.DONE).update(cost=2.0)
    waiting = list(Segment.objects.filter(state=State.WAITING).order_by("position"))
    soon = timezone.now() + pace.LEASE
    for one, name in zip(waiting, ("a:1:x", "a:1:y", "b:1:z"), strict=False):
        Segment.objects.filter(pk=one.pk).update(claimed_by=name, claimed_until=soon)
    assert selectors.workers_at_work() == 2
    assert state(api, number)["seconds_left"] == 5.0
    Segment.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert state(api, number)["seconds_left"] == 10.0


_MAKE = """
import sys
from pathlib import Path
from kosorong_library import serve
serve.prepare(Path(sys.argv[1]))
serve.migrate()
from kosorong_library.accounts.services import first_user
from kosorong_library.library import manuscripts, services
text = " ".join(f"{n}째 날에 눈이 왔다." for n in range(40))
with manuscripts.pasted(text, "긴 책", "ko") as sent:
    services.create_book(first_user(), sent)
"""
_FAKES = Path(__file__).with_name("library_fakes.py")


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    return {**kept, "PYTHONWARNINGS": "ignore", "KOSORONG_STARTER": "0"}


def _count(folder: Path, wanted: str) -> int:
    with sqlite3.connect(folder / "library.sqlite3", timeout=30) as database:
        query = "SELECT count(*) FROM library_segment WHERE state = ?"
        return database.execute(query, (wanted,)).fetchone()[0]


def _until(folder: Path, done: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while _count(folder, "done") < done:
        assert time.monotonic() < end, "the worker makes nothing"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_worker_killed_mid_book_is_followed_by_one_that_goes_on(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _MAKE, tmp_path], env=_environment(), check=True)
    words = [sys.executable, str(_FAKES), str(tmp_path), "0.05"]
    spoken = tmp_path / "spoken.txt"
    for done in (3, 10, 17):
        worker = subprocess.Popen(words, env=_environment())
        _until(tmp_path, done)
        worker.kill()
        worker.wait()
    worker = subprocess.Popen(words, env=_environment())
    _until(tmp_path, 40)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    lines = spoken.read_text(encoding="utf-8").splitlines()
    # Only the batch in hand at each kill may have been spoken again.
    assert len(set(lines)) == 40
    assert len(lines) <= 40 + 3 * pace.BATCH
    with sqlite3.connect(tmp_path / "library.sqlite3") as database:
        rows = dict(database.execute("SELECT key, audio FROM studio_take").fetchall())
    assert len(rows) == 40
    assert all((tmp_path / "files" / name).stat().st_size for name in rows.values())


@pytest.mark.parametrize(
    "path",
    [
        "kosorong_library.studio.tasks.produce_batch",
        "kosorong_library.studio.tasks.build_export",
        "kosorong_library.studio.tasks.align_narration",
        "kosorong_library.accounts.tasks.send_confirmation",
        "kosorong_library.accounts.tasks.send_reset",
    ],
)
def test_a_ticket_that_an_older_version_left_in_the_queue_still_names_its_task(path: str) -> None:
    row = queue.DBTaskResult(task_path=path, queue_name="default", backend_name="default")
    assert row.task.module_path == path
