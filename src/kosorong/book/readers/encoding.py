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

# The 400 syllables that make up 94 of 100 in Korean sentences of today; of other bytes that are
# taken for Korean they make up under 30. Then what makes up much of other languages' texts.
_KOREAN = frozenset(
    "이다는지에하고가을의니한은어도로기아서있사나해요들시그를인리게보일만자라대수화정으주영것면제"
    "습무부스적전상었과장여마내없오되말거야생데우까재했미국구안원소동입려모할진세연신네간비중않좋"
    "러문와성위조음공저더실분감금드치유관같때각경알작히용합개너운회계았건당람점명교선물메바래남민"
    "학줘단행방많된겠속런본두번반터현르통식였잘심던발체트랑결처년배불차못직예역력법받며후업난든평"
    "산날느타청매함약달집살임줄최디노언루봤등온강출버싶편피른토울설늘추렇근애좀호포질볼준파름확님"
    "독군프록양외또절표막걸친린올워봐짜크따왜족복월별몇급태품권참밌판레누얼목형눈길변져증키카망격"
    "억먹론천란종담특열책필긴힘능희씨환악초새왔답끝십코될황극순료립테술돌머박색뭐냐녀겨병떻께갈련"
    "럼육맞활투죽험엄잔켜빠졌듯존항찾검움취혼충엔몰령션완티향곳락넘럽잡석액찰냥돈앞죠렸손범릴허백"
    "벌침웃닌괜글택찮송혀귀접류떤큰쓰삼쉽광높슬김규견승탄철채량풍놓떠"
)
_CHINESE = frozenset(
    "的一是不了在人有我他這这個个們们中來来上大為为和國国說说時时你好很就也都會会到"
)
_KANA = frozenset(map(chr, range(0x3041, 0x30FF)))
_ENOUGH_KOREAN = 0.5
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
        return _replaced(data, encoding, *warnings)
    return _mended(text, encoding, *warnings)


def _replaced(data: bytes, encoding: str, *warnings: str) -> Decoded:
    """Decode what is damaged in a few places; each becomes U+FFFD."""
    text = data.decode(encoding, "replace")
    count = text.count("\ufffd")
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    warning = f"{count} damaged places became U+FFFD, the first in line {line}."
    return _mended(text, encoding, *warnings, warning)


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
        return _guessed(data, where)


def _guessed(data: bytes, where: str) -> Decoded:
    """Decode CP949, or what is damaged in a few places; name and refuse the rest."""
    korean = _score(data, "cp949", _KOREAN)
    others = (_score(data, codec, frequent) for codec, _, frequent, _ in _FOREIGN)
    is_korean = korean > _ENOUGH_KOREAN and korean >= max(others)
    if is_korean and _decodes(data, "cp949"):
        return _mended(data.decode("cp949"), "cp949")
    if _is_mostly_utf8(data[:_SAMPLE]):
        return _replaced(data, "utf-8")
    if is_korean:
        return _replaced(data, "cp949")
    for codec, name, frequent, enough in _FOREIGN:
        if _score(data, codec, frequent) >= enough:
            raise _refusal(name, where)
    if _is_hangul(data):
        return _mended(data.decode("cp949"), "cp949")
    if sum(byte > 0x7F for byte in data[:_SAMPLE]) < 0.3 * len(data[:_SAMPLE]):
        raise _refusal("Latin-1 or another one-byte encoding", where)
    raise _refusal("", where)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_hangul(data: bytes) -> bool:
    """Tell whether all that is beyond ASCII is Hangul of EUC-KR, however rare its syllables."""
    try:
        letters = [c for c in data.decode("euc_kr") if c > "\x7f" and c.isalpha()]
    except UnicodeDecodeError:
        return False
    return bool(letters) and all("가" <= c <= "힣" for c in letters)


def _score(data: bytes, encoding: str, frequent: frozenset[str]) -> float:
    """Return the share of frequent characters among the letters beyond ASCII, 0 if undecodable.

    For Korean Hanja and laughing jamo do not count: they stand among syllables, or it is none.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(data[:_SAMPLE])
    damaged = text.count("\ufffd")
    letters = [c for c in text if c > "\x7f" and c.isalpha()]
    if frequent is _KOREAN:
        letters = [c for c in letters if c not in "ㅋㅎㅠㅜ" and not "\u3400" <= c <= "\u9fff"]
    known = sum(c in frequent for c in letters)
    if not known or damaged > 0.02 * len(letters) + 2 or known < 3 * damaged:
        return 0.0
    return known / len(letters)


def _is_mostly_utf8(sample: bytes) -> bool:
    """Tell whether most of what is beyond ASCII is UTF-8, which other bytes are by chance only."""
    text = sample.decode("utf-8", "replace")
    good = sum(c > "\x7f" and c != "\ufffd" for c in text)
    return good > 2 * text.count("\ufffd")


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
