"""`kill -9` at random moments while books are made, heard and fetched as files."""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from chaos import ledger
from chaos.files import is_playable
from chaos.library import KOSORONG, Client, Crew, children, kill, settings_of, story, wait_for
from chaos.results import Result, Row, result
from local_servers import free_port

# Who is killed, and how often of a hundred times; "all" is every process at the same moment.
_WEIGHTS = {"worker": 38, "inference": 20, "api": 20, "supervisor": 8, "all": 14}
_LONGEST_GAP = 4.0
_OLD = 7200.0
_STANDSTILL = 120.0
_FORMATS = ("m4b", "epub", "mp3", "vtt")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of it.

    Attributes:
        kills: Random moments.
        books: Sent one after another, so that there is work to break off all the while.
        segments: Of a book.
        seed: Of moments, victims and texts.
        settings: Of the library, beside those of `settings_of`.
    """

    kills: int = 100
    books: int = 10
    segments: int = 60
    seed: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Seen:
    kills: Counter[str] = field(default_factory=Counter)
    in_hand: int = 0
    answers: Counter[int] = field(default_factory=Counter)


class _Trial:
    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan, self.folder, self.seen = plan, folder, _Seen()
        self.chance = random.Random(plan.seed)  # noqa: S311  # no secret
        port = free_port()
        environment = settings_of(folder, **plan.settings)
        words = (*KOSORONG, "serve", "--port", str(port))
        self.crew = Crew({"serve": words}, environment, folder / "log")
        self.client = Client(port)
        self.bar = tqdm(total=plan.kills, desc="kills", unit="kill", file=sys.stderr)

    def run(self) -> list[Row]:
        with self.crew.running(), self.bar:
            self._awake()
            ledger.begin(self.crew.environment)
            with self._listener():
                self._kill_all_the_while()
            self._finish()
            files = self._fetch()
            return [*self._verdict(), files]

    def _awake(self) -> None:
        wait_for(lambda: self.client.once("/api/health/")[0] == 200, 120, "the API starts")

    def _kill_all_the_while(self) -> None:
        sent = 0
        for number in range(self.plan.kills):
            waiting = self._is_work_waiting()
            while sent < self.plan.books and (
                not waiting or number >= sent * self.plan.kills / self.plan.books
            ):
                text = story(self.chance, sent + 1, self.plan.segments)
                self.client.post(f"책 {sent + 1}", text)
                sent, waiting = sent + 1, True
            time.sleep(self.chance.uniform(0.05, _LONGEST_GAP))
            self.seen.in_hand += self._is_work_waiting()
            while not self._strike():
                time.sleep(0.05)
            self.bar.update()

    def _is_work_waiting(self) -> bool:
        try:
            status, answer = self.client.once("/api/books/?page_size=500", seconds=5)
        except OSError:
            return True
        books = json.loads(answer)["results"] if status == 200 else [{"status": "producing"}]
        return any(book["status"] not in {"done", "failed"} for book in books)

    def _strike(self) -> bool:
        """Kill one part that runs, or everything at once; say whether anything ran."""
        supervisor = self.crew.process("serve")
        alive = {**children(supervisor), "supervisor": supervisor}
        names = [name for name in _WEIGHTS if name in alive or name == "all"]
        name = self.chance.choices(names, [_WEIGHTS[name] for name in names])[0]
        # The supervisor first: it restarts nothing any more.
        struck = list(reversed(alive.values())) if name == "all" else [alive[name]]
        hit = [kill(one) for one in struck]
        if not any(hit):
            return False
        self.seen.kills[name] += 1
        return True

    @contextmanager
    def _listener(self) -> Iterator[None]:
        """Somebody reads and fetches all the while; what is answered is counted by status."""
        stopped = threading.Event()
        listener = threading.Thread(target=self._listen, args=(stopped,), daemon=True)
        listener.start()
        try:
            yield
        finally:
            stopped.set()
            listener.join(90)

    def _listen(self, stopped: threading.Event) -> None:
        chance = random.Random(self.plan.seed)  # noqa: S311  # no secret
        while not stopped.wait(0.2):
            book = chance.randrange(1, self.plan.books + 1)
            format_ = chance.choice(("vtt", "vtt", "vtt", "m4b"))
            paths = (
                f"/api/books/{book}/",
                f"/api/books/{book}/segments/",
                f"/api/books/{book}/audio/",
                f"/api/books/{book}/exports/{format_}/?partial=1&wait=0",
            )
            try:
                self.seen.answers[self.client.once(chance.choice(paths))[0]] += 1
            except OSError:
                self.seen.answers[0] += 1

    def _finish(self) -> None:
        """Wait for the rest of the books as long as there is more of them every two minutes."""
        self.bar.set_description("the rest of the books")
        done, since = -1, time.monotonic()
        while self._is_work_waiting() and time.monotonic() < since + _STANDSTILL:
            now = sum(book["segments"]["done"] for book in self.client.books())
            if now != done:
                done, since = now, time.monotonic()
            time.sleep(0.5)

    def _fetch(self) -> Row:
        """Fetch every book, and one of them in every format; play all to their end."""
        self.bar.set_description("files")
        books = self.client.books()
        asked = [(book["id"], "m4b") for book in books]
        asked += [(books[0]["id"], format_) for format_ in _FORMATS[1:]]
        good = sum(self._is_good(*one) for one in asked)
        return Row(
            "after the kills: every book fetched as a file",
            "every file is downloaded and decodes",
            f"{good} of {len(asked)} files: {len(books)} × m4b, then {', '.join(_FORMATS[1:])}",
            good == len(asked) > 0,
        )

    def _is_good(self, book: int, format_: str) -> bool:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            status, content = self.client.once(f"/api/books/{book}/exports/{format_}/?wait=30")
            if status in {200, 409}:
                return status == 200 and is_playable(content, format_)
            time.sleep(0.2)
        return False

    def _verdict(self) -> list[Row]:
        """Look at what is left two hours later, when the reconciler has been round."""
        self.bar.set_description("what is left")
        for path in (self.folder / "data" / "files", self.folder / "tmp"):
            for one in path.rglob("*"):
                os.utime(one, (time.time() - _OLD,) * 2)
        before = ledger.look(self.crew.environment)
        # It looks round when it starts.
        kill(children(self.crew.process("serve"))["worker"])
        with suppress(SystemExit):
            # What is never put right is told below.
            wait_for(self._is_tidy, _STANDSTILL, "the reconciler puts things right")
        now = ledger.look(self.crew.environment)
        scratch = len(self._scratch())
        kills = ", ".join(f"{n} × {name}" for name, n in self.seen.kills.most_common())
        total, books = sum(self.seen.kills.values()), self.client.books()
        done = sum(book["status"] == "done" for book in books)
        struck = f"kill -9 at {total} random moments over {len(books)} books"
        after = f"{before.orphans} before it"
        return [
            Row(
                struck,
                "every book finishes",
                f"{done} of {len(books)} books, {now.done} of {now.segments} segments ({kills})",
                done == len(books) == self.plan.books and now.done == now.segments,
            ),
            Row(
                "the same kills",
                "no committed segment redone",
                f"{now.redone} of {now.done} segments, {now.twice} of {now.takes} takes",
                not now.redone and not now.twice,
            ),
            Row(
                "the same kills, then the reconciler",
                "no orphan file, no wrong state",
                f"{now.orphans} of {now.files} files without a row ({after}), {now.lost} rows"
                f" without their sound, {scratch} scratch folders; {now.held} claims,"
                f" {now.mute} segments or takes, {now.stuck} tasks in a wrong state",
                now.right and not scratch,
            ),
        ]

    def _is_tidy(self) -> bool:
        now = ledger.look(self.crew.environment)
        return now.right and not self._scratch()

    def _scratch(self) -> list[Path]:
        return list((self.folder / "tmp").glob("kosorong-*"))

    def notes(self) -> list[str]:
        """Return what else was seen."""
        total, answers = sum(self.seen.kills.values()), self.seen.answers
        away = answers.pop(0, 0)
        told = ", ".join(f"{n} × {status}" for status, n in sorted(answers.items()))
        return [
            f"{self.seen.in_hand} of {total} kills hit a service with work in hand.",
            f"`kosorong serve` itself was started again {len(self.crew.deaths)} times.",
            f"A listener asked all the while: {told}; {away} times nobody answered.",
        ]


def run(plan: Plan, folder: Path, command: str) -> Result:
    """Run the trial in an empty folder."""
    trial = _Trial(plan, folder)
    rows = trial.run()
    return result("kills", command, plan.seed, rows, trial.notes())
