"""Words that end in an adnominal -(으)ㄹ, and what that makes of the next word (표준 발음법 27).

An adnominal ending and the accusative -을/-를 are spelled alike, and many nouns end in ㄹ. Without
a morphological analyser the ending is told by the verb (할, 만날, 기다릴, 읽을) or by the noun
after it (것, 수, 줄, 데); verbs spelled like a noun (줄, 살, 알) by nouns that come after the verb
only.

>>> opens_tense("할", "것이다"), opens_tense("살", "집"), opens_tense("서울", "시장")
(True, True, False)
"""

from __future__ import annotations

import re

from kosorong.text.jamo import last_coda, syllable_class
from kosorong.text.sound_rules import PLAIN

END = r"(?![가-힣ᄀ-ᇿ])"
"""Matches where a word's letters end; marks may follow."""

JOSA = "[이은을의도만가는를와과에로]?"
"""Matches one syllable of a particle, or none."""

_BOUND_NOUN = re.compile(
    "(?:것[가-힣]*|겁니[다까]|거(?:야|예요|에요|라|지|니|고|나|다|든|냐|란|는|를|도)?|게|게요|걸요?"
    f"|걸로|건|건가요?|건지|건데|데{JOSA}|데[에로]서?|데다가?|데까지|바{JOSA}|바[에이][가-힣]*"
    f"|수{JOSA}|수[록야]|수밖에|수조차|수[있없][가-힣]*|줄{JOSA}|줄이야|적{JOSA}|적[에이][가-힣]*"
    "|듯[이도]?|듯[한하싶][가-힣]*|성싶[가-힣]*|지[는도를가]?|지라도|법[한하도은이][가-힣]*|겸"
    f"|겨를{JOSA}|지경[가-힣]*|도리[가-힣]?|작정[가-힣]*|거우다|거라[가-힣]*|디[서도가]?){END}"
)
# Verbs and no nouns: whatever plain onset follows them is tense.
_ADNOMINAL = re.compile(
    "(?:[할될볼뵐]|ᄒᆞᆯ|[하가오계보으]실|(?:만|떠|끝|일어|나타)날|[보지끝해]낼|쓸|[다이]룰|나눌|"
    "^(?:모|따|오|떠오|타오|고|누|흐|다|서두|머무|저지)를|(?:바|가)꿀|[배싸키채세외지도]울|"
    "(?:[시지삼으]|돌이)킬|[버다드들걸내올돌그때살알열]릴|[밝잡막닫읽맞묻꽂익]힐|"
    "(?:가르|[고마그미])칠|[맡옮남넘웃숨즐이]길|(?:[보먹죽줄높쌓쓰]|움직)일|만들|"
    "(?<!주)[않없같싶있먹읽믿받찾좋죽붙맞놓뱉]을|^(?:참|잡|얻|웃|씻|볶|묶|넘|뛰어넘|사로잡)을|"
    f"[{syllable_class(codas='ㅆ')}]을)$"
)
# Verbs that are nouns or numbers too, and the nouns that come after the verb only.
_OR_NOUN = re.compile("^(?:갈|올|줄|살|알|놀|날|탈|팔|헐|잘|설|낼|죽일)$")
_TAKES_VERB = re.compile(
    "(?:곳|사람|사름|집|때|길|거리|돈|시간|기회|방법|준비|생각|자리|정도|가능성|자격|자신|계획|단계"
    f"|시기|대상|존재|동안|배){JOSA}(?:{END}|[에으이까부조밖])"
)
_NO_ADNOMINAL = re.compile(
    "(?:역할|분할|관할|오늘|내일|서울|하늘|마을|가을|겨울|요일|(?<![힘만흔시떠])(?<!^)들"
    "|(?<![모다부흐오이누따바기고두지])를)$"
)
_PLAIN_START = re.compile(f"[{syllable_class(PLAIN)}]")

# Article 27 by the dictionary's 열 살[열쌀], 여덟 개[여덜깨]: numerals before counters.
_NUMERAL = re.compile("(?:열|여덟)$")
_COUNTER = re.compile(
    "(?:개월?|살|시|번째?|달|그릇|가지|다리|사람|자루|송이|장|주|대|달러|도|시간|군데)"
    f"(?:{JOSA}{END}|[이쯤까부짜째][가-힣])"
)
# Article 26: ㄹ of a Sino-Korean numeral before Sino-Korean ㄷ, ㅅ, ㅈ.
_SINO_NUMERAL = re.compile("^[일이삼사오육칠팔구십백천만억]*[일칠팔]$")
_SINO_COUNTER = re.compile(
    "(?:세|등|점|절|조|종|단계|단|주년|주일|주|도|동|승|석|장|전|대대|중대|소대|순위|선|실)"
    f"(?:{JOSA}{END}|[이쯤까부짜째][가-힣])"
)


def opens_tense(before: str, word: str) -> bool:
    """Say whether the word before makes the plain onset of this one tense (articles 26, 27)."""
    if last_coda(before) not in ("ㄹ", "ㄼ") or not _PLAIN_START.match(word):
        return False
    if _NUMERAL.search(before):
        return _COUNTER.match(word) is not None
    if _SINO_NUMERAL.match(before) and _SINO_COUNTER.match(word):
        return True
    if is_adnominal(before):
        return True
    if _NO_ADNOMINAL.search(before):
        return False
    if _OR_NOUN.match(before) and _TAKES_VERB.match(word):
        return True
    # 도움을 줄 수: after an object 줄 is the verb.
    return _BOUND_NOUN.match(word) is not None and not (before[-1] == "을" and word[0] == "줄")


def is_adnominal(word: str) -> bool:
    """Say whether a word can only be a verb's adnominal form in -(으)ㄹ."""
    return _ADNOMINAL.search(word) is not None and not _NO_ADNOMINAL.search(word)
