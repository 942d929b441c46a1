"""`kosorong doctor`."""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kosorong.cli.common import Commands
from kosorong.errors import KosorongError
from kosorong.extras import how_to_install

_EXTRAS = {
    "serve": ("onnxruntime", "ctranslate2", "flask", "waitress"),
    "train": ("torch", "numba", "scipy", "yaml", "onnx", "matplotlib", "tensorboard", "sacrebleu"),
}
_UNITS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16", "asimddp", "i8mm")
_FREE_BYTES = 1_000_000_000
_MEMORY_BYTES = 900_000_000


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at.

    Attributes:
        good: Whether the main work can be done with it.
        needed: A lack of it is a failure, not a remark.
        text: What was found.
        cure: What to do about it, "" where nothing is.
    """

    good: bool
    needed: bool
    text: str
    cure: str = ""


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("doctor", help="what this machine has and lacks, with the cure")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the findings; 1 where something needed is missing."""
    failed = False
    for finding in examine():
        sign = "ok  " if finding.good else ("FAIL" if finding.needed else "--  ")
        print(f"{sign} {finding.text}{'. ' + finding.cure if finding.cure else ''}")
        failed = failed or (finding.needed and not finding.good)
    return int(failed)


def examine() -> Iterator[Diagnosis]:
    """Look at Python, packages, processor, memory, disk and bundles."""
    version = ".".join(map(str, sys.version_info[:3]))
    supported = (3, 11) <= sys.version_info[:2] <= (3, 14)
    yield Diagnosis(supported, True, f"Python {version}", "" if supported else "Use 3.11 to 3.14.")
    for extra, modules in _EXTRAS.items():
        yield _packages(extra, modules)
    yield from _processor()
    yield from _room()
    for kind in ("voice", "translator"):
        yield _bundles(kind)


def _packages(extra: str, modules: tuple[str, ...]) -> Diagnosis:
    missing = [m for m in modules if importlib.util.find_spec(m) is None]
    if not missing:
        return Diagnosis(True, extra == "serve", f"packages of [{extra}]")
    cure = how_to_install(extra)
    return Diagnosis(False, extra == "serve", f"[{extra}] lacks {', '.join(missing)}", cure)


def _processor() -> Iterator[Diagnosis]:
    path = Path("/proc/cpuinfo")
    cpuinfo = path.read_text(errors="replace") if path.exists() else ""
    units = vector_units(cpuinfo)
    known = ", ".join(units) or "vector units unknown"
    yield Diagnosis(True, False, f"{os.cpu_count()} processors, {known}")
    yield Diagnosis(True, False, f"int8 speech: {how_int8_runs(units)}")


def vector_units(cpuinfo: str) -> tuple[str, ...]:
    """Return the vector units that matter to int8 and float arithmetic.

    Args:
        cpuinfo: What Linux says in `/proc/cpuinfo`; "" where it says nothing.

    >>> vector_units("flags : fpu sse avx2 avx_vnni")
    ('avx2', 'avx_vnni')
    """
    lines = [line for line in cpuinfo.splitlines() if line.startswith(("flags", "Features"))]
    flags = set(lines[0].split()) if lines else set()
    return tuple(name for name in _UNITS if name in flags)


def how_int8_runs(units: Sequence[str]) -> str:
    """Say by what int8 products of the voice are made, and what follows.

    Factors are those of `python scripts/bench.py int8`; see docs/reference/speech-speed.md.
    """
    if any("vnni" in name for name in units):
        return "VNNI, about 1.4 times as fast as float"
    if "asimddp" in units:
        return "dot products of ARM, not measured"
    if "avx2" in units:
        return (
            "AVX2 without VNNI, about 1.2 times as fast as float and the same sound: "
            "weights keep to seven bits, so that sums of 16 bits cannot overflow"
        )
    return "on what the processor has; the sound is the same"


def _room() -> Iterator[Diagnosis]:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    cure = "" if free > _FREE_BYTES else "Free some space: a book needs about 1 MB a minute."
    yield Diagnosis(free > _FREE_BYTES, True, f"{free / 1e9:.1f} GB free for work", cure)
    path = Path("/proc/meminfo")
    if path.exists():
        kilobytes = int(path.read_text().split("MemAvailable:")[1].split()[0])
        enough = kilobytes * 1024 > _MEMORY_BYTES
        cure = "" if enough else "Making a book takes up to 250 MB; close something."
        yield Diagnosis(enough, False, f"{kilobytes / 1e6:.1f} GB of memory available", cure)


def _bundles(kind: str) -> Diagnosis:
    from kosorong.bundle import installed, open_bundle

    try:
        names = [open_bundle(path, kind).info.name for path in installed(kind)]
    except KosorongError as error:
        return Diagnosis(False, True, str(error))
    if names:
        return Diagnosis(True, True, f"{kind}: {', '.join(names)}")
    cure = "Set KOSORONG_BUNDLES to a folder that holds bundles."
    return Diagnosis(False, True, f"no {kind} is installed", cure)
