"""Small valid files of every kind, and mutants of them; run as a program it reads many.

    python tests/book/mutants.py [--count 20000] [--seed 1] [--ending .docx …]

Prints the seed, how many were read and refused by name, the slowest (seconds of the processor), and
the most memory; a mutant that ends otherwise is shrunk by hypothesis and printed, and the exit code
is 1.
"""

from __future__ import annotations

import argparse
import io
import resource
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from office_files import Docx, Hwpx, hp, para, run, sub_list

from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError

SRT = (
    b"1\n00:00:01,000 --> 00:00:02,000\n<i>\xeb\x88\x88</i>.\n\n"
    b"2\n00:00:03,000 --> 00:00:04,000\n[a] b: c\n"
)
VTT = (
    b"WEBVTT\nLanguage: ko\n\nNOTE a\n\nc\n00:01.000 --> 00:02.000\n<v A>\xeb\x88\x88 &amp; b</v>\n"
)
GRID = (
    b'File type = "ooTextFile"\n"TextGrid"\n0\n2\n<exists>\n1\n"IntervalTier"\n"a"\n0\n2\n1\n'
    b'0\n2\n"a ""b"" c"\n'
)
EAF = (
    b'<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="0"/>'
    b'<TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="900"/></TIME_ORDER><TIER TIER_ID="a"><ANNOTATION>'
    b'<ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2">'
    b"<ANNOTATION_VALUE>a b c</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
    b'<TIER TIER_ID="b" PARENT_REF="a"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="b1" '
    b'ANNOTATION_REF="a1"><ANNOTATION_VALUE>d</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>'
    b"</TIER></ANNOTATION_DOCUMENT>"
)
HTML = (
    "<!DOCTYPE html><html lang=ko><head><title>바당</title><meta charset=utf-8></head><body>"
    "<h1>가</h1>"
    "<p>눈이 <b>왔다</b>.<table><tr><td>하나<td>둘</table><footer>끝</footer></body></html>"
).encode()


def _docx() -> dict[str, bytes]:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>풀이.</w:t></w:r></w:p></w:footnote>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    cells = f"<w:tc>{para('가')}</w:tc><w:tc>{para('나')}</w:tc>"
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = para("하나", "1", listed) + para(run("눈이 왔다.") + mark + field, properties=listed)
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="ganada"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num '
        'w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    parts = {"footnotes": note, "numbering": lists}
    return _files(Docx(f"{body}<w:tbl><w:tr>{cells}</w:tr></w:tbl>", parts=parts))


def _hwpx() -> dict[str, bytes]:
    note = (
        f"<hp:t>눈이 왔다.</hp:t><hp:ctrl><hp:footNote>{sub_list('풀이.')}</hp:footNote></hp:ctrl>"
    )
    cells = f"<hp:tc>{sub_list('가')}</hp:tc><hp:tc>{sub_list('나')}</hp:tc>"
    table = f"<hp:tbl><hp:tr>{cells}</hp:tr></hp:tbl>"
    deleted = "<hp:t>a<hp:deleteBegin/>b<hp:deleteEnd/></hp:t>"
    section = hp('<hp:secPr outlineShapeIDRef="1"/><hp:t>하나</hp:t>', 1, 1)
    head = '<hh:numbering id="1"><hh:paraHead level="1" numFormat="DIGIT">^1.</hh:paraHead>'
    return _files(
        Hwpx((section + hp(note) + hp(table) + hp(deleted),), head=f"{head}</hh:numbering>")
    )


def _files(made: Docx | Hwpx) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = made.write(Path(folder) / "a")
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


ARCHIVES = {".docx": _docx(), ".hwpx": _hwpx()}
PLAIN = {".srt": SRT, ".vtt": VTT, ".textgrid": GRID, ".eaf": EAF, ".html": HTML}
_SCRAPS = (
    b"<", b">", b"</", b"/>", b'"', b"'", b"&", b";", b"&#0;", b"&lol;", b"\0", b"\xff",
    b"\xed\xa0\x80",
    b"<w:p>", b"</w:p>", b"<w:tc>", b"^n", b"<w:r>", b"</w:r>", b'<w:fldChar w:fldCharType="end"/>',
    b"<hp:p>", b"<hp:subList>", b"<hp:deleteEnd/>", b"<tr>", b"</td>", b"<script>", b"<!--", b"-->",
    b"-1", b"99999999999999999999", b"1e999", b"NaN", b"-->", b"00:99:99,999", b"\n\n", b"<exists>",
    b'<!DOCTYPE a [<!ENTITY lol "x">]>', b'<?xml version="1.0" encoding="utf-7"?>', b"\xfe\xff",
)  # fmt: skip

edits = st.lists(
    st.tuples(
        st.sampled_from(["cut", "insert", "double", "replace", "truncate"]),
        st.floats(0, 1),
        st.floats(0, 0.3),
        st.one_of(st.sampled_from(_SCRAPS), st.binary(max_size=8)),
    ),
    min_size=1,
    max_size=4,
)


def mutated(data: bytes, changes: list[tuple[str, float, float, bytes]]) -> bytes:
    """Return a file with some places changed."""
    for what, at, length, scrap in changes:
        begin = int(at * len(data))
        end = min(len(data), begin + int(length * len(data)) + 1)
        if what == "cut":
            data = data[:begin] + data[end:]
        elif what == "insert":
            data = data[:begin] + scrap + data[begin:]
        elif what == "double":
            data = data[:end] + data[begin:]
        elif what == "replace":
            data = data[:begin] + scrap + data[end:]
        else:
            data = data[:begin]
    return data


@st.composite
def mutants(draw: st.DrawFn, endings: tuple[str, ...] = (*ARCHIVES, *PLAIN)) -> tuple[str, bytes]:
    """Draw a mutant: its ending and its bytes."""
    ending = draw(st.sampled_from(endings))
    changes = draw(edits)
    if ending in PLAIN:
        return ending, mutated(PLAIN[ending], changes)
    files = dict(ARCHIVES[ending])
    inside = draw(st.sampled_from(["whole", *files]))
    if inside != "whole":
        files[inside] = mutated(files[inside], changes)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    data = target.getvalue()
    return ending, mutated(data, changes) if inside == "whole" else data


def outcome(ending: str, data: bytes, folder: Path) -> str:
    """Read a mutant; `read` or `refused`, everything else raises."""
    path = folder / f"글{ending}"
    path.write_bytes(data)
    try:
        read_manuscript(path)
    except InputError as error:
        if error.where and error.cure:
            return "refused"
        raise AssertionError(f"refused without place or cure: {error}") from error
    return "read"


def main() -> int:
    """Read many mutants."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ending", nargs="*", default=[*ARCHIVES, *PLAIN])
    args = parser.parse_args()
    print(f"seed {args.seed}")
    counts: Counter[tuple[str, str]] = Counter()
    slowest = (0.0, "")

    with tempfile.TemporaryDirectory() as folder:

        @seed(args.seed)
        @settings(
            max_examples=args.count,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(mutants(tuple(args.ending)))
        def each(mutant: tuple[str, bytes]) -> None:
            nonlocal slowest
            started = time.process_time()
            counts[mutant[0], outcome(*mutant, Path(folder))] += 1
            slowest = max(slowest, (time.process_time() - started, mutant[0]))

        each()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = ", ".join(f"{ending} {what}: {n}" for (ending, what), n in sorted(counts.items()))
    print(f"{sum(counts.values())} mutants: {rows}")
    print(f"slowest {slowest[0]:.2f} s ({slowest[1]}); most {memory:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
