"""The boxes of an MP4 file (ISO/IEC 14496-12, -14; QuickTime for chapters and tags).

Written here and not by libavformat, whose muxer keeps 64 bytes in memory for every packet until
the end: 50 MB for ten hours. Here a packet costs two, and four more while the index is written:
a box is a list of pieces, so that nested boxes are never copied.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Pieces = list[bytes]

# Packets in a chunk: about a second.
PACKETS_IN_CHUNK = 22
_UNITY = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
# Bytes that a packet of one channel may have (ISO/IEC 14496-3, 4.5.3.3: 6144 bits).
_LARGEST = 768
# Nero's chapter list counts in one byte.
_MOST_NERO_CHAPTERS = 255


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter mark.

    Attributes:
        title: Of the chapter.
        start: First sample of the sound.
        samples: Length.
    """

    title: str
    start: int
    samples: int


@dataclass(frozen=True, slots=True)
class Movie:
    """What the index of a sound file needs to know.

    Attributes:
        sample_rate: Hz, the timescale of everything.
        samples: Length of the sound, encoder delay left out.
        frame: Samples in a packet.
        priming: Samples of encoder delay.
        config: AudioSpecificConfig.
        bit_rate: Bits a second.
        sizes: Bytes of each packet.
        marks: Chapters; a file that is one chapter has none.
        language: ISO 639-2/3 tag of three letters.
        tags: The `ilst` box's content.
    """

    sample_rate: int
    samples: int
    frame: int
    priming: int
    config: bytes
    bit_rate: int
    sizes: array[int]
    marks: Sequence[ChapterMark]
    language: str
    tags: bytes

    @property
    def packed(self) -> int:
        """Bytes of all packets together."""
        return int(np.frombuffer(self.sizes, np.uint16).sum(dtype=np.int64))

    @property
    def wide(self) -> bool:
        """Say whether places in the file may need 64 bits; a quarter of a GiB is left for the rest.

        The same before the sizes are known as after.
        """
        return max(self.packed, len(self.sizes) * _LARGEST) + (1 << 28) >= 2**32


def box(name: bytes, *bodies: bytes | Pieces) -> Pieces:
    r"""Return a box in pieces.

    >>> b"".join(box(b"free", b"ab", [b"c", b"d"]))
    b'\x00\x00\x00\x0cfreeabcd'
    """
    pieces: Pieces = []
    for body in bodies:
        if isinstance(body, bytes):
            pieces.append(body)
        else:
            pieces += body
    return [struct.pack(">I4s", 8 + length(pieces), name), *pieces]


def length(pieces: Pieces) -> int:
    """Return how many bytes the pieces have."""
    return sum(map(len, pieces))


def full_box(name: bytes, version: int, flags: int, *bodies: bytes | Pieces) -> Pieces:
    """Return a box with version and flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *bodies)


def file_type(*, audiobook: bool = True) -> bytes:
    """Return the box that calls the file an audiobook, or a plain sound."""
    brands = (b"M4B ", b"M4A ") if audiobook else (b"M4A ",)
    return b"".join(box(b"ftyp", brands[0] + bytes(4), *brands, b"mp42", b"isom"))


def media_head(size: int, *, wide: bool = False) -> bytes:
    """Return the head of an `mdat` box with `size` bytes in it, `wide` for a length of 64 bits."""
    if not wide and size + 8 < 2**32:
        return struct.pack(">I4s", size + 8, b"mdat")
    return struct.pack(">I4sQ", 1, b"mdat", size + 16)


def text_tag(name: bytes, text: str) -> bytes:
    """Return a tag of UTF-8 text, nothing for an empty one."""
    return data_tag(name, 1, text.encode()) if text else b""


def data_tag(name: bytes, kind: int, value: bytes) -> bytes:
    """Return a tag: kind 1 is text, 13 JPEG, 14 PNG, 21 an integer."""
    return b"".join(box(name, box(b"data", struct.pack(">II", kind, 0), value)))


def chapter_text(title: str) -> bytes:
    """Return a chapter mark's sample of the text track, its text marked as UTF-8."""
    text = title.encode()[:60_000].decode("utf-8", "ignore").encode()
    return struct.pack(">H", len(text)) + text + struct.pack(">I4sI", 12, b"encd", 0x100)


