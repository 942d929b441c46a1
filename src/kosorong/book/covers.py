"""Draws a cover for a book that has none: the island, a little different for each title."""

from __future__ import annotations

import hashlib

_SIDE = 800  # pixels
# Sky, far mountain, near hill, sea, sun.
_SCENES = (
    ("#f3d9b1", "#7fa3a0", "#44585a", "#2f7f86", "#ee7f22"),
    ("#d9e6e4", "#8aa88f", "#4c6650", "#3d8f97", "#f0a23c"),
    ("#f0c9a8", "#a5796a", "#4a4244", "#5b7f8c", "#d9572b"),
    ("#c9d7de", "#6c8a97", "#36454d", "#24616d", "#f4d9a0"),
    ("#e9e0c8", "#9aa877", "#5a6a3e", "#5d9aa0", "#ee7f22"),
    ("#2e3d49", "#40586a", "#1f2a31", "#1d4f5b", "#f2e3bd"),
)
_STARS = ((24, 26), (70, 14), (118, 30), (150, 12), (182, 34), (46, 48))
_NIGHT = len(_SCENES) - 1
_WAVE = "q 12.5 -6 25 0 " + "t 25 0 " * 8


def draw_cover(title: str, author: str) -> bytes:
    """Return the cover of a book as PNG, 800 by 800: the same for the same title and author."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=cover_svg(title, author), width=_SIDE))


def cover_svg(title: str, author: str) -> str:
    """Return the cover as a drawing of 200 by 200 units."""
    seed = hashlib.sha256(f"{title}\n{author}".encode()).digest()
    number = seed[0] % len(_SCENES)
    sky, far, near, sea, sun = _SCENES[number]
    peak, oreum = 70 + seed[1] % 60, 30 + seed[2] % 140
    x, y, size = 40 + seed[3] % 120, 40 + seed[4] % 32, 15 + seed[5] % 6
    return "".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">',
            f'<rect width="200" height="200" fill="{sky}"/>',
            _stars(sun) if number == _NIGHT else "",
            f'<circle cx="{x}" cy="{y}" r="{size}" fill="{sun}"/>',
            _mountain(peak, far),
            _hill(oreum, near),
            f'<rect y="150" width="200" height="50" fill="{sea}"/>',
            _waves(),
            "</svg>",
        )
    )


def _stars(colour: str) -> str:
    return "".join(f'<circle cx="{x}" cy="{y}" r="1" fill="{colour}"/>' for x, y in _STARS)


def _mountain(x: int, colour: str) -> str:
    path = (
        f"M-20 146 C {x - 50} 138 {x - 26} 84 {x - 9} 82 q 9 6 18 0"
        f" C {x + 28} 84 {x + 62} 138 230 146 V 156 H -20 z"
    )
    return f'<path d="{path}" fill="{colour}"/>'


def _hill(x: int, colour: str) -> str:
    path = f"M{x - 74} 156 C {x - 32} 150 {x - 24} 116 {x} 116 S {x + 36} 150 {x + 80} 156 z"
    return f'<path d="{path}" fill="{colour}"/>'


def _waves() -> str:
    lines = " ".join(f"M{-5 * row} {160 + 11 * row} {_WAVE}" for row in range(4))
    return f'<path d="{lines}" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="1.6"/>'
