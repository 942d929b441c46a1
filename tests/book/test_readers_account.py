"""Every letter of a document is read or listed, whatever stands where."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import Docx, Hwpx, field_char, hp, instruction, para, run, sub_list

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.errors import InputError

words = st.lists(
    st.text("가나다바람눈비ᄇᆞabc12", min_size=1, max_size=6), min_size=1, max_size=4
).map(" ".join)
BOTH = ("plain", "heading", "note", "deleted", "box", "table", "ruby", "comment", "verse")
OFFICE = (*BOTH, "numbered", "endless", "formula", "hidden", "drop cap", "contents")
parts = st.lists(st.tuples(st.sampled_from(BOTH), words, words), min_size=1, max_size=8)
office_parts = st.lists(st.tuples(st.sampled_from(OFFICE), words, words), min_size=1, max_size=8)
bounded = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def letters(*texts: str) -> Counter[str]:
    return Counter(sign for text in texts for sign in text if sign.isalnum())


def told(book: Manuscript) -> Counter[str]:
    read = (p.text for chapter in book.chapters for p in chapter.paragraphs)
    return letters(*read, *(one.text for one in book.skipped))


def check(path: Path, source: list[tuple[str, str, str]]) -> None:
    try:
        book = read_manuscript(path)
    except InputError as error:
        if error.reason != "no_words":
            raise
        return
    assert told(book) == letters(*(text for _, *both in source for text in both))


LISTED = '<w:numPr><w:numId w:val="1"/></w:numPr>'
LISTS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="제%1조"/></w:lvl></w:abstractNum><w:num w:numId="1">'
    '<w:abstractNumId w:val="0"/></w:num>'
)
HEADS = (
    '<hh:paraPr id="20"><hh:heading type="NUMBER" idRef="1" level="0"/></hh:paraPr>'
    '<hh:numbering id="1"><hh:paraHead level="1" numFormat="DIGIT">제^1조</hh:paraHead>'
    "</hh:numbering>"
)


def with_numbers(source: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return what stands in a document, with the numbers that are drawn before paragraphs."""
    count = sum(kind == "numbered" for kind, *_ in source)
    return [*source, *(("", f"제{n}조", "") for n in range(1, 2 * count + 1))]


def in_docx(kind: str, first: str, second: str, number: int) -> tuple[str, str]:
    """Return a paragraph, and the note or comment that it needs."""
    text = run(second)
    if kind == "heading":
        return para(first, "1") + para(second), ""
    if kind in {"note", "comment"}:
        name = "footnoteReference" if kind == "note" else "commentReference"
        part = f'<w:{name[:-9]} w:id="{number}">{para(second)}</w:{name[:-9]}>'
        return para(run(first) + f'<w:r><w:{name} w:id="{number}"/></w:r>'), part
    if kind == "table":
        cells = f"<w:tc>{para(first)}</w:tc><w:tc>{para(second)}</w:tc>"
        return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", ""
    if kind == "numbered":
        return para(first, properties=LISTED) + para(second, properties=LISTED), ""
    if kind == "drop cap":
        return para(first, properties='<w:framePr w:dropCap="drop"/>') + para(second), ""
    begun = field_char("begin") + instruction("TOC") + field_char("separate") + text
    inside = {
        "endless": begun,
        "contents": begun + field_char("end"),
        "formula": field_char("begin") + instruction(f"EQ \\o(,{second})") + field_char("end"),
        "hidden": run(second, "<w:vanish/>"),
        "deleted": f"<w:del>{text.replace('w:t', 'w:delText')}</w:del>",
        "box": f"<w:r><w:pict><w:txbxContent>{para(second)}</w:txbxContent></w:pict></w:r>",
        "ruby": f"<w:r><w:ruby><w:rt>{text}</w:rt><w:rubyBase/></w:ruby></w:r>",
        "verse": f"<w:r><w:br/></w:r>{text}",
    }
    return para(run(first) + inside.get(kind, text)), ""


