"""Files as a listener has them: whole, and to be played to their end."""

from __future__ import annotations

import io
import zipfile

import av


def is_playable(content: bytes, format_: str) -> bool:
    """Say whether a file of a book is whole.

    Args:
        content: Of the file.
        format_: `m4b`, `epub`, `mp3` (an archive of them) or `vtt`.
    """
    try:
        return _is_whole(content, format_)
    except (av.FFmpegError, zipfile.BadZipFile):
        return False


def _is_whole(content: bytes, format_: str) -> bool:
    if format_ == "vtt":
        return content.startswith(b"WEBVTT") and b"-->" in content
    if format_ == "m4b":
        return _sounds(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.testzip() is not None:
            return False
        tracks = [name for name in archive.namelist() if name.endswith((".mp3", ".m4a"))]
        return bool(tracks) and all(_sounds(archive.read(name)) for name in tracks)


def _sounds(content: bytes) -> bool:
    with av.open(io.BytesIO(content), "r") as container:
        lengths = [int(frame.samples) for frame in container.decode(audio=0)]
    return sum(lengths) > 0
