"""Making books: fair, resumable, and nothing twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kosorong_library.library.models import Book, Segment, State
from kosorong_library.studio import claims, pace, queue, reconciler, tasks
from kosorong_library.studio.production import Production

STORY = " ".join(f"{n}번째 날에 눈이 왔다." for n in ("첫", "두", "세", "네", "다섯", "여섯"))


def new(api, title, text=STORY):
    return api.post("/api/books/", {"title": title, "text": text}).json()["id"]


def state(api, number):
    return api.get(f"/api/books/{number}/").json()


def test_the_first_batch_of_a_book_is_one_segment(api, parts):
    number = new(api, "하나")
    assert tasks.produce_batch.call() == 1
    assert state(api, number)["status"] == "producing"
    assert tasks.produce_batch.call() == pace.BATCH


def test_books_take_turns_and_a_new_one_comes_first(api, parts):
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


def test_a_task_hands_its_ticket_on_before_it_works(api, parts):
    new(api, "하나")
    path = tasks.produce_batch.module_path
    before = queue.waiting(path)
    tasks.produce_batch.call()
    assert queue.waiting(path) == before + 1
    for _ in range(20):
        tasks.start()
    assert queue.waiting(path) == 8


def test_a_sentence_known_anywhere_is_made_once(api, work, parts):
    new(api, "하나", "눈이 왔다.")
    number = new(api, "둘", "눈이 왔다. 눈이 왔다.")
    work()
    assert state(api, number)["status"] == "done"
    assert len(parts.voice.read) == 1
    assert parts.translator.calls == [["눈이 왔다."]]


def test_pause_cancel_and_going_on(api, work, parts):
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
def test_same_questions(book, ask_the_same, wish):
    path = f"/api/books/{book['id']}/{wish}/"
    ask_the_same(path, "post", ("get", "put", "patch", "delete"), number=book["id"])


def test_a_pause_in_the_middle_of_a_batch_gives_the_rest_back(api, parts):
    number = new(api, "하나")
    tasks.produce_batch.call()
    speak = parts.voice.speak

    def speak_and_pause(text, **settings):
        api.post(f"/api/books/{number}/pause/")
        return speak(text, **settings)

    parts.voice.speak = speak_and_pause
    assert tasks.produce_batch.call() == 1
    assert not Segment.objects.exclude(claimed_by="").exists()


def test_a_text_that_cannot_be_read_fails_alone_and_says_why(api, work, parts):
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


def test_a_server_that_is_away_is_waited_for(api, work, parts):
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


def test_a_fault_of_ours_is_seen_and_tried_again(api, work, parts, caplog):
    number = new(api, "하나", "눈이 왔다.")
    speak, parts.voice.speak = parts.voice.speak, None
    assert work() == 0
    assert "fault of its own" in state(api, number)["problem"]
    assert "broken off" in caplog.text
    parts.voice.speak = speak
    api.post(f"/api/books/{number}/produce/")
    assert work() == 1


def test_what_was_changed_meanwhile_is_not_overwritten(api, parts, files):
    number = new(api, "하나", "눈이 왔다.")
    claim = claims.claim()
    one = claim.segments[0]
    api.patch(f"/api/books/{number}/segments/{one.pk}/", {"text": "눈 왓저."})
    assert Production(claim, parts).run() == 0
    assert [name for name in files() if name.startswith("takes")] == []
    assert tasks.produce_batch.call() == 1
    assert parts.voice.read[-1] == "눈 왓저."


def test_a_book_deleted_meanwhile_leaves_nothing(api, parts, files):
    number = new(api, "하나")
    claim = claims.claim()
    speak = parts.voice.speak

    def speak_and_delete(text, **settings):
        api.delete(f"/api/books/{number}/")
        return speak(text, **settings)

    parts.voice.speak = speak_and_delete
    assert Production(claim, parts).run() == 0
    assert files() == []


def test_two_workers_never_hold_the_same_segment(api, parts):
    new(api, "하나")
    tasks.produce_batch.call()
    first, second = claims.claim(), claims.claim()
    assert {s.pk for s in first.segments}.isdisjoint(s.pk for s in second.segments)
    assert claims.claim() is None


def test_a_claim_that_ran_out_is_claimed_again(api, parts):
    new(api, "하나", "눈이 왔다.")
    claims.claim()
    assert not claims.is_work_waiting()
    Segment.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert tasks.produce_batch.call() == 1


def test_a_starting_worker_frees_what_the_dead_held_and_lost(api, parts, tmp_path):
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


def test_work_without_a_ticket_gets_one(api, parts):
    new(api, "하나", "눈이 왔다.")
    queue.DBTaskResult.objects.all().delete()
    reconciler.look()
    reconciler.look()
    assert tasks.tickets() == 1
    tasks.produce_batch.call()
    queue.DBTaskResult.objects.all().delete()
    reconciler.look()
    assert tasks.tickets() == 0


def test_time_left_counts_the_turns_of_others(api, parts):
    number = new(api, "하나")
    assert state(api, number)["seconds_left"] is None
    tasks.produce_batch.call()
    Segment.objects.filter(state=State.DONE).update(cost=2.0)
    assert state(api, number)["seconds_left"] == 10.0
    new(api, "둘", "눈이 왔다. 바람이 불었다.")
    assert state(api, number)["seconds_left"] == 14.0


_MAKE = """
import sys
from pathlib import Path
from kosorong_library.config import serve
serve.prepare(Path(sys.argv[1]))
serve.migrate()
from kosorong_library.accounts.services import first_user
from kosorong_library.library import manuscripts, services
text = " ".join(f"{n}째 날에 눈이 왔다." for n in range(40))
with manuscripts.pasted(text, "긴 책", "ko") as sent:
    services.create_book(first_user(), sent)
"""
_FAKES = Path(__file__).with_name("library_fakes.py")


def _environment():
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    return {**kept, "PYTHONWARNINGS": "ignore", "KOSORONG_STARTER": "0"}


def _count(folder, wanted):
    with sqlite3.connect(folder / "library.sqlite3", timeout=30) as database:
        query = "SELECT count(*) FROM library_segment WHERE state = ?"
        return database.execute(query, (wanted,)).fetchone()[0]


def _until(folder, done, seconds=60):
    end = time.monotonic() + seconds
    while _count(folder, "done") < done:
        assert time.monotonic() < end, "the worker makes nothing"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_worker_killed_mid_book_is_followed_by_one_that_goes_on(tmp_path):
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
    # Only the sentence in hand at each kill may have been spoken again.
    assert len(set(lines)) == 40
    assert len(lines) <= 43
    with sqlite3.connect(tmp_path / "library.sqlite3") as database:
        rows = dict(database.execute("SELECT key, audio FROM studio_take").fetchall())
    assert len(rows) == 40
    assert all((tmp_path / "files" / name).stat().st_size for name in rows.values())
