"""Whole books through `kosorong book`: how long, how much of the processor, how much memory.

python scripts/bench_packing.py LETTERS    as `bench.py packing`, of a shorter book
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STORY = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.txt"))[0]
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def sentences() -> Iterator[str]:
    """Yield the story's segments over and over, each time a little different."""
    from kosorong.book.manuscript import segments
    from kosorong.book.readers import read_manuscript

    story = [s.text for s in segments(read_manuscript(STORY))]
    for turn in range(10_000):
        for number, text in enumerate(story):
            # A number keeps finished work from being found again by its text.
            yield text if turn == 0 else f"{turn * len(story) + number}, {text}"


def write_story(folder: Path, letters: int, changed: bool = False) -> Path:
    """Write a manuscript of so many letters and return its path.

    Args:
        folder: Where.
        letters: At least.
        changed: Whether a sentence in the middle reads otherwise.
    """
    text: list[str] = []
    length, middle = 0, None
    for number, sentence in enumerate(sentences()):
        length += len(sentence)
        if middle is None and length > letters / 2:
            middle = number
        text.append(sentence + ("\n\n" if number % 6 == 5 else " "))
        if length >= letters:
            break
    if changed and middle is not None:
        text[middle] = f"그런데 말이다, {text[middle]}"
    path = folder / "story.txt"
    path.write_text("".join(text), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Run:
    """A run of `kosorong book`.

    Attributes:
        sound: Seconds of the book.
        wall: Seconds that it took.
        busy: Seconds of processor.
        megabytes: Largest resident set.
        spoken: Segments spoken.
    """

    sound: float
    wall: float
    busy: float
    megabytes: float
    spoken: int


def make_book(manuscript: Path) -> Run:
    """Make M4B and EPUB beside a manuscript, translated, with default settings."""
    folder = manuscript.parent
    report = folder / "report.json"
    command = [sys.executable, "-m", "kosorong", "book", str(manuscript), "-o", str(folder)]
    started = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--report", str(report)],
        env={**os.environ, **_ONE_THREAD},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"`{' '.join(command)}` failed; run it by hand to see why.")
    told = json.loads(report.read_text(encoding="utf-8"))
    return Run(
        told["seconds"],
        wall,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        told["run"]["spoken"],
    )


def packing(letters: int) -> None:
    """Make a long book; change one of its sentences and make it again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = make_book(write_story(folder, letters))
        again = make_book(write_story(folder, letters, changed=True))
    print(f"packing: {letters:,} letters, translated, M4B and EPUB, {os.cpu_count()} cores")
    print(f"  sound                  {whole.sound:8.0f} s")
    print(f"  wall / sound           {whole.wall / whole.sound:8.4f}  (bar 0.012, goal 0.010)")
    print(f"  processor / sound      {whole.busy / whole.sound:8.4f}  (bar 0.021)")
    print(f"  most memory            {whole.megabytes:8.0f} MB  (bar 250 MB)")
    print(f"  one sentence changed, {again.spoken} segment spoken, both files made again")
    print(f"    wall                 {again.wall:8.1f} s  (bar 8 s)")
    print(f"    processor            {again.busy:8.1f} s")
    print(f"    most memory          {again.megabytes:8.0f} MB")


if __name__ == "__main__":
    packing(int(sys.argv[1]) if len(sys.argv) > 1 else 240_000)
