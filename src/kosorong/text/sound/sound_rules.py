"""What happens where two syllables meet: the general rules of 표준 발음법 (Standard Pronunciation).

Articles are those of the standard (국립국어원, 2017-14). A coda is given as its simple letters
(`ㄺ` is `"ㄹㄱ"`), so that old clusters such as the Jeju ᇚ and ᇝ go the way modern ones go: the
sound kept before a consonant is looked up, the last letter moves before a vowel.

>>> meet("ㄱ", "ㅁ", "ㅏ")
('ㅇ', 'ㅁ')
>>> meet("ㅁㅅ", "ㅈ", "ㅓ")
('ㅁ', 'ㅉ')
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from kosorong.text.letters.jamo import (
    ARAEA,
    ARAEA_I,
    CONJOINING_ONSET,
    CONJOINING_VOWEL,
    DOUBLE_ARAEA,
    ONSET_PARTS,
    ONSETS,
    SILENT,
    VOWELS,
)

PLAIN = "ㄱㄷㅂㅅㅈ"
TENSE = dict(zip(PLAIN, "ㄲㄸㅃㅆㅉ", strict=True))
_ASPIRATED = dict(zip("ㄱㄷㅈ", "ㅋㅌㅊ", strict=True))
_NASAL = dict(zip("ㄱㄷㅂ", "ㅇㄴㅁ", strict=True))

# Articles 9 to 11: seven codas sound. Clusters not listed sound their first letter.
_ONE_CODA = {
    **dict.fromkeys("ㄱㄲㅋ", "ㄱ"),
    **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎㄸㅉㅿ", "ㄷ"),
    **dict.fromkeys("ㅂㅍㅃㅸㆄ", "ㅂ"),
    **dict.fromkeys("ㅇㆁㆀ", "ㅇ"),
    **dict.fromkeys("ㄴㅥ", "ㄴ"),
    **dict.fromkeys("ㄹᇐퟝ", "ㄹ"),
    **dict.fromkeys("ㅁㅱퟠ", "ㅁ"),
    "": "",
}
_SECOND_SOUNDS = {
    "ㄹㄱ": "ㄱ",
    "ㄹㅁ": "ㅁ",
    "ㄹㅍ": "ㅂ",
    "ㄹㄱㅅ": "ㄱ",
    "ㄹㅁㄱ": "ㅁ",
    "ㄹㅂㅅ": "ㅂ",
}

# Article 12.1, notes 1 and 2: the coda's last letter and ㅎ become one aspirated sound.
_WITH_HIEUT = {
    **dict.fromkeys("ㄱㄲㅋ", "ㅋ"),
    **dict.fromkeys("ㄷㅌㅅㅆㅈㅊㅎ", "ㅌ"),
    **dict.fromkeys("ㅂㅍ", "ㅍ"),
}
_FRONT = ("ㅣ", "ㅕ")

# Sounds that nobody makes today go to their modern heirs.
_OLD_ONSETS = {
    **dict.fromkeys("ㅿᄼᄾ", "ㅅ"),
    **dict.fromkeys("ᄽᄿ", "ㅆ"),
    **dict.fromkeys("ᅎᅐ", "ㅈ"),
    **dict.fromkeys("ᅏᅑ", "ㅉ"),
    **dict.fromkeys("ᅔᅕ", "ㅊ"),
    **dict.fromkeys("ᄙᄛ", "ㄹ"),
    **dict(zip("ㅸㅹㆄㅱㅥㆅꥹ", "ㅂㅃㅍㅁㄴㅎㅌ", strict=True)),
}


def _modern_onset(onset: str) -> str:
    """Return the modern sound of any onset; old clusters with ㅂ or ㅅ became tense."""
    if onset in ONSETS:
        return onset
    parts = ONSET_PARTS[onset]
    last = parts[-1]
    last = last if last in ONSETS else _OLD_ONSETS.get(last, SILENT)
    return TENSE.get(last, last) if len(parts) > 1 and parts[0] in "ㅂㅅ" else last


def _modern_vowel(vowel: str) -> str:
    """Return the vowel that sounds: old ones go to their first half, but ㆎ, two vowels, stays."""
    if vowel in VOWELS or vowel in (ARAEA, ARAEA_I, DOUBLE_ARAEA):
        return vowel
    name = unicodedata.name(CONJOINING_VOWEL[vowel]).split()[-1].split("-")[0]
    return unicodedata.lookup(f"HANGUL LETTER {name}")


ONSET_SOUND = {onset: _modern_onset(onset) for onset in CONJOINING_ONSET}
VOWEL_SOUND = {vowel: _modern_vowel(vowel) for vowel in CONJOINING_VOWEL}


def representative(coda: str) -> str:
    """Return the one of seven codas that sounds before a pause or consonant (articles 9 to 11)."""
    if len(coda) > 1:
        coda = _SECOND_SOUNDS.get(coda, coda[0])
    return _ONE_CODA.get(coda, "")


@lru_cache(maxsize=8192)
def meet(
    coda: str, onset: str, vowel: str, end: str = "", *, tensify: bool = True
) -> tuple[str, str]:
    """Return the coda and onset that sound where two syllables of a word meet.

    Args:
        coda: Simple letters of the first syllable's coda; empty where it is open.
        onset: Onset of the second syllable, a modern letter.
        vowel: Vowel of the second syllable.
        end: Coda of the second syllable.
        tensify: Whether plain onsets become tense after obstruents (articles 23 and 25).
    """
    if not coda:
        return "", onset
    if onset == SILENT:
        return _before_vowel(coda, vowel)
    if onset == "ㅎ":
        return _before_hieut(coda, vowel, end)
    if coda[-1] == "ㅎ":
        return _after_hieut(coda[:-1], onset, tensify)
    return _before_consonant(coda, onset, tensify)


def meet_across(coda: str, onset: str, *, tensify: bool = True) -> tuple[str, str]:
    """Return the coda and onset that sound where two words of one phrase meet.

    The word before is neutralised first (article 15) and nothing is palatalised.

    Args:
        coda: The coda that sounds at the end of the first word, one of seven.
        onset: The onset that the second word sounds with alone.
        tensify: Whether plain onsets become tense (article 23).
    """
    if onset == SILENT:
        return ("", coda) if coda != "ㅇ" else (coda, onset)
    if onset == "ㅎ" and coda in _NASAL:
        return "", _WITH_HIEUT[coda]
    return _before_consonant(coda, onset, tensify)


def _before_vowel(coda: str, vowel: str) -> tuple[str, str]:
    """Move the coda's last letter over (articles 12.4, 13, 14, 17)."""
    rest, last = coda[:-1], coda[-1]
    if last in "ㅎㆆ":
        return _before_vowel(rest, vowel) if rest else ("", SILENT)
    if _ONE_CODA.get(last, "ㅇ") == "ㅇ":
        return representative(coda), SILENT
    if last in "ㄷㅌ" and vowel in _FRONT:
        last = "ㅈ" if last == "ㄷ" else "ㅊ"
    elif last == "ㅅ" and rest in ("ㄱ", "ㄹ", "ㅂ"):
        last = "ㅆ"
    return representative(rest), ONSET_SOUND[last]


