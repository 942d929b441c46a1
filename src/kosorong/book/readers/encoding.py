"""Finds out how a Korean text is encoded, strictly: a wrong guess is worse than an error.

UTF-8, UTF-16 and CP949 (with its subset EUC-KR) are read. Every other encoding is named as well
as it can be and refused. Statistical guessers take Korean for Chinese; here a text passes as
CP949 only if it decodes without one error and its most frequent syllables are Korean ones.

>>> decode("바람이 분다".encode("cp949"), "a.txt").encoding
'cp949'
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from kosorong.errors import InputError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 16  # bytes looked at when guessing

# The syllables, ideographs and kana that make up much of any text of the language.
_KOREAN = frozenset(
    "이다는에을고가의지하한로서를은도어나그들리있자기사으라아만시게니것해거보인대여일면일수정안말전던했었오부"
    "모내주까었장상러마생각없였데려스야구네예음응"
)
_CHINESE = frozenset("的一是不了在人有我他這这個个們们中來来上大為为和國国說说時时")
_KANA = frozenset(map(chr, range(0x3041, 0x30FF)))
_ENOUGH_KOREAN = 0.15  # share of frequent syllables: Korean prose has 0.5, other bytes under 0.08
_ENOUGH_OTHER = 0.08
_FOREIGN = (
    ("johab", "JOHAB", _KOREAN, _ENOUGH_KOREAN),
    ("shift_jis", "Shift JIS (Japanese)", _KANA, 0.2),
    ("euc_jp", "EUC-JP (Japanese)", _KANA, 0.2),
    ("gb18030", "GB18030 (Chinese)", _CHINESE, _ENOUGH_OTHER),
    ("big5", "Big5 (Chinese)", _CHINESE, _ENOUGH_OTHER),
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?|\x85|\u2028|\x0b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was stored.

    Attributes:
        text: Lines end in a line feed; no control characters, no lone surrogates.
        encoding: Python's name of the encoding.
        warnings: What had to be mended.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, where: str) -> Decoded:
    """Decode a text file.

    Args:
        data: The whole file.
        where: Name of the file, for messages.

    Raises:
        InputError: The encoding is none of UTF-8, UTF-16, CP949, or the file is damaged.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _from_unicode(data[len(mark) :], encoding, where)
    _refuse_escapes(data, where)
    if wide := _wide(data):
        return _from_unicode(data, wide, where, f"No byte order mark; read as {wide.upper()}.")
    try:
        return _mended(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error, where)


def _from_unicode(data: bytes, encoding: str, where: str, *warnings: str) -> Decoded:
    """Decode UTF-8 or UTF-16 that is known to be it."""
    if encoding == "utf-32":
        raise _refusal("UTF-32", where)
    if encoding.startswith("utf-16") and len(data) % 2:
        data, warnings = data[:-1], (*warnings, "The file ends in half a character.")
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _not_utf8(data, error, where)
        raise _damaged(encoding.upper(), error.start, where) from error
    return _mended(text, encoding, *warnings)


