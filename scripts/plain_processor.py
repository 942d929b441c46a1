"""Run ONNX Runtime as on a processor without VNNI and AVX-512, at full speed.

python scripts/plain_processor.py COMMAND…    runs a command so, for example `python bench.py speed`

ONNX Runtime asks the processor itself (CPUID) and has no setting against it. A copy of the
package, in a folder of its own, gets an instruction that traps in place of each CPUID; a small
library, loaded first, answers the trap with the processor's own answer, the newer instructions
taken out. All else runs as it is, on kernels for AVX2. Needs Linux on x86-64, a C compiler and
objdump.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_CPUID, _TRAP = b"\x0f\xa2", b"\x0f\x0b"

# Bits by Intel's manual, volume 2A, CPUID: leaf 7.0 EBX holds AVX-512's parts (bits 16, 17, 21, 26
# to 28, 30, 31), ECX and EDX its later ones with VNNI (ECX 11) and AMX; leaf 7.1 EAX and EDX hold
# AVX-VNNI and its kin.
_ANSWER = """
#define _GNU_SOURCE
#include <cpuid.h>
#include <signal.h>
#include <ucontext.h>

static void answer(int number, siginfo_t *info, void *context) {
    greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
    const unsigned char *at = (const unsigned char *)r[REG_RIP];
    if (at[0] != 0x0f || at[1] != 0x0b) { signal(number, SIG_DFL); return; }
    unsigned leaf = r[REG_RAX], part = r[REG_RCX], a, b, c, d;
    __cpuid_count(leaf, part, a, b, c, d);
    if (leaf == 7 && part == 0) {
        b &= ~0xdc230000u;
        c &= ~0x00005842u;
        d &= ~0x03c0010cu;
    }
    if (leaf == 7 && part == 1) {
        a &= ~0x00a00030u;
        d &= ~0x00000530u;
    }
    r[REG_RAX] = a; r[REG_RBX] = b; r[REG_RCX] = c; r[REG_RDX] = d;
    r[REG_RIP] += 2;
}

__attribute__((constructor)) static void begin(void) {
    struct sigaction action = {.sa_sigaction = answer, .sa_flags = SA_SIGINFO};
    sigaction(SIGILL, &action, 0);
}
"""


@contextmanager
def plain_processor() -> Iterator[Mapping[str, str]]:
    """Give the environment in which Python finds the changed copy, for as long as the block runs.

    Raises:
        SystemExit: Something that this needs is missing.
    """
    spec = find_spec("onnxruntime")
    if lacking() or spec is None or spec.origin is None:
        raise SystemExit(f"this needs {lacking() or 'onnxruntime'}.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(Path(spec.origin).parent, folder / "onnxruntime")
        for library in (folder / "onnxruntime" / "capi").glob("*pybind11_state*.so"):
            _set_traps(library)
        (folder / "answer.c").write_text(_ANSWER)
        answer = folder / "answer.so"
        words = ["cc", "-O1", "-shared", "-fPIC", "-o", str(answer), str(folder / "answer.c")]
        subprocess.run(words, check=True)
        path = os.pathsep.join(filter(None, (scratch, os.environ.get("PYTHONPATH", ""))))
        yield {**os.environ, "LD_PRELOAD": str(answer), "PYTHONPATH": path}


def lacking() -> str:
    """Return what is missing on this machine, "" where nothing is."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "Linux on x86-64"
    return ", ".join(name for name in ("cc", "objdump") if shutil.which(name) is None)


def _set_traps(library: Path) -> None:
    """Put a trap in place of every CPUID of a library; both are two bytes long."""
    words = ["objdump", "-d", "--no-show-raw-insn", str(library)]
    places = []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            if found := re.match(r"\s*([0-9a-f]+):\tcpuid\s*$", line):
                places.append(int(found[1], 16))
    shift = _code_shift(library)
    content = bytearray(library.read_bytes())
    for place in places:
        at = place - shift
        if content[at : at + 2] != _CPUID:
            raise SystemExit(f"{library.name} holds no CPUID at {at:#x}: another layout")
        content[at : at + 2] = _TRAP
    library.write_bytes(content)


def _code_shift(library: Path) -> int:
    """Return by how much addresses of the code exceed its places in the file."""
    words = ["objdump", "-h", "-j", ".text", str(library)]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    address, place = re.findall(r"\.text\s+\S+\s+(\S+)\s+\S+\s+(\S+)", told)[0]
    return int(address, 16) - int(place, 16)


if __name__ == "__main__":
    with plain_processor() as environment:
        raise SystemExit(subprocess.run(sys.argv[1:], check=False, env=environment).returncode)