def _before_hieut(coda: str, vowel: str, end: str) -> tuple[str, str]:
    """Join an obstruent and ㅎ (article 12.1 note 1; ㄷ before 히 by article 17 note)."""
    # A suffix -히- takes the stem as spelled; before nouns and 하다 the neutralised coda joins.
    suffix = vowel == "ㅣ" or (vowel == "ㅕ" and end in ("", "ㅅ", "ㅆ"))
    if len(coda) > 1 and not suffix:
        coda = representative(coda)
    rest, last = coda[:-1], coda[-1]
    if last not in _WITH_HIEUT:
        return representative(coda), "ㅎ"
    if suffix and last in "ㄷㅈ":
        return representative(rest), "ㅊ"
    return representative(rest), _WITH_HIEUT[last]


def _after_hieut(rest: str, onset: str, tensify: bool) -> tuple[str, str]:
    """Let ㅎ, ㄶ, ㅀ act on the consonant after them (articles 12.1 to 12.3)."""
    if onset in _ASPIRATED:
        return representative(rest), _ASPIRATED[onset]
    if onset == "ㅅ":
        return representative(rest), "ㅆ"
    return _before_consonant(rest or "ㄷ", onset, tensify)


def _before_consonant(coda: str, onset: str, tensify: bool) -> tuple[str, str]:
    """Neutralise, tensify, nasalise, lateralise (articles 9 to 11, 18 to 20, 23, 25)."""
    kept = representative(coda)
    obstruent = kept in _NASAL or (len(coda) > 1 and _ONE_CODA.get(coda[-1]) in _NASAL)
    # Article 11, exception: a stem in ㄺ keeps ㄹ before ㄱ. Nouns are respelled before they come.
    if coda == "ㄹㄱ" and onset == "ㄱ":
        kept = "ㄹ"
    if tensify and obstruent and onset in TENSE:
        onset = TENSE[onset]
    return _assimilate(kept, onset)


def _assimilate(kept: str, onset: str) -> tuple[str, str]:
    """Apply the sonorant rules to a neutralised coda (articles 18 to 20)."""
    if onset == "ㄹ" and kept in "ㄱㄷㅂㅁㅇ":
        onset = "ㄴ"
    if onset in "ㄴㅁ":
        kept = _NASAL.get(kept, kept)
    if kept + onset in ("ㄴㄹ", "ㄹㄴ"):
        return "ㄹ", "ㄹ"
    return kept, onset
