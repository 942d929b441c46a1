"""Read files that are broken on purpose as EPUBs: each is read or refused by name, in bounds.

    python scripts/epub_hostile.py FOLDER [--mutants 20000] [--seed 1]

Every .epub and .zip under the folder is read as .epub, .docx and .hwpx, each in a process of its
own; then mutants, made by hypothesis, of two small valid books: bytes of the archive or of one of
its files changed, cut, repeated, or given another mark. Printed are the seed, the slowest and the
largest; exit status 1 where one took more than 5 s or 200 MB, or ended in anything but a message.
Runs where processes can be forked.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError

SECONDS, MEBIBYTES = 5.0, 200
BATCH = 1_000
_TOKENS = (
    b"<", b">", b"&", b'"', b"'", b"\0", b"]]>", b"<!--", b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"<ruby>", b"<rt>", b"</rt>", b"<sup>3</sup>", b"<a href='#n1'>1)</a>", b"<p id='n1'>1) ",
    b"<table>", b"<svg>", b"<style>p{display:none", b"<img alt='", b"</body>", b"<hr/>", b"<br/>",
    b" epub:type='footnote'", b" hidden=''", b" id='n1'", b" class='pagenum'", b" linear='no'",
    b"\xff\xfe", b"\xef\xbb\xbf", "각주".encode(), "한".encode("cp949"), b"PK\3\4", b"PK\5\6",
    b"../", b"#", b"%00", b"9" * 400,
)  # fmt: skip
_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head>
<title>쪽</title><link rel="stylesheet" href="s.css"/></head><body><section epub:type="chapter">
<h1 id="c1">하나</h1><p>바람이 <a id="page_13">13</a>불었다.<a href="#n1">1)</a> 돌<sup>2</sup>이
<ruby>海<rt>바당</rt></ruby>에 <img src="a.gif" alt="고래"/>와 구른다. 10<sup>6</sup>개.</p>
<p class="gone">숨은 말</p><table><tr><td>칸</td></tr></table><p id="n1">1) 풀이.</p><p>2) 둘째.</p>
</section></body></html>"""
_PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"><dc:title
id="t">바당</dc:title><meta refines="#t" property="title-type">main</meta><dc:creator
opf:role="aut">고은별</dc:creator><meta property="belongs-to-collection" id="s">섬</meta>
<dc:language>ko</dc:language></metadata><manifest><item id="p" href="p.xhtml"
media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" properties="nav"
media-type="application/xhtml+xml"/><item id="c" href="c.svg" properties="cover-image"
media-type="image/svg+xml"/></manifest><spine><itemref idref="p"/><itemref idref="n"/></spine>
</package>"""
_FILES = {
    "META-INF/container.xml": (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="o/b.opf"/></rootfiles></container>'
    ),
    "o/b.opf": _PACKAGE,
    "o/p.xhtml": _PAGE,
    "o/n.xhtml": (
        '<html xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol><li>'
        '<a href="p.xhtml#c1">하나</a></li></ol></nav></body></html>'
    ),
    "o/s.css": ".gone, div p { display: none } @media print { p { display: none } }",
    "o/a.gif": "GIF89a",
}


def packed(files: dict[str, bytes]) -> bytes:
    """Return an archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """Draw a small book with a few faults in one of its files, in the archive, or in both."""
    files = {name: text.encode() for name, text in _FILES.items()}
    for _ in range(draw(st.integers(0, 2))):
        name = draw(st.sampled_from(sorted(files)))
        files[name] = _mutated(draw, files[name])
    data = packed(files)
    return _mutated(draw, data) if draw(st.integers(0, 3)) == 0 else data


def _mutated(draw: st.DrawFn, data: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 40))
        kind = draw(st.integers(0, 5))
        if kind == 0:
            data = data[:place] + draw(st.sampled_from(_TOKENS)) + data[place:]
        elif kind == 1:
            data = data[:place] + draw(st.binary(min_size=1, max_size=4)) + data[place + length :]
        elif kind == 2:
            data = data[:place] + data[place + length :]
        elif kind == 3:
            data = (
                data[:place]
                + data[place : place + length] * draw(st.integers(2, 300))
                + data[place:]
            )
        elif kind == 4:
            data = data[:place]
        else:
            data = (
                data[:place]
                + draw(st.sampled_from(_TOKENS)) * draw(st.integers(2, 3000))
                + data[place:]
            )
    return data


