"""Full Korean names, told by their shape: a surname before two syllables of given names.

>>> is_full_name("김영수"), is_full_name("바닷가")
(True, False)
"""

from __future__ import annotations

SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함"
    "변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용부좌"
)
_GIVEN = frozenset(
    "가강건겸경계고관광교국권규균근금기길나남노다단달담대덕도동두라란람래량련령로록린림마만말명모목무문미민바배백범"
    "별병보복봄봉빈사산삼상새샘서석선설섭성세소솔송수숙순슬승시식신실심아안애양언연열영예옥온완용우욱운웅원월위유윤율은"
    "의이익인일임자장재전점정제종주준중지진찬창채천철초춘충치탁태택표필하한해향헌혁현형혜호홍화환황회효훈휘희"
)
_RARELY_GIVEN = frozenset("묵요청육")
COMPOUND_SURNAMES = frozenset({"남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"})


def is_full_name(word: str, *, rare: bool = False) -> bool:
    """Tell whether a word reads like a surname of one syllable and a given name of two.

    Args:
        word: In Hangul.
        rare: Take syllables too that seldom stand in names and often in other words.

    >>> is_full_name("주요섭"), is_full_name("주요섭", rare=True)
    (False, True)
    """
    return len(word) == 3 and word[0] in SURNAMES and is_given_name(word[1:], rare=rare)


def is_given_name(word: str, *, rare: bool = False) -> bool:
    """Tell whether a word reads like a given name of two syllables."""
    return len(word) == 2 and all(c in _GIVEN or (rare and c in _RARELY_GIVEN) for c in word)
