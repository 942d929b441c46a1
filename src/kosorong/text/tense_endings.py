"""Endings and suffixes that become tense inside a word (표준 발음법 24, 26, 27 and 28).

Without a morphological analyser a stem is told by the whole written word: it stands at the word's
beginning, its ending at the end, so that nouns that begin alike are left alone (신고를, 감기).

>>> [tense_inside(word) for word in ("껴안고", "할밖에", "예술성이", "신고를")]
['껴안꼬', '할빢에', '예술썽이', '신고를']
"""

from __future__ import annotations

import re

from kosorong.text.adnominal import END, JOSA
from kosorong.text.jamo import Syllable, compose, split, syllable_class
from kosorong.text.sound_rules import TENSE

_RIEUL = syllable_class(codas="ㄹ")
_START = "(?<![가-힣\u1161-\u11ff])"

# Article 24: stems in ㄴ, ㅁ before ㄱ ㄷ ㅅ ㅈ. Stems that look like nouns (감지, 심다 but 심지,
# 안다 "know") take only the endings that tell.
_ANY_ENDING = (
    "던|던[가데지]|더니|더라도?|더군|겠[가-힣]*|습니[가-힣]*|습디[가-힣]*|도록|거나|거든|거라|소"
    "|고[서는도요]?|고자|든[지가]"
)
_COMPOUND_STEMS = (
    "껴안|끌어안|얼싸안|떠안|부둥켜안|부여안|살아남|뛰어넘|타넘|주워담|뿜|내뿜|더듬|쓰다듬|다듬|가다듬|머금"
    "|갈아신|휘감|되감|서슴"
)
_STEMS = f"{_COMPOUND_STEMS}|신|남|넘|숨|담|품|삼"
_NASAL_STEM = re.compile(
    f"{_START}((?:{_STEMS}|감|참|심|검)(?=(?:{_ANY_ENDING}){END})"
    f"|안(?=(?:고[서는도]?|던|겠[가-힣]*|습[가-힣]*|도록|거나){END})"
    f"|(?:{_STEMS}|감|검|심|참)(?=다(?:[가고며는]|가는|면)?{END})"
    f"|(?:{_STEMS}|검|심)(?=게{END})|(?:{_STEMS}|참)(?=(?:지[는도만요를]?|죠){END})"
    f"|(?:{_COMPOUND_STEMS}|넘|숨)(?=자(?:마자)?{END})|(?:{_COMPOUND_STEMS}|참)(?=기[가를도에로]?{END}))"
    f"({_ANY_ENDING}|다(?:가는|[가고며는면])?|지[는도만요를]?|죠|게|자|기)"
)
# Stems in ㄻ; the causatives 굶기다, 옮기다, 곪기다 stay plain, nominal 굶기 does not.
_RIEUL_MIEUM = re.compile(
    f"([닮젊굶곪옮]|삶(?=[고다지던겠]))(기[가를에로]?{END}|[고다지던더게겠거습소자도][가-힣]*)"
)

# Article 27 note: endings that begin with -(으)ㄹ. Stems in ㄹ take -지, -게 without it (알지,
# 거칠게), and nouns in ㄹ take 밖에 (길밖에), so only syllables that no
# such word ends in are listed.
_ENDING_RIEUL = re.compile(
    f"([할갈볼될올을킬릴힐낼뛸]|줄(?=[게걸])|[{syllable_class(codas='ㅆ')}]을)"
    f"((?:게요?|걸요?|지[는도를가요]?|지라도|지언정|지니|진대|세라){END})"
)
_ENDING_LONG = re.compile(f"([{_RIEUL}])((?:수록|지언정|지라도|진대){END})")
_ENDING_BAKKE = re.compile(
    f"([할될갈올볼럴킬릴힐낼]|[않없같싶있먹읽믿받찾좋죽웃참{syllable_class(codas='ㅆ')}]을)"
    f"(밖에{END})"
)
# 할거야, 할수 written as one word.
_ENDING_JOINED = re.compile(
    f"([할될갈올볼]|[않없있먹{syllable_class(codas='ㅆ')}]을)"
    f"(거(?:야|예요|에요|다|라고?|니까)?{END}|것(?:{JOSA}{END}|이[가-힣]+|같[가-힣]+)|수(?:[는도가]?{END}|[있없밖록]))"
)

# Article 26: the Sino-Korean suffixes -적, -성 after ㄹ; article 28: 한자어 -증 "illness, paper"
# (but not in 검증, 보증, 인증, 논증, 입증, 영수증 and their like), -법 "law, method" (not in 방법,
# 위법 and their like) by the dictionary.
_SUFFIX_JEOK = re.compile(f"([가-힣][{_RIEUL}])(적(?:{END}|으로|인|이|일))")
_SUFFIX_SEONG = re.compile(
    f"([가-힣](?!울|늘|을|슬|굴)[{_RIEUL}])(성(?:{JOSA}{END}|이[나라다며고었]|으로|에[서는]|까지))"
)
_SUFFIX_JEUNG = re.compile(
    f"([가-힣]{{2}}(?<![보검인논입수예물반고심확방변실]))(증[을이은의과에도]?{END})"
)
_SUFFIX_BEOP = re.compile(
    f"([가-힣]{{2}}(?<![방마무위준불합입적탈편사]))(법(?:{JOSA}{END}|이[나라다며고었]|으로|에[서는]))"
)

# Beside each pattern the letters of which every match has one: most words have none.
_PATTERNS = tuple(
    (frozenset(letters), pattern)
    for letters, pattern in (
        ("안남넘담뿜듬금신감슴숨품삼참심검", _NASAL_STEM),
        ("닮젊굶곪옮삶", _RIEUL_MIEUM),
        ("게걸지진세", _ENDING_RIEUL),
        ("수지진", _ENDING_LONG),
        ("밖", _ENDING_BAKKE),
        ("거것수", _ENDING_JOINED),
        ("적", _SUFFIX_JEOK),
        ("성", _SUFFIX_SEONG),
        ("증", _SUFFIX_JEUNG),
        ("법", _SUFFIX_BEOP),
    )
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
