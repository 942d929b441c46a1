"""Korean or Jeju: told by arae-a, by endings and little words, and by the translator's rules.

No model: each sign is worth some points for one of the two, and the points become a share.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Protocol

from kosorong.ports import JEJU, KOREAN
from kosorong.text.normalize import normalize, to_modern
from kosorong.translation.checks import has_hangul
from kosorong.translation.place import bare_word

_ARAEA = 4.0
_ENDING = 2.0
_WORD = 2.0
_RULES = 0.7
_LONGEST = 2_000
"""Characters looked at; a text does not change its language later."""

# The letter ㆍ by itself is as often a dot between Korean words.
_OLD_VOWEL = re.compile("[\u119e\u11a2]")

# Word ends that one language has and the other has not; ㆍ is written ㅗ here.
_JEJU_END = re.compile(
    r"(?:[수우쿠](?:다게?|[과꽈]게?|게)|디다게|(?:엄|암|없|염)(?:서|져|쪄|저|신|주|시(?:냐|니|난|민|멍|네))"
    r"|[햇왓갓앗엇엿](?:저|져|쪄|주|주게|더라|어|인|다)|[크쿠]라|[읍옵갑봅십줍]서양?|마(?:씀|씸|씨)"
    r"|[가-힣](?:멍|젠|켄|켜|곡|민|엉|앙|렝|렌|뎅|덴|엔|신디|안티|광|이영|레기|래기|치룩|추룩|꼬장|부떠)"
    r"|(?<![장가고곤])난게?|[허호](?:고|난|멍|곡|민|영|연|는|여|여도|영도|다|엿다|켜|주|게)|라게|주게)$"
)
_KOREAN_END = re.compile(
    r"(?:니다|니까|[어아여해에예세네지까데]요|[았었였했겠](?:다|고|지만|던|네|지|음)"
    r"|하(?:고|는|면|니|던|지|게|며|여|십시오)|한다|했던|해서|해도|이다|는다|자마자|십시오"
    r"|[가-힣](?:면서|으며|지만|는데|은데|에게|에게서|습니다|거든|구나|려고|니까|처럼|까지|를|와|과)"
    r"|에서[는도]?|[있없](?:다|고|는|어|을|던))$"
)
_JEJU_WORDS = """
    혼저 하르방 할망 아방 어멍 게난 경 무사 어떵 어떵사 이녁 게메 기여 바당 지슬 하영 호꼼 호끔 족은
    가이 야이 느네 촘말로 폭삭 이디 그디 저디 소나이 지집아이 똘 아덜 낭 쇠 도새기 독새기 강생이
    고냉이 마농 놈삐 감저 밧 밧디 집이 올레 궨당 경해도 경혜도 게도 겐디 경헌디 느 나가 누게 어느제
    어디레 이제사 또시 하간 문딱 몬딱
"""
_KOREAN_WORDS = """
    그리고 그러나 그래서 그런데 하지만 어서 왜 어떻게 무엇 누구 언제 매우 아주 조금 많이 모두 다시
    여기 거기 저기 있는 없는 것 것이 것은 것을 때 할머니 할아버지 아버지 어머니 바다 딸 아들 나무
    돼지 강아지 고양이 감자 정말 함께 너무 우리는 나는 그는 그녀는 아직
"""
_LITTLE_WORDS = {
    **dict.fromkeys(_KOREAN_WORDS.split(), -_WORD),
    **dict.fromkeys(_JEJU_WORDS.split(), _WORD),
}


class RulesTranslate(Protocol):
    """Translates by rules alone."""

    def translate_by_rules(
        self, texts: Sequence[str], *, target: str = JEJU, spelling: str = "araea"
    ) -> list[str]:
        """Return what the rules make of each text."""
        ...


class Detector:
    """Tells Korean from Jeju.

    Args:
        rules: Whose tables say which words are changed on the way to the other language; None
            goes by endings and little words alone.

    >>> Detector().shares("바당에 감수다.")[0][0], Detector().shares("바다에 갑니다.")[0][0]
    ('jje', 'ko')
    """

    def __init__(self, rules: RulesTranslate | None = None) -> None:
        self._rules = rules

    def shares(self, text: str) -> list[tuple[str, float]]:
        """Return both languages with their shares, 0 to 1, the likelier one first.

        A text without Hangul is Korean with a share of 0.
        """
        plain = " ".join(normalize(text[:_LONGEST]).split())
        if not has_hangul(plain):
            return [(KOREAN, 0.0), (JEJU, 0.0)]
        # Points add up; a bias to Korean, which nearly all texts are written in.
        jeju = 1.0 / (1.0 + math.exp(0.5 - self._points(plain)))
        return sorted([(KOREAN, 1.0 - jeju), (JEJU, jeju)], key=lambda one: -one[1])

    def _points(self, text: str) -> float:
        """Return points for Jeju less those for Korean, between -30 and 30."""
        words = [bare_word(word) for word in text.split()]
        points = sum(_ARAEA for word in words if _OLD_VOWEL.search(word))
        for word in map(to_modern, words):
            if _JEJU_END.search(word):
                points += _ENDING
            elif _KOREAN_END.search(word):
                points -= _ENDING
            points += _LITTLE_WORDS.get(word, 0.0)
        if self._rules is not None:
            jeju, korean = (_changed(self._rules, text, to) for to in (KOREAN, JEJU))
            points += _RULES * (jeju - korean)
        return max(-30.0, min(30.0, points))


def _changed(rules: RulesTranslate, text: str, target: str) -> int:
    """Return how many words the rules change on the way to a language."""
    (made,) = rules.translate_by_rules([text], target=target)
    return len(set(text.split()) - set(made.split()))
