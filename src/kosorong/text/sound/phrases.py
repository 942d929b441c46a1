"""Which neighbouring words are said as one, and so let their sounds meet across the space.

표준 발음법 lets sounds meet "where two words are said as one" (두 단어를 이어서 한 마디로 발음하는
경우: articles 12, 15, 18 and 29, whose examples are the pattern of the rules below). One phrase are

1. a number and what is counted, and a number written as several words: 백 명 → 뱅 명;
2. 못, 안, 잘, 덜, 몇, 첫, 옛, 한 (Jeju ᄒᆞᆫ), 각 and the word after: 못 이겨 → 몬 니겨;
3. a bare noun or adverb of at most two syllables that ends in a stop, and a common verb, a noun of
   place, 한, 안, 못 or 잘: 밥 먹다 → 밤 먹따, 닭 앞에 → 다 가페, 옷 한 벌 → 오 탄 벌;
4. an adnominal form and a word before which ㄴ is inserted: 할 일 → 할 릴, 먹은 엿 → 머근 녇;
   an adnominal -(으)ㄹ and a noun in ㄴ: 할 노릇 → 할 로륻;
5. a noun of at most three syllables that ends in a stop, or a listed one, and one before which
   ㄴ is inserted: 한국 요리 → 한궁 뇨리, 국민 윤리 → 궁민 뉼리.

Everything else stays apart: particles and connective endings close a phrase, and so does any mark.

>>> [meeting(*pair).name for pair in [("밥", "먹는다"), ("할", "일"), ("나는", "일을")]]
['JOINED', 'NIEUN', 'APART']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from kosorong.text.letters.jamo import CODA_PARTS, SYLLABLE, last_coda
from kosorong.text.sound import phrase_words as words
from kosorong.text.sound.adnominal import END, JOSA, is_adnominal
from kosorong.text.sound.pronunciation_exceptions import WORDS
from kosorong.text.sound.sound_rules import representative
from kosorong.text.words import any_of


class Meeting(Enum):
    """How two neighbouring words meet; `NIEUN` puts ㄴ before the vowel of the second."""

    APART = 0
    JOINED = 1
    NIEUN = 2


class _Kind(Enum):
    """What the first of two words is."""

    NUMBER = 1
    CLOSE = 2
    STOP = 3
    LONG_STOP = 4
    ADNOMINAL_NIEUN = 5
    ADNOMINAL_RIEUL = 6
    BEFORE_PLACE = 7


def _any(listing: Sequence[str]) -> str:
    """Return a regular expression of the words of a list, the longest first."""
    return "(?:" + "|".join(sorted(listing, key=len, reverse=True)) + ")"


# No ones stand right after 만: 만한 is no number.
_NUMBER = re.compile(
    f"(?=.)(?:제|몇|수)?(?:{words.SINO}*|(?:{words.SINO}*[백천])?{_any(words.TENS)}?"
    f"{_any(words.ONES)}?)$"
)
_NATIVE = re.compile(f"(?:{_any(words.TENS)}|{_any(words.ONES)})$")
_TEN = re.compile(f"{_any(words.TENS)}$")
_COUNTED = re.compile(
    f"{_any(words.COUNTED)}(?:{JOSA}{END}|[이쯤째씩짜정까부마당간후전들남여반동안가에입인][가-힣]*)"
)
_COUNTED_WITH_NIEUN = re.compile(f"{_any(words.COUNTED_WITH_NIEUN)}{JOSA}{END}")
_SIX = re.compile(f"육(?:{words.SINO}|{JOSA}{END})")

_SCALES = "만억조"
_STOPS = "ㄱㄷㅂ"
_CLOSE = frozenset(words.CLOSE)
_BEFORE_GLIDE = frozenset(("첫", "옛", "몇"))
_ADVERBS = frozenset(["못", "안", "잘", "덜"])
_NEAR = frozenset(("한", "ᄒᆞᆫ", "안", "못", "잘"))
_VERB = re.compile(f"(?:{_any(words.STEMS)}[{words.STEM_ENDINGS}]|{_any(words.FORMS)}|해{END})")
_BY_LENGTH = {1: _Kind.STOP, 2: _Kind.STOP, 3: _Kind.LONG_STOP}
_PLACE = re.compile(f"{_any(words.PLACES)}(?:{JOSA}{END}|[에으까부이][가-힣]+)")
_BEFORE_PLACE = frozenset(words.BEFORE_PLACES)
# Jeju -곡 is the ending -고, which closes a phrase as -도록 does.
_OWN_PHRASE = re.compile(f"^{_any(words.OWN_PHRASE)}$|.곡$|도록$")

_GLIDE = re.compile("[야-얗여-옇요-욯유-윻]")
_IOTATED = re.compile("[이-잏야-얗여-옇요-욯유-윻]")
_BE = re.compile("있|이[다며고나]")
_NIEUN_VERB = re.compile(_any(words.NIEUN_VERBS))
_NIEUN_NOUN = re.compile(words.NIEUN_NOUN)
_ADNOMINAL_NIEUN = re.compile(
    f"^{_any(words.ADNOMINAL_NIEUN)}$|{_any(words.ADNOMINAL_NIEUN_ENDS)}$"
)
_RIEUL_VERBS = frozenset(["갈", "올", "줄", "살"])
_RIEUL_NOUN = re.compile(f"{_any(words.RIEUL_NOUNS)}(?:{JOSA}{END}|[이들에으][가-힣])")
# 한 일 년 is "about a year": a number, and no work.
_ONE = re.compile(f"(?:{any_of('sound_words.about-one')}){JOSA}")


def _first_parts() -> dict[str, re.Pattern[str]]:
    """Return what the second word begins with, by the first, of listed compounds written apart."""
    seconds: dict[str, list[str]] = {first: [words.NIEUN_NOUN] for first in words.FIRST}
    for word in WORDS:
        if len(word.parts) == 2:
            first, second = word.parts
            noun = f"{second}(?:{JOSA}{END}|[이들에으까부][가-힣])"
            seconds.setdefault(first, []).append(second if second in _VERB_STEMS else noun)
    return {first: re.compile("|".join(parts)) for first, parts in seconds.items()}


_VERB_STEMS = frozenset(("익", "잊", "이기", "이겨", "이룬", "이루"))
_FIRST_PARTS = _first_parts()


@lru_cache(maxsize=65536)
def _kind(word: str) -> _Kind | None:
    """Return what a word is to the next one; nothing where it is never one phrase with it."""
    if word in _CLOSE:
        return _Kind.CLOSE
    syllables = SYLLABLE.findall(word)
    if "".join(syllables) != word:
        return None
    coda = last_coda(word)
    if _NUMBER.match(word):
        return _Kind.NUMBER
    if representative(CODA_PARTS[coda]) in _STOPS:
        return None if _OWN_PHRASE.search(word) else _BY_LENGTH.get(len(syllables))
    if word in _BEFORE_PLACE:
        return _Kind.BEFORE_PLACE
    if coda == "ㄴ":
        return _Kind.ADNOMINAL_NIEUN if _ADNOMINAL_NIEUN.search(word) else None
    rieul = coda == "ㄹ" and (word in _RIEUL_VERBS or is_adnominal(word))
    return _Kind.ADNOMINAL_RIEUL if rieul else None


def meeting(before: str, word: str, after: str = "") -> Meeting:
    """Say how a word meets the one before it.

    Args:
        before: The word before, as written; with a mark at its end it closes the phrase.
        word: The word.
        after: The word after, which tells 일 "one" from 일 "work".
    """
    kind = _kind(before) if last_coda(before) else None
    if word == "일" and kind is not _Kind.NUMBER and _ONE.match(after):
        return Meeting.APART
    if before in _FIRST_PARTS and _FIRST_PARTS[before].match(word):
        return Meeting.NIEUN
    if kind is None:
        return Meeting.APART
    if kind is _Kind.NUMBER:
        return _after_number(before, word)
    if kind is _Kind.CLOSE:
        return _after_close(before, word)
    if kind in (_Kind.STOP, _Kind.LONG_STOP):
        return _after_stop(word, short=kind is _Kind.STOP)
    if kind is _Kind.BEFORE_PLACE:
        return Meeting.JOINED if _PLACE.match(word) else Meeting.APART
    if _NIEUN_NOUN.match(word):
        return Meeting.NIEUN
    joined = kind is _Kind.ADNOMINAL_RIEUL and _RIEUL_NOUN.match(word)
    return Meeting.JOINED if joined else Meeting.APART


def _after_number(number: str, word: str) -> Meeting:
    """Rule 1: counters, the rest of a number (스물 여섯, 만 육천), counted nouns."""
    if _SIX.match(word) or _COUNTED_WITH_NIEUN.match(word):
        return Meeting.NIEUN
    native = _NATIVE.search(number) is not None
    if native and _NIEUN_NOUN.match(word):
        return Meeting.NIEUN
    rest = _NUMBER.match(word) and (number[-1] in _SCALES or _TEN.search(number))
    return Meeting.JOINED if rest or _COUNTED.match(word) else Meeting.APART


def _after_close(close: str, word: str) -> Meeting:
    """Rule 2: ㄴ after 못 before every 이, 야, 여, 요, 유 but 있다, else before listed words.

    첫, 옛, 몇 take it before 야, 여, 요, 유 too, but not before 이: 첫인상[처딘상]. 각 has no
    agreed reading before them and stays apart.
    """
    if close == "못" and _IOTATED.match(word) and not _BE.match(word):
        return Meeting.NIEUN
    if close == "각" and _IOTATED.match(word):
        return Meeting.APART
    inserted = _NIEUN_NOUN.match(word) or (close in _BEFORE_GLIDE and _GLIDE.match(word))
    inserted = inserted or (close in _ADVERBS and _NIEUN_VERB.match(word))
    return Meeting.NIEUN if inserted else Meeting.JOINED


def _after_stop(word: str, *, short: bool) -> Meeting:
    """Rules 3 and 5: a bare word in a stop; only a short one meets verbs."""
    if _NIEUN_NOUN.match(word) or (short and _NIEUN_VERB.match(word)):
        return Meeting.NIEUN
    joined = short and (word in _NEAR or _VERB.match(word) or _PLACE.match(word))
    return Meeting.JOINED if joined else Meeting.APART
