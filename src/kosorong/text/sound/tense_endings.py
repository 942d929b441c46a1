"""Endings and suffixes that become tense inside a word (표준 발음법 24, 26, 27 and 28).

Without a morphological analyser a stem is told by the whole written word: it stands at the word's
beginning, its ending at the end, so that nouns that begin alike are left alone (신고를, 감기).

>>> [tense_inside(word) for word in ("껴안고", "할밖에", "예술성이", "신고를")]
['껴안꼬', '할빢에', '예술썽이', '신고를']
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kosorong.text.letters.jamo import Syllable, compose, split, syllable_class
from kosorong.text.sound.adnominal import END, JOSA
from kosorong.text.sound.sound_rules import TENSE
from kosorong.text.words import any_of, word_list

Acting = tuple[frozenset[str], re.Pattern[str]]


def _acting(letters: Iterable[str], pattern: str) -> Acting:
    """Return a pattern beside the letters of which every match has one: most words have none."""
    return frozenset(letters), re.compile(pattern)


_RIEUL = syllable_class(codas="ㄹ")
_START = "(?<![가-힣\u1161-\u11ff])"

# Article 24: stems in ㄴ, ㅁ before ㄱ ㄷ ㅅ ㅈ. Stems that look like nouns (감지, 심다 but 심지,
# 안다 "know") take only the endings that tell.
_ANY_ENDING = any_of("sound_words.tense-ending")
_COMPOUND_STEMS = any_of("sound_words.nasal-stem")
_STEMS = f"{_COMPOUND_STEMS}|신|남|넘|숨|담|품|삼"
_BEFORE_MOST = f"(?:{_STEMS}|감|참|심|검)(?=(?:{_ANY_ENDING}){END})"
_AN = f"안(?=(?:고[서는도]?|던|겠[가-힣]*|습[가-힣]*|도록|거나){END})"
_BEFORE_DA = f"(?:{_STEMS}|감|검|심|참)(?=다(?:[가고며는]|가는|면)?{END})"
_BEFORE_GE = f"(?:{_STEMS}|검|심)(?=게{END})"
_BEFORE_JI = f"(?:{_STEMS}|참)(?=(?:지[는도만요를]?|죠){END})"
_BEFORE_JA = f"(?:{_COMPOUND_STEMS}|넘|숨)(?=자(?:마자)?{END})"
_BEFORE_GI = f"(?:{_COMPOUND_STEMS}|참)(?=기[가를도에로]?{END})"
_NASAL_ENDS = {
    *"안신남넘숨담품삼감참심검",
    *(one[-1] for one in word_list("sound_words.nasal-stem")),
}
_NASAL_STEM = _acting(
    _NASAL_ENDS,
    f"{_START}({_BEFORE_MOST}|{_AN}|{_BEFORE_DA}|{_BEFORE_GE}|{_BEFORE_JI}|{_BEFORE_JA}|{_BEFORE_GI})"
    f"({_ANY_ENDING}|다(?:가는|[가고며는면])?|지[는도만요를]?|죠|게|자|기)",
)
# Stems in ㄻ; the causatives 굶기다, 옮기다, 곪기다 stay plain, nominal 굶기 does not.
_RIEUL_MIEUM = _acting(
    "닮젊굶곪옮삶",
    f"([닮젊굶곪옮]|삶(?=[고다지던겠]))(기[가를에로]?{END}|[고다지던더게겠거습소자도][가-힣]*)",
)

# Article 27 note: endings that begin with -(으)ㄹ. Stems in ㄹ take -지, -게 without it (알지,
# 거칠게), and nouns in ㄹ take 밖에 (길밖에), so only syllables that no
# such word ends in are listed.
_ENDING_RIEUL = _acting(
    (ending[0] for ending in word_list("sound_words.rieul-ending")),
    f"([할갈볼될올을킬릴힐낼뛸]|줄(?=[게걸])|[{syllable_class(codas='ㅆ')}]을)((?:"
    f"{any_of('sound_words.rieul-ending')}){END})",
)
_ENDING_LONG = _acting("수지진", f"([{_RIEUL}])((?:수록|지언정|지라도|진대){END})")
_ENDING_BAKKE = _acting(
    "밖",
    f"([할될갈올볼럴킬릴힐낼]|[않없같싶있먹읽믿받찾좋죽웃참{syllable_class(codas='ㅆ')}]을)"
    f"(밖에{END})",
)
# 할거야, 할수 written as one word.
_THING = f"거(?:{any_of('sound_words.joined-thing')})?{END}|것(?:{JOSA}{END}|이[가-힣]+|같[가-힣]+)"
_ENDING_JOINED = _acting(
    "거것수",
    f"([할될갈올볼]|[않없있먹{syllable_class(codas='ㅆ')}]을)({_THING}|수(?:[는도가]?{END}|[있없밖록]))",
)

# Article 26: the Sino-Korean suffixes -적, -성 after ㄹ; article 28: 한자어 -증 "illness, paper"
# (but not in 검증, 보증, 인증, 논증, 입증, 영수증 and their like), -법 "law, method" (not in 방법,
# 위법 and their like) by the dictionary.
_SUFFIX_JEOK = _acting("적", f"([가-힣][{_RIEUL}])(적(?:{END}|으로|인|이|일))")
_SUFFIX_SEONG = _acting(
    "성",
    f"([가-힣](?!{any_of('sound_words.no-suffix-seong')})[{_RIEUL}])(성(?:{JOSA}{END}|"
    "이[나라다며고었]|으로|에[서는]|까지))",
)
_SUFFIX_JEUNG = _acting(
    "증", f"([가-힣]{{2}}(?<![보검인논입수예물반고심확방변실]))(증[을이은의과에도]?{END})"
)
_SUFFIX_BEOP = _acting(
    "법",
    f"([가-힣]{{2}}(?<![방마무위준불합입적탈편사]))(법(?:{JOSA}{END}|이[나라다며고었]|으로|에[서는]))",
)

_PATTERNS = (
    _NASAL_STEM,
    _RIEUL_MIEUM,
    _ENDING_RIEUL,
    _ENDING_LONG,
    _ENDING_BAKKE,
    _ENDING_JOINED,
    _SUFFIX_JEOK,
    _SUFFIX_SEONG,
    _SUFFIX_JEUNG,
    _SUFFIX_BEOP,
)


def tense_inside(word: str) -> str:
    """Make the endings and suffixes of a word tense that the articles name."""
    for letters, pattern in _PATTERNS:
        if not letters.isdisjoint(word):
            word = pattern.sub(_tense_second, word)
    return word


def tensed(word: str) -> str:
    """Make the plain onset of a word's first syllable tense; other words come back as they are."""
    for item in split(word):
        if not isinstance(item, Syllable):
            continue
        if item.onset not in TENSE:
            return word
        size = len(compose(item))
        at = word.index(compose(item))
        return word[:at] + compose(item._replace(onset=TENSE[item.onset])) + word[at + size :]
    return word


def _tense_second(match: re.Match[str]) -> str:
    """Make the second of a pattern's two groups tense."""
    return f"{match[1]}{tensed(match[2])}"