def outcome(path: Path) -> str:
    """Read a file; return `read`, `refused`, or the traceback of anything else."""
    try:
        read_manuscript(path)
    except InputError as error:
        return "refused" if error.where and error.cure else f"nameless: {error}"
    except Exception:  # that is what is looked for
        return traceback.format_exc()
    return "read"


def in_process(work: Callable[[], str]) -> tuple[str, float, float]:
    """Do something in a process of its own; return what it says, seconds and mebibytes."""
    reading, writing = os.pipe()
    begin = time.monotonic()
    child = os.fork()
    if not child:
        os.write(writing, work().encode()[:60_000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _, status, usage = os.wait4(child, 0)
    return said or f"status {status}", time.monotonic() - begin, usage.ru_maxrss / 1024


def main() -> int:
    """Print what came of every file that is out of bounds, and of all together."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bad = sum(
            _read_folder(args.folder, Path(folder) / f"a{ending}")
            for ending in (".epub", ".docx", ".hwpx")
        )
        if args.mutants:
            bad += _read_mutants(args.mutants, args.seed, Path(folder) / "a.epub")
    return bool(bad)


def _read_folder(folder: Path, target: Path) -> int:
    counts: Counter[str] = Counter()
    slowest = largest = 0.0
    bad = 0
    for path in sorted((*folder.rglob("*.epub"), *folder.rglob("*.zip"))):
        shutil.copyfile(path, target)
        said, seconds, size = in_process(partial(outcome, target))
        slowest, largest = max(slowest, seconds), max(largest, size)
        counts[said if said in {"read", "refused"} else "failed"] += 1
        if said not in {"read", "refused"} or seconds > SECONDS or size > MEBIBYTES:
            bad += 1
            print(f"{path}: {seconds:.1f} s, {size:.0f} MiB, {said}")
    figures = f"slowest {slowest:.2f} s, largest {largest:.0f} MiB"
    print(f"{target.suffix} files: {dict(counts)}, {figures}")
    return bad


def _read_mutants(count: int, number: int, target: Path) -> int:
    """Read mutants in batches, a process each, so that what hypothesis keeps does not add up."""
    counts: Counter[str] = Counter()
    slowest = largest = 0.0
    for batch in range(0, count, BATCH):
        size = min(BATCH, count - batch)
        said, _, used = in_process(partial(_batch, size, number + batch // BATCH, target))
        result = json.loads(said) if said.startswith("{") else {"failed": size, "said": said}
        print(result.pop("said", ""), end="")
        slowest, largest = max(slowest, result.pop("seconds", 0.0)), max(largest, used)
        counts.update(result)
    print(
        f"mutants (seeds {number} to {number + max(0, count - 1) // BATCH}): {dict(counts)},"
        f" slowest {slowest:.2f} s of the processor, largest {largest:.0f} MiB with hypothesis"
    )
    return counts["failed"] + counts["slow"] + (largest > MEBIBYTES)


def _batch(count: int, number: int, target: Path) -> str:
    """Read mutants; return as JSON what came of them, and the outcome of those out of bounds."""
    counts: Counter[str] = Counter()
    times: list[float] = []
    lines: list[str] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mutants())
    def read(data: bytes) -> None:
        target.write_bytes(data)
        begin = time.process_time()
        said = outcome(target)
        times.append(time.process_time() - begin)
        counts[said if said in {"read", "refused"} else "failed"] += 1
        counts["slow"] += times[-1] > SECONDS
        if said not in {"read", "refused"} or times[-1] > SECONDS:
            kept = Path(tempfile.mkstemp(suffix=".epub")[1])
            kept.write_bytes(data)
            lines.append(f"{kept}: {times[-1]:.1f} s, {said}\n")

    read()
    return json.dumps({**counts, "seconds": max(times), "said": "".join(lines)})


if __name__ == "__main__":
    sys.exit(main())
