"""Files of every format that the bundled FFmpeg would read: scripts that open things, and others.

Whoever may send a recording may send these. `tests/watched_reader.py` sees what they open.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import socket
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from kosorong.audio.wav import wav_bytes

RATE = 22_050
TONE = (0.1 * np.sin(0.06 * np.arange(2 * RATE))).astype(np.float32)
BAIT = "bait.wav"
"""A sound that lies in the current folder of whoever reads; scripts name it."""

SLOW = 2.0
"""Seconds in which a door answers on a busy machine; a socket that is waited for takes twenty."""
READ = frozenset({"wav", "mp3", "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "ogg", "flac", "aac"})
"""Demuxers whose files are taken."""


def scripts(port: int) -> dict[str, bytes]:
    """Return texts that name the bait, or a socket at `port`, by the demuxer that follows them."""
    url = f"http://127.0.0.1:{port}/a.ts"
    sdp = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    sdp += f"m=audio {port - port % 2} RTP/AVP 0\r\n"
    hls = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n"
    smil = f'<smil><body><audio src="{BAIT}"/></body></smil>'
    texts = {
        "concat": f"ffconcat version 1.0\nfile {BAIT}\n",
        "concat of an address": f"ffconcat version 1.0\nfile {url}\n",
        "concat with options": f"ffconcat version 1.0\nfile {BAIT}\noption safe 0\n",
        "hls": hls.format(url),
        "hls of a file": hls.format(BAIT),
        "hls with a key": hls.format(f'{BAIT}\n#EXT-X-KEY:METHOD=AES-128,URI="{BAIT}"'),
        "hls of hls": f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{url}\n",
        "sdp": sdp,
        "rtsp": f"rtsp://127.0.0.1:{port}/a\n",
        "sap": f"sap://127.0.0.1:{port}\n",
        "rtp": f"rtp://127.0.0.1:{port}\n",
        "lavfi": f"amovie={BAIT}",
        "image2": "%d.png",
        "vobsub": f"# VobSub index file, v7\nid: en, index: 0\n# {BAIT}\n",
        "ffmetadata": f";FFMETADATA1\ntitle={BAIT}\n",
        "dash": f"<?xml version='1.0'?><MPD><BaseURL>{url}</BaseURL></MPD>",
        "imf": f"<?xml version='1.0'?><CompositionPlaylist>{BAIT}</CompositionPlaylist>",
        "playlist": f"[playlist]\nFile1={BAIT}\n",
        "asx": f'<asx><entry><ref href="{url}"/></entry></asx>',
        "asf reference": f"[Reference]\nRef1={url}\n",
        "smil": smil,
        "xspf": f"<playlist><trackList><location>{url}</location></trackList></playlist>",
        "sbg": f'-m "{BAIT}"\nts: 200+10/20\nNOW ts\n',
        "webvtt": f"WEBVTT\n\n00:00.000 --> 00:01.000\n{BAIT}\n",
        "srt": f"1\n00:00:00,000 --> 00:00:01,000\n{BAIT}\n",
        "ass": f"[Script Info]\n; {BAIT}\nScriptType: v4.00+\n",
        "sami": f"<SAMI><BODY><SYNC Start=0>{BAIT}</SYNC></BODY></SAMI>",
        "realtext": f"<window>{BAIT}</window>",
        "microdvd": f"{{1}}{{9}}{BAIT}\n{{10}}{{19}}{BAIT}\n",
        "subviewer": f"00:00:00.00,00:00:01.00\n{BAIT}\n",
        "subviewer1": f"[00:00:00]\n{BAIT}\n[00:00:01]\n",
        "mpl2": f"[0][9]{BAIT}\n[10][19]{BAIT}\n",
        "mpsub": f"FORMAT=TIME\n0 1\n{BAIT}\n",
        "lrc": f"[00:00.00]{BAIT}\n[00:01.00]{BAIT}\n",
        "pjs": f'0,9,"{BAIT}"\n',
        "jacosub": f"#TIMERES 30\n0:00:00.00 0:00:01.00 {BAIT}\n",
        "aqtitle": f"-->> 1\n{BAIT}\n\n-->> 9\n",
        "vplayer": f"00:00:00:{BAIT}\n00:00:01:{BAIT}\n",
        "stl": f"00:00:00:00 , 00:00:01:00 , {BAIT}\n",
        "tedcaptions": f'{{"captions":[{{"duration":9,"content":"{BAIT}"}}]}}',
        "scc": "Scenarist_SCC V1.0\n\n00:00:00:00\t9420\n",
        "svg_pipe": f'<?xml version="1.0"?><svg><image href="{BAIT}"/></svg>',
        "tty": f"\x1b[2J{BAIT}\n",
    }
    return {name: text.encode() for name, text in texts.items()}


_HEADS = {
    "png_pipe": b"\x89PNG\r\n\x1a\n",
    "jpeg_pipe": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "gif": b"GIF89a",
    "bmp_pipe": b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
    "tiff_pipe": b"II*\0",
    "psd_pipe": b"8BPS\0\1",
    "exr_pipe": b"v/1\1",
    "qoi_pipe": b"qoif",
    "ppm_pipe": b"P6\n1 1\n255\n",
    "asf": bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"),
    "rm": b".RMF\0\0\0\x12",
    "ivr": b".R1M\0\1\1\0",
    "swf": b"FWS\5",
    "mpegts": (b"G\x40\0\x10" + b"\xff" * 184) * 9,
    "mpeg": b"\0\0\1\xba",
    "amr": b"#!AMR\n",
    "ape": b"MAC \x96\x0f",
    "dsf": b"DSD \x1c",
    "mxf": bytes.fromhex("060e2b34020501010d010201"),
    "aa": b"\0\0\0\0\x57\x90\x75\x36",
    "avi": b"RIFF\0\1\0\0AVI LIST",
    "xwma": b"RIFF\0\1\0\0XWMAfmt ",
    "webp_pipe": b"RIFF\0\1\0\0WEBPVP8 ",
}
"""How files begin that no muxer here writes."""


def readable() -> list[str]:
    """Return the names of all demuxers, one for each."""
    names = set()
    for name in av.formats_available:
        with contextlib.suppress(ValueError):
            names.add(av.ContainerFormat(name, "r").name)
    return sorted(names)


def written() -> dict[str, bytes]:
    """Return a tone by the name of each muxer that can hold it."""
    made = {}
    for name in sorted(av.formats_available):
        with contextlib.suppress(ValueError, OSError, av.error.FFmpegError, TypeError):
            # The others write elsewhere than into the file they are given, or ask a device.
            if not av.ContainerFormat(name, "w").no_file:
                made[name] = tone_in(name)
    return {name: data for name, data in made.items() if data}


def tone_in(container: str, codec: str = "", *, layout: str = "mono") -> bytes:
    """Return a tone as a container's file; b"" where it holds no sound."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        codec = codec or file.default_audio_codec
        if codec in {"none", None}:
            return b""
        rates = av.codec.Codec(codec, "w").audio_rates or [RATE]
        rate = RATE if RATE in rates else rates[0]
        stream: Any = file.add_stream(codec, rate=rate, layout=layout)
        file.start_encoding()
        frame = av.AudioFrame.from_ndarray(TONE[None], format="fltp", layout="mono")
        frame.sample_rate, frame.pts = RATE, 0
        resampler = av.AudioResampler(stream.format, layout, rate, stream.frame_size or 960)
        for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
            file.mux(stream.encode(piece))
    return out.getvalue()


