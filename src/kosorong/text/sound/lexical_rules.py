"""Sound changes that hang on words and endings rather than on letters.

They are done first, as respellings that the general rules of `kosorong.text.sound.sound_rules` then
take: 눈동자 → 눈똥자, 깻잎 → 깬닢, 값있는 → 가빘는. Inserted ㄴ stands in
`kosorong.text.sound.inserted_nieun`, endings in `kosorong.text.sound.tense_endings`.

>>> respell("눈동자를")
'눈똥자를'
"""

from __future__ import annotations

import re

from kosorong.text.letters.jamo import (
    CODA_PARTS,
    CODAS,
    ONSETS,
    SILENT,
    compose,
    decompose,
    syllable_class,
)
from kosorong.text.sound.adnominal import END, JOSA
from kosorong.text.sound.inserted_nieun import insert_nieun
from kosorong.text.sound.pronunciation_exceptions import WORDS
from kosorong.text.sound.sound_rules import representative
from kosorong.text.sound.tense_endings import tense_inside
from kosorong.text.words import any_of, word_list


class _Lexicon:
    """Exception lists as one pattern, longest entry first; the beginning of a word goes first."""

    def __init__(self, *kinds: str) -> None:
        entries = [word for word in WORDS if word.kind in kinds]
        entries.sort(key=lambda word: -len(word.written))
        self._first = {word.written: word.said for word in entries if not word.anywhere}
        self._inside = {word.written: word.said for word in entries if word.anywhere}
        first, inside = "|".join(self._first), "|".join(self._inside)
        self._pattern = re.compile(f"(?<![가-힣\u1161-\u11ff])({first})|({inside})")

    def respell(self, word: str) -> str:
        """Replace every entry found in a word."""
        return self._pattern.sub(self._replacement, word)

    def _replacement(self, match: re.Match[str]) -> str:
        """Return the respelling of a matched entry."""
        return self._first[match[1]] if match[1] else self._inside[match[2]]


_ALWAYS = _Lexicon("inserted", "respelled")
_TENSED = _Lexicon("tense")

_NO_VOWEL = syllable_class(ONSETS.replace(SILENT, "").replace("ㅎ", ""))

# Articles 10 (밟-), 11 (ㄺ nouns lose ㄹ before ㄱ too), 25 (여덟 is no stem, nothing tensifies).
_WITH_RIEUL = frozenset("밟덟").union(*(noun[-1] for noun in word_list("sound_words.loses-rieul")))
_STEMS = (
    (re.compile(f"밟(?=[{_NO_VOWEL}])"), "밥"),
    (re.compile(f"여덟(?=[{_NO_VOWEL}])"), "여덜"),
    (re.compile(f"({any_of('sound_words.loses-rieul')})(?=[{syllable_class('ㄱ')}])"), None),
)

# Article 15: before a word of its own the coda is neutralised and moves over: 값있는, 끝없이,
# 닭앞에, 꽃위로. 맛있다, 멋있다 follow the permitted reading; 안 is left out: Jeju 찾안 is a verb.
_WITH_VOWEL = frozenset("없있위앞래")
_BEFORE_WORD = re.compile(
    f"([{syllable_class(codas='ㅅㅈㅊㅌㅍㅋㄲㄳㅄㄺ')}])(없|[위앞](?={JOSA}{END}|에)|아(?=래))"
    "|([값뜻넋빛끝])(있)"
)

# Article 29: the particle 요 after a consonant (그럼요 → 그럼뇨); nouns in -요 are left out.
_PARTICLE_YO = re.compile(
    f"(?<=[{syllable_class(codas=CODAS[1:])}])(?<![필중동강민금월일목향긴분절균담])요{END}"
)


def respell(word: str, *, tensify: bool = True, exceptions: bool = True) -> str:
    """Respell what hangs on the word; the general rules have yet to be applied.

    Args:
        word: One word in canonical form.
        tensify: Whether to make onsets tense.
        exceptions: Whether the lists of words act, or rules alone.
    """
    word = insert_nieun(_ALWAYS.respell(word) if exceptions else word, listed=exceptions)
    if "요" in word:
        word = _PARTICLE_YO.sub("뇨", word)
    if not _WITH_VOWEL.isdisjoint(word):
        word = _BEFORE_WORD.sub(_moved_over, word)
    if not _WITH_RIEUL.isdisjoint(word):
        for pattern, respelt in _STEMS:
            word = pattern.sub(respelt or _without_rieul, word)
    if not tensify:
        return word
    return tense_inside(_TENSED.respell(word) if exceptions else word)


def _moved_over(match: re.Match[str]) -> str:
    """Write the neutralised coda of the first syllable as the onset of the second."""
    first, second = (decompose(syllable) for syllable in match.groups() if syllable)
    onset = representative(CODA_PARTS[first.coda])
    return compose(first._replace(coda="")) + compose(second._replace(onset=onset))


def _without_rieul(match: re.Match[str]) -> str:
    """Write the coda ㄺ of a matched syllable as ㄱ."""
    return compose(decompose(match[0])._replace(coda="ㄱ"))
