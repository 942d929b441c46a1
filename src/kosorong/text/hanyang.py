r"""Arae-a syllables of the Hanyang private use area, as old Hangul word processor files hold them.

Before Unicode had conjoining jamo fonts, Hanyang's code gave each attested old syllable a private
character (U+E0BC to U+F8F7), ordered by onset, vowel and coda. The area is therefore made of runs:
one onset and vowel, first without a coda, then with each attested coda. Listed are the runs of
ㆍ, ㆎ and ᆢ with modern onsets, which Jeju texts need; other private characters stay unread.

Which code point means which syllable is a fact of Hanyang's chart; it was read off what the
hypua2jamo project (version 0.7) prints for every code point, and put into the form of runs here.

>>> ascii(HANYANG["\uf538"])
"'\\u1112\\u119e\\u11a8'"
"""

from __future__ import annotations

from collections.abc import Iterator

from kosorong.text.jamo import Syllable, compose

FIRST, LAST = 0xE0BC, 0xF8F7

# First code point, onset and vowel, then the codas in order of the chart; `-` is no coda.
_RUNS = """
E1A7 ㄱㆍ -ㄱㄲㄴㄷퟏㄹㄺᇍᇐㄻㄼㅫퟚᇕㄽㄿㅀㅭㅁㅱㅂᇣㅸㅅㅺㅽㅿㅇㆁㆂㅈㅊㅌㅎ
E1CD ㄱㆎ -ㄱㄴㄹㅁㅂㅅㅇㆁㆂ
E202 ㄲㆍ -
E203 ㄲㆎ -
E283 ㄴㆍ -ㄱㄴㄷퟓㄹㄺㄻㄼㄽㅬㅀㅭㅁㅂㅅퟰㅿㅇㆁㅈㅊ
E299 ㄴㆎ -ㄱㄴㄷㄹㅁㅂㅅㅼㅇㆁㅎ
E38A ㄷㆍ -ㄱᇃㄴㄷㄹㄺㅩㄻㄼㄽㅀㅭㅁᇚퟞퟟㅂᇣㅸㅅㅺㅼᇩㅽㅿㅇㆁㅈㅊ
E3A8 ㄷㆎ -ㄱㄴㄷㄹㅭㅁㅂㅅㅿㅇㆁ
E3E5 ㄸㆍ -ㄱㄴㄹㅁㅅ
E3EB ㄸㆎ -ㄱㄹㅇㆁ
E46C ㄹㆍ -ㄱㄴㄷㄹㄺㄻㄽㅬㅀㅭㅁퟠㅮㅯㅂㅄㅸㅅㅆㅿㆁㅈㅊㅌㅎ
E487 ㄹㆎ -ㄱㄴㄷㄹㅁㅅㅇㆁ
E560 ㅁㆍ -ㄱᇃㄴㄷퟓㄹㄺᇐㄼᇕㄽㅀㅭㅁㅂㅅퟰㅿㅇㆁㅈㅊㅌ
E57B ㅁㆎ -ㄱㄲㄴㄷㄹㄽㅭㅁㅂㅸㅅㅇㆁㅈㅊㅎ
E64A ㅂㆍ -ㄱᇃㄴㄷㄹㄺᇐㄻㄼᇕㄽㄾㅀㅭㅁㅂᇣㅅퟱㅿㆁㅈㅊㅌ
E668 ㅂㆎ -ㄱㄴㄷㄹㄺㅭㅁㅂㅅㅇㆁㆂㅈㅊㅌㅎ
E71D ㅃㆍ -ㄹㄽㅭ
E721 ㅃㆎ -ㄱㅇㆁ
E97D ㅅㆍ -ㄱㄴㄷᇊㄹㄺᇐㄻㄼᇕㄽㅀㅭㅁퟠㅯㅂᇣㅸㅅퟰㅿㅇㆁㅈㅊㅌ
E999 ㅅㆎ -ㄱㄴㄹㅭㅁㅯㅂㅅㅇㆁㆂ
EBD4 ㅆㆍ -ㄱㄴㄷㄹㅁㅯㅂㅸㅅㅇㆁㅍ
EBE1 ㅆㆎ -ㄴㆁ
EE88 ㅇㆍ -ㄱㄴㄷㄹㄺㄻㄼㄽㅀㅭㅁㅯㅂㅄㅅㅿㅇㆁㅈㅊㅌ
EEA4 ㅇㆎ -ㄱㄴㄹㅁㅂㅅㅿㅇㆁ
EEAE ㅇᆢ -ㄹ
F1FC ㅈㆍ -ㄱㄴㄷㄹᇍᇐㅭㅁᇚㅯㅂㅸㅅㅿㅇㆁㅈㅊㅌ
F212 ㅈㆎ -ㄱㄴㄷㄹㅁㅂㅅㅇㆁ
F250 ㅉㆍ -ㄱㄴㄹㅁㅂㅸㅅㅇㆁ
F25A ㅉㆎ -ㄱㄴㄹㅭㅁㅇㆁㆆ
F341 ㅊㆍ -ㄱㄴㄷㄹㅪㄻㄽㅀㅭㅁㅯㅂㅅㅆㅇㅈㅊ
F353 ㅊㆎ -ㄱㄴㄹㅁㅅㅇㆁ
F3EA ㅋㆍ -ㄱㄴㄷㄹㅁㅂㅅㅌ
F3F3 ㅋㆎ -ㄱㄴㄹㅁㅅㅇㆁ
F43C ㅌㆍ -ㄱㄴㄷㄹㄺㄽㅁㅂㅅㅇㅈ
F448 ㅌㆎ -ㄱㄴㄹㅁㅅㅇㆁㆆ
F48E ㅍㆍ -ㄱㄴㄷㄹㄺㄽㅀㅁㅂㅅㅺㅇㅈㅊㅌ
F4A0 ㅍㆎ -ㄱㄴㄹㅁㅂㅅㅇㆁ
F537 ㅎㆍ -ㄱᇃㄴㄷㄹㄺᇍㅪᇐㄻㄽㅀㅭㅁㅂㅸㅅㅇㆁㅌㅎㆆ
F550 ㅎㆎ -ㄱㄴㄷㄹㄺㅭㅁㅂㅶㅅㅇㆁ
"""


def _pairs() -> Iterator[tuple[str, str]]:
    """Yield each private character with the syllable it stands for."""
    for line in _RUNS.split("\n")[1:-1]:
        first, onset_vowel, codas = line.split()
        for offset, coda in enumerate(codas):
            syllable = Syllable(onset_vowel[0], onset_vowel[1], "" if coda == "-" else coda)
            yield chr(int(first, 16) + offset), compose(syllable)


HANYANG = dict(_pairs())
"""Private character → syllable of conjoining jamo."""
