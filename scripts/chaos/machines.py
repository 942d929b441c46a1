"""Two machines, by loopback addresses and names of their own; one of them is switched off.

Each runs API, worker and inference server. What they share is MariaDB, Redis and a bucket.
"""

from __future__ import annotations

import random
import secrets
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from chaos import ledger
from chaos.library import KOSORONG, Client, Crew, settings_of, story, wait_for
from chaos.results import Result, Row, result
from local_servers import MariaDB, bucket, free_port, redis

_ADDRESSES = {"one": "127.0.0.1", "two": "127.0.0.2"}
_PARTS = ("inference", "api", "worker")
_HOSTS = "127.0.0.1,127.0.0.2,localhost"


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of it.

    Attributes:
        books: Half of them are sent to each machine.
        segments: Of each.
        seed: Of the texts.
    """

    books: int = 4
    segments: int = 30
    seed: int = 1


def run(plan: Plan, folder: Path, command: str) -> Result:
    """Run the trial in an empty folder."""
    chance = random.Random(plan.seed)  # noqa: S311  # no secret
    with ExitStack() as stack:
        server = stack.enter_context(MariaDB.installed())
        stack.enter_context(server.running())
        queue, files = free_port(), free_port()
        stack.enter_context(redis(folder, queue))
        environment = settings_of(
            folder,
            KOSORONG_DATABASE_URL=server.database("library"),
            KOSORONG_QUEUE_URL=f"redis://127.0.0.1:{queue}/0",
            KOSORONG_STORAGE=stack.enter_context(bucket(folder, files)),
            KOSORONG_S3_ACCESS_KEY="jeju",
            KOSORONG_S3_SECRET_KEY="hallasan",  # noqa: S106  # of the stand-in
            KOSORONG_SINGLE_USER="1",
            KOSORONG_ALLOWED_HOSTS=_HOSTS,
            KOSORONG_INFERENCE_TOKEN=secrets.token_urlsafe(),
        )
        ports = {name: (free_port(), free_port()) for name in _ADDRESSES}
        crew = Crew(_commands(folder, ports), environment, folder / "log")
        clients = [Client(ports[name][0], _ADDRESSES[name]) for name in _ADDRESSES]
        with crew.running():
            wait_for(lambda: all(map(_is_ready, clients)), 600, "the APIs start")
            ledger.begin(environment)
            return _switched_off(plan, crew, clients, environment, chance, command)


def _commands(folder: Path, ports: dict[str, tuple[int, int]]) -> dict[str, tuple[str, ...]]:
    """Return what each machine runs, under its own name: claims tell the dead of one's own."""
    named = subprocess.run(["unshare", "--uts", "true"], capture_output=True, check=False)
    commands = {}
    for name, address in _ADDRESSES.items():
        page, models = ports[name]
        data, words = folder / f"data-{name}", ["env"]
        words += [f"KOSORONG_DATA={data}", f"KOSORONG_INFERENCE_URL=http://{address}:{models}"]
        if not named.returncode:
            script = f'hostname machine-{name}; exec "$0" "$@"'
            words = ["unshare", "--uts", "sh", "-c", script, *words]
        at = ("--host", address, "--port")
        commands[f"inference {name}"] = (*words, *KOSORONG, "inference", *at, str(models))
        commands[f"api {name}"] = (*words, *KOSORONG, "api", *at, str(page))
        commands[f"worker {name}"] = (*words, *KOSORONG, "worker")
    return commands


def _switched_off(
    plan: Plan,
    crew: Crew,
    clients: list[Client],
    environment: dict[str, str],
    chance: random.Random,
    command: str,
) -> Result:
    numbers = tqdm(range(plan.books), desc="machines", unit="book", file=sys.stderr)
    for number in numbers:
        clients[number % 2].post(f"{number}번째 책", story(chance, number, plan.segments))
    total = plan.books * plan.segments
    wait_for(lambda: _done(clients[0]) > total // 4, 600, "a quarter is made")
    with ExitStack() as stack:
        for part in _PARTS:
            stack.enter_context(crew.without(f"{part} two"))
        killed, before = time.monotonic(), _done(clients[0])
        wait_for(lambda: _done(clients[0]) == total, 900, "the other machine goes on")
        seconds = time.monotonic() - killed
        now = ledger.look(environment)
    row = Row(
        "two machines (127.0.0.1 and 127.0.0.2: API, worker, inference each; MariaDB, Redis and a"
        " bucket shared), one killed with work in hand",
        "the other finishes every book, nothing redone or lost",
        f"{before} of {total} segments when it was killed; {seconds:.0f} s later {now}",
        now.right and now.segments == total,
    )
    notes = ["What the dead machine had claimed is made when its claim runs out, after 90 s."]
    return result("machines", command, plan.seed, [row], notes)


def _is_ready(client: Client) -> bool:
    return client.once("/api/ready/")[0] == 200


def _done(client: Client) -> int:
    return sum(book["segments"]["done"] for book in client.books())
