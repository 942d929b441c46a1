"""Which formats of sound are read: told by their first bytes, and nothing else is looked at.

FFmpeg, behind PyAV, would guess among some 370 formats. Several are scripts that open other files
and sockets, and many are old and little tried; so it is told which one to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

NAMES = "WAV, MP3, M4A, WebM, Ogg, FLAC or AAC"
"""For people."""

CODECS = frozenset(
    {
        *("aac", "alac", "flac", "mp2", "mp2float", "mp3", "mp3float"),
        *("opus", "libopus", "vorbis", "libvorbis", "amrnb", "amrwb"),
        *("pcm_u8", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be"),
        *("pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be", "pcm_alaw", "pcm_mulaw"),
        *("adpcm_ms", "adpcm_ima_wav", "adpcm_ima_qt"),
    }
)
"""FFmpeg's names of the decoders that are used."""

# Thousands of bits a second that a frame of MPEG audio may have, by layer; 0 is of versions 2, 2.5.
_KBITS = {
    0: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    2: (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
_MOST_FILLING = 1 << 16
_ID3 = re.compile(rb"ID3[^\xff]{2}(.)([\x00-\x7f]{4})", re.DOTALL)
_ID3_HEADER, _ID3_FOOTER = 10, 0x10


def demuxer_of(data: bytes) -> str | None:
    r"""Return FFmpeg's name of the format that a file's first bytes tell, None where it tells none.

    >>> demuxer_of(b"RIFF\0\0\0\0WAVEfmt "), demuxer_of(b"\0\0\0\x18ftypM4A ")
    ('wav', 'mov')
    >>> demuxer_of(b"ffconcat version 1.0") is demuxer_of(b"") is None
    True
    """
    start = _behind_tags(data)
    head = data[start : start + 16]
    demuxer = next((name for name, tells in _TELL.items() if tells(head)), None)
    return demuxer or ("mp3" if _is_mpeg(data, start) else None)


def _behind_tags(data: bytes) -> int:
    """Return where the ID3 tags at the beginning of a file end."""
    at = 0
    while tag := _ID3.match(data, at):
        size = 0
        for byte in tag[2]:
            size = size << 7 | byte
        at += size + _ID3_HEADER * (2 if tag[1][0] & _ID3_FOOTER else 1)
    return at


def _is_wav(head: bytes) -> bool:
    return head[:4] in {b"RIFF", b"RF64", b"BW64"} and head[8:12] == b"WAVE"


def _is_adts(head: bytes) -> bool:
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0


def _is_mpeg(data: bytes, start: int) -> bool:
    """Tell whether a frame of MPEG audio begins at `start`, or soon where tags stand before it.

    A frame has to be followed by another: FFmpeg would look for one through the whole file.
    """
    stop = min(len(data), start + _MOST_FILLING if start else 1)
    at = data.find(0xFF, start, stop)
    while at >= 0:
        length = _frame_length(data[at : at + 4])
        behind = data[at + length : at + length + 4]
        if length and (len(behind) < 4 or _frame_length(behind)):
            return True
        at = data.find(0xFF, at + 1, stop)
    return False


def _frame_length(head: bytes) -> int:
    """Return how long a frame of MPEG audio is, by its first four bytes; 0 where it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer not in {2, 3} or bits in {0, 15} or rate == 3:
        return 0
    first = version == 3
    hertz = (44_100, 48_000, 32_000)[rate] >> {3: 0, 2: 1, 0: 2}[version]
    kbits = _KBITS[layer if first else 0][bits - 1]
    return (144 if first or layer == 2 else 72) * 1000 * kbits // hertz + (head[2] >> 1 & 1)


_TELL: dict[str, Callable[[bytes], bool]] = {
    "wav": _is_wav,
    "mov": lambda head: head[4:8] == b"ftyp",
    "matroska": lambda head: head[:4] == b"\x1aE\xdf\xa3",
    "ogg": lambda head: head[:4] == b"OggS",
    "flac": lambda head: head[:4] == b"fLaC",
    "aac": _is_adts,
}
"""How each demuxer's files begin; "mov" reads M4A, MP4 and 3GP too, "matroska" WebM."""


def options_for(demuxer: str) -> dict[str, str]:
    """Return what FFmpeg is told, so that it opens nothing but the bytes it is given."""
    return {
        "format_whitelist": demuxer,
        "protocol_whitelist": "none",
        "codec_whitelist": ",".join(sorted(CODECS)),
    }
