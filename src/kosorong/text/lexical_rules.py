"""Sound changes that hang on words and endings rather than on letters.

They are done first, as respellings that the general rules of `kosorong.text.sound_rules` then
take: 눈동자 → 눈똥자, 깻잎 → 깬닢, 신고 → 신꼬. Without a morphological analyser the endings are
matched at the end of the written word only, so that nouns that begin alike are left alone.

>>> respell("눈동자를")
'눈똥자를'
>>> opens_tense("할", "것이다")
True
>>> opens_tense("서울", "시장")
False
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kosorong.text import pronunciation_exceptions as words
from kosorong.text.jamo import CODAS, ONSETS, SILENT, VOWELS, Syllable, compose, decompose, split
from kosorong.text.sound_rules import PLAIN, TENSE


def _syllables(onsets: str = ONSETS, codas: str | tuple[str, ...] = CODAS) -> str:
    """Return a regular expression class of the modern syllables with these onsets and codas."""
    return "".join(
        compose(Syllable(onset, vowel, coda))
        for onset in onsets
        for vowel in VOWELS
        for coda in codas
    )


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


def _with_nieun(syllable: str) -> str:
    """Put ㄴ before a syllable that begins with its vowel."""
    letters = decompose(syllable)
    return compose(letters._replace(onset="ㄴ")) if letters.onset == SILENT else syllable


def _entry(entry: str) -> tuple[str, str]:
    """Read one entry of the exception lists: written and respelled form."""
    written, arrow, said = entry.partition(">")
    plain = written.replace("'", "").replace("+", "")
    if arrow:
        return plain, said
    said = re.sub("'(.)", lambda match: tensed(match[1]), written)
    return plain, re.sub(r"\+(.)", lambda match: _with_nieun(match[1]), said)


def _entries(listing: str) -> Iterator[tuple[str, str, bool]]:
    """Yield written form, respelled form, whether it may stand inside a word."""
    for item in listing.split():
        written, said = _entry(item.removeprefix("~"))
        yield written, said, item.startswith("~")


class _Lexicon:
    """Exception lists as one pattern, longest entry first."""

    def __init__(self, *listings: str) -> None:
        entries = [entry for listing in listings for entry in _entries(listing)]
        self._said = {written: said for written, said, _ in entries}
        longest = sorted(entries, key=lambda entry: -len(entry[0]))
        first = "|".join(written for written, _, inside in longest if not inside)
        inside = "|".join(written for written, _, inside in longest if inside)
        self._pattern = re.compile(f"(?<![가-힣\u1161-\u11ff])(?:{first})|(?:{inside})")

    def respell(self, word: str) -> str:
        """Replace every entry found in a word."""
        return self._pattern.sub(lambda match: self._said[match[0]], word)


_ALWAYS = _Lexicon(words.INSERTED, words.RESPELLED)
_TENSED = _Lexicon(words.TENSED)

_VOWEL_START = _syllables(SILENT)
_NO_VOWEL = _syllables(ONSETS.replace(SILENT, "").replace("ㅎ", ""))
_RIEUL = _syllables(codas="ㄹ")
_END = r"(?![가-힣ᄀ-ᇿ])"

# Articles 10 (밟-), 11 (ㄺ nouns lose ㄹ before ㄱ too), 25 (여덟 is no stem, so nothing tensifies).
_STEMS = (
    (re.compile(f"밟(?=[{_NO_VOWEL}])"), "밥"),
    (re.compile(f"여덟(?=[{_NO_VOWEL}])"), "여덜"),
    (re.compile(f"(닭|흙|칡|삵|슭|탉|ᄃᆞᆰ|ᄒᆞᆰ)(?=[{_syllables('ㄱ')}])"), None),
)

# Article 24: stems in ㄴ, ㅁ and ㄻ before ㄱ ㄷ ㅅ ㅈ; the causatives 굶기다, 옮기다 stay plain.
_STEM_ENDINGS = "던|더니|더라|더군|겠[가-힣]*|습니[가-힣]*|습디[가-힣]*|도록|거나|거든|거니와|소|고[서는도]?|고말고"
_NASAL_STEM = re.compile(
    "(?<![가-힣])"
    "((?:껴안|끌어안|신|감|남|넘|숨|담|참|심|품|뿜|검|삼|더듬|쓰다듬|다듬|가다듬|머금|머뭄)"
    f"(?={_STEM_ENDINGS})|안(?=고[서는도]?|던|겠|습|도록|거나)"
    "|(?:껴안|끌어안|신|남|넘|숨|담|심|품|뿜|삼|더듬|쓰다듬|다듬|가다듬|머금)(?=다[가고며는]?|게)"
    "|(?:신|남|넘|숨|담|참|품|뿜|삼|더듬|쓰다듬|다듬|가다듬|머금|껴안|끌어안)(?=지[는도만]?))"
    f"((?:{_STEM_ENDINGS}|다[가고며는]?|지[는도만]?|게){_END})"
)
_RIEUL_MIEUM = re.compile(
    "([닮젊굶곪옮])((?!기[다고며지는어여었였려면시])[고다지던더게겠거습소자도기][가-힣]*)|(삶)([고다지던겠아][가-힣]*)"
)

# Article 27 note: endings that begin with -(으)ㄹ. Stems in ㄹ take -지, -게 without it, so only
# syllables that no such stem ends in are listed.
_ENDING_RIEUL = re.compile(
    f"([할갈볼될올줄을질킬릴힐칠낼뛸]|[{_syllables(codas='ㅆ')}]을)"
    f"((?:게요?|걸요?|지[는도를가요]?|지라도|지언정|지니|진대|세라){_END})"
)
_ENDING_LONG = re.compile(f"([{_RIEUL}])((?:수록|지언정|지라도|진대){_END})")

# Article 26: the Sino-Korean suffix -적 after ㄹ.
_SUFFIX_JEOK = re.compile(f"([가-힣][{_RIEUL}])(적(?:으로|인|이|일))")

# Article 27: words that an adnominal -(으)ㄹ comes before.
_JOSA = "[이은을의도만가는를와과에로]?"
_BOUND_NOUN = re.compile(
    f"(?:것[가-힣]*|겁니[다까]|거(?:야|예요|에요|라|지|니|고|나|다|든|냐|란|는|를|도)?|게|게요|걸요?|걸로"
    f"|건|건가|건지|건데|데{_JOSA}|데[에로]서?|데다가?|데까지|바{_JOSA}|바[에이][가-힣]*"
    f"|수{_JOSA}|수[록야]|수밖에|수조차|수[있없][가-힣]*|줄{_JOSA}|줄이야|적{_JOSA}|적[에이][가-힣]*"
    f"|듯[이도]?|듯[한하싶][가-힣]*|성싶[가-힣]*|지{_JOSA}|지라도|법[한하도은이][가-힣]*|겸|겨를{_JOSA}|지경[가-힣]*"
    f"){_END}"
)
_ADNOMINAL = re.compile(
    f"(?:할|될|볼|시킬|드릴|[하가오계보으]실|[않없같싶있먹읽믿받찾좋죽{_syllables(codas='ㅆ')}]을)$"
)
_NO_ADNOMINAL = re.compile(
    "(?:역할|분할|관할|오늘|내일|서울|하늘|마을|가을|겨울|[가-힣]들|(?<![모다부흐오이누따바기고두지])를|일|물|말|길|날|달)$"
)
_PLAIN_START = re.compile(f"[{_syllables(PLAIN)}]")
_RIEUL_END = re.compile(f"(?:[{_RIEUL}]|[\u1161-\u11a7]\u11af)$")


def opens_tense(before: str, word: str) -> bool:
    """Say whether the word before ends in an adnominal -(으)ㄹ that makes this one tense."""
    if not _PLAIN_START.match(word) or not _RIEUL_END.search(before):
        return False
    if _ADNOMINAL.search(before) and not _NO_ADNOMINAL.search(before):
        return True
    return _BOUND_NOUN.match(word) is not None and _NO_ADNOMINAL.search(before) is None


def respell(word: str, *, tensify: bool = True) -> str:
    """Respell what hangs on the word; the general rules have yet to be applied.

    Args:
        word: One word in canonical form.
        tensify: Whether to make onsets tense.
    """
    word = _ALWAYS.respell(word)
    for pattern, said in _STEMS:
        word = pattern.sub(said or _without_rieul, word)
    if not tensify:
        return word
    word = _TENSED.respell(word)
    for pattern in (_NASAL_STEM, _RIEUL_MIEUM, _ENDING_RIEUL, _ENDING_LONG, _SUFFIX_JEOK):
        word = pattern.sub(_tense_second, word)
    return word


def _without_rieul(match: re.Match[str]) -> str:
    """Write the coda ㄺ of a matched syllable as ㄱ."""
    return compose(decompose(match[0])._replace(coda="ㄱ"))


def _tense_second(match: re.Match[str]) -> str:
    """Make the second of a pattern's two groups tense."""
    first, second = (group for group in match.groups() if group is not None)
    return first + tensed(second)