def _wide(data: bytes) -> str:
    """Return `utf-16-le`, `utf-16-be` or `utf-32` if the bytes look like it without a mark."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    nul = [sample[i::4].count(0) * 8 / max(1, len(sample)) for i in range(4)]
    if len(data) % 4 == 0 and (min(nul[0], nul[1]) > 1.9 or min(nul[2], nul[3]) > 1.9):
        return "utf-32"
    if len(data) % 2 or len(data) < 4:
        return ""
    best = max(("utf-16-le", "utf-16-be"), key=lambda name: _plausible(sample, name))
    return best if _plausible(sample, best) > 0.9 and sample.count(0) * 50 > len(sample) else ""


def _plausible(sample: bytes, encoding: str) -> float:
    """Return the share of characters that a Korean text would have."""
    text = sample.decode(encoding, "replace")
    good = sum("가" <= c <= "힣" or " " <= c <= "~" or c in "\r\n\t“”‘’…·" for c in text)
    return good / max(1, len(text))


def _not_utf8(data: bytes, error: UnicodeDecodeError, where: str) -> Decoded:
    """Decode what is not strict UTF-8: cut short, with surrogates, or CP949."""
    if error.reason == "unexpected end of data" and error.start > 0:
        text = data[: error.start].decode("utf-8")
        return _mended(text, "utf-8", "The file ends in the middle of a character.")
    try:
        return _mended(data.decode("utf-8", "surrogatepass"), "utf-8")
    except UnicodeDecodeError:
        return _from_cp949(data, error, where)


def _from_cp949(data: bytes, utf8_error: UnicodeDecodeError, where: str) -> Decoded:
    korean = _score(data, "cp949", _KOREAN)
    if korean >= _ENOUGH_KOREAN and korean >= _score(data, "johab", _KOREAN):
        try:
            return _mended(data.decode("cp949"), "cp949")
        except UnicodeDecodeError as error:
            raise _damaged("CP949", error.start, where) from error
    for codec, name, frequent, enough in _FOREIGN:
        if _score(data, codec, frequent) >= enough:
            raise _refusal(name, where)
    sample = data[:_SAMPLE]
    if _share_damaged(sample) < 0.02:
        raise _damaged("UTF-8", utf8_error.start, where)
    if sum(byte > 0x7F for byte in sample) < 0.3 * len(sample):
        raise _refusal("Latin-1 or another one-byte encoding", where)
    raise _refusal("", where)


def _score(data: bytes, encoding: str, frequent: frozenset[str]) -> float:
    """Return the share of frequent characters among the letters beyond ASCII, 0 if undecodable."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(data[:_SAMPLE])
    letters = [c for c in text if c > "\x7f" and (c.isalpha() or c == "\ufffd")]
    if not letters or letters.count("\ufffd") > 0.01 * len(letters) + 1:
        return 0.0
    return sum(c in frequent for c in letters) / len(letters)


def _share_damaged(sample: bytes) -> float:
    text = sample.decode("utf-8", "replace")
    beyond = [c for c in text if c > "\x7f"]
    return beyond.count("\ufffd") / max(1, len(beyond))


def _refuse_escapes(data: bytes, where: str) -> None:
    """Raise InputError for encodings that shift by escapes; to UTF-8 they look like ASCII."""
    head = data[:_SAMPLE]
    if b"\x1b$)C" in head:
        raise _refusal("ISO-2022-KR", where)
    if b"\x1b$B" in head or b"\x1b$@" in head:
        raise _refusal("ISO-2022-JP (Japanese)", where)


def _mended(text: str, encoding: str, *warnings: str) -> Decoded:
    """Return the text with line feeds only, without control characters and lone surrogates."""
    notes = list(warnings)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        text, count = _SURROGATE.subn("\ufffd", text)
        if count:
            notes.append(f"{count} halves of characters (lone surrogates) became U+FFFD.")
    text = _NEWLINE.sub("\n", text).replace("\x0c", "\n\n").replace("\u2029", "\n\n")
    if nul := text.count("\0"):
        notes.append(f"{nul} NUL characters were left out.")
    text, count = _CONTROL.subn("", text)
    if count > nul:
        notes.append(f"{count - nul} control characters were left out.")
    return Decoded(text, encoding, tuple(notes))


def _refusal(name: str, where: str) -> InputError:
    what = (
        f"The text is encoded in {name}, which is not read."
        if name
        else ("The text is in no encoding that is read (UTF-8, UTF-16, CP949).")
    )
    return InputError(what, where=where, cure="Save it as UTF-8 and try again.")


def _damaged(encoding: str, offset: int, where: str) -> InputError:
    return InputError(
        f"The text is {encoding}, but damaged at byte {offset}.",
        where=where,
        cure="Open it in an editor, mend that place and save it as UTF-8.",
    )
