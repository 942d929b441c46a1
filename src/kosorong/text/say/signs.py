"""Signs and lone letters: what they are called, and why some cannot be read.

>>> sign("%"), sign("①"), sign("Ⅳ"), sign("½"), sign("ⓐ"), sign("★")
('퍼센트', '일', '사', '이 분의 일', '에이', '')
>>> why_unread("ก"), why_unread("★")
('Thai letter', 'sign without a reading')
"""

from __future__ import annotations

import re
import unicodedata

from kosorong.text.letters.jamo import Syllable, compose
from kosorong.text.letters.letter_names import names_of
from kosorong.text.say.foreign.latin import GREEK, roman_value, spell
from kosorong.text.say.numbers.numbers import sino, sino_numeral
from kosorong.text.say.numbers.units import read_unit
from kosorong.text.tables import TEXT, read_table
from kosorong.text.words import any_of

_ROWS = [row.cells for row in read_table(TEXT, "signs", ("sign", "said", "in_address"))]
_SIGNS = {sign: said for sign, said, _ in _ROWS if said}
SIGNS_OF_ADDRESSES = {sign: said for sign, _, said in _ROWS if said}
"""Sign → what it is called in an address or a file name."""

_ENCLOSED = re.compile(r"\(?([^()]+?)\)?\.?")
_FRACTION_SLASH = "⁄"

SILENT = frozenset("'\"`´ʼ‘’‚‛“”„‟«»‹›「」『』《》〈〉<>〝〞〟｢｣′″ʹʺ·_")
"""Quotation marks and the like: ordinary punctuation that is not said."""

OPENING = frozenset("([{〔【〖⟨❨⁅")
CLOSING = frozenset(")]}〕】〗⟩❩⁆")
DASHES = frozenset("-‐‑‒–—―─━﹘﹣⸺⸻〜")

_TO_ASCII = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
_SAME_SIGN = {
    "。": ".", "｡": ".", "、": ",", "､": ",", "،": ",", "؟": "?", "¿": "?", "¡": "!", "‼": "!",
    "⁇": "?", "⁈": "?", "⁉": "?", "〜": "~", "∼": "~", "〰": "~", "˜": "~", "․": "·", "・": "·",
    "‧": "·", "∙": "·", "⋅": "·", "•": "·", "･": "·", "‥": "…", "⋯": "…", "︙": "…", "﹖": "?",
    "﹗": "!", "﹐": ",", "﹒": ".", "؛": ";", "﹕": ":", "∶": ":", "∕": "/", "\u2010": "-",
    "\u2011": "-", "￦": "₩", "￥": "¥", "￡": "£", "￠": "¢", "＄": "$",
}  # fmt: skip
PLAIN = str.maketrans(_SAME_SIGN | {chr(wide): chr(plain) for wide, plain in _TO_ASCII.items()})
"""Wide and look-alike signs → the plain one, one character for one, so that offsets stay."""


def _enclosed(character: str) -> str:
    """Read a character that stands for others: a circled letter, a fraction, a Roman numeral."""
    plain = unicodedata.normalize("NFKC", character)
    match = _ENCLOSED.fullmatch(plain)
    inner = match.group(1) if match and plain != character else ""
    top, slash, bottom = inner.partition(_FRACTION_SLASH)
    if slash and top.isdecimal() and bottom.isdecimal():
        return f"{sino_numeral(bottom)} 분의 {sino_numeral(top)}"
    if inner.isascii() and inner.isdigit():
        return sino_numeral(inner)
    if value := roman_value(inner.upper()) if unicodedata.category(character) == "Nl" else 0:
        return sino(value)
    if inner.isascii() and inner.isalpha():
        return read_unit(character) or spell(inner)
    if inner and all("가" <= letter <= "힣" for letter in inner):
        return inner
    return LETTER_NAMES.get(_typed(inner), "")


def _typed(jamo: str) -> str:
    """Return the typed letter of one conjoining onset: NFKC turns ㉠ into one."""
    name = unicodedata.name(jamo, "") if len(jamo) == 1 else ""
    if not name.startswith("HANGUL CHOSEONG"):
        return jamo
    try:
        return unicodedata.lookup(name.replace("CHOSEONG", "LETTER"))
    except KeyError:
        return jamo


def sign(character: str) -> str:
    """Return what a sign is called, empty where it has no reading."""
    greek = GREEK.get(character.lower())
    return _SIGNS.get(character) or greek or read_unit(character) or _enclosed(character)


# --- lone letters -----------------------------------------------------------------------------

_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅑㅓㅕㅗㅛㅜㅠㅡㅣ"
_NAMES = names_of("hangul")
_DOUBLES = zip("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ", strict=True)
_COMPOUND_VOWELS = "ㅐㅒㅔㅖㅘㅙㅚㅝㅞㅟㅢ"
LETTER_NAMES = {
    **_NAMES,
    **{double: "쌍" + _NAMES[single] for double, single in _DOUBLES},
    **{vowel: compose(Syllable("ㅇ", vowel, "")) for vowel in _VOWELS + _COMPOUND_VOWELS},
}
"""Typed letter → its name (한글 맞춤법 제4항)."""

_FEELINGS = frozenset("ㅋㅎㅠㅜㅡㅇㄴㄷㄱ")
_QUIET_ALONE = frozenset("ㅋㅎㅠㅜㅡ")
_AS_LETTER = re.compile(
    rf"""(?:{any_of("number_words.as-letter")})|\s?['"’”,)·]|\s(?:받침|발음|소리|글자)"""
)
TYPED_FEELING = "letters typed for laughter, tears or a short answer"
LONE_LETTER = "letter that stands alone and has no name here"


def letter_names(run: str, before: str, after: str) -> str:
    """Name letters that stand as letters; empty where they are typed for a feeling.

    Args:
        run: Compatibility jamo.
        before: The character before them.
        after: What follows them.

    >>> letter_names("ㄱ", " ", "을"), letter_names("ㅋㅋㅋ", "", ""), letter_names("ㄱㄴ", "", "")
    ('기역', '', '기역 니은')
    """
    if len(run) > 1 and run not in _CONSONANTS and run not in _VOWELS:
        return ""
    if len(run) == 1 and run in _QUIET_ALONE and not _AS_LETTER.match(after):
        return ""
    if len(run) == 1 and "가" <= before <= "힣" and run in _FEELINGS:
        return ""
    names = [LETTER_NAMES.get(letter, "") for letter in run]
    return " ".join(names) if all(names) else ""


# --- reasons ----------------------------------------------------------------------------------

_REASONS = {
    "Cc": "control character",
    "Cf": "invisible format character",
    "Cs": "half of a surrogate pair",
    "Co": "private-use character",
    "Cn": "unassigned character",
    "Mn": "combining mark",
    "Me": "combining mark",
    "Mc": "combining mark",
}
_EMOJI = ((0x1F000, 0x1FAFF), (0x2600, 0x2604), (0x2763, 0x2764), (0x1FB00, 0x1FBFF))


def why_unread(character: str) -> str:
    """Say in a few words why a character is not read."""
    category = unicodedata.category(character)
    if category in _REASONS:
        return _REASONS[category]
    if any(first <= ord(character) <= last for first, last in _EMOJI):
        return "emoji"
    if category[0] == "L":
        script = unicodedata.name(character, "unknown").split()[0]
        if script in ("CJK", "IDEOGRAPHIC"):
            return "Hanja without a reading in the table"
        return f"{script.title()} letter"
    if category[0] == "N":
        return "digit or number sign of another script"
    return "sign without a reading"
