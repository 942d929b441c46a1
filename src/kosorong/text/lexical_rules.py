"""Sound changes that hang on words and endings rather than on letters.

They are done first, as respellings that the general rules of `kosorong.text.sound_rules` then
take: 눈동자 → 눈똥자, 깻잎 → 깬닢, 신고 → 신꼬. Without a morphological analyser the endings are
matched at the end of the written word only, so that nouns that begin alike are left alone.

>>> respell("눈동자를")
'눈똥자를'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kosorong.text import pronunciation_exceptions as words
from kosorong.text.adnominal import END
from kosorong.text.inserted_nieun import insert_nieun, with_nieun
from kosorong.text.jamo import (
    CODAS,
    ONSETS,
    SILENT,
    Syllable,
    compose,
    decompose,
    split,
    syllable_class,
)
from kosorong.text.sound_rules import TENSE


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


def _entry(entry: str) -> tuple[str, str]:
    """Read one entry of the exception lists: written and respelled form."""
    written, arrow, said = entry.partition(">")
    plain = written.replace("'", "").replace("+", "")
    if arrow:
        return plain, said
    said = re.sub("'(.)", lambda match: tensed(match[1]), written)
    return plain, re.sub(r"\+(.)", lambda match: with_nieun(match[1]), said)


def _entries(listing: str) -> Iterator[tuple[str, str, bool]]:
    """Yield written form, respelled form, whether it may stand inside a word."""
    for item, _ in words.cited(listing):
        written, said = _entry(item.removeprefix("~"))
        yield written, said, item.startswith("~")


class _Lexicon:
    """Exception lists as one pattern, longest entry first; the beginning of a word goes first."""

    def __init__(self, *listings: str) -> None:
        entries = [entry for listing in listings for entry in _entries(listing)]
        entries.sort(key=lambda entry: -len(entry[0]))
        self._first = {written: said for written, said, inside in entries if not inside}
        self._inside = {written: said for written, said, inside in entries if inside}
        first, inside = "|".join(self._first), "|".join(self._inside)
        self._pattern = re.compile(f"(?<![가-힣\u1161-\u11ff])({first})|({inside})")

    def respell(self, word: str) -> str:
        """Replace every entry found in a word."""
        return self._pattern.sub(self._replacement, word)

    def _replacement(self, match: re.Match[str]) -> str:
        """Return the respelling of a matched entry."""
        return self._first[match[1]] if match[1] else self._inside[match[2]]


_ALWAYS = _Lexicon(words.INSERTED, words.RESPELLED)
_TENSED = _Lexicon(words.TENSED)

_VOWEL_START = syllable_class(SILENT)
_NO_VOWEL = syllable_class(ONSETS.replace(SILENT, "").replace("ㅎ", ""))
_RIEUL = syllable_class(codas="ㄹ")

# Articles 10 (밟-), 11 (ㄺ nouns lose ㄹ before ㄱ too), 25 (여덟 is no stem, nothing tensifies).
_STEMS = (
    (re.compile(f"밟(?=[{_NO_VOWEL}])"), "밥"),
    (re.compile(f"여덟(?=[{_NO_VOWEL}])"), "여덜"),
    (re.compile(f"(닭|흙|칡|삵|슭|탉|ᄃᆞᆰ|ᄒᆞᆰ)(?=[{syllable_class('ㄱ')}])"), None),
)

# Article 24: stems in ㄴ, ㅁ before ㄱ ㄷ ㅅ ㅈ. Stems that look like nouns (감지, 심다 but 심지,
# 안다 "know") take only the endings that tell.
_ANY_ENDING = "던|더니|더라|더군|겠[가-힣]*|습니[가-힣]*|습디[가-힣]*|도록|거나|거든|소|고[서는도]?"
_STEMS_ALL = "껴안|끌어안|신|남|넘|숨|담|품|뿜|삼|더듬|쓰다듬|다듬|가다듬|머금"
_NASAL_STEM = re.compile(
    f"(?<![가-힣\u1161-\u11ff])((?:{_STEMS_ALL}|감|참|심|검)(?=(?:{_ANY_ENDING}){END})"
    f"|안(?=(?:고[서는도]?|던|겠[가-힣]*|습[가-힣]*|도록|거나){END})"
    f"|(?:{_STEMS_ALL}|감|검|심|참)(?=다[가고며는]?{END})"
    f"|(?:{_STEMS_ALL}|검|심)(?=게{END})|(?:{_STEMS_ALL}|참)(?=지[는도만]?{END}))"
    f"({_ANY_ENDING}|다[가고며는]?|지[는도만]?|게)"
)
# Stems in ㄻ; the causatives 굶기다, 옮기다, 곪기다 stay plain, nominal 굶기 does not.
_RIEUL_MIEUM = re.compile(
    f"([닮젊굶곪옮]|삶(?=[고다지던겠]))(기[가를에로]?{END}|[고다지던더게겠거습소자도][가-힣]*)"
)

# Article 27 note: endings that begin with -(으)ㄹ. Stems in ㄹ take -지, -게 without it (알지,
# 거칠게), so only syllables that hardly any such stem ends in are listed.
_ENDING_RIEUL = re.compile(
    f"([할갈볼될올을킬릴힐낼뛸]|줄(?=[게걸])|[{syllable_class(codas='ㅆ')}]을)"
    f"((?:게요?|걸요?|지[는도를가요]?|지라도|지언정|지니|진대|세라){END})"
)
_ENDING_LONG = re.compile(f"([{_RIEUL}])((?:수록|지언정|지라도|진대){END})")

# Article 26: the Sino-Korean suffix -적 after ㄹ; 한자어 -증 "illness, paper" by the dictionary,
# but not in 검증, 보증, 인증, 논증, 입증, 영수증 and their like.
_SUFFIX_JEOK = re.compile(f"([가-힣][{_RIEUL}])(적(?:으로|인|이|일))")
_SUFFIX_JEUNG = re.compile(
    f"([가-힣]{{2}}(?<![보검인논입수예물반고심확방변실]))(증[을이은의과에도]?{END})"
)

_SECOND_TENSE = (
    _NASAL_STEM,
    _RIEUL_MIEUM,
    _ENDING_RIEUL,
    _ENDING_LONG,
    _SUFFIX_JEOK,
    _SUFFIX_JEUNG,
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
    word = _PARTICLE_YO.sub("뇨", word)
    for pattern, said in _STEMS:
        word = pattern.sub(said or _without_rieul, word)
    if not tensify:
        return word
    word = _TENSED.respell(word) if exceptions else word
    for pattern in _SECOND_TENSE:
        word = pattern.sub(_tense_second, word)
    return word


def _without_rieul(match: re.Match[str]) -> str:
    """Write the coda ㄺ of a matched syllable as ㄱ."""
    return compose(decompose(match[0])._replace(coda="ㄱ"))


def _tense_second(match: re.Match[str]) -> str:
    """Make the second of a pattern's two groups tense."""
    return f"{match[1]}{tensed(match[2])}"
