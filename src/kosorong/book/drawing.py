"""Draws pictures that not every player shows (GIF, WebP, BMP, SVG) as PNG or JPEG.

Pictures come from strangers, so they are drawn by a process of their own that may use little
memory and little time: `python -P -m kosorong.book.drawing`, the picture on standard input.
"""

from __future__ import annotations

import io
import subprocess
import sys

from kosorong.errors import InputError

_SECONDS = 2  # of the processor
_PATIENCE = 8  # seconds by the clock, on a machine that is busy
_MEMORY = 1 << 30  # bytes of address space, libraries counted
_MOST_PIXELS = 16_000_000
_LONGEST_SIDE = 2_400  # pixels
_SVG_WIDTH = 800  # pixels
_QUALITY = 90
_RASTER = ("GIF", "WEBP", "BMP")
_MARKS = (b"\xff\xd8\xff", b"\x89PNG")


def is_drawn(picture: bytes) -> bool:
    """Tell whether a picture is PNG or JPEG, which every player shows."""
    return picture.startswith(_MARKS)


def is_svg(picture: bytes) -> bool:
    """Tell whether a picture is an SVG drawing."""
    head = picture[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in head.lower()


def drawn(picture: bytes, where: str) -> bytes:
    """Return a picture as PNG or JPEG.

    Args:
        picture: GIF, WebP, BMP, or SVG that was hardened (`kosorong.book.readers.svg`); PNG and
            JPEG come back as they are.
        where: Its name, for messages.

    Raises:
        InputError: It is of another kind, damaged, too large, or takes too long.
    """
    if is_drawn(picture):
        return picture
    command = [sys.executable, "-P", "-m", "kosorong.book.drawing"]
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise _undrawn(where, type(error).__name__) from error
    if done.returncode or not is_drawn(done.stdout):
        last_line = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise _undrawn(where, last_line[:200] or f"exit status {done.returncode}")
    return done.stdout


def shown(picture: bytes, where: str) -> bytes:
    """Return a picture as PNG or JPEG, or as it is where it cannot be drawn."""
    try:
        return drawn(picture, where) if picture else picture
    except InputError:
        return picture


def _undrawn(where: str, why: str) -> InputError:
    return InputError(
        f"The picture cannot be drawn ({why}).", where=where, cure="Give it as PNG or JPEG."
    )


def _limit() -> None:
    """Bound memory and time of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _draw(picture: bytes) -> bytes:
    if is_svg(picture):
        import resvg_py

        return bytes(resvg_py.svg_to_bytes(svg_string=picture.decode(), width=_SVG_WIDTH))
    from PIL import Image

    with Image.open(io.BytesIO(picture), formats=_RASTER) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise ValueError(f"{image.width} × {image.height} pixels")
        image.load()
        has_alpha = image.has_transparency_data
        plain = image.convert("RGBA" if has_alpha else "RGB")
    plain.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    if has_alpha or image.format == "GIF":
        plain.save(out, "PNG")
    else:
        plain.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def main() -> int:
    """Draw the picture on standard input."""
    _limit()
    try:
        sys.stdout.buffer.write(_draw(sys.stdin.buffer.read()))
    except Exception as error:  # whatever a damaged picture makes a decoder raise
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
