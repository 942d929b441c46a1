"""Korean, Jeju or neither: told by letters, and by the words and endings that one has alone.

>>> points("바당에 감수다.") > 0 > points("바다에 갑니다.")
True
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kosorong.text.hangul import HANGUL, LATIN, TYPED, bare_word, has_araea
from kosorong.text.jamo import syllable_class
from kosorong.text.normalize import normalize, to_modern
from kosorong.text.tables import TEXT, read_table

# As `kosorong.ports` has them, which needs numpy; this room needs no package.
KOREAN, JEJU = "ko", "jje"

_ARAEA = 4.0
_SURE = 2.0  # an ending or a little word that the other language has not
_LIKELY = 0.8  # one that it has too, but seldom

_M, _B = syllable_class(codas="ㅁ"), syllable_class(codas="ㅂ")
# Syllables of the past in ㅅ: Korean has ㅆ there.
_PAST = "햇헷왓갓앗엇엿봣줫됏뒛텃졋셧컷켯썻떳랏렷멧"

# ㆍ is written ㅗ here.
_JEJU_END = re.compile(
    r"(?:[수우쿠쑤](?:다게?|[과꽈]게?|게)|디다게"
    rf"|[{_M}](?:저|져|쩌|쪄|쑤[다과꽈]|수[다과꽈]게?|시니|시냐|시민|시난|시카|신게|신디|서라|멍|네)"
    r"|(?:엄|암|없|염)(?:서|신|주)"
    rf"|[{_PAST}](?:저|져|쩌|주|주게|더라|어|언|인|엉|나|다|구나|수게|당|고나|는디|젠|덴|뎅|닥)"
    r"|[크쿠으허호]켜|[크쿠]라|크메|키여|키어|으코|으카|보카|[허호]카|십주|여십주"
    rf"|[{_B}]서(?:게|양)?|[{_B}](?:디가|데가|디까|디다|데다)"
    r"|마(?:씀|씸|씨)|[가-힣](?:켄|엉|렝|렌|뎅|덴|젱|졍|옌|이옌|엥|헹"
    r"|신디|안티|이영|레기|래기|치룩|추룩|코롬|꼬장|부떠|주마는|락하게|롱하게|는디|디야|어그네|아그네|당은"
    r"|더레|드레|터레|듸서?|밧디서?|이라라)"
    r"|[가-힣]덜(?:은|이|을|도|광|신디|안티|한티)?|[어아헤해봐줘려와켜져라]사|[허호][여]사"
    r"|(?<![장가고곤])난게?|[허호](?:고|난|멍|곡|민|영|연|는|여|여도|영도|다|엿다|켜|주|게|지|지만|라|랴|느냐|엿저)"
    r"|[가-힣](?:혼|헌|홀|헐)|[혼헌]다|[홉헙]니[다까]|[홉헙]서|라게|수게|게마는|게마씀"
    r"|[아누무신이]니과|누게[과꽈]|거[과꽈]|아니[과꽈])$"
)
_KOREAN_END = re.compile(
    r"(?:[어아여해에예세네지까데]요|[았었였했겠](?:다|고|지만|던|네|지|음)|[았었였했겠]습니[다까]"
    r"|하(?:고|는|면|니|던|지|게|며|여|십시오)|한다|했던|해서|해도|자마자|십시오"
    r"|[가-힣](?:면서|으며|지만|는데|은데|습니다|거든|려고|니까)"
    r"|[있없](?:다|고|는|어|을|던))$"
)
_KOREAN_LIKELY = re.compile(
    r"(?:니다|는다|이다|구나|[가-힣](?:에게|에게서|처럼|까지|를|와|과)|에서[는도]?)$"
)
_JEJU_LIKELY = re.compile(
    r"(?:말라|보라|으라|글라|오라|밀라|불라|도라|으[꾸크]|[가-힣](?:당|고나|으나|멍|젠|엔)|[가-힣]{2}(?:곡|민|광)|(?<!중)앙|[가오보먹싶읽앉사자잡살알]곡|[가오보사자]민|주게?|이라|들락|지락|착|직이)$"
)
_JEJU_SYLLABLE = re.compile(
    "[뒈헷헴젱졍옌헹멩셍렝쿡쑤뎨]|몰르|몰랑|몰란|뎅기|베레[지곡멍]|멘[들드]|멩글|요망[진지]"
)
_PARTICLE = re.compile("(?:은|는|이|가|을|를|에|도|만|로|으로|의|부터|씩|보다|라도|들이?|덜이?)$")


def _points_by_word() -> dict[str, float]:
    """Return what each word of the table is worth for Jeju, below 0 for Korean."""
    found = {}
    for row in read_table(TEXT, "tongue_words", ("word", "language", "sure")):
        word, language, sure = row.cells
        if language not in (KOREAN, JEJU) or sure not in ("", "likely"):
            raise row.refuse(
                f"language is {language!r}, sure {sure!r}.", "Valid: ko, jje; likely or nothing."
            )
        worth = _LIKELY if sure else _SURE
        found[word] = worth if language == JEJU else -worth
    return found


_WORDS = _points_by_word()

_BIAS = 0.5  # to Korean, which nearly all texts are written in
_LEAST_HANGUL = 0.2  # share of the letters of a sentence that is Korean or Jeju
_FEWEST = {"cjk": 8, "latin": 3}  # signs, words: of fewer, foreign ones in a Korean text are usual
_HANGUL = re.compile(f"[{HANGUL}{TYPED}]")
_LATIN_WORD = re.compile(rf"[{LATIN}][{LATIN}'’-]*")


def points(text: str) -> float:
    """Return points for Jeju less those for Korean.

    Args:
        text: In any spelling; what is not Hangul gives none.
    """
    words = [bare_word(word) for word in normalize(text).split()]
    old = sum(_ARAEA for word in words if has_araea(word))
    return old + sum(map(_points_of, map(to_modern, words)))


def _points_of(word: str) -> float:
    stem = _PARTICLE.sub("", word)
    found = _WORDS.get(word, _WORDS.get(stem, 0.0) if len(stem) > 1 else 0.0)
    if _JEJU_END.search(word) or _JEJU_SYLLABLE.search(word):
        found += _SURE
    elif _KOREAN_END.search(word):
        found -= _SURE
    elif _JEJU_LIKELY.search(word):
        found += _LIKELY
    elif _KOREAN_LIKELY.search(word):
        found -= _LIKELY
    return found


def tongue_of(sentence: str) -> str:
    """Return `ko`, `jje`, the script of another language, or "" where nothing can be told.

    >>> [tongue_of(text) for text in ("바다에 갑니다.", "바당에 감수다.", "So it goes.", "OK!")]
    ['ko', 'jje', 'latin', '']
    >>> tongue_of("これは本です。"), tongue_of("漢拏山")
    ('japanese', '')
    """
    letters = [char for char in sentence if char.isalpha() or _HANGUL.match(char)]
    if not letters:
        return ""
    if len(_HANGUL.findall(sentence)) > _LEAST_HANGUL * len(letters):
        return JEJU if points(sentence) > _BIAS else KOREAN
    scripts = Counter(map(script_of, letters))
    if scripts["japanese"]:
        return "japanese"
    script, count = scripts.most_common(1)[0]
    size = len(_LATIN_WORD.findall(sentence)) if script == "latin" else count
    return script if size >= _FEWEST.get(script, 2) else ""


def script_of(letter: str) -> str:
    """Return the name of a letter's script as Unicode has it, in lower case.

    >>> script_of("a"), script_of("海"), script_of("か"), script_of("ж")
    ('latin', 'cjk', 'japanese', 'cyrillic')
    """
    name = unicodedata.name(letter, "other").split()[0].partition("-")[0].lower()
    return "japanese" if name in {"hiragana", "katakana"} else name
