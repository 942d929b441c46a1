"""Reads damaged copies of small texts: each is read or refused by name, within 5 s of work.

    python scripts/mutant_texts.py --count 20000 --seed 1

The seed makes the same copies again; hypothesis shrinks the first that fails and prints it.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError

_MOST_SECONDS = 5.0
_TEXT = (
    "긴 겨울\n\n고은별 지음\n\n차례\n1장 눈\n2장 바람\n\n1장 눈\n\n눈이 왔다. “춥다.” 하고\n"
    "한라산(漢拏山)에도 왔다.\n\n- 12 -\n\n2장 바람\n\nᄇᆞᄅᆞᆷ이 불엇저. # *굵게* [말](http://a.b)\n\n"
    "> 인용 - 출처\n\n| 표 | 칸 |\n|---|---|\n\n[^1]: 주석\n\n출처: 『섬』, 1948\n"
)
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949")
_PIECES = st.binary(max_size=6) | st.sampled_from(
    [
        b"\0",
        b"\xff\xfe",
        b"\r",
        b"\n\n",
        b"<!--",
        b"```",
        b"> " * 30,
        b"[" * 90,
        b"*" * 90,
        b"\x1b$)C",
    ]
)
_MUTATION = st.tuples(st.integers(0, 700), st.integers(0, 60), _PIECES)


def mutant(encoding: str, mutations: list[tuple[int, int, bytes]]) -> bytes:
    """Return the text with pieces of it replaced: (where, how many bytes, by what)."""
    data = _TEXT.encode(encoding, "ignore")
    for place, length, piece in mutations:
        data = data[:place] + piece + data[place + length :]
    return data


def main() -> None:
    """Read as many as asked for; an error that is no InputError ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="copies for each kind of file")
    parser.add_argument("--seed", type=int, default=1, help="makes the same copies again")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    for ending in (".txt", ".md"):
        print(f"{ending}: seed {args.seed}, {_read_all(folder, ending, args.count, args.seed)}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"memory at most {peak} MB")


def _read_all(folder: Path, ending: str, count: int, number: int) -> str:
    path = folder / f"글{ending}"
    told = {"read": 0, "refused": 0}
    slowest = 0.0

    @seed(number)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=HealthCheck)
    @given(st.sampled_from(_ENCODINGS), st.lists(_MUTATION, min_size=1, max_size=4))
    def read(encoding: str, mutations: list[tuple[int, int, bytes]]) -> None:
        nonlocal slowest
        path.write_bytes(mutant(encoding, mutations))
        begun = time.process_time()  # others may keep the machine busy
        try:
            read_manuscript(path)
            told["read"] += 1
        except InputError:
            told["refused"] += 1
        seconds = time.process_time() - begun
        slowest = max(slowest, seconds)
        if seconds > _MOST_SECONDS:
            raise TimeoutError(f"{seconds:.1f} s")

    read()
    return f"{told['read']} read, {told['refused']} refused by name, slowest {slowest:.2f} s"


if __name__ == "__main__":
    main()
