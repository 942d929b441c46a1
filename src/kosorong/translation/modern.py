"""The modern spelling of the province: no arae-a, and letters as Korean writes them.

`kosorong.text` gives arae-a another vowel (`to_modern`). The province's dialogues, which stand in
both spellings, also write the past with ㅆ (살앗수다, 살았수다), 해 for 헤, ㅚ for ㅞ where Korean
has it, and the codas of Korean where the full orthography writes ㅅ (제18항).

Only the past is written with ㅆ, never a stem in ㅅ (벗고, 젓는다, 엇수다): a syllable counts
as past where the rest of its word is what the grammar lets follow the past.
"""

from __future__ import annotations

import re
from functools import cache

from kosorong.text.letters.hangul import nfc, nfd
from kosorong.text.letters.normalize import to_modern
from kosorong.translation.grammar import entries
from kosorong.translation.word_lists import listed

_SIOS, _DOUBLED = "\u11ba", "\u11bb"
_HANGUL = re.compile("[\u1100-\u11ff]+")
_N_D_R = "[\u1102\u1103\u1105]"
_ONSET = "[\u1100-\u1112]"
_PAST = re.compile(f"({_ONSET})([\u1161\u1162\u1165-\u1167\u116a\u116b\u116f\u1170]){_SIOS}")
_NO_PAST = frozenset(listed("no-past"))
"""Stems and nouns in ㅅ; 텃저 the province leaves as it is."""
_WITHOUT = listed("before-not-being")
"""Nouns before 엇-, which is Korean 없-."""
_PARTING = ("", *listed("behind-sentence"))
_BE_TAILS = "|".join(listed("after-being"))
_BE = re.compile(
    f"(?<=\u110b\u1175){_SIOS}(?={_BE_TAILS}|(?:{nfd('나')}|{nfd('느')})(?![\u11a8-\u11ff])"
    f"|{nfd('는')}(?!{nfd('다')}))"
)
_FIELD_TAILS = "|".join(map(nfd, ("디", "듸", "이", "에", "을")))
_LETTERS = (
    (_BE, _DOUBLED),
    (re.compile("\u1112\u1166"), "\u1112\u1162"),
    (re.compile("\u1103\u1170"), "\u1103\u116c"),
    (re.compile("(?<=\u1100)\u1170(?=\u1100)"), "\u116c"),
    (re.compile(nfd("꼿")), nfd("꽃")),
    (re.compile(f"{nfd('밧')}(?={_FIELD_TAILS}|$)"), nfd("밭")),
    # Not behind ㅂ and ㅣ (어둡덴, 부치렌).
    (
        re.compile(
            f"(?<![\u11b8\u1175]{_N_D_R})(?<={_N_D_R})\u1166(?=[\u11ab\u11bc](?![\u1161-\u11ff]))"
        ),
        "\u1162",
    ),
)


def modern_spelling(text: str) -> str:
    """Write Jeju as the province's modern texts do.

    >>> modern_spelling("ᄒᆞᆫ저 말헷수다"), modern_spelling("어떵 뒈엇수과? 꼿이 잇저")
    ('혼저 말했수다', '어떵 되었수과? 꽃이 있저')
    >>> modern_spelling("돈이 엇수다"), modern_spelling("옷을 벗곡 밥을 먹엇저")
    ('돈이 엇수다', '옷을 벗곡 밥을 먹었저')
    """
    letters = _HANGUL.sub(lambda word: _with_past(word[0]), nfd(to_modern(text)))
    for pattern, letter in _LETTERS:
        letters = pattern.sub(letter, letters)
    return nfc(letters)


def _with_past(word: str) -> str:
    for past in _PAST.finditer(word):
        if _is_past(word[: past.start()], past[0], word[past.end() :]):
            word = f"{word[: past.end() - 1]}{_DOUBLED}{word[past.end() :]}"
    return word


def _is_past(before: str, syllable: str, rest: str) -> bool:
    if syllable in _NO_PAST or not _follows_past(rest):
        return False
    if syllable == nfd("낫"):
        # 낫다 is to be better, too: what somebody calls better is no past.
        return not rest.startswith(nfd("덴"))
    if syllable in (nfd("엇"), nfd("앗")):
        return bool(before) and not (syllable == nfd("엇") and before.endswith(_WITHOUT))
    return True


def _follows_past(rest: str) -> bool:
    return any(rest.removesuffix(end) in _after_past() for end in _PARTING)


@cache
def _after_past() -> frozenset[str]:
    """Return what the grammar lets follow the past marker ᆺ, in jamo."""
    tails = (f.open for e in entries() for f in e.jeju if f.slot == "I" and f.open)
    tails_behind = (t[1:].split(" ")[0] for t in tails if t.startswith(_SIOS) and len(t) > 1)
    return frozenset((*tails_behind, *listed("after-past")))
