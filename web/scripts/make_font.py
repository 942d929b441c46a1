"""Cut the page's reading font out of Noto Serif CJK KR.

Old Hangul needs the features ljmo, vjmo and tjmo, which most web builds of the font lose. This
keeps them: `core` carries Latin, signs, all jamo and the 2,350 everyday syllables, `rest` the
other 8,822 syllables, which a browser fetches only when a page shows one of them.

Needs fonttools and brotli, and Debian's package fonts-noto-cjk:

    python web/scripts/make_font.py /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parent.parent / "src" / "shared" / "fonts"
FAMILY = "Noto Serif CJK KR"
FEATURES = ["ccmp", "ljmo", "vjmo", "tjmo", "calt", "liga", "locl", "kern", "mark", "mkmk"]
SYLLABLES = range(0xAC00, 0xD7A4)
# Conjoining jamo with extensions A and B, and the two tone marks of old Hangul.
JAMO = [*range(0x1100, 0x1200), *range(0xA960, 0xA980), *range(0xD7B0, 0xD800), 0x302E, 0x302F]
SIGNS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x2010, 0x2028),
    *range(0x3000, 0x3020),
    *range(0x3131, 0x318F),
    *(0x2030, 0x2032, 0x2033, 0x203B, 0x20A9, 0x2103, 0x2190, 0x2192, 0x2212, 0x25CB, 0x25CF),
    *(0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1F, 0xFF5E),
]


def everyday(code: int) -> bool:
    """Tell whether KS X 1001 has the syllable (the codec spells others with eight bytes)."""
    return len(chr(code).encode("euc-kr")) == 2


def korean_face(path: Path) -> TTFont:
    """Return the Korean face of a collection, or the one face of a plain file."""
    if path.suffix != ".ttc":
        return TTFont(path)
    for face in TTCollection(path).fonts:
        if face["name"].getDebugName(1) == FAMILY:
            return face
    raise SystemExit(f"{path} holds no {FAMILY}: take NotoSerifCJK-Regular.ttc.")


def cut(source: Path, codes: list[int], destination: Path) -> None:
    """Write the glyphs of `codes` with their composing features as WOFF2."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES)
    options.name_IDs = [0, 1, 2, 13, 14]
    options.notdef_outline = True
    font = korean_face(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    subset.save_font(font, destination, options)
    print(f"{destination.name}: {destination.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    """Cut both files beside the style sheet that names them."""
    parser = argparse.ArgumentParser(description="Cut the page's reading font.")
    parser.add_argument("source", type=Path, help="NotoSerifCJK-Regular.ttc")
    source = parser.parse_args().source
    core = [*SIGNS, *JAMO, *filter(everyday, SYLLABLES)]
    cut(source, core, FONTS / "noto-serif-kr-core.woff2")
    rest = [code for code in SYLLABLES if not everyday(code)]
    cut(source, rest, FONTS / "noto-serif-kr-rest.woff2")


if __name__ == "__main__":
    main()
