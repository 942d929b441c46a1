"""Time `kosorong backup` and `restore` of a library of a given size, and reckon 10 GB from it.

    .venv/bin/python scripts/bench_backup.py [--mib 512]

The library is made in a temporary folder: takes of 256 KiB, as some twelve seconds of FLAC have.
Both commands run as processes of their own, checks of every byte included.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_TAKE = 256 << 10
_GOAL_SECONDS = 600.0
_GOAL_BYTES = 10e9
_MAKE = """
import os, sys
from pathlib import Path
from kosorong_library.config import serve
serve.prepare(Path(sys.argv[1]))
serve.migrate()
from django.core.files.base import ContentFile
from kosorong_library.accounts.services import first_user
from kosorong_library.library.models import Book, Chapter, Segment, State
from kosorong_library.studio.files import keep, take_name
from kosorong_library.studio.models import Take
book = Book.objects.create(owner=first_user(), title="큰 책", original="")
chapter = Chapter.objects.create(book=book, position=0)
for n in range(int(sys.argv[2])):
    key = os.urandom(32).hex()
    name = keep(take_name(key), ContentFile(os.urandom(int(sys.argv[3]))))
    take = Take.objects.create(key=key, audio=name, samples=264600, sample_rate=22050)
    Segment.objects.create(book=book, chapter=chapter, position=n, paragraph=n, take=take,
                           source_text="눈이 왔다.", target_text="눈이 왓다.", state=State.DONE)
"""


def timed(*words: str) -> float:
    """Run a command of this Python and return its seconds."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KOSORONG_")}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-W", "ignore", *words], env={**kept, "KOSORONG_STARTER": "0"}, check=True
    )
    return time.perf_counter() - started


def main() -> int:
    """Make the library, time both, print; 1 where 10 GB would take longer than ten minutes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--mib", type=int, default=512, help="size of the library")
    mib = parser.parse_args().mib
    takes = max(1, (mib << 20) // _TAKE)
    with tempfile.TemporaryDirectory(prefix="kosorong-bench-") as scratch:
        folder = Path(scratch)
        timed("-c", _MAKE, str(folder / "one"), str(takes), str(_TAKE))
        archive, kosorong = str(folder / "library.tar"), ("-m", "kosorong")
        seconds = {
            "backup": timed(*kosorong, "backup", archive, "--data", str(folder / "one")),
            "restore": timed(*kosorong, "restore", archive, "--data", str(folder / "two")),
        }
    worst = 0.0
    for name, spent in seconds.items():
        reckoned = spent * _GOAL_BYTES / (takes * _TAKE)
        worst = max(worst, reckoned)
        print(f"{name}: {spent:.1f} s for {takes} files, {mib} MiB; 10 GB: {reckoned / 60:.1f} min")
    return int(worst > _GOAL_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
