"""Numbers, signs, letters and Hanja as spoken Korean: what is written → what is said.

Every white-space word of the text gets its spoken form, so that the times of the spoken words can
be given to the written ones. The conventions (docs/reference/reading-conventions.md) in short:
만 and 천 without 일, native numerals for the last two digits up to 999, 첫 번째, 유월 and 시월, 공
for zero in Korean telephone numbers and 영 elsewhere, volumes of a series in Sino-Korean (전집 일
권) and copies in native numerals (세 권). What is written in Hanja with its Hangul beside it is
read once.

What will not be said and is no ordinary punctuation comes back as `Unread`: nothing is dropped in
silence.

>>> spell_out("3시 15분에 책 3권을 1,200원에 샀다(正말?).")
'세 시 십오 분에 책 세 권을 천이백 원에 샀다, 정말?'
>>> words, unread = read_out("해(海)는 5 명을 본다 ★")
>>> [word.spoken for word in words]
['해는', '다섯', '명을', '본다', '']
>>> unread
(Unread(index=14, character='★', reason='sign without a reading'),)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kosorong.text.say.verbalize import Reader, Unread

__all__ = ["SpokenWord", "Unread", "read_out", "spell_out"]

_BEFORE_MARK = re.compile(" +(?=[.,!?…])")


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One white-space word and what is said for it.

    Attributes:
        written: The word exactly as written.
        spoken: Hangul words separated by spaces, with the marks `. , ? ! …` where they stand; empty
            where nothing is said or another word took it in (the `$` of `$ 3`).
    """

    written: str
    spoken: str


def read_out(text: str) -> tuple[tuple[SpokenWord, ...], tuple[Unread, ...]]:
    """Say what a text says.

    Args:
        text: Canonical text (NFC with conjoining jamo for old syllables), of any length.

    Returns:
        One spoken word for each word of `text.split()`, in order, and what was not read.
    """
    reader = Reader(text)
    reader.read()
    builder = reader.builder
    words = zip(builder.written, builder.words(), strict=True)
    return tuple(SpokenWord(*pair) for pair in words), tuple(reader.unread)


def spell_out(text: str) -> str:
    """Say what a text says, in one string.

    >>> spell_out("A4 용지 20장, 3.5%!!!")
    '에이포 용지 스무 장, 삼점오 퍼센트!'
    """
    words, _ = read_out(text)
    joined = " ".join(word.spoken for word in words if word.spoken)
    return _BEFORE_MARK.sub("", joined)
