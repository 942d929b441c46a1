"""A process that makes books stays small."""

import subprocess
import sys

import pytest

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
