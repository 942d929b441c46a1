"""What a library's database and storage hold, and what was written into them twice.

Triggers of the database write down every segment that becomes done and every take that is made:
nothing that a process does, and no kill, can go past them. As a program it runs with the settings
of the library that is looked at:

    python scripts/chaos/ledger.py begin | look
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_TABLES = (
    "CREATE TABLE trial_done (segment BIGINT, take BIGINT)",
    "CREATE TABLE trial_undone (segment BIGINT)",
    "CREATE TABLE trial_take (name VARCHAR(64))",
)
_EVENTS = {
    "trial_on_done": (
        "AFTER UPDATE ON library_segment",
        "NEW.state = 'done'",
        "INSERT INTO trial_done VALUES (NEW.id, NEW.take_id)",
    ),
    "trial_on_undone": (
        "AFTER UPDATE ON library_segment",
        "OLD.state = 'done' AND NEW.state <> 'done'",
        "INSERT INTO trial_undone VALUES (NEW.id)",
    ),
    "trial_on_take": (
        "AFTER INSERT ON studio_take",
        "1 = 1",
        "INSERT INTO trial_take VALUES (NEW.`key`)",
    ),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a library holds.

    Attributes:
        books: Of any state.
        segments: Of any state.
        done: Segments that can be heard.
        takes: Made since the ledger began.
        redone: Segments that were done and were made again, or were taken back.
        twice: Takes of one key that were made more than once.
        held: Segments that somebody still holds, or with a problem though they are done.
        mute: Segments that are done without a take, takes without a sound or a segment.
        stuck: Exports nobody builds, tasks that a dead worker has.
        files: In the storage.
        orphans: Files that no row names.
        lost: Rows whose file is gone or cannot be decoded.
    """

    books: int
    segments: int
    done: int
    takes: int
    redone: int
    twice: int
    held: int
    mute: int
    stuck: int
    files: int
    orphans: int
    lost: int

    @property
    def right(self) -> bool:
        """Whether everything is done, once, and nothing else is there."""
        wrong = (self.redone, self.twice, self.held, self.mute, self.stuck, self.orphans, self.lost)
        return self.done == self.segments and not any(wrong)

    def __str__(self) -> str:
        return (
            f"{self.done} of {self.segments} segments done, {self.redone} redone,"
            f" {self.twice} takes twice, {self.orphans} orphans, {self.lost} files lost,"
            f" {self.held + self.mute + self.stuck} wrong states"
        )


def begin(environment: Mapping[str, str]) -> None:
    """Begin to write down what is done in a library whose tables are there."""
    _run("begin", environment)


def look(environment: Mapping[str, str]) -> Look:
    """Look at everything a library holds."""
    return Look(**json.loads(_run("look", environment)))


def _run(what: str, environment: Mapping[str, str]) -> str:
    words = [sys.executable, __file__, what]
    done = subprocess.run(words, check=False, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def _begin() -> None:
    from django.db import connection

    mysql = connection.vendor == "mysql"
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(table)
        for name, (when, condition, act) in _EVENTS.items():
            if mysql:
                body = f"FOR EACH ROW IF {condition} THEN {act}; END IF"
            else:
                body = f"WHEN {condition} BEGIN {act}; END"
            cursor.execute(f"CREATE TRIGGER {name} {when} {body}")


def _look() -> dict[str, Any]:
    from django.core.files.storage import default_storage
    from django.db import connection
    from django.db.models import Q
    from django_tasks_db.models import DBTaskResult

    from kosorong_library.library.models import Book, Segment, State
    from kosorong_library.storage.files import packets_name
    from kosorong_library.studio.models import Export, Take
    from kosorong_library.studio.pruning import named_outside_of_takes

    with connection.cursor() as cursor:
        done = _column(cursor, "SELECT segment FROM trial_done")
        undone = _column(cursor, "SELECT segment FROM trial_undone")
        takes = _column(cursor, "SELECT name FROM trial_take")
    segments, settled = Segment.objects, Segment.objects.filter(state=State.DONE)
    there = {name for name, _, _ in default_storage.walk("")}
    sounds = dict(Take.objects.exclude(audio="").values_list("audio", "samples"))
    named = set(sounds) | set(named_outside_of_takes())
    packed = set(map(packets_name, sounds))
    held = segments.filter(~Q(claimed_by="") | ~Q(claimed_until=None) | ~Q(problem=""))
    running = DBTaskResult.objects.filter(status="RUNNING", worker_ids__isnull=False)
    return {
        "books": Book.objects.count(),
        "segments": segments.count(),
        "done": settled.count(),
        "takes": len(takes),
        "redone": sum(n > 1 for n in Counter(done).values()) + len(undone),
        "twice": sum(n > 1 for n in Counter(takes).values()),
        "held": held.count(),
        "mute": settled.filter(take=None).count()
        + Take.objects.filter(Q(segments=None) | Q(audio="")).distinct().count(),
        "stuck": Export.objects.exclude(asked_at=None).count() + running.count(),
        "files": len(there),
        "orphans": len(there - named - packed),
        "lost": sum(not _whole(name, sounds.get(name), there) for name in named),
    }


def _column(cursor: Any, query: str) -> list[Any]:
    cursor.execute(query)
    return [row[0] for row in cursor.fetchall()]


def _whole(name: str, samples: int | None, there: set[str]) -> bool:
    """Say whether a file is there and, if it is a sound, as long as its row says."""
    from django.core.files.storage import default_storage

    from kosorong.audio.wav import decode_audio
    from kosorong.errors import KosorongError

    if samples is None or name not in there:
        return name in there
    try:
        with default_storage.open(name) as file:
            return len(decode_audio(file.read())[0]) == samples
    except KosorongError:
        return False


if __name__ == "__main__":
    from kosorong_library import serve

    serve.prepare(None)
    if sys.argv[1] == "begin":
        _begin()
    else:
        print(json.dumps(_look()))
