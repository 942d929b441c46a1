"""Gives arae-a back to Jeju text that was printed without it.

Dictionary examples write ᄒᆞ다 as 하다 or 허다 and ᄃᆞᆯ as 달 or 돌. Words that sources with
arae-a attest are spelled the way these letters were lost, and rules back from there are
learnt and counted like any others: a word returns to arae-a only where most of the words that
look like it had one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kosorong.text.letters.hangul import ARAEA_VOWELS, LONE_ARAEA, bare_word, nfc, nfd
from kosorong.training.corpora.parallel import Pair
from kosorong.training.translation.rule_learning import WordPair, learn_table
from kosorong.translation.rules import RuleTranslator

_LOST = tuple(
    str.maketrans(ARAEA_VOWELS, became) for became in ("\u1161\u1163\u1162", "\u1169\u116d\u1166")
)
_HA, _HEO = "\u1112" + LONE_ARAEA, "\u1112\u1165"
# ᄒᆞ다 inside a word (사랑허멍), or at its beginning before an ending (허민).
_VERB_INSIDE = re.compile("(?<=[\u1100-\u11ff])\u1112[\u1161\u1165](?!\u11bc)")
_ENDINGS = "고|곡|민|멍|난|는|지|주|게|젠|영|여|우|쿠|키"
_VERB_FIRST = re.compile("^\u1112\u1165(?=[\u11ab\u11af\u11b7\u11b8]|" + nfd(_ENDINGS) + ")")
_KOREAN_DO = re.compile("[하한할함합해했]")


def without_araea(word: str) -> list[str]:
    """Return the spellings that a word with arae-a takes in sources that lost it.

    >>> without_araea("ᄒᆞᆫ")
    ['한', '혼', '헌']
    """
    letters = nfd(word)
    spelled = [letters.translate(lost) for lost in _LOST]
    if _HA in letters:
        spelled.append(letters.replace(_HA, _HEO).translate(_LOST[0]))
    return [nfc(text) for text in dict.fromkeys(spelled)]


def restore_araea(pairs: Sequence[Pair]) -> list[Pair]:
    """Respell pairs whose spelling is `lost`; the others come back as they are."""
    sources = [p for p in pairs if p.spelling == "araea"]
    rules = RuleTranslator(learn_table(_respellings(p.jeju for p in sources), {}))
    return [_restored(p, rules) if p.spelling == "lost" else p for p in pairs]


def _restored(pair: Pair, rules: RuleTranslator) -> Pair:
    words = [rules.word(word) for word in pair.jeju.split()]
    if _KOREAN_DO.search(pair.korean):
        words = [_restore_do(word) for word in words]
    return replace(pair, jeju=" ".join(words), spelling="araea")


def with_araea_do(pair: WordPair) -> WordPair:
    """Return a tied pair whose ᄒᆞ- (to do) is written with arae-a, as its source mostly does."""
    if not _KOREAN_DO.search(pair.source):
        return pair
    return replace(pair, target=" ".join(map(_restore_do, pair.target.split())))


def _restore_do(word: str) -> str:
    """Return the word with its ᄒᆞ- (to do) restored.

    >>> _restore_do("사랑허멍"), _restore_do("허민"), _restore_do("허리")
    ('사랑ᄒᆞ멍', 'ᄒᆞ민', '허리')
    """
    return nfc(_VERB_FIRST.sub(_HA, _VERB_INSIDE.sub(_HA, nfd(word))))


def _respellings(texts: Iterable[str]) -> list[WordPair]:
    words = Counter(bare_word(word) for text in texts for word in text.split())
    pairs: list[WordPair] = []
    for word, n in words.items():
        spelled = without_araea(word)
        pairs += [WordPair(text, word, n / len(spelled)) for text in spelled if text]
    return pairs
