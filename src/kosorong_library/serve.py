"""The processes of the service; the command line starts them by name."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from kosorong.audio.files import storage
from kosorong.errors import ServiceError

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
THREADS = 8
_DATABASE = "library.sqlite3"
# Of the operator's commands: those that make tables, and those that only say something.
_WITHOUT_TABLES = frozenset({"migrate", "showmigrations", "check", "help", "version", "--help"})


def api(host: str, port: int, data: Path | None) -> None:
    """Bring the database up to date, then answer requests until stopped.

    Args:
        host: Address to listen at; other than loopback switches single-user mode off.
        port: TCP port.
        data: Folder of database and files; from the environment where None.

    Raises:
        UsageError: A setting cannot be taken.
        StorageError: The folder cannot be written.
        ServiceError: The address cannot be listened at.
    """
    if host not in _LOOPBACK:
        os.environ.setdefault("KOSORONG_SINGLE_USER", "0")
    prepare(data)
    migrate()
    from kosorong_library.config import connections
    from kosorong_library.config.wsgi import application

    connections.allow_files()
    with _listening(host, port):
        server = connections.server_of(
            application, host, port, threads=THREADS, most=_largest_body(), proxy=_proxy()
        )
    _stop_at_signals()
    _settle()
    server.run()


@contextmanager
def _listening(host: str, port: int) -> Iterator[None]:
    """Name the address in what is told of a port that is taken or a host that is not here.

    Raises:
        ServiceError: The address cannot be listened at.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        raise ServiceError(
            f"the address cannot be listened at ({error}).",
            where=f"{host}:{port}",
            cure="Stop what uses it, or choose another with --host and --port.",
        ) from error


def _settle() -> None:
    """Load what the first request would, and keep the collector of garbage off it.

    It walks through all that is alive in the middle of some request: a tenth of a second, most
    of it for modules that never go.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  # loads all views
    gc.collect()
    gc.freeze()


def _largest_body() -> int:
    from django.conf import settings

    return int(settings.UPLOAD_BYTES)


def _proxy() -> dict[str, Any]:
    """Return whose word is taken on where a request comes from and how it came."""
    from django.conf import settings

    if not settings.TRUSTED_PROXY:
        return {}
    heard = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": settings.TRUSTED_PROXY, "trusted_proxy_headers": heard}


def _stop_at_signals() -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)


def worker(data: Path | None) -> None:
    """Make what is to be made until stopped.

    The main thread makes segments, others cut long texts, build exports, send letters, and look
    for what was left behind.
    A first signal lets the batch in hand be finished.
    """
    prepare(data)
    migrate()
    from kosorong_library.studio import cutter, reconciler
    from kosorong_library.studio.workers import keep_working

    reconciler.begin()
    watch, cuts = reconciler.Reconciler(), cutter.Cutter()
    watch.start()
    cuts.start()
    stopped = threading.Event()
    for queue in ("exports", "mail"):
        threading.Thread(
            target=keep_working, args=(queue, stopped), kwargs={"main": False}, daemon=True
        ).start()
    try:
        keep_working("default", stopped, main=True)
    finally:
        watch.stop()
        cuts.stop()


def admin(arguments: Sequence[str], data: Path | None = None) -> None:
    """Run one of Django's management commands."""
    prepare(data)
    if arguments[:1] == ["create"]:
        # A library begins with its admin: there may be no table yet.
        migrate()
    elif arguments and arguments[0] not in _WITHOUT_TABLES:
        _check_tables()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kosorong admin", *arguments])


def _check_tables() -> None:
    from kosorong_library.config.migrating import check_tables

    check_tables()


