"""ㄴ inserted inside a word: in numbers, and before the second part of a compound (표준 발음법 29).

Article 29 asks for a first part that ends in a consonant and a second one in 이, 야, 여, 요, 유.
The spelling does not show where a compound parts, so the second parts are listed
(`pronunciation_exceptions` beside this file), each with what keeps it from words that look alike:

- `one` after any first part: 색연필, 꽃잎;
- `two` after two syllables or more: 신혼여행, 국민윤리;
- `last` after two syllables or more at the end of a noun, and not where the syllable before
  makes another word with them: 두통약, but 전기절약; 시청역, but 무기징역.

Numbers take it before 여섯, 여덟, 육 (열여섯, 십육, 사일육) but not elsewhere: 육이오[유기오].

>>> [insert_nieun(word) for word in ("스물여섯", "생활윤리에", "전기절약", "육이오")]
['스물녀섯', '생활뉸리에', '전기절약', '육이오']
"""

from __future__ import annotations

import re

from kosorong.text.letters.jamo import SILENT, SYLLABLE, compose, decompose, last_coda
from kosorong.text.sound import phrase_words
from kosorong.text.sound.adnominal import END, JOSA
from kosorong.text.sound.pronunciation_exceptions import SECOND_PARTS
from kosorong.text.words import any_of

_TAIL = f"(?={any_of('sound_words.noun-tail', END=END, JOSA=JOSA)})"


_EXCLUDED = {one.part: one.not_after for one in SECOND_PARTS}
_LONG = frozenset(one.part for one in SECOND_PARTS if one.after != "one")
_LAST = frozenset(one.part for one in SECOND_PARTS if one.after == "last")
# What stands before is looked at afterwards: a pattern that begins with letters is searched fast.
_COMPOUND = re.compile(
    "|".join(part + (_TAIL if part in _LAST else "") for part in sorted(_EXCLUDED, key=len)[::-1])
)

_DIGITS = "[영공일이삼사오육칠팔구]"
_NUMBER = re.compile(f"여섯|여덟|육(?={_DIGITS}|{JOSA}{END}|점)|연(?=[대승패발타]{JOSA}{END})")
_BEFORE_NUMBER = {
    "여": re.compile("[열물른흔쉰순든백천만억]$"),
    "육": re.compile(f"^{_DIGITS}*[일삼육칠팔]$|{phrase_words.SINO}점$"),
    "연": re.compile(f"^{phrase_words.SINO}*[일삼육칠팔십백천]$"),
}


def insert_nieun(word: str, *, listed: bool = True) -> str:
    """Respell a word with ㄴ where article 29 inserts it.

    Args:
        word: One word in canonical form.
        listed: Whether the lists of second parts act, or the rules of numbers alone.
    """
    word = _NUMBER.sub(_in_number, word)
    return _COMPOUND.sub(_in_compound, word) if listed else word


def with_nieun(word: str) -> str:
    """Put ㄴ before a word that begins with its vowel."""
    letters = decompose(word[0])
    return compose(letters._replace(onset="ㄴ")) + word[1:] if letters.onset == SILENT else word


def _in_number(match: re.Match[str]) -> str:
    """Put ㄴ before a part of a number, where it goes on a numeral in a consonant."""
    goes_on = _BEFORE_NUMBER[match[0][0]].search(match.string[: match.start()])
    return with_nieun(match[0]) if goes_on else match[0]


def _in_compound(match: re.Match[str]) -> str:
    """Put ㄴ before a second part, where the first meets its condition."""
    part, before = match[0], match.string[: match.start()]
    long = part in _LONG
    syllables = SYLLABLE.findall(before)[-2:] if last_coda(before) else []
    if len(syllables) <= long or before[-1] in _EXCLUDED[part]:
        return part
    return part if part == "율" and last_coda(before) != "ㄴ" else with_nieun(part)