def in_hwpx(kind: str, first: str, second: str) -> str:
    """Return a paragraph, or two."""
    if kind == "heading":
        return hp(first, 1, 1) + hp(second)
    if kind == "numbered":
        return hp(first, 0, 20) + hp(second, 0, 20)
    if kind == "table":
        cells = f"<hp:tc>{sub_list(first)}</hp:tc><hp:tc>{sub_list(second)}</hp:tc>"
        return hp(f"<hp:tbl><hp:tr>{cells}</hp:tr></hp:tbl>")
    inside = {
        "note": f"<hp:ctrl><hp:footNote>{sub_list(second)}</hp:footNote></hp:ctrl>",
        "comment": f"<hp:ctrl><hp:hiddenComment>{sub_list(second)}</hp:hiddenComment></hp:ctrl>",
        "deleted": f"<hp:t><hp:deleteBegin/>{second}<hp:deleteEnd/></hp:t>",
        "endless": f"<hp:t><hp:deleteBegin/>{second}</hp:t>",
        "drop cap": f"<hp:rect dropcapstyle='Margin'>{sub_list(second)}</hp:rect>",
        "box": f"<hp:rect><hp:drawText>{sub_list(second)}</hp:drawText></hp:rect>",
        "ruby": f"<hp:dutmal><hp:mainText/><hp:subText>{second}</hp:subText></hp:dutmal>",
        "verse": f"<hp:t><hp:lineBreak/>{second}</hp:t>",
    }
    return hp(f"<hp:t>{first}</hp:t>" + inside.get(kind, f"<hp:t>{second}</hp:t>"))


@bounded
@given(office_parts)
def test_a_docx_is_read_or_listed_to_the_last_letter(
    tmp_path: Path, source: list[tuple[str, str, str]]
) -> None:
    made = [in_docx(*one, number) for number, one in enumerate(source)]
    kinds = {"note": "footnotes", "comment": "comments"}
    inside = {
        name: "".join(
            part for (kind, *_), (_, part) in zip(source, made, strict=True) if kind == of
        )
        for of, name in kinds.items()
    }
    docx = Docx("".join(body for body, _ in made), parts={**inside, "numbering": LISTS})
    check(docx.write(tmp_path / "a.docx"), with_numbers(source))


@bounded
@given(office_parts)
def test_an_hwpx_is_read_or_listed_to_the_last_letter(
    tmp_path: Path, source: list[tuple[str, str, str]]
) -> None:
    # The same memo stands in a file twice and is listed once: each has a text of its own here.
    numbered = [(kind, first, f"{second}{i}") for i, (kind, first, second) in enumerate(source)]
    hwpx = Hwpx(("".join(in_hwpx(*one) for one in numbered),), metadata="", head=HEADS)
    check(hwpx.write(tmp_path / "a.hwpx"), with_numbers(numbered))


HTML = {
    "plain": "<p>{} <b>{}</b></p>",
    "heading": "<h2>{}</h2><p>{}",
    "note": "<p>{}</p><aside class='footnote'>{}</aside>",
    "deleted": "<p>{} <del datetime='2024'>{}</del></p>",
    "box": "<div>{}<div>{}</div></div>",
    "table": "<table><tr><td>{}<td>{}</table>",
    "ruby": "<p>{}</p><button>{}</button>",
    "comment": "<p>{}</p><footer>{}</footer>",
    "verse": "<p>{}<br>{}</p>",
}


@bounded
@given(parts)
def test_a_page_is_read_or_listed_to_the_last_letter(
    tmp_path: Path, source: list[tuple[str, str, str]]
) -> None:
    body = "".join(HTML[kind].format(first, second) for kind, first, second in source)
    path = tmp_path / "a.html"
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{body}")
    check(path, source)


CUES = {
    "box": "[{}]",
    "comment": "({}.)",
    "note": "- 바람: {}",
    "verse": "말 [{}] ♪",
    "ruby": "{}:",
}