def film(container: str = "mp4", codec: str = "aac", *, sound: bool = True) -> bytes:
    """Return moving pictures, with a tone or without."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        pictures = file.add_stream("mpeg4", rate=25)
        pictures.width = pictures.height = 64
        pictures.pix_fmt = "yuv420p"
        voice: Any = file.add_stream(codec, rate=RATE, layout="mono") if sound else None
        for n in range(25):
            picture = av.VideoFrame(64, 64, "yuv420p")
            picture.pts = n
            file.mux(pictures.encode(picture))
        file.mux(pictures.encode(None))
        if voice is not None:
            for n in range(40):
                piece = TONE[None, n * 1024 : (n + 1) * 1024]
                frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
                frame.sample_rate, frame.pts = RATE, n * 1024
                file.mux(voice.encode(frame))
            file.mux(voice.encode(None))
    return out.getvalue()


def referring(path: Path) -> bytes:
    """Return a QuickTime file whose sound lies in another file, by an alias to it."""
    name = os.fsencode(path.name)
    where = str(path.absolute()).lstrip("/").replace("/", ":").encode()
    record = bytes(10) + b"\1v" + bytes(26) + bytes(12)
    record += bytes([len(name)]) + name.ljust(63, b"\0") + bytes(16)
    record += struct.pack(">HH", 1, 1) + bytes(16)
    where = b"v:" + where
    record += struct.pack(">HH", 2, len(where)) + where + bytes(len(where) % 2) + b"\xff\xff\0\0"
    entry = struct.pack(">I4sI", 12 + len(record), b"alis", 0) + record
    return _with_entry(tone_in("mov", "pcm_s16le"), entry)


def _with_entry(data: bytes, entry: bytes) -> bytes:
    """Put an entry in place of a file's only reference to itself; the boxes around it grow."""
    at = data.index(b"dref") + 12
    grown = bytearray(data[:at] + entry + data[at + 12 :])
    for name in (b"dref", b"dinf", b"minf", b"mdia", b"trak", b"moov"):
        begin = data.rindex(name, 0, at) - 4
        size = struct.unpack_from(">I", grown, begin)[0]
        struct.pack_into(">I", grown, begin, size + len(entry) - 12)
    return bytes(grown)