def index(movie: Movie, media_start: int) -> Pieces:
    """Return the `moov` box.

    Args:
        movie: The sound.
        media_start: Place in the file of the first packet; the chapters' texts follow the last.
    """
    chapters = _chapter_track(movie, media_start) if movie.marks else []
    return box(
        b"moov", _movie_head(movie), _sound_track(movie, media_start), chapters, _user_data(movie)
    )


def _times(duration: int, *between: int) -> tuple[int, bytes]:
    """Return the version and body of a head: creation and change (unknown), fields, duration."""
    if duration < 2**32:
        return 0, struct.pack(f">II{len(between)}II", 0, 0, *between, duration)
    return 1, struct.pack(f">QQ{len(between)}IQ", 0, 0, *between, duration)


def _movie_head(movie: Movie) -> Pieces:
    version, times = _times(movie.samples, movie.sample_rate)
    rest = struct.pack(">IH10x", 0x10000, 0x100) + _UNITY + bytes(24) + struct.pack(">I", 3)
    return full_box(b"mvhd", version, 0, times, rest)


def _track_head(movie: Movie, track: int, flags: int, volume: int) -> Pieces:
    version, times = _times(movie.samples, track, 0)
    rest = struct.pack(">8xHHHH", 0, 1 if volume else 0, volume, 0) + _UNITY + bytes(8)
    return full_box(b"tkhd", version, flags, times, rest)


def _edit(movie: Movie, media_time: int) -> Pieces:
    """Return the edit list that leaves the encoder's delay out."""
    wide = movie.samples >= 2**32
    entry = struct.pack(">QqI" if wide else ">IiI", movie.samples, media_time, 0x10000)
    return box(b"edts", full_box(b"elst", int(wide), 0, struct.pack(">I", 1), entry))


def _media_head(movie: Movie, duration: int) -> Pieces:
    version, times = _times(duration, movie.sample_rate)
    code = 0
    for letter in movie.language:
        code = code << 5 | (ord(letter) - 0x60)
    return full_box(b"mdhd", version, 0, times, struct.pack(">HH", code, 0))


def _handler(kind: bytes, name: bytes) -> Pieces:
    return full_box(b"hdlr", 0, 0, bytes(4), kind, bytes(12), name + b"\0")


_HERE = box(b"dinf", full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"url ", 0, 1)))