def backup(path: Path, data: Path | None) -> str:
    """Write a backup, and say what it holds; the library may lie on a disk that only reads.

    One that an older version made is backed up as it will be once this version has started: its
    own tables stay as they are.
    """
    with ExitStack() as stack:
        copy = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kosorong-work-")))
        if (folder := _only_read(data)) is not None:
            # SQLite writes beside a database that it reads; what waits there comes along.
            for file in folder.glob(f"{_DATABASE}*"):
                shutil.copy(file, copy)
            os.environ["KOSORONG_DATABASE_URL"] = f"sqlite://{copy / _DATABASE}"
        prepare(data)
        from kosorong_library.backups.backup import backup as make
        from kosorong_library.config import migrating

        migrating.check_tables(old=True)
        if migrating.is_behind():
            migrating.bring_copy_up_to_date(copy / f"old-{_DATABASE}")
        done = make(path)
    lost = "".join(f"\nMissing from the storage: {name}" for name in done.lost)
    size = f"{done.files} files ({done.bytes / 1e6:.1f} MB)"
    return f"{path}: {done.rows} rows, {size} in {done.seconds:.1f} s{lost}"


def _only_read(data: Path | None) -> Path | None:
    """Return the folder of a library on SQLite that cannot be written; None where it can."""
    from kosorong_library.config import env

    if env.secret("KOSORONG_DATABASE_URL"):
        return None
    folder = data or Path(os.environ.get("KOSORONG_DATA") or Path.home() / ".kosorong")
    there = (folder / _DATABASE).is_file()
    return folder if there and not os.access(folder, os.W_OK) else None


def check(data: Path | None, *, repair: bool) -> tuple[str, bool]:
    """Read all files, and say what was found and whether all is well."""
    prepare(data)
    _check_tables()
    from kosorong_library.studio.damage import check as look

    result = look(repair=repair)
    lines = [f"{result.files} files were read; {result.left} are named by no row"]
    mended = ", made again by the worker" if repair else ""
    lines += [f"Damaged or gone{mended}: {name}" for name in (*result.takes, *result.exports)]
    lines += [f"Gone, only a backup has it: {name}" for name in result.lost]
    if result.people:
        lines.append(
            f"{result.people} of them are recordings of people, which nobody can make again:"
            " restore them from a backup, or record them anew."
        )
    if not result.is_well and not repair:
        lines.append("Make again what can be made again: kosorong check --repair")
    return "\n".join(lines), result.is_well or (repair and not (result.lost or result.people))


def restore(path: Path, data: Path | None) -> str:
    """Put a backup back, and say what came back."""
    prepare(data)
    from kosorong_library.backups.restore import restore as put_back

    done = put_back(path)
    return f"{done.rows} rows and {done.files} files are back, in {done.seconds:.1f} s"


def prepare(data: Path | None) -> None:
    """Make the data folder and its secret, then load Django."""
    if data is not None:
        os.environ["KOSORONG_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kosorong_library.config.settings")
    from kosorong_library.config import settings

    with storage(settings.DATA):
        settings.DATA.mkdir(parents=True, exist_ok=True)
        if settings.SINGLE_USER:
            settings.SECRET_KEY = _keep_secret(settings.SECRET_FILE, settings.SECRET_KEY)
    import django

    django.setup()


def _keep_secret(path: Path, secret: str) -> str:
    """Return the secret, kept for the next start unless the environment gives it.

    Of two processes that start at once, both take what the first one wrote.
    """
    from kosorong_library.config import env

    if env.secret("KOSORONG_SECRET_KEY"):
        return secret
    if path.exists() and not os.access(path, os.W_OK):
        return path.read_text(encoding="ascii").strip() or secret
    with path.open("a+", encoding="ascii") as file:
        path.chmod(0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        kept = file.read().strip()
        if not kept:
            file.write(secret)
        return kept or secret


def migrate() -> None:
    """Bring the database up to date, one process at a time.

    On a machine of one's own its first user is made, and with it the starter book: once, so that
    a reader who deletes it is rid of it.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    from kosorong_library.accounts.models import User
    from kosorong_library.accounts.services import first_user
    from kosorong_library.config.migrating import alone
    from kosorong_library.library.starter import create_starter

    with alone():
        call_command("migrate", verbosity=0, interactive=False)
        if settings.SINGLE_USER and not User.objects.exists():
            with transaction.atomic():
                owner = first_user()
                if settings.STARTER:
                    create_starter(owner)
