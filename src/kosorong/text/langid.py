"""Korean, Jeju or neither: told by letters, and by the words and endings that one has alone.

>>> points("바당에 감수다.") > 0 > points("바다에 갑니다.")
True
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kosorong.ports import JEJU, KOREAN, LANGUAGES
from kosorong.text.letters.hangul import HANGUL, LATIN, TYPED, bare_word, has_araea
from kosorong.text.letters.jamo import syllable_class
from kosorong.text.letters.normalize import normalize, to_modern
from kosorong.text.tables import TEXT, read_table
from kosorong.text.words import any_of

# How found: a guess; scripts/language_report.py counts what is told wrong (read-well.md).
_ARAEA = 4.0
# How found: the same.
_SURE = 2.0  # an ending or a little word that the other language has not
# How found: the same.
_LIKELY = 0.8  # one that it has too, but seldom

_M, _B = syllable_class(codas="ㅁ"), syllable_class(codas="ㅂ")
# Syllables of the past in ㅅ: Korean has ㅆ there.
_PAST = "햇헷왓갓앗엇엿봣줫됏뒛텃졋셧컷켯썻떳랏렷멧"

# ㆍ is written ㅗ here.
_JEJU_END = re.compile(f"(?:{any_of('language_endings.jeju', B=_B, M=_M, PAST=_PAST)})$")
_KOREAN_END = re.compile(f"(?:{any_of('language_endings.korean')})$")
_KOREAN_LIKELY = re.compile(
    f"(?:니다|는다|이다|구나|[가-힣](?:{any_of('language_endings.korean-likely')})|에서[는도]?)$"
)
_JEJU_LIKELY = re.compile(f"(?:{any_of('language_endings.jeju-likely')})$")
_JEJU_SYLLABLE = re.compile(any_of("language_endings.jeju-inside"))
_PARTICLE = re.compile(f"(?:{any_of('language_endings.particle')})$")


def _points_by_word() -> dict[str, float]:
    """Return what each word of the table is worth for Jeju, below 0 for Korean."""
    worths = {}
    for row in read_table(TEXT, "language_words", ("word", "language", "sure")):
        word, language, sure = row.cells
        if language not in LANGUAGES or sure not in ("", "likely"):
            raise row.refuse(
                f"language is {language!r}, sure {sure!r}.", "Valid: ko, jje; likely or nothing."
            )
        worth = _LIKELY if sure else _SURE
        worths[word] = worth if language == JEJU else -worth
    return worths


_WORDS = _points_by_word()

# How found: the same.
_BIAS = 0.5  # to Korean, which nearly all texts are written in
# How found: a guess, never tuned; no measurement is on record.
_LEAST_HANGUL = 0.2  # share of the letters of a sentence that is Korean or Jeju
# How found: the same.
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
    worth = _WORDS.get(word, _WORDS.get(stem, 0.0) if len(stem) > 1 else 0.0)
    if _JEJU_END.search(word) or _JEJU_SYLLABLE.search(word):
        worth += _SURE
    elif _KOREAN_END.search(word):
        worth -= _SURE
    elif _JEJU_LIKELY.search(word):
        worth += _LIKELY
    elif _KOREAN_LIKELY.search(word):
        worth -= _LIKELY
    return worth


def language_of(sentence: str) -> str:
    """Return `ko`, `jje`, the script of another language, or "" where nothing can be told.

    >>> [language_of(text) for text in ("바다에 갑니다.", "바당에 감수다.", "So it goes.", "OK!")]
    ['ko', 'jje', 'latin', '']
    >>> language_of("これは本です。"), language_of("漢拏山")
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
