"""ELAN's EAF: both languages and every word as tiers, beside the sound of the M4B."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kosorong.book.edition import Edition
from kosorong.book.writers.whole import tiers, write_pieces
from kosorong.text.cleaning import plain

_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    # The same book gives the same bytes: no clock is looked at.
    '<ANNOTATION_DOCUMENT AUTHOR="" DATE="1970-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:noNamespaceSchemaLocation="{_SCHEMA}">\n'
)
_TYPE = (
    '    <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="text"'
    ' TIME_ALIGNABLE="true"/>\n'
)


def write_eaf(edition: Edition, target: Path) -> list[Path]:
    """Write the book's times for ELAN; see `kosorong.book.formats.write`."""
    return write_pieces(edition, target, _pieces(edition, target.stem))


def _pieces(edition: Edition, stem: str) -> Iterator[str]:
    sound = quoteattr(f"./{stem}.m4b")
    yield _HEAD
    yield '    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\n'
    yield f'        <MEDIA_DESCRIPTOR MEDIA_URL={sound} MIME_TYPE="audio/mp4"/>\n'
    notice = escape(plain(edition.imprint.comment))
    yield f'        <PROPERTY NAME="notice">{notice}</PROPERTY>\n'
    yield "    </HEADER>\n    <TIME_ORDER>\n"
    layers = list(tiers(edition))
    slot = 0
    for _, spans in layers:
        for span in spans:
            for time in (span.begin, span.end):
                slot += 1
                yield f'        <TIME_SLOT TIME_SLOT_ID="ts{slot}" TIME_VALUE="{time}"/>\n'
    yield "    </TIME_ORDER>\n"
    place = 0
    for name, spans in layers:
        yield f'    <TIER LINGUISTIC_TYPE_REF="text" TIER_ID="{name}">\n'
        for span in spans:
            place += 1
            yield _annotation(place, span.text)
        yield "    </TIER>\n"
    yield f"{_TYPE}</ANNOTATION_DOCUMENT>\n"


def _annotation(place: int, text: str) -> str:
    slots = f'TIME_SLOT_REF1="ts{2 * place - 1}" TIME_SLOT_REF2="ts{2 * place}"'
    return (
        "        <ANNOTATION>\n"
        f'            <ALIGNABLE_ANNOTATION ANNOTATION_ID="a{place}" {slots}>\n'
        f"                <ANNOTATION_VALUE>{escape(text)}</ANNOTATION_VALUE>\n"
        "            </ALIGNABLE_ANNOTATION>\n        </ANNOTATION>\n"
    )
