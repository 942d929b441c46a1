"""What servers of tests leave behind: nothing, however the tests end."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from local_servers import until

_HERE = Path(__file__).parent
_TESTS = """
import sys
from pathlib import Path
from local_servers import free_port, running
port = free_port()
words = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
with running(words, port, Path(sys.argv[1])) as server:
    print(server.pid, flush=True)
    sys.stdin.read()
"""


def _is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_server_ends_with_tests_that_were_killed(tmp_path: Path) -> None:
    words = [sys.executable, "-c", _TESTS, str(tmp_path / "log")]
    environment = {**os.environ, "PYTHONPATH": str(_HERE)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, env=environment, **pipes) as tests:
        server = int(tests.stdout.readline())
        assert _is_there(server)
        tests.send_signal(signal.SIGKILL)
    until(lambda: not _is_there(server), 20)
