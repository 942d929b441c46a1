"""Three processes kept together."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kosorong.cli.supervisor import ServiceProcess, Supervisor
from kosorong.errors import ServiceError

TELL = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def wait_for(what: Callable[[], object], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def running(
    tmp_path: Path,
) -> Iterator[tuple[list[Path], io.StringIO, Supervisor, threading.Thread]]:
    files = [tmp_path / "one", tmp_path / "two"]
    parts = [ServiceProcess(f.name, [sys.executable, "-c", TELL, str(f)]) for f in files]
    log = io.StringIO()
    supervisor = Supervisor(parts, log=log, pause=0.05)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    wait_for(lambda: all(pids(f) for f in files))
    yield files, log, supervisor, thread
    supervisor.stop()
    thread.join(15)
    assert not thread.is_alive()


def test_a_part_that_dies_is_started_again_and_the_others_stay(
    running: tuple[list[Path], io.StringIO, Supervisor, threading.Thread],
) -> None:
    files, log, _, _ = running
    first = pids(files[0])[0]
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: len(pids(files[0])) == 2)
    assert len(pids(files[1])) == 1
    assert "exit code -9" in log.getvalue()


def test_stopping_leaves_no_process_behind(
    running: tuple[list[Path], io.StringIO, Supervisor, threading.Thread],
) -> None:
    files, _, supervisor, thread = running
    every = [pid for f in files for pid in pids(f)]
    supervisor.stop()
    thread.join(15)
    assert not any(alive(pid) for pid in every)


def test_a_part_that_cannot_live_ends_everything_with_its_own_words(tmp_path: Path) -> None:
    log = io.StringIO()
    well = tmp_path / "well"
    parts = [
        ServiceProcess("well", [sys.executable, "-c", TELL, str(well)]),
        ServiceProcess("ill", [sys.executable, "-c", "raise SystemExit('no port left')"]),
    ]
    with pytest.raises(ServiceError, match="ill stopped 6 times"):
        Supervisor(parts, log=log, pause=0.001).run()
    assert "no port left" in log.getvalue()
    wait_for(lambda: not any(alive(pid) for pid in pids(well)))


def test_one_sigterm_stops_it_cleanly(tmp_path: Path) -> None:
    file = tmp_path / "one"
    program = (
        "import sys\nfrom kosorong.cli.supervisor import ServiceProcess, Supervisor\n"
        "Supervisor([ServiceProcess('one', sys.argv[1:])]).run()\n"
    )
    command = [sys.executable, "-c", program, sys.executable, "-c", TELL, str(file)]
    process = subprocess.Popen(command)
    wait_for(lambda: bool(pids(file)))
    process.terminate()
    assert process.wait(15) == 0
    assert not alive(pids(file)[0])


def test_parts_of_a_supervisor_that_was_killed_end_by_themselves(tmp_path: Path) -> None:
    file = tmp_path / "one"
    part = f"from kosorong.cli.supervisor import leave_with_supervisor as l; l(); {TELL}"
    program = (
        "import sys\nfrom kosorong.cli.supervisor import ServiceProcess, Supervisor\n"
        "Supervisor([ServiceProcess('one', sys.argv[1:])]).run()\n"
    )
    command = [sys.executable, "-c", program, sys.executable, "-c", part, str(file)]
    process = subprocess.Popen(command)
    wait_for(lambda: bool(pids(file)))
    assert alive(pids(file)[0])
    process.kill()
    process.wait()
    wait_for(lambda: not alive(pids(file)[0]))


def test_a_part_that_stands_back_does_and_the_others_do_not(tmp_path: Path) -> None:
    parts = [
        ServiceProcess("first", [sys.executable, "-c", TELL, str(tmp_path / "first")]),
        ServiceProcess("back", [sys.executable, "-c", TELL, str(tmp_path / "back")], nice=5),
    ]
    supervisor = Supervisor(parts, log=io.StringIO(), pause=0.05)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        wait_for(lambda: pids(tmp_path / "first") and pids(tmp_path / "back"))
        first, back = (pids(tmp_path / part.name)[0] for part in parts)
        # A part may have told its number before the supervisor has set its priority.
        wait_for(
            lambda: (
                os.getpriority(os.PRIO_PROCESS, back)
                == min(19, os.getpriority(os.PRIO_PROCESS, first) + 5)
            )
        )
    finally:
        supervisor.stop()
        thread.join(15)


def test_a_part_that_others_can_do_without_is_tried_on_while_they_go_on(tmp_path: Path) -> None:
    good = tmp_path / "good"
    parts = [
        ServiceProcess("worker", [sys.executable, "-c", "raise SystemExit(3)"], vital=False),
        ServiceProcess("api", [sys.executable, "-c", TELL, str(good)]),
    ]
    log = io.StringIO()
    supervisor = Supervisor(parts, log=log, pause=0.001)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        wait_for(lambda: log.getvalue().count("starting again") >= 8, 30)
        assert thread.is_alive()
        assert alive(pids(good)[0])
        assert len(pids(good)) == 1
    finally:
        supervisor.stop()
        thread.join(15)
