"""The modern spelling of the province: no arae-a, and letters as Korean writes them.

`kosorong.text.normalize.to_modern` gives arae-a another vowel. The province's dialogues, which
stand in both spellings, also write the past with ㅆ (살앗수다, 살았수다), 해 for 헤, ㅚ for ㅞ
where Korean has it, and the codas of Korean where the full orthography writes ㅅ (제18항).
"""

from __future__ import annotations

import re

from kosorong.text.normalize import to_modern
from kosorong.translation.inflection import composed, jamo


def _any(syllables: str) -> str:
    return "|".join(map(jamo, syllables.split()))


_TAILS = _any("수 주 저 구 다 단 당 덴 던 고 곡 나 느 네 디")
_LETTERS = (
    (
        re.compile(f"(?<=[\u1161\u1162\u1165-\u1167\u116a\u116b\u116f\u1170])\u11ba(?={_TAILS})"),
        "\u11bb",
    ),
    (re.compile(f"(?<=\u110b\u1175)\u11ba(?={_TAILS})"), "\u11bb"),
    (re.compile("\u1112\u1166"), "\u1112\u1162"),
    (re.compile("\u1103\u1170"), "\u1103\u116c"),
    (re.compile("(?<=\u1100)\u1170(?=\u1100)"), "\u116c"),
    (re.compile(jamo("꼿")), jamo("꽃")),
    (re.compile(jamo("밧")), jamo("밭")),
    (re.compile("(?<=[\u1102\u1103\u1105])\u1166(?=[\u11ab\u11bc](?![\u1161-\u11ff]))"), "\u1162"),
)


def modern_spelling(text: str) -> str:
    """Write Jeju as the province's modern texts do.

    >>> modern_spelling("ᄒᆞᆫ저 말헷수다"), modern_spelling("어떵 뒈엇수과? 꼿이 잇저")
    ('혼저 말했수다', '어떵 되었수과? 꽃이 있저')
    """
    letters = jamo(to_modern(text))
    for pattern, letter in _LETTERS:
        letters = pattern.sub(letter, letters)
    return composed(letters)