def every_body(port: int) -> dict[str, bytes]:
    """Return a file for each demuxer, and more for some, by a name that says which."""
    bodies = {f"{name} (script)": text for name, text in scripts(port).items()}
    bodies |= {f"{name} (head)": head + bytes(4096) for name, head in _HEADS.items()}
    bodies |= {f"{name} (written)": data for name, data in written().items()}
    for name in readable():
        # Where nothing here writes it: what some of them look for is their own name.
        bodies[f"{name} (name)"] = f"{name}\n{BAIT}\n".encode()
    return bodies


def disguised(body: bytes) -> list[bytes]:
    """Return a body behind what the reader looks at: tags, and beginnings of what it reads."""
    tag = b"ID3\4\0\0\0\0\0\0"
    heads = (tag, tag * 3, b"\0\0\0\x08ftyp", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\xff\xfb\x90\0")
    return [head + body for head in (*heads, b"\xff\xf1P\x80", b"RIFF\0\1\0\0WAVE")]


def float_wav(samples: NDArray[Any], rate: int = RATE, width: int = 4) -> bytes:
    """Return samples as they are, as a WAV file of floats of 4 or 8 bytes."""
    form = struct.pack("<HHIIHH", 3, 1, rate, rate * width, width, 8 * width)
    data = np.asarray(samples, f"<f{width}").tobytes()
    head = b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<I", 16) + form
    return head + b"data" + struct.pack("<I", len(data)) + data


@contextlib.contextmanager
def bait(folder: Path) -> Iterator[list[int]]:
    """Lay a sound out in a folder; the list yielded tells at the end whether it was opened."""
    (folder / BAIT).write_bytes(wav_bytes(TONE, RATE))
    opened: list[int] = []
    if not sys.platform.startswith("linux"):
        yield opened
        return
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    look, read = 0x20, 0x1
    assert libc.inotify_add_watch(watch, os.fsencode(folder / BAIT), look | read) >= 0
    try:
        yield opened
        with contextlib.suppress(BlockingIOError):
            events = os.read(watch, 65_536)
            opened.extend(struct.unpack_from("iI", events)[1:])
    finally:
        os.close(watch)


AT_DOORS = (
    "concat",
    "concat of an address",
    "hls of a file",
    "sdp",
    "lavfi",
    "tagged",
    "quicktime",
)
"""What every door of HTTP is offered; `scripted` makes it."""


def scripted(name: str, folder: Path, port: int) -> bytes:
    """Return one of `AT_DOORS`."""
    texts = scripts(port)
    more = {"quicktime": referring(folder / BAIT), "tagged": disguised(texts["concat"])[0]}
    return {**texts, **more}[name]


@contextlib.contextmanager
def nothing_opened(folder: Path) -> Iterator[int]:
    """See that a bait in a folder is not opened, nobody calls at the port yielded, soon."""
    before = Path.cwd()
    with bait(folder) as opened, socket.create_server(("127.0.0.1", 0)) as ear:
        os.chdir(folder)
        start = time.perf_counter()
        try:
            yield int(ear.getsockname()[1])
        finally:
            seconds = time.perf_counter() - start
            os.chdir(before)
        ear.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            ear.accept()[0].close()
            opened.append(-1)
    assert opened == []
    assert seconds <= SLOW
