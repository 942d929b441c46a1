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

from kosorong.text.letters.jamo import last_coda, syllable_class
from kosorong.text.sound.sound_rules import PLAIN
from kosorong.text.words import any_of

END = r"(?![가-힣ᄀ-ᇿ])"
"""Matches where a word's letters end; marks may follow."""

JOSA = "[이은을의도만가는를와과에로]?"
"""Matches one syllable of a particle, or none."""

_BOUND_NOUN = re.compile(f"(?:{any_of('sound_words.bound-noun', JOSA=JOSA)}){END}")
# Verbs and no nouns: whatever plain onset follows them is tense.
_ADNOMINAL = re.compile(f"(?:{any_of('sound_words.adnominal')}|[{syllable_class(codas='ㅆ')}]을)$")
# Verbs that are nouns or numbers too, and the nouns that come after the verb only.
_OR_NOUN = re.compile(f"^(?:{any_of('sound_words.verb-or-noun')})$")
_TAKES_VERB = re.compile(f"(?:{any_of('sound_words.takes-verb')}){JOSA}(?:{END}|[에으이까부조밖])")
_NO_ADNOMINAL = re.compile(f"(?:{any_of('sound_words.no-adnominal')})$")
_PLAIN_START = re.compile(f"[{syllable_class(PLAIN)}]")

# Article 27 by the dictionary's 열 살[열쌀], 여덟 개[여덜깨]: numerals before counters.
_NUMERAL = re.compile("(?:열|여덟)$")
_COUNTER = re.compile(
    f"(?:{any_of('sound_words.counted-tense')})(?:{JOSA}{END}|[이쯤까부짜째][가-힣])"
)
# Article 26: ㄹ of a Sino-Korean numeral before Sino-Korean ㄷ, ㅅ, ㅈ.
_SINO_NUMERAL = re.compile("^[일이삼사오육칠팔구십백천만억]*[일칠팔]$")
_SINO_COUNTER = re.compile(
    f"(?:{any_of('sound_words.counted-tense-sino')})(?:{JOSA}{END}|[이쯤까부짜째][가-힣])"
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
