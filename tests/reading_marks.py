"""Reads back what a sound file says of itself, with programs that others wrote."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

MACHINE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
PERSON = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
BOTH = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"


def told(data: bytes) -> dict[str, str]:
    """Return artist, comment, copyright and digitalSourceType of a file of any kind we write."""
    if data[:4] == b"RIFF":
        return _riff(data)
    if data[:3] == b"ID3":
        tags = ID3(io.BytesIO(data))
        names = {"artist": "TPE1", "copyright": "TCOP", "source": "TXXX:digitalSourceType"}
        found = {name: tags[key].text[0] for name, key in names.items()}
        return {**found, "comment": tags.getall("COMM")[0].text[0]}
    if data[4:8] == b"ftyp":
        tags = MP4(io.BytesIO(data)).tags
        names = {"artist": "\xa9ART", "comment": "\xa9cmt", "copyright": "cprt"}
        source = bytes(tags["----:com.apple.iTunes:digitalSourceType"][0]).decode()
        # A book's artist is its author; who reads stands beside.
        return {name: tags.get(key, [""])[0] for name, key in names.items()} | {"source": source}
    file = (FLAC if data[:4] == b"fLaC" else OggOpus)(io.BytesIO(data))
    keys = ("artist", "description", "copyright", "digitalsourcetype")
    return {name: file[key][0] for name, key in zip(_NAMES, keys, strict=True)}


_NAMES = ("artist", "comment", "copyright", "source")


def _riff(data: bytes) -> dict[str, str]:
    chunks = dict(_chunks(data[12:]))
    tags = dict(_chunks(chunks[b"LIST"][4:]))
    texts = {name: body.rstrip(b"\0").decode() for name, body in tags.items()}
    source = texts[b"ICMT"].partition("digitalSourceType: ")[2]
    return {
        "artist": texts[b"IART"],
        "comment": texts[b"ICMT"],
        "copyright": texts.get(b"ICOP", ""),
        "source": source,
    }


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def check(data: bytes, credit: str, source: str = MACHINE) -> dict[str, str]:
    """See that a file is marked; return what it says."""
    said = told(data)
    assert said["source"] == source
    assert credit in said["copyright"]
    assert credit in said["comment"]
    if source == MACHINE:
        assert "기계가 만든 합성 음성" in said["comment"]
        assert "synthetic voice, made by a machine" in said["comment"]
    if source == PERSON:
        assert "Read by a person." in said["comment"]
        assert "synthetic" not in " ".join(said.values())
    return said