def _sound_track(movie: Movie, media_start: int) -> Pieces:
    count = len(movie.sizes)
    media = movie.priming + movie.samples
    last = media - (count - 1) * movie.frame
    if not 0 < last <= movie.frame:
        last = movie.frame
    runs = [(count - 1, movie.frame), (1, last)]
    sizes = np.frombuffer(movie.sizes, np.uint16)
    firsts = np.arange(0, count, PACKETS_IN_CHUNK)
    lengths = np.add.reduceat(sizes, firsts, dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    table = box(
        b"stbl", _sound_description(movie), _durations(runs), _chunks(count, PACKETS_IN_CHUNK),
        _sizes(sizes), _offsets(starts + media_start, movie.wide), _roll(count),
    )  # fmt: skip
    minf = box(b"minf", full_box(b"smhd", 0, 0, bytes(4)), _HERE, table)
    mdia = box(b"mdia", _media_head(movie, media), _handler(b"soun", b"SoundHandler"), minf)
    chapters = box(b"tref", box(b"chap", struct.pack(">I", 2))) if movie.marks else []
    # Enabled and in the movie; full volume.
    head = _track_head(movie, 1, 3, 0x100)
    return box(b"trak", head, _edit(movie, movie.priming), chapters, mdia)


def _sound_description(movie: Movie) -> Pieces:
    """Return `mp4a` with its elementary stream descriptor (ISO/IEC 14496-1, 7.2.6)."""
    entry = struct.pack(
        ">6xH8xHHIHH", 1, 1, 16, 0, min(movie.sample_rate, 0xFFFF), 0
    )  # one channel, 16 bits, rate as 16.16
    decoder = struct.pack(">BBBHII", 0x40, 0x15, 0, 0, movie.bit_rate, movie.bit_rate)
    config = decoder + _descriptor(5, movie.config)
    body = struct.pack(">HB", 1, 0) + _descriptor(4, config) + _descriptor(6, b"\x02")
    stream = full_box(b"esds", 0, 0, _descriptor(3, body))
    return full_box(b"stsd", 0, 0, struct.pack(">I", 1), box(b"mp4a", entry, stream))


def _descriptor(tag: int, body: bytes) -> bytes:
    return bytes([tag, 0x80, 0x80, 0x80, len(body)]) + body


def _durations(runs: Sequence[tuple[int, int]]) -> Pieces:
    used = [run for run in runs if run[0]]
    entries = b"".join(struct.pack(">II", *run) for run in used)
    return full_box(b"stts", 0, 0, struct.pack(">I", len(used)), entries)


def _chunks(count: int, in_chunk: int) -> Pieces:
    """Return how many packets each chunk has: all alike but the last."""
    whole, rest = divmod(count, in_chunk)
    entries = [(1, in_chunk, 1)] if whole else []
    if rest:
        entries.append((whole + 1, rest, 1))
    packed = b"".join(struct.pack(">III", *entry) for entry in entries)
    return full_box(b"stsc", 0, 0, struct.pack(">I", len(entries)), packed)


def _sizes(sizes: np.ndarray[tuple[int, ...], np.dtype[np.uint16]]) -> Pieces:
    return full_box(b"stsz", 0, 0, struct.pack(">II", 0, len(sizes)), sizes.astype(">u4").tobytes())


def _offsets(places: np.ndarray[tuple[int, ...], np.dtype[np.int64]], wide: bool) -> Pieces:
    name, form = (b"co64", ">u8") if wide else (b"stco", ">u4")
    return full_box(name, 0, 0, struct.pack(">I", len(places)), places.astype(form).tobytes())


def _roll(count: int) -> Pieces:
    """Say that decoding needs one packet before the one sought (AAC's overlap)."""
    group = full_box(b"sgpd", 1, 0, b"roll", struct.pack(">IIh", 2, 1, -1))
    return group + full_box(b"sbgp", 0, 0, b"roll", struct.pack(">III", 1, count, 1))


def _chapter_track(movie: Movie, media_start: int) -> Pieces:
    """Return QuickTime's chapter track: a text for each chapter, shown as long as it lasts."""
    texts = np.array([len(chapter_text(mark.title)) for mark in movie.marks], np.uint16)
    start = media_start + movie.packed
    # Text box, style and font table of QuickTime's text sample description, all plain.
    look = bytes.fromhex("00000001 0000 00000000 00000000 00000000 00000000 0001 0000 00000000")
    font = box(b"ftab", bytes.fromhex("0001 0001 00"))
    entry = box(b"text", struct.pack(">6xH", 1), look, font)
    table = box(
        b"stbl", full_box(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        _durations([(1, mark.samples) for mark in movie.marks]),
        _chunks(len(texts), max(1, len(texts))), _sizes(texts),
        _offsets(np.array([start]), movie.wide),
    )  # fmt: skip
    base = full_box(b"gmin", 0, 0, struct.pack(">HHHHHH", 0x40, 0x8000, 0x8000, 0x8000, 0, 0))
    plain = box(b"text", struct.pack(">HIIIIIIII", 1, 0, 0, 0, 1, 0, 0, 0, 0x4000), bytes(2))
    minf = box(b"minf", box(b"gmhd", base, plain), _HERE, table)
    head = _media_head(movie, movie.samples)
    mdia = box(b"mdia", head, _handler(b"text", b"ChapterHandler"), minf)
    # In the movie, not enabled: players use it as the list of chapters.
    return box(b"trak", _track_head(movie, 2, 2, 0), _edit(movie, 0), mdia)


def _user_data(movie: Movie) -> Pieces:
    handler = full_box(b"hdlr", 0, 0, bytes(4), b"mdirappl", bytes(9))
    boxes = [full_box(b"meta", 0, 0, handler, box(b"ilst", movie.tags))]
    if 0 < len(movie.marks) <= _MOST_NERO_CHAPTERS:
        boxes.append(_nero_chapters(movie))
    return box(b"udta", *boxes)


def _nero_chapters(movie: Movie) -> Pieces:
    """Return Nero's chapter list: start in units of 100 ns, title of at most 255 bytes."""
    entries = []
    for mark in movie.marks:
        title = mark.title.encode()[:255].decode("utf-8", "ignore").encode()
        start = mark.start * 10_000_000 // movie.sample_rate
        entries.append(struct.pack(">QB", start, len(title)) + title)
    head = struct.pack(">IB", 0, len(entries))
    return full_box(b"chpl", 1, 0, head, *entries)