@bounded
@given(parts, st.sampled_from([".srt", ".vtt"]))
def test_subtitles_are_read_or_listed_to_the_last_letter(
    tmp_path: Path, source: list[tuple[str, str, str]], ending: str
) -> None:
    plain = "<i>{}</i>"
    cues = [
        f"00:{i:02}:01.000 --> 00:{i:02}:02.000\n{first}\n{CUES.get(kind, plain).format(second)}"
        for i, (kind, first, second) in enumerate(source)
    ]
    head = "WEBVTT\n\n" if ending == ".vtt" else ""
    path = tmp_path / f"a{ending}"
    path.write_text(head + "\n\n".join(cues))
    book = read_manuscript(path)
    added = letters("WEBVTT" if head else "")
    added += letters(*(CUES[kind] for kind, *_ in source if kind in CUES))
    assert told(book) - added == letters(*(text for _, *both in source for text in both))
    assert not added - told(book)


LABELS = st.lists(
    st.tuples(st.sampled_from(("said", "point", "silence", "untimed", "under")), words),
    min_size=1,
    max_size=8,
)


def lines_of(book: Manuscript, source: list[tuple[str, str]]) -> None:
    """Fail where a label is neither read nor listed."""
    assert told(book) == letters("먼저 ᄒᆞᆫ마디 헤사", *(text for _, text in source))


@bounded
@given(LABELS)
def test_a_textgrid_is_read_or_listed_to_the_last_letter(
    tmp_path: Path, source: list[tuple[str, str]]
) -> None:
    rows = {"IntervalTier": ['0 1 "먼저 ᄒᆞᆫ마디 헤사"'], "TextTier": []}
    for at, (kind, text) in enumerate(source, 1):
        point = kind == "point"
        until = at if kind == "untimed" else at + 1
        rows["TextTier" if point else "IntervalTier"].append(
            f'{at} "{text}"' if point else f'{at} {until} "{text}"'
        )
    tiers = " ".join(
        f'"{kind}" "{kind}" 0 99 {len(rows)} {" ".join(rows)}' for kind, rows in rows.items()
    )
    path = tmp_path / "a.TextGrid"
    path.write_text(f'ooTextFile "TextGrid" 0 99 <exists> 2 {tiers}')
    lines_of(read_manuscript(path), source)


@bounded
@given(LABELS)
def test_an_eaf_is_read_or_listed_to_the_last_letter(
    tmp_path: Path, source: list[tuple[str, str]]
) -> None:
    def note(at: int, kind: str, text: str) -> str:
        ends = "x" if kind == "untimed" else f"t{at + (kind != 'point')}"
        slots = f'TIME_SLOT_REF1="t{at}" TIME_SLOT_REF2="{ends}"'
        refers = f'ANNOTATION_REF="a{at - 1}" PREVIOUS_ANNOTATION="a{at + 1}"'
        name = "REF" if kind == "under" else "ALIGNABLE"
        return (
            f'<ANNOTATION><{name}_ANNOTATION ANNOTATION_ID="a{at}" '
            f"{refers if kind == 'under' else slots}><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>"
            f"</{name}_ANNOTATION></ANNOTATION>"
        )

    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="t{i}" TIME_VALUE="{i}000"/>' for i in range(20))
    notes = note(0, "said", "먼저 ᄒᆞᆫ마디 헤사")
    notes += "".join(note(at, *one) for at, one in enumerate(source, 1))
    path = tmp_path / "a.eaf"
    path.write_text(
        f"<ANNOTATION_DOCUMENT><TIME_ORDER>{slots}</TIME_ORDER>"
        f'<TIER TIER_ID="말">{notes}</TIER></ANNOTATION_DOCUMENT>'
    )
    lines_of(read_manuscript(path), source)


@pytest.mark.parametrize("ending", [".docx", ".hwpx"])
def test_a_document_of_notes_alone_has_nothing_to_read(tmp_path: Path, ending: str) -> None:
    note = f"<hp:ctrl><hp:footNote>{sub_list('풀이')}</hp:footNote></hp:ctrl>"
    deleted = f"<w:del>{run('옛')}</w:del>"
    made = Docx(para(deleted)) if ending == ".docx" else Hwpx((hp(note),))
    with pytest.raises(InputError, match="no text to read aloud; left out were"):
        read_manuscript(made.write(tmp_path / f"a{ending}"))
