"""Cut the page's reading font out of Noto Serif CJK KR.

Old Hangul needs the features ljmo, vjmo and tjmo, which most web builds of the font lose. This
keeps them. `first` carries Latin, signs and the commonest syllables, `jeju` the jamo that Jeju is
written with; they are all that most of a page needs. A browser fetches the others where a page
shows one of their letters: `often` and `seldom` the rest of the 2,350 everyday syllables, `jamo`
those of old books, `rest` the other 8,822 syllables. What is common stands in
common_syllables.txt, in order.

Needs fonttools and brotli, and Debian's package fonts-noto-cjk:

    python web/scripts/make_font.py /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parent.parent / "src" / "shared" / "fonts"
STYLES = FONTS.parent / "styles" / "fonts.css"
COMMON = Path(__file__).resolve().parent / "common_syllables.txt"
FIRST, OFTEN = 320, 800
FAMILY = "Noto Serif CJK KR"
FEATURES = ["ccmp", "ljmo", "vjmo", "tjmo", "calt", "liga", "locl", "kern", "mark", "mkmk"]
SYLLABLES = range(0xAC00, 0xD7A4)
# Conjoining jamo with extensions A and B, and the two tone marks of old Hangul.
JAMO = [*range(0x1100, 0x1200), *range(0xA960, 0xA980), *range(0xD7B0, 0xD800), 0x302E, 0x302F]
JEJU_JAMO = [*range(0x1100, 0x1113), 0x119E, 0x11A2, *range(0x11A8, 0x11C3)]
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


def parts() -> dict[str, list[int]]:
    """Return the letters of each file, every one in one file."""
    common = [ord(one) for one in COMMON.read_text(encoding="utf-8") if not one.isspace()]
    first = [*SIGNS, *common[:FIRST]]
    often = common[FIRST:OFTEN]
    everyday_ones = [code for code in SYLLABLES if everyday(code)]
    return {
        "rest": [code for code in SYLLABLES if not everyday(code)],
        "jamo": sorted({*JAMO} - {*JEJU_JAMO}),
        "jeju": JEJU_JAMO,
        "seldom": sorted({*everyday_ones} - {*first, *often}),
        "often": often,
        "first": first,
    }


def ranges(codes: list[int]) -> str:
    """Return letters as CSS names them.

    >>> ranges([0x41, 0x42, 0x61])
    'U+41-42, U+61'
    """
    told, at = [], sorted(codes)
    while at:
        size = next((n for n in range(1, len(at)) if at[n] != at[0] + n), len(at))
        told.append(f"U+{at[0]:X}" if size == 1 else f"U+{at[0]:X}-{at[size - 1]:X}")
        at = at[size:]
    return ", ".join(told)


def face(family: str, part: str, codes: list[int]) -> str:
    """Return the rule of a file."""
    return (
        f'@font-face {{\n  font-family: "{family}";\n'
        f'  src: url("../fonts/noto-serif-kr-{part}.woff2") format("woff2");\n'
        f"  font-display: swap;\n  unicode-range: {ranges(codes)};\n}}\n"
    )


def main() -> None:
    """Cut every file, and write the style sheet that names them."""
    parser = argparse.ArgumentParser(description="Cut the page's reading font.")
    parser.add_argument("source", type=Path, help="NotoSerifCJK-Regular.ttc")
    source = parser.parse_args().source
    rules = ["/* Noto Serif CJK KR; cut by scripts/make_font.py, which writes this. */\n"]
    for part, codes in parts().items():
        cut(source, codes, FONTS / f"noto-serif-kr-{part}.woff2")
        # Of two rules for a letter the later holds, so that the last resort is soon said.
        # Jamo are a family behind: beside syllables they would stand for those that come later.
        family = "Kosorong Serif Jamo" if part in {"jamo", "jeju"} else "Kosorong Serif"
        rules.append(face(family, part, [*SYLLABLES] if part == "rest" else codes))
    rules.append("/* Old Hangul in words of the controls: device fonts let it fall apart. */\n")
    rules.append(face("Kosorong Jamo", "jeju", JEJU_JAMO))
    rules.append(face("Kosorong Jamo", "jamo", parts()["jamo"]))
    STYLES.write_text("\n".join(rules), encoding="utf-8")


if __name__ == "__main__":
    main()
