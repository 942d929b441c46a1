"""Processes stay small."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kosorong.bundle import FOLDERS_VARIABLE

# A first large block that is freed lets glibc take the next ones from the heap, where one small
# block above them keeps them all.
_WORK = """
import sys, ctypes
if sys.argv[1] == "small":
    from kosorong.cli.memory import stay_small
    assert stay_small()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
size = 2_000_000
libc.free(libc.malloc(size))
held = [libc.malloc(size) for _ in range(20)]
for block in held:
    ctypes.memset(ctypes.c_void_p(block), 1, size)
above = libc.malloc(100_000)
for block in held:
    libc.free(block)
print(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's allocator is Linux's")
def test_large_blocks_that_were_freed_are_given_back() -> None:
    def resident(how: str) -> int:
        command = [sys.executable, "-c", _WORK, how]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    plain, small = resident("plain"), resident("small")
    assert small < plain - 30_000, (plain, small)  # kB


_PAUSES = """
import ctypes, sys, time
from kosorong.cli import memory
memory._PAUSE, memory._WORTH = 0.2, 0.0
if sys.argv[1] == "small":
    memory.give_back_in_pauses()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
held = [libc.malloc(2000) for _ in range(20_000)]
for block in held:
    ctypes.memset(ctypes.c_void_p(block), 1, 2000)
above = libc.malloc(2000)
for block in held:
    libc.free(block)
del held
time.sleep(1.0)
print(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's allocator is Linux's")
def test_small_blocks_that_were_freed_are_given_back_in_a_pause() -> None:
    def resident(how: str) -> int:
        command = [sys.executable, "-c", _PAUSES, how]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    plain, small = resident("plain"), resident("small")
    assert small < plain - 30_000, (plain, small)  # kB


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kilobytes are Linux's unit")
def test_thousands_of_letters_without_a_stop_take_the_memory_of_a_line(tmp_path: Path) -> None:
    from kosorong.training.toy import make_toy_voice

    make_toy_voice(tmp_path / "toy-voice")
    sound = tmp_path / "x.wav"
    environ = {**os.environ, FOLDERS_VARIABLE: str(tmp_path)}

    def peak(text: str) -> float:
        words = [sys.executable, "-m", "kosorong", "speak", text, "-o", str(sound), "--speed", "2"]
        process = subprocess.Popen([*words, "--voice", "toy"], env=environ)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        process.returncode = 0
        return usage.ru_maxrss / 1024  # MB

    short, long = peak("가나다라마" * 60), peak("가나다라마" * 1_000)
    # As floats the sound takes twice the file, and it stood there twice before it was streamed.
    assert sound.stat().st_size > 15_000_000
    assert long < short + 20
