"""Reads every manuscript and transcript under some folders and prints what came of it.

A folder may hold the sources of packages as they are published (.tar.gz, .tgz, .whl, .zip): their
files are read out of them. The last line counts what was read, what was refused by name, and how
long the slowest took; a traceback is a fault, and the exit code is 1.

    python scripts/reading_report.py FOLDER… [--full] [--ending .docx …]
"""

from __future__ import annotations

import argparse
import resource
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kosorong.book.manuscript import Manuscript, has_takes
from kosorong.book.readers import MANUSCRIPTS, TRANSCRIPTS, read_manuscript
from kosorong.errors import KosorongError

_PACKAGES = (".tar.gz", ".tgz", ".whl", ".zip")
_LARGEST = 64 << 20
_SHOWN = 70


@dataclass
class Tally:
    """What was met.

    Attributes:
        counts: `read`, `refused` and `broken`, by ending.
        slowest: Seconds and the file that took them.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")


def files_under(folder: Path, endings: frozenset[str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield package, path in it and bytes of every file with one of the endings."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if path.name.endswith(_PACKAGES) and not path.is_dir():
            try:
                yield from _packed(path, endings)
            except (OSError, ValueError, zipfile.BadZipFile, tarfile.TarError) as error:
                print(f"{path}: no package that can be unpacked: {error}", file=sys.stderr)
        elif path.suffix.lower() in endings and path.is_file():
            yield folder.name, str(path.relative_to(folder.parent)), path.read_bytes()


def _packed(path: Path, endings: frozenset[str]) -> Iterator[tuple[str, str, bytes]]:
    if path.name.endswith((".whl", ".zip")):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                wanted = PurePosixPath(info.filename).suffix.lower() in endings
                if wanted and (data := _unpacked(archive, info)):
                    yield path.name, info.filename, data
        return
    with tarfile.open(path) as archive:
        for member in archive:
            wanted = PurePosixPath(member.name).suffix.lower() in endings
            file = archive.extractfile(member) if wanted and member.size < _LARGEST else None
            if file is not None:
                yield path.name, member.name, file.read()


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a file of a package; nothing where the package itself cannot be unpacked."""
    try:
        return archive.read(info)
    except (OSError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile) as error:
        print(f"{archive.filename}: {info.filename}: not unpacked: {error}", file=sys.stderr)
        return b""


def show(manuscript: Manuscript, full: bool) -> None:
    """Print chapters, paragraphs, notes and what is not read."""
    kind = "a transcript of" if has_takes(manuscript) else ""
    print(f"  {manuscript.title!r} by {manuscript.author!r} [{manuscript.language}] {kind}")
    for chapter in manuscript.chapters:
        notes = f", {len(chapter.notes)} notes" if chapter.notes else ""
        print(f"  {'#' * chapter.level} {chapter.title} ({len(chapter.paragraphs)}{notes})")
        shown = chapter.paragraphs if full else chapter.paragraphs[:4]
        for paragraph in shown:
            text = paragraph.text.replace("\n", " / ")
            print(f"      {paragraph.kind}: {text if full else text[:_SHOWN]}")
    for one in manuscript.skipped if full else manuscript.skipped[:12]:
        print(f"    - {one.reason} ({one.where.partition(':')[2]}): {one.text[:_SHOWN]!r}")
    for warning in manuscript.warnings:
        print(f"    ! {warning}")


def look_at(package: str, name: str, data: bytes, tally: Tally, full: bool) -> None:
    """Read one file, print what came of it and count it."""
    ending = PurePosixPath(name).suffix.lower()
    print(f"{package}: {name}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePosixPath(name).name
        path.write_bytes(data)
        started = time.perf_counter()
        try:
            manuscript = read_manuscript(path)
        except KosorongError as error:
            print(f"  refused: {error}")
            tally.counts[ending, "refused"] += 1
        except Exception:
            traceback.print_exc(file=sys.stdout)
            tally.counts[ending, "broken"] += 1
        else:
            show(manuscript, full)
            tally.counts[ending, "read"] += 1
        tally.slowest = max(tally.slowest, (time.perf_counter() - started, name))


def main() -> int:
    """Read the folders that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--ending", nargs="*", default=sorted(MANUSCRIPTS | TRANSCRIPTS))
    parser.add_argument("--full", action="store_true", help="all of the text")
    args = parser.parse_args()
    tally = Tally()
    for folder in args.folders:
        for package, name, data in files_under(folder, frozenset(args.ending)):
            look_at(package, name, data, tally, args.full)
    rows = ", ".join(f"{ending} {what}: {n}" for (ending, what), n in sorted(tally.counts.items()))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows}; slowest {tally.slowest[0]:.2f} s ({tally.slowest[1]}); most {memory:.0f} MB")
    return int(any(what == "broken" for _, what in tally.counts))


if __name__ == "__main__":
    sys.exit(main())
